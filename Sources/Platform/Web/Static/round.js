// A courier's round on a telephone that may have no network. Reports are written down on the telephone first and sent
// later, each with its own key, so that the server takes each once. Without this script each report is a plain form.
"use strict";

(() => {
  const root = document.querySelector("[data-round]");
  const round = root?.dataset.round;
  const list = document.querySelector("[data-rounds]");

  // What is kept: one entry for each report, {key, round, json, name, sent}.

  let opened = null;
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open("rounds", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("reports", { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    }));
  const store = async (mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      // Strict: what was tapped survives an empty battery.
      const transaction = database.transaction("reports", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("reports"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };
  const reports = async (id) =>
    (await store("readonly", (kept) => kept.getAll()))
      .filter((report) => report.round === id).sort((one, other) => one.at - other.at);

  // The pages themselves are kept by the service worker of this folder.

  const worker = async (message) => {
    const registration = await navigator.serviceWorker?.ready;
    registration?.active?.postMessage(message);
  };
  if (navigator.serviceWorker && (root || list)) {
    navigator.serviceWorker.register("/rounds/worker.js", { scope: "/rounds/" }).catch(() => {});
  }

  const forget = async (id) => {
    for (const report of await reports(id)) await store("readwrite", (kept) => kept.delete(report.key));
    await worker({ forget: `/rounds/${id}` });
  };

  // Sending. Where a general outbox is there, this function is all that has to be handed over to it.

  const post = async (id, entries) => {
    const response = await fetch(`/api/v1/rounds/${id}/outcomes`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": await formToken() },
      body: JSON.stringify({ outcomes: entries.map((entry) => entry.json) }),
    });
    if (!response.ok) throw Object.assign(new Error("not taken"), { status: response.status });
    return response.json();
  };

  // A page that was kept for long, or in an earlier sign-in, has a token that is no good any more.
  const formToken = async () => {
    const page = await (await fetch("/rounds", { credentials: "same-origin", cache: "no-store" })).text();
    const found = new DOMParser().parseFromString(page, "text/html").querySelector("[data-form-token], [name=form_token]");
    return found?.dataset.formToken ?? found?.value ?? root?.dataset.formToken ?? "";
  };

  let sending = null;
  const flush = (id) => (sending ??= send(id).finally(() => (sending = null)));
  const send = async (id) => {
    const waiting = (await reports(id)).filter((report) => !report.sent).slice(0, 100);
    try {
      const answer = waiting.length > 0 ? await post(id, waiting) : null;
      for (const result of answer?.results ?? []) {
        const report = waiting.find(({ key }) => key === result.key);
        if (!report) continue;
        // What was said of a person does not stay on the telephone once it has arrived.
        const { note, ...json } = report.json;
        await store("readwrite", (kept) => kept.put({ ...report, json, sent: true, result }));
      }
      if (answer?.round_state === "ended") return ended(id);
      await show(waiting.length > 0 ? "sent" : null);
    } catch (error) {
      await show(error.status === 401 || error.status === 403 ? "sign-in" : "offline");
    }
  };

  const ended = async (id) => {
    await forget(id);
    if (id !== round) return;
    root.hidden = true;
    root.replaceChildren();
    document.querySelector("[data-round-ended]").hidden = false;
  };

  // What the page shows

  const status = root?.querySelector("[data-round-status]");
  const show = async (state) => {
    if (!root) return;
    const kept = await reports(round);
    for (const report of kept) mark(report);
    const waiting = kept.filter((report) => !report.sent).length;
    const words = [];
    if (state === "sign-in" && waiting > 0) words.push(status.dataset.signIn);
    if (!navigator.onLine || state === "offline") words.push(status.dataset.offline);
    if (waiting > 0) words.push(`${waiting} ${status.dataset.waiting}`);
    if (state === "sent" && waiting === 0) words.push(status.dataset.sent);
    status.textContent = words.join(" ");
    status.hidden = words.length === 0;
  };

  const mark = ({ json, name, sent, result }) => {
    const stop = root.querySelector(`[data-stop="${CSS.escape(json.stop)}"]`);
    if (!stop) return;
    const words = sent ? (result?.result === "refused" ? `${name}: ${result.message}` : name) : `${name} · ${status.dataset.kept}`;
    if (json.finding) {
      stop.querySelector("[data-finding]").textContent = words;
      return;
    }
    const tag = document.createElement("span");
    const isDone = ["given", "neighbour", "left_at_door"].includes(json.kind);
    tag.className = `tag ${isDone && result?.result !== "refused" ? "good" : "notice"}`;
    tag.textContent = words;
    stop.querySelector("[data-standing]").replaceChildren(tag);
    stop.dataset.reported = json.kind;
    const form = stop.querySelector("[data-outcome]");
    if (form) form.hidden = isDone && result?.result !== "refused";
  };

  const next = (stop) => {
    const all = [...root.querySelectorAll("[data-stop]")];
    const after = all.slice(all.indexOf(stop) + 1).concat(all).find(
      (other) => other !== stop && !other.dataset.reported && other.querySelector("[data-outcome]"));
    stop.open = false;
    if (after) {
      after.open = true;
      after.scrollIntoView({ block: "start" });
    }
  };

  const newKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const report = async (form, button) => {
    const stop = form.closest("[data-stop]");
    const now = Date.now();
    const json = { key: newKey(), stop: stop.dataset.stop, happened_at: new Date(now).toISOString() };
    json[button.name] = button.value;
    if (button.name === "finding") {
      if (form.elements.note.value.trim()) json.note = form.elements.note.value.trim();
    } else if (["given", "neighbour", "left_at_door"].includes(button.value)) {
      const yuan = Number(form.elements.cash?.value || 0);
      if (!Number.isFinite(yuan) || yuan < 0) return form.elements.cash.focus();
      json.cash = { amount: Math.round(yuan * 100), currency: "CNY" };
    }
    await store("readwrite", (kept) =>
      kept.put({ key: json.key, round, json, name: button.dataset.name, at: now, sent: false }));
    await show(null);
    if (button.name === "kind") next(stop);
    flush(round);
  };

  if (root) {
    root.addEventListener("submit", (event) => {
      const form = event.target;
      if (!event.submitter || !(form.matches("[data-outcome]") || form.matches("[data-wellbeing]"))) return;
      event.preventDefault();
      report(form, event.submitter);
    });
    root.addEventListener("toggle", (event) => {
      if (!event.target.open) return;
      for (const other of root.querySelectorAll("[data-stop][open]")) if (other !== event.target) other.open = false;
    }, true);
    show(null).then(() => flush(round));
    window.addEventListener("online", () => flush(round));
    window.addEventListener("offline", () => show("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || flush(round));
    setInterval(() => flush(round), 15_000);
    worker({ keep: [location.pathname, ...[...document.querySelectorAll("link[href^='/static/'], script[src^='/static/']")]
      .map((element) => element.getAttribute("href") ?? element.getAttribute("src"))] });
  }

  // On the list: rounds that are over send what is left, and then nothing of them stays on this telephone.
  if (list) {
    const present = list.dataset.rounds.split(" ").filter(Boolean);
    const clean = async () => {
      const kept = await store("readonly", (kept) => kept.getAll());
      for (const id of new Set(kept.map((report) => report.round))) {
        if (present.includes(id)) continue;
        await flush(id);
        if ((await reports(id)).every((report) => report.sent)) await forget(id);
      }
      await worker({ present: present.map((id) => `/rounds/${id}`) });
    };
    clean().catch(() => {});
  }
})();
