// Keys order slips on paper by a numeric keypad: `code quantity` and Enter, an empty Enter at the end. What was keyed is
// read back large. On the page for piles the slips are kept in this browser until there is a network to send them.
// Without this script the same lines are written into a text area.
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
    if (match && match[1] === "0" && match[2]) {
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
  if (!offline || !window.indexedDB) return;
  const campaign = offline.dataset.campaign;
  const code = byID("slip-code");
  const codeProblem = byID("slip-code-problem");
  const sent = byID("slip-sent");

  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("nuanlin-slips", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("slips", { keyPath: ["campaign", "code"] });
        asked.result.createObjectStore("batches", { keyPath: "campaign" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  // Runs a few requests in one transaction, which is over when the promise is.
  const change = async (body) => {
    const base = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = base.transaction(["slips", "batches"], "readwrite");
        let result;
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(transaction.error);
        body(transaction.objectStore("slips"), transaction.objectStore("batches"), (value) => (result = value));
      });
    } finally {
      base.close();
    }
  };
  const kept = () =>
    change((slips, _, answer) => {
      const asked = slips.getAll(IDBKeyRange.bound([campaign], [campaign, []]));
      asked.onsuccess = () => answer(asked.result.sort((one, other) => one.at - other.at));
    });
  const batch = () =>
    change((_, batches, answer) => {
      const asked = batches.get(campaign);
      asked.onsuccess = () => answer(asked.result);
    });

  const slipCode = (text) => {
    const digits = narrow(text).split("/").pop().replace(/[\s.\-　]/g, "");
    return /^\d{10}$/.test(digits) && Number(digits) % 97 === 1 ? digits : null;
  };
  const spaced = (digits) => `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;

  const list = async () => {
    const slips = await kept();
    const waiting = (await batch())?.slips ?? [];
    byID("slip-kept-none").hidden = slips.length + waiting.length > 0;
    byID("slip-send").hidden = slips.length + waiting.length === 0;
    const entry = (slip, isWaiting) => {
      const row = document.createElement("li");
      const count = slip.lines.filter((each) => each.code !== "0").length;
      row.textContent = `${spaced(slip.code)} · ${fill(offline.dataset.items, count)} `;
      if (!isWaiting) {
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button quiet";
        remove.textContent = offline.dataset.remove;
        remove.setAttribute("aria-label", fill(offline.dataset.removed, spaced(slip.code)));
        remove.addEventListener("click", async () => {
          await change((store) => store.delete([campaign, slip.code]));
          await list();
        });
        row.append(remove);
      }
      return row;
    };
    byID("slip-kept").replaceChildren(
      ...waiting.map((slip) => entry(slip, true)),
      ...slips.map((slip) => entry(slip, false)),
    );
  };

  code.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const digits = slipCode(code.value);
    code.toggleAttribute("aria-invalid", !digits);
    codeProblem.textContent = digits ? "" : keypad.dataset.slip;
    if (!digits) return code.select();
    code.value = spaced(digits);
    line.focus();
    const slips = await kept();
    if (slips.some((slip) => slip.code === digits)) codeProblem.textContent = offline.dataset.again;
  });

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
    const lines = [...wanted].map(([item, quantity]) => ({ code: item, quantity }));
    const slip = { campaign, code: digits, lines, most, at: Date.now() };
    await change((slips) => slips.put(slip));
    code.value = "";
    codeProblem.textContent = "";
    start("");
    code.focus();
    await list();
  });
  byID("slip-offline-form").addEventListener("submit", (event) => event.preventDefault());

  // What is sent is put aside under a key of its own first, so that sending it twice is one batch.
  const prepare = async () => {
    const slips = await kept();
    return change((store, batches, answer) => {
      const asked = batches.get(campaign);
      asked.onsuccess = () => {
        if (asked.result) return answer(asked.result);
        if (slips.length === 0) return;
        const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
        const prepared = { campaign, key: key.join(""), slips };
        for (const slip of slips) store.delete([campaign, slip.code]);
        batches.put(prepared);
        answer(prepared);
      };
    });
  };
  const putBack = (prepared) =>
    change((store, batches) => {
      for (const slip of prepared.slips) store.put(slip);
      batches.delete(campaign);
    });
  const tell = (words) => {
    sent.textContent = words;
    sent.hidden = false;
  };

  byID("slip-send").addEventListener("click", async () => {
    const prepared = await prepare();
    if (!prepared) return;
    const slips = prepared.slips.map((slip) => {
      const one = { code: slip.code, lines: slip.lines };
      if (slip.most > 0) one.most = { amount: slip.most, currency: "CNY" };
      return one;
    });
    let answer;
    try {
      answer = await fetch(`/api/v1/campaigns/${campaign}/slips`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRF-Token": offline.dataset.token,
          "Idempotency-Key": prepared.key,
        },
        body: JSON.stringify({ slips }),
      });
    } catch {
      await list();
      return tell(offline.dataset.waiting);
    }
    if (answer.ok) {
      const { id } = await answer.json();
      await change((_, batches) => batches.delete(campaign));
      location.assign(`/desk/slips/batches/${id}`);
      return;
    }
    if (answer.status === 401 || answer.status === 403) return tell(offline.dataset.reload);
    if (answer.status < 500) {
      const told = await answer.json().catch(() => ({}));
      await putBack(prepared);
      await list();
      return tell(offline.dataset.refused + (told.title ?? ""));
    }
    await list();
    tell(offline.dataset.waiting);
  });

  offline.hidden = false;
  byID("slip-by-text").hidden = true;
  start("");
  list().then(() => code.focus());
})();
