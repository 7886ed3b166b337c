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

  // Returns whether the list of the picked top union came.
  return async function fetchUnits() {
    fill([]);
    const top = picked.value;
    if (!top) return true;
    try {
      const answer = await fetch(picked.dataset.units.replace("TOP", encodeURIComponent(top)));
      if (!answer.ok) throw new Error(answer.status);
      const units = await answer.json();
      if (picked.value === top) fill(units);
      return true;
    } catch {
      const pick = document.getElementById("pick-top");
      pick.hidden = false; // no network: the button asks the server later
      pick.classList.add("shown");
      return false;
    }
  };
}

async function restore(form, fetchUnits) {
  if (!("fresh" in form.dataset)) return;
  const { top, unit } = form.elements;
  const before = top.value;
  const values = await draft.restore();
  if (!values) return;
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, textarea, select")].some((field) => field.value && field.type !== "checkbox");
  const pickUnit = () => {
    const isThere = [...unit.options].some((option) => option.value === values.unit);
    if (isThere) unit.value = values.unit;
    draft.unit = isThere ? "" : values.unit;
    unit.dispatchEvent(new Event("change"));
  };
  if (top.value !== before && !(await fetchUnits())) {
    window.addEventListener("online", async () => top.value === values.top && !unit.value && (await fetchUnits()) && pickUnit(), { once: true });
  }
  pickUnit();
  top.dispatchEvent(new Event("change"));
  if (values.top && (top.value !== values.top || (draft.unit && unit.options.length > 2))) {
    draft.unit = "";
    draft.say("Đã khôi phục phần bạn gõ. Nơi làm việc đã chọn trước đây không còn trong danh sách, hãy chọn lại.", true);
  }
  for (const field of form.querySelectorAll("[data-limit]")) field.dispatchEvent(new Event("input"));
}

// The key that says "next" goes to the next field; the form is sent by its button.
function goOn(event) {
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox], [type=radio])") || event.isComposing) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll("input, select, textarea, button")].filter((field) => field.offsetParent && field.tabIndex >= 0);
  fields[fields.indexOf(event.target) + 1]?.focus();
}

const again = (words) => (words.startsWith("Lưu") ? "Lưu lại lần nữa" : "Gửi lại");

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = document.getElementById("send");
  const note = document.getElementById("send-note");
  if (form.inert) return;
  const words = button.textContent;
  draft.save();
  form.inert = true; // what is typed now would be in neither the old text nor the new
  button.textContent = "Đang gửi…";
  note.hidden = true;
  const answer = await post(form, event.submitter);
  if (answer?.receipt) return location.assign(answer.receipt);
  if (answer) {
    show(answer.page);
    start();
    return (document.querySelector("[autofocus]") ?? document.querySelector("main")).focus();
  }
  form.inert = false;
  button.textContent = again(words);
  note.textContent = navigator.onLine
    ? "Chưa gửi được: đường truyền hoặc máy chủ đang bận. Chữ bạn gõ còn nguyên. Hãy bấm lại; gửi nhiều lần vẫn chỉ tính một lần."
    : "Máy đang mất mạng nên chưa gửi được. Chữ bạn gõ còn nguyên. Khi có mạng, hãy bấm lại.";
  note.hidden = false;
  button.focus();
}

async function start() {
  const form = document.getElementById("initiative-form");
  if (!form) return;
  const fetchUnits = unitsOf(form);
  document.getElementById("pick-top").hidden = true;
  draft = draftOf(form, document.getElementById("draft-note"), draft);
  form.elements.top.addEventListener("change", (event) => {
    if (!event.bubbles) return; // put back by a script that fetches the units itself
    draft.unit = "";
    fetchUnits();
  });
  for (const select of [form.elements.top, form.elements.unit]) addPicker(select);
  addCounters(form);
  watchText(form);
  form.addEventListener("keydown", goOn);
  form.addEventListener("submit", send);
  await restore(form, fetchUnits);
  draft.isBusy = false;
}

forgetOldDrafts();
start();
// Coming back with the back button must not find a dead form.
window.addEventListener("pageshow", () => {
  const form = document.getElementById("initiative-form");
  if (!form?.inert) return;
  form.inert = false;
  document.getElementById("send").textContent = "Gửi lại";
});
