/* The preview at a phone's and at a desk's width. */
(() => {
  "use strict";

  const root = document.querySelector("[data-preview]");
  root?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-width]");
    if (!button) return;
    root.classList.toggle("is-phone", button.dataset.width === "phone");
    root.querySelectorAll("[data-width]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
  });
})();
