/* Words that were typed and not saved are offered back: looked at, put back into the form, or thrown away. */
(() => {
  "use strict";

  if (!window.desk?.buffer) return;

  const { buffer, device, session, words } = window.desk;
  const { data, form } = words;
  const place = document.querySelector("[data-offers]");
  const template = document.querySelector("[data-offer-template]");
  const MOST_COPIES = 5;
  const offers = [];

  const language = window.deskLanguage;
  const named = (sentence, names) => interpolate(sentence, names, true);
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: data.zone });
  const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: data.zone });
  function when(at) {
    const today = day.format(new Date(data.now));
    const time = clock.format(at);
    if (day.format(at) === today) return named(gettext("today %(time)s"), { time });
    return named(gettext("%(day)s, %(time)s"), { day: day.format(at), time });
  }

  /* What the server makes of words: cleaned, and whether they are anything new. `copy` is of this device. */
  async function ask({ key, copy }, what = "offer") {
    const address = data.addresses[what].replace("00000000-0000-0000-0000-000000000000", key);
    const options = { headers: { Accept: "application/json", "X-CSRFToken": session.token() }, redirect: "manual" };
    if (copy) Object.assign(options, { method: "POST", body: message(copy) });
    const answer = await fetch(address, options);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return what === "offer" ? answer.json() : answer.text();
  }

  function message({ fields, version, revision, at }) {
    const posted = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (Array.isArray(value)) {
        posted.append(`${name}-shown`, "1");
        value.forEach((each) => posted.append(name, each));
      } else posted.append(name, value);
    }
    posted.append("version", version ?? "");
    posted.append("revision", revision ?? "");
    posted.append("typed_at", new Date(at).toISOString());
    return posted;
  }

  /* An offer as a copy of this device would hold it. */
  const asCopy = (offer, found) => ({
    key: offer.key,
    fields: words.fieldsOf(found),
    version: found.base.version,
    revision: found.base.revision,
    at: offer.at,
  });

  async function forget(offer) {
    const copy = offer.copy?.key || (data.isNew && offer.key);
    if (copy) await device.remove(copy);
    if (offer.keptAt) {
      const posted = new FormData();
      posted.append("known", offer.keptAt);
      posted.append("key", offer.key);
      await buffer.post("drop", posted, { of: offer.key });
      offer.keptAt = "";
    }
  }

  /* One banner. */
  function show(offer) {
    const section = template.content.firstElementChild.cloneNode(true);
    const part = (name) => section.querySelector(`[data-offer-${name}]`);
    offer.section = section;
    describe(offer);
    part("look").addEventListener("click", () => look(offer, part("look"), part("difference")));
    part("put").addEventListener("click", () => putBack(offer));
    part("drop").addEventListener("click", () => throwAway(offer));
    part("undo").addEventListener("click", () => undo(offer));
    place.append(section);
    place.hidden = false;
  }

  function describe(offer) {
    offer.isDone = false;
    const isFirst = offers.filter((each) => !each.isDone)[0] === offer;
    let sentence = isFirst
      ? gettext("You have words from %(when)s that are not saved.")
      : gettext("Another copy of unsaved words, from %(when)s.");
    if (data.isNew) sentence = gettext("You have a story that was never saved: “%(headline)s”, from %(when)s.");
    tell(offer, named(sentence, offer), { isDone: false });
  }

  function tell(offer, sentence, { isDone, undoes = false }) {
    offer.isDone = isDone;
    offer.section.querySelector("[data-offer-words]").textContent = sentence;
    offer.section.querySelector("[data-offer-buttons]").hidden = isDone;
    offer.section.querySelector("[data-offer-undo]").hidden = !undoes;
    if (isDone) offer.section.querySelector("[data-offer-difference]").hidden = true;
  }

  function fail(offer) {
    const complaint = offer.section.querySelector("[data-offer-complaint]");
    complaint.hidden = false;
    complaint.textContent = gettext("The server cannot be reached. These words stay where they are: try again in a moment.");
  }

  async function trying(offer, work) {
    offer.section.querySelector("[data-offer-complaint]").hidden = true;
    try {
      await work();
    } catch {
      fail(offer);
    }
  }

  function look(offer, button, shown) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    return trying(offer, async () => {
      if (!isOpen && !shown.hasChildNodes()) {
        const answered = new DOMParser().parseFromString(await ask(offer, "difference"), "text/html");
        shown.replaceChildren(...answered.body.childNodes);
      }
      button.setAttribute("aria-expanded", String(!isOpen));
      shown.hidden = isOpen;
    });
  }

  function putBack(offer) {
    return trying(offer, async () => {
      offer.found ??= await ask(offer);
      if (data.isNew && !offer.found.is_unsaved) {
        await forget(offer);
        tell(offer, gettext("Nothing of this is left to save: it is among your stories already."), { isDone: true });
        return;
      }
      if (buffer.isTouched()) await keepWhatIsInTheForm();
      await words.fill(offer.found);
      tell(offer, gettext("They are back in the form. Save to store them."), { isDone: true });
      buffer.changed();
      if (await buffer.keepThere()) {
        // Where they were is no longer needed: this form holds them, and the server has its words.
        if (data.isNew) await forget(offer);
        else if (offer.copy) await device.remove(offer.copy.key);
      }
      form.elements.namedItem("headline")?.focus();
    });
  }

  /* What was typed since the form was opened is not lost to what is put back over it. */
  async function keepWhatIsInTheForm() {
    const copy = { key: `${buffer.key()}-${Date.now()}`, fields: words.read(), ...words.base(), at: serverTime() };
    if (!(await device.put(copy))) return;
    const offer = { key: buffer.key(), copy, at: copy.at, when: when(copy.at), headline: copy.fields.headline };
    offers.push(offer);
    show(offer);
  }

  const offset = Date.parse(data.now) - Date.now();
  const serverTime = () => Date.now() + offset;

  function throwAway(offer) {
    return trying(offer, async () => {
      offer.found ??= await ask(offer);
      await forget(offer);
      tell(offer, gettext("Thrown away."), { isDone: true, undoes: true });
      offer.section.querySelector("[data-offer-undo]").focus();
    });
  }

  function undo(offer) {
    return trying(offer, async () => {
      offer.copy = { ...asCopy(offer, offer.found), key: `${offer.key}-${offer.at}` };
      await device.put(offer.copy);
      describe(offer);
      offer.section.querySelector("[data-offer-put]").focus();
    });
  }

  /* The buffer is about to be written over: what it offers here is copied to this device first. */
  window.desk.isOffering = () => isGathering || offers.some((offer) => offer.keptAt && !offer.copy && !offer.isDone && !data.isNew);
  window.desk.beforeKeeping = async () => {
    await gathering;
    for (const offer of offers) {
      if (data.isNew || !offer.keptAt || offer.copy || offer.isDone) continue;
      offer.found ??= await ask(offer);
      const copy = { ...asCopy(offer, offer.found), key: `${offer.key}-${offer.at}` };
      if (!(await device.put(copy))) {
        throw Object.assign(new Error(gettext("Say first what becomes of the unsaved words above.")), { name: "Undecided" });
      }
      Object.assign(offer, { copy, keptAt: "" });
    }
  };

  /* What another window wrote into the buffer, before this one writes over it. */
  window.desk.setAside = async () => {
    const found = await ask({ key: buffer.key() });
    if (!found.kept_at) return;
    const at = Date.parse(found.kept_at);
    const offer = { key: `${buffer.key()}-${at}`, at, when: found.when, found, headline: found.values.headline };
    offer.copy = asCopy(offer, found);
    await device.put(offer.copy);
    offers.push(offer);
    show(offer);
  };

  /* What there is to offer when the form opens. */
  async function gather() {
    const mine = buffer.key();
    const onServer = data.unsaved
      .filter((each) => each.key !== mine)
      .map((each) => ({ ...each, at: Date.parse(each.keptAt) }));
    const copies = (await device.all()).filter((copy) => copy.key !== mine).slice(0, MOST_COPIES);
    const found = data.isNew ? ofNewStories(onServer, copies) : await ofThisStory(onServer, copies);
    found.sort((one, other) => other.at - one.at);
    const wanted = new URLSearchParams(location.search).get("unsaved");
    found.sort((one, other) => (other.key === wanted) - (one.key === wanted));
    offers.push(...found);
    found.forEach(show);
  }

  /* The same form may have left words on the server and here: the newer ones count. */
  function ofNewStories(onServer, copies) {
    const here = copies.map((copy) => ({
      key: copy.key.slice(0, 36),
      copy,
      at: copy.at,
      when: when(copy.at),
      headline: copy.fields.headline?.trim() || gettext("A story without a headline"),
    }));
    const newest = onServer.map((each) => {
      const newer = here.find(({ copy }) => copy.key === each.key && copy.at > each.at);
      return newer ? { ...newer, keptAt: each.keptAt } : each;
    });
    return [...newest, ...here.filter(({ copy }) => !onServer.some((each) => each.key === copy.key))];
  }

  async function ofThisStory(onServer, copies) {
    const here = copies.map((copy) => ({ key: copy.key, copy, at: copy.at, when: when(copy.at) }));
    const found = [];
    for (const offer of [...onServer, ...here]) {
      try {
        offer.found = await ask(offer);
      } catch {
        found.push(offer); // better offered without need than lost
        continue;
      }
      offer.when = offer.found.when || offer.when;
      const isKnown = found.some((each) => each.found && saysTheSame(each.found, offer.found));
      if (!offer.found.is_unsaved) await forget(offer).catch(() => {});
      else if (isKnown) await device.remove(offer.copy.key);
      else if (!words.isAsItCame(offer.found)) found.push(offer);
    }
    return found;
  }

  const saysTheSame = (one, other) => ["values", "rows", "photo"].every((part) => JSON.stringify(one[part]) === JSON.stringify(other[part]));

  let isGathering = true;
  const gathering = gather().finally(() => (isGathering = false));
})();
