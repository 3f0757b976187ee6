/* Pasting from elsewhere: the server reads what Word, Google Docs and web pages mean (articles/admin/pasting.py).
 *
 * The text comes first, at the place where it was pasted, while writing goes on; the pictures that came along go into
 * the library one by one and then take their places. Whatever fails, the words are put in by the browser itself. Plain
 * text, and what was copied on this page, never leave it. */
(() => {
  "use strict";

  const SECONDS_FOR_TEXT = 30;
  const SECONDS_FOR_PICTURE = 60;
  const AT_ONCE = 2; // pictures on their way at the same time
  const LONG = 300000; // characters of HTML that are too many for the browser alone

  const root = () => document.querySelector("[data-pasting]");
  const part = (name) => root().querySelector(`[data-${name}]`);
  const form = () => root()?.closest("form");
  const jobs = new Set(); // pastes that are not finished
  const places = new Map(); // place in the text: null while its picture is on its way, then the picture's number or 0
  let lastJob = 0;
  let heldSubmit = null;

  /* ---- What a paste is ---- */

  function onPaste(event) {
    const { editor } = event;
    const { data } = event;
    const transfer = data.dataTransfer;
    const isOurs = transfer && transfer.getTransferType(editor) !== window.CKEDITOR.DATA_TRANSFER_EXTERNAL;
    if (isOurs || !root()) return;
    const text = transfer?.getData("text/plain") || "";
    const html = transfer?.getData("text/html", true) || data.dataValue || "";
    if (editor._.nextPasteType === "text" || data.type === "text") {
      // “Paste as plain text” takes the plain text that is there, and does not make it from the other.
      if (html && text) data.dataValue = editor.editable().transformPlainTextToHtml(text);
      return;
    }
    const files = Array.from({ length: transfer?.getFilesCount() || 0 }, (_, number) => transfer.getFile(number));
    const clipboard = new window.DeskClipboard({ html, text, rtf: transfer?.getData("text/rtf") || "", files });
    if (clipboard.isEmpty) return;
    event.cancel();
    delete editor._.nextPasteType;
    start(editor, clipboard, data.range || editor.getSelection()?.getRanges()[0]);
  }

  function start(editor, clipboard, range) {
    lastJob += 1;
    const job = { id: lastJob, editor, clipboard, place: new window.DeskPlace(editor, range), requests: new Set() };
    jobs.add(job);
    run(job).finally(() => {
      jobs.delete(job);
      show();
      if (!jobs.size) submitHeld();
    });
    // After a moment only: most of what is pasted is there before anybody could read this.
    setTimeout(show, 200);
  }

  async function run(job) {
    // One after the other: what was pasted first stands first.
    const before = [...jobs].filter((other) => other.id < job.id).map((other) => other.textDone);
    let finishText;
    job.textDone = new Promise((resolve) => (finishText = resolve));
    await Promise.all(before);
    let answer = null;
    let trouble = "";
    try {
      const body = new FormData();
      body.append("html", new Blob([job.clipboard.html]), "pasted.html");
      answer = await ask(root().dataset.textUrl, body, SECONDS_FOR_TEXT, job);
    } catch (error) {
      trouble = error.message;
    }
    try {
      const html = answer ? numbered(job, answer) : byTheBrowser(job.clipboard);
      const others = [...jobs].filter((other) => other !== job).map((other) => other.place);
      if (html) job.place.put(html, others);
      job.editor.fire("afterPaste");
    } finally {
      finishText();
    }
    const pictures = answer ? await takePictures(job, answer.pictures) : { taken: [], leftOut: [] };
    report(trouble, pictures.taken, [...(answer?.left_out || []), ...pictures.leftOut]);
  }

  async function ask(url, body, seconds, job) {
    const request = new AbortController();
    const timer = setTimeout(() => request.abort(new Error(gettext("The server took too long."))), seconds * 1000);
    job.requests.add(request);
    try {
      const token = form().elements.namedItem("csrfmiddlewaretoken").value;
      const headers = { "X-CSRFToken": token };
      const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal: request.signal });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) return answer;
      throw new Error(answer.refused || refusal(response));
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      throw error instanceof TypeError ? new Error(gettext("There is no connection to the server.")) : error;
    } finally {
      clearTimeout(timer);
      job.requests.delete(request);
    }
  }

  function refusal(response) {
    if (response.type === "opaqueredirect") return gettext("You are signed out.");
    if (response.status === 413) return gettext("It is larger than this site takes at once.");
    if (response.status === 403) return gettext("Your session has ended, or your role does not allow it.");
    return gettext("The server could not read it.");
  }

  /* ---- The text ---- */

  /* The places of different pastes have different names. */
  function numbered(job, { html, pictures }) {
    for (const picture of pictures) {
      picture.place = `${job.id}-${picture.place}`;
      places.set(picture.place, null);
    }
    return html.replace(/<figure data-pasted="/g, `$&${job.id}-`);
  }

  const UNSEEN = /display\s*:\s*none|mso-(hide\s*:\s*all|list\s*:\s*ignore|(element|special-character)\s*:\s*comment)/i;

  /* What the browser can do alone: the words, with such marks as HTML has a name for. */
  function byTheBrowser({ html, text }) {
    if (html.length > LONG && text) {
      const lines = text.split(/[\r\n]+/).filter((line) => line.trim());
      return lines.map((line) => `<p>${window.CKEDITOR.tools.htmlEncode(line)}</p>`).join("");
    }
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const unwanted = "style, script, title, meta, link, xml, img, del, [hidden], .msocomanchor, .msocomtxt";
    const isUnseen = (element) => element.matches(unwanted) || UNSEEN.test(element.getAttribute("style") || "");
    [...body.querySelectorAll("*")].filter(isUnseen).forEach((element) => element.remove());
    const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (comments.nextNode()) found.push(comments.currentNode);
    found.forEach((comment) => comment.remove());
    return body.innerHTML.replace(/<(\/?)h1\b/gi, "<$1h2").replace(/<(\/?)h[456]\b/gi, "<$1h3");
  }

  /* ---- Pictures ---- */

  async function takePictures(job, pictures) {
    const taken = [];
    const leftOut = [];
    const once = new Map(); // key: what became of its file
    const queue = [...pictures];
    job.total = pictures.length;
    job.count = 0;
    if (job.total) show();
    const headline = form().elements.namedItem("headline")?.value.trim();

    async function take(picture) {
      try {
        if (job.hurried) throw job.hurried;
        if (!once.has(picture.key)) once.set(picture.key, upload(job, picture, headline));
        const photo = await once.get(picture.key);
        if (!taken.some((other) => other.photo === photo.photo)) taken.push(photo);
        window.deskFigures.show(photo.photo, photo.thumbnail, picture.alt);
        settle(job.editor, picture.place, photo.photo);
      } catch (error) {
        leftOut.push({ name: picture.name, why: error.message });
        settle(job.editor, picture.place, 0);
      }
      job.count += 1;
      show();
    }

    async function work() {
      while (queue.length) await take(queue.shift());
    }

    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { taken, leftOut };
  }

  /* A picture’s name within a title: English writes it small there. */
  const within = (name) => (window.deskLanguage.startsWith("en") ? name.toLowerCase() : name);

  function upload(job, picture, headline) {
    const file = job.clipboard.blob(picture.key);
    if (!file) throw new Error(gettext("Its data cannot be read."));
    const body = new FormData();
    body.append("picture", file, "picture");
    body.append("alt", picture.alt);
    body.append("title", picture.alt || (headline ? `${headline}: ${within(picture.name)}` : ""));
    return ask(root().dataset.pictureUrl, body, SECONDS_FOR_PICTURE, job);
  }

  function settle(editor, place, photo) {
    places.set(place, photo);
    fillPlaces(editor);
  }

  /* Put pictures where their places are. Undo may bring back a place, and a text from elsewhere one that means nothing. */
  function fillPlaces(editor) {
    const found = [...(editor.editable()?.$.querySelectorAll("figure[data-pasted]") || [])];
    const settled = found.filter((figure) => places.get(figure.dataset.pasted) !== null);
    if (!settled.length) return;
    editor.fire("lockSnapshot");
    for (const figure of settled) {
      const photo = places.get(figure.dataset.pasted);
      if (photo) {
        figure.setAttribute("data-photo", photo);
        figure.removeAttribute("data-pasted");
      } else {
        figure.remove();
      }
    }
    editor.fire("unlockSnapshot");
    editor.fire("change");
  }

  /* ---- What is said of it ---- */

  function say(words) {
    part("spoken").textContent = words;
  }

  function show() {
    const state = part("state");
    const waiting = [...jobs].filter((job) => job.total && job.count < job.total);
    const total = waiting.reduce((sum, job) => sum + job.total, 0);
    const count = waiting.reduce((sum, job) => sum + job.count, 0);
    let words = gettext("Pasting…");
    if (waiting.length) {
      words = interpolate(gettext("Putting pictures into the library: %(count)s of %(total)s…"), { count, total }, true);
    }
    if (heldSubmit) words += ` ${gettext("It is saved once they are in.")}`;
    state.hidden = !jobs.size;
    part("hurry").hidden = !(heldSubmit && waiting.length);
    if (state.hidden || part("words").textContent === words) return;
    part("words").textContent = words;
    if (!count) say(words);
  }

  let told = []; // what the note says, to be said again after the save that loads the page anew

  function report(trouble, taken, leftOut) {
    if (!trouble && !taken.length && !leftOut.length) {
      say(gettext("Pasted."));
      return;
    }
    if (part("note").hidden) told = [];
    told.push({ trouble, taken, leftOut });
    const sentences = tell(told.at(-1));
    say(sentences.map((each) => each.textContent).join(" "));
  }

  function tell({ trouble, taken, leftOut }) {
    const sentences = [];
    if (trouble) {
      const words = gettext(
        "The words were pasted without the server’s help. Look at lists and headings; pictures are not in it.",
      );
      sentences.push(paragraph(`${trouble} ${words}`));
      sentences[0].className = "desk-warning";
    }
    if (taken.length) {
      const bare = taken.filter((photo) => !photo.is_described);
      const words = some(
        taken,
        ngettext(
          "%(count)s picture is in the library and in the text.",
          "%(count)s pictures are in the library and in the text.",
          taken.length,
        ),
      );
      const wanted = ngettext("Say what it shows, and who took it:", "Say what they show, and who took them:", bare.length);
      sentences.push(paragraph(bare.length ? `${words} ${wanted}` : words));
      if (bare.length) sentences.push(items(bare, (photo) => [link(photo)]));
    }
    if (leftOut.length) {
      const words = ngettext("%(count)s picture was left out:", "%(count)s pictures were left out:", leftOut.length);
      sentences.push(paragraph(some(leftOut, words)));
      sentences.push(items(leftOut, ({ name, why }) => [strong(`${name}.`), ` ${why}`]));
    }
    const note = part("sentences");
    if (part("note").hidden) note.replaceChildren();
    note.append(...sentences);
    part("note").hidden = false;
    return sentences;
  }

  const some = (things, sentence) => interpolate(sentence, { count: things.length }, true);

  function paragraph(words) {
    const element = document.createElement("p");
    element.textContent = words;
    return element;
  }

  function items(things, content) {
    const list = document.createElement("ul");
    for (const thing of things) {
      const item = document.createElement("li");
      item.append(...content(thing));
      list.append(item);
    }
    return list;
  }

  function strong(words) {
    const element = document.createElement("strong");
    element.textContent = words;
    return element;
  }

  function link({ title, address }) {
    const element = document.createElement("a");
    element.textContent = title;
    element.href = address;
    element.target = "_blank";
    element.rel = "noopener";
    return element;
  }

  /* ---- Nothing is saved or left by half ---- */

  const TOLD = "desk-pasted";

  document.addEventListener(
    "submit",
    (event) => {
      if (!root() || event.target !== form()) return;
      if (jobs.size) {
        event.preventDefault();
        event.stopImmediatePropagation();
        heldSubmit = { submitter: event.submitter };
        show();
      } else if (!part("note").hidden) {
        sessionStorage.setItem(TOLD, JSON.stringify({ told, at: Date.now() }));
      }
    },
    true,
  );

  function submitHeld() {
    if (!heldSubmit) return;
    const { submitter } = heldSubmit;
    heldSubmit = null;
    form().requestSubmit(submitter?.isConnected && !submitter.disabled ? submitter : undefined);
  }

  function tellAgain() {
    const kept = JSON.parse(sessionStorage.getItem(TOLD) || "null");
    sessionStorage.removeItem(TOLD);
    if (!root() || !kept || Date.now() - kept.at > 60000) return;
    told = kept.told;
    told.forEach(tell);
  }

  window.addEventListener("beforeunload", (event) => {
    if (jobs.size) event.preventDefault();
  });

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-pasting] [data-hurry]")) {
      const reason = new Error(gettext("The story was saved before it was there."));
      for (const job of jobs) {
        job.hurried = reason;
        job.requests.forEach((request) => request.abort(reason));
      }
    }
    if (target.closest("[data-pasting] [data-dismiss]")) {
      part("note").hidden = true;
      Object.values(window.CKEDITOR.instances)[0]?.focus();
    }
  });

  document.addEventListener("DOMContentLoaded", tellAgain);

  window.CKEDITOR?.on("instanceCreated", ({ editor }) => {
    // Before the editor’s own reading of what is in the clipboard.
    editor.on("paste", onPaste, null, null, 0);
    editor.on("change", () => fillPlaces(editor));
    editor.on("dataReady", () => fillPlaces(editor));
  });
})();
