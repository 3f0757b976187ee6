/* What readers' pages gain from a script: sharing, and a menu that closes by itself. Everything works without it. */

/* Share by the device's own sheet; where there is none, or it fails, the address goes to the clipboard. */
function share(place) {
  const said = place.querySelector("[role=status]");
  const url = document.querySelector("link[rel=canonical]").href;
  const title = document.querySelector("h1").textContent.trim();
  let quiet = 0;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      said.textContent = place.dataset.copied;
    } catch {
      said.textContent = url;
    }
    clearTimeout(quiet);
    quiet = setTimeout(() => { said.textContent = ""; }, 6000);
  };

  place.querySelector("button").addEventListener("click", async () => {
    if (!navigator.share) {
      await copy();
      return;
    }
    try {
      await navigator.share({ title, url });
    } catch (refusal) {
      // Who closes the sheet has changed their mind, and wants nothing copied.
      if (refusal.name !== "AbortError") await copy();
    }
  });
  place.classList.add("share--ready");
}

function closeByItself(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

for (const place of document.querySelectorAll("[data-share]")) share(place);
for (const menu of document.querySelectorAll("[data-menu]")) closeByItself(menu);
