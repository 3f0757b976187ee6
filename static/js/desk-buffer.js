/* Autosave: what is typed is copied to this device, then to the server, and the page says which of the two has it. */
(() => {
  "use strict";

  if (!window.desk?.words || !window.desk.session) return;

  const { words, device, session } = window.desk;
  const { data, form } = words;

  const PAUSE = 2000; // after the last key
  const LONGEST = 5000; // while somebody goes on typing
  const HERE = 300; // to this device: at once, as far as a long text allows
  const SHARE = 10; // of the time that reading the form takes: it must not hold up who types
  const PATIENCE = 15000;
  const BACK_OFF = [2000, 4000, 8000, 15000, 30000];
  const LARGEST_FAREWELL = 60_000; // bytes that a browser sends for a page that is gone

  let key = form.elements.namedItem("key").value;
  const own = data.unsaved.find((each) => each.key === key);
  // The newest words that this window knows to be on the server.
  let known = (own || (data.isNew ? null : data.unsaved[0]))?.keptAt || "";
  // Each change is a turn; these are the newest turns that the device and the server have.
  let turn = 0;
  let here = 0;
  let there = 0;
  let baseline = null;
  let sending = null;
  let failures = 0;
  let keptAt = 0;
  let isForced = false;
  let isWritten = false;
  let cost = 0;
  let isPassing = false;
  let isChecking = false;
  let timers = { here: 0, there: 0, since: 0 };

  /* The state, in every line that shows it. Screen readers hear only when its kind changes. */
  const lines = [...document.querySelectorAll("[data-kept]")];
  const saidAloud = document.querySelector("[data-kept-said]");
  const came = lines[0]?.dataset.kept || "";
  let state = { kind: "saved" };
  let announced = "";

  /* The sentence for a browser that keeps what is typed, or the one for a browser that stores nothing. */
  const safe = (kept, lost) => (device.isAvailable() ? kept : lost);
  const named = (sentence, names) => interpolate(sentence, names, true);
  const TELLS = {
    saved: () => came,
    keeping: () => gettext("Keeping…"),
    kept: () => ago(),
    offline: () =>
      safe(gettext("Offline: kept on this device"), gettext("Offline: not kept: this browser stores nothing")),
    failing: () =>
      safe(
        gettext("Could not be kept on the server: kept on this device (retrying)"),
        gettext("Could not be kept on the server: not kept: this browser stores nothing (retrying)"),
      ),
    signedOut: () =>
      turn > there
        ? safe(gettext("Signed out: kept on this device."), gettext("Signed out: not kept: this browser stores nothing."))
        : gettext("Signed out."),
    somebodyElse: () =>
      named(
        safe(
          gettext("%(name)s is signed in here now: your words are kept on this device."),
          gettext("%(name)s is signed in here now: your words are not kept: this browser stores nothing."),
        ),
        { name: state.name || gettext("Somebody else") },
      ),
    elsewhere: () =>
      named(
        safe(
          gettext("You are also writing this story in another window, since %(when)s: what you type here is kept on this device."),
          gettext("You are also writing this story in another window, since %(when)s: what you type here is not kept: this browser stores nothing."),
        ),
        { when: state.when },
      ),
    refused: () =>
      `${state.sentence} ${safe(
        gettext("What you typed is kept on this device."),
        gettext("What you typed is not kept: this browser stores nothing."),
      )}`,
    saving: () => gettext("Saving…"),
    unsaved: () =>
      safe(
        gettext("Not saved: the server cannot be reached. Your words are kept on this device. Save again in a moment."),
        gettext("Not saved: the server cannot be reached. Your words are not kept: this browser stores nothing. Save again in a moment."),
      ),
  };
  const BUTTONS = {
    signedOut: [gettext("Sign in again"), signInAgain],
    somebodyElse: [gettext("Sign in again"), signInAgain],
    elsewhere: [gettext("Keep what is here instead"), keepAnyway],
  };

  function ago() {
    const seconds = Math.round((Date.now() - keptAt) / 1000);
    if (seconds < 2) return gettext("Kept just now");
    if (seconds < 60) return named(gettext("Kept %(seconds)s s ago"), { seconds });
    if (seconds < 3600) return named(gettext("Kept %(minutes)s min ago"), { minutes: Math.floor(seconds / 60) });
    return named(gettext("Kept %(hours)s h ago"), { hours: Math.floor(seconds / 3600) });
  }

  function show(kind, details = {}) {
    const isNew = kind !== state.kind;
    state = { kind, ...details };
    // The page is left without a word only if its words are somewhere.
    form.dataset.buffered = turn <= Math.max(here, there) ? "yes" : "no";
    const sentence = TELLS[kind]();
    for (const line of lines) {
      const text = line.querySelector("[data-kept-text]");
      if (text.textContent !== sentence) text.textContent = sentence;
      line.classList.toggle("is-worrying", !["saved", "keeping", "kept", "saving"].includes(kind));
      if (isNew) line.querySelector("[data-kept-button]").replaceChildren(...button(kind));
    }
    if (!["keeping", "saving", "saved"].includes(kind) && kind !== announced) {
      announced = kind;
      saidAloud.textContent = kind === "kept" ? gettext("What you type is kept.") : sentence;
    }
  }

  function button(kind) {
    if (!BUTTONS[kind]) return [];
    const [label, act] = BUTTONS[kind];
    const made = document.createElement("button");
    made.type = "button";
    made.className = "desk-button";
    made.textContent = label;
    made.addEventListener("click", act);
    return [made];
  }

  setInterval(() => state.kind === "kept" && show("kept"), 1000);

  /* Typing */
  function changed() {
    turn += 1;
    if (["saved", "kept"].includes(state.kind)) show("keeping");
    else show(state.kind, state);
    schedule();
  }

  function schedule() {
    timers.here ||= setTimeout(() => keepHere(), Math.max(HERE, cost * SHARE));
    const now = Date.now();
    timers.since ||= now;
    if (failures && timers.there) return; // it is tried again when that is due
    clearTimeout(timers.there);
    timers.there = setTimeout(keepThere, Math.max(0, Math.min(PAUSE, timers.since + LONGEST - now)));
  }

  function read() {
    const began = performance.now();
    const fields = words.read();
    cost = performance.now() - began;
    return fields;
  }

  /* A copy on this device, before anything is asked of the server. */
  async function keepHere(fields = read()) {
    clearTimeout(timers.here);
    timers.here = 0;
    const at = turn;
    const isKept = await device.put({ key, fields, ...words.base(), began: data.story, at: serverTime() });
    if (isKept) here = Math.max(here, at);
    if (state.kind !== "kept") show(state.kind, state);
  }

  const offset = Date.parse(data.now) - Date.now();
  const serverTime = () => Date.now() + offset;

  function message(fields) {
    const posted = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (Array.isArray(value)) {
        posted.append(`${name}-shown`, "1");
        value.forEach((each) => posted.append(name, each));
      } else posted.append(name, value);
    }
    for (const [name, value] of Object.entries({ ...words.base(), key, known, person: data.person })) {
      posted.append(name, value);
    }
    if (isForced) posted.append("anyway", "1");
    return posted;
  }

  function post(what, body, options = {}) {
    return fetch(data.addresses[what].replace("00000000-0000-0000-0000-000000000000", options.of || key), {
      method: "POST",
      body,
      redirect: "manual",
      headers: { "X-CSRFToken": session.token(), Accept: "application/json" },
      ...(options.outlives ? { keepalive: true } : { signal: AbortSignal.timeout(PATIENCE) }),
    });
  }

  /* To the server, one request at a time. Resolves to true if it has the newest words. */
  function keepThere() {
    clearTimeout(timers.there);
    timers.there = 0;
    sending ??= send().finally(() => (sending = null));
    return sending;
  }

  async function send() {
    while (turn > there) {
      const at = turn;
      const fields = read();
      await keepHere(fields);
      try {
        if (baseline !== null && JSON.stringify(fields) === baseline) {
          if (!(await takeBack(at))) return false;
          continue;
        }
        await window.desk.beforeKeeping?.();
        // A window that is out of sight may be closed at any time.
        const answer = await post("keep", message(fields), { outlives: document.hidden && isSmall(fields) });
        if (!(await understood(answer, at))) return false;
      } catch (error) {
        if (error.name === "Undecided") show("refused", { sentence: error.message });
        else retry(navigator.onLine ? "failing" : "offline");
        return false;
      }
    }
    return true;
  }

  /* Everything was undone again: what this window had kept is no longer of use. */
  async function takeBack(at) {
    if (isWritten) {
      const answer = await post("drop", message({}));
      if (!answer.ok) return understood(answer, at);
      known = "";
    }
    timers.since = failures = 0;
    isWritten = false;
    there = at;
    await device.remove(key);
    show("saved");
    return true;
  }

  async function understood(answer, at) {
    if (answer.ok) {
      timers.since = failures = 0;
      isForced = false;
      isWritten = true;
      there = at;
      known = (await answer.json()).kept_at;
      keptAt = Date.now();
      show("kept");
      return true;
    }
    if (answer.type === "opaqueredirect") return signedOut();
    const told = await answer.json().catch(() => null);
    if (answer.status >= 500) retry("failing");
    else if (answer.status === 409) show("elsewhere", { when: told.when, known: told.kept_at });
    else if (told?.somebody_else || (answer.status === 403 && !told)) return signedOut();
    else show("refused", { sentence: told?.refused || gettext("This is more than the server keeps unsaved: shorten it, or save.") });
    return false;
  }

  /* The session may have ended, or may have been begun anew in another window of this person. */
  async function signedOut() {
    const { state: found, name } = await session.check();
    if (found === "same" && failures < BACK_OFF.length) retry("failing", 200);
    else if (found === "nobody") show("signedOut");
    else if (found === "other") show("somebodyElse", { name });
    else retry("failing");
    return false;
  }

  function retry(kind, soon = BACK_OFF[Math.min(failures, BACK_OFF.length - 1)]) {
    failures += 1;
    show(kind);
    clearTimeout(timers.there);
    timers.there = setTimeout(keepThere, soon);
  }

  async function signInAgain() {
    if (await session.signIn()) {
      failures = 0;
      if (turn === there) show(keptAt ? "kept" : "saved");
      await keepThere();
    }
  }

  /* What the other window wrote stays on this device, as another copy that is offered back. */
  async function keepAnyway() {
    await window.desk.setAside?.();
    isForced = true;
    await keepThere();
  }

  const isSmall = (fields) => new Blob([JSON.stringify(fields)]).size < LARGEST_FAREWELL;

  /* Leaving: whatever is not kept yet goes now. */
  function farewell() {
    if (turn === there) return;
    const fields = read();
    keepHere(fields);
    const canAsk = navigator.onLine && !failures && !["signedOut", "somebodyElse", "elsewhere", "refused"].includes(state.kind);
    if (!isSmall(fields) || !canAsk || window.desk.isOffering?.()) return;
    post("keep", message(fields), { outlives: true }).catch(() => {});
    form.dataset.buffered = "yes";
  }

  form.addEventListener("desk:leaving", farewell);
  addEventListener("pagehide", () => {
    farewell();
    // What the server has needs no copy on a computer that others may use.
    if (turn === there) device.remove(key);
  });
  addEventListener("blur", () => turn > there && keepThere());
  document.addEventListener("visibilitychange", () => turn > there && keepThere());
  addEventListener("online", () => turn > there && keepThere());
  addEventListener("focus", () => ["signedOut", "somebodyElse"].includes(state.kind) && keepThere());
  addEventListener("offline", () => turn > there && show("offline"));

  form.addEventListener("input", (event) => concerns(event.target) && changed());
  form.addEventListener("change", (event) => concerns(event.target) && changed());
  const kept = new Set([...data.single, ...data.several]);
  // The editor has no name; fields of dialogs have names that no buffer keeps.
  const concerns = (element) =>
    kept.has(element.name) || element.isContentEditable || element.matches("[data-picks], [data-photo], [data-pick-role]");

  function watch(editor) {
    editor.on("change", changed);
    if (turn === 0 && !form.hasAttribute("data-unsaved")) baseline = JSON.stringify(words.read());
  }
  if (words.editor()?.status === "ready") watch(words.editor());
  else window.CKEDITOR?.on("instanceReady", ({ editor }) => watch(editor));

  /* Sending the form: copied, kept, and only then posted, by somebody who is still signed in. */
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || isPassing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isChecking) pass(event.submitter);
    },
    { capture: true },
  );

  async function pass(submitter) {
    isChecking = true;
    show("saving");
    try {
      await keepHere();
      let found = await session.check();
      if (found.state === "nobody") {
        show("signedOut");
        if (!(await session.signIn())) return;
        found = await session.check();
      }
      if (found.state === "other") return show("somebodyElse", { name: found.name });
      if (found.state !== "same") return retry("unsaved");
      failures = 0;
      if (turn > there) await keepThere();
      show("saving");
      if (turn === there) await device.remove(key);
      isPassing = true;
      form.requestSubmit(submitter);
    } finally {
      isChecking = false;
    }
  }

  /* What is typed from here on is not part of what was sent: it goes under a key of its own. */
  function turnOver() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    key = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    key = [key.slice(0, 8), key.slice(8, 12), `4${key.slice(13, 16)}`, `a${key.slice(17, 20)}`, key.slice(20)].join("-");
    there = here = turn;
    setTimeout(() => (form.elements.namedItem("key").value = key));
  }
  addEventListener("submit", (event) => {
    if (event.target !== form || !isPassing) return;
    isPassing = false;
    if (!event.defaultPrevented) turnOver();
  });

  window.desk.buffer = {
    changed,
    keepThere,
    post,
    message,
    key: () => key,
    isTouched: () => turn > 0,
  };

  // A form that came back unsaved is kept as it stands, unless the server has it already.
  if (form.hasAttribute("data-unsaved")) {
    if (own) [keptAt] = [Date.parse(own.keptAt) - offset];
    else changed();
  }
  show(own && form.hasAttribute("data-unsaved") ? "kept" : state.kind);
})();
