// One tap copies a link or the text of a box, where the browser lets pages write to the clipboard.
for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.href ?? source.value);
    button.textContent = "Đã chép";
  });
}
