// On the page without network: the pages that this telephone keeps, and a way to try again where the person stood.
"use strict";

(async () => {
  for (const link of document.querySelectorAll("[data-again]")) {
    if (location.pathname !== "/offline") link.href = location.href;
  }
  const places = document.querySelectorAll("[data-kept-pages]");
  if (!window.caches) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith("kept ")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      const title = new DOMParser().parseFromString(text, "text/html").title.split(" · ")[0];
      for (const place of places) {
        const link = Object.assign(document.createElement("a"), {
          className: "button quiet", href: new URL(request.url).pathname, textContent: title,
        });
        const item = document.createElement("li");
        item.append(link);
        place.querySelector("ul").append(item);
        place.hidden = false;
      }
    }
  }
})();
