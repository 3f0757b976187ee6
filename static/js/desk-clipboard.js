/* What is in the clipboard: its HTML without the pictures, and the pictures apart.
 *
 * Pictures stand in the HTML as data: addresses (Firefox, LibreOffice, Word on the web), or only in the RTF beside it
 * (Word and Chrome), or as files beside hardly any HTML (one copied picture, a screenshot). Each is written as
 * `pasted:KEY` in the HTML, and `blob(KEY)` has its file. Nothing is fetched. */
(() => {
  "use strict";

  const DATA = "data:image/";
  const END_OF_ADDRESS = /[\s"'>)&]/g;
  const IMAGE = /(<img\b[^>]*?\ssrc\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
  const FEW = 20000; // characters: more HTML than goes with one picture

  class Clipboard {
    constructor({ html, text = "", rtf = "", files = [] }) {
      this.makers = new Map(); // key: how its file is made
      this.keys = new Map(); // address: key, so that a picture that comes twice is one
      this.text = text;
      const pictures = files.filter((file) => file.type.startsWith("image/"));
      this.html = this.#withoutData(html);
      if (pictures.length && this.#isHardlyAnything()) {
        this.html = pictures.map((file) => `<p><img src="${this.#hold(file, () => file)}"></p>`).join("");
      } else if (rtf) {
        this.html = this.#withPicturesOf(rtf);
      }
    }

    get isEmpty() {
      return !this.html.trim();
    }

    /* The file of a picture; null where it cannot be read. */
    blob(key) {
      try {
        return this.makers.get(key)?.() || null;
      } catch {
        return null;
      }
    }

    #hold(address, make) {
      let key = this.keys.get(address);
      if (key === undefined) {
        key = String(this.keys.size);
        this.keys.set(address, key);
        this.makers.set(key, make);
      }
      return `pasted:${key}`;
    }

    #withoutData(html) {
      const pieces = [];
      let from = 0;
      for (let at = html.indexOf(DATA); at >= 0; at = html.indexOf(DATA, from)) {
        const quote = html[at - 1];
        let end = -1;
        if (quote === '"' || quote === "'") {
          end = html.indexOf(quote, at);
        } else {
          END_OF_ADDRESS.lastIndex = at;
          end = END_OF_ADDRESS.exec(html)?.index ?? -1;
        }
        if (end < 0) end = html.length;
        const address = html.slice(at, end);
        pieces.push(html.slice(from, at), this.#hold(address, () => ofData(address)));
        from = end;
      }
      pieces.push(html.slice(from));
      return pieces.join("");
    }

    /* One picture and no words: then the file beside it is that picture. */
    #isHardlyAnything() {
      if (!this.html) return true;
      if (this.html.length > FEW) return false;
      const body = new DOMParser().parseFromString(this.html, "text/html").body;
      return !body.textContent.trim() && body.querySelectorAll("img").length <= 1;
    }

    /* Word writes the same pictures in the same order into the RTF. Where their number differs, none can be matched. */
    #withPicturesOf(rtf) {
      const images = imagesIn(this.html);
      if (images.every(({ address }) => address.startsWith("pasted:"))) return this.html;
      const pictures = window.deskRtfPictures(rtf);
      if (pictures.length !== images.filter(({ isDrawing }) => !isDrawing).length) return this.html;
      let number = -1;
      return this.html.replace(IMAGE, (whole, before) => {
        number += 1;
        const { address, isDrawing } = images[number];
        const { id, make } = isDrawing ? {} : pictures.shift();
        if (!make || address.startsWith("pasted:")) return whole;
        return `${before}"${this.#hold(id || make, make)}"`;
      });
    }
  }

  /* What is drawn in Word (ovals, arrows, groups of pictures) has an <img> as well, but no picture in the RTF. The
   * comment before the <img> says what it is, in VML. */
  function imagesIn(html) {
    let from = 0;
    return [...html.matchAll(IMAGE)].map((found) => {
      const between = html.slice(from, found.index);
      const vml = between.lastIndexOf("[if gte vml 1]");
      from = found.index + found[0].length;
      const isDrawing = vml >= 0 && !/<v:imagedata\b/i.test(between.slice(vml));
      return { address: found[2] ?? found[3] ?? found[4], isDrawing };
    });
  }

  function ofData(address) {
    const comma = address.indexOf(",");
    const [type, ...options] = address.slice("data:".length, comma).split(";");
    const data = address.slice(comma + 1);
    if (!options.includes("base64")) return new Blob([decodeURIComponent(data)], { type });
    const letters = atob(data);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return new Blob([bytes], { type });
  }

  window.DeskClipboard = Clipboard;
})();
