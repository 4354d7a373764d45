import Kernel
import Web

/// What is known of one fact.
enum FactValue: Sendable, Hashable {
  /// The number lies somewhere in this range; an exact number is a range of one.
  case number(ClosedRange<Int64>)
  case choice(FactChoice)
  case answer(Bool)

  static func exactly(_ number: Int64) -> FactValue { .number(number...number) }

  /// Whether a fact can have such a value.
  func fits(_ fact: EligibilityFact) -> Bool {
    switch (self, fact.kind) {
    case (.number(let known), .number(let possible, _)):
      possible.contains(known.lowerBound) && possible.contains(known.upperBound)
    case (.choice(let choice), .choice(let possible)): possible.contains(choice)
    case (.answer, .yesNo): true
    default: false
    }
  }
}

/// What somebody said of a situation: some facts, never all, each with a value that it can have.
///
/// It lives as long as one answer of a page. It is stored in two places alone: in golden tests, which are about nobody, and
/// sealed where a person passes it on to a worker.
struct FactSheet: Sendable, Hashable {
  private(set) var values: [EligibilityFact: FactValue] = [:]

  static let empty = FactSheet()

  private init() {}

  /// Nil where one of them cannot have its value.
  init?(_ values: [EligibilityFact: FactValue]) {
    guard values.allSatisfy({ $0.value.fits($0.key) }) else { return nil }
    self.values = values
  }

  subscript(fact: EligibilityFact) -> FactValue? { values[fact] }

  var isEmpty: Bool { values.isEmpty }
  /// In the order in which they are asked.
  var facts: [EligibilityFact] { values.keys.sorted() }

  /// With one more; as it was where the fact cannot have that value.
  func with(_ fact: EligibilityFact, _ value: FactValue) -> FactSheet {
    guard value.fits(fact) else { return self }
    var sheet = self
    sheet.values[fact] = value
    return sheet
  }
}

// MARK: - JSON

extension FactSheet {
  /// The document of a sheet by itself, `{"facts":[…]}`: what is sealed.
  var text: String {
    var json = JSONWriter()
    json.object { json in write(to: &json) }
    return json.text
  }

  /// The member `facts` of an object, always in the same order, so that equal sheets are equal bytes.
  func write(to json: inout JSONWriter) {
    json.array("facts", facts) { json, fact in Self.write(fact, values[fact], to: &json) }
  }

  /// - Throws: `json.malformed`, `form.invalid`.
  init(text: String) throws {
    var reader = try JSON(Array(text.utf8)).object()
    let sheet = Self.read("facts", from: &reader)
    try reader.finish()
    guard let sheet else { throw Problem.internalFault }
    self = sheet
  }

  /// One entry of an array of facts: `{"fact":"age","number":67}`, `{"fact":"income","from":0,"to":1509}`,
  /// `{"fact":"licence","answer":true}`.
  private static func write(_ fact: EligibilityFact, _ value: FactValue?, to json: inout JSONWriter) {
    json.object { json in
      json.field("fact", fact.rawValue)
      switch value {
      case .number(let range) where range.lowerBound == range.upperBound:
        json.field("number", range.lowerBound)
      case .number(let range):
        json.field("from", range.lowerBound)
        json.field("to", range.upperBound)
      case .choice(let choice): json.field("choice", choice.rawValue)
      case .answer(let answer): json.field("answer", answer)
      case nil: break
      }
    }
  }

  /// A member that holds such an array; nil where something in it is wrong, which the reader then tells.
  static func read(_ name: String, from reader: inout JSONObject) -> FactSheet? {
    let entries = reader.objects(name, count: 0...EligibilityFact.allCases.count) { entry(&$0) }
    guard let entries else { return nil }
    let values = Dictionary(entries.map { ($0.fact, $0.value) }) { first, _ in first }
    guard values.count == entries.count else {
      reader.add(name, Phrase("同一项说了两次。", "One fact is told twice."))
      return nil
    }
    return FactSheet(values)
  }

  private static func entry(
    _ reader: inout JSONObject
  ) -> (fact: EligibilityFact, value: FactValue)? {
    guard let fact = reader.choice("fact", of: EligibilityFact.self) else { return nil }
    let number = reader.integer("number", isRequired: false)
    let from = reader.integer("from", isRequired: false)
    let to = reader.integer("to", isRequired: false)
    let choice = reader.choice("choice", of: FactChoice.self, isRequired: false)
    let answer = reader.bool("answer", isRequired: false)
    var told: [FactValue] = []
    if let number { told.append(.exactly(number)) }
    if let from, let to, from <= to { told.append(.number(from...to)) }
    if let choice { told.append(.choice(choice)) }
    if let answer { told.append(.answer(answer)) }
    guard told.count == 1, (from == nil) == (to == nil), told[0].fits(fact) else {
      reader.add("fact", Phrase("这一项不能是这个值。", "This fact cannot have that value."))
      return nil
    }
    return (fact, told[0])
  }
}
