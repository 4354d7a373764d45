import Database
import Kernel

/// A published rule with its policy, and what it says of a situation that somebody told. It lives as long as the answer.
struct EligibilityCheck: Sendable {
  let card: PolicyCard
  let version: RuleVersion
  let day: PolicyDay

  var rule: EligibilityRule { version.content.rule }

  func result(given facts: FactSheet) -> EligibilityResult { rule.result(on: day, given: facts) }

  /// The rule that counts for a policy which residents see.
  /// - Throws: `not_found` where there is none.
  static func find(
    _ policy: PolicyID, on day: PolicyDay, _ shelf: PolicyShelf, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> EligibilityCheck {
    let card = try shelf.shownCard(policy, in: community, snapshot)
    guard let version = try RuleVersionStore.shown(of: policy, in: community, snapshot) else {
      throw Problem.notFound
    }
    return EligibilityCheck(card: card, version: version, day: day)
  }

  /// Those that are tagged for a place.
  static func all(
    at place: HintPlace, on day: PolicyDay, _ shelf: PolicyShelf, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [EligibilityCheck] {
    let policies = try RuleVersionStore.policies(
      at: place, limit: mostAtPlace, in: community, snapshot)
    let cards = try shelf.cards(Set(policies), community, snapshot)
    return try policies.compactMap { policy in
      guard let card = cards[policy], card.isShown,
        let version = try RuleVersionStore.shown(of: policy, in: community, snapshot)
      else { return nil }
      return EligibilityCheck(card: card, version: version, day: day)
    }
  }

  /// Rules that one form asks for together.
  static let mostAtPlace = 20
}

extension [EligibilityCheck] {
  /// The facts that could still change one of their results.
  func missing(given facts: FactSheet) -> [EligibilityFact] {
    Set(flatMap { $0.result(given: facts).missing }).sorted()
  }

  /// The values of a fact as far as any of them tells them apart.
  func cells(of fact: EligibilityFact, given facts: FactSheet) -> [FactValue] {
    guard let day = first?.day else { return [] }
    return OpenRule.Cells.cells(of: fact, in: map(\.rule), on: day, given: facts[fact])
  }
}
