// On a person's own device: lets the service worker keep what may be seen without network, says so on those pages, and loads
// the outbox where something waits in it.
"use strict";

(() => {
  const { dataset } = document.currentScript;
  const cameThroughWorker = Boolean(navigator.serviceWorker?.controller);
  const say = (chinese, english) => (document.documentElement.lang.startsWith("en") ? english : chinese);

  const waits = async () => {
    if (!window.indexedDB?.databases) return true;
    return (await indexedDB.databases()).some(({ name }) => name === "outbox");
  };
  const loadOutbox = async () => {
    if (self.Outbox || !(await waits())) return;
    for (const src of dataset.outbox.split(" ")) {
      document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  };

  // The line under a page that is kept, with the choice not to.
  const line = async (worker) => {
    if (dataset.kept === undefined || !dataset.owner) return;
    let isOn = !(await caches.match("/offline-choice"));
    if (isOn && !cameThroughWorker) worker.postMessage({ keep: [location.pathname] });
    const paragraph = Object.assign(document.createElement("p"), { className: "kept no-print" });
    const text = document.createElement("span");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet" });
    const show = () => {
      text.textContent = isOn
        ? say("这一页存在您的手机里，没网也能看。退出登录就没有了。", "This page is kept on your phone and is there without network. It goes when you sign out.")
        : say("这一页没有存在手机里，没网时看不到。", "This page is not kept on your phone.");
      button.textContent = isOn ? say("不用存", "Do not keep it") : say("存起来", "Keep it");
    };
    button.addEventListener("click", () => {
      isOn = !isOn;
      worker.postMessage(isOn ? { offline: true, keep: [location.pathname] } : { offline: false });
      if (isOn) setTimeout(() => worker.postMessage({ keep: [location.pathname] }), 500);
      show();
    });
    show();
    paragraph.append(text, " ", button);
    document.querySelector("main")?.append(paragraph);
  };

  // Pages that a list holds ready, the orders that are still open; and of which it alone says what may stay here: of the
  // copies under data-kept-under, those that it links to.
  const ahead = (worker) => {
    if (!dataset.owner) return;
    const paths = [...document.querySelectorAll("a[data-keep]")].map((link) => link.pathname);
    if (paths.length > 0) worker.postMessage({ keep: paths });
    for (const list of document.querySelectorAll("[data-kept-under]")) {
      const only = [...list.querySelectorAll("a")].map((link) => link.pathname);
      worker.postMessage({ under: list.dataset.keptUnder, only });
    }
  };

  const start = async () => {
    await loadOutbox().catch(() => {});
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    // A page that was still coming while the worker began is passed over by it.
    if (!navigator.serviceWorker.controller) active.postMessage({ claim: true });
    await line(active);
    ahead(active);
  };
  window.addEventListener("load", () => start().catch(() => {}));
})();
