// A round from door to door, of a courier or of somebody who visits: one stop after another for a thumb on the stairs, each
// marked with what was reported of it. The reports are forms that go through the outbox. Without this script each report is
// a plain form.
//
// data-round="/rounds/ID" names the round; its stops report to PATH/stops/STOP and its end to PATH/end. A button of a form
// data-outcome reports a kind; with data-done the stop is done with it, and unless the form says data-repeats it then takes
// no other. An answer whose round_state is "ended" leaves nothing of the round on the page.
"use strict";

(() => {
  const { Outbox } = self;
  const root = document.querySelector("[data-round]");
  if (!root || !Outbox) return;
  const path = root.dataset.round;
  const folder = `${path}/stops/`;
  const status = root.querySelector("[data-round-status]");

  const reports = async () => (await Outbox.own().catch(() => [])).filter(({ url }) => url.startsWith(`${path}/`));
  const said = ({ fields }, name) => fields.find(([field]) => field === name)?.[1];
  const stopOf = ({ url }) => root.querySelector(`[data-stop="${CSS.escape(url.slice(folder.length))}"]`);

  // What stood there before, for a report that is taken back.
  const before = new Map();
  const write = (place, ...words) => {
    if (!before.has(place)) before.set(place, [...place.childNodes]);
    place.replaceChildren(...words);
  };

  const mark = (report) => {
    const stop = stopOf(report);
    const kind = said(report, "kind");
    const pressed = stop?.querySelector(`button[value="${CSS.escape(kind ?? said(report, "finding"))}"]`);
    const name = pressed?.dataset.name;
    if (!name) return;
    const isRefused = report.state === "refused";
    const words = isRefused
      ? `${name}: ${report.problem.title}`
      : report.state === "sent" ? name : `${name} · ${status.dataset.kept}`;
    if (kind === undefined) return write(stop.querySelector("[data-finding]"), words);
    const isDone = pressed.dataset.done !== undefined && !isRefused;
    const className = `tag ${isDone ? "good" : "notice"}`;
    write(stop.querySelector("[data-standing]"), Object.assign(document.createElement("span"), { className, textContent: words }));
    stop.dataset.reported = kind;
    const form = stop.querySelector("[data-outcome]");
    if (form) form.hidden = isDone && form.dataset.repeats === undefined;
  };

  const restore = (report) => {
    const stop = stopOf(report);
    const place = stop?.querySelector(said(report, "kind") === undefined ? "[data-finding]" : "[data-standing]");
    if (!before.has(place)) return;
    place.replaceChildren(...before.get(place));
    if (said(report, "kind") === undefined) return;
    delete stop.dataset.reported;
    const form = stop.querySelector("[data-outcome]");
    if (form) form.hidden = false;
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

  // Once the round is over, nothing of it is left to be read here.
  const end = () => {
    root.hidden = true;
    root.replaceChildren();
    document.querySelector("[data-round-ended]").hidden = false;
  };

  const showAll = async () => {
    const kept = await reports();
    kept.filter(({ url }) => url.startsWith(folder)).forEach(mark);
    const button = root.querySelector("form[action$='/end'] button");
    if (button) button.disabled = kept.some(({ url, state }) => url === `${path}/end` && state !== "refused");
  };

  document.addEventListener("outbox", async ({ detail: report }) => {
    if (!report.url?.startsWith(`${path}/`) || root.hidden) return;
    const isEnd = report.url === `${path}/end` && report.state === "sent";
    if (isEnd || report.body?.round_state === "ended") return end();
    if (!report.url.startsWith(folder)) return showAll();
    if (report.state === "dropped") restore(report);
    else mark(report);
    // In the same moment as the mark: a thumb that goes to the next door itself must not meet it as it opens.
    const stop = stopOf(report);
    if (report.state === "waiting" && said(report, "kind") !== undefined && stop?.open) next(stop);
    await showAll();
    status.hidden = report.state !== "sent" || (await reports()).length > 0;
  });

  root.addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    for (const other of root.querySelectorAll("[data-stop][open]")) if (other !== target) other.open = false;
  }, true);

  showAll();
})();
