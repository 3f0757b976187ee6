/* The pictures in a piece of RTF, as Word puts them into the clipboard: PNG and JPEG written in hexadecimal digits. */
(() => {
  "use strict";

  const TOKEN = /[{}]|\\(?:([a-z]+)(-?\d+)? ?|[^a-z])/gi;
  const TYPES = { pngblip: "image/png", jpegblip: "image/jpeg" };
  // Headers, footers, the same picture once more for older programs, drawn shapes.
  const SKIPPED = /^(?:header|footer)[lrf]?$|^nonshppict$|^shprslt$/;

  /* Each picture in order: {id, make}, where `make` gives its file; without `make` it is of a kind that no browser
   * shows. The HTML beside the RTF has an <img> for each. */
  function pictures(rtf) {
    const found = [];
    let depth = 0;
    let skippedAt = 0; // the depth of a group that is passed over
    let picture = null;
    TOKEN.lastIndex = 0;
    for (let token = TOKEN.exec(rtf); token; token = TOKEN.exec(rtf)) {
      const [text, word, number] = token;
      if (text === "{") {
        depth += 1;
      } else if (text === "}") {
        if (picture?.depth === depth) {
          picture.end = token.index;
          add(found, picture, rtf);
          picture = null;
        }
        if (skippedAt === depth) skippedAt = 0;
        depth -= 1;
        if (picture?.depth === depth) picture.digits = TOKEN.lastIndex;
      } else if (word === "bin") {
        TOKEN.lastIndex += Number(number) || 0;
      } else if (picture) {
        read(picture, depth, word, number);
      } else if (!skippedAt && word === "pict") {
        picture = { depth, begin: token.index, digits: TOKEN.lastIndex, id: "", type: "", isShape: false };
      } else if (!skippedAt && SKIPPED.test(word)) {
        skippedAt = depth;
      }
    }
    return found;
  }

  /* A word inside a picture; its digits come behind the last of its own words and groups. */
  function read(picture, depth, word, number) {
    if (word === "defshp") picture.isShape = true;
    if (depth !== picture.depth) return;
    picture.digits = TOKEN.lastIndex;
    if (word === "bliptag") picture.id = number;
    if (TYPES[word]) picture.type = TYPES[word];
  }

  function add(found, { begin, digits, end, id, type, isShape }, rtf) {
    if (isShape || rtf.slice(begin, digits).includes("fHorizRule")) return;
    const last = found.at(-1);
    // The same picture in another format, right behind it.
    if (id && last?.id === id && last.type !== type) return;
    found.push({ id, type, make: type ? () => file(rtf.slice(digits, end), type) : null });
  }

  function file(digits, type) {
    const hex = digits.replace(/\s+/g, "");
    const bytes = new Uint8Array(hex.length >> 1);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = parseInt(hex.slice(2 * at, 2 * at + 2), 16);
    return new Blob([bytes], { type });
  }

  window.deskRtfPictures = pictures;
})();
