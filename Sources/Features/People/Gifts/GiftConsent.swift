package import Database
package import Kernel

/// Whether somebody lets neighbours see what they offer.
package enum GiftConsent {
  /// The notice that is read before anybody says yes.
  package static let notice = "gift-sharing"

  /// How somebody stands to that notice.
  package enum Standing: Sendable {
    case agreed
    /// They were not asked, said no, or took it back; with what they would be told.
    case open(NoticeContent)
  }

  /// - Returns: nil where the community asks nobody.
  package static func standing(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Standing? {
    guard let notice = try Consents.newestNotice(notice, in: community, snapshot) else { return nil }
    return try isGiven(by: person, in: community, snapshot) ? .agreed : .open(notice.content)
  }

  static func isGiven(
    by person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try ConsentGate().allows(
      person, .gifts, .gifts, to: .neighbours, at: snapshot.now, in: community, snapshot)
  }

  /// Keeps the yes that somebody ticks in their own session; one that they gave before stays as it is.
  /// - Throws: `not_found` where the community asks nobody, and `consent.*`.
  package static func agree(_ person: PersonID, in transaction: Transaction) throws {
    if try isGiven(by: person, in: transaction.community, transaction) { return }
    guard let notice = try Consents.notice(notice, in: transaction) else { throw Problem.notFound }
    try Consents.record(
      Consents.Draft(
        subject: person, notice: notice, expires: transaction.now + .days(ConsentSpan.year.days),
        evidence: .electronic(person)), isGiven: true, by: Actor(person: person, role: .resident),
      in: transaction)
  }
}
