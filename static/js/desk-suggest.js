/* Suggestions beside the pickers of tags and related stories: worked out from what is typed, one click to take. */
(() => {
  "use strict";

  const form = document.querySelector("[data-suggest-url]");
  if (!form) return;

  const PAUSE = 2000;
  const LONGEST = 24000; // as much of a body as the server reads
  const KINDS = {
    tag_names: { most: 8, title: gettext("Suggested tags"), added: gettext("Added “%(label)s” to the tags.") },
    related: { most: 5, title: gettext("Suggested stories"), added: gettext("Added “%(label)s” to the related stories.") },
  };

  function make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  const status = make("p", { class: "desk-hidden", role: "status" });
  form.append(status);

  /* One list of suggestions, beside one picker. */
  function offers(box) {
    const name = box.dataset.suggest;
    const kind = KINDS[name];
    const picks = form.querySelector(`[name="${name}-shown"]`)?.closest("[data-picks]");
    if (!picks) return null;
    const title = make("p", { class: "desk-suggest__title", id: `suggest-${name}` }, kind.title);
    const list = make("ul", { class: "desk-suggest__list", "aria-labelledby": title.id });
    const dismissed = new Set();
    let found = [];
    box.append(title, list);

    const key = (value) => String(value).toLowerCase();
    const chosen = () => [...picks.querySelectorAll("[data-pick]")].map((row) => row.dataset.pick);
    /* What somebody is about to press must not move away from under the pointer or the focus. */
    const isInUse = () => list.contains(document.activeElement) || list.matches(":hover");

    function show() {
      const taken = new Set(chosen().map(key));
      const open = found.filter((each) => !taken.has(key(each.id)) && !dismissed.has(key(each.id)));
      list.replaceChildren(...open.slice(0, kind.most).map(row));
      box.hidden = !list.children.length;
    }

    function row(each) {
      const item = make("li", { class: "desk-suggest__item" });
      const take = make("button", { class: "desk-suggest__take", type: "button" });
      const words = make("span", { class: "desk-suggest__words" });
      words.append(make("span", {}, each.label), make("small", {}, each.hint));
      take.append(make("span", { class: "desk-suggest__plus", "aria-hidden": "true" }, "+"), words);
      const label = interpolate(gettext("Do not suggest “%(label)s”"), each, true);
      const dismiss = make("button", { class: "desk-pick__button", type: "button", "aria-label": label }, "×");
      take.addEventListener("click", () => {
        const hint = name === "related" ? each.hint : "";
        picks.dispatchEvent(new CustomEvent("desk-pick", { detail: { ...each, hint } }));
        status.textContent = interpolate(kind.added, each, true);
        next(item);
      });
      dismiss.addEventListener("click", () => {
        dismissed.add(key(each.id));
        status.textContent = interpolate(gettext("“%(label)s” is not suggested again."), each, true);
        next(item);
      });
      item.append(take, dismiss);
      return item;
    }

    /* The list without an item; the focus goes to the one that takes its place. */
    function next(item) {
      const place = [...list.children].indexOf(item);
      show();
      const after = list.children[Math.min(place, list.children.length - 1)];
      (after?.querySelector("button") || picks.querySelector("[data-picks-search]"))?.focus();
    }

    picks.addEventListener("change", () => {
      if (!isInUse()) show();
    });
    for (const left of ["focusout", "pointerleave"]) {
      list.addEventListener(left, () => setTimeout(() => isInUse() || show()));
    }
    return {
      name,
      chosen,
      take(results) {
        found = results;
        if (!isInUse()) show();
      },
    };
  }

  const lists = [...form.querySelectorAll("[data-suggest]")].map(offers).filter(Boolean);
  if (!lists.length) return;

  /* What is typed right now, saved or not. */
  function words() {
    const data = new FormData();
    const value = (name) => form.elements.namedItem(name)?.value || "";
    const body = Object.values(window.CKEDITOR?.instances || {})[0]?.editable()?.$;
    const blocks = [...(body?.children || [])].map((block) => block.textContent);
    data.set("csrfmiddlewaretoken", value("csrfmiddlewaretoken"));
    data.set("story", form.dataset.number);
    data.set("headline", value("headline").slice(0, 1000));
    data.set("standfirst", value("standfirst").slice(0, 1000));
    data.set("body", blocks.join("\n").slice(0, LONGEST));
    for (const { name, chosen } of lists) for (const each of chosen()) data.append(name, each);
    for (const each of new FormData(form).getAll("bylines")) data.append("bylines", each);
    return data;
  }

  let timer = 0;
  let turn = 0;
  let asked = "";

  async function ask() {
    const data = words();
    const question = JSON.stringify([...data]);
    if (question === asked || document.hidden || !(data.get("headline") + data.get("body")).trim()) return;
    asked = question;
    const mine = ++turn;
    try {
      const answer = await fetch(form.dataset.suggestUrl, { method: "POST", body: data });
      if (!answer.ok || mine !== turn) return;
      const found = await answer.json();
      for (const each of lists) each.take(found[each.name]);
    } catch {
      asked = ""; // another pause, another try
    }
  }

  function after(pause) {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  form.addEventListener("input", () => after(PAUSE));
  form.addEventListener("change", () => after(PAUSE));
  document.addEventListener("visibilitychange", () => after(PAUSE));
  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    editor.on("change", () => after(PAUSE));
    after(300);
  });
})();
