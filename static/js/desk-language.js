/* The language that the desk speaks, and English where its catalogue did not arrive: what is typed must be kept all the
 * same, and every script asks `gettext`, `ngettext` and `interpolate` for its words.
 *
 * The catalogue (newsroom/catalogue.py) comes before this. Dates and numbers are written by
 * `Intl…(window.deskLanguage)`; plain "en" would be American there. */
(() => {
  "use strict";

  const { lang } = document.documentElement;
  window.deskLanguage = lang && lang !== "en" ? lang : "en-GB";

  window.gettext ??= (text) => text;
  window.ngettext ??= (one, many, count) => (count === 1 ? one : many);
  window.interpolate ??= (sentence, names) => sentence.replace(/%\((\w+)\)s/g, (_, name) => String(names[name]));
})();
