package import Database
package import Kernel

/// Whether a carrier may look after somebody at the door and say how they were: People's consent gate, in our words.
///
/// It is asked when a carrier's page is drawn and again in the transaction that keeps a finding, so a consent that was
/// withdrawn a second ago counts.
package struct RoundConsent: Sendable {
  package let allowsWellbeing: @Sendable (PersonID, CommunityID, Snapshot) throws -> Bool

  package init(allowsWellbeing: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> Bool) {
    self.allowsWellbeing = allowsWellbeing
  }

  /// Where no gate is there to be asked, nobody has consented.
  package static let none = RoundConsent { _, _, _ in false }
}

/// Tells a person something and where to read on; the text names nobody, because it may travel by SMS.
package struct RoundMessages: Sendable {
  package let send: @Sendable (PersonID, Phrase, _ path: String, Transaction) throws -> Void

  package init(send: @escaping @Sendable (PersonID, Phrase, _ path: String, Transaction) throws -> Void) {
    self.send = send
  }

  /// Where there is no message service, the pages and the events are all there is.
  package static let none = RoundMessages { _, _, _, _ in }
}
