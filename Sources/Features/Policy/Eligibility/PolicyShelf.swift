import Database
import Kernel

/// What eligibility and questions say of a policy beside the rule: as the library keeps it.
struct PolicyCard: Sendable, Equatable {
  let id: PolicyID
  let title: Phrase
  /// Who decides, as the policy names it: the issuer, or the office that takes applications.
  let decidedBy: Phrase
  /// Place and hours of the window; nil where the policy names none.
  let window: Phrase?
  /// As it is dialled; nil where the policy names none.
  let phone: String?
  /// Whether residents see it: published, and neither withdrawn nor expired.
  let isShown: Bool

  /// The page of the policy, which says what to bring.
  var path: String { Self.path(of: id) }

  static func path(of policy: PolicyID) -> String { "/policies/\(policy)" }
}

/// Where policies are looked up.
struct PolicyShelf: Sendable {
  /// Those of these that there are in the community.
  let cards: @Sendable (Set<PolicyID>, CommunityID, Snapshot) throws -> [PolicyID: PolicyCard]

  static let none = PolicyShelf { _, _, _ in [:] }

  /// - Throws: `not_found`.
  func card(_ policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot) throws -> PolicyCard {
    guard let card = try cards([policy], community, snapshot)[policy] else { throw Problem.notFound }
    return card
  }

  /// As `card`, for residents.
  /// - Throws: `not_found`, also for one that residents do not see.
  func shownCard(_ policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot) throws -> PolicyCard {
    let card = try card(policy, in: community, snapshot)
    guard card.isShown else { throw Problem.notFound }
    return card
  }
}
