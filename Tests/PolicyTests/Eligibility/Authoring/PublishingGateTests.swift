import Kernel
import Testing

@testable import Policy

@Suite("Eligibility: what may be published")
struct PublishingGateTests {
  static let day = RuleMaker.day("2026-06-15")

  private func test(
    _ name: String, _ facts: FactSheet, _ expected: EligibilityVerdict, missing: Set<EligibilityFact>? = nil
  ) -> GoldenTest {
    GoldenTest(name: name, day: Self.day, facts: facts, expected: expected, missing: missing)
  }

  private func set(_ tests: [GoldenTest], extra: [RuleNode] = []) -> RuleSet {
    let condition = RuleNode.condition(
      RuleCondition(fact: .age, test: .atLeast(.fixed(60)), citation: .empty))
    return RuleSet(
      rule: EligibilityRule(
        top: RuleGroup(kind: .all, citation: .empty, parts: [condition] + extra), parameters: []),
      tests: tests, places: [])
  }

  private var old: GoldenTest { test("六十岁", FactSheet.empty.with(.age, .exactly(60)), .eligible) }
  private var young: GoldenTest { test("五十九岁", FactSheet.empty.with(.age, .exactly(59)), .notEligible) }

  @Test func `with a passing example of either answer it may`() {
    #expect(set([old, young]).gaps == [])
    #expect(set([old, young, test("没说", .empty, .unknown, missing: [.age])]).gaps == [])
  }

  @Test func `what is missing is named`() {
    #expect(RuleSet.empty.gaps == [.noCondition, .noEligibleTest, .noNotEligibleTest])
    #expect(set([old]).gaps == [.noNotEligibleTest])
    #expect(set([young]).gaps == [.noEligibleTest])
    let wrong = test("六十岁", FactSheet.empty.with(.age, .exactly(60)), .notEligible)
    #expect(set([old, young, wrong]).gaps.contains(.failingTests(1)))
    let strict = test("没说", .empty, .unknown, missing: [.age, .alone])
    #expect(set([old, young, strict]).gaps == [.failingTests(1)], "what is missing is compared as well")
    let empty = RuleNode.group(RuleGroup(kind: .all, citation: .empty, parts: []))
    #expect(set([old, young], extra: [empty]).gaps == [.unusableGroup(RulePath(places: [1]))])
    let much = RuleNode.group(
      RuleGroup(
        kind: .atLeast(2), citation: .empty,
        parts: [.condition(RuleCondition(fact: .alone, test: .isAnswered(true), citation: .empty))]))
    #expect(set([young], extra: [much]).gaps.contains(.unusableGroup(RulePath(places: [1]))))
  }

  @Test func `an example that fails shows what was expected and what came`() {
    let wrong = test("六十岁", FactSheet.empty.with(.age, .exactly(60)), .notEligible)
    let outcome = wrong.run(set([]).rule)
    #expect(!outcome.hasPassed && outcome.test.expected == .notEligible)
    #expect(outcome.result.verdict == .eligible)
  }

  @Test func `conditions that no example decides are named, and those tried one way only`() {
    let alone = RuleNode.condition(
      RuleCondition(fact: .alone, test: .isAnswered(true), citation: .empty))
    let coverage = RuleCoverage(set([young], extra: [alone]).rule, set([young], extra: [alone]).run())
    #expect(coverage.undecided == [RulePath(places: [1])])
    #expect(coverage.oneSided == [RulePath(places: [0])])
    let whole = RuleCoverage(set([old, young]).rule, set([old, young]).run())
    #expect(whole.undecided == [] && whole.oneSided == [])
  }
}
