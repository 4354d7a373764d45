import Kernel
import Web

/// What an author sends of one question.
enum FormItemForm {
  /// The kinds that the builder offers, each with what its author calls it.
  enum Kind: String, Sendable, CaseIterable {
    case selectOne = "select_one"
    case selectMultiple = "select_multiple"
    case rank
    case text
    case integer
    case decimal
    case range
    case date
    case time
    case dateTime = "date_time"
    case acknowledge
    case note
    case calculate
    case group

    var name: Phrase {
      switch self {
      case .selectOne: Phrase("单选", "One choice")
      case .selectMultiple: Phrase("多选", "Several choices")
      case .rank: Phrase("排序", "Put in order")
      case .text: Phrase("填空", "Words")
      case .integer: Phrase("整数", "A whole number")
      case .decimal: Phrase("小数", "A number with decimals")
      case .range: Phrase("打分（从几到几）", "A score between two numbers")
      case .date: Phrase("日期", "A date")
      case .time: Phrase("时刻", "A time of day")
      case .dateTime: Phrase("日期和时刻", "Date and time")
      case .acknowledge: Phrase("打勾确认", "A tick to agree")
      case .note: Phrase("一段说明", "A note to read")
      case .calculate: Phrase("算出来的", "Calculated")
      case .group: Phrase("一组题", "A group of questions")
      }
    }

    var offersChoices: Bool { self == .selectOne || self == .selectMultiple || self == .rank }

    init?(_ kind: FormItem.Kind) {
      switch kind {
      case .selectOne: self = .selectOne
      case .selectMultiple: self = .selectMultiple
      case .rank: self = .rank
      case .text: self = .text
      case .integer: self = .integer
      case .decimal: self = .decimal
      case .range: self = .range
      case .date: self = .date
      case .time: self = .time
      case .dateTime: self = .dateTime
      case .acknowledge: self = .acknowledge
      case .note: self = .note
      case .calculate: self = .calculate
      case .group: self = .group
      case .hidden, .start, .end, .today: return nil
      }
    }

    func itemKind(list: String) -> FormItem.Kind {
      switch self {
      case .selectOne: .selectOne(list: list)
      case .selectMultiple: .selectMultiple(list: list)
      case .rank: .rank(list: list)
      case .text: .text
      case .integer: .integer
      case .decimal: .decimal
      case .range: .range
      case .date: .date
      case .time: .time
      case .dateTime: .dateTime
      case .acknowledge: .acknowledge
      case .note: .note
      case .calculate: .calculate
      case .group: .group
      }
    }
  }

  struct Draft: Sendable {
    let item: FormItem
    /// Of kinds that offer choices.
    let choices: [FormChoice]?
  }

  /// - Parameters:
  ///   - earlier: the item that is changed; nil for a new one.
  ///   - name: of a new one whose author gives none.
  /// - Throws: `form.invalid`.
  static func draft(
    _ form: Form, kind: Kind, earlier: FormItem?, name: String, in definition: FormDefinition
  ) throws -> Draft {
    var reader = FormReader(form)
    let languages = definition.languages
    let name = earlier?.name ?? reader.text("name", length: 1...60, isRequired: false) ?? name
    let listName = earlier?.list ?? "\(name)_list"
    var item = FormItem(name: name, kind: kind.itemKind(list: listName), items: earlier?.items ?? [])
    item.label = text("label", languages, isRequired: kind != .calculate, &reader)
    item.hint = text("hint", languages, isRequired: false, &reader)
    item.guidanceHint = text("guidance_hint", languages, isRequired: false, &reader)
    if reader.isTicked("required") { item.required = "true()" }
    item.requiredMessage = earlier?.requiredMessage ?? .none
    item.relevant = condition(&reader) ?? expression("relevant", &reader)
    item.constraint = expression("constraint", &reader)
    item.constraintMessage = text("constraint_message", languages, isRequired: false, &reader)
    item.calculation = expression("calculation", &reader)
    item.choiceFilter = expression("choice_filter", &reader)
    item.defaultValue = reader.text("default", length: 1...500, isRequired: false)
    item.readOnly = earlier?.readOnly
    item.appearance =
      reader.text("appearance", length: 1...100, isRequired: false)?
      .split(separator: " ").map(String.init) ?? []
    item.parameters = parameters(kind, earlier, &reader)
    let choices =
      kind.offersChoices
      ? ChoiceLines.read("choices", languages, earlier: definition.list(listName), &reader) : nil
    try reader.finish()
    return Draft(item: item, choices: choices)
  }

  /// What an author sees of an item that is to be changed.
  static func state(of item: FormItem, in definition: FormDefinition) -> FormState {
    var values: [String: String] = ["name": item.name]
    for (index, language) in definition.languages.enumerated() {
      values["label_\(index)"] = item.label.byLanguage[language]
      values["hint_\(index)"] = item.hint.byLanguage[language]
      values["guidance_hint_\(index)"] = item.guidanceHint.byLanguage[language]
      values["constraint_message_\(index)"] = item.constraintMessage.byLanguage[language]
    }
    if item.required != nil { values["required"] = "on" }
    values["relevant"] = item.relevant
    values["constraint"] = item.constraint
    values["calculation"] = item.calculation
    values["choice_filter"] = item.choiceFilter
    values["default"] = item.defaultValue
    values["appearance"] = item.appearance.joined(separator: " ")
    for parameter in item.parameters { values["parameter_\(parameter.name)"] = parameter.value }
    if let list = item.list.flatMap(definition.list) {
      values["choices"] = ChoiceLines.text(list, definition.languages)
    }
    return FormState(values)
  }

  private static func text(
    _ name: String, _ languages: [FormLanguage], isRequired: Bool, _ reader: inout FormReader
  ) -> FormText {
    var text = FormText()
    for (index, language) in languages.enumerated() {
      text.byLanguage[language] = reader.lines(
        "\(name)_\(index)", length: 1...2000, isRequired: isRequired && index == 0)
    }
    return text
  }

  private static func expression(_ name: String, _ reader: inout FormReader) -> String? {
    guard let source = reader.text(name, length: 1...2000, isRequired: false) else { return nil }
    do throws(ExpressionProblem) {
      _ = try Expression(source, allowsColumns: name == "choice_filter")
      return source
    } catch {
      let place = error.position
      reader.add(
        name,
        Phrase(
          "第 \(place) 个字：\(error.message.chinese)", "At character \(place): \(error.message.english)"))
      return nil
    }
  }

  /// The simple condition, “only where this question was answered so”; nil where its author made none.
  private static func condition(_ reader: inout FormReader) -> String? {
    guard let question = reader.text("when_question", length: 1...60, isRequired: false) else { return nil }
    guard let value = reader.text("when_value", length: 1...60) else { return nil }
    guard !value.contains("'"), !question.contains("'"), !question.contains("}") else {
      reader.add("when_value", Phrase("代码里不能有引号。", "A code cannot have quotes."))
      return nil
    }
    return "selected(${\(question)}, '\(value)')"
  }

  private static func parameters(
    _ kind: Kind, _ earlier: FormItem?, _ reader: inout FormReader
  ) -> [FormItem.Parameter] {
    guard kind == .range else { return earlier?.parameters ?? [] }
    return ["start", "end", "step"].compactMap { name in
      reader.text("parameter_\(name)", length: 1...20, isRequired: false).map { FormItem.Parameter(name, $0) }
    }
  }
}
