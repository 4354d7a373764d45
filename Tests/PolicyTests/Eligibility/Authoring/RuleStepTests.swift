import Kernel
import TestKit
import Testing

@testable import Policy

@Suite("Eligibility: writing step by step")
struct RuleStepTests {
  /// Any step, on a part that is there or on one that is not.
  private func step(_ maker: inout RuleMaker, _ set: RuleSet) -> RuleStep {
    let paths = set.rule.root.walk.map(\.path) + [RulePath(places: [9, 9])]
    let path = maker.pick(paths)
    let kinds: [RuleGroup.Kind] = [.all, .any, .noneOf, .atLeast(2)]
    let key = maker.pick(["p1", "p2", "p3", "p9"])
    let day = PolicyDay(number: 20_000 + Int64(maker.number(0...40)) * 30)
    switch maker.number(0...15) {
    case 0, 1: return .add(.condition(maker.condition()), under: path)
    case 2: return .add(.group(maker.group(depth: 2)), under: path)
    case 3: return .change(path, maker.condition())
    case 4: return .regroup(path, maker.pick(kinds), .empty)
    case 5: return .remove(path)
    case 6: return .move(path, isUp: maker.flag())
    case 7: return .wrap(path, maker.pick(kinds))
    case 8: return .unwrap(path)
    case 9: return .addParameter(name: "标准")
    case 10: return .removeParameter(key: key)
    case 11, 12:
      let value = RuleParameter.Value(
        from: day, through: maker.flag() ? PolicyDay(number: day.number + 20) : nil,
        amount: Int64(maker.number(0...9)), citation: .empty)
      return .setValue(key: key, value, replacing: nil)
    case 13: return .removeValue(key: key, from: day)
    case 14:
      let test = GoldenTest(
        name: "样例 \(maker.number(0...30))", day: RuleMaker.day, facts: maker.sheet(), expected: .unknown,
        missing: nil)
      return .setTest(test, at: maker.flag() ? nil : maker.number(0...3))
    default: return maker.flag() ? .removeTest(maker.number(0...3)) : .setPlaces([.job])
    }
  }

  @Test(arguments: 0..<60)
  func `whatever is done, a rule stays a rule, and what is refused changes nothing`(seed: Int) throws {
    var maker = RuleMaker(seed: UInt64(seed))
    var set = RuleSet.empty
    var (taken, refused) = (0, 0)
    for _ in 0..<120 {
      let step = step(&maker, set)
      do {
        set = try set.after(step)
        taken += 1
      } catch let problem as Problem {
        refused += 1
        #expect(problem.status < 500)
      }
      #expect(set.fault == nil)
      #expect(try RuleSet(json: set.json) == set)
    }
    #expect(taken > 10 && refused > 10)
  }

  @Test(arguments: 0..<80)
  func `steps that are each other's opposite cancel`(seed: Int) throws {
    var maker = RuleMaker(seed: UInt64(seed))
    let set = RuleSet(rule: maker.rule(), tests: [], places: [])
    for (path, node) in set.rule.root.walk where !path.isTop {
      let wrapped = try set.after(.wrap(path, .any))
      #expect(wrapped.rule.root[path.below(0)] == node)
      #expect(try wrapped.after(.unwrap(path)) == set)
      let last = (set.rule.root[path.above]?.parts.count ?? 0) - 1
      let moved = try set.after(.move(path, isUp: true))
      let there = path.above.below(max(0, path.last - 1))
      #expect(moved.rule.root[there] == node)
      if path.last > 0 { #expect(try moved.after(.move(there, isUp: false)) == set) }
      if path.last == last { #expect(try set.after(.move(path, isUp: false)) == set) }
      let added = try set.after(.add(node, under: path.above))
      #expect(try added.after(.remove(path.above.below(last + 1))) == set)
    }
  }

  @Test func `the top is changed and wrapped, but neither removed nor moved`() throws {
    let set = try RuleSet.empty.after(
      .add(.condition(RuleCondition(fact: .alone, test: .isAnswered(true), citation: .empty)), under: .top))
    for step in [RuleStep.remove(.top), .move(.top, isUp: true), .unwrap(.top)] {
      #expect(throws: Problem.ruleTopStays) { try set.after(step) }
    }
    let wrapped = try set.after(.wrap(.top, .noneOf))
    #expect(wrapped.rule.top.kind == .noneOf && wrapped.rule.root[RulePath(places: [0, 0])] != nil)
    #expect(try set.after(.regroup(.top, .any, .empty)).rule.top.kind == .any)
  }

  @Test func `a later value ends the one that was in force, the day before`() throws {
    func value(_ from: String, _ amount: Int64) -> RuleParameter.Value {
      RuleParameter.Value(from: RuleMaker.day(from), through: nil, amount: amount, citation: .empty)
    }
    var set = try RuleSet.empty.after(.addParameter(name: "低保标准"))
    set = try set.after(.setValue(key: "p1", value("2025-07-01", 1400), replacing: nil))
    set = try set.after(.setValue(key: "p1", value("2026-07-01", 1510), replacing: nil))
    let values = set.rule.parameters[0].values
    #expect(values.map(\.amount) == [1400, 1510])
    #expect(values.map { $0.through?.iso } == ["2026-06-30", nil])
    let corrected = try set.after(
      .setValue(key: "p1", value("2026-07-01", 1520), replacing: RuleMaker.day("2026-07-01")))
    #expect(corrected.rule.parameters[0].values.map(\.amount) == [1400, 1520])
    #expect(throws: Problem.self) {
      try set.after(.setValue(key: "p1", value("2026-07-01", 1520), replacing: nil))
    }
    #expect(throws: Problem.self) {
      try set.after(.setValue(key: "p1", value("2025-01-01", 1300), replacing: nil))
    }
  }

  @Test func `a standard that a condition uses stays`() throws {
    var set = try RuleSet.empty.after(.addParameter(name: "标准"))
    let condition = RuleCondition(fact: .income, test: .atMost(.parameter("p1")), citation: .empty)
    set = try set.after(.add(.condition(condition), under: .top))
    #expect(throws: Problem.ruleParameterUsed) { try set.after(.removeParameter(key: "p1")) }
    let free = try set.after(.remove(RulePath(places: [0])))
    #expect(try free.after(.removeParameter(key: "p1")).rule.parameters.isEmpty)
  }

  @Test func `paths are read as they are written, and nothing else is`() {
    for places in [[], [0], [3, 0, 12]] {
      let path = RulePath(places: places)
      #expect(RulePath(path.text) == path)
    }
    for text in ["", "-1", "0-", "a", "0--1", "1.5", "9999", "０"] {
      #expect(RulePath(text) == nil, "\(text)")
    }
  }
}
