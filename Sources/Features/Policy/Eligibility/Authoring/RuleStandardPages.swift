import Kernel
import Web

/// The pages of one dated parameter, called a standard for people, and of one example.
struct RuleStandardPages {
  let say: Wording
  let token: String
  let card: PolicyCard
  /// A new idempotency key for each form.
  let key: () -> String
  let draft: RuleDraft

  private var path: String { RuleDraftPages.draft(card.id) }

  // MARK: - Standards

  func new(_ state: FormState, alerts: [HTML]) -> Page {
    let title = say("加一个会变的标准", "A standard that changes")
    let parts = FormParts(state, say)
    let main: HTML = """
      \(back)<h1>\(title)</h1><section class="panel">\
      \(form(.addParameter, parts, name(parts), Phrase("加上", "Add")))</section>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  func standard(
    _ parameter: RuleParameter, sent: RuleStepKind?, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let add = FormParts(
      sent == .setValue ? state : FormState(["replacing": RuleStepForm.nothing]), say,
      place: RuleStepKind.setValue.rawValue)
    let rename = FormParts(
      sent == .renameParameter ? state : FormState(["name": parameter.name]), say,
      place: RuleStepKind.renameParameter.rawValue)
    let named = rename.hidden("parameter", parameter.key)
    let remove = FormParts(.empty, say, place: RuleStepKind.removeParameter.rawValue)
    let main: HTML = """
      \(back)<h1>\(parameter.name)</h1>\(values(parameter))<div class="columns">\
      \(PageParts.card(say("加一个数，或者改一个", "Add a number, or change one"), form(.setValue, add, valueFields(parameter, add), Phrase("存下", "Keep"))))\
      \(PageParts.card(say("改名字", "Rename it"), form(.renameParameter, rename, "\(named)\(name(rename))", Phrase("存下", "Keep"))))\
      </div><details><summary>\(say("删掉这个标准", "Remove this standard"))</summary>\
      \(form(.removeParameter, remove, named, Phrase("删掉", "Remove")))</details>
      """
    return Page(title: parameter.name, kind: .staff, main: main, alerts: alerts)
  }

  private func values(_ parameter: RuleParameter) -> HTML {
    guard !parameter.values.isEmpty else {
      return PageParts.empty(say("还没有数。", "It has no number yet."))
    }
    let rows = parameter.values.map { value -> [HTML] in
      let parts = FormParts(.empty, say, place: value.from.iso)
      let fields: HTML =
        "\(parts.hidden("parameter", parameter.key))\(parts.hidden("from", value.from.iso))"
      return [
        HTML(text: value.from.words(say)),
        HTML(text: value.through.map { $0.words(say) } ?? say("还在用", "In force")),
        HTML(text: String(value.amount)),
        HTML(
          text: [value.citation.article, value.citation.quote].filter { !$0.isEmpty }.joined(separator: "："))
          + form(.removeValue, parts, fields, Phrase("删掉", "Remove")),
      ]
    }
    return PageParts.table(
      caption: say("哪一段日子是多少", "Which number holds when"),
      columns: [
        TableColumn(say("从哪天起（含）", "From, the day included")),
        TableColumn(say("到哪天止（含）", "Through, the day included")),
        TableColumn(say("多少", "Number"), isNumeric: true), TableColumn(say("出处", "Source")),
      ], rows: rows)
  }

  private func valueFields(_ parameter: RuleParameter, _ parts: FormParts) -> HTML {
    let present = parameter.values.map { (value: $0.from.iso, name: Phrase(same: $0.from.iso)) }
    let replacing: HTML =
      present.isEmpty
      ? .empty
      : parts.select(
        "replacing", Phrase("改从哪天起的那个数", "The number to be changed begins on"),
        options: [(RuleStepForm.nothing, Phrase("不改，另加一个", "None: add one"))] + present, isRequired: false)
    return """
      \(parts.hidden("parameter", parameter.key))\
      \(parts.date("from", Phrase("从哪天起", "From"), hint: Phrase("这一天就算。前面还在用的那个数，会自动到前一天为止。", "This day counts. A number still in force ends the day before by itself.")))\
      \(parts.date("through", Phrase("到哪天止", "Through"), hint: Phrase("这一天也算；还在用就空着。", "This day counts too; leave it empty while it is in force."), isRequired: false))\
      \(parts.number("amount", Phrase("多少", "Number")))\(replacing)\(RulePartPages.citation(parts))
      """
  }

  private func name(_ parts: FormParts) -> HTML {
    parts.text(
      "name", Phrase("名字", "Name"), hint: Phrase("比如 最低生活保障标准", "Such as minimum living standard"),
      maximumLength: 40)
  }

  // MARK: - Examples

  /// The form of an example, made of the facts that the rule uses.
  ///
  /// - Parameter place: of the example that is changed; nil for a new one.
  func test(_ place: Int?, _ state: FormState, alerts: [HTML]) -> Page {
    let title = place == nil ? say("加一个样例", "A new example") : say("改样例", "Change an example")
    let parts = FormParts(state, say)
    let facts = draft.content.rule.facts.sorted()
    let facing = FactParts(say: say)
    let which = place.map { parts.hidden("place", String($0)) } ?? .empty
    let verdicts = EligibilityVerdict.allCases.map { ($0.rawValue, RuleWords.verdict($0)) }
    let fields: HTML = """
      \(which)\
      \(parts.text("name", Phrase("名字", "Name"), hint: Phrase("编一个人，比如 刚满 60 岁的本区老人。不要写真人。", "Make somebody up: “just 60, registered here”. Never a real person."), maximumLength: 80))\
      \(parts.date("day", Phrase("哪一天", "On which day"), hint: Phrase("标准会变，所以要说哪一天。", "Standards change, so the day matters.")))\
      \(facts.map { facing.exact($0, parts) })\
      \(parts.radios("expected", Phrase("应该是什么结果", "What should come out"), options: verdicts))\
      \(parts.checkbox("says_missing", Phrase("也要核对还缺哪几项", "Check what is missing as well")))\
      \(parts.checkboxes("missing", Phrase("应该缺的", "What should be missing"), options: facts.map { ($0.rawValue, $0.name) }))
      """
    let remove: HTML =
      place.map { place -> HTML in
        let parts = FormParts(.empty, say, place: "remove")
        return
          "<details><summary>\(say("删掉这个样例", "Remove this example"))</summary>\(form(.removeTest, parts, parts.hidden("place", String(place)), Phrase("删掉", "Remove")))</details>"
      } ?? .empty
    let main: HTML = """
      \(back)<h1>\(title)</h1><section class="panel">\
      \(form(.setTest, parts, fields, Phrase("存下", "Keep")))</section>\(remove)
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// What a new example begins with, or one that is changed.
  static func state(of test: GoldenTest?, facts: [EligibilityFact], today: PolicyDay) -> FormState {
    var fields = FactForm.fields(test?.facts ?? .empty, of: facts, isTyped: true).map {
      Form.Field(name: $0.key, value: $0.value)
    }
    func add(_ name: String, _ value: String) { fields.append(Form.Field(name: name, value: value)) }
    add("day", (test?.day ?? today).iso)
    if let test {
      add("name", test.name)
      add("expected", test.expected.rawValue)
      if let missing = test.missing {
        add("says_missing", "on")
        for fact in missing { add("missing", fact.rawValue) }
      }
    }
    return FormState(Form(fields: fields))
  }

  private var back: HTML { "<p><a href=\"\(path)\">← \(say("整条规则", "The whole rule"))</a></p>" }

  private func form(_ kind: RuleStepKind, _ parts: FormParts, _ fields: HTML, _ label: Phrase) -> HTML {
    parts.form(
      to: "\(path)/steps", token: token, idempotencyKey: key(),
      """
      \(parts.hidden("step", kind.rawValue))\(parts.hidden("revision", String(draft.revision)))\
      \(fields)\(parts.submit(label))
      """)
  }
}
