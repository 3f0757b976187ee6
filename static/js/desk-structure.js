/* How a text is built: subheads in the newsroom's words and in their order, and two styles of quote.
 *
 * The server ranks subheads in the same way (newsroom/richtext/ranks.py): a sub-subhead before the first subhead is a
 * subhead. A pull quote is a quote of another kind; each of the two buttons makes the one or the other, and takes away
 * what it has made. */
(() => {
  "use strict";

  const { CKEDITOR } = window;
  if (!CKEDITOR) return;

  const PULL = "pull";

  /* ---- Quotes ---- */

  const quoteAt = (path) => path?.contains("blockquote", 1) || null;
  const isPull = (quote) => quote?.data("kind") === PULL;

  /* Let the buttons show where the caret is, although it has not moved. */
  function lookAgain(editor) {
    editor.forceNextSelectionCheck();
    editor.selectionChange(true);
  }

  function setKind(editor, quote, isPullNow) {
    editor.fire("saveSnapshot");
    quote.data("kind", isPullNow ? PULL : false);
    editor.fire("saveSnapshot");
    lookAgain(editor);
    quote.$.scrollIntoView({ block: "nearest" });
  }

  /* What a button's command does to the quote at the caret, where there is one: of the other kind, it becomes this one. */
  function addPullQuote(editor) {
    const quote = editor.getCommand("blockquote");
    const { refresh, exec } = quote;
    let isToggling = false;

    quote.refresh = function refreshQuote(one, path) {
      refresh.call(this, one, path);
      if (isPull(quoteAt(path))) this.setState(CKEDITOR.TRISTATE_OFF);
    };
    quote.exec = function execQuote(...given) {
      const at = quoteAt(editor.elementPath());
      if (!isToggling && isPull(at)) return setKind(editor, at, false);
      return exec.apply(this, given);
    };

    editor.addCommand("pullQuote", {
      allowedContent: "blockquote[data-kind]",
      requiredContent: "blockquote[data-kind]",
      context: "blockquote",
      refresh(one, path) {
        this.setState(isPull(quoteAt(path)) ? CKEDITOR.TRISTATE_ON : quote.state === CKEDITOR.TRISTATE_DISABLED ? CKEDITOR.TRISTATE_DISABLED : CKEDITOR.TRISTATE_OFF);
      },
      exec() {
        const at = quoteAt(editor.elementPath());
        if (at && !isPull(at)) return setKind(editor, at, true);
        isToggling = true;
        quote.setState(at ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
        try {
          editor.execCommand("blockquote");
        } finally {
          isToggling = false;
        }
        const made = at ? null : quoteAt(editor.elementPath());
        if (made) setKind(editor, made, true);
        return true;
      },
    });
    editor.ui.addButton("PullQuote", { label: gettext("Pull Quote"), command: "pullQuote", toolbar: "blocks,15" });
  }

  /* ---- Subheads ---- */

  function say(words) {
    const status = document.querySelector("[data-focus-said]");
    if (!status) return;
    status.textContent = "";
    setTimeout(() => (status.textContent = words), 50);
  }

  /* Subheads of the lower level before the first of the upper one are raised, in the step that made them so. */
  function rank(editor) {
    const root = editor.editable()?.$;
    if (!root || editor.readOnly) return;
    const low = [];
    for (const heading of root.querySelectorAll("h2, h3")) {
      if (heading.localName === "h2") break;
      low.push(heading);
    }
    if (!low.length) return;
    const selection = document.getSelection();
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    const raised = new Map();
    for (const heading of low) {
      const upper = document.createElement("h2");
      upper.append(...heading.childNodes);
      heading.replaceWith(upper);
      raised.set(heading, upper);
    }
    const now = (node) => raised.get(node) || node;
    if (anchorNode && root.contains(now(anchorNode)) && root.contains(now(focusNode))) {
      selection.setBaseAndExtent(now(anchorNode), anchorOffset, now(focusNode), focusOffset);
    }
    editor.fire("updateSnapshot"); // undoing goes back to before the step, not in between
    lookAgain(editor);
    say(gettext("A sub-subhead needs a subhead before it, so this is now a subhead."));
  }

  CKEDITOR.plugins.add("deskstructure", {
    requires: "format,blockquote",
    beforeInit(editor) {
      Object.assign(editor.lang.format, {
        label: gettext("Kind"),
        panelTitle: gettext("Kind of paragraph"),
        tag_p: gettext("Text"),
        tag_h2: gettext("Subhead"),
        tag_h3: gettext("Sub-subhead"),
      });
    },
    init(editor) {
      addPullQuote(editor);
      let isDue = false;
      // Not at once: a change is told of before its step is kept, and the step that is amended has to be this one.
      editor.on("change", () => {
        if (isDue) return;
        isDue = true;
        queueMicrotask(() => {
          isDue = false;
          rank(editor);
        });
      });
    },
  });
})();
