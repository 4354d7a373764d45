import Kernel

/// Where a rule says so: the article, and the sentence as it stands there. Both may be empty while a rule is being written.
struct RuleCitation: Sendable, Hashable {
  /// Such as `第三条`.
  let article: String
  let quote: String

  static let empty = RuleCitation(article: "", quote: "")
  static let articleLength = 1...60
  static let quoteLength = 1...500

  var isEmpty: Bool { article.isEmpty && quote.isEmpty }
}

/// A number that changes with time, such as the standard of the minimum living allowance.
///
/// Borrowed idea: the dated parameters of OpenFisca; nothing of its code. Source: field/socialwork.md §2.9 and §5.
struct RuleParameter: Sendable, Hashable {
  /// Stable within a rule: `p1`, `p2` …
  let key: String
  let name: String
  /// In the order of their days, none overlapping another.
  let values: [Value]

  struct Value: Sendable, Hashable {
    /// The first day on which it holds.
    let from: PolicyDay
    /// The last day on which it holds; nil while it is in force until further notice.
    let through: PolicyDay?
    let amount: Int64
    let citation: RuleCitation

    /// Both days are days on which it holds: notices write “自…起至…止”.
    func holds(on day: PolicyDay) -> Bool { from <= day && through.map { day <= $0 } ?? true }
  }

  static let nameLength = 1...40
  static let maximumValues = 40

  /// The value that holds on a day; nil outside all of them.
  func value(on day: PolicyDay) -> Value? { values.first { $0.holds(on: day) } }
}

/// A number of a condition: written there, or a dated parameter of the rule.
enum RuleAmount: Sendable, Hashable {
  case fixed(Int64)
  /// The parameter with this key.
  case parameter(String)
}

/// How a fact is compared.
enum RuleTest: Sendable, Hashable {
  case atLeast(RuleAmount)
  case atMost(RuleAmount)
  case isOneOf(Set<FactChoice>)
  case isAnswered(Bool)

  /// The amount of a number's test.
  var amount: RuleAmount? {
    switch self {
    case .atLeast(let amount), .atMost(let amount): amount
    case .isOneOf, .isAnswered: nil
    }
  }
}

/// One condition: one fact, compared once.
struct RuleCondition: Sendable, Hashable {
  let fact: EligibilityFact
  let test: RuleTest
  let citation: RuleCitation
}

/// Several parts of a rule that belong together.
struct RuleGroup: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case all
    case any
    /// Not a single one: the rule's “not”.
    case noneOf
    case atLeast(Int)
  }

  let kind: Kind
  let citation: RuleCitation
  let parts: [RuleNode]

  static let maximumLeast = 20
}

/// A rule, or a part of one.
indirect enum RuleNode: Sendable, Hashable {
  case group(RuleGroup)
  case condition(RuleCondition)

  var citation: RuleCitation {
    switch self {
    case .group(let group): group.citation
    case .condition(let condition): condition.citation
    }
  }

  var parts: [RuleNode] {
    if case .group(let group) = self { group.parts } else { [] }
  }
}

/// The way from the top of a rule to one of its parts: the place in each group on the way, counted from 0. Good for one
/// state of a rule only, so that it always travels with the revision that it was read from.
struct RulePath: Sendable, Hashable, Comparable {
  let places: [Int]

  static let top = RulePath(places: [])

  init(places: [Int]) {
    self.places = places
  }

  /// Reads what `text` writes; nil for anything else.
  init?(_ text: String) {
    if text == "top" {
      places = []
      return
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let places = parts.compactMap { part in part.count <= 3 ? Int(part) : nil }
    guard places.count == parts.count, places.allSatisfy({ $0 >= 0 }) else { return nil }
    self.places = places
  }

  /// `top`, `0`, `0-2`.
  var text: String { places.isEmpty ? "top" : places.map(String.init).joined(separator: "-") }

  var isTop: Bool { places.isEmpty }
  /// The group in which it stands; its own for the top.
  var above: RulePath { RulePath(places: Array(places.dropLast())) }
  var last: Int { places.last ?? 0 }

  func below(_ place: Int) -> RulePath { RulePath(places: places + [place]) }

  /// The order in which a rule is read: a group before its parts.
  static func < (left: RulePath, right: RulePath) -> Bool {
    left.places.lexicographicallyPrecedes(right.places)
  }
}

extension RuleNode {
  /// Every part with its path, a group before its parts.
  var walk: [(path: RulePath, node: RuleNode)] {
    var found: [(path: RulePath, node: RuleNode)] = []
    func visit(_ node: RuleNode, _ path: RulePath) {
      found.append((path, node))
      for (place, part) in node.parts.enumerated() { visit(part, path.below(place)) }
    }
    visit(self, .top)
    return found
  }

  var conditions: [(path: RulePath, condition: RuleCondition)] {
    walk.compactMap { path, node in
      if case .condition(let condition) = node { (path, condition) } else { nil }
    }
  }

  /// 1 for a condition or a group without parts.
  var depth: Int { 1 + (parts.map(\.depth).max() ?? 0) }

  subscript(path: RulePath) -> RuleNode? {
    path.places.reduce(RuleNode?.some(self)) { node, place in
      guard let parts = node?.parts, parts.indices.contains(place) else { return nil }
      return parts[place]
    }
  }
}
