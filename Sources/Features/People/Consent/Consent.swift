package import Kernel
package import Security

/// What somebody agreed to, or was asked: its terms, which never change, and what happened to it since.
///
/// Source: field/socialwork.md §2.4, after ISO/IEC TS 27560.
package struct Consent: Sendable, Equatable {
  package let id: ConsentID
  package let terms: ConsentTerms
  package let askedAt: Timestamp
  package let askedBy: Actor
  /// In the order in which they happened; the first is `requested`.
  package let events: [ConsentEvent]
}

package struct ConsentTerms: Sendable, Equatable {
  package let subject: PersonID
  package let notice: NoticeID
  /// Of the words that the subject was told.
  package let noticeDigest: Digest
  package let purposes: Set<ConsentPurpose>
  package let categories: Set<DataCategory>
  package let recipients: Set<ConsentRecipient>
  /// Who may be told; needed where a relative is among the recipients.
  package let recipient: PersonID?
  /// The raw identifier of the one thing that it is for; nil where it is for no single thing.
  package let matter: Int64?
  package let evidence: ConsentEvidence
  /// The first moment at which it counts no more.
  package let expires: Timestamp

  /// Whether it is nobody's business but the subject's and theirs who help them that this was asked at all.
  package var isConfidential: Bool { purposes.contains { $0.isConfidential } }
}

/// Who spoke for the subject, and what shows it.
package struct ConsentEvidence: Sendable, Equatable {
  package let givenBy: Giver
  /// The subject, the guardian, the attorney or the scribe.
  package let giver: PersonID
  package let method: Method
  package let witness: PersonID?
  package let place: MandateEvidence.Place?

  package init(
    givenBy: Giver, giver: PersonID, method: Method, witness: PersonID? = nil,
    place: MandateEvidence.Place? = nil
  ) {
    self.givenBy = givenBy
    self.giver = giver
    self.method = method
    self.witness = witness
    self.place = place
  }

  /// In the subject's own session.
  package static func electronic(_ subject: PersonID) -> ConsentEvidence {
    ConsentEvidence(givenBy: .subject, giver: subject, method: .electronic)
  }

  package enum Giver: String, Sendable, CaseIterable {
    case subject = "self"
    case guardian
    case attorney
    /// The subject decided, somebody else wrote.
    case scribe

    package var name: Phrase {
      switch self {
      case .subject: Phrase("本人", "The person")
      case .guardian: Phrase("监护人", "Their guardian")
      case .attorney: Phrase("受托人，有授权书", "Their attorney, with a power of attorney")
      case .scribe: Phrase("本人说，别人代写", "The person, and somebody wrote it down")
      }
    }
  }

  package enum Method: String, Sendable, CaseIterable {
    case written
    case spokenWithWitness = "spoken_with_witness"
    case electronic

    package var name: Phrase {
      switch self {
      case .written: Phrase("签了字的纸", "On signed paper")
      case .spokenWithWitness: Phrase("口头说，有人见证", "Said aloud, with a witness")
      case .electronic: Phrase("本人在屏幕上", "On screen by the person")
      }
    }
  }
}

package struct ConsentEvent: Sendable, Equatable {
  package let kind: ConsentState
  package let at: Timestamp
  package let actor: Actor
}

/// How a consent stands; each is also the name of the event that brings it there.
package enum ConsentState: String, Sendable, CaseIterable {
  case requested
  case given
  case refused
  case withdrawn
  case expired
  /// Another consent took its place.
  case renewed
  case invalidated

  /// Where it may go from here; nothing follows the last five but what is new.
  package var successors: Set<ConsentState> {
    switch self {
    case .requested: [.given, .refused]
    case .given: [.withdrawn, .expired, .renewed, .invalidated]
    case .refused, .withdrawn, .expired, .renewed, .invalidated: []
    }
  }

  package var name: Phrase {
    switch self {
    case .requested: Phrase("等您回答", "Waiting for an answer")
    case .given: Phrase("同意", "Agreed")
    case .refused: Phrase("不同意", "Not agreed")
    case .withdrawn: Phrase("已收回", "Taken back")
    case .expired: Phrase("已到期", "Ended")
    case .renewed: Phrase("换了新的", "Replaced by a new one")
    case .invalidated: Phrase("作废", "Declared void")
    }
  }
}

extension Consent {
  /// How it stands at this moment. Whatever ended it counts, even if it happened later than the moment asked for.
  package func state(at moment: Timestamp) -> ConsentState {
    let last = events.last?.kind ?? .refused
    guard last == .given else { return last }
    return moment < terms.expires ? .given : .expired
  }

  /// Whether it allows this use, and nothing less than this exact use.
  func allows(
    _ use: ConsentUse, _ category: DataCategory, _ recipient: ConsentRecipient, at moment: Timestamp
  ) -> Bool {
    guard state(at: moment) == .given, let given = events.last, given.at <= moment,
      terms.purposes.contains(use.purpose), terms.categories.contains(category),
      terms.recipients.contains(recipient), terms.matter == use.matter
    else { return false }
    return use.relative == nil && recipient != .relative
      || use.relative != nil && use.relative == terms.recipient
  }
}

/// What is about to be done with somebody's data.
package enum ConsentUse: Sendable, Hashable {
  case wellbeing
  case sharing(with: PersonID)
  case publishing
  case statistics
  case photos
  case casework
  /// Passing on what one matter needs: the raw identifier of the one thing that was asked about.
  case referral(of: Int64)
  case gifts

  var purpose: ConsentPurpose {
    switch self {
    case .wellbeing: .wellbeing
    case .sharing: .sharing
    case .publishing: .publishing
    case .statistics: .statistics
    case .photos: .photos
    case .casework: .casework
    case .referral: .referral
    case .gifts: .gifts
    }
  }

  var relative: PersonID? { if case .sharing(let person) = self { person } else { nil } }
  var matter: Int64? { if case .referral(let matter) = self { matter } else { nil } }
}
