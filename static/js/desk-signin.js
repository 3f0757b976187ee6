/* Who is signed in: asked before words are sent, and signing in again in place. Other scripts use `desk.session`. */
(() => {
  "use strict";

  const given = document.getElementById("desk-buffer-data");
  const dialog = document.querySelector("[data-sign-in]");
  if (!given || !dialog) return;

  const data = JSON.parse(given.textContent);
  const PATIENCE = 8000;
  const LOCKED = gettext("Too many wrong passwords. Wait a quarter of an hour, or ask whoever looks after logins.");
  const UNREACHABLE = gettext("The server cannot be reached. Try again in a moment.");
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  let settle = null;

  /* Every form of the page posts with the newest token: signing in makes the old one worthless. */
  function learn(fresh) {
    token = fresh;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = fresh));
  }

  /* "same", "other" (with their name), "nobody", or "unreachable". */
  async function check() {
    try {
      const answer = await fetch(data.addresses.session, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) return { state: "unreachable" };
      const found = await answer.json();
      learn(found.token);
      if (found.person === null) return { state: "nobody" };
      return { state: found.person === data.person ? "same" : "other", name: found.name };
    } catch {
      return { state: "unreachable" };
    }
  }

  const field = (name) => dialog.querySelector(`[name=${name}]`);
  const complaint = dialog.querySelector("[data-sign-in-complaint]");

  function complain(sentence) {
    complaint.textContent = sentence;
    complaint.hidden = !sentence;
    if (sentence) field("password").select();
  }

  /* Opens the dialog. Resolves to true once this page's person is signed in again, to false if they would rather not. */
  function signIn() {
    if (!dialog.open) {
      field("username").value = data.username;
      field("password").value = "";
      complain("");
      dialog.showModal();
      field("password").focus();
    }
    return new Promise((resolve) => {
      settle?.(false);
      settle = resolve;
    });
  }

  function done(isSignedIn) {
    const resolve = settle;
    settle = null;
    field("password").value = "";
    if (dialog.open) dialog.close();
    resolve?.(isSignedIn);
  }

  const other = (name) =>
    interpolate(gettext("%(other)s is signed in here. %(name)s has to sign in."), { other: name, name: data.name }, true);

  /* The desk's own sign-in, so that its throttling and its rules hold here as well. */
  async function send() {
    const before = await check();
    if (before.state === "same") return done(true);
    if (before.state === "other") return complain(other(before.name));
    if (before.state === "unreachable") return complain(UNREACHABLE);
    const answer = await fetch(data.addresses.signIn, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({
        csrfmiddlewaretoken: token,
        username: data.username,
        password: field("password").value,
      }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 429 || answer.status === 403) {
      const told = await answer.text();
      return complain(told && told.length < 300 && !told.includes("<") ? told : LOCKED);
    }
    const after = await check();
    if (after.state === "same") return done(true);
    if (after.state === "other") return complain(other(after.name));
    if (after.state === "unreachable") return complain(UNREACHABLE);
    return complain(gettext("This is not the password of that login. Try again."));
  }

  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = dialog.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await send();
    } catch {
      complain(UNREACHABLE);
    } finally {
      button.disabled = false;
    }
  });
  dialog.querySelector("[data-sign-in-later]").addEventListener("click", () => done(false));
  dialog.addEventListener("close", () => done(false));

  window.desk = Object.assign(window.desk || {}, { session: { check, signIn, token: () => token } });
})();
