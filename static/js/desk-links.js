/* Links in a body: one box that finds our own stories by words or address, and takes any address on the web. What a link
   to a story of ours is, desk-own-links.js knows. */
(() => {
  "use strict";

  const form = document.querySelector("[data-links-url]");
  const own = window.CKEDITOR?.plugins.ownLinks;
  if (!form || !own) return;

  const { CKEDITOR } = window;
  const PAUSE = 180;

  function make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  /* What was typed, as the address of a link; null where it is no address. Every slash is escaped: after one that is not,
   * xgettext finds no words. */
  function addressIn(text) {
    if (!text || /\s/.test(text)) return null;
    if (/^(https?:\/\/|mailto:)./i.test(text) || /^(\/(?!\/)|#)./.test(text)) return text;
    if (/^[^@\/:]+@[^@\/:]+\.[a-z]{2,}$/i.test(text)) return `mailto:${text}`;
    if (/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([\/?#].*)?$/i.test(text)) return `https://${text}`;
    return null;
  }

  /* Links as they stand in the editor. */

  function linksIn(editor) {
    const native = editor.getSelection()?.getNative();
    const range = native?.rangeCount ? native.getRangeAt(0) : null;
    const links = [...editor.editable().$.querySelectorAll("a")];
    return range ? links.filter((link) => range.intersectsNode(link)) : [];
  }

  function unlink(editor) {
    editor.fire("saveSnapshot");
    const selection = editor.getSelection();
    const links = linksIn(editor);
    const bookmarks = selection.createBookmarks();
    for (const link of links) new CKEDITOR.dom.element(link).remove(true);
    selection.selectBookmarks(bookmarks);
    editor.fire("saveSnapshot");
  }

  function link(editor, target) {
    editor.fire("saveSnapshot");
    const existing = CKEDITOR.plugins.link.getSelectedLink(editor);
    if (existing) {
      own.lead(existing.$, target);
    } else {
      const [range] = editor.getSelection().getRanges();
      if (range.collapsed) {
        const words = new CKEDITOR.dom.text(target.words, editor.document);
        range.insertNode(words);
        range.selectNodeContents(words);
        range.select();
      }
      for (const nested of linksIn(editor)) {
        const bookmark = range.createBookmark();
        new CKEDITOR.dom.element(nested).remove(true);
        range.moveToBookmark(bookmark);
      }
      const style = new CKEDITOR.style({ element: "a", attributes: own.attributesOf(target) });
      style.type = CKEDITOR.STYLE_INLINE;
      style.applyToRange(range, editor);
      range.select();
    }
    editor.fire("saveSnapshot");
    editor.fire("change");
  }

  /* The box. It stands outside the form, whose fields and keys are not its business. */

  const box = make("dialog", { class: "desk-dialog desk-linkbox", "aria-labelledby": "desk-link-title" });
  const title = make("h2", { class: "desk-dialog__title", id: "desk-link-title" });
  const now = make("p", { class: "desk-linkbox__now" });
  const field = make("div", { class: "desk-field" });
  const label = make("label", { for: "desk-link-words" }, gettext("A story of ours, or an address"));
  const input = make("input", {
    class: "desk-input",
    id: "desk-link-words",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": "desk-link-results",
    "aria-describedby": "desk-link-help",
    placeholder: gettext("Words of a headline, or paste an address…"),
  });
  const list = make("ul", {
    class: "desk-picks__results",
    id: "desk-link-results",
    role: "listbox",
    "aria-label": gettext("Where to link"),
  });
  const status = make("p", { class: "desk-hidden", role: "status" });
  const help = make(
    "p",
    { class: "desk-quiet", id: "desk-link-help" },
    gettext("A link to a story of ours follows it to a new address. While readers cannot open the story, they see the words without a link."),
  );
  const foot = make("div", { class: "desk-dialog__foot" });
  const removing = make("button", { class: "desk-button desk-button--danger", type: "button" }, gettext("Remove the link"));
  const closing = make("button", { class: "desk-button", type: "button" }, gettext("Not now"));
  field.append(label, input, list);
  foot.append(removing, closing);
  box.append(title, now, field, status, help, foot);
  document.body.append(box);

  let editing = null;
  let bookmarks = null;
  let choices = [];
  let active = -1;
  let timer = 0;
  let turn = 0;

  function highlight(place) {
    active = place;
    [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(found, nothing = "") {
    choices = found;
    list.replaceChildren(
      ...choices.map((each, place) => {
        const option = make("li", { id: `desk-link-${place}`, role: "option", "aria-selected": "false" });
        const words = make("span", { class: "desk-picks__words" });
        words.append(make("span", {}, each.label), make("small", {}, each.hint));
        option.append(words);
        option.addEventListener("click", () => take(place));
        option.addEventListener("pointermove", () => active === place || highlight(place));
        return option;
      }),
    );
    list.hidden = !choices.length;
    input.setAttribute("aria-expanded", String(Boolean(choices.length)));
    highlight(choices.length && input.value.trim() ? 0 : -1);
    const count = ngettext(
      "%(count)s found. Choose with the arrow keys, take with Enter.",
      "%(count)s found. Choose with the arrow keys, take with Enter.",
      choices.length,
    );
    status.textContent = choices.length ? interpolate(count, { count: choices.length }, true) : nothing;
    status.classList.toggle("desk-hidden", Boolean(choices.length));
  }

  async function atAddress(address) {
    const found = own.mayBeOurs(address) ? await own.ask([["address", address]]) : [];
    if (found.length) return found;
    const hint = own.mayBeOurs(address) ? gettext("A page of ours that is no story you know") : gettext("An address on the web");
    const label = interpolate(gettext("Link to %(address)s"), { address }, true);
    return [{ href: address, label, hint: address.startsWith("mailto:") ? gettext("E-mail") : hint }];
  }

  /* What fits what is typed; where nothing does and it was not typed but selected, the newest. */
  async function search({ isGuess = false } = {}) {
    const mine = ++turn;
    const text = input.value.trim();
    const address = addressIn(text);
    try {
      const found = address ? await atAddress(address) : await own.ask([["q", text], ["but", form.dataset.number]]);
      if (mine !== turn || !box.open) return;
      if (!found.length && isGuess) {
        input.value = "";
        search();
        return;
      }
      show(found, gettext("Nothing found. Try other words of the headline, or paste the address."));
    } catch {
      if (mine === turn) show([], gettext("The newsroom does not answer. Check your connection, then type again."));
    }
  }

  async function tellWhereItLeads(existing) {
    const article = existing?.getAttribute("data-article");
    const address = existing && !article ? existing.data("cke-saved-href") || existing.getAttribute("href") : "";
    now.hidden = !existing;
    now.textContent = address ? interpolate(gettext("It leads to %(address)s"), { address }, true) : "";
    input.value = address;
    if (!article) return;
    const mine = editing;
    const [story] = await own.ask([["ids", article]]).catch(() => []);
    if (mine !== editing || !story) return;
    now.textContent = story.label
      ? interpolate(gettext("It leads to “%(label)s” · %(hint)s"), story, true)
      : gettext("It leads to a story that is not public yet.");
  }

  function open(editor) {
    const selection = editor.getSelection();
    if (!selection?.getRanges().length) editor.focus();
    const existing = CKEDITOR.plugins.link.getSelectedLink(editor);
    const selected = editor.getSelection().getSelectedText().replace(/\s+/g, " ").trim();
    editing = editor;
    bookmarks = editor.getSelection().createBookmarks2(true);
    title.textContent = existing ? gettext("Change the link") : gettext("Link");
    removing.hidden = !existing;
    show([]);
    tellWhereItLeads(existing);
    const isGuess = !existing && Boolean(selected) && selected.split(" ").length <= 6;
    if (isGuess) input.value = selected;
    box.showModal();
    input.focus();
    input.select();
    search({ isGuess });
  }

  /* Back in the text, where one was. */
  function close() {
    clearTimeout(timer);
    turn += 1;
    const editor = editing;
    editing = null;
    if (box.open) box.close();
    if (!editor) return null;
    editor.focus();
    editor.getSelection().selectBookmarks(bookmarks);
    return editor;
  }

  function take(place) {
    const choice = choices[place];
    const editor = close();
    if (!choice || !editor) return;
    link(editor, { ...choice, words: choice.id ? choice.label : choice.href.replace(/^(mailto:|https?:\/\/)/, "") });
    if (choice.id) own.remember([choice]);
  }

  input.addEventListener("input", () => {
    turn += 1; // an answer that is still on its way is to another question
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.target !== input || event.isComposing) return;
    const last = choices.length - 1;
    if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) take(active);
    } else if (event.key === "ArrowDown" && last >= 0) {
      event.preventDefault();
      highlight(active >= last ? 0 : active + 1);
    } else if (event.key === "ArrowUp" && last >= 0) {
      event.preventDefault();
      highlight(active <= 0 ? last : active - 1);
    }
  });
  removing.addEventListener("click", () => {
    const editor = close();
    if (editor) unlink(editor);
  });
  closing.addEventListener("click", close);
  box.addEventListener("close", () => {
    if (editing && !box.open) close();
  });

  /* An address pasted over words makes them a link. */
  function pasteOverWords(editor, event) {
    const text = event.data.dataTransfer?.getData("text/plain")?.trim() || "";
    const [range] = editor.getSelection()?.getRanges() || [];
    if (!/^https?:\/\/\S+$/i.test(text) || !range || range.collapsed) return;
    const selected = editor.getSelection().getSelectedText().trim();
    if (!selected || addressIn(selected) || !range.startPath().block?.equals(range.endPath().block)) return;
    event.cancel();
    link(editor, { href: text });
    own.adopt(editor);
  }

  /* The editor's own link dialog steps aside. */
  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("pluginsLoaded", () => {
      const state = { contextSensitive: 1, requiredContent: "a[href]" };
      editor.addCommand("link", {
        ...state,
        canUndo: false,
        exec: () => open(editor),
        refresh: function refresh(_, path) {
          this.setState(path.contains("a", 1) ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
        },
      });
      editor.addCommand("unlink", {
        ...state,
        canUndo: false,
        startDisabled: 1,
        exec: () => unlink(editor),
        refresh: function refresh() {
          this.setState(linksIn(editor).length ? CKEDITOR.TRISTATE_OFF : CKEDITOR.TRISTATE_DISABLED);
        },
      });
    });
    editor.on(
      "doubleclick",
      (event) => {
        if (event.data.dialog !== "link") return;
        event.data.dialog = "";
        open(editor);
      },
      null,
      null,
      30,
    );
    editor.on("paste", (event) => pasteOverWords(editor, event), null, null, 1);
  });
})();
