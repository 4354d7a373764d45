package import Database
package import Kernel

/// The one place that answers "may this be done with this person's data now?". Whatever is not clearly allowed is not.
///
/// It reads in the caller's transaction, so a consent taken back a moment ago counts no more. Every step that looks
/// after somebody at the door, tells a relative, publishes or counts asks here first.
package struct ConsentGate: Sendable {
  /// - Parameters:
  ///   - recipient: who would get to know it; for `.sharing` a relative, who is named in the use.
  ///   - moment: when it is done.
  /// - Throws: what the database throws; nothing is then allowed either.
  package func allows(
    _ subject: PersonID, _ use: ConsentUse, _ category: DataCategory, to recipient: ConsentRecipient,
    at moment: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try allowed(
      [subject], use, category, to: recipient, at: moment, in: community, snapshot
    ).contains(subject)
  }

  /// Those among many of whom it may be done: the same question for a round or a report.
  package func allowed(
    _ subjects: [PersonID], _ use: ConsentUse, _ category: DataCategory, to recipient: ConsentRecipient,
    at moment: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    let consents: [Consent]
    do {
      consents = try ConsentStore.consents(of: subjects, in: community, snapshot)
    } catch DatabaseError.unexpectedValue {
      // A row that cannot be read says yes to nothing; `nuanlin check` names it.
      return []
    }
    let fitting = consents.filter { $0.allows(use, category, recipient, at: moment) }
    let notices = try ConsentStore.notices(
      Set(fitting.map(\.terms.notice)), in: community, snapshot)
    let valid = fitting.filter { consent in
      guard let notice = notices[consent.terms.notice], notice.content.digest == notice.digest else {
        return false
      }
      return ConsentRules.refusal(of: consent.terms, to: notice, askedAt: consent.askedAt) == nil
    }
    return Set(valid.map(\.terms.subject))
  }
}

extension Directory {
  /// Whether something may be done with a person's data.
  package var consent: ConsentGate { ConsentGate() }

  /// What somebody answered to one notice, each beside the version that they were told, the newest first: for the doors
  /// of whoever asks it.
  /// - Parameter code: of the notice, whatever its version.
  /// - Throws: `DatabaseError.unexpectedValue` where a row cannot be read.
  package func consents(
    of subject: PersonID, code: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(Consent, Notice)] {
    let consents = try ConsentStore.consents(of: subject, code: code, in: community, snapshot)
    let notices = try ConsentStore.notices(Set(consents.map(\.terms.notice)), in: community, snapshot)
    return consents.compactMap { consent in notices[consent.terms.notice].map { (consent, $0) } }
  }
}
