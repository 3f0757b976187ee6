/* Marks are set while somebody types or pastes: in every text field and in the editor's text.
 *
 * Only what a keystroke brought about is changed. A mark that this script has set is looked at again as the words after
 * it appear (‘9 becomes ’90s); one that the person made straight again, by Backspace or by undoing, is left alone for
 * good. A textarea with `data-straight` is left out; an input takes part with `data-typeset`. */
(() => {
  "use strict";

  const { apply, edits, runs, applyToRun, setWithin } = window.deskTypography;
  const OFF = "deskStraight"; // in this browser's storage: nothing is set while typing
  const FIELDS = "textarea:not([data-straight]):not([readonly]), input[data-typeset]:not([readonly])";

  function isOff() {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  }

  const even = (text) => text.replace(/\u00a0/g, " "); // browsers change spaces at the caret by themselves

  /* ---- What a keystroke brought about ---- */

  /* A text with the marks that this script made put back to what was typed, and the way from its places to the text's. */
  function straightened(text, marks) {
    const bends = [];
    let written = "";
    let position = 0;
    for (const mark of marks) {
      written += text.slice(position, mark.start);
      bends.push({ at: written.length, length: mark.straight.length, mark });
      written += mark.straight;
      position = mark.end;
    }
    written += text.slice(position);
    function original(place) {
      let shift = 0;
      for (const { at, length, mark } of bends) {
        if (place < at + length) return place <= at ? place + shift : mark.end;
        shift = mark.end - at - length;
      }
      return place + shift;
    }
    return { text: written, bends, original };
  }

  const touches = (one, other) => one.start < other.end && other.start < one.end;
  const shifted = ({ start, end, ...rest }, by) => ({ ...rest, start: start + by, end: end + by });

  /* What to change after [from, to) of `was` became [from, until) of `now`. `marks` are those that were made in `was`.
   * Returns the changes, in places of `now`, and the marks of what then stands there, in the same order. */
  function broughtAbout(was, now, { from, to, until }, marks, holds) {
    const growth = until - to;
    const kept = marks.filter((mark) => mark.end <= from || mark.start >= to);
    const moved = kept.map((mark) => (mark.start >= to ? shifted(mark, growth) : mark));
    const old = straightened(was, marks);
    const fresh = straightened(now, moved);

    // What stood straight before this keystroke although a mark was due there: somebody wants it so.
    const isMade = (edit, { bends }) => bends.find(({ at, length }) => edit.start === at && edit.end === at + length);
    const wanted = edits(old.text, { holds })
      .filter((edit) => !isMade(edit, old))
      .map((edit) => ({ start: old.original(edit.start), end: old.original(edit.end) }))
      .map((edit) => (edit.start >= to ? shifted(edit, growth) : edit));

    const changes = [];
    const made = [];
    const due = edits(fresh.text, { holds });
    const settled = new Set();
    for (const edit of due) {
      const bend = isMade(edit, fresh);
      const place = { start: fresh.original(edit.start), end: bend ? bend.mark.end : fresh.original(edit.end) };
      if (bend) settled.add(bend.mark);
      else if (wanted.some((other) => touches(other, place))) continue;
      const straight = fresh.text.slice(edit.start, edit.end);
      if (now.slice(place.start, place.end) !== edit.text) changes.push({ ...place, straight, text: edit.text });
      made.push({ ...place, straight, text: edit.text });
    }
    for (const mark of moved) {
      // What follows shows that the mark is none; of a longer one that has become part of another, nothing is left.
      if (settled.has(mark) || made.some((other) => touches(other, mark))) continue;
      changes.push({ start: mark.start, end: mark.end, straight: mark.straight, text: mark.straight });
    }
    changes.sort((one, other) => one.start - other.start);
    return { changes, made };
  }

  /* The marks in places of the text after the changes. */
  function afterwards(marks, changes) {
    return marks.map(({ start, end, straight, text }) => {
      let shift = 0;
      for (const change of changes) if (change.end <= start) shift += change.text.length - (change.end - change.start);
      return { start: start + shift, end: start + shift + text.length, straight };
    });
  }

  function caretAfter(caret, changes) {
    let shift = 0;
    for (const change of changes) if (change.end <= caret) shift += change.text.length - (change.end - change.start);
    return caret + shift;
  }

  /* Where `was` with its selection became `now`, or null where that was no typing at one place. */
  function insertion(was, now, { from, to }) {
    const until = now.length - (was.length - to);
    if (until <= from) return null;
    const isSame = even(was.slice(0, from)) === even(now.slice(0, from)) && even(was.slice(to)) === even(now.slice(until));
    return isSame ? { from, to, until } : null;
  }

  /* ---- A place where somebody types: a field, or a paragraph of the editor ---- */

  /* `spot` has read() → {text, from, to}, write(changes, caret), putCaret(caret), and `holds`: no-break spaces too. */
  class Typist {
    constructor(spot) {
      this.spot = spot;
      this.text = null; // as this script left it
      this.marks = [];
      this.before = null; // as it stood before the keystroke
      this.last = null; // what the last keystroke brought about, to be taken back
      this.isSetting = false;
    }

    begin() {
      if (this.isSetting) return;
      const { text, from, to } = this.spot.read() || {};
      this.before = text === undefined ? null : { text, from, to };
      if (this.before && (this.text === null || even(text) !== even(this.text))) {
        this.marks = [];
        this.text = text;
      }
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
      const { changes, made } = broughtAbout(was.text, now.text, inserted, this.marks, this.spot.holds);
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

  function leftStraight(root) {
    const left = new Map();
    for (const run of runs(root)) {
      for (const edit of edits(run.text, { holds: true })) {
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
      left = leftStraight(root);
    }, null, null, -1); // before anybody takes the paste for their own
    editor.on("afterPaste", () => {
      if (isOff()) return;
      const unused = new Map(left);
      editor.fire("saveSnapshot");
      const count = setWithin(root, (run, edit) => {
        const key = surroundings(run, edit);
        const times = unused.get(key) || 0;
        if (times) unused.set(key, times - 1);
        return times > 0;
      });
      if (count) editor.fire("saveSnapshot");
      typist.forget();
    });
    editor.on("afterCommandExec", ({ data }) => {
      if (data.name === "undo" || data.name === "redo") typist.forget();
    });
  });
})();
