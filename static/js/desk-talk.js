/* The conversation beside a story: what others say appears by itself, "@" finds colleagues, unsent words stay here. */
(() => {
  "use strict";

  const card = document.querySelector("[data-talk]");
  if (!card) return;

  const part = (name) => card.querySelector(`[data-talk-${name}]`);
  const lines = part("lines");
  const text = part("text");
  const list = part("people");
  const send = part("send");
  const error = part("error");
  const EVERY = 16000;
  const KEPT = `desk-talk-${card.dataset.keep}`;
  let have = "";
  let unread = 0;
  let timer = 0;

  part("plain").hidden = true;
  lines.hidden = part("say").hidden = false;

  /* What is typed here is no part of the story: the form must not take it for a change. */
  for (const name of ["input", "change"]) card.addEventListener(name, (event) => event.stopPropagation());

  const store = {
    get: () => { try { return localStorage.getItem(KEPT) || ""; } catch { return ""; } },
    set: (value) => { try { value ? localStorage.setItem(KEPT, value) : localStorage.removeItem(KEPT); } catch { /* full */ } },
  };

  function grow() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  }

  /* Reading */

  function address(query) {
    const found = new URL(card.dataset.talk, location.origin);
    for (const [name, value] of Object.entries(query)) found.searchParams.set(name, value);
    return found;
  }

  function count() {
    const number = lines.querySelectorAll("[data-comment]").length;
    part("count").textContent = unread
      ? interpolate(ngettext("%(count)s, %(unread)s new", "%(count)s, %(unread)s new", unread), { count: number, unread }, true)
      : number || "";
    part("count").classList.toggle("is-new", unread > 0);
  }

  function isAtEnd() {
    return lines.scrollHeight - lines.scrollTop - lines.clientHeight < 24;
  }

  /* Put in what is missing, each where it belongs, and leave what is there as it is: somebody may be reading it. */
  function fill(html, isFirst, isOwn) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const follows = isAtEnd() || isFirst || isOwn;
    let place = null;
    let added = 0;
    for (const line of [...template.content.children]) {
      const known = line.dataset.comment
        ? lines.querySelector(`[data-comment="${line.dataset.comment}"]`)
        : lines.querySelector(".desk-talk__older");
      if (!known) {
        place ? place.after(line) : lines.prepend(line);
        if (line.dataset.comment && !line.classList.contains("is-own")) added += 1;
      }
      place = known || line;
    }
    if (!isFirst && !isOwn && (!card.open || document.hidden)) unread += added;
    if (follows) lines.scrollTop = lines.scrollHeight;
    if (isFirst && lines.children.length) card.open = true;
    count();
    // What was there when the page came is read on demand; what comes later is announced.
    setTimeout(() => lines.setAttribute("aria-live", "polite"), 500);
  }

  async function look() {
    clearTimeout(timer);
    try {
      const isFirst = !have;
      const answer = await fetch(address({ have: have || "nothing" }), { redirect: "error" });
      if (answer.status === 200) {
        have = answer.headers.get("X-Extent");
        fill(await answer.text(), isFirst, false);
      }
    } catch {
      /* the line is down; the next look may find it up */
    }
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, EVERY * (0.85 + Math.random() * 0.3));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return clearTimeout(timer);
    read();
    look();
  });

  function read() {
    if (!card.open || !unread) return;
    unread = 0;
    count();
  }

  card.addEventListener("toggle", () => {
    if (!card.open) return;
    grow();
    lines.scrollTop = lines.scrollHeight;
    // Long enough to see which are new.
    setTimeout(read, 3000);
  });

  function open() {
    card.open = true;
    card.scrollIntoView({ block: "nearest" });
    text.focus({ preventScroll: true });
  }
  // After the browser has gone to the place itself, which takes the focus away.
  if (location.hash === "#talk") window.addEventListener("load", () => setTimeout(open));
  document.querySelectorAll("[data-talk-opens]").forEach((link) => {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  });

  /* Saying */

  function token() {
    return document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  const REASONS = {
    403: gettext("You are signed out, or signed in anew. Sign in again in another tab, load this page again, and press Comment: your words stay here."),
    413: gettext("That is too long for one comment."),
  };

  async function say() {
    const words = text.value.trim();
    error.textContent = "";
    if (!words || send.disabled) return text.focus();
    send.disabled = true;
    try {
      const answer = await fetch(card.dataset.talk, {
        method: "POST",
        redirect: "error", // to the sign-in page, or to another one because the story is gone
        headers: { "X-CSRFToken": token() },
        body: new URLSearchParams({ text: text.value, have }),
      });
      if (answer.ok) {
        have = answer.headers.get("X-Extent");
        fill(await answer.text(), false, true);
        text.value = "";
        store.set("");
        grow();
        part("status").textContent = gettext("Your comment is there.");
      } else if (answer.status === 422) {
        error.textContent = await answer.text();
      } else {
        error.textContent = REASONS[answer.status] || gettext("The comment was not taken. Your words are still here; try again in a moment.");
      }
    } catch {
      error.textContent = navigator.onLine
        ? gettext("The comment was not taken: you may be signed out. Your words are still here; sign in again in another tab, then press Comment.")
        : gettext("There is no connection. Your words are still here; press Comment when it is back.");
    }
    send.disabled = false;
    text.focus();
  }

  send.addEventListener("click", say);
  text.value = store.get();
  if (text.value) card.open = true;

  /* Naming somebody: a list of colleagues below the text, by keys or by mouse. */

  const NAMING = /(?:^|[^\p{L}\p{N}_.+-])@([\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.'’-]*)?)$/u;
  let people = [];
  let active = -1;
  let asked = 0;
  let pause = 0;

  function close() {
    asked += 1;
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function highlight(index) {
    active = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    text.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    people = found;
    if (!people.length) return close();
    list.replaceChildren(
      ...people.map((person, place) => {
        const option = document.createElement("li");
        option.id = `talk-person-${place}`;
        option.setAttribute("role", "option");
        const words = document.createElement("span");
        words.className = "desk-picks__words";
        const hint = document.createElement("small");
        words.textContent = person.label;
        hint.textContent = person.hint;
        words.append(hint);
        option.append(words);
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(place);
        });
        return option;
      }),
    );
    list.hidden = false;
    highlight(0);
  }

  function take(place) {
    const caret = text.selectionStart;
    const before = text.value.slice(0, caret).replace(NAMING, (whole, name) => whole.slice(0, whole.length - name.length) + people[place].id);
    text.value = `${before} ${text.value.slice(caret).replace(/^ /, "")}`;
    text.selectionStart = text.selectionEnd = before.length + 1;
    store.set(text.value);
    close();
  }

  async function ask(name) {
    const turn = ++asked;
    const found = new URL(card.dataset.people, location.origin);
    found.searchParams.set("q", name);
    try {
      const answer = await fetch(found, { redirect: "error" });
      if (answer.ok && turn === asked) show((await answer.json()).results);
    } catch {
      close();
    }
  }

  text.addEventListener("input", () => {
    grow();
    store.set(text.value);
    error.textContent = "";
    clearTimeout(pause);
    const naming = NAMING.exec(text.value.slice(0, text.selectionStart));
    if (naming) pause = setTimeout(ask, 150, naming[1]);
    else close();
  });
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (!list.hidden) {
      const last = people.length - 1;
      if (event.key === "ArrowDown") highlight(active >= last ? 0 : active + 1);
      else if (event.key === "ArrowUp") highlight(active <= 0 ? last : active - 1);
      else if (event.key === "Enter" || event.key === "Tab") take(active);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      say();
    }
  });

  count();
  // After the page is at rest: the words of the story come first.
  (window.requestIdleCallback || setTimeout)(look);
})();
