import Kernel

/// One change of a set while it is written. Paths are those of the state that the author saw.
enum RuleStep: Sendable, Hashable {
  /// A new part at the end of a group.
  case add(RuleNode, under: RulePath)
  /// Another condition in the place of one.
  case change(RulePath, RuleCondition)
  /// Another kind or citation for a group; its parts stay.
  case regroup(RulePath, RuleGroup.Kind, RuleCitation)
  case remove(RulePath)
  /// One place towards the beginning of its group, or towards the end.
  case move(RulePath, isUp: Bool)
  /// Puts a part into a new group that stands in its place.
  case wrap(RulePath, RuleGroup.Kind)
  /// Puts the parts of a group into the place of the group.
  case unwrap(RulePath)
  case addParameter(name: String)
  case renameParameter(key: String, name: String)
  case removeParameter(key: String)
  /// Adds a value, or puts it in the place of the one that begins on `replacing`.
  case setValue(key: String, RuleParameter.Value, replacing: PolicyDay?)
  case removeValue(key: String, from: PolicyDay)
  /// Adds a test, or puts it in the place of another.
  case setTest(GoldenTest, at: Int?)
  case removeTest(Int)
  case setPlaces(Set<HintPlace>)

  /// What it is called in the history of a draft.
  var code: String {
    switch self {
    case .add: "add"
    case .change: "change"
    case .regroup: "regroup"
    case .remove: "remove"
    case .move: "move"
    case .wrap: "wrap"
    case .unwrap: "unwrap"
    case .addParameter, .renameParameter, .removeParameter, .setValue, .removeValue: "standard"
    case .setTest, .removeTest: "test"
    case .setPlaces: "places"
    }
  }
}

extension RuleSet {
  /// The set after a step.
  /// - Throws: `not_found` for a part that is not there, `rule.*` for a step that would leave no rule.
  func after(_ step: RuleStep) throws -> RuleSet {
    let set = try edited(step)
    if let fault = set.fault { throw fault }
    return set
  }

  private func edited(_ step: RuleStep) throws -> RuleSet {
    switch step {
    case .add, .change, .regroup, .remove, .move, .wrap, .unwrap:
      return with(rule: EligibilityRule(top: try rule.top.after(step), parameters: rule.parameters))
    case .addParameter, .renameParameter, .removeParameter, .setValue, .removeValue:
      return with(rule: EligibilityRule(top: rule.top, parameters: try rule.parameters(after: step)))
    case .setTest(let test, let place):
      var tests = tests
      if let place {
        guard tests.indices.contains(place) else { throw Problem.notFound }
        tests[place] = test
      } else {
        tests.append(test)
      }
      return RuleSet(rule: rule, tests: tests, places: places)
    case .removeTest(let place):
      guard tests.indices.contains(place) else { throw Problem.notFound }
      var tests = tests
      tests.remove(at: place)
      return RuleSet(rule: rule, tests: tests, places: places)
    case .setPlaces(let places): return RuleSet(rule: rule, tests: tests, places: places)
    }
  }

  private func with(rule: EligibilityRule) -> RuleSet {
    RuleSet(rule: rule, tests: tests, places: places)
  }
}

// MARK: - The tree

extension RuleGroup {
  fileprivate func after(_ step: RuleStep) throws -> RuleGroup {
    switch step {
    case .add(let node, let path):
      return try changing(path) { group in
        RuleGroup(kind: group.kind, citation: group.citation, parts: group.parts + [node])
      }
    case .regroup(let path, let kind, let citation):
      return try changing(path) { RuleGroup(kind: kind, citation: citation, parts: $0.parts) }
    case .change(let path, let condition):
      return try replacing(path) { node in
        guard case .condition = node else { throw Problem.notFound }
        return [.condition(condition)]
      }
    case .remove(let path): return try replacing(path) { _ in [] }
    case .move(let path, let isUp): return try moving(path, isUp: isUp)
    case .wrap(let path, let kind):
      if path.isTop { return RuleGroup(kind: kind, citation: .empty, parts: [.group(self)]) }
      return try replacing(path) { [.group(RuleGroup(kind: kind, citation: .empty, parts: [$0]))] }
    case .unwrap(let path):
      return try replacing(path) { node in
        guard case .group(let group) = node else { throw Problem.notFound }
        return group.parts
      }
    default: return self
    }
  }

