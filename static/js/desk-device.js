/* Copies of unsaved words in this browser, each person's apart. Other scripts use `desk.device`. */
(() => {
  "use strict";

  const given = document.getElementById("desk-buffer-data");
  if (!given) return;

  const data = JSON.parse(given.textContent);
  const STORE = "copies";
  const DAYS_KEPT = 30;
  // Whose words for which story: nobody else who uses this browser is ever offered them.
  const where = `${data.person}/${data.story ?? "new"}`;
  let opening = null;
  let isAvailable = typeof indexedDB !== "undefined";

  function promised(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("newsroom-desk", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("where", "where");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
    return opening;
  }

  /* Runs `work` on the store; resolves once it is written. A browser that keeps nothing is remembered as such. */
  async function withStore(mode, work) {
    if (!isAvailable) return undefined;
    try {
      const transaction = (await open()).transaction(STORE, mode);
      const written = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      const result = await work(transaction.objectStore(STORE));
      await written;
      return result;
    } catch {
      isAvailable = false;
      return undefined;
    }
  }

  /* A copy is {key, fields, version, revision, at}; true if it is kept. */
  async function put(copy) {
    const kept = { ...copy, id: `${where}/${copy.key}`, where };
    await withStore("readwrite", (store) => promised(store.put(kept)));
    return isAvailable;
  }

  async function remove(key) {
    await withStore("readwrite", (store) => promised(store.delete(`${where}/${key}`)));
  }

  /* This person's copies for this story, newest first; what nobody came back for goes. */
  async function all() {
    const found = (await withStore("readonly", (store) => promised(store.index("where").getAll(where)))) || [];
    return found.sort((one, other) => other.at - one.at);
  }

  async function sweep() {
    const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
    await withStore("readwrite", async (store) => {
      for (const copy of await promised(store.getAll())) {
        if (copy.at < oldest) store.delete(copy.id);
      }
    });
  }

  window.desk = Object.assign(window.desk || {}, {
    device: { put, remove, all, isAvailable: () => isAvailable },
  });
  // Opened at once, so that the first words need not wait for it.
  sweep();
})();
