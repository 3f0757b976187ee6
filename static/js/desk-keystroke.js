/* What a keystroke brought about in a text, and what is to be set for it. desk-typing.js asks; nothing here knows a page. */
(() => {
  "use strict";

  const { edits } = window.deskTypography;
  const even = (text) => text.replace(/\u00a0/g, " "); // browsers change spaces at the caret by themselves

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
  function broughtAbout(was, now, { from, to, until }, marks, options) {
    const growth = until - to;
    const kept = marks.filter((mark) => mark.end <= from || mark.start >= to);
    const moved = kept.map((mark) => (mark.start >= to ? shifted(mark, growth) : mark));
    const old = straightened(was, marks);
    const fresh = straightened(now, moved);

    // What stood straight before this keystroke although a mark was due there: somebody wants it so.
    const isMade = (edit, { bends }) => bends.find(({ at, length }) => edit.start === at && edit.end === at + length);
    const wanted = edits(old.text, options)
      .filter((edit) => !isMade(edit, old))
      .map((edit) => ({ start: old.original(edit.start), end: old.original(edit.end) }))
      .map((edit) => (edit.start >= to ? shifted(edit, growth) : edit));

    const changes = [];
    const made = [];
    const due = edits(fresh.text, options);
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

  window.deskKeystroke = { even, shifted, broughtAbout, afterwards, caretAfter, insertion };
})();
