// The service worker. In front of it stand the names of the files that it keeps (SHELL).
//
// It keeps the outline of the pages, the page without network, and copies of the pages that the server marked for it with
// `Offline-Copy: keep KEY`, or `keep KEY SECONDS` where they are not shown for longer than that. The copies of one session are
// kept under its key and go with it: signing out, a page of another session, and a page of none each make it forget them.
// Everything else goes to the network as if there were no worker.
"use strict";

importScripts(SHELL.outbox);

const shellName = `shell ${SHELL.files.join(" ")}`;
const choiceName = "choice";
const choicePath = "/offline-choice";
// How long a page whose copy is here may take before the copy is shown: long enough for a slow stairwell.
const patience = 5_000;

self.addEventListener("install", (event) => {
  const fill = async () => {
    const shell = await caches.open(shellName);
    await shell.addAll([...SHELL.files, SHELL.offline].map((path) => new Request(path, { credentials: "omit", cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const take = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("shell ") && name !== shellName).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(take());
});

// Copies of pages

const forget = async (except) => {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("kept ") && name !== except).map((name) => caches.delete(name)));
};

const mayKeep = async () => !(await caches.match(choicePath, { cacheName: choiceName }));

const keep = async (path, response) => {
  // A server that is out of order says nothing of who is here and what may be kept.
  if (response.status >= 500) return;
  const [word, key] = (response.headers.get("Offline-Copy") ?? "").split(" ");
  if (!["none", "only", "keep"].includes(word)) return;
  const name = word === "none" ? null : `kept ${key}`;
  await forget(name);
  if (name === null) return;
  const cache = await caches.open(name);
  if (word === "keep" && (await mayKeep())) await cache.put(path, response);
  else await cache.delete(path);
};

const isPast = (copy) => {
  const seconds = Number((copy.headers.get("Offline-Copy") ?? "").split(" ")[2]);
  return seconds > 0 && !(Date.now() - Date.parse(copy.headers.get("Date")) < seconds * 1000);
};

// The copies that are kept, by path; those whose time is over go first.
const copies = async () => {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith("kept ")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const copy = await cache.match(request);
      if (copy && isPast(copy)) await cache.delete(request);
      else if (copy) found.set(new URL(request.url).pathname, { copy, cache, request });
    }
  }
  return found;
};
const keptCopy = async (path) => (await copies()).get(path)?.copy;

const fetchCopy = async (path) => {
  const response = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!response.redirected) await keep(path, response);
};

// What was sent from a page changes what it says; where it is gone, its copy goes. outbox.js calls this as well.
self.refreshCopies = async (paths) => {
  const kept = await copies();
  for (const path of new Set(paths)) if (kept.has(path)) await fetchCopy(path);
};

const forgetUnder = async (folder, only) => {
  for (const [path, { cache, request }] of await copies()) {
    if (path.startsWith(folder) && !only.includes(path)) await cache.delete(request);
  }
};

const visit = async (event) => {
  const { pathname: path } = new URL(event.request.url);
  const copy = await keptCopy(path);
  const asked = fetch(event.request);
  event.waitUntil(
    asked.then((response) => (response.type === "opaqueredirect" ? undefined : keep(path, response.clone()))).catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, patience, copy));
  try {
    // The clone is taken before the page reads its answer, because both wait on the same promise in this order.
    return await (copy ? Promise.race([asked, late]) : asked);
  } catch {
    return copy ?? (await caches.match(SHELL.offline, { cacheName: shellName })) ?? Response.error();
  }
};

// Shipped files

const logicalName = (path) => path.replace(/\.[0-9a-f]{16}(?=\.|$)/, "");

const shipped = async (request) => {
  const { pathname: path } = new URL(request.url);
  const found = await caches.match(path, { cacheName: shellName });
  if (found) return found;
  try {
    return await fetch(request);
  } catch {
    // A copy that an earlier version of the program wrote asks for the files of that version.
    const present = SHELL.files.find((file) => logicalName(file) === logicalName(path));
    return (present && (await caches.match(present, { cacheName: shellName }))) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") {
    if (path === "/sign-out") event.waitUntil(forget(null));
    return;
  }
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(event));
  else if (path.startsWith("/static/")) event.respondWith(shipped(request));
});

// What was written without network

self.addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  const send = async () => {
    await self.Outbox.flush();
    const isLeft = (await self.Outbox.entries()).some(({ state }) => state === "waiting");
    // A promise that fails makes the browser try once more, later.
    if (isLeft) throw new Error("not everything was sent");
  };
  event.waitUntil(send());
});

// What pages say: the person's own choice {offline: true | false}; pages to be kept beforehand {keep: [path]}; pages whose
// copies are to be fetched anew {refresh: [path]}; which copies under a path may stay {under: path, only: [path]}; and that a
// page is not looked after yet {claim: true}.

self.addEventListener("message", (event) => {
  const { offline, keep: paths, refresh, under, only, claim } = event.data ?? {};
  const choose = async () => {
    const choice = await caches.open(choiceName);
    if (offline) return choice.delete(choicePath);
    await choice.put(choicePath, new Response("off"));
    await forget(null);
  };
  const fetchAll = async () => {
    for (const path of paths.slice(0, 5)) await fetchCopy(path);
  };
  if (offline !== undefined) event.waitUntil(choose());
  if (Array.isArray(paths)) event.waitUntil(fetchAll().catch(() => {}));
  if (Array.isArray(refresh)) event.waitUntil(self.refreshCopies(refresh).catch(() => {}));
  if (Array.isArray(only)) event.waitUntil(forgetUnder(under, only));
  if (claim) event.waitUntil(self.clients.claim());
});
