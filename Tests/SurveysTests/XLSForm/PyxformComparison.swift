import Foundation

@testable import Surveys

/// What `reference.py` tells of a workbook.
struct PyxformCase: Decodable, Sendable {
  let name: String
  let workbook: Data
  /// What its author put into it on purpose.
  let planted: [Planted]
  let answer: PyxformAnswer

  struct Planted: Decodable, Sendable {
    /// `warned` and `refused` by this program; `broken`, which every tool refuses.
    let fate: String
    let sheet: String
    let row: Int?
  }
}

struct PyxformAnswer: Decodable, Sendable {
  let refusal: String?
  let form: PyxformForm?
}

/// A form as pyxform understood it, told in the one way that `reference.py` writes down.
struct PyxformForm: Decodable, Sendable {
  let id: String
  let title: String
  let version: String
  let language: String
  let items: [Item]
  let lists: [List]

  struct Item: Decodable, Sendable {
    let name: String
    let type: String
    let list: String?
    let path: [String]
    let isOther: Bool
    let label: [String: String]
    let hint: [String: String]
    let guidanceHint: [String: String]
    let required: String?
    let requiredMessage: [String: String]
    let relevant: String?
    let constraint: String?
    let constraintMessage: [String: String]
    let calculation: String?
    let defaultValue: String?
    let readOnly: String?
    let choiceFilter: String?
    let appearance: String
    let parameters: [String: String]

    enum CodingKeys: String, CodingKey {
      case name, type, list, path, label, hint, required, relevant, constraint, calculation, appearance
      case parameters
      case isOther = "is_other"
      case guidanceHint = "guidance_hint"
      case requiredMessage = "required_message"
      case constraintMessage = "constraint_message"
      case defaultValue = "default"
      case readOnly = "read_only"
      case choiceFilter = "choice_filter"
    }
  }

  struct List: Decodable, Sendable {
    let name: String
    let choices: [Choice]
  }

  struct Choice: Decodable, Sendable {
    let name: String
    let label: [String: String]
    let columns: [String: String]
  }
}

/// Compares a definition with what pyxform made of the same workbook.
///
/// Told apart are only things that `reference.py` lists, and these: pyxform makes curly quotes straight, keeps the words
/// `yes` and `no` that stand for expressions, keeps what a type has no use for, and says `Other` in every language.
struct PyxformComparison {
  let ours: FormDefinition
  let theirs: PyxformForm
  private(set) var differences: [String] = []

  init(_ ours: FormDefinition, _ theirs: PyxformForm) {
    self.ours = ours
    self.theirs = theirs
    compareSettings()
    compareLists()
    compareItems()
  }

  private mutating func expect<Value: Equatable>(_ ours: Value, _ theirs: Value, _ place: String) {
    if ours != theirs { differences.append("\(place): \(ours) is not pyxform's \(theirs)") }
  }

  /// pyxform forgets the translations that stand left of a column without a language; this program keeps them.
  private mutating func expect(_ text: FormText, _ their: [String: String], _ place: String) {
    let words = texts(text)
    let kept = straight(their)
    let forgets = kept[theirs.language] != nil && kept.allSatisfy { words[$0.key] == $0.value }
    if !forgets { expect(words, kept, place) }
  }

  private mutating func compareSettings() {
    expect(straight(ours.formID), straight(theirs.id), "form_id")
    // Without a title pyxform takes the identifier.
    if !ours.title.isEmpty {
      let first = ours.defaultLanguage ?? ours.languages.first ?? .unnamed
      let title = ours.title.text(in: first, or: ours.languages) ?? ""
      expect(straight(title), straight(theirs.title), "title")
    }
    expect(clock(ours.version), clock(theirs.version), "version")
    // A default language that no text has is of no use, and left out with a warning.
    let isKnown = ours.languages.contains { $0.name == theirs.language }
    expect(ours.defaultLanguage?.name ?? "", isKnown ? theirs.language : "", "default_language")
  }

  private mutating func compareLists() {
    expect(ours.lists.map(\.name), theirs.lists.map(\.name), "lists")
    guard ours.lists.count == theirs.lists.count else { return }
    for (list, other) in zip(ours.lists, theirs.lists) {
      expect(list.choices.map(\.name), other.choices.map(\.name), "choices of \(list.name)")
      guard list.choices.count == other.choices.count else { continue }
      for (choice, their) in zip(list.choices, other.choices) {
        let place = "\(list.name)/\(choice.name)"
        let isAdded = choice.name == "other" && Set(their.label.values) == ["Other"]
        if !isAdded { expect(choice.label, their.label, place) }
        expect(
          Dictionary(uniqueKeysWithValues: choice.columns.map { ($0.name, $0.value) }),
          their.columns.filter { FormChoice.Column.isNameFree($0.key) }, "columns of \(place)")
      }
    }
  }

