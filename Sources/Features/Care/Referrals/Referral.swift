import Database
package import Kernel
package import People

/// A client's matter handed to somebody else: with a purpose, exactly the fields that the client agreed to, and an answer
/// of the other side. Source: field/socialwork.md §2.1; PIPL art. 23.
package struct Referral: Sendable, Equatable {
  package let id: ReferralID
  package let caseID: CaseID
  package let episode: Int64
  package let destination: Destination
  /// What it is asked to be told; the client's consent covers these and no others.
  package let fields: Set<DataCategory>
  /// Purpose, and the organisation's name.
  package let text: CareTextID
  package let madeAt: Timestamp
  package let madeBy: PersonID
  package let events: [ReferralEvent]

  package enum Destination: String, Sendable, CaseIterable, Storable {
    /// The neighbourhood committee, who answer in the program.
    case committee
    /// Somebody outside, who get it on paper; the worker notes what they answer.
    case organisation

    package var name: Phrase {
      switch self {
      case .committee: Phrase("居委会", "The neighbourhood committee")
      case .organisation: Phrase("别的机构", "Another organisation")
      }
    }
  }

  /// What of a person may be told at all.
  package static let offered: [DataCategory] = [.name, .phone, .door, .circumstances, .health]
  /// For how long an answer is waited for.
  package static let answerTime: Duration = .days(30)
}

package struct ReferralEvent: Sendable, Equatable {
  package let state: ReferralState
  package let at: Timestamp
  package let actor: Actor
  /// What was shared, or the answer in words.
  package let text: CareTextID?
  /// The consent under which it was sent.
  package let consent: ConsentID?
}

package enum ReferralState: String, Sendable, CaseIterable, Storable {
  /// Written, and the client is still to be asked.
  case asking
  /// The client said no.
  case refused
  case sent
  case accepted
  /// The other side said no.
  case rejected
  case done
  /// Taken back by the client or the worker.
  case revoked
  /// Nobody answered.
  case expired

  package var name: Phrase {
    switch self {
    case .asking: Phrase("等本人同意", "Waiting for the person’s yes")
    case .refused: Phrase("本人不同意", "The person said no")
    case .sent: Phrase("已转出，等答复", "Sent, waiting for an answer")
    case .accepted: Phrase("对方接了", "Accepted")
    case .rejected: Phrase("对方没接", "Not accepted")
    case .done: Phrase("办好了", "Done")
    case .revoked: Phrase("收回了", "Taken back")
    case .expired: Phrase("没有答复，作罢", "Never answered")
    }
  }

  /// Where it may go from here.
  package var next: Set<ReferralState> {
    switch self {
    case .asking: [.sent, .refused, .revoked]
    case .sent: [.accepted, .rejected, .revoked, .expired]
    case .accepted: [.done, .revoked]
    case .refused, .rejected, .done, .revoked, .expired: []
    }
  }

  /// Whether a case must wait for it.
  package var isOpen: Bool { !next.isEmpty }
  /// Whether the other side may read it.
  package var isShown: Bool { self == .sent || self == .accepted }
}

extension Referral {
  package var state: ReferralState { events.last?.state ?? .asking }

  /// The consent that it was sent under.
  package var consent: ConsentID? { events.last { $0.consent != nil }?.consent }

  /// What was shared.
  package var shared: CareTextID? { events.first { $0.state == .sent }?.text }

  /// Why it may not go there, or nil.
  package func refusal(of state: ReferralState) -> Problem? {
    self.state.next.contains(state) ? nil : .referralNotOpen
  }

  /// Exactly the fields that were agreed to, of what the worker wrote; a text without its field is left out.
  package static func shared(_ written: CareDocument, agreed: Set<DataCategory>) -> CareDocument {
    let places: [(DataCategory, CareDocument.Field)] = [
      (.name, .sharedName), (.phone, .sharedPhone), (.door, .sharedDoor),
      (.circumstances, .sharedCircumstances), (.health, .sharedHealth),
    ]
    var shared = CareDocument([.organisation: written[.organisation], .purpose: written[.purpose]])
    for (category, field) in places where agreed.contains(category) { shared[field] = written[field] }
    return shared
  }
}

extension Problem {
  static let referralNotOpen = Problem(
    "referral.not_open", status: 409,
    Phrase("这张转介单现在不能这样处理。", "This cannot be done with the referral now."),
    advice: Phrase("请刷新页面，看看它现在的状态。", "Please reload the page to see how it stands."))

  static let referralWithoutConsent = Problem(
    "referral.no_consent", status: 409,
    Phrase("本人没有同意转介，不能转出。", "The person has not agreed to the referral; it cannot be sent."),
    advice: Phrase("请先问本人，并登记回答。", "Please ask the person first and record the answer."))
}
