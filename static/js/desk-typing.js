/* Marks are set while somebody types or pastes: in every text field and in the editor's text.
 *
 * Only what a keystroke brought about is changed. A mark that this script has set is looked at again as the words after
 * it appear (‘9 becomes ’90s); one that the person made straight again, by Backspace or by undoing, is left alone for
 * good. A textarea with `data-straight` is left out; an input takes part with `data-typeset`. A story is set in its own
 * language, as its form says at that moment, and everything else in the newsroom's. */
(() => {
  "use strict";

  const { apply, edits, runs, applyToRun, setWithin } = window.deskTypography;
  const { even, shifted, broughtAbout, afterwards, caretAfter, insertion } = window.deskKeystroke;
  const OFF = "deskStraight"; // in this browser's storage: nothing is set while typing
  const FIELDS = "textarea:not([data-straight]):not([readonly]), input[data-typeset]:not([readonly])";

  function isOff() {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  }

  /* The language of what is typed there: what is said about a story is the newsroom's. */
  function languageOf(element) {
    const form = element.closest("[data-talk]") ? null : element.closest("[data-story]");
    return form ? form.elements.namedItem("language")?.value || form.dataset.language || "" : "";
  }

  /* ---- A place where somebody types: a field, or a paragraph of the editor ---- */

  /* `spot` has read() → {text, from, to}, write(changes, caret), putCaret(caret), language(), and `holds`: no-break spaces
   * too. */
  class Typist {
    constructor(spot) {
      this.spot = spot;
      this.text = null; // as this script left it
      this.language = null;
      this.marks = [];
      this.before = null; // as it stood before the keystroke
      this.last = null; // what the last keystroke brought about, to be taken back
      this.isSetting = false;
    }

    begin() {
      if (this.isSetting) return;
      const { text, from, to } = this.spot.read() || {};
      this.before = text === undefined ? null : { text, from, to };
      const language = this.spot.language();
      // Marks that were made in another language stay as they are.
      if (this.before && (this.text === null || language !== this.language || even(text) !== even(this.text))) {
        this.marks = [];
        this.text = text;
      }
      this.language = language;
    }

    end() {
      if (this.isSetting || !this.before) return;
      const was = this.before;
      this.before = null;
      const now = this.spot.read();
      const inserted = now && insertion(was.text, now.text, was);
      this.last = null;
      if (!inserted || isOff()) {
        this.deleted(was, now);
        return;
      }
      const options = { holds: this.spot.holds, language: this.language };
      const { changes, made } = broughtAbout(was.text, now.text, inserted, this.marks, options);
      if (changes.length) {
        const caret = caretAfter(now.to, changes);
        this.set(changes, caret);
        const after = this.spot.read();
        const own = changes.find((change) => change.end === now.to && change.end > change.start);
        this.last = { before: now.text, caretBefore: now.to, after: after?.text, caret, own, changes };
        this.text = after?.text ?? null;
        this.marks = this.text === null ? [] : afterwards(made, changes);
      } else {
        this.text = now.text;
        this.marks = made.map(({ start, end, straight }) => ({ start, end, straight }));
      }
    }

    /* What is taken out takes its marks along; nothing is set for it. */
    deleted(was, now) {
      this.text = now ? now.text : null;
      if (!now) {
        this.marks = [];
        return;
      }
      const gone = was.text.length - now.text.length;
      const until = now.from;
      const end = until + gone;
      const isOnePlace = gone > 0 && even(was.text.slice(0, until) + was.text.slice(end)) === even(now.text);
      this.marks = isOnePlace
        ? this.marks.filter((mark) => mark.end <= until || mark.start >= end).map((mark) => (mark.start >= end ? shifted(mark, -gone) : mark))
        : [];
    }

    set(changes, caret) {
      this.isSetting = true;
      try {
        this.spot.write(changes, caret);
      } finally {
        this.isSetting = false;
      }
    }

    /* Whether the caret still stands where the last mark was made, and nothing has happened since. */
    isFresh() {
      if (!this.last) return false;
      const now = this.spot.read();
      return Boolean(now) && even(now.text) === even(this.last.after) && now.from === this.last.caret && now.to === this.last.caret;
    }

    /* Make the mark that was just made straight again. Whether there was one. */
    takeBack() {
      if (!this.isFresh() || !this.last.own) return false;
      const { own, changes } = this.last;
      const start = caretAfter(own.start, changes.filter((change) => change !== own));
      this.set([{ start, end: start + own.text.length, text: own.straight }], start + own.straight.length);
      this.forget();
      return true;
    }

    /* The browser selects what it has put back, so that the next letter would overwrite it. */
    undone() {
      const now = this.spot.read();
      if (this.last && now && now.text === this.last.before) this.spot.putCaret(this.last.caretBefore);
      this.forget();
    }

    forget() {
      this.last = null;
      this.marks = [];
      this.text = this.spot.read()?.text ?? null;
    }
  }

  /* ---- Fields ---- */

  class Field {
    constructor(input) {
      this.input = input;
      this.holds = false;
    }

    language() {
      return languageOf(this.input);
    }

    read() {
      const { value, selectionStart, selectionEnd } = this.input;
      return selectionStart === null ? null : { text: value, from: selectionStart, to: selectionEnd };
    }

    write(changes, caret) {
      // All at once, so that undoing once takes all of it back; and only so does the browser know how.
      const start = changes[0].start;
      const { end } = changes.at(-1);
      const within = changes.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
      const text = apply(this.input.value.slice(start, end), within);
      this.input.setSelectionRange(start, end);
      if (!document.execCommand("insertText", false, text)) {
        this.input.setRangeText(text, start, end);
        this.input.dispatchEvent(new Event("input", { bubbles: true }));
      }
      this.putCaret(caret);
    }

    putCaret(caret) {
      this.input.setSelectionRange(caret, caret);
    }
  }

  const fields = new WeakMap();
  function typistOf(target) {
    if (!(target instanceof Element) || !target.matches(FIELDS) || target.closest(".cke_source")) return null;
    if (!fields.has(target)) fields.set(target, new Typist(new Field(target)));
    return fields.get(target);
  }

  const isWriting = (type) => /^insert(?!Composition|Replacement)/.test(type || "");

  /* The same for fields and for the editor: `find` gives the typist of an event. */
  function listen(root, find) {
    root.addEventListener("beforeinput", (event) => {
      if (!event.isComposing) find(event)?.begin();
    });
    root.addEventListener("input", (event) => {
      const typist = event.isComposing ? null : find(event);
      if (!typist || typist.isSetting) return;
      if (isWriting(event.inputType) || /^delete/.test(event.inputType || "")) {
        typist.end();
      } else if (event.inputType?.startsWith("history")) {
        // The browser selects what it has put back, so that the next letter would overwrite it.
        typist.undone();
      }
    });
    // Dead keys and phones compose words; what they composed is looked at when it is there.
    root.addEventListener("compositionstart", (event) => find(event)?.begin());
    root.addEventListener("compositionend", (event) => {
      const typist = find(event);
      if (typist) setTimeout(() => typist.end());
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Backspace" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (find(event)?.takeBack()) {
        event.preventDefault();
        event.stopPropagation();
      }
    }, true);
  }

  listen(document, ({ target }) => typistOf(target));

  /* ---- The editor ---- */

  class Paragraphs {
    constructor(editor) {
      this.editor = editor;
      this.holds = true;
      this.block = null;
    }

    language() {
      return languageOf(this.editor.element.$);
    }

    run() {
      const root = this.editor.editable()?.$;
      const selection = document.getSelection();
      const { anchorNode, focusNode } = selection;
      if (!root || !anchorNode || !root.contains(anchorNode) || !root.contains(focusNode)) return null;
      let block = anchorNode.nodeType === Node.ELEMENT_NODE ? anchorNode : anchorNode.parentElement;
      while (block !== root && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      this.block = block;
      for (const run of runs(block)) {
        const from = this.place(run, anchorNode, selection.anchorOffset);
        const to = this.place(run, focusNode, selection.focusOffset);
        if (from !== null && to !== null) return { run, from: Math.min(from, to), to: Math.max(from, to) };
      }
      return null;
    }

    place({ parts }, node, offset) {
      let last = null;
      for (const part of parts) {
        if (part.node !== node) continue;
        if (offset <= part.from + part.length) return part.start + Math.max(0, offset - part.from);
        last = part.start + part.length;
      }
      return last;
    }

    read() {
      const found = this.run();
      // A paragraph that is still empty has no text node.
      if (!found) return this.isEmpty() ? { text: "", from: 0, to: 0 } : null;
      return { text: found.run.text.replace(/\n$/, ""), from: found.from, to: found.to };
    }

    isEmpty() {
      const root = this.editor.editable()?.$;
      const { anchorNode, isCollapsed } = document.getSelection();
      return Boolean(root && isCollapsed && root.contains(anchorNode) && !anchorNode.textContent.replace(/\u200b/g, ""));
    }

    write(changes, caret) {
      const found = this.run();
      if (!found) return;
      this.editor.fire("saveSnapshot"); // as it was typed: that is where undoing leads
      applyToRun(found.run, changes);
      this.putCaret(caret);
      this.editor.fire("saveSnapshot");
    }

    putCaret(caret) {
      const selection = document.getSelection();
      const parts = (this.run()?.run.parts || []).filter(({ start, length }) => start <= caret && caret <= start + length);
      const part = parts.find(({ node }) => node === selection.anchorNode) || parts[0];
      if (part) selection.collapse(part.node, part.from + caret - part.start);
    }
  }

  /* What stands around a mark: how one that was left straight is known again after a paste. */
  const AROUND = 12;
  const surroundings = ({ text }, { start, end }) => text.slice(Math.max(0, start - AROUND), end + AROUND);

  function leftStraight(root, language) {
    const left = new Map();
    for (const run of runs(root)) {
      for (const edit of edits(run.text, { holds: true, language })) {
        const key = surroundings(run, edit);
        left.set(key, (left.get(key) || 0) + 1);
      }
    }
    return left;
  }

  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    const root = editor.editable().$;
    const typist = new Typist(new Paragraphs(editor));
    listen(root, () => typist);

    // What is pasted is set in a step of its own, so that undoing once gives it as it came.
    let left = new Map();
    editor.on("paste", () => {
      left = leftStraight(root, languageOf(editor.element.$));
    }, null, null, -1); // before anybody takes the paste for their own
    editor.on("afterPaste", () => {
      if (isOff()) return;
      const unused = new Map(left);
      editor.fire("saveSnapshot");
      const leaves = (run, edit) => {
        const key = surroundings(run, edit);
        const times = unused.get(key) || 0;
        if (times) unused.set(key, times - 1);
        return times > 0;
      };
      const count = setWithin(root, { language: languageOf(editor.element.$), leaves });
      if (count) editor.fire("saveSnapshot");
      typist.forget();
    });
    editor.on("afterCommandExec", ({ data }) => {
      if (data.name === "undo" || data.name === "redo") typist.forget();
    });
  });
})();
