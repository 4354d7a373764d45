// Reads a page aloud: its heading, then its text in order, in the page's language, a little slower than usual. A button
// stands above every page of the elder view, and above each element that asks for one with data-speak. Nothing leaves the
// device: only voices that speak on it are used.
"use strict";

self.Speaking ??= (() => {
  // Prices as people say them: ¥3.50 is 三块五, three yuan fifty

  const digits = "零一二三四五六七八九";
  const chineseNumber = (number) => {
    if (number === 0) return "零";
    const group = (four, isFirst) => {
      let text = "";
      let isZero = false;
      for (const [place, name] of [[1000, "千"], [100, "百"], [10, "十"], [1, ""]]) {
        const digit = Math.floor(four / place) % 10;
        if (digit === 0) {
          isZero = text !== "" || !isFirst;
          continue;
        }
        if (isZero) text += "零";
        isZero = false;
        const isBareTen = place === 10 && digit === 1 && text === "" && isFirst;
        text += (isBareTen ? "" : digit === 2 && place >= 100 ? "两" : digits[digit]) + name;
      }
      return text;
    };
    let text = "";
    for (const [place, name] of [[100_000_000, "亿"], [10_000, "万"], [1, ""]]) {
      const four = Math.floor(number / place) % 10_000;
      if (four > 0) text += (four === 2 && name ? "两" : group(four, text === "")) + name;
    }
    return text;
  };

  const chinesePrice = (yuan, fen) => {
    const jiao = Math.floor(fen / 10);
    const rest = fen % 10;
    const whole = yuan === 0 ? "" : `${yuan === 2 ? "两" : chineseNumber(yuan)}块`;
    if (fen === 0) return whole || "零元";
    if (jiao === 0) return `${whole}${whole ? "零" : ""}${rest === 2 && !whole ? "两" : digits[rest]}分`;
    const tenth = jiao === 2 && !whole ? "两" : digits[jiao];
    if (rest === 0) return whole ? `${whole}${tenth}` : `${tenth}毛`;
    return `${whole}${tenth}毛${digits[rest]}`;
  };

  const small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
    "seventeen eighteen nineteen").split(" ");
  const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
  const englishNumber = (number) => {
    if (number < 20) return small[number];
    if (number < 100) return tens[Math.floor(number / 10)] + (number % 10 ? `-${small[number % 10]}` : "");
    const [place, name] = number < 1000 ? [100, "hundred"] : number < 1_000_000 ? [1000, "thousand"] : [1_000_000, "million"];
    const rest = number % place;
    return `${englishNumber(Math.floor(number / place))} ${name}${rest ? `${rest < 100 ? " and " : " "}${englishNumber(rest)}` : ""}`;
  };

  const englishPrice = (yuan, fen) => {
    if (fen === 0) return `${englishNumber(yuan)} yuan`;
    if (yuan === 0) return `${englishNumber(fen)} fen`;
    return `${englishNumber(yuan)} yuan ${fen < 10 ? "oh " : ""}${englishNumber(fen)}`;
  };

  /// Text as it is spoken: what marks say to the eye is said in words. Pure; tested in the browser.
  const spoken = (text, language) => {
    const isEnglish = language.startsWith("en");
    return text
      .replace(/(-?)[¥￥]\s?(\d[\d,]*)(?:\.(\d{2}))?/g, (_, sign, whole, part) => {
        const yuan = Number(whole.replaceAll(",", ""));
        const price = (isEnglish ? englishPrice : chinesePrice)(yuan, Number(part ?? 0));
        return sign ? `${isEnglish ? "minus " : "负"}${price}` : price;
      })
      .replace(/(yuan(?: [a-z-]+)*|[块毛分元零一二三四五六七八九]) ?\/ ?/g, isEnglish ? "$1 per " : "$1一")
      .replace(/(\d) ?[–—] ?(\d)/g, isEnglish ? "$1 to $2" : "$1到$2")
      .replace(/ × (\d)/g, isEnglish ? ", $1" : "，$1")
      .replace(/[·•→←✓✕⚠☎✎]/g, isEnglish ? ", " : "，")
      .replace(/\s+/g, " ")
      .trim();
  };

  // What there is to read, piece by piece

  const isPassedOver = (element) =>
    element.closest("[hidden], [aria-hidden=true], script, style, noscript, .visually-hidden, .speak-bar, select, option") !== null
    || element.getClientRects().length === 0;

  const block = (element) => {
    let found = element;
    while (/^(inline|contents)/.test(getComputedStyle(found).display) && found.parentElement) found = found.parentElement;
    return found;
  };

  const pieces = (root) => {
    const found = [];
    const add = (element, text) => {
      const last = found.at(-1);
      if (last?.element === element) last.text += text;
      else found.push({ element, text });
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        const isTyped = node.matches("input:is([type=text], [type=tel], [type=search], :not([type])), textarea");
        if (isTyped && node.value && !isPassedOver(node)) add(block(node.parentElement), ` ${node.value} `);
        continue;
      }
      if (!node.data.trim() || isPassedOver(node.parentElement)) continue;
      const cell = node.parentElement.closest("td[data-label]");
      const home = cell && getComputedStyle(cell).display !== "table-cell" ? cell : block(node.parentElement);
      const name = home === cell && found.at(-1)?.element !== cell ? `${cell.dataset.label}: ` : "";
      add(home, name + node.data);
    }
    const heading = found.findIndex(({ element }) => element.matches("h1"));
    return heading > 0 ? [found[heading], ...found.filter((_, index) => index !== heading)] : found;
  };

  return { spoken, pieces };
})();