  /// With the group at `path` changed.
  private func changing(
    _ path: RulePath, _ change: (RuleGroup) throws -> RuleGroup
  ) throws -> RuleGroup {
    if path.isTop { return try change(self) }
    return try replacing(path) { node in
      guard case .group(let group) = node else { throw Problem.notFound }
      return [.group(try change(group))]
    }
  }

  /// With other parts in the place of the one at `path`, which is not the top.
  private func replacing(
    _ path: RulePath, _ change: (RuleNode) throws -> [RuleNode]
  ) throws -> RuleGroup {
    guard !path.isTop else { throw Problem.ruleTopStays }
    return try changing(path.above) { group in
      guard group.parts.indices.contains(path.last) else { throw Problem.notFound }
      var parts = group.parts
      parts.replaceSubrange(path.last...path.last, with: try change(parts[path.last]))
      return RuleGroup(kind: group.kind, citation: group.citation, parts: parts)
    }
  }

  /// A part at the edge of its group stays where it is.
  private func moving(_ path: RulePath, isUp: Bool) throws -> RuleGroup {
    guard !path.isTop else { throw Problem.ruleTopStays }
    return try changing(path.above) { group in
      var parts = group.parts
      guard parts.indices.contains(path.last) else { throw Problem.notFound }
      let other = path.last + (isUp ? -1 : 1)
      if parts.indices.contains(other) { parts.swapAt(path.last, other) }
      return RuleGroup(kind: group.kind, citation: group.citation, parts: parts)
    }
  }
}

// MARK: - Parameters

extension EligibilityRule {
  fileprivate func parameters(after step: RuleStep) throws -> [RuleParameter] {
    switch step {
    case .addParameter(let name):
      let taken = parameters.compactMap { Int($0.key.dropFirst()) }.max() ?? 0
      return parameters + [RuleParameter(key: "p\(taken + 1)", name: name, values: [])]
    case .renameParameter(let key, let name):
      return try changing(key) { RuleParameter(key: key, name: name, values: $0.values) }
    case .removeParameter(let key):
      guard parameter(key) != nil else { throw Problem.notFound }
      guard facts(using: key).isEmpty else { throw Problem.ruleParameterUsed }
      return parameters.filter { $0.key != key }
    case .setValue(let key, let value, let replaced):
      return try changing(key) { try $0.setting(value, replacing: replaced) }
    case .removeValue(let key, let from):
      return try changing(key) { parameter in
        let values = parameter.values.filter { $0.from != from }
        guard values.count < parameter.values.count else { throw Problem.notFound }
        return RuleParameter(key: key, name: parameter.name, values: values)
      }
    default: return parameters
    }
  }

  private func changing(
    _ key: String, _ change: (RuleParameter) throws -> RuleParameter
  ) throws -> [RuleParameter] {
    guard parameter(key) != nil else { throw Problem.notFound }
    return try parameters.map { $0.key == key ? try change($0) : $0 }
  }
}

extension RuleParameter {
  /// With a value in its place by day. The one that was in force until further notice ends the day before a later one begins.
  fileprivate func setting(_ value: Value, replacing replaced: PolicyDay?) throws -> RuleParameter {
    var values = values
    if let replaced {
      guard let place = values.firstIndex(where: { $0.from == replaced }) else { throw Problem.notFound }
      values.remove(at: place)
    }
    if let place = values.firstIndex(where: { $0.through == nil && $0.from < value.from }) {
      let earlier = values[place]
      values[place] = Value(
        from: earlier.from, through: PolicyDay(number: value.from.number - 1), amount: earlier.amount,
        citation: earlier.citation)
    }
    values.append(value)
    return RuleParameter(key: key, name: name, values: values.sorted { $0.from < $1.from })
  }
}

extension Problem {
  static let ruleTopStays = Problem(
    "rule.top_stays", status: 422,
    Phrase("最上面的一组不能删、不能移。", "The top group can be neither removed nor moved."),
    advice: Phrase("可以改它的种类，或者把它放进新的一组。", "Change its kind, or put it into a new group."))
}
