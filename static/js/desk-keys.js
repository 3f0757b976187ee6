/* The desk's keys: one table, which both acts and is shown by the help sheet.
 *
 * None of them is a browser's, and none a screen reader's: those take Insert, Caps Lock or Ctrl+⌥ with a key, and
 * Ctrl+Alt with an arrow. A key with AltGr is a letter on many keyboards and never means any of this; Windows takes
 * Ctrl+Alt for AltGr, so no key here is a sign with AltGr on a British or American keyboard (é, í, ó, €). The two single
 * keys, ? and /, can be turned off, as people who speak to their computer need (WCAG 2.1.4); Ctrl+/ always works. */
(() => {
  "use strict";

  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgentData?.platform || navigator.platform);
  const SINGLES_OFF = "deskNoSingleKeys";
  const MARKS_OFF = "deskStraight"; // desk-typing.js asks for it

  const NAMES = isMac
    ? { mod: ["⌘", gettext("Command")], alt: ["⌥", gettext("Option")], shift: ["⇧", gettext("Shift")], enter: ["↩", gettext("Return")], backspace: ["⌫", gettext("Delete")] }
    : { mod: [gettext("Ctrl")], alt: [gettext("Alt")], shift: [gettext("Shift")], enter: [gettext("Enter")], backspace: [gettext("Backspace")] };
  NAMES.escape = [gettext("Esc"), gettext("Escape")];

  function stored(name) {
    try {
      return localStorage.getItem(name) === "1";
    } catch {
      return false;
    }
  }

  function store(name, isOn) {
    try {
      if (isOn) localStorage.setItem(name, "1");
      else localStorage.removeItem(name);
    } catch {
      // It holds until the page is left.
    }
  }

  /* ---- The table ---- */

  const first = (...selectors) => selectors.map((each) => document.querySelector(each)).find(Boolean);
  const pressing = (...selectors) => ({
    where: () => first(...selectors),
    run: () => first(...selectors).click(),
  });
  const editor = () => Object.values(window.CKEDITOR?.instances || {}).find((each) => each.editable());
  const inText = (command, value) => ({
    where: editor,
    run: () => {
      editor().focus();
      editor().execCommand(command, value);
    },
  });
  const asFormat = (tag) => ({
    where: editor,
    run: () => {
      const text = editor();
      text.focus();
      text.fire("saveSnapshot");
      text.applyStyle(new window.CKEDITOR.style({ element: tag }));
      text.fire("saveSnapshot");
    },
  });
  const shown = (selector) => ({ where: () => first(selector) });
  const told = { where: editor }; // the editor's or the browser's own; only shown
  const ahead = { where: () => first("[data-calendar] [data-entry]") }; // the calendar's own

  // The next step of the workflow, whichever it is.
  const NEXT = ["[data-verb=submit]", "[data-verb=mark_ready]"];

  const EVERYWHERE = gettext("Everywhere");
  const STORY = gettext("The story");
  const CALENDAR = gettext("The calendar");
  const TEXT = gettext("The text");
  const KEYS = [
    { group: EVERYWHERE, keys: ["?", "mod+/"], label: gettext("This sheet"), where: () => true, run: () => openSheet() },
    {
      group: EVERYWHERE,
      keys: ["/"],
      label: gettext("Search"),
      where: () => first("[role=search] input[type=search]"),
      run: () => first("[role=search] input[type=search]").focus(),
    },
    { group: STORY, keys: ["mod+s"], label: gettext("Save"), ...pressing("[data-saves]") },
    { group: STORY, keys: ["mod+alt+p"], label: gettext("Preview"), ...pressing("[data-story] [name=preview]") },
    {
      group: STORY,
      keys: ["mod+enter"],
      label: () => first(...NEXT).textContent.trim(),
      notIn: "[data-talk]",
      ...pressing(...NEXT),
    },
    { group: STORY, keys: ["mod+shift+enter"], label: gettext("Publish (asks first)"), ...pressing("[data-verb=publish]") },
    { group: STORY, keys: ["mod+alt+g"], label: gettext("Only the text, and back"), ...pressing("[data-focus]") },
    { group: STORY, keys: ["mod+enter"], label: gettext("In a comment: say it"), where: () => first("[data-talk-text]") },
    { group: CALENDAR, keys: ["m"], label: gettext("Pick up the entry that has the focus"), ...shown("[data-calendar] [data-entry]") },
    { group: CALENDAR, keys: ["←", "→", "↑", "↓"], label: gettext("Move it"), ...shown("[data-calendar] [data-entry]") },
    { group: CALENDAR, keys: ["enter"], label: gettext("Drop it there"), ...shown("[data-calendar] [data-entry]") },
    { group: CALENDAR, keys: ["escape"], label: gettext("Leave it where it was"), ...shown("[data-calendar] [data-entry]") },
    { group: CALENDAR, keys: ["mod+z"], label: gettext("Undo the last move"), ...shown("[data-calendar] [data-entry]") },
    { group: TEXT, keys: ["mod+b"], label: gettext("Bold"), ...told },
    { group: TEXT, keys: ["mod+i"], label: gettext("Italic"), ...told },
    { group: TEXT, keys: ["mod+k"], label: gettext("Link"), ...inText("link") },
    { group: TEXT, keys: ["mod+alt+0"], label: gettext("Text"), ...asFormat("p") },
    { group: TEXT, keys: ["mod+alt+1"], label: gettext("Subhead"), ...asFormat("h2") },
    { group: TEXT, keys: ["mod+alt+2"], label: gettext("Sub-subhead"), ...asFormat("h3") },
    { group: TEXT, keys: ["mod+alt+5"], label: gettext("Quote"), ...inText("blockquote") },
    { group: TEXT, keys: ["mod+alt+6"], label: gettext("Pull quote"), ...inText("pullQuote") },
    { group: TEXT, keys: ["mod+z"], label: gettext("Undo"), ...told },
    { group: TEXT, keys: [isMac ? "mod+shift+z" : "mod+y"], label: gettext("Redo"), ...told },
    { group: TEXT, keys: ["mod+shift+v"], label: gettext("Paste as plain text"), ...told },
    { group: TEXT, keys: ["backspace"], label: gettext("Make the mark that was just set straight again"), ...told },
    { group: TEXT, keys: ["alt+F10"], label: gettext("The editor’s buttons (arrows move, Esc goes back)"), ...told },
    { group: CALENDAR, keys: ["m"], label: gettext("Pick up what has the focus (arrows move it, Enter drops it)"), ...ahead },
    { group: CALENDAR, keys: ["mod+z"], label: gettext("Undo the last move"), ...ahead },
  ];

  /* ---- Acting ---- */

  function parse(key) {
    const parts = key === "/" || key === "?" ? [key] : key.split("+");
    return { key: parts.at(-1), mod: parts.includes("mod"), alt: parts.includes("alt"), shift: parts.includes("shift") };
  }

  function isPressed(event, { key, mod, alt, shift }) {
    const isMod = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (isMod !== mod || (!mod && (event.metaKey || event.ctrlKey)) || event.altKey !== alt) return false;
    if (key === "?" || key === "/") return event.key === key; // wherever a keyboard has it
    if (event.shiftKey !== shift) return false;
    if (event.key.toLowerCase() === key) return true;
    // With Option a Mac names the sign that would be typed, and French keyboards have figures only with Shift.
    if (/^[0-9]$/.test(key)) return event.code === `Digit${key}`;
    return !/^[a-z]$/i.test(event.key) && event.code === `Key${key.toUpperCase()}`;
  }

  function isTyping({ target }) {
    return target instanceof Element && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return;
    const pressed = KEYS.find((each) => each.run && each.keys.some((key) => isPressed(event, parse(key))));
    if (!pressed || (pressed.notIn && event.target.closest?.(pressed.notIn))) return;
    const isSingle = !event.ctrlKey && !event.metaKey;
    if (isSingle && (isTyping(event) || stored(SINGLES_OFF))) return;
    // What a key means behind a dialog would not be seen; but the browser's own meaning is not wanted either.
    const isBehind = Boolean(document.querySelector("dialog:modal, .cke_dialog_container:not([style*='display: none'])"));
    if (isSingle && isBehind) return;
    if (!pressed.where()) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isBehind && !event.repeat) pressed.run();
  }, true);

  // The editor takes Ctrl+L, with which people go to the browser's address.
  window.CKEDITOR?.on("instanceReady", ({ editor: ready }) => ready.setKeystroke(window.CKEDITOR.CTRL + 76, null));

  /* ---- The sheet ---- */

  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }

  function shownKey(key) {
    const { key: last, mod, alt, shift } = parse(key);
    const parts = [mod && "mod", alt && "alt", shift && "shift", last].filter(Boolean);
    const shown = parts.map((part) => {
      const [sign, name] = NAMES[part] || [part.length === 1 ? part.toUpperCase() : part];
      if (!name || name === sign) return make("kbd", {}, sign);
      return make("kbd", {}, make("span", { "aria-hidden": "true" }, sign), make("span", { class: "desk-hidden" }, name));
    });
    return make("span", { class: "desk-keys__key" }, ...shown.flatMap((each, place) => (place && !isMac ? ["+", each] : [each])));
  }

  function choice(label, explains, name, isOnWhenStored) {
    const box = make("input", { type: "checkbox" });
    box.checked = stored(name) === isOnWhenStored;
    box.addEventListener("change", () => store(name, box.checked === isOnWhenStored));
    return make("label", { class: "desk-keys__choice" }, box, make("span", {}, label, make("span", { class: "desk-quiet" }, ` ${explains}`)));
  }

  function openSheet() {
    document.querySelector("#desk-keys")?.remove();
    const groups = new Map();
    for (const each of KEYS) {
      if (each.where()) groups.set(each.group, [...(groups.get(each.group) || []), each]);
    }
    const sheet = make("dialog", { class: "desk-dialog desk-keys", id: "desk-keys", "aria-labelledby": "desk-keys-title" });
    const close = make("button", { class: "desk-button desk-button--primary", type: "button" }, gettext("Close"));
    close.addEventListener("click", () => sheet.close());
    sheet.append(make("h2", { class: "desk-dialog__title", id: "desk-keys-title", tabindex: "-1", autofocus: "" }, gettext("Keys")));
    const columns = make("div", { class: "desk-keys__groups" });
    for (const [group, all] of groups) {
      const list = make("dl", { class: "desk-keys__list" });
      for (const { keys, label } of all) {
        const ways = keys.flatMap((key, place) => (place ? [gettext(" or "), shownKey(key)] : [shownKey(key)]));
        const name = typeof label === "function" ? label() : label;
        list.append(make("div", {}, make("dt", {}, name), make("dd", {}, ...ways)));
      }
      columns.append(make("section", { class: "desk-keys__all" }, make("h3", { class: "desk-keys__group" }, group), list));
    }
    sheet.append(
      columns,
      choice(
        gettext("? and / without another key"),
        gettext("Turn this off if you speak to your computer."),
        SINGLES_OFF,
        false,
      ),
      choice(
        gettext("Set quotation marks, dashes and ellipses as I type"),
        gettext("In this browser."),
        MARKS_OFF,
        false,
      ),
      make("div", { class: "desk-dialog__foot" }, close),
    );
    sheet.addEventListener("close", () => sheet.remove());
    document.body.append(sheet);
    sheet.showModal();
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-keys]")) openSheet();
  });
})();
