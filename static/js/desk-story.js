/* The story form: fields that grow, dialogs, and a warning before words are lost. */
(() => {
  "use strict";

  const form = document.querySelector("[data-story]");
  if (!form) return;

  const field = (name) => form.elements.namedItem(name);

  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  const growing = form.querySelectorAll("textarea[data-grows]");
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-grows]")) grow(event.target);
  });
  growing.forEach((area) => {
    grow(area);
    // A headline is one line, however it wraps.
    if (area.name === "headline") {
      area.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        field("standfirst")?.focus();
      });
    }
  });
  window.addEventListener("resize", () => growing.forEach(grow));

  /* Dialogs: everything in them is part of the one form. */
  form.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  });
  /* Updates that come before the time that is asked for are none of its question. Within an hour they are asked about
     all the same: when the clocks go back, a later instant can have the earlier time. */
  function ask(dialog) {
    const minutes = (time) => Date.parse(`${time}Z`) / 6e4;
    const time = minutes(dialog.querySelector("input[type=datetime-local]")?.value);
    dialog.querySelectorAll("[data-begins]").forEach((each) => (each.hidden = minutes(each.dataset.begins) + 60 < time));
  }
  form.querySelectorAll("dialog").forEach((dialog) => {
    ask(dialog);
    dialog.addEventListener("input", () => ask(dialog));
  });
  form.querySelectorAll("dialog[data-open]").forEach((dialog) => {
    dialog.showModal();
    dialog.querySelector(".desk-field--wrong :is(input, select, textarea)")?.focus();
  });
  form.addEventListener("keydown", (event) => {
    const inDialog = event.target.closest("dialog");
    if (event.key !== "Enter" || event.target.matches("textarea, button")) return;
    // Enter in a field must never press the form's first button, which is not the one that is meant.
    event.preventDefault();
    if (inDialog && event.target.matches("input")) inDialog.querySelector("[data-confirms]")?.click();
  });

  /* Words that are not saved yet. */
  let isDirty = form.hasAttribute("data-unsaved");
  let isLeaving = false;
  const editors = () => Object.values(window.CKEDITOR?.instances || {});
  form.addEventListener("input", () => (isDirty = true));
  form.addEventListener("change", () => (isDirty = true));
  form.addEventListener("submit", (event) => {
    if (isLeaving) {
      event.preventDefault(); // pressed twice
      return;
    }
    isLeaving = true;
    editors().forEach((editor) => editor.updateElement());
    // After the event, so that the button that was pressed still counts.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = true)));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isLeaving = false;
    form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = false));
  });
  window.addEventListener("beforeunload", (event) => {
    form.dispatchEvent(new Event("desk:leaving")); // what is not kept yet is sent now, if it can be
    if (form.dataset.buffered === "yes") return; // kept, here or on the server, and offered back
    if (!isLeaving && (isDirty || editors().some((editor) => editor.checkDirty()))) event.preventDefault();
  });

  /* The popup for a new picture. */
  form.querySelectorAll("[data-popup]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      window.showRelatedObjectPopup?.(link);
    });
  });
})();
