/* The newsroom's clock on the wall, whatever the zone of the browser: an instant is shown on it, and a wall time
   ("2026-02-03T12:00") is counted on as if every day had 24 hours. */
window.deskWall = (zone) => {
  "use strict";

  const shown = new Intl.DateTimeFormat(window.deskLanguage, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  // Read by the script and by nobody else: its language does not matter, only that it is always the same.
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

  const instantInWords = (instant) => shown.format(instant);

  function wallOf(instant) {
    const found = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
    return `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
  }

  function addToWall(wall, milliseconds) {
    return new Date(Date.parse(`${wall}:00Z`) + milliseconds).toISOString().slice(0, 16);
  }

  function wallInWords(wall) {
    const day = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" };
    const words = new Date(`${wall}:00Z`).toLocaleDateString(window.deskLanguage, day);
    return interpolate(gettext("%(day)s, %(time)s"), { day: words, time: wall.slice(11) }, true);
  }

  return { instantInWords, wallOf, addToWall, wallInWords };
};
