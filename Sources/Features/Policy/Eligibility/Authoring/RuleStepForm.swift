import Kernel
import Web

/// What a form of the authoring pages asks for.
enum RuleCommand: Sendable, Hashable {
  case step(RuleStep)
  /// Back to how it stood at this revision.
  case restore(Int64)
}

/// The forms of the authoring pages; each sends its kind as `step` and the revision that it was drawn for as `revision`.
enum RuleStepKind: String, Sendable, CaseIterable {
  case addCondition = "add_condition"
  case changeCondition = "change_condition"
  case addGroup = "add_group"
  case changeGroup = "change_group"
  case remove
  case moveUp = "move_up"
  case moveDown = "move_down"
  case wrap
  case unwrap
  case addParameter = "add_parameter"
  case renameParameter = "rename_parameter"
  case removeParameter = "remove_parameter"
  case setValue = "set_value"
  case removeValue = "remove_value"
  case setTest = "set_test"
  case removeTest = "remove_test"
  case setPlaces = "set_places"
  case restore
}

/// What a group can be, as a form names it.
enum GroupChoice: String, Sendable, CaseIterable {
  case all
  case any
  case noneOf = "none"
  case atLeast = "at_least"

  init(_ kind: RuleGroup.Kind) {
    switch kind {
    case .all: self = .all
    case .any: self = .any
    case .noneOf: self = .noneOf
    case .atLeast: self = .atLeast
    }
  }

  var name: Phrase {
    switch self {
    case .all: Phrase("里面的都要满足", "All of its parts hold")
    case .any: Phrase("里面满足一项就行", "One of its parts holds")
    case .noneOf: Phrase("里面的一项都不能有", "None of its parts holds")
    case .atLeast: Phrase("里面至少满足几项", "At least so many of its parts hold")
    }
  }
}

/// How a number is compared, as a form names it.
enum NumberChoice: String, Sendable, CaseIterable {
  case atLeast = "at_least"
  case atMost = "at_most"

  var name: Phrase {
    switch self {
    case .atLeast: Phrase("不少于（含这个数）", "At least, the number included")
    case .atMost: Phrase("不超过（含这个数）", "At most, the number included")
    }
  }
}

/// Reads the forms of the authoring pages.
struct RuleStepForm {
  private let set: RuleSet
  private var reader: FormReader

  /// What a list holds where none of it is chosen.
  static let nothing = "none"

  /// The revision that the form was drawn for; 0 for a form that does not say, which is out of date.
  static func revision(_ form: Form) throws -> Int64 { try form["revision"].flatMap { Int64($0) } ?? 0 }

  /// - Parameter set: the draft as it stands, for what may be chosen.
  /// - Throws: `form.invalid`, `not_found` for a path that is none.
  static func command(_ form: Form, _ set: RuleSet) throws -> RuleCommand {
    var reading = RuleStepForm(set: set, reader: FormReader(form))
    let command = try reading.command()
    try reading.reader.finish()
    guard let command else { throw Problem.notFound }
    return command
  }

  private mutating func command() throws -> RuleCommand? {
    guard let kind = reader.choice("step", of: RuleStepKind.self) else { return nil }
    if kind == .restore {
      return reader.integer("to", in: 1...RuleDesk.maximumRevisions).map { .restore($0) }
    }
    return try step(kind).map { .step($0) }
  }

  private mutating func step(_ kind: RuleStepKind) throws -> RuleStep? {
    switch kind {
    case .addCondition:
      let path = try path()
      return condition(reader.choice("fact", of: EligibilityFact.self)).map {
        .add(.condition($0), under: path)
      }
    case .changeCondition:
      let path = try path()
      guard case .condition(let present)? = set.rule.root[path] else { throw Problem.notFound }
      return condition(present.fact).map { .change(path, $0) }
    case .addGroup:
      let path = try path()
      return group().map { .add(.group(RuleGroup(kind: $0, citation: $1, parts: [])), under: path) }
    case .changeGroup:
      let path = try path()
      return group().map { .regroup(path, $0, $1) }
    case .remove: return .remove(try path())
    case .moveUp: return .move(try path(), isUp: true)
    case .moveDown: return .move(try path(), isUp: false)
    case .wrap:
      let path = try path()
      return group().map { kind, _ in .wrap(path, kind) }
    case .unwrap: return .unwrap(try path())
    case .setPlaces: return .setPlaces(Set(reader.form.all("places").compactMap { HintPlace(rawValue: $0) }))
    case .setTest: return test()
    case .removeTest: return reader.integer("place", in: 0...999).map { .removeTest(Int($0)) }
    case .restore: return nil
    default: return parameterStep(kind)
    }
  }

  private func path() throws -> RulePath {
    guard let path = RulePath(try reader.form["node"] ?? "") else { throw Problem.notFound }
    return path
  }

  private mutating func citation() -> RuleCitation {
    RuleCitation(
      article: reader.text("article", length: RuleCitation.articleLength, isRequired: false) ?? "",
      quote: reader.lines("quote", length: RuleCitation.quoteLength, isRequired: false) ?? "")
  }

  private mutating func group() -> (RuleGroup.Kind, RuleCitation)? {
    let choice = reader.choice("kind", of: GroupChoice.self)
    let least = reader.integer(
      "least", in: 1...Int64(RuleGroup.maximumLeast), isRequired: choice == .atLeast)
    let citation = citation()
    switch choice {
    case .all: return (.all, citation)
    case .any: return (.any, citation)
    case .noneOf: return (.noneOf, citation)
    case .atLeast: return least.map { (.atLeast(Int($0)), citation) }
    case nil: return nil
    }
  }

