// Notices text from old fonts as soon as it is there, shows what it would read like, and changes it only when asked to.
import { recognised } from "./old-fonts.js";
import { cleanLine, cleanPiece } from "./text.js";

function button(words, does, style) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${style}`, textContent: words });
  made.addEventListener("click", does);
  return made;
}

function keepAll(form) {
  if (!form.elements.old_font) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "old_font", value: "keep" }));
  for (const offer of form.querySelectorAll(".old-font")) offer.remove();
}

function offer(form, field) {
  const id = `${field.id}_old_font`;
  document.getElementById(id)?.remove();
  const found = !form.elements.old_font && recognised(field.value);
  if (!found) return;
  const panel = Object.assign(document.createElement("div"), { id, className: "panel old-font" });
  panel.setAttribute("role", "status");
  const words = Object.assign(document.createElement("p"), { textContent: `Đoạn này có vẻ được gõ bằng phông chữ cũ (${found.code}). Đổi sang chữ thường dùng thì đọc được như sau:` });
  const preview = Object.assign(document.createElement("p"), { className: "kept-text", textContent: found.text });
  const change = () => {
    field.value = found.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const actions = Object.assign(document.createElement("p"), { className: "actions" });
  actions.append(button("Đổi đoạn này", change, "btn-primary"), button("Giữ nguyên", () => keepAll(form), "btn-outline-primary"));
  panel.append(words, preview, actions);
  field.closest("[id^=div_id_]").append(panel);
}

// Text pasted into a field comes in clean; text of an old font as it is, since cleaning would take letters from it.
function paste(event) {
  const raw = event.clipboardData?.getData("text/plain");
  if (!raw || recognised(raw)) return;
  event.preventDefault();
  const field = event.target;
  const text = field.tagName === "TEXTAREA" ? cleanPiece(raw) : cleanLine(raw);
  if (document.execCommand?.("insertText", false, text)) return; // the only way that can be undone
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function watchText(form) {
  for (const field of form.querySelectorAll("[data-limit]")) {
    field.addEventListener("paste", paste);
    field.addEventListener("input", () => offer(form, field));
  }
}
