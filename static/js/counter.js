// A live counter under each field with a limit. It never cuts: it says "1.050/1.000".
import { clean, cleanLine, countCharacters } from "./text.js";

const dotted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");

function showCount(field, counter) {
  const limit = Number(field.dataset.limit);
  const text = field.tagName === "TEXTAREA" ? clean(field.value) : cleanLine(field.value);
  const count = countCharacters(text);
  counter.textContent = `${dotted(count)}/${dotted(limit)} ký tự`;
  counter.classList.toggle("over", count > limit);
}

function addCounter(field) {
  const counter = Object.assign(document.createElement("div"), { className: "form-text counter", id: `${field.id}_counter` });
  field.after(counter);
  return counter;
}

export function addCounters(form) {
  for (const field of form.querySelectorAll("[data-limit]")) {
    const counter = document.getElementById(`${field.id}_counter`) ?? (field.tagName === "TEXTAREA" ? addCounter(field) : null);
    if (!counter) continue;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
    field.addEventListener("input", () => showCount(field, counter));
    showCount(field, counter);
  }
}
