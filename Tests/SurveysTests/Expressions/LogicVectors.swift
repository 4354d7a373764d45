import Foundation
import Kernel

@testable import Surveys

/// The examples of `vectors.json`, reasoned by hand, to which the server and the browser have to come.
struct LogicVectors: Decodable, Sendable {
  let clock: Clock
  let expressions: [Group]
  let refused: [Refusal]
  let refusedInFilters: [Refusal]
  let written: [[String]]
  let forms: [Form]

  enum CodingKeys: String, CodingKey {
    case clock, expressions, refused, written, forms
    case refusedInFilters = "refused in filters"
  }

  struct Clock: Decodable, Sendable {
    let now: String
    let offset: Int
  }

  /// Expressions with what they stand among.
  struct Group: Decodable, Sendable {
    let about: String
    let given: [String: String]?
    let current: String?
    let columns: [String: String]?
    /// Name and label of each choice by the name of the question.
    let choices: [String: [[String]]]?
    let cases: [Case]
  }

  struct Case: Decodable, Sendable {
    let source: String
    let expected: ExpectedValue

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      source = try parts.decode(String.self)
      expected = try parts.decode(ExpectedValue.self)
    }
  }

  struct Refusal: Decodable, Sendable {
    let source: String
    let position: Int

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      source = try parts.decode(String.self)
      position = try parts.decode(Int.self)
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  /// The same for the browser; see ``CompiledVectors``.
  static let compiled = folder.appending(path: "compiled-vectors.json")

  static func load() throws -> LogicVectors {
    try JSONDecoder().decode(
      LogicVectors.self, from: Data(contentsOf: folder.appending(path: "vectors.json")))
  }

  var expressionClock: ExpressionClock {
    get throws {
      let moment = try Date(clock.now, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
      return ExpressionClock(
        now: Timestamp(microseconds: Int64((moment.timeIntervalSince1970 * 1_000_000).rounded())),
        offsetSeconds: clock.offset)
    }
  }
}

/// A value as the examples write it.
enum ExpectedValue: Decodable, Sendable, Equatable {
  case text(String)
  /// In the way of writing of Swift, so that a negative zero and its like can be told.
  case number(String)
  case boolean(Bool)

  init(from decoder: any Decoder) throws {
    if let special = try? decoder.container(keyedBy: Keys.self) {
      let name = try special.decode(String.self, forKey: .number)
      self = .number((Double(name) ?? .nan).description)
      return
    }
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else {
      self = .number(try value.decode(Double.self).description)
    }
  }

  private enum Keys: String, CodingKey {
    case number
  }

  init(_ value: ExpressionValue) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number.description)
    case .boolean(let boolean): self = .boolean(boolean)
    }
  }
}

extension LogicVectors.Group {
  func context(_ clock: ExpressionClock) -> ExpressionContext {
    ExpressionContext(
      answer: { given?[$0] ?? "" }, current: current ?? "", column: { columns?[$0] ?? "" },
      label: { question, name in
        choices?[question]?.first { $0[0].isExactly(name) }?[1] ?? ""
      }, clock: clock)
  }
}

extension LogicVectors {
  /// A form in few words, with what follows from some answers to it.
  struct Form: Decodable, Sendable {
    let about: String
    let languages: [String]?
    let duplicates: Bool?
    let items: [Item]
    let lists: [String: [Choice]]?
    let cases: [Answers]
  }

  struct Item: Decodable, Sendable {
    let name: String
    let type: String
    let list: String?
    let relevant: String?
    let required: String?
    let constraint: String?
    let calculation: String?
    let readOnly: String?
    let choiceFilter: String?
    let parameters: [String: String]?
    let items: [Item]?

    enum CodingKeys: String, CodingKey {
      case name, type, list, relevant, required, constraint, calculation, parameters, items
      case readOnly = "read_only"
      case choiceFilter = "choice_filter"
    }
  }

  struct Choice: Decodable, Sendable {
    let name: String
    let labels: [String: String]?
    let columns: [String: String]?
  }

  /// What is not said is not asked for, but for the problems: there are no others.
  struct Answers: Decodable, Sendable {
    let answers: [String: String]
    let language: String?
    /// The items that are not asked.
    let hidden: [String]?
    let required: [String]?
    let readOnly: [String]?
    /// The names of the choices that are offered, by the name of the item.
    let offered: [String: [String]]?
    /// Codes by the name of the item.
    let problems: [String: String]?
    let cleaned: [String: String]?

    enum CodingKeys: String, CodingKey {
      case answers, language, hidden, required, offered, problems, cleaned
      case readOnly = "read_only"
    }
  }
}

extension LogicVectors.Form {
  var definition: FormDefinition {
    FormDefinition(
      formID: "example", languages: languages?.map(FormLanguage.init) ?? [.unnamed],
      allowsDuplicateChoices: duplicates ?? false,
      lists: (lists ?? [:]).sorted { $0.key < $1.key }.map { name, choices in
        FormChoiceList(name: name, choices: choices.map(\.choice))
      }, items: items.map(\.item))
  }
}

extension LogicVectors.Choice {
  fileprivate var choice: FormChoice {
    let texts = (labels ?? [:]).map { (FormLanguage($0.key), $0.value) }
    return FormChoice(
      name: name, label: FormText(Dictionary(uniqueKeysWithValues: texts)),
      columns: (columns ?? [:]).sorted { $0.key < $1.key }.map { FormChoice.Column($0.key, $0.value) })
  }
}

extension LogicVectors.Item {
  fileprivate var item: FormItem {
    var item = FormItem(
      name: name, kind: FormItem.Kind(word: type, list: list) ?? .text, items: (items ?? []).map(\.item))
    item.relevant = relevant
    item.required = required
    item.constraint = constraint
    item.calculation = calculation
    item.readOnly = readOnly
    item.choiceFilter = choiceFilter
    item.parameters = (parameters ?? [:]).sorted { $0.key < $1.key }.map {
      FormItem.Parameter($0.key, $0.value)
    }
    return item
  }
}
