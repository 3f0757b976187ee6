/* What happened to a story, beside its form: fetched when somebody opens it, anew each time. */
(() => {
  "use strict";

  const card = document.querySelector("[data-trail]");
  if (!card) return;
  const entries = card.querySelector("[data-trail-entries]");
  const plain = entries.innerHTML;

  async function show() {
    entries.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(card.dataset.trail, { credentials: "same-origin", redirect: "error" });
      if (!response.ok) throw new Error(String(response.status));
      entries.innerHTML = await response.text();
    } catch {
      entries.innerHTML = plain; // the link to the page is still there
    }
    entries.removeAttribute("aria-busy");
  }

  card.addEventListener("toggle", () => {
    if (card.open) show();
  });
})();
