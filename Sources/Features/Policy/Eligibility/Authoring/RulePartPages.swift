import Kernel
import Web

/// The pages of one part of a rule: a condition or a group, and what can be done with it.
struct RulePartPages {
  let say: Wording
  let token: String
  let card: PolicyCard
  let today: PolicyDay
  /// A new idempotency key for each form.
  let key: () -> String
  let draft: RuleDraft

  private var path: String { RuleDraftPages.draft(card.id) }
  private var words: RuleWords { RuleWords(say: say, rule: draft.content.rule, day: today) }

  /// One part. Only one form of the page is shown again with what was typed: the one that was sent.
  ///
  /// - Parameter sent: which form that was; nil where the page is opened.
  func part(
    _ place: RulePath, _ node: RuleNode, sent: RuleStepKind?, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let forms: HTML
    switch node {
    case .condition(let condition):
      let kind = RuleStepKind.changeCondition
      let shown = sent == kind ? state : Self.state(of: condition)
      forms = PageParts.card(say("改条件", "Change it"), conditionForm(kind, place, condition.fact, shown))
    case .group(let group): forms = groupForms(place, group, sent, state)
    }
    let title = words.line(node)
    let main: HTML = """
      \(back)<h1>\(title)</h1><div>\(RuleParts(words: words).tree(node, at: place) { part in
        part == place ? .empty : "<a href=\"\(path)/nodes/\(part.text)\">\(say("改", "Change"))</a>"
      })</div>\(forms)\(wrapForm(place, sent, state))\(place.isTop ? .empty : buttons(place, node))
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// A new condition on a fact, in a group.
  func newCondition(
    _ fact: EligibilityFact, under place: RulePath, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("加一个条件：\(fact.name.chinese)", "A new condition: \(fact.name.english)")
    let main: HTML = """
      \(back)<h1>\(title)</h1>\
      <p class="hint">\(say("居民会看到的问题：", "What residents are asked: "))\(say(fact.question))</p>\
      <section class="panel">\(conditionForm(.addCondition, place, fact, state))</section>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private var back: HTML { "<p><a href=\"\(path)\">← \(say("整条规则", "The whole rule"))</a></p>" }

  // MARK: - Conditions

  private func conditionForm(
    _ kind: RuleStepKind, _ place: RulePath, _ fact: EligibilityFact, _ state: FormState
  ) -> HTML {
    let parts = FormParts(state, say, place: kind.rawValue)
    let fields: HTML
    switch fact.kind {
    case .number(_, let unit): fields = numberFields(unit, parts)
    case .choice(let choices):
      fields = parts.checkboxes(
        "choices", Phrase("是其中哪几种都行", "Any of these will do"), options: choices.map { ($0.rawValue, $0.name) }
      )
    case .yesNo:
      fields = parts.radios(
        "answer", Phrase("要求是", "It has to be"),
        options: [("yes", FactWords.answer(true, of: fact)), ("no", FactWords.answer(false, of: fact))])
    }
    return form(
      kind, place, parts, "\(parts.hidden("fact", fact.rawValue))\(fields)\(Self.citation(parts))",
      Phrase("存下", "Keep"))
  }

  private func numberFields(_ unit: Phrase, _ parts: FormParts) -> HTML {
    let standards = draft.content.rule.parameters
    let choose: HTML =
      standards.isEmpty
      ? .empty
      : parts.select(
        "parameter", Phrase("或者用一个会变的标准", "Or a standard that changes"),
        options: [(RuleStepForm.nothing, Phrase("不用", "None"))]
          + standards.map { ($0.key, Phrase(same: $0.name)) },
        isRequired: false)
    return """
      \(parts.radios("comparison", Phrase("怎么比", "How it is compared"), options: NumberChoice.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.number("number", Phrase("多少", "How much"), isRequired: false, suffix: unit))\(choose)
      """
  }

  static func citation(_ parts: FormParts) -> HTML {
    """
    \(parts.text("article", Phrase("出自哪一条", "Which article says so"), hint: Phrase("比如 第三条", "Such as article 3"), isRequired: false, maximumLength: 60))\
    \(parts.textArea("quote", Phrase("原文怎么写的", "The sentence as it stands there"), hint: Phrase("居民会看到这句原文。", "Residents read this sentence."), rows: 3, isRequired: false))
    """
  }

  private static func state(of condition: RuleCondition) -> FormState {
    var fields = citationFields(condition.citation)
    func add(_ name: String, _ value: String) { fields.append(Form.Field(name: name, value: value)) }
    func add(_ amount: RuleAmount) {
      switch amount {
      case .fixed(let number):
        add("number", String(number))
        add("parameter", RuleStepForm.nothing)
      case .parameter(let key): add("parameter", key)
      }
    }
    switch condition.test {
    case .atLeast(let amount):
      add("comparison", NumberChoice.atLeast.rawValue)
      add(amount)
    case .atMost(let amount):
      add("comparison", NumberChoice.atMost.rawValue)
      add(amount)
    case .isOneOf(let choices): for choice in choices { add("choices", choice.rawValue) }
    case .isAnswered(let answer): add("answer", answer ? "yes" : "no")
    }
    return FormState(Form(fields: fields))
  }

  private static func citationFields(_ citation: RuleCitation) -> [Form.Field] {
    [Form.Field(name: "article", value: citation.article), Form.Field(name: "quote", value: citation.quote)]
  }

  // MARK: - Groups

  private func groupForms(
    _ place: RulePath, _ group: RuleGroup, _ sent: RuleStepKind?, _ state: FormState
  ) -> HTML {
    let facts = EligibilityFact.allCases.map { fact -> HTML in
      "<li><a href=\"\(path)/nodes/\(place.text)/new/\(fact.rawValue)\">\(say(fact.name))</a></li>"
    }
    let change = FormParts(
      sent == .changeGroup ? state : Self.state(of: group), say, place: RuleStepKind.changeGroup.rawValue)
    let add = FormParts(
      sent == .addGroup ? state : FormState(["kind": GroupChoice.any.rawValue]), say,
      place: RuleStepKind.addGroup.rawValue)
    return """
      \(PageParts.card(say("在这一组里加一个条件，看什么？", "Add a condition to this group: on what?"), "<ul>\(facts)</ul>"))\
      <div class="columns">\
      \(PageParts.card(say("改这一组", "Change this group"), form(.changeGroup, place, change, kindFields(change) + Self.citation(change), Phrase("存下", "Keep"))))\
      \(PageParts.card(say("在里面再加一组", "Add a group to it"), form(.addGroup, place, add, kindFields(add) + Self.citation(add), Phrase("加上", "Add"))))\
      </div>
      """
  }

  private func wrapForm(_ place: RulePath, _ sent: RuleStepKind?, _ state: FormState) -> HTML {
    let parts = FormParts(
      sent == .wrap ? state : FormState(["kind": GroupChoice.any.rawValue]), say,
      place: RuleStepKind.wrap.rawValue)
    return PageParts.card(
      say("把它放进新的一组", "Put it into a new group"),
      form(.wrap, place, parts, kindFields(parts), Phrase("放进去", "Put it in")))
  }

  private func kindFields(_ parts: FormParts) -> HTML {
    """
    \(parts.radios("kind", Phrase("这一组", "The group"), options: GroupChoice.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.number("least", Phrase("至少几项", "How many at least"), isRequired: false))
    """
  }

  private static func state(of group: RuleGroup) -> FormState {
    var fields = citationFields(group.citation)
    fields.append(Form.Field(name: "kind", value: GroupChoice(group.kind).rawValue))
    if case .atLeast(let least) = group.kind {
      fields.append(Form.Field(name: "least", value: String(least)))
    }
    return FormState(Form(fields: fields))
  }

  // MARK: - What needs no more than a button

  private func buttons(_ place: RulePath, _ node: RuleNode) -> HTML {
    func button(_ kind: RuleStepKind, _ label: Phrase) -> HTML {
      let parts = FormParts(.empty, say, place: kind.rawValue)
      return form(kind, place, parts, .empty, label)
    }
    let last = (draft.content.rule.root[place.above]?.parts.count ?? 1) - 1
    let up = place.last > 0 ? button(.moveUp, Phrase("往上移", "Move up")) : .empty
    let down = place.last < last ? button(.moveDown, Phrase("往下移", "Move down")) : .empty
    let unwrap: HTML =
      if case .group = node {
        button(.unwrap, Phrase("拆开这一组，里面的留下", "Take the group apart and keep its parts"))
      } else {
        .empty
      }
    let remove = button(.remove, Phrase("删掉，连里面的一起", "Remove it with its parts"))
    return PageParts.card(
      say("移动和删除", "Moving and removing"),
      "\(up)\(down)\(unwrap)<details><summary>\(say("删掉", "Remove"))</summary>\(remove)</details>")
  }

  private func form(
    _ kind: RuleStepKind, _ place: RulePath, _ parts: FormParts, _ fields: HTML, _ label: Phrase
  ) -> HTML {
    parts.form(
      to: "\(path)/steps", token: token, idempotencyKey: key(),
      """
      \(parts.hidden("step", kind.rawValue))\(parts.hidden("revision", String(draft.revision)))\
      \(parts.hidden("node", place.text))\(fields)\(parts.submit(label))
      """)
  }
}
