/* Who else has this story open, what they saved and did meanwhile, and what happens when one takes it over.

   The server sends sentences; this shows them, and only what has changed, so that nothing is read out twice. */
(() => {
  "use strict";

  const form = document.querySelector("[data-story]");
  const root = document.querySelector("[data-together]");
  if (!form || !root) return;

  const EVERY = 15_000;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const value = (name) => form.elements.namedItem(name)?.value ?? "";
  const editors = () => Object.values(window.CKEDITOR?.instances || {});

  let isDirty = form.hasAttribute("data-unsaved");
  let isSending = false;
  let taken = null;
  let shown = {};
  let timer = 0;
  let signs = 0;
  form.addEventListener("input", () => (isDirty = true));
  form.addEventListener("change", () => (isDirty = true));
  const isWriting = () => isDirty || editors().some((editor) => editor.checkDirty());

  /* Signs of life */

  function said(extra) {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "version", "revision", "seen"]) {
      if (value(name)) data.set(name, value(name));
    }
    if (isWriting()) data.set("writing", "1");
    for (const [name, text] of Object.entries(extra || {})) data.set(name, text);
    return data;
  }

  async function beat() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(beat, EVERY);
    const sign = ++signs;
    try {
      const answer = await fetch(root.dataset.url, { method: "POST", body: said(), redirect: "manual" });
      const news = answer.ok && (await answer.json());
      if (sign < signs) return; // the answer to a later sign is newer, or under way
      if (answer.status === 404) gone();
      else if (news) show(news);
    } catch {
      // Out of reach: whether words are kept is said elsewhere, and the next sign tells who is here.
    }
  }

  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pageshow", (event) => {
    isSending = false;
    if (event.persisted) beat();
  });
  form.addEventListener("submit", (event) => (isSending = !event.defaultPrevented));
  window.addEventListener("pagehide", () => {
    // A page that is only loaded again has not been left.
    if (!isSending) navigator.sendBeacon(root.dataset.url, said({ leaving: "1" }));
  });

  /* What the answer says */

  function changed(name, now) {
    const text = JSON.stringify(now);
    if (shown[name] === text) return false;
    shown[name] = text;
    return true;
  }

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, text);
    element.append(...children);
    return element;
  }

  function show({ here, saved, deed, taken: by }) {
    root.dataset.known = "";
    if (changed("here", here)) part("here").replaceChildren(...here.map(person));
    tell("saved", saved?.text, saved?.compare);
    tell("deed", deed && `${deed} ${gettext("What stands beside the text is from before.")}`);
    form.classList.toggle("is-behind", Boolean(deed));
    if (changed("taken", by)) take(by);
  }

  function person({ id, name, text, may_take_over: may }) {
    const row = make("li", {}, make("span", {}, text));
    if (may && form.querySelector("[data-saves]")) {
      const label = interpolate(gettext("Take over from %(name)s…"), { name }, true);
      const button = { class: "desk-button", type: "button", "data-opens": "dialog-take_over", "aria-label": label };
      row.append(make("button", { ...button, "data-person": id, "data-name": name }, gettext("Take over…")));
    }
    return row;
  }

  function tell(name, text, compare) {
    const isFresh = !isWriting();
    if (!changed(name, [text, compare, isFresh])) return;
    const place = part(name);
    place.hidden = !text;
    place.replaceChildren(text || "");
    if (text && compare) place.append(" ", make("a", { href: compare, target: "_blank", rel: "noopener" }, gettext("Compare")));
    if (text && isFresh) place.append(" ", make("a", { href: location.pathname }, gettext("Load it again")));
  }

  function gone() {
    tell("deed", gettext("This story went on to somebody else. What you typed is still here: copy what is new."));
  }

  root.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-person]");
      if (!button) return;
      part("from").textContent = button.dataset.name;
      root.querySelector("#dialog-take_over [data-confirms]").value = button.dataset.person;
    },
    { capture: true },
  );

  /* Two versions of a field: the field itself appears where a text from both is chosen, and has to be measured then. */
  form.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("choose-")) window.dispatchEvent(new Event("resize"));
  });

  /* Taken over: the form can only be read, until it is taken back or the colleague has left. */

  function take(by) {
    const was = taken;
    taken = by;
    part("taken").hidden = !by;
    form.classList.toggle("is-taken", Boolean(by));
    readOnly(Boolean(by));
    if (by) {
      part("taken-text").textContent = by.text;
      part("take-back")?.setAttribute("value", by.by);
      part("taken-compare").hidden = !by.compare;
      part("taken-compare").href = by.compare;
      const base = form.elements.namedItem("revision");
      // The words are in the story as this revision: from here on, only what is typed anew counts as mine.
      if (by.base && base && was?.at !== by.at) base.value = by.base;
    } else if (was) {
      tell("deed", gettext("Your colleague has left the story. You can go on writing."));
    }
  }

  function readOnly(isTaken) {
    for (const field of form.querySelectorAll(".desk-writing :is(input, textarea):not([type=hidden])")) {
      field.readOnly = isTaken;
    }
    for (const each of form.querySelectorAll(".desk-side .desk-card, .desk-panel__buttons, .desk-savebar")) {
      if (!root.contains(each)) each.inert = isTaken;
    }
    for (const editor of editors()) if (editor.status === "ready") editor.setReadOnly(isTaken);
  }
  window.CKEDITOR?.on("instanceReady", ({ editor }) => taken && editor.setReadOnly(true));

  document.addEventListener(
    "submit",
    (event) => {
      if (!taken || event.target !== form || event.submitter?.hasAttribute("data-take-back")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      part("take-back")?.focus();
    },
    { capture: true },
  );

  beat();
})();
