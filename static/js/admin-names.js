// Select2 gives neither its closed box nor the search box inside it a name: both take that of the choice behind them.
"use strict";
window.addEventListener("load", () => {
  if (!window.django?.jQuery) return;
  const labelOf = (select) => select.getAttribute("aria-label") || "Tìm";
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!box || box.id) continue;
      box.id = `${select.id}-box`;
      box.setAttribute("aria-label", labelOf(select));
      box.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", labelOf(select));
      box.setAttribute("aria-labelledby", `${box.id} ${box.getAttribute("aria-labelledby")}`);
    }
  };
  window.django.jQuery(() => setTimeout(nameAll));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  window.django.jQuery(document).on("select2:open", (event) => {
    document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", `Tìm: ${labelOf(event.target)}`);
  });
});
