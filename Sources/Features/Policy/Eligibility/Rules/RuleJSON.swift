import Kernel
import Web

/// A set as it is stored and its digest is taken of: one order, no blanks, nothing that is not needed, so that equal sets are
/// equal bytes. The document's own members are those of the rule's top group.
extension RuleSet {
  private static let format: Int64 = 1

  var json: String {
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      json.field("format", Self.format)
      rule.top.write(to: &json)
      json.array("parameters", rule.parameters) { json, parameter in
        json.object { parameter.write(to: &$0) }
      }
      json.array("tests", tests) { json, test in json.object { test.write(to: &$0) } }
      json.array("places", places.map(\.rawValue).sorted())
    }
    return json.text
  }

  /// - Throws: `json.malformed`, `form.invalid`, and what `fault` answers.
  init(json text: String) throws {
    var reader = try JSON(Array(text.utf8)).object()
    _ = reader.integer("format", in: Self.format...Self.format)
    let top = RuleGroup.read(&reader)
    let parameters = reader.objects("parameters", count: 0...EligibilityRule.maximumParameters) {
      RuleParameter.read(&$0)
    }
    let tests = reader.objects("tests", count: 0...Self.maximumTests) { GoldenTest.read(&$0) }
    let places = reader.choices("places", of: HintPlace.self)
    try reader.finish()
    guard let top, let parameters, let tests, let places else { throw Problem.internalFault }
    let set = RuleSet(
      rule: EligibilityRule(top: top, parameters: parameters), tests: tests, places: places)
    if let fault = set.fault { throw fault }
    self = set
  }
}

/// What a node is, in JSON.
private enum NodeKind: String, CaseIterable {
  case all
  case any
  case noneOf = "none"
  case atLeast = "at_least"
  case condition
}

/// How a fact is compared, in JSON.
private enum TestKind: String, CaseIterable {
  case atLeast = "at_least"
  case atMost = "at_most"
  case isOneOf = "one_of"
  case isAnswered = "answered"
}

extension RuleCitation {
  fileprivate func write(to json: inout JSONWriter) {
    if !article.isEmpty { json.field("article", article) }
    if !quote.isEmpty { json.field("quote", quote) }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> RuleCitation {
    RuleCitation(
      article: reader.string("article", length: articleLength, isRequired: false) ?? "",
      quote: reader.string("quote", length: quoteLength, isRequired: false) ?? "")
  }
}

extension RuleNode {
  fileprivate func write(to json: inout JSONWriter) {
    switch self {
    case .group(let group): group.write(to: &json)
    case .condition(let condition): condition.write(to: &json)
    }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> RuleNode? {
    guard let kind = reader.choice("is", of: NodeKind.self) else { return nil }
    if kind == .condition { return RuleCondition.read(&reader).map { .condition($0) } }
    return RuleGroup.read(kind, &reader).map { .group($0) }
  }
}

extension RuleGroup {
  fileprivate func write(to json: inout JSONWriter) {
    switch kind {
    case .all: json.field("is", NodeKind.all.rawValue)
    case .any: json.field("is", NodeKind.any.rawValue)
    case .noneOf: json.field("is", NodeKind.noneOf.rawValue)
    case .atLeast(let least):
      json.field("is", NodeKind.atLeast.rawValue)
      json.field("least", least)
    }
    citation.write(to: &json)
    json.array("parts", parts) { json, part in json.object { part.write(to: &$0) } }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> RuleGroup? {
    guard let kind = reader.choice("is", of: NodeKind.self) else { return nil }
    return read(kind, &reader)
  }

  fileprivate static func read(_ kind: NodeKind, _ reader: inout JSONObject) -> RuleGroup? {
    let limits = 1...Int64(RuleGroup.maximumLeast)
    let least = reader.integer("least", in: limits, isRequired: kind == .atLeast)
    let citation = RuleCitation.read(&reader)
    let parts = reader.objects("parts", count: 0...EligibilityRule.maximumNodes) { RuleNode.read(&$0) }
    guard let parts else { return nil }
    let group: Kind
    switch kind {
    case .all: group = .all
    case .any: group = .any
    case .noneOf: group = .noneOf
    case .atLeast:
      guard let least else { return nil }
      group = .atLeast(Int(least))
    case .condition:
      reader.add("is", Phrase("最上面要是一组。", "The top is a group."))
      return nil
    }
    return RuleGroup(kind: group, citation: citation, parts: parts)
  }
}

extension RuleCondition {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("is", NodeKind.condition.rawValue)
    json.field("fact", fact.rawValue)
    switch test {
    case .atLeast(let amount):
      json.field("test", TestKind.atLeast.rawValue)
      Self.write(amount, to: &json)
    case .atMost(let amount):
      json.field("test", TestKind.atMost.rawValue)
      Self.write(amount, to: &json)
    case .isOneOf(let choices):
      json.field("test", TestKind.isOneOf.rawValue)
      json.array("choices", choices.map(\.rawValue).sorted())
    case .isAnswered(let answer):
      json.field("test", TestKind.isAnswered.rawValue)
      json.field("answer", answer)
    }
    citation.write(to: &json)
  }

