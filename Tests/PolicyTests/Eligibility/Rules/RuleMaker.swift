import TestKit
import Testing

@testable import Policy

/// Makes rules and situations over few facts with few values, so that everything they can come to can be looked through.
struct RuleMaker {
  static let facts: [EligibilityFact] = [.age, .registration, .licence, .infants]
  static let day = day("2026-06-15")
  /// A parameter with a value on `day`, and one without.
  static let parameters = [
    RuleParameter(
      key: "p1", name: "标准",
      values: [
        RuleParameter.Value(from: day("2026-01-01"), through: nil, amount: 5, citation: .empty)
      ]),
    RuleParameter(
      key: "p2", name: "过期的标准",
      values: [
        RuleParameter.Value(
          from: day("2025-01-01"), through: day("2025-12-31"), amount: 4, citation: .empty)
      ]),
  ]

  var generator: SeededGenerator
  /// Whether conditions may compare with the parameter that has no value on `day`.
  private let mayBeUndated: Bool

  init(seed: UInt64, mayBeUndated: Bool = true) {
    generator = SeededGenerator(seed: seed)
    self.mayBeUndated = mayBeUndated
  }

  static func day(_ text: String) -> PolicyDay {
    PolicyDay(iso: text) ?? PolicyDay(number: 0)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  mutating func flag() -> Bool { Bool.random(using: &generator) }
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }

  mutating func rule() -> EligibilityRule {
    EligibilityRule(top: group(depth: number(1...3)), parameters: Self.parameters)
  }

  mutating func group(depth: Int) -> RuleGroup {
    let parts = (0..<number(1...3)).map { _ in node(depth: depth - 1) }
    let kind: RuleGroup.Kind =
      switch number(0...3) {
      case 0: .all
      case 1: .any
      case 2: .noneOf
      default: .atLeast(number(1...max(1, parts.count)))
      }
    return RuleGroup(kind: kind, citation: .empty, parts: parts)
  }

  mutating func node(depth: Int) -> RuleNode {
    depth > 0 && flag() ? .group(group(depth: depth)) : .condition(condition())
  }

  mutating func condition() -> RuleCondition {
    let fact = pick(Self.facts)
    let test: RuleTest
    switch fact.kind {
    case .number:
      let amount = amount()
      test = flag() ? .atLeast(amount) : .atMost(amount)
    case .choice(let choices):
      let chosen = choices.filter { _ in flag() }
      let isSome = !chosen.isEmpty && chosen.count < choices.count
      test = .isOneOf(isSome ? Set(chosen) : [choices[0]])
    case .yesNo: test = .isAnswered(flag())
    }
    let citation = flag() ? RuleCitation(article: "第\(number(1...9))条", quote: "原文") : .empty
    return RuleCondition(fact: fact, test: test, citation: citation)
  }

  private mutating func amount() -> RuleAmount {
    switch number(0...7) {
    case 0: .parameter("p1")
    case 1 where mayBeUndated: .parameter("p2")
    default: .fixed(Int64(number(1...8)))
    }
  }

  /// Any value that a fact can have, small numbers mostly.
  mutating func value(of fact: EligibilityFact) -> FactValue {
    switch fact.kind {
    case .number: .exactly(Int64(number(0...10)))
    case .choice(let choices): .choice(pick(choices))
    case .yesNo: .answer(flag())
    }
  }

  /// Some facts, a number now and then as no more than a band.
  mutating func sheet(mayBeBand: Bool = false) -> FactSheet {
    var sheet = FactSheet.empty
    for fact in Self.facts where flag() {
      if mayBeBand, case .number = fact.kind, flag() {
        let first = Int64(number(0...8))
        sheet = sheet.with(fact, .number(first...first + Int64(number(0...4))))
      } else {
        sheet = sheet.with(fact, value(of: fact))
      }
    }
    return sheet
  }
}

/// The same questions answered in another way: truth as a number, missing facts by trying everything.
struct RuleOracle {
  let rule: EligibilityRule
  let day: PolicyDay

