import Kernel

/// One row of the sheet `survey` that becomes an item.
struct XLSFormRow {
  private let row: XLSFormTable.Row
  private let table: XLSFormTable

  init(_ row: XLSFormTable.Row, _ table: XLSFormTable) {
    self.row = row
    self.table = table
  }

  func item(_ name: String, _ kind: FormItem.Kind, _ report: inout XLSFormReport) -> FormItem {
    var item = FormItem(name: name, kind: kind)
    item.label = row.text(.label)
    item.hint = row.text(.hint)
    item.guidanceHint = row.text(.guidanceHint)
    item.requiredMessage = row.text(.requiredMessage)
    item.constraintMessage = row.text(.constraintMessage)
    // What need not be answered has no condition at all.
    item.required = row[.required].map(XLSFormWord.expression).flatMap { isNo(row[.required]) ? nil : $0 }
    item.readOnly = row[.readOnly].map(XLSFormWord.expression).flatMap { isNo(row[.readOnly]) ? nil : $0 }
    item.relevant = row[.relevant].map(XLSFormWord.expression)
    item.constraint = row[.constraint].map(XLSFormWord.expression)
    item.calculation = row[.calculation].map(XLSFormWord.expression)
    item.choiceFilter = row[.choiceFilter]
    item.defaultValue = row[.defaultValue]
    item.appearance = appearance(&report)
    if kind.takes(.parameters) || kind == .text {
      item.parameters = parameters(kind, &report)
    } else if row[.parameters] != nil {
      tellLeftOut(.parameters, &report)
    }
    leaveOut(of: &item, &report)
    return item
  }

  /// `false()` is an expression that its author wrote; `no` only says that there is none.
  private func isNo(_ text: String?) -> Bool {
    text.map { XLSFormWord.isYes($0) == false && !$0.hasSuffix("()") } ?? false
  }

  /// What other tools write down and pass over, this one leaves out and says so.
  private func leaveOut(of item: inout FormItem, _ report: inout XLSFormReport) {
    for part in FormPart.allCases where item.has(part) && !item.kind.takes(part) {
      item.remove(part)
      tellLeftOut(part, &report)
    }
  }

  private func tellLeftOut(_ part: FormPart, _ report: inout XLSFormReport) {
    report.warn(
      table.sheet, row.number, table.title(of: part),
      Phrase(
        "这种题型用不到 \(part.rawValue)，没有读。", "This type has no use for \(part.rawValue); it was left out."))
  }

  private func appearance(_ report: inout XLSFormReport) -> [String] {
    guard let text = row[.appearance] else { return [] }
    if text.contains(/search\s*\(/) {
      report.refuse(
        table.sheet, row.number, table.title(of: .appearance),
        Phrase(
          "选项不能从另外的文件里查（search）；请写进 choices 表。",
          "Choices cannot be looked up in another file (search); please write them on the sheet choices."))
      return []
    }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let unknown = words.filter { !FormItem.appearances.contains($0) }
    if !unknown.isEmpty {
      report.warn(
        table.sheet, row.number, table.title(of: .appearance),
        Phrase(
          "不认识的外观没有读：\(unknown.joined(separator: "、"))。",
          "These appearances are not known and were left out: \(unknown.joined(separator: ", "))."))
    }
    return words.filter(FormItem.appearances.contains)
  }
}

// MARK: - Parameters

extension XLSFormRow {
  /// Presentation only; other tools show ticks and taller fields.
  private static let shown: [FormItem.Kind: Set<String>] = [
    .text: ["rows"], .range: ["placeholder", "tick_interval", "tick_labelset"],
  ]

  private func parameters(_ kind: FormItem.Kind, _ report: inout XLSFormReport) -> [FormItem.Parameter] {
    guard var parameters = Self.parameters(row[.parameters] ?? "") else { return [] }
    let passedOver = parameters.map(\.name).filter { Self.shown[kind]?.contains($0) == true }
    if !passedOver.isEmpty {
      report.warn(
        table.sheet, row.number, table.title(of: .parameters),
        Phrase(
          "用不到的参数没有读：\(passedOver.joined(separator: "、"))。",
          "These parameters have no use here and were left out: \(passedOver.joined(separator: ", "))."))
      parameters.removeAll { passedOver.contains($0.name) }
    }
    if kind == .text, !parameters.isEmpty {
      report.refuse(
        table.sheet, row.number, table.title(of: .parameters),
        Phrase("填空题没有这样的参数。", "A question for words has no such parameters."))
      return []
    }
    if kind == .range { complete(&parameters, &report) }
    return parameters
  }

  /// ODK begins at 1 where nothing is said, and ArcGIS Survey123 at 0.
  private func complete(_ parameters: inout [FormItem.Parameter], _ report: inout XLSFormReport) {
    for (name, value) in [("start", "1"), ("end", "10"), ("step", "1")]
    where !parameters.contains(where: { $0.name == name }) {
      parameters.append(FormItem.Parameter(name, value))
      report.warn(
        table.sheet, row.number, table.title(of: .parameters),
        Phrase(
          "没有写 \(name)，按 ODK 的习惯算 \(value)；别的软件可能不同，请看一眼。",
          "There is no \(name); it is \(value) here as in ODK. Other tools may take another; please check."))
    }
  }

  /// Pairs of name and value; nil where they are not written as pairs. Names and values count in lower case, as with
  /// pyxform (`parsing/parameters.py`), but for those that name a question.
  static func parameters(_ text: String) -> [FormItem.Parameter]? {
    var tokens: [String] = []
    var word = ""
    for character in text {
      if character == "=" || character == "," || character == ";" || character.isWhitespace {
        if !word.isEmpty { tokens.append(word) }
        word = ""
        if character == "=" { tokens.append("=") }
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { tokens.append(word) }
    guard tokens.count % 3 == 0 else { return nil }
    var parameters: [FormItem.Parameter] = []
    for start in stride(from: 0, to: tokens.count, by: 3) {
      let (name, sign, value) = (tokens[start], tokens[start + 1], tokens[start + 2])
      guard sign == "=", name != "=", value != "=" else { return nil }
      parameters.append(
        FormItem.Parameter(name.lowercased(), value.hasPrefix("${") ? value : value.lowercased()))
    }
    return parameters
  }
}

extension FormItem {
  fileprivate mutating func remove(_ part: FormPart) {
    switch part {
    case .required: required = nil
    case .requiredMessage: requiredMessage = .none
    case .relevant: relevant = nil
    case .constraint: constraint = nil
    case .constraintMessage: constraintMessage = .none
    case .calculation: calculation = nil
    case .defaultValue: defaultValue = nil
    case .readOnly: readOnly = nil
    case .choiceFilter: choiceFilter = nil
    case .appearance: appearance = []
    case .parameters: parameters = []
    case .label, .hint, .guidanceHint, .formID, .title, .version, .defaultLanguage, .listName, .kind, .name:
      break
    }
  }
}
