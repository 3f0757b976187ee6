/* Links to our own stories while they are edited: how they are held, which of them readers cannot open, and addresses of
   ours that come in with pasted text. Other scripts find what is here as `CKEDITOR.plugins.ownLinks`.

   In what is saved such a link is only its story's identity, `<a data-article="ID">`. While it is edited it has an
   address as well, so that browser and editor treat it as the link that it is. */
(() => {
  "use strict";

  const form = document.querySelector("[data-links-url]");
  if (!form || !window.CKEDITOR) return;

  const { CKEDITOR } = window;
  const HERE = "#";

  async function ask(pairs) {
    const address = new URL(form.dataset.linksUrl, location.origin);
    for (const [name, value] of pairs) address.searchParams.append(name, value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).results;
  }

  const host = (address) => new URL(address).host.replace(/^www\./, "");

  /* Whether an address may be that of a story of ours; which one, the server says. */
  function mayBeOurs(address) {
    if (/^\/(?!\/)./.test(address)) return true;
    try {
      return /^https?:/i.test(address) && [host(form.dataset.site), host(location.href)].includes(host(address));
    } catch {
      return false;
    }
  }

  function lead(link, target) {
    for (const name of ["href", "rel", "data-article", "data-cke-saved-href"]) link.removeAttribute(name);
    for (const [name, value] of Object.entries(attributesOf(target))) link.setAttribute(name, value);
  }

  function attributesOf(target) {
    if (target.id) return { "data-article": String(target.id), href: HERE };
    return { href: target.href, "data-cke-saved-href": target.href };
  }

  /* Which links are to stories that readers cannot open now: marked in the text by rules, so that the text is untouched. */

  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];
  const known = new Map();

  function remember(stories) {
    for (const story of stories) known.set(String(story.id), story.live);
    const shut = [...known].filter(([, live]) => !live).map(([id]) => `[data-article="${id}"]`);
    const words = JSON.stringify(` ${gettext("not live")}`);
    marks.replaceSync(shut.length ? `.cke_wysiwyg_div a:is(${shut.join()}) { --own-link: ${words}; }` : "");
  }

  async function mark(editor) {
    const body = editor.editable()?.$;
    const ids = new Set([...(body?.querySelectorAll("a[data-article]") || [])].map((each) => each.dataset.article));
    const unknown = [...ids].filter((id) => !known.has(id)).slice(0, 200);
    if (!unknown.length) return;
    remember(await ask([["ids", unknown.join()]]).catch(() => []));
  }

  /* Addresses of ours that came in with pasted text become links by identity at once; a save would do the same. */

  const stories = new Map(); // by address; null where there is none that this person may know

  async function adopt(editor) {
    const body = editor.editable()?.$;
    const address = (each) => each.getAttribute("data-cke-saved-href") || each.getAttribute("href") || "";
    const links = [...(body?.querySelectorAll("a[href]:not([data-article])") || [])];
    const unknown = new Set(links.map(address).filter((each) => mayBeOurs(each) && !stories.has(each)));
    const asked = [...unknown].slice(0, 20);
    if (asked.length) {
      const found = await ask(asked.map((each) => ["address", each])).catch(() => []);
      asked.forEach((each) => stories.set(each, null));
      found.forEach((each) => stories.set(each.address, each));
      remember(found);
    }
    const ours = links.filter((each) => body.contains(each) && stories.get(address(each)));
    ours.forEach((each) => lead(each, stories.get(address(each))));
    if (ours.length) {
      editor.fire("updateSnapshot");
      editor.fire("change");
    }
    if (unknown.size > asked.length) adopt(editor);
  }

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    let pause = 0;

    editor.on("pluginsLoaded", () => {
      editor.dataProcessor.dataFilter.addRules({
        elements: { a: ({ attributes }) => void (attributes["data-article"] && (attributes.href = HERE)) },
      });
      editor.dataProcessor.htmlFilter.addRules({
        elements: {
          a: ({ attributes }) => {
            if (!attributes["data-article"]) return;
            delete attributes.href;
            delete attributes["data-cke-saved-href"];
          },
        },
      });
    });
    editor.on("afterPaste", () => adopt(editor));
    editor.on("instanceReady", () => mark(editor));
    editor.on("change", () => {
      clearTimeout(pause);
      pause = setTimeout(() => mark(editor), 800);
    });
  });

  // A story may have gone live or been withdrawn while one was elsewhere.
  window.addEventListener("focus", () => {
    known.clear();
    Object.values(CKEDITOR.instances).forEach(mark);
  });

  CKEDITOR.plugins.ownLinks = { ask, mayBeOurs, attributesOf, lead, remember, adopt };
})();
