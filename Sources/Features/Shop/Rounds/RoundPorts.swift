package import Database
package import Kernel
package import Messages
package import People

/// Whether a carrier may look after somebody at the door and say how they were: People's consent gate, in our words.
///
/// It is asked when a carrier's page is drawn and again in the transaction that keeps a finding, so a consent that was
/// withdrawn a second ago counts.
package struct RoundConsent: Sendable {
  package let allowsWellbeing: @Sendable (PersonID, CommunityID, Snapshot) throws -> Bool

  package init(allowsWellbeing: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> Bool) {
    self.allowsWellbeing = allowsWellbeing
  }
}

/// Tells somebody of the ladder that a person should be looked after.
package struct RoundMessages: Sendable {
  /// What one step of a concern's ladder says to one person; it names nobody.
  package struct Call: Sendable, Equatable {
    package let person: PersonID
    package let concern: WellbeingConcernID
    /// Which step of the ladder it is. It may come again: each time is a message of its own.
    package let step: String
    package let text: Phrase
    package let path: String
  }

  package let send: @Sendable (Call, Transaction) throws -> Void

  package init(send: @escaping @Sendable (Call, Transaction) throws -> Void) { self.send = send }
}

extension RoundMessages {
  static let concern = MessageKind(
    "shop.wellbeing_concern", name: ("请去看看", "Please look in"),
    headline: ("请您去看看一位邻居", "please visit someone"), isUrgent: true, isWorthACall: true,
    patience: .days(1))

  package static func messenger(_ messenger: Messenger) -> RoundMessages {
    RoundMessages { call, transaction in
      try messenger.send(
        [
          Message(
            to: call.person, concern, about: call.concern.rawValue,
            occasion: "\(call.step) \(transaction.now)", call.text, path: call.path)
        ], in: transaction)
    }
  }
}

extension RoundConsent {
  /// The one gate, asked for what a carrier finds at a door.
  package static func people(_ directory: Directory) -> RoundConsent {
    RoundConsent { person, community, snapshot in
      try directory.consent.allows(
        person, .wellbeing, .wellbeing, to: .volunteers, at: snapshot.now, in: community, snapshot)
    }
  }
}
