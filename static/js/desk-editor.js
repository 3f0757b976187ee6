/* The editor's manners: a table begins plain, and a dialog shows only what a page can show. */
(() => {
  "use strict";

  window.CKEDITOR?.on("dialogDefinition", ({ data }) => {
    if (data.name !== "table" && data.name !== "tableProperties") return;
    const info = data.definition.getContents("info");
    for (const field of ["txtWidth", "txtHeight", "txtBorder", "cmbAlign", "txtCellSpace", "txtCellPad", "txtSummary"]) {
      info.remove(field);
    }
  });
})();
