import Kernel

/// What of a rule is still open once what is known has been put in, with everything left out that is settled.
indirect enum OpenRule: Sendable, Hashable {
  case settled(Bool)
  /// Compares with a parameter that has no value on the day; no fact settles it.
  case undated(String)
  /// Asks for a fact: bit n stands for whether its n-th cell passes.
  case asks(EligibilityFact, passing: UInt64)
  case atLeast(Int, [OpenRule])
  case not(OpenRule)

  /// The parts joined, simplified.
  static func atLeast(_ least: Int, of parts: [OpenRule]) -> OpenRule {
    let open = parts.filter { $0 != .settled(true) && $0 != .settled(false) }
    let still = least - parts.count { $0 == .settled(true) }
    if still <= 0 { return .settled(true) }
    if open.count < still { return .settled(false) }
    return open.count == 1 ? open[0] : .atLeast(still, open)
  }

  static func negating(_ part: OpenRule) -> OpenRule {
    switch part {
    case .settled(let isSo): .settled(!isSo)
    case .not(let inner): inner
    case .undated, .asks, .atLeast: .not(part)
    }
  }

  var isSettled: Bool { if case .settled = self { true } else { false } }

  /// Its open conditions.
  var questions: [(fact: EligibilityFact, passing: UInt64)] {
    switch self {
    case .settled, .undated: []
    case .asks(let fact, let passing): [(fact, passing)]
    case .atLeast(_, let parts): parts.flatMap(\.questions)
    case .not(let part): part.questions
    }
  }

  /// The facts that it asks for, whether or not they matter.
  var facts: Set<EligibilityFact> { Set(questions.map(\.fact)) }

  var undated: Set<String> {
    switch self {
    case .settled, .asks: []
    case .undated(let key): [key]
    case .atLeast(_, let parts): parts.reduce(into: []) { $0.formUnion($1.undated) }
    case .not(let part): part.undated
    }
  }

  /// What is left open once a fact lies in one of its cells.
  func giving(_ fact: EligibilityFact, cell: Int) -> OpenRule {
    switch self {
    case .settled, .undated: self
    case .asks(let asked, let passing): asked == fact ? .settled(passing >> UInt64(cell) & 1 == 1) : self
    case .atLeast(let least, let parts): .atLeast(least, of: parts.map { $0.giving(fact, cell: cell) })
    case .not(let part): .negating(part.giving(fact, cell: cell))
    }
  }
}

extension OpenRule {
  /// The values of each fact, put together as far as the rule does not tell them apart on the day: what lies in one cell gets
  /// the same answer from every condition. What is known already leaves out the cells that it rules out.
  struct Cells: Sendable {
    let rule: EligibilityRule
    let day: PolicyDay
    let facts: FactSheet
    let byFact: [EligibilityFact: [FactValue]]

    init(_ rule: EligibilityRule, on day: PolicyDay, given facts: FactSheet) {
      self.rule = rule
      self.day = day
      self.facts = facts
      byFact = Dictionary(
        uniqueKeysWithValues: rule.facts.map {
          ($0, Self.cells(of: $0, in: [rule], on: day, given: facts[$0]))
        })
    }

    /// The cells of one fact for several rules at once, in order.
    static func cells(
      of fact: EligibilityFact, in rules: [EligibilityRule], on day: PolicyDay, given value: FactValue?
    ) -> [FactValue] {
      switch (fact.kind, value) {
      case (.number(let possible, _), _):
        var range = possible
        if case .number(let known)? = value { range = known }
        let firsts = rules.flatMap { $0.firsts(of: fact, on: day) }
        let cuts = Set(firsts).filter { $0 > range.lowerBound && $0 <= range.upperBound }.sorted()
        let starts = [range.lowerBound] + cuts
        let ends = cuts.map { $0 - 1 } + [range.upperBound]
        return zip(starts, ends).map { .number($0...$1) }
      case (_, .some(let value)): return [value]
      case (.choice(let choices), nil): return choices.map { .choice($0) }
      case (.yesNo, nil): return [.answer(true), .answer(false)]
      }
    }

    /// What is open of a part.
    func tree(of node: RuleNode) -> OpenRule {
      switch node {
      case .group(let group):
        let parts = group.parts.map { tree(of: $0) }
        return switch group.kind {
        case .all: .atLeast(parts.count, of: parts)
        case .any: .atLeast(1, of: parts)
        case .noneOf: .negating(.atLeast(1, of: parts))
        case .atLeast(let least): .atLeast(least, of: parts)
        }
      case .condition(let condition): return tree(of: condition)
      }
    }

    private func tree(of condition: RuleCondition) -> OpenRule {
      if case .parameter(let key)? = condition.test.amount,
        rule.parameter(key)?.value(on: day) == nil
      {
        return .undated(key)
      }
      switch rule.truth(of: condition, on: day, given: facts[condition.fact]) {
      case .yes: return .settled(true)
      case .no: return .settled(false)
      case .open: break
      }
      let cells = byFact[condition.fact] ?? []
      var passing: UInt64 = 0
      for (number, cell) in cells.enumerated()
      where rule.truth(of: condition, on: day, given: cell) == .yes {
        passing |= 1 << UInt64(number)
      }
      return .asks(condition.fact, passing: passing)
    }
  }
}

extension EligibilityRule {
  /// The numbers of a fact at which some condition begins to answer differently on the day.
  fileprivate func firsts(of fact: EligibilityFact, on day: PolicyDay) -> [Int64] {
    root.conditions.compactMap { _, condition in
      guard condition.fact == fact, let amount = condition.test.amount,
        let number = number(amount, on: day)
      else { return nil }
      if case .atMost = condition.test { return number + 1 }
      return number
    }
  }
}
