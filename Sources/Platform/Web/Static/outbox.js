// The outbox: what a person does without network is kept on the telephone and sent, once and in order, when it is back.
// What pages show of it is in outbox-bar.js. The service worker loads this file as well, and sends where no page is open.
//
// Outbox.send({url, fields | json, method, key, label, page, quiet, id}) → Promise<{state, key, status, url, body, problem}>
//   url     where it goes, a path of this site. method: "POST" where nothing is said.
//   fields  a form: an object, a FormData or [name, value] pairs; a File is sent as a file. Or json: a body for /api/v1.
//           Leave the form token out: a fresh one is sent with each try.
//   key     16 to 64 visible characters; `Outbox.newKey()` makes one where there is none. It is sent as the field
//           `idempotency_key` of a form and as the header `Idempotency-Key` of JSON, the same with each try. The server
//           must answer a key that it has seen as it did before: that is what "once" rests on.
//   label   what the person calls it while it waits, in the language of the page: "订单：周三鲜菜".
//   page    where a refusal can be put right; the present page where nothing is said.
//   quiet   true where the page tells what was sent, so that nothing of it stays here to be seen later.
//   id      the kept entry (a draft, or one that was refused) that this takes the place of.
//   It is written down first and then tried, so that neither a closed page nor an empty battery loses it. The state is then
//   "sent"     the server has it. `url` is the page that it led to, `body` the JSON that it answered.
//   "waiting"  no answer yet. It stays in the outbox and is sent later.
//   "sign-in"  it stays in the outbox until the same person is signed in again.
//   "refused"  the server said no (4xx); `problem` is {title, detail, errors: [{field, message}]}. Where this page was there
//              to hear it, it is not kept: show it beside what was typed. A draft, and what is refused later, stays.
//   It fails where nobody is signed in and on a shared tablet, which keep nothing: send the plain form there.
//
// Outbox.keep({url, label, page, id}, change) → Promise<id>   a draft: kept here until it is sent by `send({…, id})`. There is
//   one for each url; `change(fields)` gives its new pairs, or null to take it out.
// Outbox.own() → Promise<[entry]>   what is kept of the person on this page, in order; entry: {id, key, url, label, fields,
//   state, at, page, problem, result}, state: draft, waiting, sign-in, refused, sent. Outbox.entries(): of everybody.
// Outbox.flush() → Promise   tries all that waits. Outbox.drop(id) → Promise   takes one entry out.
// document "outbox" event    after every change; detail: the entry, with `body`; state also: dropped.
//
// A page that uses it names it: Page(…, scripts: ["outbox.js", "its-own.js"]). Other pages load it while something waits.
// What belongs to one person is never sent as another: each entry carries its owner, and waits for them. Signing out, and
// clearing the site's data, empties the outbox; the person is asked first. When something was sent, the worker fetches anew
// the copy that it keeps of the page it was written on, because that page says something else now.
"use strict";

