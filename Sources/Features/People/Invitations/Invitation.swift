import Kernel
import Security
import Web

/// A way in that somebody with the right hands out: good once, for a while, for named roles and perhaps a household.
struct Invitation: Sendable, Equatable {
  /// Two weeks: long enough to find a letter in the box, short enough to be forgotten safely (ASVS 5.0 6.4.1).
  static let lifetime: Duration = .days(14)

  let id: InvitationID
  let household: HouseholdID?
  let roles: Set<Role>
  let createdBy: PersonID
  let createdAt: Timestamp
  let expiresAt: Timestamp
  let usedAt: Timestamp?
  let revokedAt: Timestamp?

  enum State: Sendable { case open, used, expired, revoked }

  func state(at now: Timestamp) -> State {
    if usedAt != nil { return .used }
    if revokedAt != nil { return .revoked }
    return now < expiresAt ? .open : .expired
  }

  /// Why this invitation may not be written, or nil. Roles need the right to change roles; a staff role never comes with
  /// a household's printed letter, which lies in a box that others open.
  static func refusal(roles: Set<Role>, household: HouseholdID?, by actorRoles: Set<Role>) -> Problem? {
    guard RoleRules.may(actorRoles, .invite) else { return .actionForbidden }
    for role in roles where !RoleRules.mayGrant(actorRoles, role) { return .actionForbidden }
    if household != nil, roles.contains(where: \.isStaff) {
      return Problem.invalid([
        FieldProblem(
          "household",
          Phrase("工作人员的邀请不能绑定住户。", "An invitation for staff cannot be bound to a household."))
      ])
    }
    if household == nil, roles.isEmpty {
      return Problem.invalid([
        FieldProblem(
          "roles", Phrase("请选住户或至少一个身份。", "Please choose a household or at least one role."))
      ])
    }
    return nil
  }

  /// The code of an invitation follows from the key that came with the form, so that a form sent twice is one
  /// invitation and shows the same code again, though only the code's HMAC is stored.
  static func code(forRequest requestKey: String, by actor: PersonID, key: MessageKey) throws -> SecretToken {
    guard (16...64).contains(requestKey.utf8.count) else { throw Problem.staleForm }
    let bytes = key.code(for: [Array("code".utf8), Array(actor.description.utf8), Array(requestKey.utf8)])
    guard let token = SecretToken(Base64URL.encode(Array(bytes.prefix(16))), .bits128) else {
      throw Problem.internalFault
    }
    return token
  }

  static func stored(_ code: SecretToken, in community: CommunityID, key: MessageKey) -> [UInt8] {
    key.code(for: [Array("stored".utf8), Array(community.description.utf8), code.bytes])
  }
}

extension Problem {
  static let invitationUnusable = Problem(
    "invitation.unusable", status: 404,
    Phrase("这份邀请已经用过、过期或作废了。", "This invitation was used, has expired or was taken back."),
    advice: Phrase("请向给您邀请的人要一份新的。", "Please ask whoever gave it to you for a new one."))
}
