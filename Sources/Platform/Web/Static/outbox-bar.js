// What pages show of the outbox: a bar of what waits, what was refused and what has been sent meanwhile; forms that go
// through it; and the tries, when a page opens, comes back, or the network does.
//
// A form needs no script of its own: a button with data-outbox="label" sends its form through the outbox. Where that was
// sent, the browser goes to the page it led to; where it was refused, the form is sent in the plain way and comes back with
// what is wrong. With data-quiet on the form the page stays, and tells by the "outbox" event what became of it; each press
// is then a thing of its own. A field with data-now is filled with the time of the press. The same page without this script
// sends the form in the plain way.
"use strict";

if (!self.Outbox.isShown) {
  self.Outbox.isShown = true;
  (() => {
    const { Outbox } = self;
    const say = (chinese, english) => (document.documentElement.lang.startsWith("en") ? english : chinese);
    const make = (name, properties = {}, ...children) => {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    };
    const link = (text, href, className = "button quiet") => make("a", { className, href, textContent: text });
    const button = (text, press) => {
      const made = make("button", { type: "button", className: "button quiet", textContent: text });
      made.addEventListener("click", press);
      return made;
    };
    const actions = (...children) => make("p", { className: "actions" }, ...children);
    const here = location.pathname + location.search;

    // The bar

    const message = make("p", { className: "outbox-message" });
    message.setAttribute("role", "status");
    const list = make("ul", { className: "plain" });
    const count = make("summary");
    const pile = make("ul", { className: "plain" });
    const folded = make("details", {}, count, pile);
    const again = button(say("现在送一次", "Send now"), () => Outbox.flush());
    const signIn = link(say("登录", "Sign in"), `/sign-in?next=${encodeURIComponent(location.pathname)}`, "button");
    const bar = make("section", { className: "outbox-bar no-print", hidden: true }, message, list, folded, actions(again, signIn));
    bar.setAttribute("aria-label", say("等着送出的", "Waiting to be sent"));
    document.querySelector("main")?.before(bar);
    let unsent = 0;

    // Who is not signed in sees that something waits, and not what; only its owner takes it out.
    const isOwn = () => Outbox.owner() !== null;

    const describe = (entry) => {
      const item = make("li", {}, make("strong", { textContent: (isOwn() && entry.label) || say("一件事", "One thing") }));
      const told = (text) => item.append(make("p", { textContent: text }));
      const offer = (dropping, ...links) =>
        item.append(actions(...links, ...(isOwn() ? [button(dropping, () => Outbox.drop(entry.id))] : [])));
      if (entry.state === "sent") {
        told(say("已经送到了。", "It has been sent."));
        offer(say("知道了", "All right"), link(say("看看", "See it"), entry.result));
      } else if (entry.state === "refused") {
        const { title, detail, errors } = entry.problem;
        told([title, detail, ...errors.map(({ message }) => message)].filter(Boolean).join(" "));
        offer(say("不要了", "Drop it"), link(say("改一改", "Correct it"), entry.page, "button"));
      } else if (entry.state === "draft") {
        told(say("还没有发出去。", "It was not sent yet."));
        offer(say("不要了", "Drop it"), link(say("接着做", "Go on with it"), entry.page));
      } else {
        offer(say("不送了", "Do not send it"));
      }
      return item;
    };

    const summary = (waiting, strangers, refused, drafts) => {
      if (waiting > 0) {
        return say(`有 ${waiting} 件等着送出。有网络时会自动送，不会重复。`, `${waiting} waiting to be sent. It goes by itself when there is a network, and only once.`);
      }
      if (strangers > 0) {
        return say(`有 ${strangers} 件等着送出。请重新登录，登录后会自动送出。`, `${strangers} waiting to be sent. Please sign in again; it is then sent by itself.`);
      }
      if (refused > 0) return say(`有 ${refused} 件没有办成，请看一看。`, `${refused} could not be done; please have a look.`);
      if (drafts > 0) return say("还没做完，存在这台设备里的：", "Begun and kept on this device:");
      return say("没有网络时留下的：", "Left from when there was no network:");
    };

    const show = async () => {
      // What another person left on this telephone is theirs to see; what is begun here this page shows itself.
      const all = await Outbox.entries().catch(() => []);
      const kept = all.filter(({ owner }) => !isOwn() || owner === Outbox.owner());
      const shown = kept.filter(({ state, page }) => state !== "draft" || page !== here);
      const [waiting, strangers, refused, drafts] = ["waiting", "sign-in", "refused", "draft"].map((sought) =>
        shown.filter(({ state }) => state === sought));
      const pending = [...waiting, ...strangers];
      const isMany = pending.length > 2;
      // Signing out clears this telephone of everybody's.
      unsent = all.filter(({ state }) => state !== "sent").length;
      bar.hidden = shown.length === 0;
      message.textContent = summary(waiting.length, strangers.length, refused.length, drafts.length);
      list.replaceChildren(...shown.filter((entry) => !isMany || !pending.includes(entry)).map(describe));
      pile.replaceChildren(...(isMany ? pending.map(describe) : []));
      count.textContent = say("看看是哪几件", "See what they are");
      folded.hidden = !isMany;
      again.hidden = waiting.length === 0;
      signIn.hidden = strangers.length === 0;
    };
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

    const note = (form, text) => {
      const found = form.querySelector(".outbox-note") ?? make("p", { className: "notice outbox-note" });
      found.setAttribute("role", "status");
      found.textContent = text;
      form.append(found);
    };

    const isTaken = ({ target: form, submitter }) =>
      submitter?.dataset.outbox !== undefined && !form.dataset.isPlain && isOwn();

    const order = (form, pressed) => {
      for (const field of form.querySelectorAll("[data-now]")) field.value = new Date().toISOString();
      const fields = new FormData(form);
      if (pressed.name) fields.append(pressed.name, pressed.value);
      const id = Number(form.dataset.replaces) || undefined;
      const quiet = form.dataset.quiet !== undefined;
      const key = (!id && !quiet && fields.get("idempotency_key")) || Outbox.newKey();
      return { url: form.action, fields, key, label: pressed.dataset.outbox, quiet, id };
    };

    document.addEventListener("submit", async (event) => {
      if (!isTaken(event)) return;
      event.preventDefault();
      const { target: form, submitter: pressed } = event;
      const asked = order(form, pressed);
      pressed.setAttribute("aria-busy", "true");
      // A browser that keeps nothing, as some do in private windows, sends the plain form.
      const result = await Outbox.send(asked).catch(() => ({ state: "refused" }));
      pressed.removeAttribute("aria-busy");
      if (result.state === "refused") {
        form.dataset.isPlain = "yes";
        return form.requestSubmit(pressed);
      }
      if (asked.quiet) return delete form.dataset.replaces;
      if (result.state === "sent") return location.assign(result.url);
      pressed.disabled = true;
      note(form, result.state === "sign-in"
        ? say("已经记下了。请重新登录，登录后会自动送出。", "It is written down. Please sign in again; it is then sent by itself.")
        : say("现在没有网络。已经记在手机里，有网络时会自动送出，只送一次。", "There is no network just now. It is kept on this phone and sent by itself, once, when the network is back."));
    });

    // A refused entry fills in the form that it came from

    const fillIn = async () => {
      const kept = await Outbox.own().catch(() => []);
      const entry = kept.filter(({ state, page, isDraft }) => state === "refused" && page === here && !isDraft).at(-1);
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
      if (path !== "/sign-out" || unsent === 0 || event.target.dataset.isPlain || !isOwn()) return;
      event.preventDefault();
      event.target.dataset.isPlain = "yes";
      bar.hidden = false;
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
