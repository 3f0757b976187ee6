/* Only the text: everything else on the page steps aside until its key, its button or Escape brings it back.
 *
 * This browser remembers it. The class is set before the first paint; a page that has something to say beside the text
 * (an error at a field there) is shown whole. */
(() => {
  "use strict";

  const STORED = "deskOnlyText";
  const page = document.documentElement;

  function remembered() {
    try {
      return localStorage.getItem(STORED) === "1";
    } catch {
      return false;
    }
  }

  function remember(isOn) {
    try {
      localStorage.setItem(STORED, isOn ? "1" : "0");
    } catch {
      // It holds until the page is left.
    }
  }

  page.classList.toggle("desk-only-text", remembered());

  document.addEventListener("DOMContentLoaded", () => {
    const buttons = document.querySelectorAll("[data-focus]");
    const status = document.querySelector("[data-focus-said]");
    if (!buttons.length || document.querySelector(".desk-side :is(.desk-field--wrong, .desk-choice), dialog[data-open]")) {
      page.classList.remove("desk-only-text");
    }

    function show() {
      const isOn = page.classList.contains("desk-only-text");
      for (const button of buttons) if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(isOn));
    }

    function turn(isOn) {
      page.classList.toggle("desk-only-text", isOn);
      remember(isOn);
      show();
      // What had the focus may be gone from the page.
      const active = document.activeElement;
      if (!active || active === document.body || !active.getClientRects().length) {
        Object.values(window.CKEDITOR?.instances || {})[0]?.focus();
      }
      const words = isOn
        ? gettext("Only the text is shown. Escape brings the rest back.")
        : gettext("Everything is shown again.");
      if (status) status.textContent = words;
      // Fields of more than one line grow with their width.
      window.dispatchEvent(new Event("resize"));
    }

    show();
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.("[data-focus]")) turn(!page.classList.contains("desk-only-text"));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (!page.classList.contains("desk-only-text")) return;
      // An open dialog, list or menu is what Escape closes first.
      const open = document.querySelectorAll("dialog[open], [role=listbox], .cke_dialog_body, .cke_combopanel");
      if ([...open].some((each) => each.checkVisibility())) return;
      turn(false);
    });
  });
})();
