import TestKit
import Testing

@testable import Policy

@Suite("Eligibility: reading a rule")
struct RuleReadingTests {
  private static let ranks: [EligibilityVerdict: Int] = [.notEligible: 0, .unknown: 1, .eligible: 2]

  @Test(arguments: 0..<300)
  func `the answer is the one that another reader gives`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(seed))
    let rule = maker.rule()
    let oracle = RuleOracle(rule: rule, day: RuleMaker.day)
    #expect(rule.fault == nil)
    for _ in 0..<10 {
      let facts = maker.sheet(mayBeBand: true)
      let result = rule.result(on: RuleMaker.day, given: facts)
      #expect(Self.ranks[result.verdict] == oracle.verdict(facts), "\(rule) \(facts)")
      #expect(EligibilityVerdict(result.reading.truth) == result.verdict)
    }
  }

  @Test(arguments: 0..<120)
  func `the facts that are missing are exactly those that can change the answer`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(1000 + seed))
    let rule = maker.rule()
    let oracle = RuleOracle(rule: rule, day: RuleMaker.day)
    for facts in [.empty, maker.sheet(), maker.sheet(mayBeBand: true)] {
      let result = rule.result(on: RuleMaker.day, given: facts)
      let expected = result.verdict == .unknown ? oracle.missing(facts) : []
      #expect(Set(result.missing) == expected, "\(rule) \(facts)")
      #expect(result.missing == result.missing.sorted())
    }
  }

  @Test(arguments: 0..<300)
  func `to know more never turns a definite answer round`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(2000 + seed))
    let rule = maker.rule()
    var facts = FactSheet.empty
    var before = rule.result(on: RuleMaker.day, given: facts)
    for fact in RuleMaker.facts.shuffled(using: &maker.generator) {
      facts = facts.with(fact, maker.value(of: fact))
      let after = rule.result(on: RuleMaker.day, given: facts)
      if before.verdict != .unknown { #expect(after.verdict == before.verdict) }
      #expect(Set(after.missing).isSubset(of: Set(before.missing)), "\(rule) \(facts)")
      before = after
    }
  }

  @Test(arguments: 0..<200)
  func `a fact that is not missing changes nothing, whatever it is`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(3000 + seed))
    let rule = maker.rule()
    let facts = maker.sheet()
    let result = rule.result(on: RuleMaker.day, given: facts)
    for fact in RuleMaker.facts where facts[fact] == nil && !result.missing.contains(fact) {
      for value in RuleOracle(rule: rule, day: RuleMaker.day).points(nil, of: fact) {
        let told = rule.result(on: RuleMaker.day, given: facts.with(fact, value))
        #expect(told.verdict == result.verdict && told.missing == result.missing)
      }
    }
  }

  @Test(arguments: 0..<200)
  func `whoever answers what is asked gets an answer, unless the rule itself has none`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(4000 + seed))
    let rule = maker.rule()
    var facts = FactSheet.empty
    var result = rule.result(on: RuleMaker.day, given: facts)
    while let fact = result.missing.first {
      facts = facts.with(fact, maker.value(of: fact))
      result = rule.result(on: RuleMaker.day, given: facts)
      #expect(!result.missing.contains(fact), "it is asked once")
    }
    #expect(result.verdict != .unknown || result.undated == ["p2"])
    if result.verdict != .unknown { #expect(result.undated.isEmpty) }
  }

  @Test(arguments: 0..<200)
  func `numbers of one band are all the same to the rule`(seed: Int) {
    var maker = RuleMaker(seed: UInt64(5000 + seed))
    let rule = maker.rule()
    let facts = maker.sheet()
    let cells = OpenRule.Cells.cells(of: .age, in: [rule], on: RuleMaker.day, given: nil)
    var next: Int64 = 0
    for cell in cells {
      guard case .number(let range) = cell else {
        Issue.record("a band is a range")
        return
      }
      #expect(range.lowerBound == next, "the bands lie side by side")
      next = range.upperBound + 1
      let whole = rule.result(on: RuleMaker.day, given: facts.with(.age, cell))
      for number in [range.lowerBound, (range.lowerBound + range.upperBound) / 2, range.upperBound] {
        let exact = rule.result(on: RuleMaker.day, given: facts.with(.age, .exactly(number)))
        #expect(exact.verdict == whole.verdict && exact.missing == whole.missing)
      }
    }
    #expect(next == 121, "they cover every age")
  }

  // MARK: - By hand

  private func condition(_ fact: EligibilityFact, _ test: RuleTest) -> RuleNode {
    .condition(RuleCondition(fact: fact, test: test, citation: .empty))
  }

  private func rule(
    _ kind: RuleGroup.Kind, _ parts: [RuleNode], _ parameters: [RuleParameter] = []
  ) -> EligibilityRule {
    EligibilityRule(top: RuleGroup(kind: kind, citation: .empty, parts: parts), parameters: parameters)
  }

  @Test func `a fact that stands in an open condition and cannot matter is not asked for`() {
    // Ten or more decides alone, and less than ten as well.
    let inner = RuleGroup(
      kind: .any, citation: .empty,
      parts: [
        condition(.age, .atLeast(.fixed(5))), condition(.registration, .isOneOf([.thisDistrict])),
      ])
    let rule = rule(.all, [condition(.age, .atLeast(.fixed(10))), .group(inner)])
    let result = rule.result(on: RuleMaker.day, given: .empty)
    #expect(result.verdict == .unknown)
    #expect(result.missing == [.age])
  }

  @Test func `seven of fourteen are asked for all, without looking through every way`() {
    let parts = EligibilityFact.allCases.map { fact -> RuleNode in
      switch fact.kind {
      case .number(let range, _): condition(fact, .atLeast(.fixed(range.lowerBound + 1)))
      case .choice(let choices): condition(fact, .isOneOf([choices[0]]))
      case .yesNo: condition(fact, .isAnswered(true))
      }
    }
    let result = rule(.atLeast(7), parts).result(on: RuleMaker.day, given: .empty)
    #expect(result.missing == EligibilityFact.allCases)
  }

  @Test func `one failed condition of all is enough, and nothing more is asked`() {
    let rule = rule(
      .all, [condition(.age, .atLeast(.fixed(60))), condition(.alone, .isAnswered(true))])
    let young = FactSheet.empty.with(.age, .exactly(59))
    #expect(rule.result(on: RuleMaker.day, given: young).verdict == .notEligible)
    #expect(rule.result(on: RuleMaker.day, given: young).missing == [])
    let old = FactSheet.empty.with(.age, .exactly(60))
    #expect(rule.result(on: RuleMaker.day, given: old).missing == [.alone])
    let both = old.with(.alone, .answer(true))
    #expect(rule.result(on: RuleMaker.day, given: both).verdict == .eligible)
  }

  @Test func `a band that holds a number on both sides leaves the condition open`() {
    let rule = rule(.all, [condition(.income, .atMost(.fixed(1500)))])
    func verdict(_ range: ClosedRange<Int64>) -> EligibilityVerdict {
      rule.result(on: RuleMaker.day, given: FactSheet.empty.with(.income, .number(range))).verdict
    }
    #expect(verdict(0...1500) == .eligible)
    #expect(verdict(1501...3000) == .notEligible)
    #expect(verdict(1500...1501) == .unknown)
  }

  @Test func `a dated value holds from its first day through its last, both included`() {
    let parameter = RuleParameter(
      key: "p1", name: "最低生活保障标准",
      values: [
        RuleParameter.Value(
          from: RuleMaker.day("2025-01-01"), through: RuleMaker.day("2025-06-30"), amount: 1400,
          citation: .empty),
        RuleParameter.Value(
          from: RuleMaker.day("2025-08-01"), through: nil, amount: 1510, citation: .empty),
      ])
    let rule = rule(.all, [condition(.income, .atMost(.parameter("p1")))], [parameter])
    let facts = FactSheet.empty.with(.income, .exactly(1500))
    func result(_ day: String) -> EligibilityResult {
      rule.result(on: RuleMaker.day(day), given: facts)
    }
    #expect(result("2024-12-31").verdict == .unknown)
    #expect(result("2025-01-01").verdict == .notEligible)
    #expect(result("2025-06-30").verdict == .notEligible)
    #expect(result("2025-07-01").verdict == .unknown, "no number holds in July")
    #expect(result("2025-07-31").verdict == .unknown)
    #expect(result("2025-08-01").verdict == .eligible)
    #expect(result("2035-01-01").verdict == .eligible, "until further notice")
    #expect(result("2025-07-01").undated == ["p1"])
    #expect(result("2025-07-01").missing == [], "no answer would help")
    #expect(result("2025-07-01").reading.parts[0].isUndated)
    #expect(result("2025-01-01").undated == [])
    #expect(result("2025-08-01").reading.parts[0].number == 1510)
  }

  @Test func `a rule that has no value for the day is still decided where it does not matter`() {
    let parameter = RuleParameter(key: "p1", name: "标准", values: [])
    let rule = rule(
      .any,
      [condition(.income, .atMost(.parameter("p1"))), condition(.hardship, .isOneOf([.minimumLiving]))],
      [parameter])
    let poor = FactSheet.empty.with(.hardship, .choice(.minimumLiving))
    #expect(rule.result(on: RuleMaker.day, given: poor).verdict == .eligible)
    let open = rule.result(on: RuleMaker.day, given: .empty)
    #expect(open.missing == [.hardship] && open.undated == ["p1"])
  }

  @Test func `none of them is not any of them`() {
    let rule = rule(
      .noneOf, [condition(.employment, .isOneOf([.employed])), condition(.licence, .isAnswered(true))])
    let idle = FactSheet.empty.with(.employment, .choice(.unemployed))
    #expect(rule.result(on: RuleMaker.day, given: idle).missing == [.licence])
    #expect(
      rule.result(on: RuleMaker.day, given: idle.with(.licence, .answer(false))).verdict == .eligible)
    let working = FactSheet.empty.with(.employment, .choice(.employed))
    #expect(rule.result(on: RuleMaker.day, given: working).verdict == .notEligible)
  }
}
