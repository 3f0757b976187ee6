/* The first page stays current: it asks every so often whether anything changed, and puts in the parts that did. */
(() => {
  "use strict";

  const page = document.querySelector("[data-today]");
  if (!page) return;

  const form = document.getElementById("today-form");
  const news = document.querySelector("[data-today-news]");
  const state = document.querySelector("[data-today-state]");
  const EVERY = 17000;
  const CURRENT = gettext("This page keeps itself current.");
  const named = (sentence, names) => interpolate(sentence, names, true);
  const title = document.title;
  let section = page.dataset.section;
  let timer = 0;
  let asking = null;
  let failures = 0;

  const parts = (root) => [...root.querySelectorAll("[data-part]")];
  const strip = () => page.querySelector("[data-pulse]");
  /* What the server sent, to tell whether a part differs: the page's own copy changes by itself. */
  const sent = new Map(parts(page).map((part) => [part.dataset.part, part.outerHTML]));

  /* Putting in what changed, under the reader's eyes and hands */

  const rowsOf = (root, name) =>
    [...(root.querySelector(`[data-part="${name}"]`)?.querySelectorAll("[data-row]") || [])].map((row) => row.dataset.row);

  /* How to find again, in a new part, what has the focus in the old one: the same row, the same place in it. */
  function placeOf(element) {
    const part = element?.closest?.("[data-part]");
    if (!part) return null;
    const row = element.closest("[data-row]");
    const inside = row || part;
    return { part: part.dataset.part, row: row?.dataset.row, index: [...inside.querySelectorAll("a, button, summary")].indexOf(element) };
  }

  function focusAgain(place) {
    const part = page.querySelector(`[data-part="${place.part}"]`);
    const row = place.row && part?.querySelector(`[data-row="${CSS.escape(place.row)}"]`);
    const within = row || (place.row ? null : part);
    const same = within && [...within.querySelectorAll("a, button, summary")][place.index];
    // A row that went, a claimed story's button: the next thing in the same part, else the next part's head.
    const next = same || row?.querySelector("a") || (part && !part.hidden && part.querySelector("a, button"));
    (next || headAfter(part))?.focus({ preventScroll: true });
  }

  function headAfter(part) {
    const all = parts(page);
    const follows = all.slice(all.indexOf(part) + 1).find((each) => !each.hidden && each.querySelector("h2"));
    const head = follows?.querySelector("h2");
    if (head) head.tabIndex = -1;
    return head;
  }

  /* The first row that can be seen stays where it is, whatever grows above it. */
  function anchor() {
    const rows = [...page.querySelectorAll("[data-row]")];
    const row = rows.find((each) => each.getBoundingClientRect().bottom > 0 && each.offsetParent);
    return row && { name: row.dataset.row, top: row.getBoundingClientRect().top };
  }

  function holdStill(before) {
    if (!before || before.top > 200) return;
    const row = page.querySelector(`[data-row="${CSS.escape(before.name)}"]`);
    const moved = row ? row.getBoundingClientRect().top - before.top : 0;
    if (Math.abs(moved) > 1) (document.scrollingElement || document.documentElement).scrollBy(0, moved);
  }

  function put(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content;
    const told = whatIsNew(fresh);
    const before = anchor();
    const focused = placeOf(document.activeElement);
    let isFocusGone = false;
    for (const part of parts(fresh)) {
      const name = part.dataset.part;
      const old = page.querySelector(`[data-part="${name}"]`);
      if (!old || sent.get(name) === part.outerHTML) continue;
      sent.set(name, part.outerHTML);
      isFocusGone ||= old.contains(document.activeElement);
      for (const kept of old.querySelectorAll("details[data-keeps]")) {
        const now = part.querySelector(`details[data-keeps="${kept.dataset.keeps}"]`);
        if (now) now.open = kept.open;
      }
      old.replaceWith(part);
    }
    if (isFocusGone && focused) focusAgain(focused);
    holdStill(before);
    const said = strip().querySelector("[data-said]");
    announce(said ? [said.textContent, ...told] : told);
    showUnseen();
    setClock();
    count();
  }

  /* What is said aloud, and no more than that. */
  const SAYS = {
    told: (n) => ngettext("Something new for you.", "%(count)s new things for you.", n),
    waiting: (n) => ngettext("%(count)s new story waits for review.", "%(count)s new stories wait for review.", n),
    blocked: (n) => ngettext("%(count)s more story is kept from readers.", "%(count)s more stories are kept from readers.", n),
  };

  function whatIsNew(fresh) {
    return Object.entries(SAYS).flatMap(([name, say]) => {
      const known = new Set(rowsOf(page, name));
      const added = rowsOf(fresh, name).filter((row) => !known.has(row)).length;
      return added ? [named(say(added), { count: added })] : [];
    });
  }

  function announce(sentences) {
    if (!sentences.length) return;
    news.textContent = "";
    setTimeout(() => (news.textContent = sentences.join(" ")), 50);
  }

  function setClock() {
    ahead = new Date(strip().dataset.at) - Date.now();
  }

  function showUnseen() {
    const unseen = strip().dataset.unseen;
    document.title = unseen ? `(${unseen}) ${title}` : title;
    document.querySelectorAll(".desk-unseen[data-unseen]").forEach((label) => {
      label.textContent = unseen;
      label.hidden = !unseen;
    });
  }

  /* Waiting goes on between two looks, by the newsroom's clock and not by this machine's. */
  let ahead = 0;
  function count() {
    for (const element of page.querySelectorAll("time[data-since]")) {
      const minutes = Math.max(0, Math.floor((Date.now() + ahead - new Date(element.dateTime)) / 60000));
      const time = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
      if (minutes < 60) element.textContent = named(gettext("%(minutes)s min"), time);
      else if (minutes < 1440 && !time.minutes) element.textContent = named(gettext("%(hours)s h"), time);
      else if (minutes < 1440) element.textContent = named(gettext("%(hours)s h %(minutes)s min"), time);
    }
  }

  /* Asking */

  function address() {
    const found = new URL(page.dataset.today, location.origin);
    if (section) found.searchParams.set("section", section);
    return found;
  }

  async function look(isWanted) {
    clearTimeout(timer);
    asking?.abort();
    const mine = (asking = new AbortController());
    const query = address();
    // A section that was just chosen is wanted even though nothing has changed.
    query.searchParams.set("have", isWanted ? "nothing" : strip().dataset.pulse);
    await send(query, { signal: mine.signal });
    if (mine !== asking) return;
    asking = null;
    later();
  }

  function later() {
    clearTimeout(timer);
    const slower = Math.min(2 ** failures, 4);
    if (!document.hidden) timer = setTimeout(look, EVERY * slower * (0.85 + Math.random() * 0.3));
  }

  async function send(query, options) {
    let html = "";
    try {
      const answer = await fetch(query, { redirect: "error", ...options });
      if (answer.status === 200) html = await answer.text();
      else if (answer.status !== 204) throw new Error(String(answer.status));
    } catch (error) {
      if (error.name === "AbortError") return false;
      failures += 1;
      if (failures >= 2) {
        const sentence = gettext("No connection, or you are signed out: this is as of %(time)s.");
        state.textContent = named(sentence, { time: strip().dataset.now });
        state.classList.add("desk-error");
      }
      return false;
    }
    failures = 0;
    state.textContent = CURRENT;
    state.classList.remove("desk-error");
    if (html) put(html);
    return true;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else look();
  });

  /* Claiming and putting away, in place */

  page.addEventListener("click", async (event) => {
    const button = event.target.closest("button[form=today-form]");
    const chip = event.target.closest("a[data-section-of]");
    if (chip && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      section = chip.dataset.sectionOf;
      const shown = new URL(location.href);
      section ? shown.searchParams.set("section", section) : shown.searchParams.delete("section");
      history.replaceState(null, "", shown);
      look(true);
    } else if (button) {
      event.preventDefault();
      if (button.getAttribute("aria-disabled") === "true") return;
      // Not disabled: that would take the focus away.
      button.setAttribute("aria-disabled", "true");
      asking?.abort();
      clearTimeout(timer);
      const body = new URLSearchParams({ [button.name]: button.value, have: "nothing" });
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const isDone = await send(address(), { method: "POST", body });
      if (!isDone) {
        button.removeAttribute("aria-disabled");
        announce([gettext("That did not reach the server. Try again.")]);
      }
      later();
    }
  });

  state.textContent = CURRENT;
  showUnseen();
  setClock();
  setInterval(count, 30000);
  later();
})();
