package import Database
package import Kernel

/// A policy that may be of interest on some page: what it is called, and where people see whether it is for them.
package struct PolicyHint: Sendable, Hashable {
  package let title: Phrase
  /// The page of the check.
  package let path: String
}

/// What other features may know of policies: which published rules are tagged for one of their pages. Nothing is told in the
/// other direction; whether a hint fits is asked on the page that it leads to.
package struct PolicyHints: Sendable {
  let shelf: PolicyShelf

  init(shelf: PolicyShelf) {
    self.shelf = shelf
  }

  /// For whoever opens a shop, in the order of the policies' numbers.
  package func atShopOpening(in community: CommunityID, _ snapshot: Snapshot) throws -> [PolicyHint] {
    try hints(at: .shopOpening, in: community, snapshot)
  }

  package func atCheckout(in community: CommunityID, _ snapshot: Snapshot) throws -> [PolicyHint] {
    try hints(at: .checkout, in: community, snapshot)
  }

  package func atJobs(in community: CommunityID, _ snapshot: Snapshot) throws -> [PolicyHint] {
    try hints(at: .job, in: community, snapshot)
  }

  /// The page that asks for all policies of a place at once.
  package static let shopOpeningPath = CheckPages.path(at: .shopOpening)
  package static let checkoutPath = CheckPages.path(at: .checkout)
  package static let jobsPath = CheckPages.path(at: .job)

  func hints(
    at place: HintPlace, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyHint] {
    let policies = try RuleVersionStore.policies(
      at: place, limit: EligibilityCheck.mostAtPlace, in: community, snapshot)
    let cards = try shelf.cards(Set(policies), community, snapshot)
    return policies.compactMap { policy in
      cards[policy].flatMap { card in
        card.isShown ? PolicyHint(title: card.title, path: CheckPages.path(of: policy)) : nil
      }
    }
  }
}
