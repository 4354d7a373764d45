import Kernel
import Security
import Web

/// Forms as JSON, in which they are stored: the same form is always the same bytes, so that a digest of them names it.
///
/// What is empty or missing is left out, the members of every object stand in one order, and so do the languages of a text.
enum FormJSON {
  static func bytes(of definition: FormDefinition) -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.field("form_id", definition.formID)
      write(definition.title, "title", to: &json)
      json.field("version", definition.version)
      json.array("languages", definition.languages) { json, language in
        json.object { $0.field("name", language.name) }
      }
      if let language = definition.defaultLanguage { json.field("default_language", language.name) }
      json.field("allows_duplicate_choices", definition.allowsDuplicateChoices)
      json.field("cleans_text", definition.cleansText)
      json.array("lists", definition.lists) { json, list in
        json.object { json in
          json.field("name", list.name)
          json.array("choices", list.choices) { json, choice in write(choice, to: &json) }
        }
      }
      json.array("items", definition.items) { json, item in write(item, to: &json) }
    }
    return json.bytes
  }

  /// - Throws: `json.malformed` (400) or `form.invalid` (422) for bytes that are no form.
  static func definition(_ bytes: [UInt8]) throws -> FormDefinition {
    var object = try JSON(bytes).object()
    let formID = object.string("form_id", length: 0...longest)
    let title = text("title", of: &object)
    let version = object.string("version", length: 0...longest)
    let languages = object.objects("languages", count: 0...most) { language in
      language.string("name", length: 0...longest).map(FormLanguage.init)
    }
    let defaultLanguage = object.string("default_language", length: 0...longest, isRequired: false)
    let allowsDuplicates = object.bool("allows_duplicate_choices")
    let cleansText = object.bool("cleans_text")
    let lists = object.objects("lists", count: 0...most, list)
    let items = object.objects("items", count: 0...most, item)
    try object.finish()
    guard let formID, let version, let languages, let allowsDuplicates, let cleansText,
      let lists, let items
    else { throw Problem.internalFault }
    return FormDefinition(
      formID: formID, title: title, version: version, languages: languages,
      defaultLanguage: defaultLanguage.map(FormLanguage.init), allowsDuplicateChoices: allowsDuplicates,
      cleansText: cleansText, lists: lists, items: items)
  }

  /// What an exported form says of its version: the day, and the first digits of a digest of everything else that it says.
  /// Source: field/socialwork.md §5 “Export”.
  static func version(of definition: FormDefinition, on day: CivilDateTime) -> String {
    var unversioned = definition
    unversioned.version = ""
    return "\(day.isoDate) \(Digest(of: bytes(of: unversioned)).description.prefix(8))"
  }

  /// More than `FormCheck` lets through, so that a draft with faults is kept as well.
  private static let most = 20_000
  private static let longest = 100_000

  private static func write(_ text: FormText, _ name: StaticString, to json: inout JSONWriter) {
    guard !text.isEmpty else { return }
    json.array(name, text.byLanguage.sorted { $0.key < $1.key }) { json, words in
      json.object { json in
        json.field("language", words.key.name)
        json.field("text", words.value)
      }
    }
  }

  /// What is wrong with it is kept by the reader, whose end throws it.
  private static func text(_ name: String, of object: inout JSONObject) -> FormText {
    var text = FormText()
    let _: [FormLanguage]? = object.objects(name, count: 1...most, isRequired: false) { words in
      guard let language = words.string("language", length: 0...longest).map(FormLanguage.init),
        let written = words.string("text", length: 0...longest)
      else { return nil }
      if text.byLanguage.updateValue(written, forKey: language) != nil {
        words.add("language", Phrase("有一种语言写了两次。", "A language stands there twice."))
      }
      return language
    }
    return text
  }
}

extension FormJSON {
  private static func write(_ choice: FormChoice, to json: inout JSONWriter) {
    json.object { json in
      json.field("name", choice.name)
      write(choice.label, "label", to: &json)
      guard !choice.columns.isEmpty else { return }
      json.array("columns", choice.columns) { json, column in
        json.object { json in
          json.field("name", column.name)
          json.field("value", column.value)
        }
      }
    }
  }

  private static func list(_ object: inout JSONObject) -> FormChoiceList? {
    let name = object.string("name", length: 0...longest)
    let choices = object.objects("choices", count: 0...most) { object -> FormChoice? in
      let name = object.string("name", length: 0...longest)
      let label = text("label", of: &object)
      let columns = object.objects("columns", count: 1...most, isRequired: false) { column in
        named(&column).map { FormChoice.Column($0.name, $0.value) }
      }
      guard let name else { return nil }
      return FormChoice(name: name, label: label, columns: columns ?? [])
    }
    guard let name, let choices else { return nil }
    return FormChoiceList(name: name, choices: choices)
  }

