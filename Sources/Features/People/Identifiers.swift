package import Database
package import Kernel

package enum HouseholdCardKind {}
package typealias HouseholdCardID = Identifier<HouseholdCardKind>

package enum InvitationKind {}
package typealias InvitationID = Identifier<InvitationKind>

/// What one person lets another do for them.
package enum MandateKind {}
package typealias MandateID = Identifier<MandateKind>

/// One version of what people are told before they agree to a use of their data.
package enum NoticeKind {}
package typealias NoticeID = Identifier<NoticeKind>

package enum ConsentKind {}
package typealias ConsentID = Identifier<ConsentKind>

/// Who does something, and in which of their roles; written into the audit chain.
package struct Actor: Sendable, Hashable {
  package let person: PersonID
  package let role: Role

  package init(person: PersonID, role: Role) {
    self.person = person
    self.role = role
  }

  /// The operator at the machine's own command line, who needs no account.
  package static let machine = Actor(person: PersonID(rawValue: 0), role: .operator)
}

extension Transaction {
  /// Appends one entry to the audit chain of this community.
  package func audit(
    _ action: StaticString, by actor: Actor, of object: Int64, onBehalfOf: PersonID? = nil,
    purpose: String = ""
  ) throws {
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: onBehalfOf, action: action, object: object,
        purpose: purpose))
  }
}
