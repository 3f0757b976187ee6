/* Marks as a compositor sets them: the rules of newsroom/typography.py, for the desk. Both pass tests/data/typography.json.
 *
 * `edits(text)` says what is to be changed, `runs(element)` which text nodes are one text, `setWithin(element)` sets it.
 * What is being typed is set by desk-typing.js. */
(() => {
  "use strict";

  const NO_BREAK = "\u00a0";
  const OBJECT = "\ufffc"; // stands for what is no text
  const FAR = 400;

  const NO_MORE = "(?![\\p{L}\\p{N}])";
  const ELIDED = "tis|tisn|twas|twasn|twere|twill|twould|twouldn|tween|neath|gainst|n|em|til|nuff";
  const MAYBE_ELIDED = "cause|cos|coz|cuz|bout|round|till|flu|phone|burbs|nother|copter|fraid|scuse|er|im|ello";
  const SURELY = new RegExp(`[0-9][0-9]['’]?s${NO_MORE}|(?:${ELIDED})(?!-)${NO_MORE}`, "iuy");
  const MAYBE = new RegExp(`[0-9][0-9]${NO_MORE}|(?:${MAYBE_ELIDED})(?!-)${NO_MORE}`, "iuy");
  const ENDS = /(?<=\S)['’](?![\p{L}\p{M}\p{N}\ufffc])/gu;

  const REST = "[^\\s\"<>“”]*[^\\s\"<>“”'‘’.,;:!?)\\]…–—\\-]";
  const KEPT = [
    `(?:[a-z][a-z0-9+.]{1,20}://|www\\.|mailto:)${REST}`,
    "(?<![\\p{L}\\p{N}._%+\\-])[\\p{L}\\p{N}][\\p{L}\\p{N}._%+'\\-]{0,63}@(?:[\\p{L}\\p{N}\\-]{1,63}\\.){1,8}\\p{L}{2,}",
    `(?<![\\p{L}\\p{N}.\\-])(?:[\\p{L}\\p{N}\\-]{1,63}\\.){1,8}\\p{L}{2,20}/(?:${REST})?`,
    "(?<![\\p{L}\\p{N}])xn--[\\p{L}\\p{N}\\-]+",
    "`[^`\\n]*`",
  ].join("|");
  const MARKS = [
    "(?<dashes>-{2,})",
    "(?<hyphen>(?<=[^\\s–—\\-][ \\u00a0])-(?=[ \\u00a0](?![–—\\-])))",
    "(?<dots>\\.{2,}|(?<![.…])(?<![.…][ \\u00a0])\\.(?:[ \\u00a0]\\.){2}(?![ \\u00a0]?[.…]))",
    "(?<quote>[\"'“”‘’])",
    "(?<line>\\n)",
  ].join("|");
  const UNITS =
    "[kcm]?m|[km]?g|km/h|mph|mi|ha|hectares|tonnes|[kMGT]?Wh?|°[CF]|[kMG]?Hz|[kMGT]B|ft|lbs?|miles|metres|kilometres" +
    "|million|billion|trillion|per cent|a\\.?m|p\\.?m";
  const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
  const HELD = [
    "(?<space>(?<=[^\\s–—\\-]) (?=–[ \\u00a0]|--(?![\\p{L}\\p{M}\\p{N}>|\\-])|-[ \\u00a0](?![–—\\-]))",
    `(?<=[0-9]) (?=(?:${UNITS})(?![\\p{L}\\p{N}]))`,
    `(?<=(?<![0-9.,:])[0-9]{1,2}) (?=(?:${MONTHS})(?![\\p{L}\\p{N}]))`,
    "(?<=(?<![\\p{L}\\p{N}])(?:Mrs?|Ms|Dr|Prof|Sir|Dame|Rev|St)\\.?) (?=\\p{Lu})",
    "(?<=(?<![\\p{L}\\p{N}])Nos?\\.?) (?=[0-9]))",
  ].join("|");
  const TOKEN = `(?<kept>${KEPT})|${MARKS}`;
  const TOKEN_OF_BODY = `(?<kept>${KEPT})|${HELD}|${MARKS}`;

  const OPENERS = "([{<«¡¿/=";
  const DASHES = "–—-";
  const STOPS = ",.;:!?…";
  const CLOSING = `${STOPS})]}”’»`;

  const isWord = (character) => /^[\p{L}\p{M}\p{N}\ufffc]/u.test(character);
  const isSpace = (character) => /^\s/.test(character);
  const isFigure = (character) => /^\p{Nd}/u.test(character);
  const isOf = (set, character) => character !== "" && set.includes(character);

  /* One pass over a text, from its beginning to its end, remembering which quotations are open. */
  class Setter {
    constructor(text, holds) {
      this.text = text;
      this.token = new RegExp(holds ? TOKEN_OF_BODY : TOKEN, "gu");
      this.space = holds ? NO_BREAK : " ";
      this.before = ""; // the character before the mark, as it will stand there; "" where a line begins
      this.doubles = 0;
      this.singles = 0;
    }

    edits() {
      const found = [];
      let end = 0;
      for (const match of this.text.matchAll(this.token)) {
        const start = match.index;
        if (start > end) this.before = this.character(start - 1);
        const was = match[0];
        end = start + was.length;
        const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
        const willBe = this.set(kind, was, start, end);
        this.before = kind === "kept" ? OBJECT : willBe.slice(-1);
        if (kind === "line") {
          this.before = "";
          this.doubles = 0;
          this.singles = 0;
        }
        if (willBe !== was) found.push({ start, end, text: willBe });
      }
      return found;
    }

    set(kind, was, start, end) {
      const after = this.character(end);
      if (kind === "dashes") return this.dash(was, end);
      if (kind === "hyphen") return "–";
      if (kind === "dots") return this.dots(was, after);
      if (kind === "space") return NO_BREAK;
      if (kind !== "quote") return was;
      let mark = was;
      if (was === '"') mark = this.double(after);
      else if (was === "'") mark = this.single(start, after);
      this.count(mark, after);
      return mark;
    }

    /* The character at a place, whole even where it takes two units; "" at the end of a line. */
    character(place) {
      let code = this.text.codePointAt(place);
      if (code >= 0xdc00 && code <= 0xdfff && place) code = this.text.codePointAt(place - 1);
      return code === undefined || code === 10 ? "" : String.fromCodePoint(code);
    }

    count(mark, after) {
      if (mark === "“") this.doubles += 1;
      else if (mark === "”") this.doubles = Math.max(0, this.doubles - 1);
      else if (mark === "‘") this.singles += 1;
      else if (mark === "’" && !isWord(after)) this.singles = Math.max(0, this.singles - 1);
    }

    dots(was, after) {
      if (isOf("/\\", this.before) || isOf("/\\", after)) return was;
      if (was === "....") return "….";
      return was === "..." || /[ \u00a0]/.test(was) ? "…" : was;
    }

    dash(was, end) {
      const { before } = this;
      const after = this.character(end);
      const starts = !before || isSpace(before);
      if (was.length > 3 || isOf("<!>|", before) || isOf(">|", after) || (starts && isWord(after))) return was;
      if (was.length === 3) return "—";
      if (isFigure(before) && isFigure(after)) return "–";
      const isWithin = isOf(`${OPENERS}${DASHES}“‘`, before);
      return `${starts || isWithin ? "" : this.space}–${this.beginsWords(end) && !isWithin ? " " : ""}`;
    }

    /* Whether words begin here, or a quotation or bracket with words in it. */
    beginsWords(place) {
      const after = this.character(place);
      if (after === "'" || after === '"') return isWord(this.character(place + 1));
      return isWord(after) || isOf("“‘([{«£$€#@&", after);
    }

    /* Whether a mark where one could open does so; null where nobody can tell. */
    isOpening(after, isOpenAlready) {
      const ends = !after || isSpace(after) || isOf(CLOSING, after);
      if (!this.before || isSpace(this.before)) {
        if (isSpace(after) && this.before) return isOpenAlready ? false : null;
        return !isOf(CLOSING, after);
      }
      if (isOf(DASHES, this.before)) return ends ? !isOpenAlready && !after : true;
      return true;
    }

    double(after) {
      const { before } = this;
      if (isFigure(before) && !this.doubles) return '"'; // inches, or minutes
      let opens = false;
      if (!before || isSpace(before) || isOf(`${OPENERS}${DASHES}‘`, before)) opens = this.isOpening(after, this.doubles > 0);
      else if (isOf(STOPS, before) && isWord(after)) opens = !this.doubles;
      if (opens === null) return '"';
      return opens ? "“" : "”";
    }

    single(start, after) {
      const { before } = this;
      if (isFigure(before)) {
        const closes = this.singles > 0 || isWord(after);
        return closes && !isFigure(after) ? "’" : "'"; // feet, or seconds
      }
      const begins = !before || isSpace(before) || isOf(`${OPENERS}${DASHES}“`, before);
      if (!begins && !(isOf(STOPS, before) && isWord(after) && !this.singles)) return "’";
      if (this.isElision(start)) return "’";
      const opens = this.isOpening(after, this.singles > 0);
      if (opens === null) return "'";
      return opens ? "‘" : "’";
    }

    isElision(start) {
      SURELY.lastIndex = start + 1;
      if (SURELY.test(this.text)) return true;
      MAYBE.lastIndex = start + 1;
      if (!MAYBE.test(this.text)) return false;
      return this.singles > 0 || !this.closesLater(start);
    }

    /* Whether something further on in the line looks like the end of a quotation in single marks. */
    closesLater(start) {
      const [line] = this.text.slice(start + 1, start + FAR).split("\n", 1);
      ENDS.lastIndex = 1;
      return ENDS.test(line);
    }
  }

  /* Where a text is to be changed and how, in order; with `holds`, no-break spaces too. */
  function edits(text, { holds = false } = {}) {
    return new Setter(text, holds).edits();
  }

  function apply(text, changes) {
    let position = 0;
    let written = "";
    for (const { start, end, text: instead } of changes) {
      written += text.slice(position, start) + instead;
      position = end;
    }
    return written + text.slice(position);
  }

  /* ---- Text in elements ---- */

  const INLINE = new Set("a abbr b cite dfn del em i ins mark q s small span strong sub sup time u".split(" "));
  const ALONE = new Set("code kbd pre samp script style textarea tt var".split(" "));
  const FILLERS = /[^\u200b]+/g; // the editor's own marks for the caret are no text

  /* The texts of an element, each as {text, parts}: a part is a stretch of a text node and where it begins in the text. */
  function* runs(root) {
    let run = { text: "", parts: [] };
    const finished = [];
    function end() {
      if (run.parts.length) finished.push(run);
      run = { text: "", parts: [] };
    }
    function* walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          for (const stretch of child.data.matchAll(FILLERS)) {
            run.parts.push({ node: child, from: stretch.index, start: run.text.length, length: stretch[0].length });
            run.text += stretch[0];
          }
        } else if (child.nodeType === Node.ELEMENT_NODE) {
          const name = child.localName;
          if (name === "br") {
            run.text += "\n";
          } else if (ALONE.has(name)) {
            if (name === "pre") end();
            run.text += OBJECT;
          } else if (INLINE.has(name)) {
            yield* walk(child);
          } else {
            end();
            yield* walk(child);
            end();
          }
          yield* finished.splice(0);
        }
      }
    }
    yield* walk(root);
    end();
    yield* finished;
  }

  /* Change a run in its text nodes, last change first, so that places stay what they are. What spans nodes is left. */
  function applyToRun(run, changes) {
    const applied = [];
    for (const change of [...changes].reverse()) {
      const { start, end } = change;
      const part = run.parts.find((each) => each.start <= start && end <= each.start + each.length);
      if (!part) continue;
      part.node.replaceData(part.from + start - part.start, end - start, change.text);
      applied.unshift(change);
    }
    return applied;
  }

  /* Set all text in an element, but where `leaves(run, edit)` says so. Returns how many places were changed. */
  function setWithin(root, leaves = () => false) {
    let count = 0;
    for (const run of [...runs(root)]) {
      const wanted = edits(run.text, { holds: true }).filter((edit) => !leaves(run, edit));
      count += applyToRun(run, wanted).length;
    }
    return count;
  }

  window.deskTypography = { apply, edits, typeset: (text) => apply(text, edits(text)), runs, applyToRun, setWithin };
})();
