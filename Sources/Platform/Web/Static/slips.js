// Keys order slips on paper by a numeric keypad: `code quantity` and Enter, an empty Enter at the end. What was keyed is
// read back large. On the page for piles the slips are a draft in the outbox until they are sent together, as the text that
// the page's form sends. Without this script the same lines are written into a text area.
"use strict";

(() => {
  const byID = (id) => document.getElementById(id);
  document.querySelector("[data-autofocus] input")?.focus();

  const keypad = byID("slip-keypad");
  const table = byID("slip-codes");
  if (!keypad || !table) return;

  const fill = (text, ...parts) => parts.reduce((sum, part, index) => sum.replaceAll(`{${index}}`, part), text);
  const yuan = (fen) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
  const narrow = (text) => text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const codes = new Map();
  for (const row of table.querySelectorAll("[data-code]")) {
    const { code, price, grams, basis, left } = row.dataset;
    codes.set(code, {
      name: row.cells[1].textContent,
      price: Number(price),
      grams: Number(grams),
      basis: Number(basis),
      left: left === "" ? Infinity : Number(left),
    });
  }

  // One slip as it is being keyed.
  const line = byID("slip-line");
  const problem = byID("slip-problem");
  const readback = byID("slip-readback");
  const total = byID("slip-total");
  const area = byID("field-lines");
  const finish = byID("slip-order") ?? byID("slip-keep");
  let wanted = new Map();
  let most = 0;

  const amount = (item, quantity) =>
    item.basis > 0
      ? Math.floor((2 * item.price * item.grams * quantity + item.basis) / (2 * item.basis))
      : item.price * quantity;

  const notation = () => {
    const lines = [...wanted].map(([code, quantity]) => `${code} ${quantity}`);
    if (most > 0) lines.push(`0 ${yuan(most)}`);
    return lines.join("\n");
  };

  const show = () => {
    let sum = 0;
    readback.replaceChildren(
      ...[...wanted].map(([code, quantity]) => {
        const item = codes.get(code);
        const fen = amount(item, quantity);
        sum += fen;
        const entry = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = `${code} ${item.name}`;
        const count = document.createElement("strong");
        count.textContent = `× ${quantity}`;
        const price = document.createElement("span");
        price.textContent = `¥${yuan(fen)}`;
        entry.append(name, count, price);
        if (quantity > item.left) {
          const few = document.createElement("em");
          few.textContent = fill(keypad.dataset.left, item.name, item.left);
          entry.append(few);
        }
        return entry;
      }),
    );
    let words = wanted.size > 0 ? fill(keypad.dataset.sum, yuan(sum), table.dataset.discount) : "";
    if (most > 0) words += ` · ${fill(keypad.dataset.most, yuan(most))}`;
    if (most > 0 && sum > most) words += ` · ${fill(keypad.dataset.over, yuan(most))}`;
    total.textContent = words;
    total.classList.toggle("over", most > 0 && sum > most);
    if (area) area.value = notation();
  };

  const refuse = (words) => {
    problem.textContent = words;
    line.setAttribute("aria-invalid", "true");
    line.select();
  };

  // Takes one line; false where it says nothing that can be used, which then stands there still.
  const take = (text) => {
    const plain = narrow(text).trim().replace(/^.*\/paper\/\d+\//, "");
    const match = /^(\d+)(?:\D+(\d+(?:\.\d{1,2})?))?$/.exec(plain);
    // A longer sum would be read as a slip's number where the pile is sent as text.
    if (match && match[1] === "0" && Number(match[2]) < 1e6) {
      most = Math.round(Number(match[2]) * 100);
      return true;
    }
    const item = match && codes.get(match[1]);
    if (!item) {
      refuse(fill(keypad.dataset.unknown, match ? match[1] : plain));
      return false;
    }
    const quantity = match[2] === undefined ? 1 : Number(match[2]);
    const before = quantity === 0 ? 0 : (wanted.get(match[1]) ?? 0);
    if (!Number.isInteger(quantity) || before + quantity > 999) {
      refuse(keypad.dataset.quantity);
      return false;
    }
    wanted.delete(match[1]);
    if (quantity > 0) wanted.set(match[1], before + quantity);
    return true;
  };

  const start = (text) => {
    wanted = new Map();
    most = 0;
    for (const each of text.split("\n")) if (each.trim() !== "") take(each);
    problem.textContent = "";
    show();
  };

  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (event.repeat) return;
    problem.textContent = "";
    line.removeAttribute("aria-invalid");
    if (line.value.trim() === "") {
      if (wanted.size === 0) refuse(keypad.dataset.empty);
      else finish.focus();
      return;
    }
    if (!take(line.value)) return;
    line.value = "";
    show();
    readback.lastElementChild?.scrollIntoView({ block: "nearest" });
  });
  // A key that is held down must not order what nobody has looked at.
  finish.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat) event.preventDefault();
  });

  keypad.hidden = false;
  if (area) {
    byID("slip-text").hidden = true;
    byID("slip-check").hidden = true;
    start(area.value);
    line.focus();
    return;
  }

  // A pile without a network.
  const offline = byID("slip-offline");
  const { Outbox } = self;
  if (!offline || !Outbox?.owner() || !window.indexedDB) return;
  const { to: url, label } = offline.dataset;
  const code = byID("slip-code");
  const codeProblem = byID("slip-code-problem");
  const sent = byID("slip-sent");

  // A pile as text: each slip begins with its number, and an empty line stands between two.
  const read = (fields) =>
    (fields.find(([name]) => name === "slips")?.[1] ?? "").split("\n\n").filter(Boolean).map((part) => {
      const [digits, ...lines] = part.split("\n");
      return { digits, lines };
    });
  const written = (slips) =>
    slips.length > 0 ? [["slips", slips.map(({ digits, lines }) => [digits, ...lines].join("\n")).join("\n\n")]] : null;
  const piles = async () => (await Outbox.own()).filter((entry) => entry.url === url && entry.state !== "sent");
  const isOpen = ({ state }) => state === "draft" || state === "refused";

  const slipCode = (text) => {
    const digits = narrow(text).split("/").pop().replace(/[\s.\-　]/g, "");
    return /^\d{10}$/.test(digits) && Number(digits) % 97 === 1 ? digits : null;
  };
  const spaced = (digits) => `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;

  const keep = (change, id) => Outbox.keep({ url, label, id }, (fields) => written(change(read(fields))));

  const list = async () => {
    const kept = await piles();
    byID("slip-kept-none").hidden = kept.length > 0;
    byID("slip-send").hidden = !kept.some(isOpen);
    const row = ({ digits, lines }, pile) => {
      const item = document.createElement("li");
      const count = lines.filter((each) => !each.startsWith("0 ")).length;
      item.textContent = `${spaced(digits)} · ${fill(offline.dataset.items, count)} `;
      if (!isOpen(pile)) return item;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "button quiet";
      remove.textContent = offline.dataset.remove;
      remove.setAttribute("aria-label", fill(offline.dataset.removed, spaced(digits)));
      remove.addEventListener("click", () => keep((slips) => slips.filter((slip) => slip.digits !== digits), pile.id));
      item.append(remove);
      return item;
    };
    byID("slip-kept").replaceChildren(...kept.flatMap((pile) => read(pile.fields).map((slip) => row(slip, pile))));
  };
  document.addEventListener("outbox", list);

  code.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (event.repeat) return;
    const digits = slipCode(code.value);
    code.toggleAttribute("aria-invalid", !digits);
    codeProblem.textContent = digits ? "" : keypad.dataset.slip;
    if (!digits) return code.select();
    code.value = spaced(digits);
    line.focus();
    const before = (await piles()).filter(isOpen).flatMap(({ fields }) => read(fields));
    if (before.some((slip) => slip.digits === digits)) codeProblem.textContent = offline.dataset.again;
  });

  const fresh = (digits, lines) => {
    code.value = digits;
    codeProblem.textContent = "";
    start(lines);
  };

  finish.addEventListener("click", async () => {
    const digits = slipCode(code.value);
    if (!digits) {
      codeProblem.textContent = keypad.dataset.slip;
      return code.focus();
    }
    if (wanted.size === 0) {
      refuse(keypad.dataset.empty);
      return line.focus();
    }
    const slip = { digits, lines: notation().split("\n") };
    // The next number is typed at once; writing this one down may take a moment.
    fresh("", "");
    code.focus();
    try {
      await keep((slips) => [...slips.filter((other) => other.digits !== digits), slip]);
    } catch {
      fresh(spaced(digits), slip.lines.join("\n"));
      codeProblem.textContent = offline.dataset.unkept;
      finish.focus();
    }
  });
  byID("slip-offline-form").addEventListener("submit", (event) => event.preventDefault());

  const tell = (words) => {
    sent.textContent = words;
    sent.hidden = false;
  };

  byID("slip-send").addEventListener("click", async () => {
    const { id, fields } = (await piles()).find(isOpen);
    const { state, url: report, problem } = await Outbox.send({ url, label, fields, id });
    if (state === "sent") return location.assign(report);
    if (state !== "refused") return tell(state === "sign-in" ? offline.dataset.signIn : offline.dataset.waiting);
    tell(offline.dataset.refused + [problem.title, ...problem.errors.map(({ message }) => message)].join(" "));
  });

  offline.hidden = false;
  byID("slip-by-text").hidden = true;
  start("");
  list().then(() => code.focus());
})();
