import Kernel

/// What a rule comes to for a situation on a day: a hint, never a decision.
enum EligibilityVerdict: String, Sendable, Hashable, CaseIterable {
  case eligible
  case notEligible = "not_eligible"
  case unknown

  init(_ truth: Truth) {
    switch truth {
    case .yes: self = .eligible
    case .no: self = .notEligible
    case .open: self = .unknown
    }
  }
}

/// One part of a rule as it was read for a situation: whether it held, and what of it is open.
struct RuleReading: Sendable, Hashable {
  let path: RulePath
  let node: RuleNode
  let truth: Truth
  /// The number that a condition compared with; nil for others, and where its parameter has none that day.
  let number: Int64?
  /// Whether a condition compares with a parameter that has no value on the day.
  let isUndated: Bool
  let parts: [RuleReading]

  /// Every part below and this one, a group before its parts.
  var walk: [RuleReading] { [self] + parts.flatMap(\.walk) }
}

/// The answer of a rule.
struct EligibilityResult: Sendable, Hashable {
  let verdict: EligibilityVerdict
  /// The facts that could still change it; see `MissingFacts`. Empty unless it is unknown.
  let missing: [EligibilityFact]
  /// The keys of parameters that have no value on the day and keep it open.
  let undated: [String]
  let reading: RuleReading
}

extension EligibilityRule {
  /// Reads the rule for a situation on a day. Nothing is assumed: what is not said is not known.
  func result(on day: PolicyDay, given facts: FactSheet) -> EligibilityResult {
    let reading = reading(of: root, at: .top, on: day, facts)
    let verdict = EligibilityVerdict(reading.truth)
    guard verdict == .unknown else {
      return EligibilityResult(verdict: verdict, missing: [], undated: [], reading: reading)
    }
    let open = OpenRule.Cells(self, on: day, given: facts)
    let tree = open.tree(of: root)
    return EligibilityResult(
      verdict: verdict, missing: MissingFacts(open).facts(of: tree), undated: tree.undated.sorted(),
      reading: reading)
  }

  private func reading(
    of node: RuleNode, at path: RulePath, on day: PolicyDay, _ facts: FactSheet
  ) -> RuleReading {
    switch node {
    case .group(let group):
      let parts = group.parts.enumerated().map { place, part in
        reading(of: part, at: path.below(place), on: day, facts)
      }
      return RuleReading(
        path: path, node: node, truth: group.kind.truth(of: parts.map(\.truth)), number: nil,
        isUndated: false, parts: parts)
    case .condition(let condition):
      let number = condition.test.amount.flatMap { self.number($0, on: day) }
      return RuleReading(
        path: path, node: node, truth: truth(of: condition, on: day, given: facts[condition.fact]),
        number: number, isUndated: condition.test.amount != nil && number == nil, parts: [])
    }
  }

  /// Whether a condition holds for what is known of its fact.
  func truth(of condition: RuleCondition, on day: PolicyDay, given value: FactValue?) -> Truth {
    guard let value else { return .open }
    switch (condition.test, value) {
    case (.atLeast(let amount), .number(let range)):
      guard let least = number(amount, on: day) else { return .open }
      return range.lowerBound >= least ? .yes : range.upperBound < least ? .no : .open
    case (.atMost(let amount), .number(let range)):
      guard let most = number(amount, on: day) else { return .open }
      return range.upperBound <= most ? .yes : range.lowerBound > most ? .no : .open
    case (.isOneOf(let choices), .choice(let choice)): return Truth(choices.contains(choice))
    case (.isAnswered(let wanted), .answer(let answer)): return Truth(wanted == answer)
    default: return .open
    }
  }
}
