/* A button that copies what stands in a field; without a clipboard it stays hidden, and the field can be selected. */
(() => {
  "use strict";

  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copies]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copies);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = gettext("Copied");
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
})();