  private static func write(_ amount: RuleAmount, to json: inout JSONWriter) {
    switch amount {
    case .fixed(let number): json.field("number", number)
    case .parameter(let key): json.field("parameter", key)
    }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> RuleCondition? {
    let fact = reader.choice("fact", of: EligibilityFact.self)
    let kind = reader.choice("test", of: TestKind.self)
    let citation = RuleCitation.read(&reader)
    guard let fact, let kind else { return nil }
    let test: RuleTest? =
      switch kind {
      case .atLeast: amount(&reader).map { .atLeast($0) }
      case .atMost: amount(&reader).map { .atMost($0) }
      case .isOneOf: reader.choices("choices", of: FactChoice.self).map { .isOneOf($0) }
      case .isAnswered: reader.bool("answer").map { .isAnswered($0) }
      }
    return test.map { RuleCondition(fact: fact, test: $0, citation: citation) }
  }

  private static func amount(_ reader: inout JSONObject) -> RuleAmount? {
    if let key = reader.string("parameter", length: 1...10, isRequired: false) { return .parameter(key) }
    return reader.integer("number").map { .fixed($0) }
  }
}

extension RuleParameter {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("key", key)
    json.field("name", name)
    json.array("values", values) { json, value in
      json.object { json in
        json.field("from", value.from.iso)
        if let through = value.through { json.field("through", through.iso) }
        json.field("amount", value.amount)
        value.citation.write(to: &json)
      }
    }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> RuleParameter? {
    let key = reader.string("key", length: 1...10)
    let name = reader.string("name", length: nameLength)
    let values = reader.objects("values", count: 0...maximumValues) { reader -> Value? in
      let from = reader.ruleDay("from")
      let through = reader.ruleDay("through", isRequired: false)
      let amount = reader.integer("amount")
      let citation = RuleCitation.read(&reader)
      guard let from, let amount else { return nil }
      return Value(from: from, through: through, amount: amount, citation: citation)
    }
    guard let key, let name, let values else { return nil }
    return RuleParameter(key: key, name: name, values: values)
  }
}

extension GoldenTest {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("name", name)
    json.field("day", day.iso)
    facts.write(to: &json)
    json.field("expected", expected.rawValue)
    if let missing { json.array("missing", missing.sorted().map(\.rawValue)) }
  }

  fileprivate static func read(_ reader: inout JSONObject) -> GoldenTest? {
    let name = reader.string("name", length: nameLength)
    let day = reader.ruleDay("day")
    let facts = FactSheet.read("facts", from: &reader)
    let expected = reader.choice("expected", of: EligibilityVerdict.self)
    let missing = reader.choices("missing", of: EligibilityFact.self, isRequired: false)
    guard let name, let day, let facts, let expected else { return nil }
    return GoldenTest(name: name, day: day, facts: facts, expected: expected, missing: missing)
  }
}

extension JSONObject {
  /// A day like `2026-01-01`.
  mutating func ruleDay(_ name: String, isRequired: Bool = true) -> PolicyDay? {
    guard let text = string(name, length: 10...10, isRequired: isRequired) else { return nil }
    if let day = PolicyDay(iso: text) { return day }
    add(name, Phrase("应是日子，如 2026-01-01。", "This should be a day like 2026-01-01."))
    return nil
  }
}
