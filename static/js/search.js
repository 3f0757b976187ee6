/* Suggestions while somebody types: the ARIA 1.2 combobox. Enter sends the form, unless an option is chosen. */
const { assign } = Object;
const make = (tag) => document.createElement(tag);

function offer(form) {
  const box = form.querySelector("[name=q]");
  const said = form.querySelector("[role=status]");
  const list = make("ul");
  let asked, waiting, chosen;

  const choose = (option) => {
    if (chosen) chosen.ariaSelected = "false";
    chosen = option;
    if (chosen) chosen.ariaSelected = "true";
    chosen?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", chosen?.id ?? "");
  };
  const open = (is) => {
    list.hidden = !is;
    box.ariaExpanded = String(is);
  };
  const stop = () => {
    clearTimeout(waiting);
    asked?.abort();
  };
  const close = () => {
    stop();
    choose();
    open(false);
    said.textContent = "";
  };
  const row = ({ name, what, path, language }, place) => {
    const option = assign(make("li"), { id: `${list.id}-${place}`, role: "option", ariaSelected: "false" });
    option.dataset.path = path;
    option.append(assign(make("span"), { textContent: name, lang: language, dir: "auto" }), ` ${what}`);
    return option;
  };
  const ask = async () => {
    asked = new AbortController();
    try {
      const address = `${form.dataset.search}?q=${encodeURIComponent(box.value)}`;
      const { suggestions } = await (await fetch(address, asked)).json();
      choose();
      list.replaceChildren(...suggestions.map(row));
      open(suggestions.length > 0);
      said.textContent = list.firstChild ? form.dataset.some.replace("%d", suggestions.length) : form.dataset.none;
    } catch {} // asked anew meanwhile, or no line
  };
  const go = (option) => location.assign(option.dataset.path);

  assign(list, { id: `${box.id}-list`, role: "listbox", ariaLabel: form.dataset.list, hidden: true });
  box.after(list);
  assign(box, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  box.setAttribute("aria-controls", list.id);

  box.addEventListener("input", () => {
    stop();
    if (box.value.trim()[1]) waiting = setTimeout(ask, 150);
    else close();
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const { key } = event;
    const options = [...list.children];
    const at = options.indexOf(chosen);
    const next = { ArrowDown: at + 1, ArrowUp: (chosen ? at : options.length) - 1 }[key];
    if (event.isComposing) return;
    if (next !== undefined && options[0]) {
      open(true);
      choose(options[next]);
    } else if (key === "Escape" && !list.hidden) close();
    else if (key === "Enter" && chosen) go(chosen);
    else return;
    event.preventDefault();
  });
  // The box keeps its focus: else the list would close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => go(target.closest("li")));
}

document.querySelectorAll("[data-search]").forEach(offer);
