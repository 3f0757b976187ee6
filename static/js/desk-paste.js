/* Headings keep their rank when they are pasted: the editor knows two levels, and the server ranks them the same. */
(() => {
  "use strict";

  window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
    editor.on("paste", ({ data }) => {
      data.dataValue = data.dataValue
        .replace(/<(\/?)h1\b/gi, "<$1h2")
        .replace(/<(\/?)h[456]\b/gi, "<$1h3");
    });
  });
})();
