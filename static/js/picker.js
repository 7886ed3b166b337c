// A box to type in, in place of a select: it finds options without tone marks and by abbreviations. The select stays in
// the form and keeps the value. The pattern is the editable combobox with a list of the ARIA practices.
import { wordsOf } from "./text.js";

// "Not in the list" is always offered.
const matches = (option, words) => {
  if (option.value === "other") return true;
  const known = (option.dataset.search || wordsOf(option.text).join(" ")).split(" ");
  return words.every((word) => known.some((one) => one.startsWith(word)));
};

export function addPicker(select) {
  const box = Object.assign(document.createElement("input"), {
    id: `${select.id}_box`, type: "text", className: select.className,
    autocomplete: "off", enterKeyHint: "next", spellcheck: false,
  });
  const list = Object.assign(document.createElement("ul"), { id: `${select.id}_list`, className: "picker-list", hidden: true });
  const count = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  const note = Object.assign(document.createElement("div"), { className: "picker-note", hidden: true });
  note.setAttribute("role", "status");
  count.setAttribute("role", "status");
  const label = document.querySelector(`label[for="${select.id}"]`);
  label.htmlFor = box.id;
  label.id ||= `${select.id}_label`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-labelledby", label.id);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  for (const link of document.querySelectorAll(`a[href="#${select.id}"]`)) link.hash = box.id;
  select.removeAttribute("autofocus");
  select.hidden = true;
  select.after(box, list, count, note);
  let active = -1;

  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const sync = () => {
    box.value = chosen();
    box.placeholder = select.options[0].text;
    note.hidden = true;
    note.textContent = "";
  };
  const found = (words) => [...select.options].filter((option) => option.value && matches(option, words));

  function activate(place) {
    const items = [...list.querySelectorAll("[data-value]")];
    active = items.length ? (place + items.length) % items.length : -1;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", items[active].id);
    items[active].scrollIntoView({ block: "nearest" });
  }

  function open() {
    const words = box.value === chosen() ? [] : wordsOf(box.value);
    const options = found(words);
    list.replaceChildren(...options.map((option, number) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}_${number}`, textContent: option.text });
      item.setAttribute("role", "option");
      item.dataset.value = option.value;
      return item;
    }));
    count.textContent = options.length ? `${options.length} lựa chọn` : "Không thấy. Hãy gõ ít chữ hơn.";
    if (!options.length) {
      const none = Object.assign(document.createElement("li"), { className: "quiet", textContent: count.textContent });
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      list.append(none);
    }
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    active = -1;
    box.removeAttribute("aria-activedescendant");
    if (words.length && options.length) activate(0);
  }

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    count.textContent = "";
  }

  function choose(value) {
    select.value = value;
    close();
    sync();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Leaving the box takes the only match; text that fits none or several stays, and the page says so.
  function leave() {
    close();
    if (box.value === chosen()) return;
    const words = wordsOf(box.value);
    const fitting = words.length ? found(words).filter((option) => option.value !== "other") : [];
    if (!words.length) return choose("");
    if (fitting.length === 1) return choose(fitting[0].value);
    const typed = box.value;
    if (select.value) choose("");
    box.value = typed;
    note.textContent = "Chưa chọn được. Hãy gõ thêm rồi chạm vào một dòng trong danh sách.";
    note.hidden = false;
  }

  box.addEventListener("input", open);
  box.addEventListener("click", () => list.hidden && open());
  box.addEventListener("focus", () => box.select());
  box.addEventListener("blur", leave);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      else activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      event.stopPropagation();
      choose(list.children[active].dataset.value);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      sync();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the cursor
  list.addEventListener("click", (event) => event.target.dataset.value && choose(event.target.dataset.value));
  select.addEventListener("change", sync);
  sync();
}
