import Kernel

/// A made-up situation with the answer that a rule must give for it, kept with the rule: nobody's real one.
/// Source: field/socialwork.md §2.9.
struct GoldenTest: Sendable, Hashable {
  let name: String
  let day: PolicyDay
  let facts: FactSheet
  let expected: EligibilityVerdict
  /// What must be missing, exactly; nil where the test does not say.
  let missing: Set<EligibilityFact>?

  static let nameLength = 1...80

  /// What the rule says of it.
  func run(_ rule: EligibilityRule) -> GoldenOutcome {
    let result = rule.result(on: day, given: facts)
    let isAsExpected = result.verdict == expected && (missing.map { $0 == Set(result.missing) } ?? true)
    return GoldenOutcome(test: self, result: result, hasPassed: isAsExpected)
  }
}

/// A golden test beside what the rule said of it.
struct GoldenOutcome: Sendable, Hashable {
  let test: GoldenTest
  let result: EligibilityResult
  let hasPassed: Bool
}

/// A rule with its golden tests and the pages that it is tagged for: what is written, published and kept as one.
struct RuleSet: Sendable, Hashable {
  let rule: EligibilityRule
  let tests: [GoldenTest]
  let places: Set<HintPlace>

  static let empty = RuleSet(rule: .empty, tests: [], places: [])
  static let maximumTests = 60

  /// Every golden test with what came of it.
  func run() -> [GoldenOutcome] { tests.map { $0.run(rule) } }

  /// Why it is none; nil for one that is, if only as a draft.
  var fault: Problem? {
    if let fault = rule.fault { return fault }
    if tests.count > Self.maximumTests { return .ruleTestsTooMany }
    return Set(tests.map(\.name)).count == tests.count ? nil : .ruleTestTwice
  }
}

/// A page at which a rule may be offered as a hint.
enum HintPlace: String, Sendable, Hashable, CaseIterable {
  case shopOpening = "shop-opening"
  case checkout
  case job

  var name: Phrase {
    switch self {
    case .shopOpening: Phrase("开店", "Opening a shop")
    case .checkout: Phrase("下单结账", "Checkout")
    case .job: Phrase("找工作", "Jobs")
    }
  }
}

extension Problem {
  static let ruleTestsTooMany = Problem(
    "rule.tests_too_many", status: 422, Phrase("样例最多 60 个。", "There are at most 60 examples."))
  static let ruleTestTwice = Problem(
    "rule.test_twice", status: 422, Phrase("已经有一个同名的样例。", "There is an example of this name already."))
}

/// Why a rule cannot be published yet.
enum PublishingGap: Sendable, Hashable {
  case noCondition
  /// A group has no parts, or asks for more of them than there are.
  case unusableGroup(RulePath)
  case failingTests(Int)
  case noEligibleTest
  case noNotEligibleTest

  var words: Phrase {
    switch self {
    case .noCondition: Phrase("规则里还没有条件", "The rule has no condition yet")
    case .unusableGroup:
      Phrase("有一组是空的，或要求的项数比里面的多", "A group is empty, or asks for more parts than it has")
    case .failingTests(let count):
      Phrase("有 \(count) 个样例没通过", "\(count) \(count == 1 ? "example fails" : "examples fail")")
    case .noEligibleTest: Phrase("还缺一个“可能符合”的样例", "An example that may be eligible is missing")
    case .noNotEligibleTest: Phrase("还缺一个“可能不符合”的样例", "An example that may not be eligible is missing")
    }
  }
}

extension RuleSet {
  /// What stands in the way of publishing; empty for a set that may be.
  var gaps: [PublishingGap] { gaps(run()) }

  /// - Parameter outcomes: what came of the set's tests.
  func gaps(_ outcomes: [GoldenOutcome]) -> [PublishingGap] {
    var gaps: [PublishingGap] = rule.root.conditions.isEmpty ? [.noCondition] : []
    gaps += rule.root.walk.compactMap { path, node in
      guard case .group(let group) = node else { return nil }
      if case .atLeast(let least) = group.kind, least > group.parts.count { return .unusableGroup(path) }
      return group.parts.isEmpty && !(path.isTop && gaps.contains(.noCondition)) ? .unusableGroup(path) : nil
    }
    let failing = outcomes.count { !$0.hasPassed }
    if failing > 0 { gaps.append(.failingTests(failing)) }
    if !tests.contains(where: { $0.expected == .eligible }) { gaps.append(.noEligibleTest) }
    if !tests.contains(where: { $0.expected == .notEligible }) { gaps.append(.noNotEligibleTest) }
    return gaps
  }
}

/// Which conditions the golden tests decide.
struct RuleCoverage: Sendable, Hashable {
  /// Conditions that no test decides.
  let undecided: [RulePath]
  /// Conditions that hold in some test and fail in none, or the other way round.
  let oneSided: [RulePath]

  /// - Parameter outcomes: what came of its tests.
  init(_ rule: EligibilityRule, _ outcomes: [GoldenOutcome]) {
    var truths: [RulePath: Set<Truth>] = [:]
    for outcome in outcomes {
      for reading in outcome.result.reading.walk { truths[reading.path, default: []].insert(reading.truth) }
    }
    let decided = rule.root.conditions.map { path, _ in
      (path: path, truths: (truths[path] ?? []).subtracting([.open]))
    }
    undecided = decided.filter { $0.truths.isEmpty }.map(\.path)
    oneSided = decided.filter { $0.truths.count == 1 }.map(\.path)
  }
}
