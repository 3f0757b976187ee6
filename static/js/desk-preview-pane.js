/* The preview beside the form: what is typed, saved or not, in the readers' own template, at two widths. */
(() => {
  "use strict";

  const pane = document.querySelector("[data-preview-pane]");
  const form = document.querySelector("[data-story]");
  const opener = form?.querySelector("[name=preview]");
  if (!pane || !opener) return;

  const PAUSE = 1200;
  const DESKTOP = 1180; // as wide as the readers' widest column with its margins
  const frame = pane.querySelector("iframe");
  const windowBox = frame.parentElement;
  const status = pane.querySelector("[data-preview-status]");
  let timer = 0;
  let scrolled = 0;
  let width = "phone";

  const editors = () => Object.values(window.CKEDITOR?.instances || {});

  /* A form of its own, so that neither the story's form nor what watches it takes this for a save. */
  function refresh() {
    const data = new FormData(form);
    for (const editor of editors()) data.set(editor.element.$.name, editor.getData());
    data.set("story", pane.dataset.story);
    const asking = document.createElement("form");
    asking.method = "post";
    asking.action = pane.dataset.previewPane;
    asking.target = frame.name;
    asking.hidden = true;
    for (const [name, value] of data) {
      if (typeof value !== "string") continue;
      const field = document.createElement("textarea"); // keeps line breaks, as an input would not
      field.name = name;
      field.value = value;
      asking.append(field);
    }
    scrolled = frame.contentWindow?.scrollY || 0;
    document.body.append(asking);
    asking.submit();
    asking.remove();
  }

  function later() {
    if (pane.hidden) return;
    status.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }

  frame.addEventListener("load", () => {
    if (pane.hidden) return;
    const none = gettext("No preview now. Save, and try again.");
    try {
      frame.contentWindow.scrollTo(0, scrolled);
      // A page of the desk came instead, the sign-in for one: a frame is no place for it.
      const isPreview = frame.contentDocument.querySelector("article.story");
      status.textContent = isPreview ? gettext("What is in the form, saved or not") : none;
    } catch {
      status.textContent = none; // the browser's own error page
    }
  });

  function fit() {
    const isDesktop = width === "desktop";
    pane.classList.toggle("is-desktop", isDesktop);
    const scale = isDesktop ? Math.min(1, windowBox.clientWidth / DESKTOP) : 1;
    frame.style.width = isDesktop ? `${DESKTOP}px` : "100%";
    frame.style.height = `${100 / scale}%`;
    frame.style.transform = isDesktop ? `scale(${scale})` : "none";
  }

  function open() {
    pane.hidden = false;
    document.body.classList.add("desk-previewing");
    fit();
    refresh();
    pane.querySelector("h2").focus();
  }

  function close() {
    pane.hidden = true;
    document.body.classList.remove("desk-previewing");
    clearTimeout(timer);
    opener.focus();
  }

  opener.addEventListener("click", (event) => {
    event.preventDefault();
    if (pane.hidden) open();
    else close();
  });
  pane.addEventListener("click", (event) => {
    if (event.target.closest("[data-preview-closes]")) close();
    const button = event.target.closest("[data-width]");
    if (!button) return;
    width = button.dataset.width;
    pane.querySelectorAll("[data-width]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    fit();
  });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", later));
  window.addEventListener("resize", () => pane.hidden || fit());
})();
