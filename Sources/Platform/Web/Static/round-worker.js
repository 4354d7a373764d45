// The service worker of a courier's rounds. It keeps the pages of rounds that are under way, with the files they need,
// for as long as the server shows them, and a day at most; everything else goes to the network as if it were not there.
"use strict";

const name = "rounds";
const keepingTime = 24 * 3600 * 1000;
const isRound = (path) => /^\/rounds\/[0-9a-z]{13}$/.test(path);
const pathOf = (request) => new URL(request.url).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (path, response) => {
  const cache = await caches.open(name);
  if (response.ok && !response.redirected) return cache.put(path, response);
  // Gone, or nobody is signed in any more: nothing of it stays here.
  if (response.status < 500) await cache.delete(path, { ignoreVary: true });
};

const kept = async (path) => {
  const cache = await caches.open(name);
  const found = await cache.match(path, { ignoreVary: true });
  if (!found || !isRound(path)) return found;
  const age = Date.now() - Date.parse(found.headers.get("Date") ?? "");
  if (!(age >= keepingTime)) return found;
  await cache.delete(path, { ignoreVary: true });
  return undefined;
};

const visit = async (request) => {
  const path = pathOf(request);
  try {
    const response = await fetch(request);
    if (response.type !== "opaqueredirect") await keep(path, response.clone());
    return response;
  } catch (error) {
    const found = await kept(path);
    if (found) return found;
    throw error;
  }
};

const file = async (request) => (await kept(pathOf(request))) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  const path = pathOf(request);
  if (request.mode === "navigate" && isRound(path)) event.respondWith(visit(request));
  else if (path.startsWith("/static/")) event.respondWith(file(request));
});

self.addEventListener("message", (event) => {
  const { keep: paths, forget, present } = event.data ?? {};
  const work = async () => {
    const cache = await caches.open(name);
    if (forget) await cache.delete(forget, { ignoreVary: true });
    if (present) {
      for (const request of await cache.keys()) {
        const path = pathOf(request);
        if (isRound(path) && !present.includes(path)) await cache.delete(request, { ignoreVary: true });
      }
    }
    for (const path of paths ?? []) {
      if (isRound(path) || path.startsWith("/static/")) await keep(path, await fetch(path, { credentials: "same-origin" }));
    }
  };
  event.waitUntil(work().catch(() => {}));
});
