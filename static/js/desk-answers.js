/* Words written into dialogs (a correction, a reason): kept on this device until what they were for is done. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-story]");
  const given = document.getElementById("desk-buffer-data");
  if (!form || !given) return;

  const { person, story } = JSON.parse(given.textContent);
  const DAYS_KEPT = 30;
  const NOT_KEPT = ["dialog-erase"]; // a legal order leaves nothing behind
  const place = (of) => `desk-answers-${person}-${of ?? "new"}`;

  /* {dialog: {words: {name: text}, at}} */
  function kept(of) {
    try {
      return JSON.parse(localStorage.getItem(place(of))) || {};
    } catch {
      return {};
    }
  }

  function keep(of, answers) {
    try {
      if (Object.keys(answers).length) localStorage.setItem(place(of), JSON.stringify(answers));
      else localStorage.removeItem(place(of));
    } catch {
      // The browser stores nothing: the words are in the dialog as long as the page is.
    }
  }

  function forget(dialog, of) {
    const { [dialog]: gone, ...rest } = kept(of);
    if (gone) keep(of, rest);
  }

  // The server says what was done behind the address to which it leads.
  const done = location.hash.match(/^#done-([a-z_]+)$/)?.[1];
  if (done) {
    for (const of of [story, null]) forget(`dialog-${done}`, of);
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  const fields = (dialog) => [...dialog.querySelectorAll("textarea, input[type=text]")].filter((each) => each.name);

  function putBack(dialog, { words, at }) {
    if (Date.now() - at > DAYS_KEPT * 864e5) return forget(dialog.id, story);
    const empty = fields(dialog).filter((field) => words[field.name] && !field.value);
    empty.forEach((field) => (field.value = words[field.name]));
    if (!empty.length) return undefined;
    const told = document.createElement("p");
    told.className = "desk-quiet";
    told.textContent = gettext("What you wrote here, and did not send, is back.");
    dialog.querySelector(".desk-dialog__title").after(told);
    return undefined;
  }

  for (const dialog of form.querySelectorAll("dialog[id^=dialog-]")) {
    if (NOT_KEPT.includes(dialog.id)) continue;
    const before = kept(story)[dialog.id];
    // One that was refused has its answers from the server.
    if (before && !dialog.hasAttribute("data-open")) putBack(dialog, before);
    dialog.addEventListener("input", () => {
      const written = fields(dialog).filter((field) => field.value.trim());
      const words = Object.fromEntries(written.map((field) => [field.name, field.value]));
      const { [dialog.id]: old, ...rest } = kept(story);
      keep(story, written.length ? { ...rest, [dialog.id]: { words, at: Date.now() } } : rest);
    });
  }
})();
