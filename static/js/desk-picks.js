/* Lists of picks: search, add, order by drag or by keyboard, remove. Without this script the list still posts as it is. */
(() => {
  "use strict";

  const PAUSE = 180;

  function make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  function changed(root) {
    root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* A combobox: asks the server while somebody types, and hands over what is chosen. */
  function combobox(root, choose, options = {}) {
    const input = root.querySelector("[data-picks-search]");
    const list = root.querySelector("[data-picks-results]");
    if (!input) return;
    let results = [];
    let active = -1;
    let timer = 0;
    let asked = 0;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      active = -1;
    }

    function highlight(index) {
      active = index;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      if (index >= 0) {
        input.setAttribute("aria-activedescendant", list.children[index].id);
        list.children[index].scrollIntoView({ block: "nearest" });
      }
    }

    function show(found) {
      const typed = input.value.trim();
      const isKnown = found.some((each) => each.label.toLowerCase() === typed.toLowerCase());
      results = options.creates && typed && !isKnown ? [...found, { id: typed, label: typed, isNew: true }] : found;
      list.replaceChildren(
        ...results.map((each, place) => {
          const option = make("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" });
          if (each.image) option.append(make("img", { src: each.image, alt: "", width: 56, height: 42, loading: "lazy" }));
          const words = make("span", { class: "desk-picks__words" });
          words.append(make("span", {}, each.isNew ? interpolate(gettext("New tag “%(name)s”"), { name: each.label }, true) : each.label));
          if (each.hint) words.append(make("small", {}, each.hint));
          option.append(words);
          option.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            take(place);
          });
          return option;
        }),
      );
      if (!results.length) list.append(make("li", { class: "desk-picks__none" }, gettext("Nothing found")));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      if (results.length && typed) highlight(0);
    }

    function take(place) {
      choose(results[place]);
      input.value = "";
      close();
      input.focus();
    }

    async function ask() {
      const turn = ++asked;
      const address = new URL(root.dataset.searchUrl, location.origin);
      address.searchParams.set("q", input.value.trim());
      if (root.dataset.story) address.searchParams.set("story", root.dataset.story);
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        if (answer.ok && turn === asked && document.activeElement === input) show((await answer.json()).results);
      } catch {
        close();
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("focus", ask);
    input.addEventListener("blur", () => {
      asked += 1;
      close();
    });
    input.addEventListener("keydown", (event) => {
      const last = results.length - 1;
      if (event.key === "Enter") {
        event.preventDefault(); // never the form
        if (!list.hidden && active >= 0) take(active);
      } else if (list.hidden || last < 0) {
        return;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        highlight(active >= last ? 0 : active + 1);
      } else if (event.key === "ArrowUp") {
        event.preventDefault();
        highlight(active <= 0 ? last : active - 1);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
    });
  }

  function picks(root) {
    const chosen = root.querySelector("[data-picks-chosen]");
    const template = root.querySelector("template");

    function add(pick) {
      const existing = [...chosen.querySelectorAll("[data-pick]")].map((row) => row.dataset.pick.toLowerCase());
      if (existing.includes(String(pick.id).toLowerCase())) return;
      const row = template.content.firstElementChild.cloneNode(true);
      row.dataset.pick = pick.id;
      row.querySelector("[data-pick-label]").textContent = pick.label;
      row.querySelector("[data-pick-hint]").textContent = pick.hint || "";
      for (const button of row.querySelectorAll("[data-says]")) {
        button.setAttribute("aria-label", `${button.dataset.says}: ${pick.label}`);
      }
      chosen.append(row);
      setValue(row);
      changed(root);
    }

    /* What a row posts: its id, with the role after it where it has one. */
    function setValue(row) {
      const role = row.querySelector("[data-pick-role]");
      row.querySelector("[data-pick-value]").value = role ? `${row.dataset.pick}:${role.value}` : row.dataset.pick;
    }

    chosen.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const row = event.target.closest("[data-pick]");
      if (!button || !row) return;
      if (button.hasAttribute("data-pick-remove")) {
        const neighbour = row.nextElementSibling || row.previousElementSibling;
        row.remove();
        (neighbour?.querySelector("[data-pick-remove]") || root.querySelector("[data-picks-search]"))?.focus();
      } else if (button.hasAttribute("data-pick-up") && row.previousElementSibling) {
        row.previousElementSibling.before(row);
        button.focus();
      } else if (button.hasAttribute("data-pick-down") && row.nextElementSibling) {
        row.nextElementSibling.after(row);
        button.focus();
      }
      changed(root);
    });
    chosen.addEventListener("change", (event) => {
      if (event.target.matches("[data-pick-role]")) setValue(event.target.closest("[data-pick]"));
    });

    let dragged = null;
    chosen.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-pick]");
      if (!dragged) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.querySelector("[data-pick-label]").textContent);
      dragged.classList.add("is-dragged");
    });
    chosen.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-pick]");
      if (!dragged) return;
      event.preventDefault();
      if (!over || over === dragged) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(dragged);
      else over.after(dragged);
    });
    chosen.addEventListener("dragend", () => {
      dragged?.classList.remove("is-dragged");
      dragged = null;
      changed(root);
    });

    /* Other picks in the place of these. */
    root.addEventListener("desk:put", ({ detail }) => {
      chosen.replaceChildren();
      for (const pick of detail) {
        add(pick);
        const role = chosen.lastElementChild?.querySelector("[data-pick-role]");
        if (!role) continue;
        role.value = pick.role;
        setValue(chosen.lastElementChild);
      }
      changed(root);
    });

    // What is suggested elsewhere on the page is added as if it had been found here.
    root.addEventListener("desk-pick", (event) => add(event.detail));
    combobox(root, add, { creates: root.hasAttribute("data-creates") });
  }

  function photo(root) {
    const value = root.querySelector("[data-photo-value]");
    const shown = root.querySelector("[data-photo-shown]");
    const image = root.querySelector("[data-photo-image]");
    const label = root.querySelector("[data-photo-label]");
    const remove = root.querySelector("[data-photo-remove]");

    function set(pick) {
      value.value = pick ? pick.id : "";
      shown.hidden = !pick;
      if (pick) {
        image.src = pick.image || "";
        image.alt = pick.alt || "";
        label.textContent = pick.label;
      }
      changed(root);
    }

    remove?.addEventListener("click", () => set(null));
    // Django's popup for a new picture sets the hidden field by jQuery; what it is called is asked for.
    window.django?.jQuery(value).on("change", async () => {
      if (!value.value || value.value === shown.dataset.id) return;
      shown.dataset.id = value.value;
      const address = new URL(root.dataset.searchUrl, location.origin);
      address.searchParams.set("id", value.value);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok) set((await answer.json()).results[0]);
    });
    root.addEventListener("desk:put", ({ detail }) => {
      shown.dataset.id = detail ? detail.id : "";
      set(detail);
    });
    combobox(root, set);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-picks]").forEach(picks);
    document.querySelectorAll("[data-photo]").forEach(photo);
  });
})();