self.Outbox ??= (() => {
  const inPage = typeof document !== "undefined";
  const owner = () => (inPage ? document.querySelector("script[data-owner]")?.dataset.owner || null : null);
  const patience = 10_000;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("outbox");

  // What is kept

  let opened = null;
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open("outbox", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id", autoIncrement: true });
      asked.onsuccess = () => {
        // Clearing the site's data closes what is open.
        asked.result.onclose = () => (opened = null);
        asked.result.onversionchange = () => {
          asked.result.close();
          opened = null;
        };
        resolve(asked.result);
      };
      asked.onerror = () => {
        opened = null;
        reject(asked.error);
      };
    }));

  const store = async (mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      // Strict: what was acknowledged survives an empty battery.
      const transaction = database.transaction("entries", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("entries"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };
  const entries = () => store("readonly", (kept) => kept.getAll());
  const own = async () => (await entries()).filter((entry) => entry.owner === owner());

  // Changes one entry in one transaction. `change` is given the entry, or undefined, and gives what is to be kept, or null.
  const amend = async (isMeant, change) => {
    let next = null;
    await store("readwrite", (kept) => {
      const asked = kept.getAll();
      asked.onsuccess = () => {
        const old = asked.result.find(isMeant);
        next = change(old);
        if (next) kept.put(next).onsuccess = ({ target }) => (next = { ...next, id: target.result });
        else if (old) kept.delete(old.id);
      };
      return asked;
    });
    tell(next ?? { state: "dropped" });
    return next?.id;
  };

  const tell = (detail, isEcho = false) => {
    if (inPage) document.dispatchEvent(new CustomEvent("outbox", { detail }));
    if (!isEcho) channel?.postMessage(detail);
  };
  if (channel) channel.onmessage = (event) => tell(event.data, true);

  const save = async (entry) => {
    const id = await store("readwrite", (kept) => kept.put(entry));
    tell({ ...entry, id });
    return id;
  };
  // What is told of an entry that goes is its last state.
  const remove = async (entry) => {
    await store("readwrite", (kept) => kept.delete(entry.id));
    tell(entry);
  };
  const drop = async (id) => {
    const entry = (await entries()).find((kept) => kept.id === id);
    if (entry) await remove({ ...entry, state: "dropped" });
  };

  // Sending

  const pass = async () => {
    const answer = await fetch("/form-token", {
      headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) throw new Error(`no form token: ${answer.status}`);
    return answer.json();
  };

  const body = ({ fields, json, key }) => {
    if (json !== undefined) return JSON.stringify(json);
    const pairs = [...fields.filter(([name]) => name !== "idempotency_key"), ["idempotency_key", key]];
    const hasFile = pairs.some(([, value]) => typeof value !== "string");
    const form = hasFile ? new FormData() : new URLSearchParams();
    for (const [name, value] of pairs) form.append(name, value);
    return form;
  };

  const post = (entry, token) => {
    const headers = { Accept: "application/json", "X-CSRF-Token": token };
    if (entry.json !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["Idempotency-Key"] = entry.key;
    }
    return fetch(entry.url, {
      method: entry.method, headers, body: body(entry), credentials: "same-origin", signal: AbortSignal.timeout(30_000),
    });
  };

  const read = async (answer) => {
    const isJSON = /json/.test(answer.headers.get("Content-Type") ?? "");
    return isJSON ? await answer.json().catch(() => null) : null;
  };

  // One try. A redirect is the server's way of saying that a form was taken.
  const attempt = async (entry, token) => {
    const answer = await post(entry, token);
    const status = answer.status;
    const said = await read(answer);
    if (answer.redirected && !new URL(answer.url).pathname.startsWith("/sign-in")) {
      return { state: "sent", status, url: answer.url, body: said };
    }
    if (answer.ok && !answer.redirected) return { state: "sent", status, url: answer.url, body: said };
    if (status === 401 || answer.redirected) return { state: "sign-in", status };
    if (status === 403 && said?.code === "form.forged") return { state: "forged", status };
    if (status >= 500 || status === 408 || status === 425 || status === 429) return { state: "waiting", status };
    const problem = said?.title ? { title: said.title, detail: said.detail ?? "", errors: said.errors ?? [] } : null;
    return { state: "refused", status, problem: problem ?? { title: String(status), detail: "", errors: [] } };
  };

  // The pages that wait for an answer, by entry.
  const listeners = new Map();

  const settle = async (entry, { state, status, problem = null, url, body = null }) => {
    const hear = listeners.get(entry.id);
    hear?.({ state, key: entry.key, status, problem, url, body });
    const isOver = state === "sent" ? hear || entry.quiet : state === "refused" && hear && !entry.isDraft;
    if (isOver) return remove({ ...entry, state, problem, body });
    if (state === entry.state) return;
    // What was sent is remembered until the person has seen it, without what was written in it.
    const change = { state, problem, result: state === "sent" ? url : null, ...(state === "sent" ? { fields: [], json: undefined } : {}) };
    // It may have been taken out, or become another, while it was under way.
    await amend((old) => old.id === entry.id, (old) => old && (old.key === entry.key ? { ...old, ...change } : old));
  };

  // The worker's own function, or a word to it.
  const refresh = (pages) => {
    const paths = pages.map((page) => new URL(page, location.origin).pathname);
    if (paths.length === 0) return undefined;
    if (inPage) return navigator.serviceWorker?.controller?.postMessage({ refresh: paths });
    return self.refreshCopies(paths);
  };

  const sendAll = async () => {
    const waiting = (await entries()).filter(({ state }) => state === "waiting" || state === "sign-in");
    if (waiting.length === 0) return;
    let { owner: person, form_token: token } = await pass();
    const attemptAs = (entry) => (person !== null && entry.owner === person ? attempt(entry, token) : { state: "sign-in" });
    const sent = [];
    try {
      for (const entry of waiting) {
        let outcome = await attemptAs(entry);
        if (outcome.state === "forged") {
          ({ owner: person, form_token: token } = await pass());
          outcome = await attemptAs(entry);
          if (outcome.state === "forged") outcome = { state: "waiting" };
        }
        if (outcome.state === "sent") sent.push(entry.page);
        await settle(entry, outcome);
        if (outcome.state === "waiting") return;
      }
    } finally {
      await refresh(sent);
    }
  };

  // One page or worker sends at a time; the key would keep a doubled try harmless where a browser has no locks.
  let sending = null;
  const flush = () =>
    (sending ??= (navigator.locks ? navigator.locks.request("outbox", sendAll) : sendAll())
      .catch(() => {})
      .finally(() => (sending = null)));

  const newKey = () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/[+/=]/g, (mark) =>
      ({ "+": "-", "/": "_", "=": "" })[mark]);

  const pairs = (fields) => {
    const list = Array.isArray(fields) ? fields : fields instanceof FormData ? [...fields] : Object.entries(fields ?? {});
    return list.filter(([name]) => name !== "form_token").map(([name, value]) =>
      [name, typeof value === "object" && value instanceof Blob ? value : String(value)]);
  };

  // Tries one entry that was just written down, and says how it stands then.
  const tried = async ({ id, key, quiet }) => {
    const find = async () => (await entries()).find((kept) => kept.id === id);
    // Sending that was under way had begun without this entry.
    const isUnderWay = sending !== null;
    await flush();
    let kept = await find();
    if (isUnderWay && kept?.state === "waiting") {
      await flush();
      kept = await find();
    }
    // The service worker may have been quicker; of a quiet one it leaves nothing.
    if (kept?.state === "sent" || (kept?.state === "refused" && !kept.isDraft)) await remove(kept);
    return { state: kept?.state ?? (quiet ? "sent" : "waiting"), key, url: kept?.result, problem: kept?.problem };
  };

  const made = ({ url, fields, json, method = "POST", key = newKey(), label = "", page, quiet = false }) => {
    const { pathname, search } = new URL(url, location.origin);
    return {
      url: pathname + search, method, key, label, quiet, fields: json === undefined ? pairs(fields) : [], json,
      owner: owner(), at: Date.now(), state: "waiting", page: page ?? location.pathname + location.search,
      problem: null, result: null,
    };
  };

  const send = async ({ id: replaced, ...what }) => {
    const entry = made(what);
    if (entry.owner === null) throw new Error("nobody to keep it for");
    const id = replaced === undefined
      ? await save(entry)
      : await amend((old) => old.id === replaced, (old) => (old ? { ...entry, id: old.id, isDraft: old.isDraft } : entry));
    const heard = new Promise((resolve) => listeners.set(id, resolve));
    const late = new Promise((resolve) => setTimeout(resolve, patience, { state: "waiting", key: entry.key }));
    const outcome = await Promise.race([heard, late, tried({ ...entry, id })]);
    listeners.delete(id);
    if (outcome.state === "waiting") askForSync();
    return outcome;
  };

  const keep = ({ id, ...what }, change) => {
    const entry = { ...made(what), state: "draft", isDraft: true };
    const isMeant = (old) => id === undefined
      ? old.url === entry.url && old.owner === entry.owner && old.isDraft && ["draft", "refused"].includes(old.state)
      : old.id === id;
    return amend(isMeant, (old) => {
      const fields = change(old?.fields ?? []);
      return fields && { ...entry, ...(old ? { id: old.id, at: old.at } : {}), fields };
    });
  };

  const askForSync = async () => {
    try {
      const registration = await navigator.serviceWorker?.getRegistration("/");
      await registration?.sync?.register("outbox");
    } catch {
      // A browser without background sync sends when a page is open.
    }
  };

  return { send, keep, flush, drop, entries, own, newKey, owner };
})();
