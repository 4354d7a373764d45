import Kernel
import Web

/// Draws the questions of a questionnaire as the fields of a form, for whoever answers or keys in.
struct QuestionParts {
  let say: Wording
  let language: FormLanguage
  let definition: FormDefinition
  let fields: FormParts
  /// Whether “I would rather not say” is offered.
  let allowsRefusal: Bool
  /// Whether what is meant for the interviewer is shown.
  let isInterview: Bool
  /// What is known of each item, by its name.
  let item: (FormItem) -> State
  /// What stands for `${name}` in texts.
  let shown: (String) -> String

  struct State: Sendable {
    let isRelevant: Bool
    let isRequired: Bool
    let offered: [FormChoice]
  }

  static func field(_ item: String) -> String { "a.\(item)" }
  static func refusal(_ item: String) -> String { "r.\(item)" }
  static func place(_ item: String, _ choice: String) -> String { "a.\(item).\(choice)" }

  /// All that is asked now; what is not is left out, or hidden where a script may show it.
  func all(hidesIrrelevant: Bool) -> HTML {
    HTML.joined(definition.items.map { drawn($0, hidesIrrelevant) })
  }

  private func drawn(_ item: FormItem, _ hides: Bool) -> HTML {
    let state = self.item(item)
    if !state.isRelevant, !hides { return .empty }
    let content: HTML
    switch item.kind {
    case .calculate, .hidden, .start, .end, .today: return .empty
    case .group:
      let heading: HTML = text(item.label).map { "<h2>\($0)</h2>" } ?? .empty
      content = heading + HTML.joined(item.items.map { drawn($0, hides) })
      return """
        <section class="question-group" data-item="\(item.name)"\(attribute: "hidden", if: !state.isRelevant)>\(content)</section>
        """
    case .note: content = "<p class=\"notice neutral\">\(PageParts.lines(text(item.label) ?? ""))</p>"
    default: content = question(item, state) + guidance(item) + refusal(item)
    }
    return """
      <div class="question" data-item="\(item.name)"\(attribute: "hidden", if: !state.isRelevant)>\(content)</div>
      """
  }

  private func guidance(_ item: FormItem) -> HTML {
    guard isInterview, let guidance = text(item.guidanceHint) else { return .empty }
    return "<p class=\"muted\">\(say("给调查员：", "For the interviewer: "))\(guidance)</p>"
  }

  private func refusal(_ item: FormItem) -> HTML {
    guard allowsRefusal, item.readOnly == nil else { return .empty }
    return fields.checkbox(Self.refusal(item.name), Phrase("不想说", "I would rather not say"))
  }

  private func text(_ text: FormText) -> String? {
    text.text(in: language, or: definition.languages).map { FormReferences.filled($0, shown) }
  }

  private func question(_ item: FormItem, _ state: State) -> HTML {
    let name = Self.field(item.name)
    let label = Phrase(same: text(item.label) ?? item.name)
    let hint = text(item.hint).map { Phrase(same: $0) }
    let options = state.offered.map { choice in
      (choice.name, Phrase(same: text(choice.label) ?? choice.name))
    }
    switch item.kind {
    case .selectOne:
      return item.appearance.contains("minimal")
        ? fields.select(name, label, options: options, hint: hint, isRequired: state.isRequired)
        : fields.radios(name, marked(label, state), options: options, hint: hint)
    case .selectMultiple:
      return fields.checkboxes(name, marked(label, state), options: options, hint: hint ?? severalHint)
    case .rank: return ranks(item, label, hint, options)
    case .text where item.appearance.contains("multiline"):
      return fields.textArea(name, label, hint: hint, rows: 3, isRequired: state.isRequired)
    case .integer, .decimal:
      return fields.text(
        name, label, hint: hint, isRequired: state.isRequired, maximumLength: 20,
        inputMode: item.kind == .integer ? "numeric" : "decimal")
    case .range: return range(item, name, label, hint, state)
    case .date: return fields.date(name, label, hint: hint, isRequired: state.isRequired)
    case .time:
      return fields.text(name, label, hint: hint, type: "time", isRequired: state.isRequired)
    case .dateTime: return fields.dateTime(name, label, hint: hint, isRequired: state.isRequired)
    case .acknowledge: return fields.checkbox(name, marked(label, state), value: "OK", hint: hint)
    default: return fields.text(name, label, hint: hint, isRequired: state.isRequired, maximumLength: 1000)
    }
  }

