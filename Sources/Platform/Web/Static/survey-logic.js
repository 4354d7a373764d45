// What follows from the answers to a questionnaire, worked out on the phone while it is filled in: what is asked, computed,
// offered, and wrong. The server works out the same and takes only its own word (Surveys/Expressions); both are held against
// the same examples. This file reads no expression: the server sends their trees, and says in CompiledFormJSON how.
//
// SurveyLogic.evaluateForm(form, answers, clock) → {items, cleaned}
//   form     what CompiledFormJSON wrote.
//   answers  a Map of texts by the names of the items: the value of a field; the names of several choices with spaces between.
//   clock    {now: milliseconds since 1970, offset: seconds east of UTC}.
//   items    in the order of the form: {name, relevant, readOnly, required, value, offered, problem}. `offered` holds places
//            in the list of choices, `problem` is null or: missing integer number digits range step date time date_time
//            choice twice rank acknowledge long constraint.
//   cleaned  [name, value] of everything that is to be kept.
// SurveyLogic.evaluate(node, {values, current, columns, lists, clock}) → text, number or boolean
"use strict";

self.SurveyLogic ??= (() => {
  const longest = 10_000;
  const mostDigits = 15;
  const length = (text) => [...text].length;

  // White space of XML.
  const trimmed = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  const words = (text) => text.split(/[ \t\r\n]+/).filter((word) => word !== "");

  // Dates

  const day = (text) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return NaN;
    const moment = new Date(`${text}T00:00:00Z`);
    // Some browsers carry the 30th of February on into March.
    const exists = text >= "0001" && !isNaN(moment) && moment.toISOString().startsWith(text);
    return exists ? moment.getTime() / 86_400_000 : NaN;
  };
  const dateOf = (days) => (days >= -719_162 && days <= 2_932_896 ? new Date(days * 86_400_000).toISOString().slice(0, 10) : "");

  const seconds = (hours, minutes, rest = 0) =>
    (hours < 24 && minutes < 60 && rest < 60 ? hours * 3600 + minutes * 60 + Number(rest) : NaN);

  const dateTimeForm = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))?$/;
  // Seconds on the clock since 1970-01-01T00:00.
  const dateTime = (text, offset) => {
    const parts = dateTimeForm.exec(text);
    if (!parts) return NaN;
    const [, date, hours, minutes, rest, fraction = "0", sign, offsetHours, offsetMinutes] = parts;
    let own = text.endsWith("Z") ? 0 : offset;
    if (sign) {
      own = seconds(offsetHours, offsetMinutes) * (sign === "-" ? -1 : 1);
      if (Math.abs(own) > 14 * 3600) return NaN;
    }
    return day(date) * 86_400 + seconds(hours, minutes, rest) - own + offset + Number(fraction);
  };
  const isTime = (text) => /^\d\d:\d\d(:\d\d)?$/.test(text) && !isNaN(seconds(...text.split(":")));

  // Conversions of XPath 1.0

  // The digits of a number that is not negative and the place of its point: 0.d₁d₂d₃… × 10^point.
  const decimal = (number) => {
    const [mantissa, exponent = "0"] = String(number).split("e");
    const [whole, fraction = ""] = mantissa.split(".");
    const written = whole + fraction;
    const digits = written.replace(/^0+/, "");
    return { digits: digits.replace(/0+$/, ""), point: whole.length + Number(exponent) - (written.length - digits.length) };
  };
  const written = ({ digits, point }) => {
    if (digits === "") return "0";
    if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
    if (point >= digits.length) return digits.padEnd(point, "0");
    return `${digits.slice(0, point)}.${digits.slice(point)}`;
  };

  const string = (value) => {
    if (typeof value !== "number") return String(value);
    if (!isFinite(value)) return String(value);
    return value < 0 ? `-${written(decimal(-value))}` : written(decimal(value));
  };
  const boolean = (value) => Boolean(value);
  const number = (value, clock) => {
    if (typeof value !== "string") return Number(value);
    const text = trimmed(value);
    if (/^-?(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text);
    const days = day(text);
    return isNaN(days) ? dateTime(text, clock.offset) / 86_400 : days;
  };

  // Half goes towards positive infinity; on the decimal digits, as the server does it.
  const round = (value, wanted) => {
    const places = Math.trunc(wanted);
    if (!isFinite(value) || value === 0) return value;
    if (!(Math.abs(places) <= 30)) return NaN;
    const { digits, point } = decimal(Math.abs(value));
    const kept = point + places;
    if (kept >= digits.length) return value;
    const rest = kept < 0 ? "0" : digits.slice(kept);
    const goesUp = rest[0] >= "5" && (rest !== "5" || value > 0);
    const units = BigInt(kept > 0 ? digits.slice(0, kept) : "0") + (goesUp ? 1n : 0n);
    const magnitude = Number(`${units}e${-places}`);
    return value < 0 ? -magnitude : magnitude;
  };

  // Patterns: all steps at which the text so far may stand go on together, so that none takes longer than the text is long.

  const follow = (steps, seeds, place, end) => {
    const reached = new Set();
    const stack = [...seeds];
    while (stack.length > 0) {
      const state = stack.pop();
      if (reached.has(state)) continue;
      reached.add(state);
      const step = steps[state];
      if (step?.to) stack.push(...step.to);
      else if ((step === "^" && place === 0) || (step === "$" && place === end)) stack.push(state + 1);
    }
    return reached;
  };
  const takes = (step, point) => {
    if (!Array.isArray(step)) return false;
    for (let i = 0; i < step.length; i += 2) if (point >= step[i] && point <= step[i + 1]) return true;
    return false;
  };
  const matches = (steps, text) => {
    const points = Array.from(text, (character) => character.codePointAt(0));
    let states = follow(steps, [0], 0, points.length);
    for (const [place, point] of points.entries()) {
      const next = [...states].filter((state) => takes(steps[state], point)).map((state) => state + 1);
      if (next.length === 0) return false;
      states = follow(steps, next, place + 1, points.length);
    }
    return states.has(steps.length);
  };

  // Expressions

  const compare = (left, right, clock) => {
    if (typeof left === "boolean" || typeof right === "boolean") return boolean(left) === boolean(right);
    if (typeof left === "number" || typeof right === "number") return number(left, clock) === number(right, clock);
    return left === right;
  };

  const operators = {
    or: (left, right) => boolean(left) || boolean(right),
    and: (left, right) => boolean(left) && boolean(right),
    "=": compare,
    "!=": (left, right, clock) => !compare(left, right, clock),
    "<": (left, right, clock) => number(left, clock) < number(right, clock),
    "<=": (left, right, clock) => number(left, clock) <= number(right, clock),
    ">": (left, right, clock) => number(left, clock) > number(right, clock),
    ">=": (left, right, clock) => number(left, clock) >= number(right, clock),
    "+": (left, right, clock) => number(left, clock) + number(right, clock),
    "-": (left, right, clock) => number(left, clock) - number(right, clock),
    "*": (left, right, clock) => number(left, clock) * number(right, clock),
    div: (left, right, clock) => number(left, clock) / number(right, clock),
    mod: (left, right, clock) => number(left, clock) % number(right, clock),
  };

  const local = ({ now, offset }) => new Date((Math.floor(now / 1000) + offset) * 1000).toISOString();
  const zone = (offset) => {
    const minutes = Math.floor(Math.abs(offset) / 60);
    const two = (part) => String(Math.floor(part)).padStart(2, "0");
    return `${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  };
  // The item of a list counted from 0; empty where there is none.
  const at = (list, index) => (index > -1 ? words(list)[Math.trunc(index)] ?? "" : "");

  // What is given to each are functions, so that only what is needed is worked out.
  const functions = {
    not: (a) => !boolean(a()),
    true: () => true,
    false: () => false,
    if: (condition, a, b) => (boolean(condition()) ? a() : b()),
    coalesce: (a, b) => {
      const value = a();
      return Number.isNaN(value) || value === "" ? string(b()) : string(value);
    },
    selected: (a, b) => {
      const [list, value] = [trimmed(string(a())), trimmed(string(b()))];
      return list === value || words(list).includes(value);
    },
    "selected-at": (a, b, { clock }) => at(string(a()), number(b(), clock)),
    "count-selected": (a) => words(string(a())).length,
    contains: (a, b) => string(a()).includes(string(b())),
    "starts-with": (a, b) => string(a()).startsWith(string(b())),
    "string-length": (a) => length(string(a())),
    number: (a, { clock }) => number(a(), clock),
    int: (a, { clock }) => Math.trunc(number(a(), clock)),
    today: ({ clock }) => local(clock).slice(0, 10),
    now: ({ clock }) => local(clock).slice(0, 19) + zone(clock.offset),
    date: (a, { clock }) => {
      const value = a();
      return typeof value === "boolean" ? "" : dateOf(Math.floor(number(value, clock)));
    },
  };

  const evaluate = (node, context) => {
    if (typeof node === "string") return node;
    const [kind, ...parts] = node;
    const value = (part) => evaluate(part, context);
    const { clock } = context;
    switch (kind) {
      case "#": return Number(parts[0]);
      case "$": return context.values[parts[0]] ?? "";
      case ".": return context.current ?? "";
      case "@": return context.columns?.[parts[0]] ?? "";
      case "neg": return -number(value(parts[0]), clock);
      case "round": return round(number(value(parts[0]), clock), parts.length > 1 ? number(value(parts[1]), clock) : 0);
      case "regex": return matches(parts[1], string(value(parts[0])));
      case "jr:choice-name": {
        const name = string(value(parts[0]));
        return context.lists[parts[1]]?.find((choice) => choice[0] === name)?.[1] ?? "";
      }
      case "chain": {
        const [first, ...rest] = parts;
        let result = value(first);
        for (let i = 0; i < rest.length; i += 2) {
          if (rest[i] === "or" && boolean(result)) return true;
          if (rest[i] === "and" && !boolean(result)) return false;
          result = operators[rest[i]](result, value(rest[i + 1]), clock);
        }
        return result;
      }
      default: return functions[kind](...parts.map((part) => () => value(part)), context);
    }
  };

  // Answers

  const narrow = (text) => text.replace(/[\uff0d\uff0e\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  // A decimal number without needless zeros, exact to its last digit; null for anything else.
  const decimalText = (typed) => {
    const parts = /^(-?)(\d*)(?:\.(\d*))?$/.exec(narrow(typed));
    if (!parts || (parts[2] === "" && !parts[3])) return null;
    const whole = parts[2].replace(/^0+/, "");
    const fraction = (parts[3] ?? "").replace(/0+$/, "");
    const magnitude = (whole || "0") + (fraction && `.${fraction}`);
    return { text: (parts[1] && magnitude !== "0" ? "-" : "") + magnitude, decimals: fraction.length, digits: whole.length + fraction.length };
  };

  const numeric = ["integer", "decimal", "range"];
  const several = ["select_multiple", "rank"];

  const normalised = (text, type) => {
    const kept = text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "").replace(/\r\n?/g, "\n");
    if (type === "note" || type === "group") return "";
    if (numeric.includes(type)) return decimalText(kept)?.text ?? kept;
    return several.includes(type) ? words(kept).join(" ") : kept;
  };

  const rangeProblem = (found, [start, end, step]) => {
    const bounds = [start, end, step].map(decimalText);
    const decimals = Math.max(found.decimals, ...bounds.map((bound) => bound.decimals));
    const scaled = (one) => BigInt(one.text.replace(".", "")) * 10n ** BigInt(decimals - one.decimals);
    const [low, high, size] = bounds.map(scaled);
    const place = scaled(found);
    if (place < low || place > high) return "range";
    return size > 0n && (place - low) % size === 0n ? null : "step";
  };
  const numberProblem = (value, { type, range }) => {
    const found = decimalText(value);
    if (!found) return type === "integer" ? "integer" : "number";
    if (found.digits > mostDigits) return "digits";
    if (type === "integer") return found.decimals === 0 ? null : "integer";
    return range ? rangeProblem(found, range) : null;
  };
  const choiceProblem = (chosen, type, offered) => {
    const names = new Set(offered);
    if (chosen.some((name) => !names.has(name))) return "choice";
    if (new Set(chosen).size < chosen.length) return "twice";
    return type === "rank" && chosen.length < names.size ? "rank" : null;
  };

  const kindProblem = (value, item, offered) => {
    if (length(value) > longest) return "long";
    if (numeric.includes(item.type)) return numberProblem(value, item);
    if (several.includes(item.type)) return choiceProblem(words(value), item.type, offered);
    switch (item.type) {
      case "date": return isNaN(day(value)) ? "date" : null;
      case "time": return isTime(value) ? null : "time";
      case "dateTime": return isNaN(dateTime(value, 0)) ? "date_time" : null;
      case "select_one": return offered.includes(value) ? null : "choice";
      case "acknowledge": return value === "OK" ? null : "acknowledge";
      default: return null;
    }
  };

  const evaluateForm = ({ items, order, lists }, answers, clock) => {
    const values = items.map(() => "");
    const relevant = items.map(() => false);
    const context = { values, lists, clock };
    const isTrue = (node, otherwise) => (node === undefined ? otherwise : boolean(evaluate(node, context)));
    const choices = (item) => lists[item.list] ?? [];
    const names = (offered) => offered.map((choice) => choice[0]);

    // NaN is no value, and neither is what could be no answer to the question.
    const computed = (item) => {
      const value = evaluate(item.calculation, context);
      const text = Number.isNaN(value) ? "" : normalised(string(value), item.type);
      return text !== "" && kindProblem(text, item, names(choices(item))) === null ? text : "";
    };
    for (const place of order) {
      const item = items[place];
      relevant[place] = (relevant[item.parent] ?? true) && isTrue(item.relevant, true);
      if (!relevant[place]) continue;
      values[place] = item.calculation === undefined ? normalised(answers.get(item.name) ?? "", item.type) : computed(item);
    }

    const problemOf = (item, value, offered, required) => {
      if (value === "") return required ? "missing" : null;
      const problem = item.calculation === undefined ? kindProblem(value, item, names(offered)) : null;
      if (problem !== null || item.constraint === undefined) return problem;
      return boolean(evaluate(item.constraint, { ...context, current: value })) ? null : "constraint";
    };
    const states = items.map((item, place) => {
      const isOffered = (choice) =>
        item.choice_filter === undefined || boolean(evaluate(item.choice_filter, { ...context, columns: choice }));
      const all = choices(item);
      const offered = relevant[place] ? [...all.keys()].filter((index) => isOffered(all[index])) : [];
      const readOnly = item.calculation !== undefined || isTrue(item.read_only, false);
      // Where nothing is offered, nobody could choose.
      const isOpen = relevant[place] && !readOnly && (item.list === undefined || offered.length > 0);
      const required = isOpen && isTrue(item.required, false);
      const problem = problemOf(item, values[place], offered.map((index) => all[index]), required);
      return { name: item.name, relevant: relevant[place], readOnly, required, value: values[place], offered, problem };
    });
    return { items: states, cleaned: states.filter(({ value }) => value !== "").map(({ name, value }) => [name, value]) };
  };

  return { evaluate, evaluateForm };
})();