  /// 0 not eligible, 1 unknown, 2 eligible.
  func verdict(_ facts: FactSheet) -> Int { rank(rule.root, facts) }

  private func rank(_ node: RuleNode, _ facts: FactSheet) -> Int {
    switch node {
    case .condition(let condition): return rank(condition, facts)
    case .group(let group):
      let ranks = group.parts.map { rank($0, facts) }.sorted(by: >)
      switch group.kind {
      case .all: return ranks.last ?? 2
      case .any: return ranks.first ?? 0
      case .noneOf: return 2 - (ranks.first ?? 0)
      case .atLeast(let least): return least <= ranks.count ? ranks[least - 1] : 0
      }
    }
  }

  private func rank(_ condition: RuleCondition, _ facts: FactSheet) -> Int {
    guard let value = facts[condition.fact] else { return 1 }
    let answers = Set(points(value, of: condition.fact).map { passes(condition, $0) })
    if answers.count > 1 || answers.contains(nil) { return 1 }
    return answers.contains(true) ? 2 : 0
  }

  /// Nil where a parameter has no value on the day.
  private func passes(_ condition: RuleCondition, _ value: FactValue) -> Bool? {
    switch (condition.test, value) {
    case (.atLeast(let amount), .number(let range)):
      return number(amount).map { range.lowerBound >= $0 }
    case (.atMost(let amount), .number(let range)): return number(amount).map { range.lowerBound <= $0 }
    case (.isOneOf(let choices), .choice(let choice)): return choices.contains(choice)
    case (.isAnswered(let wanted), .answer(let answer)): return wanted == answer
    default: return nil
    }
  }

  private func number(_ amount: RuleAmount) -> Int64? {
    switch amount {
    case .fixed(let number): return number
    case .parameter(let key):
      let values = rule.parameters.first { $0.key == key }?.values ?? []
      return values.first { $0.from <= day && day <= ($0.through ?? day) }?.amount
    }
  }

  /// The exact values that a value stands for; numbers beyond 12 are like 12 to these rules.
  func points(_ value: FactValue?, of fact: EligibilityFact) -> [FactValue] {
    switch (value, fact.kind) {
    case (.number(let range), _): range.prefix(14).map { .exactly($0) }
    case (.some(let value), _): [value]
    case (nil, .number): (0...12).map { .exactly($0) }
    case (nil, .choice(let choices)): choices.map { .choice($0) }
    case (nil, .yesNo): [.answer(true), .answer(false)]
    }
  }

  /// Whether a value says more than a band or nothing does.
  private func isExact(_ value: FactValue?) -> Bool {
    switch value {
    case nil: false
    case .number(let range): range.count == 1
    case .choice, .answer: true
    }
  }

  /// By the definition alone: some more knowledge about other facts, and a value, after which the answer is another.
  func missing(_ facts: FactSheet) -> Set<EligibilityFact> {
    let open = rule.facts.filter { !isExact(facts[$0]) }.sorted()
    return Set(
      open.filter { fact in
        extensions(of: facts, by: open.filter { $0 != fact }[...]).contains { known in
          let before = verdict(known)
          return points(known[fact], of: fact).contains { verdict(known.with(fact, $0)) != before }
        }
      })
  }

  /// Every way of knowing more about these facts, nothing among them.
  private func extensions(
    of facts: FactSheet, by open: ArraySlice<EligibilityFact>
  ) -> [FactSheet] {
    guard let first = open.first else { return [facts] }
    let ways = [facts] + representatives(of: first, facts[first]).map { facts.with(first, $0) }
    return ways.flatMap { extensions(of: $0, by: open.dropFirst()) }
  }

  /// Numbers on both sides of every number in the rule are all that it can tell apart.
  private func representatives(of fact: EligibilityFact, _ value: FactValue?) -> [FactValue] {
    let points = points(value, of: fact)
    var seen: Set<[Bool?]> = []
    let conditions = rule.root.conditions.map(\.condition).filter { $0.fact == fact }
    return points.filter { point in seen.insert(conditions.map { passes($0, point) }).inserted }
  }
}
