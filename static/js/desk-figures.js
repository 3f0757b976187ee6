/* Pictures in the text show themselves, small. The text holds only their numbers, so that their looks are rules of a
 * stylesheet beside it; without a script, or for a picture that is gone, the number is what one sees. */
(() => {
  "use strict";

  const known = new Set();
  let asking = Promise.resolve();
  let sheet = null;

  function show(photo, thumbnail, alt) {
    known.add(String(photo));
    if (!thumbnail) return;
    if (!sheet) {
      sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    const address = JSON.stringify(new URL(thumbnail, location.href).href);
    const words = JSON.stringify(alt || interpolate(gettext("Picture %(number)s"), { number: photo }, true));
    const figure = `.cke .cke_wysiwyg_div figure[data-photo="${Number(photo)}"]::before`;
    sheet.insertRule(`${figure} { content: url(${address}) / ${words}; }`);
  }

  /* Ask for those that nobody has shown yet, one after the other. */
  function look(editor) {
    const url = document.querySelector("[data-story] [data-photo][data-search-url]")?.dataset.searchUrl;
    if (!url) return;
    for (const figure of editor.editable()?.$.querySelectorAll("figure[data-photo]") || []) {
      const { photo } = figure.dataset;
      if (known.has(photo) || !/^[0-9]+$/.test(photo)) continue;
      known.add(photo);
      asking = asking.then(() => ask(url, photo));
    }
  }

  async function ask(url, photo) {
    try {
      const response = await fetch(`${url}?id=${photo}`, { redirect: "manual" });
      const [found] = response.ok ? (await response.json()).results : [];
      if (found) show(photo, found.image, found.alt);
    } catch {
      known.delete(photo); // without a connection; asked again at the next change
    }
  }

  window.deskFigures = { show };

  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    editor.on("change", () => look(editor));
    editor.on("dataReady", () => look(editor));
    look(editor);
  });
})();
