/* The words in the story's form: reading all of them, and putting others in their place. Scripts use `desk.words`. */
(() => {
  "use strict";

  const form = document.querySelector("[data-story]");
  const given = document.getElementById("desk-buffer-data");
  if (!form || !given) return;

  const data = JSON.parse(given.textContent);
  const BEGAN = ["version", "revision", "was_slug", "was_assignee"];
  const input = (name) => form.elements.namedItem(name);
  const editor = () => window.CKEDITOR?.instances.id_body;

  /* The values by name, lists for fields with several; what is locked or not on the page is left out. */
  function read() {
    const posted = new FormData(form);
    const fields = {};
    for (const name of data.single) if (posted.has(name)) fields[name] = posted.get(name);
    for (const name of data.several) if (posted.has(`${name}-shown`)) fields[name] = posted.getAll(name);
    if ("body" in fields && editor()?.status === "ready") fields.body = editor().getData();
    return fields;
  }

  /* Which text the words began with. */
  const base = () => ({ version: input("version")?.value || "", revision: input("revision")?.value || "" });

  /* As the page came: what the server already has in the form. */
  const asItCame = read();

  /* Whether an offer says no more than the page said when it came. */
  function isAsItCame({ values, rows, photo }) {
    const same = (name, value) => String(asItCame[name] ?? "").replaceAll("\r\n", "\n") === value.replaceAll("\r\n", "\n");
    return (
      Object.entries(values).every(([name, value]) => same(name, value)) &&
      Object.entries(rows).every(([name, picks]) => String(asItCame[name] ?? "") === String(picks.map(posted))) &&
      (photo === undefined || same("lead_photo", String(photo?.id ?? "")))
    );
  }

  const posted = (pick) => (pick.role ? `${pick.id}:${pick.role}` : pick.id);

  /* What a buffer would hold of an offer: its words as fields again. */
  function fieldsOf({ values, rows, photo, began }) {
    const lists = Object.entries(rows).map(([name, picks]) => [name, picks.map(posted)]);
    return { ...values, ...Object.fromEntries(lists), ...began, ...(photo === undefined ? {} : { lead_photo: String(photo?.id ?? "") }) };
  }

  function tell(element) {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Puts an offer of the server, in which the body is cleaned, into the form. */
  async function fill({ values, rows, photo, began, base: from }) {
    for (const [name, value] of Object.entries(values)) {
      const element = input(name);
      if (!element || element.disabled || name === "body") continue;
      element.value = value;
      tell(element);
    }
    for (const [name, picks] of Object.entries(rows)) {
      input(`${name}-shown`)?.closest("[data-picks]").dispatchEvent(new CustomEvent("desk:put", { detail: picks }));
    }
    if (photo !== undefined) {
      input("lead_photo")?.closest("[data-photo]").dispatchEvent(new CustomEvent("desk:put", { detail: photo }));
    }
    // A save joins these words with what colleagues saved since they began.
    for (const [name, value] of Object.entries({ ...began, ...from })) {
      if (BEGAN.includes(name) && input(name) && value !== null) input(name).value = value;
    }
    if ("body" in values) await setBody(values.body);
  }

  function setBody(html) {
    const area = input("body");
    if (!area) return undefined;
    area.value = html;
    if (!editor()) return undefined;
    return new Promise((resolve) => {
      const set = () => editor().setData(html, { callback: resolve });
      if (editor().status === "ready") set();
      else editor().on("instanceReady", set);
    });
  }

  window.desk = Object.assign(window.desk || {}, {
    words: { data, form, read, base, fill, fieldsOf, isAsItCame, editor },
  });
})();
