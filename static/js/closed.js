// After closing, what a device still keeps of a form can be read, copied and cleared here.
import { draftsOf, forget, forgetOldDrafts } from "./draft.js";

const part = document.getElementById("kept-drafts");

function show(draft) {
  const made = (tag, props) => Object.assign(document.createElement(tag), props);
  const section = made("section", { className: "panel" });
  for (const name of part.querySelectorAll("[data-name]")) {
    const text = draft.values[name.dataset.name];
    if (text) section.append(made("h3", { textContent: name.textContent }), made("p", { className: "kept-text", textContent: text }));
  }
  const clear = made("button", { type: "button", className: "btn btn-outline-danger", textContent: "Xóa khỏi máy này" });
  clear.addEventListener("click", () => {
    forget(draft.key);
    section.remove();
  });
  section.append(clear);
  part.append(section);
  part.hidden = false;
}

forgetOldDrafts();
for (const start of [`${part.dataset.start}:`, "sua-"]) draftsOf(start).forEach(show);
