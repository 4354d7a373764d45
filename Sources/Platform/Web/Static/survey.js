// A questionnaire while it is filled in: what is asked follows from what was answered, at once and without network. What
// follows is worked out by survey-logic.js; without scripts the server asks what is left when the form is sent.
//
// form[data-survey] holds what survey-logic.js reads; data-messages {all: [[code, words]], own: [[item, code, words]]};
// data-texts [[item, words with ${name}]]; data-offset seconds east of UTC. Fields are called a.ITEM, a.ITEM.CHOICE for a
// place in an order, and r.ITEM for “I would rather not say”; [data-item] is drawn only while the item is asked.
// data-draft names what is kept on this telephone until it was sent, data-kept says so; [data-survey-sent] on the next page
// says that it was. data-outbox-form: a social worker asks; the answers go through the outbox, one person after another.
"use strict";

(() => {
  const sent = document.querySelector("[data-survey-sent]");
  const drafts = (() => {
    try {
      return self.localStorage;
    } catch {
      return null;
    }
  })();
  if (sent && drafts) {
    for (const name of Object.keys(drafts)) if (name.startsWith(`survey ${sent.dataset.surveySent} `)) drafts.removeItem(name);
  }

  const form = document.querySelector("form[data-survey]");
  const { SurveyLogic, Outbox } = self;
  if (!form || !SurveyLogic) return;
  const logic = JSON.parse(form.dataset.survey);
  const messages = JSON.parse(form.dataset.messages);
  const texts = new Map(JSON.parse(form.dataset.texts ?? "[]"));
  const offset = Number(form.dataset.offset);
  const boxes = new Map([...form.querySelectorAll("[data-item]")].map((box) => [box.dataset.item, box]));
  const fields = (name) => [...form.elements].filter((field) => field.name === name);

  // What stands in the fields

  const zone = () => {
    const minutes = Math.abs(offset) / 60;
    const two = (number) => String(Math.trunc(number)).padStart(2, "0");
    return `${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  };
  const isRefused = (name) => fields(`r.${name}`).some((field) => field.checked);
  const ranked = (name) => {
    const places = [...form.elements]
      .filter((field) => field.name.startsWith(`a.${name}.`) && field.value !== "")
      .map((field) => [Number(field.value), field.name.slice(name.length + 3)]);
    return places.sort(([one], [other]) => one - other).map(([, choice]) => choice).join(" ");
  };
  const answer = ({ name, type }) => {
    if (isRefused(name)) return "";
    if (type === "rank") return ranked(name);
    const all = fields(`a.${name}`);
    const ticked = all.some((field) => field.type === "radio" || field.type === "checkbox");
    const values = all.filter((field) => !ticked || field.checked).map((field) => field.value);
    if (type === "date_time" && values[0]?.length === 16) return `${values[0]}:00${zone()}`;
    return values.join(" ");
  };
  const evaluated = () => {
    const answers = new Map(logic.items.map((item) => [item.name, answer(item)]).filter(([, text]) => text !== ""));
    return SurveyLogic.evaluateForm(logic, answers, { now: Date.now(), offset });
  };

  // What is drawn

  const shown = (name, state) => {
    const words = fields(`a.${name}`).flatMap((field) => {
      if (field.tagName === "SELECT") return field.value === "" ? [] : [field.selectedOptions[0].textContent];
      if (field.type === "radio" || field.type === "checkbox") return field.checked ? [field.closest("label").textContent.trim()] : [];
      return field.value === "" ? [] : [field.value];
    });
    return words.join("、") || state?.value || form.dataset.dots;
  };
  const wordsOf = (item, code) =>
    messages.own.find(([name, own]) => name === item && own === code)?.[2] ?? messages.all.find(([known]) => known === code)?.[1];

  const offer = (item, state) => {
    if (item.list === undefined) return;
    const names = new Set(state.offered.map((place) => logic.lists[item.list][place][0]));
    for (const field of fields(`a.${item.name}`)) {
      if (field.tagName === "SELECT") {
        for (const option of field.options) option.hidden = option.disabled = option.value !== "" && !names.has(option.value);
      } else {
        field.closest("label").hidden = field.disabled = !names.has(field.value);
      }
    }
  };

  const complain = (name, code) => {
    const box = boxes.get(name);
    if (!box) return;
    let place = box.querySelector("[data-problem]");
    const words = code === null ? "" : wordsOf(name, code) ?? "";
    if (!place && words === "") return;
    if (!place) {
      place = document.createElement("p");
      place.className = "error";
      place.dataset.problem = "";
      place.setAttribute("role", "alert");
      // Where the page of the server says it: above what is to be changed, not beside the next question.
      const heading = box.querySelector("legend, label");
      const hint = heading?.parentElement.querySelector(":scope > .hint");
      if (heading) (hint ?? heading).after(place);
      else box.append(place);
    }
    place.textContent = words === "" ? "" : `⚠ ${words}`;
    place.hidden = words === "";
  };

  // What was touched is told at once; what is missing only when the form is sent.
  const touched = new Set();
  const draw = () => {
    const { items } = evaluated();
    const byName = new Map(items.map((state) => [state.name, state]));
    logic.items.forEach((item, place) => {
      const state = items[place];
      const box = boxes.get(item.name);
      if (!box) return;
      box.hidden = !state.relevant;
      offer(item, state);
      const template = texts.get(item.name);
      const heading = template && box.querySelector("legend, label, p");
      if (heading) heading.firstChild.textContent = template.replace(/\$\{([^}]*)\}/g, (_, name) => shown(name, byName.get(name)));
      if (touched.has(item.name)) complain(item.name, state.problem === "missing" ? null : state.problem);
    });
    form.elements.shown.value = items.filter(({ relevant, name }) => relevant && boxes.has(name)).map(({ name }) => name).join(" ");
    return items;
  };

  // What is kept on this telephone

  const kept = () => [...new FormData(form)].filter(([name, value]) => name !== "form_token" && typeof value === "string");
  const keep = () => {
    if (form.dataset.draft && drafts) drafts.setItem(form.dataset.draft, JSON.stringify(kept()));
  };
  const restore = () => {
    const text = form.dataset.draft && drafts?.getItem(form.dataset.draft);
    // What the server just answered is newer.
    if (!text || form.querySelector(".error-summary")) return;
    const pairs = JSON.parse(text);
    for (const field of form.elements) {
      if (!field.name || field.name === "form_token" || field.type === "submit") continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length > 0) field.value = values[0];
    }
  };

  form.addEventListener("input", ({ target }) => {
    const [, name] = /^[ar]\.([^.]+(?:\.[^.]+)*)$/.exec(target.name) ?? [];
    const item = logic.items.find((one) => one.name === name) ?? logic.items.find((one) => name?.startsWith(`${one.name}.`));
    if (item) touched.add(item.name);
    draw();
    keep();
  });

  const say = (words, tone) => {
    let place = form.querySelector("[data-survey-says]");
    if (!place) {
      place = document.createElement("p");
      place.dataset.surveySays = "";
      place.setAttribute("role", "status");
      form.append(place);
    }
    place.className = `notice ${tone}`;
    place.textContent = words;
  };

  form.addEventListener("submit", (event) => {
    const wrong = draw().filter(({ name, problem }) => problem && !(problem === "missing" && isRefused(name)));
    for (const { name, problem } of wrong) complain(name, problem);
    if (wrong.length > 0) {
      event.preventDefault();
      const box = boxes.get(wrong[0].name);
      box?.scrollIntoView({ block: "center" });
      box?.querySelector("input, select, textarea")?.focus();
      return;
    }
    keep();
    if (form.dataset.outboxForm !== undefined && Outbox) {
      event.preventDefault();
      const key = form.elements.key.value;
      const pairs = [...new FormData(form)].filter(([name]) => name !== "form_token");
      Outbox.send({ url: form.getAttribute("action"), fields: pairs, key, label: form.dataset.outboxForm, quiet: true })
        .then(({ state, problem }) => {
          if (state === "refused") return say(problem.errors?.[0]?.message ?? problem.title, "bad");
          form.reset();
          touched.clear();
          form.elements.key.value = Outbox.newKey();
          draw();
          say(form.dataset.noted, "good");
          self.scrollTo({ top: 0 });
        })
        .catch(() => form.submit());
    } else if (navigator.onLine === false) {
      event.preventDefault();
      say(form.dataset.kept ?? "", "notice");
    }
  });

  restore();
  draw();
})();
