/* A place in the text that something comes into later, while somebody goes on writing around it. */
(() => {
  "use strict";

  // Characters of HTML: up to here the editor puts it in itself, in a time that grows with the square of it.
  const SHORT = 10000;

  class Place {
    /* `range` is the editor's; the browser's own, made from it, moves along with what is written. */
    constructor(editor, range) {
      this.editor = editor;
      this.live = document.createRange();
      if (range) {
        this.#take(range);
      } else {
        this.live.selectNodeContents(editor.editable().$);
        this.live.collapse(false);
      }
    }

    /* Put HTML here as one step of undo. `others` are places that wait as well: one that is this very place comes
     * behind what is put here, and so does the caret, if it still is here. All others stay where they are. */
    put(html, others) {
      const { editor } = this;
      editor.fire("saveSnapshot");
      const waiting = others.filter((other) => other.editor === editor);
      const behind = waiting.filter((other) => this.#isAt(other.live));
      const hasCaret = editor.focusManager.hasFocus;
      const caret = hasCaret ? new Place(editor, editor.getSelection().getRanges()[0]) : null;
      if (caret && this.#isAt(caret.live)) behind.push(caret);
      else if (caret) waiting.push(caret);
      const apart = waiting.filter((other) => !behind.includes(other));
      // What is split is moved in the document, and the browser's ranges do not go with it.
      const marks = apart.map((other) => other.#range().createBookmark(true));
      const range = this.#range();
      if (html.length > SHORT) putBlocks(editor, html, range);
      else editor.editable().insertHtmlIntoRange(html, range);
      apart.forEach((other, number) => {
        const back = editor.createRange();
        back.moveToBookmark(marks[number]);
        other.#take(back);
      });
      behind.forEach((other) => other.#take(range));
      if (caret) {
        const selected = caret.#range();
        selected.select();
        if (behind.includes(caret)) editor.getSelection().scrollIntoView();
      }
      editor.fire("saveSnapshot");
    }

    #take(range) {
      this.live.setStart(range.startContainer.$, range.startOffset);
      this.live.setEnd(range.endContainer.$, range.endOffset);
    }

    #isAt(live) {
      return live.startContainer === this.live.startContainer && live.startOffset === this.live.startOffset;
    }

    /* As the editor's range; at the end of the text where the text was replaced meanwhile. */
    #range() {
      const { editor, live } = this;
      const editable = editor.editable();
      const range = editor.createRange();
      if (editable.$.contains(live.startContainer) && editable.$.contains(live.endContainer)) {
        range.setStart(new window.CKEDITOR.dom.node(live.startContainer), live.startOffset);
        range.setEnd(new window.CKEDITOR.dom.node(live.endContainer), live.endOffset);
      } else {
        range.moveToElementEditEnd(editable);
      }
      return range;
    }
  }

  /* Many blocks at once: the block that the range is in is split, and they are put between its parts. */
  function putBlocks(editor, html, range) {
    const editable = editor.editable().$;
    const { dataProcessor, activeFilter, activeEnterMode } = editor;
    const template = document.createElement("template");
    const options = { context: null, fixForBody: false, filter: activeFilter, enterMode: activeEnterMode };
    template.innerHTML = dataProcessor.toHtml(html, options);
    const last = template.content.lastChild;
    if (!last) return;
    range.deleteContents();
    const point = range.startContainer.$;
    let block = point === editable ? null : point;
    while (block && block.parentNode !== editable) block = block.parentNode;
    if (!block) {
      editable.insertBefore(template.content, editable.childNodes[range.startOffset] || null);
    } else if (block.matches?.("p, h2, h3")) {
      const tail = document.createRange();
      tail.setStart(point, range.startOffset);
      tail.setEnd(block, block.childNodes.length);
      const rest = block.cloneNode(false);
      rest.append(tail.extractContents());
      block.after(template.content, rest);
      if (isBlank(block)) block.remove();
      if (isBlank(rest)) rest.remove();
    } else {
      block.after(template.content);
    }
    const end = new window.CKEDITOR.dom.node(last);
    if (!range.moveToElementEditEnd(end)) range.setStartAfter(end);
    range.collapse(true);
  }

  const isBlank = (block) => !block.textContent.trim() && !block.querySelector("img, figure, [data-cke-bookmark]");

  window.DeskPlace = Place;
})();
