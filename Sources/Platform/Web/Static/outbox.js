// The outbox: what a person does without network is kept on the telephone and sent, once and in order, when it is back.
//
// The contract
//
//   Outbox.send({url, fields | json, method, key, label, page}) → Promise<Result>
//     url     where it goes, a path of this site. method: "POST" where nothing is said.
//     fields  a form: an object, a FormData or [name, value] pairs; a File is sent as a file. Or
//     json    a body for /api/v1. Give one of the two. Leave the form token out: a fresh one is sent with each try.
//     key     the idempotency key, 16 to 64 visible characters; `Outbox.newKey()` makes one where there is none. It is sent
//             as the field `idempotency_key` of a form and as the header `Idempotency-Key` of JSON, the same with each try.
//             The server must answer a key that it has seen with the stored answer: that is what "once" rests on.
//     label   what the person calls it, in the language of the page: "订单：周三鲜菜". It is shown while it waits.
//     page    where a refusal can be put right; the present page where nothing is said.
//   It is written down first and then tried, so that neither a closed page nor an empty battery loses it.
//
//   Result  {state, key, status, url, body, problem}
//     "sent"     the server has it. `url` is the page that it led to, `body` the JSON that it answered.
//     "waiting"  no answer yet (no network, or a server that is busy). It stays in the outbox and is sent later.
//     "sign-in"  it stays in the outbox until the same person is signed in again; the bar has the link.
//     "refused"  the server said no (4xx) while this page was there to hear it. It is NOT kept: show `problem`
//                {title, detail, errors: [{field, message}]} beside what was typed. A refusal that comes later, when no
//                page waits for it, stays in the bar with "correct" and "drop".
//     "unkept"   there was no answer, and nothing is kept because nobody is signed in or this is a shared tablet.
//
//   Outbox.entries() → Promise<[{id, key, url, label, state, at, problem, result}]>   states: waiting, sign-in, refused, sent
//   Outbox.flush()   → Promise   tries all that waits, in order.
//   Outbox.drop(id)  → Promise   takes one entry out.
//   document "outbox" event      after every change; detail: {id, key, url, state, problem, result}.
//
//   A page that uses it names it: Page(…, scripts: ["outbox.js", "its-own.js"]). Other pages load it while something waits.
//
//   A form needs no script of its own: a button with data-outbox="label" sends its form through here. Where that was sent,
//   the browser goes to the page it led to; where it was refused, the form is sent in the plain way and comes back with
//   what is wrong. The same page without this script sends the form in the plain way.
//
// What belongs to one person is never sent as another: each entry carries its owner, and waits for them. Signing out, and
// clearing the site's data, empties the outbox; the person is asked first. The service worker loads this file as well and
// sends when the browser tells it that the network is back, also where no page is open.
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

  const tell = ({ id, key, url, state, problem, result }, isEcho = false) => {
    const detail = { id, key, url, state, problem, result };
    if (inPage) document.dispatchEvent(new CustomEvent("outbox", { detail }));
    if (!isEcho) channel?.postMessage(detail);
  };
  if (channel) channel.onmessage = (event) => tell(event.data, true);

  const save = async (entry) => {
    const id = await store("readwrite", (kept) => kept.put(entry));
    tell({ ...entry, id });
    return id;
  };
  const drop = async (id, entry = { id }) => {
    await store("readwrite", (kept) => kept.delete(id));
    tell({ ...entry, state: "dropped" });
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

  const settle = async (entry, outcome) => {
    const isHeard = listeners.has(entry.id);
    listeners.get(entry.id)?.({ key: entry.key, ...outcome });
    if (isHeard && (outcome.state === "sent" || outcome.state === "refused")) return drop(entry.id, entry);
    const { state, problem, url: result } = outcome;
    const next = { ...entry, state, problem: problem ?? null, result: state === "sent" ? result : null };
    // What was sent is remembered until the person has seen it, without what was written in it.
    if (state === "sent") Object.assign(next, { fields: [], json: undefined });
    if (state !== entry.state) await save(next);
  };

  const sendAll = async () => {
    const waiting = (await entries()).filter(({ state }) => state === "waiting" || state === "sign-in");
    if (waiting.length === 0) return;
    let { owner: person, form_token: token } = await pass();
    for (const entry of waiting) {
      let outcome = { state: "sign-in" };
      if (person !== null && entry.owner === person) {
        outcome = await attempt(entry, token);
        if (outcome.state === "forged") {
          ({ owner: person, form_token: token } = await pass());
          outcome = person === entry.owner ? await attempt(entry, token) : { state: "sign-in" };
          if (outcome.state === "forged") outcome = { state: "waiting" };
        }
      }
      await settle(entry, outcome);
      if (outcome.state === "waiting") return;
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

  const unkept = async (entry) => {
    try {
      const { form_token: token } = await pass();
      const outcome = await attempt(entry, token);
      return { key: entry.key, ...outcome, state: outcome.state === "forged" ? "unkept" : outcome.state };
    } catch {
      return { key: entry.key, state: "unkept" };
    }
  };

  // Tries one entry that was just written down, and says how it stands then.
  const tried = async (id, key) => {
    const find = async () => (await entries()).find((kept) => kept.id === id);
    // A round that was under way had begun without this entry.
    const isUnderWay = sending !== null;
    await flush();
    let kept = await find();
    if (isUnderWay && kept?.state === "waiting") {
      await flush();
      kept = await find();
    }
    // The service worker may have been quicker.
    if (kept?.state === "sent" || kept?.state === "refused") await drop(id, kept);
    return { state: kept?.state ?? "waiting", key, url: kept?.result, problem: kept?.problem };
  };

  const send = async ({ url, fields, json, method = "POST", key = newKey(), label = "", page }) => {
    const entry = {
      url: new URL(url, location.origin).pathname + new URL(url, location.origin).search, method, key, label,
      fields: json === undefined ? pairs(fields) : [], json, owner: owner(), at: Date.now(), state: "waiting",
      page: page ?? location.pathname + location.search, problem: null, result: null,
    };
    if (entry.owner === null) return unkept(entry);
    const id = await save(entry);
    const heard = new Promise((resolve) => listeners.set(id, resolve));
    const late = new Promise((resolve) => setTimeout(resolve, patience, { state: "waiting", key }));
    const outcome = await Promise.race([heard, late, tried(id, key)]);
    listeners.delete(id);
    if (outcome.state === "waiting") askForSync();
    return outcome;
  };

  const askForSync = async () => {
    try {
      const registration = await navigator.serviceWorker?.getRegistration("/");
      await registration?.sync?.register("outbox");
    } catch {
      // A browser without background sync sends when a page is open.
    }
  };

  return { send, flush, drop, entries, newKey, owner };
})();

if (typeof document !== "undefined" && !self.Outbox.isShown) {
  self.Outbox.isShown = true;
  (() => {
    const { Outbox } = self;
    const say = (chinese, english) => (document.documentElement.lang.startsWith("en") ? english : chinese);
    const make = (name, properties = {}, ...children) => {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    };

    // The bar: what waits, what was refused, what has been sent meanwhile

    const bar = make("section", { className: "outbox-bar no-print", hidden: true });
    bar.setAttribute("aria-label", say("等着送出的", "Waiting to be sent"));
    let unsent = 0;
    const message = make("p", { className: "outbox-message" });
    message.setAttribute("role", "status");
    const list = make("ul", { className: "plain" });
    const again = make("button", { type: "button", className: "button quiet", textContent: say("现在送一次", "Send now") });
    const actions = make("p", { className: "actions" }, again);
    bar.append(message, list, actions);
    document.querySelector("main")?.before(bar);

    // Who is not signed in sees that something waits, and not what; only its owner takes it out.
    const isOwn = () => Outbox.owner() !== null;

    const dropButton = (entry, text) => {
      if (!isOwn()) return "";
      const button = make("button", { type: "button", className: "button quiet", textContent: text });
      button.addEventListener("click", () => Outbox.drop(entry.id));
      return button;
    };

    const describe = (entry) => {
      const item = make("li", {}, make("strong", { textContent: (isOwn() && entry.label) || say("一件事", "One thing") }));
      const told = (text) => item.append(make("p", { textContent: text }));
      if (entry.state === "sent") {
        told(say("已经送到了。", "It has been sent."));
        item.append(make("p", { className: "actions" },
          make("a", { className: "button quiet", href: entry.result, textContent: say("看看", "See it") }),
          dropButton(entry, say("知道了", "All right"))));
      } else if (entry.state === "refused") {
        const { title, detail, errors } = entry.problem;
        told([title, detail, ...errors.map(({ message }) => message)].filter(Boolean).join(" "));
        item.append(make("p", { className: "actions" },
          make("a", { className: "button", href: entry.page, textContent: say("改一改", "Correct it") }),
          dropButton(entry, say("不要了", "Drop it"))));
      } else if (entry.state === "sign-in") {
        told(say("请重新登录，登录后会自动送出。", "Please sign in again; it is then sent by itself."));
        item.append(make("p", { className: "actions" },
          make("a", {
            className: "button", textContent: say("登录", "Sign in"),
            href: `/sign-in?next=${encodeURIComponent(location.pathname)}`,
          }),
          dropButton(entry, say("不要了", "Drop it"))));
      } else {
        item.append(make("p", { className: "actions" }, dropButton(entry, say("不送了", "Do not send it"))));
      }
      return item;
    };

    const show = async () => {
      // What another person left on this telephone is theirs to see.
      const kept = (await Outbox.entries().catch(() => [])).filter(({ owner }) => !isOwn() || owner === Outbox.owner());
      const waiting = kept.filter(({ state }) => state === "waiting").length;
      const refused = kept.filter(({ state }) => state === "refused").length;
      unsent = kept.filter(({ state }) => state !== "sent").length;
      bar.hidden = kept.length === 0;
      message.textContent = waiting > 0
        ? say(`有 ${waiting} 件等着送出。有网络时会自动送，不会重复。`, `${waiting} waiting to be sent. It goes by itself when there is a network, and only once.`)
        : refused > 0
          ? say(`有 ${refused} 件没有办成，请看一看。`, `${refused} could not be done; please have a look.`)
          : kept.length > 0 ? say("没有网络时留下的：", "Left from when there was no network:") : "";
      list.replaceChildren(...kept.map(describe));
      actions.hidden = waiting === 0;
    };

    again.addEventListener("click", () => Outbox.flush());
    document.addEventListener("outbox", show);

    // When it is tried again: at once when a page opens, comes back or the network does; else less and less often

    let pause = 15_000;
    const tick = async () => {
      const kept = await Outbox.entries().catch(() => []);
      if (!document.hidden && kept.some(({ state }) => state === "waiting")) await Outbox.flush();
      pause = Math.min(pause * 1.5, 300_000);
      setTimeout(tick, pause);
    };
    const soon = () => {
      pause = 15_000;
      Outbox.flush();
    };
    window.addEventListener("online", soon);
    window.addEventListener("pageshow", soon);
    document.addEventListener("visibilitychange", () => document.hidden || soon());
    setTimeout(tick, pause);

    // Forms whose button says data-outbox

    const afterwards = (form) => {
      let note = form.querySelector(".outbox-note");
      if (!note) {
        note = make("p", { className: "notice outbox-note" });
        note.setAttribute("role", "status");
        form.append(note);
      }
      return note;
    };

    document.addEventListener("submit", async (event) => {
      const { target: form, submitter: button } = event;
      if (button?.dataset.outbox === undefined || form.dataset.isPlain || Outbox.owner() === null) return;
      event.preventDefault();
      const fields = new FormData(form);
      if (button.name) fields.append(button.name, button.value);
      button.setAttribute("aria-busy", "true");
      const old = Number(form.dataset.replaces);
      const key = old ? Outbox.newKey() : fields.get("idempotency_key") || Outbox.newKey();
      let result;
      try {
        result = await Outbox.send({ url: form.action, fields, key, label: button.dataset.outbox });
      } catch {
        // A browser that keeps nothing, as some do in private windows, sends the plain form.
        result = { state: "refused" };
      }
      if (old && result.state !== "refused") await Outbox.drop(old);
      if (result.state === "sent") return location.assign(result.url);
      if (result.state === "refused" || result.state === "unkept") {
        form.dataset.isPlain = "yes";
        return form.requestSubmit(button);
      }
      button.removeAttribute("aria-busy");
      button.disabled = true;
      afterwards(form).textContent = result.state === "sign-in"
        ? say("已经记下了。请重新登录，登录后会自动送出。", "It is written down. Please sign in again; it is then sent by itself.")
        : say("现在没有网络。已经记在手机里，有网络时会自动送出，只送一次。", "There is no network just now. It is kept on this phone and sent by itself, once, when the network is back.");
    });

    // A refused entry fills in the form that it came from

    const fillIn = async () => {
      const kept = await Outbox.entries().catch(() => []);
      const here = location.pathname + location.search;
      const entry = kept.filter(({ state, page }) => state === "refused" && page === here).at(-1);
      const form = entry && [...document.forms].find((form) => new URL(form.action).pathname === entry.url);
      if (!form) return;
      form.dataset.replaces = entry.id;
      for (const [name, value] of entry.fields) {
        const field = form.elements.namedItem(name);
        if (field && "value" in field && !["hidden", "submit", "file"].includes(field.type)) field.value = value;
      }
    };

    // Signing out forgets what waits, so it is asked once

    document.addEventListener("submit", (event) => {
      const path = event.submitter?.getAttribute("formaction") ?? event.target.getAttribute("action");
      if (path !== "/sign-out" || unsent === 0 || event.target.dataset.isPlain || Outbox.owner() === null) return;
      event.preventDefault();
      event.target.dataset.isPlain = "yes";
      message.textContent = say(
        "还有没送出的东西，退出就没有了。真的要退出，请再按一次退出。",
        "Something is not sent yet and would be lost. To sign out all the same, press sign out once more.");
      bar.scrollIntoView({ block: "start" });
    });

    show();
    fillIn();
    // Where this was loaded after the page, nothing else says that the page has opened.
    soon();
  })();
}
