// Entries put into order by dragging their handle. The buttons do the same without it, and by keyboard.
const FRESH = ["viec-con-lai", "danh-sach"];
const list = () => document.getElementById("danh-sach");
const cards = () => [...list().querySelectorAll("[data-entry]")];
const watch = document.getElementById("watch");

function addHandles() {
  if (cards().length < 2) return;
  for (const card of cards()) {
    const handle = Object.assign(document.createElement("span"), { className: "handle", textContent: "⠿ Kéo để đổi thứ tự" });
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (start) => drag(card, handle, start));
    card.prepend(handle);
  }
}

function drag(card, handle, start) {
  if (start.button) return;
  start.preventDefault();
  const before = order();
  const { top } = handle.getBoundingClientRect();
  handle.setPointerCapture(start.pointerId);
  // While one is dragged all are no more than their names, so that the whole order is within reach.
  list().classList.add("ordering");
  card.classList.add("dragged");
  scrollBy({ top: handle.getBoundingClientRect().top - top, behavior: "instant" });
  const move = ({ clientY }) => {
    const others = cards().filter((other) => other !== card);
    const isAbove = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2 < clientY;
    const above = others.filter(isAbove);
    if (above.length === cards().indexOf(card)) return;
    // The others make way: the card itself stays where it is in the page, or it would be let go of.
    card.before(...above);
    card.after(...others.filter((other) => !above.includes(other)));
  };
  const end = () => {
    handle.removeEventListener("pointermove", move);
    handle.removeEventListener("pointerup", end);
    handle.removeEventListener("pointercancel", end);
    card.classList.remove("dragged");
    list().classList.remove("ordering");
    card.scrollIntoView({ block: "nearest" });
    if (order().join() !== before.join()) send();
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
}

const order = () => cards().map((card) => card.dataset.entry);

async function send() {
  const values = new FormData();
  const old = Number(watch.dataset.version);
  values.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  values.set("version", old);
  for (const entry of order()) values.append("entry", entry);
  try {
    const answer = await fetch(list().dataset.reorder, { method: "POST", body: values });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.ok, old);
  } catch {
    location.reload();
  }
}

// Put in place what the server says now; what stands typed in the forms of the page stays.
function show(page, isDone, old) {
  const version = Number(page.getElementById("watch")?.dataset.version);
  if (!version) return location.reload();
  for (const id of FRESH) document.getElementById(id).replaceWith(page.getElementById(id));
  // A form is up to date only when nobody but this order has changed the dossier since.
  const isMine = isDone && version === old + 1;
  if (isMine) for (const field of document.querySelectorAll("[name=version]")) field.value = version;
  watch.dataset.version = version;
  watch.firstElementChild.textContent = isDone ? "Đã lưu thứ tự mới." : page.querySelector(".alert-danger").textContent.trim();
  addHandles();
}

addHandles();
