// Shows live figures. The page names its streams in <main> or any element: data-live-source="/campaigns/…/live".
// Elements with data-live="name" show the text of an event of that name; data-live-value="name" takes it as a value.
// Without this script the same figures are there after a reload.
"use strict";

(() => {
  // A browser keeps few connections to one host open, so a page follows three streams at most.
  const sources = [...document.querySelectorAll("[data-live-source]")].slice(0, 3);
  if (sources.length === 0 || !window.EventSource) return;

  const names = new Set();
  for (const element of document.querySelectorAll("[data-live], [data-live-value]")) {
    if (element.dataset.live) names.add(element.dataset.live);
    if (element.dataset.liveValue) names.add(element.dataset.liveValue);
  }

  const show = (event) => {
    const selector = CSS.escape(event.type);
    for (const element of document.querySelectorAll(`[data-live="${selector}"]`)) {
      if (element.textContent === event.data) continue;
      element.textContent = event.data;
      element.classList.remove("changed");
      void element.offsetWidth;
      element.classList.add("changed");
    }
    const number = Number.parseFloat(event.data);
    if (Number.isNaN(number)) return;
    for (const element of document.querySelectorAll(`[data-live-value="${selector}"]`)) {
      element.value = number;
    }
  };

  let streams = [];
  const open = () => {
    if (streams.length > 0) return;
    streams = sources.map((source) => new EventSource(source.dataset.liveSource));
    for (const stream of streams) {
      for (const name of names) stream.addEventListener(name, show);
    }
  };
  const close = () => {
    for (const stream of streams) stream.close();
    streams = [];
  };

  // A page that nobody looks at holds no connection.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  if (!document.hidden) open();
})();