  private var severalHint: Phrase { Phrase("可以选几个。", "You may choose several.") }

  private func marked(_ label: Phrase, _ state: State) -> Phrase {
    guard !state.isRequired else { return label }
    return Phrase("\(label.chinese)（可不填）", "\(label.english) (optional)")
  }

  private func ranks(
    _ item: FormItem, _ label: Phrase, _ hint: Phrase?, _ options: [(String, Phrase)]
  ) -> HTML {
    let places = options.indices.map { (String($0 + 1), Phrase("第 \($0 + 1)", "Place \($0 + 1)")) }
    let selects = options.map { name, label in
      fields.select(Self.place(item.name, name), label, options: places, isRequired: false)
    }
    let hint = say(hint ?? Phrase("给每一项选一个名次，不能重复。", "Give each a place of its own."))
    return """
      <fieldset class="field" id="\(fields.fieldID(Self.field(item.name)))"><legend>\(say(label))</legend><p class="hint">\(hint)</p>\(selects)</fieldset>
      """
  }

  private func range(
    _ item: FormItem, _ name: String, _ label: Phrase, _ hint: Phrase?, _ state: State
  ) -> HTML {
    guard let points = FormScale.points(of: item) else {
      return fields.text(
        name, label, hint: hint, isRequired: state.isRequired, maximumLength: 20, inputMode: "decimal")
    }
    return fields.radios(
      name, marked(label, state), options: points.map { ($0, Phrase(same: $0)) }, hint: hint)
  }
}

/// The numbers between two bounds that a `range` question offers. Source: XLSForm reference, “Range”.
struct FormScale: Sendable, Equatable {
  /// In thousandths, so that 0.1 is exact.
  let start: Int64
  let end: Int64
  let step: Int64

  /// - Returns: nil where a bound or the step is missing or finer than a thousandth.
  init?(_ item: FormItem) {
    let numbers = ["start", "end", "step"].map { Self.number(item.parameter($0)) }
    guard let start = numbers[0], let end = numbers[1], let step = numbers[2] else { return nil }
    self.start = start
    self.end = end
    self.step = step
  }

  /// As many numbers as are offered one by one, and told one by one.
  private static let mostPoints = 11

  /// The numbers to choose from; nil for an item that is no range, and where there are too many to list: they are typed.
  static func points(of item: FormItem) -> [String]? {
    item.kind == .range ? FormScale(item)?.steps(atMost: mostPoints) : nil
  }

  /// In thousandths; nil for what is none, or finer.
  static func number(_ text: String?) -> Int64? {
    guard let text else { return nil }
    let isNegative = text.hasPrefix("-")
    guard let magnitude = DecimalText.parse(isNegative ? String(text.dropFirst()) : text, decimals: 3) else {
      return nil
    }
    return isNegative ? -magnitude : magnitude
  }

  /// All of them in order as answers write them; nil where there are more than so many.
  func steps(atMost limit: Int) -> [String]? {
    guard step > 0, start <= end, (end - start) / step < Int64(limit) else { return nil }
    return stride(from: start, through: end, by: Int64.Stride(step)).map { Self.text($0) }
  }

  private static func text(_ thousandths: Int64) -> String {
    let (whole, rest) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
    var text = (thousandths < 0 ? "-" : "") + String(whole)
    if rest > 0 {
      var digits = String(rest)
      digits = String(repeating: "0", count: 3 - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text
  }
}

extension FormReferences {
  /// A text with what people answered in place of each `${name}`. Source: XLSForm reference, “Reference values”.
  static func filled(_ text: String, _ shown: (String) -> String) -> String {
    guard text.contains("${") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
      result += rest[..<open.lowerBound]
      result += shown(String(rest[open.upperBound..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
