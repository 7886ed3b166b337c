// Improves the initiative form: units follow the picked province, characters are counted, one tap sends once.
import { addCounters } from "./counter.js";

const form = document.getElementById("initiative-form");
const top_ = form.elements.top;
const unit = form.elements.unit;

function showUnits(units) {
  const [first, other] = [unit.options[0], unit.options[unit.options.length - 1]];
  first.textContent = top_.value ? "Chọn công đoàn cấp trên" : "Hãy chọn tỉnh, ngành trước";
  unit.replaceChildren(first, ...units.map(([code, name]) => new Option(name, code)), other);
  unit.value = "";
  showOther();
}

// The name is typed only when the unit is not in the list.
function showOther() {
  document.getElementById("div_id_unit_other").hidden = unit.value !== "other" && !form.elements.unit_other.value;
}

top_.addEventListener("change", async () => {
  showUnits([]);
  if (!top_.value) return;
  const picked = top_.value;
  try {
    const answer = await fetch(top_.dataset.units.replace("TOP", encodeURIComponent(picked)));
    const units = answer.ok ? await answer.json() : [];
    if (top_.value === picked) showUnits(units);
  } catch {
    document.getElementById("pick-top").hidden = false; // no network: the button asks the server later
  }
});

unit.addEventListener("change", showOther);
document.getElementById("pick-top").hidden = true;
showOther();
addCounters(form);

form.addEventListener("submit", () => {
  const button = document.getElementById("send");
  button.disabled = true;
  button.textContent = "Đang gửi…";
});
// Coming back with the back button must not find a dead button.
window.addEventListener("pageshow", () => {
  const button = document.getElementById("send");
  if (button.disabled) {
    button.disabled = false;
    button.textContent = "Gửi lại";
  }
});