  private mutating func compareItems() {
    var paths: [[String]] = []
    func walk(_ items: [FormItem], _ path: [String]) {
      for item in items {
        paths.append(path)
        walk(item.items, path + [item.name])
      }
    }
    walk(ours.items, [])
    let items = ours.allItems
    expect(items.map(\.name), theirs.items.map(\.name), "names")
    guard items.count == theirs.items.count else { return }
    for ((item, path), their) in zip(zip(items, paths), theirs.items) {
      expect(path, their.path, "path of \(item.name)")
      compare(item, their)
    }
  }

  private mutating func compare(_ item: FormItem, _ their: PyxformForm.Item) {
    let place = item.name
    expect(item.kind.word, their.type, "type of \(place)")
    if item.kind != .range { expect(item.list, their.list, "list of \(place)") }
    if !their.isOther { expect(item.label, their.label, "label of \(place)") }
    expect(item.hint, their.hint, "hint of \(place)")
    expect(item.guidanceHint, their.guidanceHint, "guidance_hint of \(place)")
    let pairs: [(FormPart, String?, String?)] = [
      (.required, item.required, withoutNo(their.required)), (.relevant, item.relevant, their.relevant),
      (.constraint, item.constraint, their.constraint), (.calculation, item.calculation, their.calculation),
      (.readOnly, item.readOnly, withoutNo(their.readOnly)),
    ]
    for (part, our, other) in pairs where item.kind.takes(part) {
      expect(our, other.map(XLSFormWord.expression).map(straight), "\(part.rawValue) of \(place)")
    }
    if item.kind.takes(.choiceFilter) {
      expect(item.choiceFilter, their.choiceFilter.map(straight), "choice_filter of \(place)")
    }
    if item.kind.takes(.requiredMessage) {
      expect(item.requiredMessage, their.requiredMessage, "required_message of \(place)")
      expect(item.constraintMessage, their.constraintMessage, "constraint_message of \(place)")
    }
    if item.kind.takes(.defaultValue) {
      expect(item.defaultValue.map(clock), their.defaultValue.map(clock), "default of \(place)")
    }
    compareShown(item, their)
  }

  private mutating func compareShown(_ item: FormItem, _ their: PyxformForm.Item) {
    // What pyxform makes of a table-list without a label and without choices cannot be told from a field-list.
    let isTable = item.appearance == ["table-list"] && their.appearance.hasPrefix("field-list")
    if item.kind.takes(.appearance), !their.appearance.isEmpty, !isTable {
      let known = their.appearance.split(separator: " ").map(String.init)
        .filter(FormItem.appearances.contains)
      expect(item.appearance, known, "appearance of \(item.name)")
    }
    guard item.kind.takes(.parameters) else { return }
    let known = their.parameters.filter {
      ["start", "end", "step", "randomize", "seed"].contains($0.key)
    }
    expect(
      Dictionary(uniqueKeysWithValues: item.parameters.map { ($0.name, $0.value) }), known,
      "parameters of \(item.name)")
  }

  /// A spreadsheet's own dates and times as pyxform writes them, with a space and with seconds.
  private func clock(_ text: String) -> String {
    straight(
      text.replacing(/^([0-9]{4}-[0-9]{2}-[0-9]{2})[ ]/) { "\($0.1)T" }
        .replacing(/^(.*[0-9]{2}:[0-9]{2}):00$/) { "\($0.1)" })
  }

  private func withoutNo(_ text: String?) -> String? {
    text.flatMap { XLSFormWord.isYes($0) == false && !$0.hasSuffix("()") ? nil : $0 }
  }

  private func texts(_ text: FormText) -> [String: String] {
    straight(Dictionary(uniqueKeysWithValues: text.byLanguage.map { ($0.key.name, $0.value) }))
  }

  private func straight(_ texts: [String: String]) -> [String: String] { texts.mapValues(straight) }

  private func straight(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "“", "”": "\""
          case "‘", "’": "'"
          default: scalar
          }
        }))
  }
}