(() => {
  const { spoken, pieces } = self.Speaking;
  const language = document.documentElement.lang || "zh-CN";
  const say = (chinese, english) => (language.startsWith("en") ? english : chinese);
  const speech = window.speechSynthesis;
  let stop = () => {};

  /// A voice of this device; undefined where none is known yet, null where all that speak the language are elsewhere.
  const voice = () => {
    const voices = speech.getVoices();
    if (voices.length === 0) return undefined;
    const fitting = voices.filter((voice) => voice.localService && voice.lang.slice(0, 2) === language.slice(0, 2));
    return fitting.find((voice) => voice.lang.replace("_", "-") === language) ?? fitting[0] ?? null;
  };

  const read = (root, button, note) => {
    const chosen = speech && window.SpeechSynthesisUtterance ? voice() : null;
    if (chosen === null) {
      note.textContent = say("这部机器不会读。可以打页面下方的电话，我们读给您听。", "This device cannot read aloud. Please call the number below and we will read it to you.");
      return;
    }
    const list = pieces(root);
    let position = -1;
    let isOver = false;
    const mark = (element) => {
      document.querySelector(".speaking")?.classList.remove("speaking");
      element?.classList.add("speaking");
      element?.scrollIntoView({ block: "center", behavior: "auto" });
    };
    const end = () => {
      isOver = true;
      speech.cancel();
      mark(null);
      button.textContent = button.dataset.name;
      button.setAttribute("aria-pressed", "false");
      stop = () => {};
    };
    const next = () => {
      if (isOver) return;
      position += 1;
      if (position >= list.length) return end();
      const { element, text } = list[position];
      const said = spoken(text, language);
      if (!said) return next();
      const utterance = new SpeechSynthesisUtterance(said);
      utterance.lang = language;
      utterance.rate = 0.8;
      if (chosen) utterance.voice = chosen;
      utterance.onend = next;
      utterance.onerror = () => isOver || next();
      mark(element);
      speech.speak(utterance);
    };
    stop();
    stop = end;
    button.textContent = say("停下", "Stop");
    button.setAttribute("aria-pressed", "true");
    speech.cancel();
    next();
  };

  const offer = (root, place) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet speak" });
    button.dataset.name = say("读给我听", "Read to me");
    button.textContent = button.dataset.name;
    button.setAttribute("aria-pressed", "false");
    const note = document.createElement("span");
    note.setAttribute("role", "status");
    const bar = Object.assign(document.createElement("p"), { className: "speak-bar no-print" });
    bar.append(button, " ", note);
    place(bar);
    button.addEventListener("click", () =>
      button.getAttribute("aria-pressed") === "true" ? stop() : read(root, button, note));
  };

  const main = document.querySelector("main");
  if (main && document.body.classList.contains("elder")) offer(main, (bar) => main.prepend(bar));
  for (const part of document.querySelectorAll("[data-speak]")) offer(part, (bar) => part.before(bar));
  window.addEventListener("pagehide", () => stop());
  // Some browsers know their voices only after they were asked once.
  speech?.getVoices();
})();
