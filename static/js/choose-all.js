// One press chooses all rows of the page, the next none; without this the link does the same by a new page.
const link = document.querySelector("#choose-all");
const boxes = [...document.querySelectorAll("#screening input[name=chosen]")];
const words = ["Chọn cả trang này", "Bỏ chọn"];

function allChosen() {
  return boxes.every((box) => box.checked);
}

function label() {
  if (link) link.textContent = words[Number(allChosen())];
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  const chosen = !allChosen();
  for (const box of boxes) box.checked = chosen;
  label();
});
for (const box of boxes) box.addEventListener("change", label);
label();
