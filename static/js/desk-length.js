/* How long the texts of a story are and where they are cut: counters, words and minutes, what stands in for an empty
 * field, and a story as a search engine and a social network show it. */
(() => {
  "use strict";

  const form = document.querySelector("[data-story]");
  if (!form) return;

  const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
  const length = (text) => [...segments.segment(text)].length;
  const oneLine = (text) => text.replace(/\s+/g, " ").trim();
  const field = (name) => form.elements.namedItem(name);

  /* ---- Where a text is cut: as newsroom.plaintext.shorten cuts it, in whole words ---- */

  const DANGLING = " .,;:–—-/“‘„‚«‹\"'([{";
  const count = (text) => [...text].length; // as Python counts

  /* What is shown of `text` and what is not; the ellipsis counts. */
  function cut(text, limit) {
    if (count(text) <= limit) return { shown: text, rest: "" };
    let place = 0;
    let end = 0;
    let wordEnd = 0;
    const ends = new Set([0]);
    let units = 0;
    for (const { segment, index } of segments.segment(text)) {
      if (/^\s+$/u.test(segment)) wordEnd = index;
      place += count(segment);
      if (place >= limit) break;
      units = index + segment.length;
      end = units;
      ends.add(end);
    }
    let at = wordEnd || end;
    let tidy = at;
    while (tidy && DANGLING.includes(text[tidy - 1])) tidy -= 1;
    if (tidy && ends.has(tidy)) at = tidy;
    return { shown: text.slice(0, at), rest: text.slice(at) };
  }

  /* ---- Counters ---- */

  /* The text that readers get of a field: its own, or what stands in for it. */
  function standing(input) {
    const own = oneLine(input.value);
    return own || !input.dataset.fallback ? own : oneLine(input.placeholder);
  }

  function refreshFallbacks() {
    for (const input of form.querySelectorAll("[data-fallback]")) {
      const sources = input.dataset.fallback.split(" ").map((name) => oneLine(field(name)?.value || ""));
      input.placeholder = sources.find(Boolean) || "";
    }
  }

  function counted(isTaken, isOver) {
    if (isTaken && isOver) return gettext("%(count)s of %(limit)s, taken from above, cut after “%(word)s”");
    if (isOver) return gettext("%(count)s of %(limit)s, cut after “%(word)s”");
    return isTaken ? gettext("%(count)s of %(limit)s, taken from above") : gettext("%(count)s of %(limit)s");
  }

  function refreshCounters() {
    for (const input of form.querySelectorAll("[data-counted]")) {
      const counter = form.querySelector(`[data-counter-of="${input.name}"]`);
      if (!counter) continue;
      const text = standing(input);
      const isTaken = Boolean(text) && !oneLine(input.value);
      const limit = Number(input.dataset.counted);
      const characters = length(text);
      const last = cut(text, limit).shown.split(" ").at(-1);
      const isOver = characters > limit;
      counter.textContent = interpolate(counted(isTaken, isOver), { count: characters, limit, word: last }, true);
      counter.classList.toggle("is-over", isOver);
    }
  }

  /* ---- A search result and a shared link ---- */

  function refreshCards() {
    for (const place of form.querySelectorAll("[data-card-of]")) {
      const input = field(place.dataset.cardOf);
      const text = input ? standing(input) : "";
      const { shown, rest } = cut(text, Number(input?.dataset.counted || 0));
      place.querySelector("[data-shown]").textContent = shown || place.dataset.empty;
      place.classList.toggle("is-empty", !shown);
      const tail = place.querySelector("[data-cut]");
      tail.hidden = !rest;
      tail.querySelector("[data-rest]").textContent = rest.trim();
    }
    const picture = form.querySelector("[data-card-picture]");
    const chosen = form.querySelector("[data-photo-shown]");
    if (!picture) return;
    const source = chosen && !chosen.hidden ? chosen.querySelector("img").getAttribute("src") : "";
    picture.hidden = !source;
    if (source && picture.getAttribute("src") !== source) picture.src = source;
  }

  /* ---- Words and minutes of the body ---- */

  const foot = document.querySelector("[data-length]");
  const pace = Number(foot?.dataset.length);
  const words = (text) => text.split(/\s+/u).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
  const minutes = (number) => (number ? Math.max(1, Math.floor(number / pace + 0.5)) : 0);
  const some = (number, sentence) => interpolate(sentence, { count: number.toLocaleString(window.deskLanguage) }, true);
  const editor = () => window.CKEDITOR?.instances[foot?.dataset.of];

  /* The text with a space between blocks, lines and cells. */
  function textOf(element) {
    const pieces = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ALL);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) pieces.push(node.data);
      else if (!/^(a|b|em|i|span|strong|sub|sup|u)$/.test(node.localName || "")) pieces.push(" ");
    }
    return pieces.join("");
  }

  function refreshWords() {
    const root = editor()?.editable()?.$;
    if (!root) return;
    const number = words(textOf(root));
    const time = minutes(number);
    foot.querySelector("[data-words]").textContent = some(number, ngettext("%(count)s word", "%(count)s words", number));
    foot.querySelector("[data-minutes]").textContent = number
      ? some(time, ngettext("%(count)s minute to read", "%(count)s minutes to read", time))
      : "";
    refreshSelected();
  }

  function refreshSelected() {
    const root = editor()?.editable()?.$;
    const selection = document.getSelection();
    const isHere = root && !selection.isCollapsed && root.contains(selection.anchorNode) && root.contains(selection.focusNode);
    const number = isHere ? words(textOf(selection.getRangeAt(0).cloneContents())) : 0;
    foot.querySelector("[data-selected]").textContent = number
      ? some(number, ngettext("%(count)s word selected", "%(count)s words selected", number))
      : "";
  }

  let pause = 0;
  function soon(what) {
    clearTimeout(pause);
    pause = setTimeout(what, 250);
  }

  function refresh() {
    refreshFallbacks();
    refreshCounters();
    refreshCards();
  }

  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  refresh();
  if (foot) {
    window.CKEDITOR?.on("instanceReady", ({ editor: ready }) => {
      refreshWords();
      ready.on("change", () => soon(refreshWords));
    });
    document.addEventListener("selectionchange", () => soon(refreshWords));
  }

  window.deskLength = { cut, words };
})();
