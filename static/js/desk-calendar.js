/* The calendar: what is still ahead is moved by drag, by keyboard or in a dialog, and back again by undo.
   The server decides; what it refuses is said, and the page is read anew after every answer. */
(() => {
  "use strict";

  const root = document.querySelector("[data-calendar]");
  if (!root) return;

  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const STALE = 2 * MINUTE;
  const REMEMBERED = "desk-calendar-moves";

  const { view, zone } = root.dataset;
  const find = (name) => root.querySelector(`[${name}]`);
  const toast = find("data-toast");
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
  let readAt = Date.now();
  let hiding = 0;

  const named = (sentence, names) => interpolate(sentence, names, true);
  const { instantInWords, wallOf, addToWall, wallInWords } = window.deskWall(zone);

  function say(words) {
    const said = find("data-calendar-says");
    if (said) said.textContent = words;
  }

  /* What was moved, to be undone; it outlives the way to another day. */

  function moves() {
    try {
      return JSON.parse(sessionStorage.getItem(REMEMBERED)) || [];
    } catch {
      return [];
    }
  }

  function remember(list) {
    try {
      sessionStorage.setItem(REMEMBERED, JSON.stringify(list.slice(-20)));
    } catch {
      // Without a store there is no undo after the next page; the move itself stands.
    }
  }

  function show(words, { isRefusal = false, undo = false, on = "" } = {}) {
    clearTimeout(hiding);
    if (!isRefusal && !undo) hiding = setTimeout(() => (toast.hidden = true), 8000);
    toast.hidden = false;
    toast.classList.toggle("is-refusal", isRefusal);
    find("data-toast-text").textContent = words;
    say(words); // a region that was hidden until now is not read out
    find("data-toast-undo").hidden = !undo;
    const link = find("data-toast-show");
    link.hidden = !on;
    if (on) {
      const address = new URL(location.href);
      address.searchParams.set("on", on);
      link.href = address.pathname + address.search;
    }
  }

  function nameTheKey() {
    root.querySelectorAll("[data-entry] > a:first-child").forEach((link) => link.setAttribute("aria-keyshortcuts", "M"));
  }

  const keyOf = (move) => `${move.moves === "ends" ? "e" : "b"}${move.edition}`;

  /* The page anew, with the focus where it was. */
  async function read(focus = "") {
    const kept = focus || document.activeElement?.closest?.("[data-entry]")?.id || "";
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      location.reload();
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-calendar-page]");
    if (!fresh) {
      location.reload();
      return;
    }
    find("data-calendar-page").replaceWith(document.adoptNode(fresh));
    readAt = Date.now();
    nameTheKey();
    if (kept) document.getElementById(kept)?.querySelector("a")?.focus({ preventScroll: !focus });
  }

  /* Asks the server to move; answers what it says. */
  async function ask(move, to) {
    const body = new URLSearchParams({ edition: move.edition, moves: move.moves, seen: move.seen, ...to });
    try {
      const answer = await fetch(root.dataset.moveUrl, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body,
      });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        return { ok: answer.ok, ...(await answer.json()) };
      }
      const refused = answer.redirected
        ? gettext("You have been signed out. Sign in again in another tab, then try once more.")
        : gettext("This is no longer on the calendar. It has been cancelled, or is no story of yours.");
      return { ok: false, refused };
    } catch {
      const refused = gettext("There is no connection to the newsroom. Nothing was moved; try again in a moment.");
      return { ok: false, refused };
    }
  }

  async function settle(move, answer, { isUndo = false } = {}) {
    if (answer.ok) {
      const list = moves();
      if (isUndo) list.pop();
      else list.push({ edition: move.edition, moves: move.moves, seen: answer.now, back: answer.was, headline: move.headline });
      remember(list);
    }
    await read(keyOf(move));
    const isElsewhere = answer.ok && !document.getElementById(keyOf(move));
    const moved = isUndo ? gettext("“%(headline)s” moved back to %(when)s.") : gettext("“%(headline)s” moved to %(when)s.");
    show(answer.ok ? named(moved, { headline: move.headline, when: answer.when }) : answer.refused, {
      isRefusal: !answer.ok,
      undo: answer.ok && !isUndo,
      on: isElsewhere ? answer.on : "",
    });
    if (isElsewhere) find("data-toast-show").focus();
  }

  /* Moves, and asks which time is meant where the server cannot know. */
  async function carryOut(move, to) {
    const answer = await ask(move, to);
    if (answer.ok || !answer.choices?.length) return settle(move, answer);
    return choose(answer, (instant) => carryOut(move, { instant }));
  }

  function offer(list, choices, take) {
    list.replaceChildren(
      ...choices.map(({ label, instant }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "desk-button";
        button.textContent = label;
        button.addEventListener("click", () => take(instant));
        return button;
      }),
    );
  }

  function choose({ refused, choices }, take) {
    const dialog = find("data-choices-dialog");
    find("data-choices-text").textContent = refused;
    offer(find("data-choices"), choices, (instant) => {
      dialog.close();
      take(instant);
    });
    dialog.showModal();
  }

  async function undo() {
    const last = moves().at(-1);
    if (!last) {
      show(gettext("There is nothing to undo."));
      return;
    }
    const answer = await ask(last, { instant: last.back });
    // What cannot be undone now will not be undone later.
    if (!answer.ok && answer.refused) remember(moves().slice(0, -1));
    await settle(last, answer, { isUndo: true });
  }

  /* What an entry says of itself: its id begins with the end of the edition that it is, and goes on with its number. */
  function moveOf(entry) {
    const seen = entry.querySelector("time").dateTime;
    return {
      edition: entry.id.slice(1),
      moves: entry.id.startsWith("e") ? "ends" : "begins",
      seen,
      wall: wallOf(Date.parse(seen)),
      headline: entry.querySelector("[data-headline]").textContent.trim(),
    };
  }

  /* By drag */

  /* Where something goes when it is dropped on a slot: to its quarter of an hour; to its hour or its day otherwise,
     with the minutes or the time that it has. */
  function destination(move, slot) {
    if (slot.dataset.at) return { instant: slot.dataset.at };
    const time = slot.dataset.hour ? `${slot.dataset.hour}${move.wall.slice(13)}` : move.wall.slice(11);
    return { when: `${slot.dataset.day}T${time}` };
  }

  let dragged = null;

  function mark(slot) {
    root.querySelectorAll(".is-target").forEach((each) => each !== slot && each.classList.remove("is-target"));
    slot?.classList.add("is-target");
  }

  function isWhereItStands(move, to) {
    return to.instant ? Date.parse(to.instant) === Date.parse(move.seen) : to.when === move.wall;
  }

  root.addEventListener("dragstart", (event) => {
    const entry = event.target.closest?.("[data-entry]");
    if (!entry) return;
    letGo();
    dragged = moveOf(entry);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.headline);
    entry.classList.add("is-dragged");
  });
  root.addEventListener("dragover", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (!dragged || !slot) {
      mark(null);
      return;
    }
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    mark(slot);
  });
  root.addEventListener("drop", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (!dragged || !slot) return;
    event.preventDefault();
    const to = destination(dragged, slot);
    if (!isWhereItStands(dragged, to)) carryOut(dragged, to);
  });
  root.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
    root.querySelectorAll(".is-dragged").forEach((each) => each.classList.remove("is-dragged"));
  });

  /* By keyboard: M picks up, arrows move, Enter drops, Escape leaves it where it was. */

  const STEPS = {
    day: { ArrowUp: -15 * MINUTE, ArrowDown: 15 * MINUTE, PageUp: -HOUR, PageDown: HOUR, ArrowLeft: -DAY, ArrowRight: DAY },
    week: { ArrowUp: -15 * MINUTE, ArrowDown: 15 * MINUTE, PageUp: -HOUR, PageDown: HOUR, ArrowLeft: -DAY, ArrowRight: DAY },
    month: { ArrowUp: -7 * DAY, ArrowDown: 7 * DAY, ArrowLeft: -DAY, ArrowRight: DAY },
  }[view];
  const HELP =
    view === "month"
      ? gettext("Left and right move it by a day, up and down by a week.")
      : gettext("Up and down move it by a quarter of an hour, Page Up and Page Down by an hour, left and right by a day.");

  let picked = null;

  function where() {
    // Whole days keep the time on the wall; anything shorter counts real minutes, also over a clock change.
    const instant = Date.parse(picked.move.seen) + picked.minutes;
    if (!picked.days) return { instant: new Date(instant).toISOString(), words: instantInWords(instant), wall: wallOf(instant) };
    const wall = addToWall(wallOf(instant), picked.days);
    return { when: wall, words: wallInWords(wall), wall };
  }

  function slotAt(target) {
    const slots = [...root.querySelectorAll("[data-slot]")];
    if (view !== "day") {
      const hour = view === "week" ? target.wall.slice(11, 13) : undefined;
      return slots.find((each) => each.dataset.day === target.wall.slice(0, 10) && each.dataset.hour === hour);
    }
    if (target.instant) {
      const instant = Date.parse(target.instant);
      return slots.findLast((each) => {
        const begins = Date.parse(each.dataset.at);
        return begins <= instant && instant < begins + 15 * MINUTE;
      });
    }
    return undefined;
  }

  function pickUp(entry) {
    letGo();
    picked = { entry, move: moveOf(entry), minutes: 0, days: 0 };
    entry.classList.add("is-picked");
    const label = document.createElement("span");
    label.className = "desk-entry__target";
    label.dataset.target = "";
    label.textContent = gettext("Picked up");
    entry.append(label);
    const taken = named(gettext("Picked up: %(headline)s."), picked.move);
    say(`${taken} ${HELP} ${gettext("Enter drops it, Escape leaves it where it was.")}`);
  }

  function letGo() {
    if (!picked) return;
    picked.entry.classList.remove("is-picked");
    picked.entry.querySelector("[data-target]")?.remove();
    picked = null;
    mark(null);
  }

  function step(distance) {
    if (distance % DAY) picked.minutes += distance;
    else picked.days += distance;
    const target = where();
    const slot = slotAt(target);
    mark(slot);
    slot?.scrollIntoView({ block: "nearest" });
    picked.entry.querySelector("[data-target]").textContent = `→ ${target.words}`;
    say(target.words);
  }

  function drop() {
    const { move, minutes, days } = picked;
    const { instant, when } = where();
    letGo();
    if (minutes || days) carryOut(move, instant ? { instant } : { when });
    else say(gettext("It stays where it was."));
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, dialog");
    if (isTyping || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const entry = event.target.closest?.("[data-entry]");
    if (!picked) {
      if (entry && event.key.toLowerCase() === "m") {
        event.preventDefault();
        pickUp(entry);
      }
      return;
    }
    if (event.key in STEPS) {
      event.preventDefault();
      step(STEPS[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      drop();
    } else if (event.key === "Escape") {
      event.preventDefault();
      letGo();
      say(gettext("Given up. It stays where it was."));
    }
  });
  root.addEventListener("focusout", (event) => {
    if (picked && !picked.entry.contains(event.relatedTarget)) letGo();
  });

  /* In a dialog */

  let inDialog = null;
  const dialog = find("data-move-dialog");

  function refuseInDialog({ refused, choices = [] }) {
    const error = find("data-move-error");
    error.textContent = refused;
    error.hidden = !refused;
    offer(find("data-move-choices"), choices, (instant) => moveFromDialog({ instant }));
  }

  async function moveFromDialog(to) {
    const answer = await ask(inDialog, to);
    if (!answer.ok) {
      refuseInDialog(answer);
      return;
    }
    dialog.close();
    await settle(inDialog, answer);
  }

  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens-move]");
    if (opener && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const entry = opener.closest("[data-entry]");
      inDialog = moveOf(entry);
      find("data-move-what").textContent = `${inDialog.headline}. ${entry.querySelector("[data-what]").textContent} ${instantInWords(Date.parse(inDialog.seen))}.`;
      dialog.querySelector("[name=when]").value = inDialog.wall;
      refuseInDialog({ refused: "" });
      dialog.showModal();
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-toast-undo]")) undo();
    if (event.target.closest("[data-toast-close]")) toast.hidden = true;
  });
  find("data-move-form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    moveFromDialog({ when: dialog.querySelector("[name=when]").value });
  });

  /* Who comes back to a page that has stood for a while sees what colleagues have done. */
  function refresh() {
    const isBusy = picked || dragged || root.querySelector("dialog[open]");
    if (!document.hidden && !isBusy && Date.now() - readAt > STALE) read().catch(() => {});
  }
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, MINUTE / 2);

  nameTheKey();
  // Who opens today looks at what is still to come: at this hour, or on a narrow page, where empty hours are left out,
  // at this day; but first at what is wrong.
  const now = [...root.querySelectorAll("[data-now]")].filter((each) => each.getClientRects().length).at(-1);
  const isWrong = root.querySelector(".desk-calendar__clashes .is-grave");
  if (now && !isWrong && !location.hash) now.scrollIntoView({ block: now.dataset.now });
})();