  private static func named(_ object: inout JSONObject) -> (name: String, value: String)? {
    guard let name = object.string("name", length: 0...longest),
      let value = object.string("value", length: 0...longest)
    else { return nil }
    return (name, value)
  }

  private static func write(_ item: FormItem, to json: inout JSONWriter) {
    json.object { json in
      json.field("name", item.name)
      json.field("type", item.kind.word)
      writeOptional("list", item.list, to: &json)
      write(item.label, "label", to: &json)
      write(item.hint, "hint", to: &json)
      write(item.guidanceHint, "guidance_hint", to: &json)
      writeOptional("required", item.required, to: &json)
      write(item.requiredMessage, "required_message", to: &json)
      writeOptional("relevant", item.relevant, to: &json)
      writeOptional("constraint", item.constraint, to: &json)
      write(item.constraintMessage, "constraint_message", to: &json)
      writeOptional("calculation", item.calculation, to: &json)
      writeOptional("default", item.defaultValue, to: &json)
      writeOptional("read_only", item.readOnly, to: &json)
      writeOptional("choice_filter", item.choiceFilter, to: &json)
      if !item.appearance.isEmpty { json.field("appearance", item.appearance.joined(separator: " ")) }
      if !item.parameters.isEmpty {
        json.array("parameters", item.parameters) { json, parameter in
          json.object { json in
            json.field("name", parameter.name)
            json.field("value", parameter.value)
          }
        }
      }
      if !item.items.isEmpty { json.array("items", item.items) { json, item in write(item, to: &json) } }
    }
  }

  private static func writeOptional(_ name: StaticString, _ value: String?, to json: inout JSONWriter) {
    if let value { json.field(name, value) }
  }

  private static func item(_ object: inout JSONObject) -> FormItem? {
    let name = object.string("name", length: 0...longest)
    let word = object.string("type", length: 1...longest)
    let list = optional("list", of: &object)
    let kind = word.flatMap { FormItem.Kind(word: $0, list: list) }
    if word != nil, kind == nil {
      object.add("type", Phrase("没有这种类型。", "There is no such type."))
    }
    var item = FormItem(name: name ?? "", kind: kind ?? .text)
    item.label = text("label", of: &object)
    item.hint = text("hint", of: &object)
    item.guidanceHint = text("guidance_hint", of: &object)
    item.requiredMessage = text("required_message", of: &object)
    item.constraintMessage = text("constraint_message", of: &object)
    readExpressions(of: &item, &object)
    item.defaultValue = optional("default", of: &object)
    item.appearance = optional("appearance", of: &object)?.split(separator: " ").map(String.init) ?? []
    item.parameters =
      object.objects("parameters", count: 1...most, isRequired: false) { parameter in
        named(&parameter).map { FormItem.Parameter($0.name, $0.value) }
      } ?? []
    item.items = object.objects("items", count: 1...most, isRequired: false, Self.item) ?? []
    return name == nil || kind == nil ? nil : item
  }

  private static func readExpressions(of item: inout FormItem, _ object: inout JSONObject) {
    item.required = optional("required", of: &object)
    item.relevant = optional("relevant", of: &object)
    item.constraint = optional("constraint", of: &object)
    item.calculation = optional("calculation", of: &object)
    item.readOnly = optional("read_only", of: &object)
    item.choiceFilter = optional("choice_filter", of: &object)
  }

  private static func optional(_ name: String, of object: inout JSONObject) -> String? {
    object.string(name, length: 0...longest, isRequired: false)
  }
}

extension FormItem.Kind {
  /// Its name in XLSForm, without that of a list.
  var word: String {
    switch self {
    case .selectOne: "select_one"
    case .selectMultiple: "select_multiple"
    case .rank: "rank"
    case .text: "text"
    case .integer: "integer"
    case .decimal: "decimal"
    case .range: "range"
    case .date: "date"
    case .time: "time"
    case .dateTime: "dateTime"
    case .note: "note"
    case .acknowledge: "acknowledge"
    case .calculate: "calculate"
    case .hidden: "hidden"
    case .group: "group"
    case .start: "start"
    case .end: "end"
    case .today: "today"
    }
  }

  /// The kinds that offer no choices, and groups.
  static let plain: [FormItem.Kind] = [
    .text, .integer, .decimal, .range, .date, .time, .dateTime, .note, .acknowledge, .calculate, .hidden,
    .group, .start, .end, .today,
  ]

  /// - Parameter list: of a kind that offers choices; nil of every other.
  /// - Returns: nil where there is no such kind.
  init?(word: String, list: String?) {
    switch (word, list) {
    case ("select_one", let list?): self = .selectOne(list: list)
    case ("select_multiple", let list?): self = .selectMultiple(list: list)
    case ("rank", let list?): self = .rank(list: list)
    case (let word, nil):
      guard let kind = Self.plain.first(where: { $0.word == word }) else { return nil }
      self = kind
    default: return nil
    }
  }
}
