// Improves the initiative form: workplaces are found by typing, characters counted, drafts kept, sending repeated safely.
import { addCounters } from "./counter.js";
import { draftOf, forgetOldDrafts } from "./draft.js";
import { watchText } from "./old-font-offer.js";
import { addPicker } from "./picker.js";
import { post, show } from "./sending.js";

let draft;

function unitsOf(form) {
  const { top: picked, unit } = form.elements;

  function fill(units) {
    const other = unit.options[unit.options.length - 1];
    unit.options[0].textContent = picked.value ? "Chọn công đoàn cấp trên" : "Hãy chọn tỉnh, ngành trước";
    const options = units.map(([code, name, search]) => {
      const option = new Option(name, code);
      option.dataset.search = search;
      return option;
    });
    unit.replaceChildren(unit.options[0], ...options, other);
    unit.value = "";
    unit.dispatchEvent(new Event("change", { bubbles: true }));
  }

  return async function fetchUnits() {
    fill([]);
    const top = picked.value;
    if (!top) return;
    try {
      const answer = await fetch(picked.dataset.units.replace("TOP", encodeURIComponent(top)));
      if (answer.ok && picked.value === top) fill(await answer.json());
    } catch {
      const pick = document.getElementById("pick-top");
      pick.hidden = false; // no network: the button asks the server later
      pick.classList.add("shown");
    }
  };
}

async function restore(form, fetchUnits) {
  if (!("fresh" in form.dataset)) return draft.save();
  const { top, unit } = form.elements;
  const before = top.value;
  const values = draft.restore();
  if (!values) return;
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, textarea, select")].some((field) => field.value && field.type !== "checkbox");
  if (top.value !== before) await fetchUnits();
  if ([...unit.options].some((option) => option.value === values.unit)) unit.value = values.unit;
  for (const select of [top, unit]) select.dispatchEvent(new Event("change"));
  for (const field of form.querySelectorAll("[data-limit]")) field.dispatchEvent(new Event("input"));
}

// The key that says "next" goes to the next field; the form is sent by its button.
function goOn(event) {
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox], [type=radio])") || event.isComposing) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll("input, select, textarea, summary, button")].filter((field) => field.offsetParent && field.tabIndex >= 0);
  fields[fields.indexOf(event.target) + 1]?.focus();
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = document.getElementById("send");
  const note = document.getElementById("send-note");
  if (button.disabled) return;
  const words = button.textContent;
  draft.save();
  button.disabled = true;
  button.textContent = "Đang gửi…";
  note.hidden = true;
  const response = await post(form, event.submitter);
  const receipt = response?.headers.get("X-Go-To");
  if (receipt) return location.assign(receipt);
  if (response) {
    await show(response);
    start();
    return (document.querySelector("[autofocus]") ?? document.querySelector("main")).focus();
  }
  button.disabled = false;
  button.textContent = words.startsWith("Lưu") ? "Lưu lại lần nữa" : "Gửi lại";
  note.textContent = navigator.onLine
    ? "Chưa gửi được: đường truyền hoặc máy chủ đang bận. Chữ bạn gõ còn nguyên. Hãy bấm lại; gửi nhiều lần vẫn chỉ tính một lần."
    : "Máy đang mất mạng nên chưa gửi được. Chữ bạn gõ còn nguyên. Khi có mạng, hãy bấm lại.";
  note.hidden = false;
  button.focus();
}

function start() {
  const form = document.getElementById("initiative-form");
  if (!form) return;
  const fetchUnits = unitsOf(form);
  document.getElementById("pick-top").hidden = true;
  draft = draftOf(form, document.getElementById("draft-note"));
  form.elements.top.addEventListener("change", (event) => event.isTrusted || event.bubbles ? fetchUnits() : null);
  for (const select of [form.elements.top, form.elements.unit]) addPicker(select);
  addCounters(form);
  watchText(form);
  form.addEventListener("keydown", goOn);
  form.addEventListener("submit", send);
  restore(form, fetchUnits);
}

forgetOldDrafts();
start();
// Coming back with the back button must not find a dead button.
window.addEventListener("pageshow", () => {
  const button = document.getElementById("send");
  if (button?.disabled) Object.assign(button, { disabled: false, textContent: "Gửi lại" });
});
