/* Marks as a compositor sets them: the rules of newsroom/typography/, for the desk. Both pass tests/data/typography.json.
 *
 * `edits(text)` says what is to be changed, `runs(element)` which text nodes are one text, `setWithin(element)` sets it,
 * each in a language: its code, or the newsroom's own. What is being typed is set by desk-typing.js. */
(() => {
  "use strict";

  const NO_BREAK = "\u00a0";
  const OBJECT = "\ufffc"; // stands for what is no text
  const FAR = 400;

  const NO_MORE = "(?![\\p{L}\\p{N}])";
  const ENDS = /(?<=\S)['’](?![\p{L}\p{M}\p{N}\ufffc])/gu;
  const RAYA_ENDS = /(?<=[^\s\-])(?:-{2,3}(?!-)|—)(?![\p{L}\p{M}\p{N}>|])/gu;

  const REST = "[^\\s\"<>“”„«»]*[^\\s\"<>“”'‘’„‚«»‹›.,;:!?)\\]…–—\\-]";
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
    "(?<quote>[\"'“”‘’„‚«»‹›])",
    "(?<line>\\n)",
  ];
  const HIGH = [
    "(?<high>(?<=[^\\s;:!?(\\[{<«“‘¿¡/\\\\])[ \\u00a0\\u202f]?" +
      "(?:[;:](?=[\\s\"»–—]|--|$)|[!?]+(?=[\\s)\\]}»”’\"'.,…–—]|--|$)))",
    "(?<gap>(?<=[\"«])[ \\u00a0\\u202f](?=[^\\s–—\\-])|(?<=\\S)[ \\u00a0\\u202f](?=[\"»]))",
  ];

  const DASHES = "–—-";
  const STOPS = ",.;:!?…";

  const isWord = (character) => /^[\p{L}\p{M}\p{N}\ufffc]/u.test(character);
  const isSpace = (character) => /^\s/.test(character);
  const isFigure = (character) => /^\p{Nd}/u.test(character);
  const isUpper = (character) => /^\p{Lu}/u.test(character);
  const isOf = (set, character) => character !== "" && set.includes(character);

  /* ---- Languages ---- */

  const known = new Map();

  /* What a language is set with, by its code. */
  function settingOf(language) {
    const code = (language || document.documentElement.lang || "en").toLowerCase();
    if (!known.has(code)) known.set(code, made(window.deskMarks[code] || window.deskMarks[code.split("-")[0]] || window.deskMarks.en));
    return known.get(code);
  }

  function made(marks) {
    const token = (holds) =>
      new RegExp([`(?<kept>${KEPT})`, ...(marks.gap ? HIGH : []), ...(holds ? [`(?<space>${held(marks)})`] : []), ...MARKS].join("|"), "gu");
    const elided = (words) => new RegExp(words ? `(?:${words})${NO_MORE}` : "(?!)", "iuy");
    const [opening, closing] = marks.inward ? ["»", "«"] : ["«", "»"];
    const [double, single] = [marks.double, marks.single];
    const own = [double, single].filter(([opens, closes]) => opens !== closes).map(([opens]) => opens);
    return {
      ...marks,
      tokens: { plain: token(false), body: token(true) },
      surely: elided(marks.elided),
      perhaps: elided(marks.maybe),
      openers: `([{<¡¿/=${opening}`,
      closers: `${STOPS})]}${double[1]}${single[1]}${closing}`,
      beginsWords: `([{£$€#@&${opening}${own.join("")}`,
    };
  }

  /* Spaces at which a line must not break. */
  function held({ raya, dash, units, day, months, titles, numbers, pairs }) {
    return [
      !raya && `(?<=[^\\s–—\\-]) (?=${dash}[ \\u00a0]|--(?![\\p{L}\\p{M}\\p{N}>|\\-])|-[ \\u00a0](?![–—\\-]))`,
      `(?<=[0-9]) (?=(?:${units})${NO_MORE})`,
      months && `(?<=(?<![0-9.,:…])(?:${day})) (?=(?:${months})${NO_MORE})`,
      titles && `(?<=(?<![\\p{L}\\p{N}])(?:${titles})) (?=\\p{Lu})`,
      numbers && `(?<=(?<![\\p{L}\\p{N}])(?:${numbers})) (?=[0-9])`,
      pairs && "(?<=(?<![\\p{L}\\p{N}])\\p{L}\\.) (?=\\p{L}\\.)",
    ]
      .filter(Boolean)
      .join("|");
  }

  /* One pass over a text, from its beginning to its end, remembering which quotations are open. */
  class Setter {
    constructor(text, setting, holds) {
      this.text = text;
      this.setting = setting;
      this.token = holds ? setting.tokens.body : setting.tokens.plain;
      this.space = holds ? NO_BREAK : " ";
      this.before = ""; // the character before the mark, as it will stand there; "" where a line begins
      this.isOpenBefore = false; // whether that is a mark which opens a quotation
      this.doubles = 0;
      this.singles = 0;
    }

    edits() {
      const found = [];
      let end = 0;
      for (const match of this.text.matchAll(this.token)) {
        const start = match.index;
        if (start > end) {
          this.before = this.character(start - 1);
          this.isOpenBefore = false;
        }
        const was = match[0];
        end = start + was.length;
        const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
        const willBe = this.set(kind, was, start, end);
        if (kind !== "quote") {
          this.before = kind === "kept" ? OBJECT : willBe.slice(-1);
          this.isOpenBefore = false;
        }
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
      const { raya, dash, gap } = this.setting;
      if (kind === "dashes") return raya ? this.raya(was, end) : this.dash(was, end);
      if (kind === "hyphen") return raya ? was : dash;
      if (kind === "dots") return this.dots(was, this.character(end));
      if (kind === "space") return NO_BREAK;
      if (kind === "high") return gap + was.trimStart();
      if (kind === "gap") return this.gap(was, end);
      return kind === "quote" ? this.quote(was, start, this.character(end)) : was;
    }

    /* The character at a place, whole even where it takes two units; "" at the end of a line. */
    character(place) {
      let code = this.text.codePointAt(place);
      if (code >= 0xdc00 && code <= 0xdfff && place) code = this.text.codePointAt(place - 1);
      return code === undefined || code === 10 ? "" : String.fromCodePoint(code);
    }

    /* ---- Quotation marks ---- */

    quote(was, start, after) {
      const { double, gap } = this.setting;
      let mark = was;
      if (double[0] && was === '"') mark = this.double(after);
      else if (double[0] && was === "'") mark = this.single(start, after);
      const { before } = this;
      this.count(mark, after);
      this.before = mark;
      if (!gap || !double.includes(mark)) return mark;
      if (mark === double[0]) return after && !isSpace(after) ? mark + gap : mark;
      return before && !isSpace(before) && before !== double[0] ? gap + mark : mark;
    }

    count(mark, after) {
      const { doubles, singles } = this;
      const { double, single } = this.setting;
      if (mark === double[0] && mark === double[1]) {
        this.doubles = doubles ? 0 : 1;
      } else if (mark === double[0]) {
        this.doubles += 1;
      } else if (mark === double[1]) {
        this.doubles = Math.max(0, doubles - 1);
      } else if (mark === single[0] && mark === single[1]) {
        if (!isWord(this.before) && !isOf(STOPS, this.before)) this.singles += 1;
        else if (!isWord(after)) this.singles = Math.max(0, singles - 1);
      } else if (mark === single[0]) {
        this.singles += 1;
      } else if (mark === single[1] && !(mark === "’" && isWord(after))) {
        this.singles = Math.max(0, singles - 1);
      }
      this.isOpenBefore = this.doubles > doubles || this.singles > singles;
    }

    /* Whether a quotation may begin here for what stands before: nothing, a bracket, a mark of the `other` level. */
    begins(other, own) {
      const { before } = this;
      if (!before || isSpace(before) || isOf(DASHES, before)) return true;
      if (before === other) return this.isOpenBefore;
      return isOf(this.setting.openers, before) && before !== own;
    }

    /* Whether a mark where one could open does so; null where nobody can tell. */
    isOpening(after, isOpenAlready) {
      const { closers, gap } = this.setting;
      const ends = !after || isSpace(after) || isOf(closers, after);
      if (!this.before || isSpace(this.before)) {
        if (gap && isOpenAlready && ends) return false; // who writes « thus » may write " thus "
        if (isSpace(after) && this.before) return isOpenAlready ? false : null;
        return !isOf(closers, after);
      }
      if (isOf(DASHES, this.before)) return ends ? !isOpenAlready && !after : true;
      return true;
    }

    double(after) {
      const { before } = this;
      const { double, single } = this.setting;
      if (isFigure(before) && !this.doubles) return '"'; // inches, or minutes
      let opens = false;
      if (this.begins(single[0], double[0])) opens = this.isOpening(after, this.doubles > 0);
      else if (isOf(STOPS, before) && isWord(after)) opens = !this.doubles;
      if (opens === null) return '"';
      return opens ? double[0] : double[1];
    }

    single(start, after) {
      const { before } = this;
      const { double, single } = this.setting;
      if (isFigure(before)) {
        const closes = this.singles > 0 || isWord(after);
        return closes && !isFigure(after) ? this.closing(after) : "'"; // feet, or seconds
      }
      const begins = this.begins(double[0], single[0]);
      if (!begins && !(isOf(STOPS, before) && isWord(after) && !this.singles)) return this.closing(after);
      if (this.isElision(start)) return "’";
      const opens = this.isOpening(after, this.singles > 0);
      if (opens === null) return "'";
      return opens ? single[0] : this.closing(after);
    }

    /* A mark that ends a quotation, or an apostrophe where none is open or a word goes on. */
    closing(after) {
      return this.singles && !isWord(after) ? this.setting.single[1] : "’";
    }

    isElision(start) {
      const { surely, perhaps } = this.setting;
      surely.lastIndex = start + 1;
      if (surely.test(this.text)) return true;
      perhaps.lastIndex = start + 1;
      if (!perhaps.test(this.text)) return false;
      return this.singles > 0 || !this.isFound(ENDS, start, 1);
    }

    /* Whether a pattern is found in what follows in the line, after so many characters. */
    isFound(pattern, start, after) {
      const [line] = this.text.slice(start + 1, start + FAR).split("\n", 1);
      pattern.lastIndex = after;
      return pattern.test(line);
    }

    /* A space inside of a mark: of an open one before it, or of a closing one behind it. */
    gap(was, end) {
      const { double, gap } = this.setting;
      if (this.isOpenBefore && this.before === double[0]) return gap;
      let after = this.character(end);
      if (after === '"') {
        const { before } = this;
        this.before = " ";
        after = this.double(this.character(end + 1));
        this.before = before;
      }
      return after === double[1] && this.before !== double[0] ? gap : was;
    }

    /* ---- Dots and dashes ---- */

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
      const isWithin = isOf(`${this.setting.openers}${DASHES}`, before) || this.isOpenBefore;
      return `${starts || isWithin ? "" : this.space}${this.setting.dash}${this.beginsWords(end) && !isWithin ? " " : ""}`;
    }

    /* A dash that touches what it holds, where one closes what it opens or a line of talk begins with it. */
    raya(was, end) {
      const { before } = this;
      const after = this.character(end);
      if (was.length > 3 || isOf("<!>|", before) || isOf(">|", after)) return was;
      if (isFigure(before) && isFigure(after) && was.length === 2) return "–";
      if ((!before || isSpace(before)) && isWord(after)) {
        const talks = !before && isUpper(after);
        if (!talks && !this.isFound(RAYA_ENDS, end - 1, 1)) return was;
      }
      return "—";
    }

    /* Whether words begin here, or a quotation or bracket with words in it. */
    beginsWords(place) {
      const after = this.character(place);
      if (after === "'" || after === '"') return isWord(this.character(place + 1));
      return isWord(after) || isOf(this.setting.beginsWords, after);
    }
  }

  /* Where a text is to be changed and how, in order; with `holds`, no-break spaces too. */
  function edits(text, { holds = false, language = "" } = {}) {
    return new Setter(text, settingOf(language), holds).edits();
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
  function setWithin(root, { language = "", leaves = () => false } = {}) {
    let count = 0;
    for (const run of [...runs(root)]) {
      const wanted = edits(run.text, { holds: true, language }).filter((edit) => !leaves(run, edit));
      count += applyToRun(run, wanted).length;
    }
    return count;
  }

  const typeset = (text, language = "") => apply(text, edits(text, { language }));
  window.deskTypography = { apply, edits, typeset, runs, applyToRun, setWithin };
})();
