/* The story form: counters, texts that stand in for empty ones, dialogs, keys, and a warning before words are lost. */
(() => {
  "use strict";

  const form = document.querySelector("[data-story]");
  if (!form) return;

  const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
  const length = (text) => [...segments.segment(text)].length;
  const field = (name) => form.elements.namedItem(name);
  const oneLine = (text) => text.replace(/\s+/g, " ").trim();

  /* Counters, and what readers get while a field is empty. */
  function refresh() {
    for (const input of form.querySelectorAll("[data-fallback]")) {
      const sources = input.dataset.fallback.split(" ").map((name) => oneLine(field(name)?.value || ""));
      input.placeholder = sources.find(Boolean) || "";
    }
    for (const input of form.querySelectorAll("[data-counted]")) {
      const counter = form.querySelector(`[data-counter-of="${input.name}"]`);
      if (!counter) continue;
      const own = oneLine(input.value);
      const hasFallback = !own && input.dataset.fallback && input.placeholder;
      const count = length(hasFallback ? input.placeholder : own);
      const limit = Number(input.dataset.counted);
      counter.textContent = `${count} of ${limit}${hasFallback ? ", taken from above" : ""}`;
      counter.classList.toggle("is-over", count > limit);
    }
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  const growing = form.querySelectorAll("textarea[data-grows]");
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-grows]")) grow(event.target);
    refresh();
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
  refresh();

  /* Dialogs: everything in them is part of the one form. */
  form.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  });
  form.querySelectorAll("dialog[data-open]").forEach((dialog) => dialog.showModal());
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
    if (!isLeaving && (isDirty || editors().some((editor) => editor.checkDirty()))) event.preventDefault();
  });

  function save() {
    form.requestSubmit(form.querySelector("[data-saves]"));
  }
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });
  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    editor.setKeystroke(window.CKEDITOR.CTRL + 83, "deskSave");
    editor.addCommand("deskSave", { exec: save });
  });

  /* The popup for a new picture. */
  form.querySelectorAll("[data-popup]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      window.showRelatedObjectPopup?.(link);
    });
  });
})();
