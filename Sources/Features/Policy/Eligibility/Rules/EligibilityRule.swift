import Kernel

/// Who may be eligible for a policy, as a tree of conditions.
struct EligibilityRule: Sendable, Hashable {
  let top: RuleGroup
  let parameters: [RuleParameter]

  static let empty = EligibilityRule(
    top: RuleGroup(kind: .all, citation: .empty, parts: []), parameters: [])

  static let maximumNodes = 60
  static let maximumDepth = 6
  static let maximumParameters = 20

  var root: RuleNode { .group(top) }

  func parameter(_ key: String) -> RuleParameter? { parameters.first { $0.key == key } }

  /// Every fact that it could ask for.
  var facts: Set<EligibilityFact> { Set(root.conditions.map(\.condition.fact)) }

  /// The facts whose conditions compare with this parameter.
  func facts(using key: String) -> Set<EligibilityFact> {
    Set(
      root.conditions.filter { $0.condition.test.amount == .parameter(key) }.map(\.condition.fact))
  }

  /// The number of an amount on a day; nil where a parameter has none.
  func number(_ amount: RuleAmount, on day: PolicyDay) -> Int64? {
    switch amount {
    case .fixed(let number): number
    case .parameter(let key): parameter(key)?.value(on: day)?.amount
    }
  }
}

// MARK: - What every rule keeps to, drafts among them

extension EligibilityRule {
  /// Why it is no rule; nil for one that is. A draft may have empty groups, but never a condition that means nothing.
  var fault: Problem? {
    let nodes = root.walk
    if nodes.count > Self.maximumNodes || root.depth > Self.maximumDepth { return .ruleTooLarge }
    if parameters.count > Self.maximumParameters { return .ruleTooLarge }
    if Set(parameters.map(\.key)).count != parameters.count { return .ruleParameterTwice }
    for parameter in parameters { if let fault = Self.fault(of: parameter) { return fault } }
    for (_, node) in nodes { if let fault = fault(of: node) { return fault } }
    return nil
  }

  private func fault(of node: RuleNode) -> Problem? {
    switch node {
    case .group(let group):
      guard case .atLeast(let least) = group.kind else { return nil }
      return (1...RuleGroup.maximumLeast).contains(least) ? nil : .ruleLeastUnusable
    case .condition(let condition): return fault(of: condition)
    }
  }

  private func fault(of condition: RuleCondition) -> Problem? {
    switch (condition.test, condition.fact.kind) {
    case (.atLeast(let amount), .number(let range, _)), (.atMost(let amount), .number(let range, _)):
      switch amount {
      case .fixed(let number): return range.contains(number) ? nil : .ruleNumberOutside
      case .parameter(let key):
        guard let parameter = parameter(key) else { return .ruleParameterMissing }
        return parameter.values.allSatisfy { range.contains($0.amount) } ? nil : .ruleNumberOutside
      }
    case (.isOneOf(let chosen), .choice(let possible)):
      let isSome = !chosen.isEmpty && chosen.count < possible.count
      return isSome && chosen.isSubset(of: possible) ? nil : .ruleChoiceUnusable
    case (.isAnswered, .yesNo): return nil
    default: return .ruleTestUnfit
    }
  }

  private static func fault(of parameter: RuleParameter) -> Problem? {
    let values = parameter.values
    if values.count > RuleParameter.maximumValues { return .ruleTooLarge }
    for value in values where (value.through ?? value.from) < value.from { return .ruleValueBackwards }
    let isOverlapping = zip(values, values.dropFirst()).contains { earlier, later in
      earlier.through.map { $0 >= later.from } ?? true
    }
    return isOverlapping ? .ruleValuesOverlap : nil
  }
}

extension Problem {
  static let ruleTooLarge = Problem(
    "rule.too_large", status: 422,
    Phrase("规则太大了。", "The rule is too large."),
    advice: Phrase("一条规则最多 60 项、套 6 层。请分成几项政策。", "At most 60 parts in 6 levels; split the policy."))
  static let ruleParameterTwice = Problem(
    "rule.parameter_twice", status: 422,
    Phrase("有两个标准用了同一个编号。", "Two standards share a key."))
  static let ruleParameterMissing = Problem(
    "rule.parameter_missing", status: 422,
    Phrase("规则里没有这个标准。", "The rule has no such standard."),
    advice: Phrase("请先加上标准，再在条件里选它。", "Add the standard first, then choose it in the condition."))
  static let ruleParameterUsed = Problem(
    "rule.parameter_used", status: 409,
    Phrase("还有条件在用这个标准，不能删。", "A condition still uses this standard."),
    advice: Phrase("请先改那些条件。", "Change those conditions first."))
  static let ruleLeastUnusable = Problem(
    "rule.least_unusable", status: 422,
    Phrase("“至少几项”要填 1 到 20。", "“At least” takes 1 to 20."))
  static let ruleNumberOutside = Problem(
    "rule.number_outside", status: 422,
    Phrase("这个数不在这一项的范围里。", "The number is outside what this fact can be."))
  static let ruleChoiceUnusable = Problem(
    "rule.choice_unusable", status: 422,
    Phrase("请选几项，但不要全选：全选等于没有条件。", "Choose some but not all: all of them is no condition."))
  static let ruleTestUnfit = Problem(
    "rule.test_unfit", status: 422,
    Phrase("这一项不能这样比。", "This fact is not compared in that way."))
  static let ruleValueBackwards = Problem(
    "rule.value_backwards", status: 422,
    Phrase("结束的日子早于开始的日子。", "The last day is before the first."))
  static let ruleValuesOverlap = Problem(
    "rule.values_overlap", status: 422,
    Phrase("标准的日子有重叠：同一天有两个数。", "The days overlap: there are two numbers for one day."),
    advice: Phrase("请先给前一个数填上结束的日子。", "Give the earlier number its last day first."))
}