  // MARK: - Conditions

  private mutating func condition(_ fact: EligibilityFact?) -> RuleCondition? {
    guard let fact else { return nil }
    let test: RuleTest?
    switch fact.kind {
    case .number(let range, _): test = numberTest(range)
    case .choice(let possible): test = choiceTest(possible)
    case .yesNo: test = FactForm.answer(reader.raw("answer", isRequired: true)).map { .isAnswered($0) }
    }
    let citation = citation()
    return test.map { RuleCondition(fact: fact, test: $0, citation: citation) }
  }

  private mutating func numberTest(_ range: ClosedRange<Int64>) -> RuleTest? {
    let comparison = reader.choice("comparison", of: NumberChoice.self)
    let number = reader.integer("number", in: range, isRequired: false)
    let key = reader.raw("parameter").flatMap { $0 == Self.nothing ? nil : $0 }
    var amount = number.map { RuleAmount.fixed($0) }
    if let key {
      guard let parameter = set.rule.parameter(key) else {
        reader.add("parameter", Phrase("请从列表里选择。", "Please choose from the list."))
        return nil
      }
      if !parameter.values.allSatisfy({ range.contains($0.amount) }) {
        reader.add(
          "parameter", Phrase("这个标准的数不在这一项的范围里。", "This standard has numbers that the fact cannot have."))
      }
      amount = .parameter(key)
    }
    if (number == nil) == (key == nil) {
      reader.add(
        "number", Phrase("填一个数，或者选一个标准，两样选一样。", "Enter a number or choose a standard, one of the two."))
      return nil
    }
    switch (comparison, amount) {
    case (.atLeast?, let amount?): return .atLeast(amount)
    case (.atMost?, let amount?): return .atMost(amount)
    default: return nil
    }
  }

  private mutating func choiceTest(_ possible: [FactChoice]) -> RuleTest? {
    let chosen = Set(reader.form.all("choices").compactMap { FactChoice(rawValue: $0) })
    guard !chosen.isEmpty, chosen.count < possible.count, chosen.isSubset(of: possible) else {
      reader.add("choices", Problem.ruleChoiceUnusable.title)
      return nil
    }
    return .isOneOf(chosen)
  }

  // MARK: - Standards

  private mutating func parameterStep(_ kind: RuleStepKind) -> RuleStep? {
    let key = kind == .addParameter ? "" : reader.raw("parameter", isRequired: true)
    guard let key else { return nil }
    switch kind {
    case .addParameter:
      return reader.text("name", length: RuleParameter.nameLength).map { .addParameter(name: $0) }
    case .renameParameter:
      return reader.text("name", length: RuleParameter.nameLength).map {
        .renameParameter(key: key, name: $0)
      }
    case .removeParameter: return .removeParameter(key: key)
    case .setValue: return value(key)
    case .removeValue: return day("from").map { .removeValue(key: key, from: $0) }
    default: return nil
    }
  }

  private mutating func value(_ key: String) -> RuleStep? {
    let from = day("from")
    let through = day("through", isRequired: false)
    let isAdded = (reader.raw("replacing") ?? Self.nothing) == Self.nothing
    let replaced = isAdded ? nil : day("replacing")
    // What the facts that are compared with it can be; any number while there are none.
    let ranges = set.rule.facts(using: key).compactMap { fact -> ClosedRange<Int64>? in
      if case .number(let range, _) = fact.kind { range } else { nil }
    }
    let lowest = ranges.map(\.lowerBound).max() ?? 0
    let highest = ranges.map(\.upperBound).min() ?? 1_000_000
    let amount = reader.integer("amount", in: lowest...max(lowest, highest))
    let citation = citation()
    if let from, let through, through < from {
      reader.add("through", Problem.ruleValueBackwards.title)
      return nil
    }
    guard let from, let amount else { return nil }
    return .setValue(
      key: key, RuleParameter.Value(from: from, through: through, amount: amount, citation: citation),
      replacing: replaced)
  }

  private mutating func day(_ name: String, isRequired: Bool = true) -> PolicyDay? {
    guard let text = reader.raw(name, isRequired: isRequired) else { return nil }
    if let day = PolicyDay(iso: text) { return day }
    reader.add(name, Phrase("请填日子，如 2026-01-01。", "Please enter a day like 2026-01-01."))
    return nil
  }

  // MARK: - Examples

  private mutating func test() -> RuleStep? {
    let place = reader.integer("place", in: 0...999, isRequired: false)
    let name = reader.text("name", length: GoldenTest.nameLength)
    let day = day("day")
    let facts = FactForm.sheet(set.rule.facts.sorted(), &reader)
    let expected = reader.choice("expected", of: EligibilityVerdict.self)
    var missing: Set<EligibilityFact>?
    if reader.isTicked("says_missing") {
      missing = Set(reader.form.all("missing").compactMap { EligibilityFact(rawValue: $0) })
    }
    if let name,
      set.tests.indices.contains(where: { set.tests[$0].name == name && $0 != place.map(Int.init) })
    {
      reader.add("name", Problem.ruleTestTwice.title)
    }
    guard let name, let day, let expected else { return nil }
    return .setTest(
      GoldenTest(name: name, day: day, facts: facts, expected: expected, missing: missing),
      at: place.map { Int($0) })
  }
}
