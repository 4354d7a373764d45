import Activities
import Kernel
import Policy
import Shop

extension MeetingDirectory {
  /// The residents' meetings that are kept as activities.
  static func activities(_ directory: ActivityDirectory) -> MeetingDirectory {
    let card: @Sendable (ActivityCard) -> Card = {
      Card(
        id: ProposalMeetingID(rawValue: $0.id.rawValue), title: Phrase(same: $0.title),
        startsAt: $0.startsAt, path: $0.path)
    }
    return MeetingDirectory(
      choices: { community, snapshot in
        try directory.residentsMeetings(limit: 100, in: community, snapshot).map(card)
      },
      card: { id, community, snapshot in
        try directory.card(of: ActivityID(rawValue: id.rawValue), in: community, snapshot).map(card)
      })
  }
}

extension ActivitySubjects {
  private static let policy = "policy"

  /// Policies, which talks explain and salons discuss.
  static func policies(_ library: PolicyLibrary) -> ActivitySubjects {
    let subject: @Sendable (PolicyLibrary.Card) -> ActivitySubjectCard = {
      ActivitySubjectCard(
        ActivitySubject(kind: policy, id: $0.id.rawValue), name: $0.title, path: $0.path)
    }
    return ActivitySubjects(
      offered: { community, snapshot in try library.choices(in: community, snapshot).map(subject) },
      named: { subjects, community, snapshot in
        let ids = Set(subjects.filter { $0.kind == policy }.map { PolicyID(rawValue: $0.id) })
        let cards = try library.cards(ids, in: community, snapshot).values.map(subject)
        return Dictionary(cards.map { ($0.subject, $0) }) { first, _ in first }
      })
  }
}

extension ShopHints {
  /// Policies whose rules are tagged for pages of the Shop.
  static func policies(_ hints: PolicyHints) -> ShopHints {
    let hint: @Sendable (PolicyHint) -> Hint = { Hint(title: $0.title, path: $0.path) }
    return ShopHints(
      atShopOpening: { try hints.atShopOpening(in: $0, $1).map(hint) },
      atCheckout: { try hints.atCheckout(in: $0, $1).map(hint) })
  }
}
