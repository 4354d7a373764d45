import Kernel
import Testing

@testable import Policy

@Suite("Eligibility: what is no rule")
struct RuleFaultTests {
  private func code(_ test: RuleTest, of fact: EligibilityFact, _ parameters: [RuleParameter] = []) -> String?
  {
    let condition = RuleCondition(fact: fact, test: test, citation: .empty)
    return EligibilityRule(
      top: RuleGroup(kind: .all, citation: .empty, parts: [.condition(condition)]), parameters: parameters
    ).fault?.code
  }

  @Test func `a condition compares its fact in a way that fits it`() {
    #expect(code(.atLeast(.fixed(60)), of: .age) == nil)
    #expect(code(.atLeast(.fixed(121)), of: .age) == "rule.number_outside")
    #expect(code(.atLeast(.fixed(1)), of: .licence) == "rule.test_unfit")
    #expect(code(.isAnswered(true), of: .age) == "rule.test_unfit")
    #expect(code(.isOneOf([.thisDistrict]), of: .registration) == nil)
    #expect(code(.isOneOf([]), of: .registration) == "rule.choice_unusable")
    #expect(code(.isOneOf([.employed]), of: .registration) == "rule.choice_unusable")
    #expect(
      code(.isOneOf([.thisDistrict, .thisCity, .elsewhere]), of: .registration) == "rule.choice_unusable",
      "all of them is no condition")
    #expect(code(.atMost(.parameter("p9")), of: .income) == "rule.parameter_missing")
  }

  @Test func `dated values neither overlap nor run backwards, and fit the facts that use them`() {
    func parameter(_ spans: [(String, String?, Int64)]) -> RuleParameter {
      RuleParameter(
        key: "p1", name: "标准",
        values: spans.map { from, through, amount in
          RuleParameter.Value(
            from: RuleMaker.day(from), through: through.map { RuleMaker.day($0) }, amount: amount,
            citation: .empty)
        })
    }
    func fault(_ spans: [(String, String?, Int64)]) -> String? {
      code(.atMost(.parameter("p1")), of: .age, [parameter(spans)])
    }
    #expect(fault([("2025-01-01", "2025-12-31", 60), ("2026-01-01", nil, 61)]) == nil)
    #expect(fault([("2025-01-01", "2026-01-01", 60), ("2026-01-01", nil, 61)]) == "rule.values_overlap")
    #expect(fault([("2025-01-01", nil, 60), ("2026-01-01", nil, 61)]) == "rule.values_overlap")
    #expect(fault([("2025-01-02", "2025-01-01", 60)]) == "rule.value_backwards")
    #expect(fault([("2025-01-01", "2025-01-01", 60)]) == nil, "one day")
    #expect(fault([("2025-01-01", nil, 500)]) == "rule.number_outside")
  }

  @Test func `a rule is neither too deep nor too wide`() {
    let leaf = RuleNode.condition(
      RuleCondition(fact: .alone, test: .isAnswered(true), citation: .empty))
    func nested(_ levels: Int) -> RuleGroup {
      let inner: RuleNode = levels > 1 ? .group(nested(levels - 1)) : leaf
      return RuleGroup(kind: .any, citation: .empty, parts: [inner])
    }
    #expect(EligibilityRule(top: nested(5), parameters: []).fault == nil)
    #expect(EligibilityRule(top: nested(6), parameters: []).fault?.code == "rule.too_large")
    let wide = RuleGroup(kind: .any, citation: .empty, parts: Array(repeating: leaf, count: 60))
    #expect(EligibilityRule(top: wide, parameters: []).fault?.code == "rule.too_large")
    let least = RuleGroup(kind: .atLeast(0), citation: .empty, parts: [leaf])
    #expect(EligibilityRule(top: least, parameters: []).fault?.code == "rule.least_unusable")
  }

  @Test func `each fact has words in both languages, and values that it can have`() {
    for fact in EligibilityFact.allCases {
      for phrase in [fact.name, fact.question, fact.reason] {
        #expect(!phrase.chinese.isEmpty && !phrase.english.isEmpty && phrase.chinese != phrase.english)
      }
      switch fact.kind {
      case .number(let range, _):
        #expect(FactValue.exactly(range.upperBound).fits(fact))
        #expect(!FactValue.exactly(range.upperBound + 1).fits(fact))
        #expect(!FactValue.answer(true).fits(fact))
      case .choice(let choices):
        #expect(Set(choices).count == choices.count && choices.count > 1)
        for choice in FactChoice.allCases {
          #expect(FactValue.choice(choice).fits(fact) == choices.contains(choice))
        }
      case .yesNo: #expect(FactValue.answer(false).fits(fact) && !FactValue.exactly(1).fits(fact))
      }
    }
    let used = EligibilityFact.allCases.flatMap { fact -> [FactChoice] in
      if case .choice(let choices) = fact.kind { choices } else { [] }
    }
    #expect(Set(used) == Set(FactChoice.allCases) && used.count == FactChoice.allCases.count)
  }
}
