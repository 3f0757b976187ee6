/* The pre-publication check while somebody writes: the server's own list, asked again after each pause. */
(() => {
  "use strict";

  const box = document.querySelector("[data-checklist]");
  const form = box?.closest("form");
  if (!form) return;

  const PAUSE = 1500;
  let timer = 0;
  let running = null;

  function editors() {
    return Object.values(window.CKEDITOR?.instances || {});
  }

  async function ask() {
    running?.abort();
    running = new AbortController();
    const data = new FormData(form);
    // Not `updateElement`: that would tell other scripts that the text was saved into its field.
    for (const editor of editors()) data.set(editor.element.$.name, editor.getData());
    data.set("story", box.dataset.story);
    try {
      const answer = await fetch(box.dataset.checklist, { method: "POST", body: data, signal: running.signal });
      if (!answer.ok || answer.redirected) return; // the list stays as it was; saving says what is wrong
      show(await answer.text());
    } catch {
      // Offline, or a newer question is under way.
    }
  }

  function show(html) {
    const was = box.querySelector("details");
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const now = fresh.querySelector("details");
    const status = was.querySelector("[role=status]");
    const said = now.querySelector("[role=status]").textContent;
    // The live region itself stays, so that it speaks, and only when what it says has changed.
    if (status.textContent !== said) status.textContent = said;
    was.querySelectorAll(":scope > :not(summary)").forEach((each) => each.remove());
    was.append(...now.querySelectorAll(":scope > :not(summary)"));
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", later));

  box.addEventListener("click", (event) => {
    const name = event.target.closest("[data-goes-to]")?.dataset.goesTo;
    if (!name) return;
    const editor = editors().find((each) => each.element.$.name === name);
    if (editor) {
      editor.focus();
      return;
    }
    const named = form.querySelector(`[name="${name}"], [name="${name}-shown"]`);
    const field = named?.closest(".desk-field") || named;
    field?.closest("details")?.setAttribute("open", "");
    field?.scrollIntoView({ block: "center" });
    field?.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
  });
})();
