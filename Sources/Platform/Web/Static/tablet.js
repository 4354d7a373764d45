// At a shared tablet: when nobody has touched it for a while it asks whether someone is still there, then returns to the
// card's page. The server ends the session after the same time, whatever happens here.
"use strict";

(() => {
  const { left, seconds } = document.currentScript.dataset;
  const idle = Number(seconds) * 1000;
  const asking = idle - 30_000;
  const say = (chinese, english) => (document.documentElement.lang.startsWith("en") ? english : chinese);

  const bar = document.createElement("section");
  bar.className = "still-there no-print";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "button", textContent: say("我还在", "I am still here"),
  });
  text.textContent = "";
  bar.append(text);
  document.querySelector("main")?.before(bar);

  let touched = Date.now();
  // The last time that the server heard of us.
  let heard = Date.now();
  let isAsked = false;

  const ask = () => {
    isAsked = true;
    text.textContent = say("您还在吗？没有人用的话，半分钟后这一页会自己收起来。", "Are you still there? If nobody is, this page puts itself away in half a minute.");
    bar.append(button);
  };
  const here = () => {
    touched = Date.now();
    if (isAsked) {
      isAsked = false;
      text.textContent = "";
      button.remove();
    }
    if (touched - heard < 30_000) return;
    heard = touched;
    fetch("/form-token", { cache: "no-store" })
      .then((answer) => answer.json())
      .then(({ form_token: token }) => token === null && leave())
      .catch(() => {});
  };
  const leave = () => {
    // Nothing personal stays on the screen, not even while the network is away.
    document.querySelector("main")?.replaceChildren();
    location.replace(left);
  };
  const look = () => {
    const passed = Date.now() - touched;
    if (passed >= idle) leave();
    else if (passed >= asking && !isAsked) ask();
  };

  for (const name of ["pointerdown", "keydown", "input", "scroll", "touchstart"]) {
    document.addEventListener(name, here, { capture: true, passive: true });
  }
  setInterval(look, 1_000);
  // A page that comes back from the browser's memory is looked at anew.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
