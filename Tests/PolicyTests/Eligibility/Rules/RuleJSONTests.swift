import Kernel
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Eligibility: rules as they are stored")
struct RuleJSONTests {
  private func set(_ seed: Int) -> RuleSet {
    var maker = RuleMaker(seed: UInt64(seed))
    let rule = maker.rule()
    let tests = (0..<maker.number(0...4)).map { number -> GoldenTest in
      let facts = maker.sheet(mayBeBand: true)
      let result = rule.result(on: RuleMaker.day, given: facts)
      return GoldenTest(
        name: "样例 \(number) “<&>\\", day: RuleMaker.day, facts: facts, expected: result.verdict,
        missing: maker.flag() ? Set(result.missing) : nil)
    }
    return RuleSet(
      rule: rule, tests: tests, places: maker.flag() ? [] : [.checkout, .shopOpening])
  }

  @Test(arguments: 0..<150)
  func `what is written is read back, and written again to the same bytes`(seed: Int) throws {
    let set = set(seed)
    let text = set.json
    let read = try RuleSet(json: text)
    #expect(read == set)
    #expect(read.json == text)
    let failing = read.run().filter { !$0.hasPassed }
    #expect(failing.isEmpty)
  }

  @Test func `an empty set is one, and what is no set is refused`() throws {
    #expect(try RuleSet(json: RuleSet.empty.json) == .empty)
    let good = set(7).json
    let bad = [
      "", "{}", "[]", good + " ,", good.replacing("\"format\":1", with: "\"format\":2"),
      good.replacing("\"parts\":", with: "\"pieces\":"),
      #"{"format":1,"is":"condition","fact":"age","test":"at_least","number":1,"parameters":[],"tests":[],"places":[]}"#,
      #"{"format":1,"is":"all","parts":[{"is":"condition","fact":"shoe_size","test":"at_least","number":1}],"parameters":[],"tests":[],"places":[]}"#,
      #"{"format":1,"is":"all","parts":[{"is":"condition","fact":"age","test":"at_least","number":500}],"parameters":[],"tests":[],"places":[]}"#,
      #"{"format":1,"is":"all","parts":[],"parameters":[],"tests":[],"places":["moon"]}"#,
    ]
    for text in bad {
      #expect(throws: Problem.self, "\(text)") { try RuleSet(json: text) }
    }
  }

  @Test(arguments: 0..<50)
  func `facts that are sealed are read back`(seed: Int) throws {
    var maker = RuleMaker(seed: UInt64(seed))
    let facts = maker.sheet(mayBeBand: true)
    #expect(try FactSheet(text: facts.text) == facts)
  }

  @Test func `facts that cannot be are refused`() {
    for text in [
      #"{"facts":[{"fact":"age","number":121}]}"#, #"{"facts":[{"fact":"age","answer":true}]}"#,
      #"{"facts":[{"fact":"age","from":60}]}"#, #"{"facts":[{"fact":"age","from":60,"to":59}]}"#,
      #"{"facts":[{"fact":"age","number":60},{"fact":"age","number":61}]}"#,
      #"{"facts":[{"fact":"age","number":60,"choice":"employed"}]}"#, #"{"facts":[{"fact":"age"}]}"#,
      #"{"facts":[{"fact":"registration","choice":"employed"}]}"#,
    ] {
      #expect(throws: Problem.self, "\(text)") { try FactSheet(text: text) }
    }
  }
}
