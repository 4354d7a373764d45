import Database
import Kernel
import Security
import Web

extension People {
  /// Registers a neighbour who says where they live. The membership waits to be confirmed (see `MembershipRequest`).
  ///
  /// A number that is registered already changes nothing and is answered in the same way and time, so that nobody
  /// learns from this form who lives here; the owner signs in with the password they have.
  /// - Throws: `sign_in.busy`.
  func register(_ draft: AccountDraft, door: Door, in community: CommunityID) async throws {
    let hash = try await hasher.hash(draft.password)
    let cipher = try await contactCipher(in: community)
    let id: PersonID = database.identifiers.next()
    do {
      try await database.write(in: community) { transaction in
        try transaction.insert(
          [PersonRow(id: id, household: nil, displayName: draft.displayName, phone: draft.phone)], keys: keys,
          sealing: cipher)
        try transaction.insertAccount(of: id, passwordHash: hash)
        try transaction.requestMembership(of: id, at: door, keys: keys, sealing: cipher)
        try transaction.audit("people.register", by: Actor(person: id, role: .resident), of: id.rawValue)
      }
    } catch let problem as Problem where problem == .phoneTaken {
      return
    }
  }

  /// Creates an invitation, or gives the same one again for a form that was sent twice.
  /// - Returns: the code, which is shown this once.
  /// - Throws: `forbidden`, `not_found` for an unknown household, `form.invalid`.
  func invite(
    household: HouseholdID?, roles: Set<Role>, requestKey: String, in community: CommunityID, by actor: Actor,
    actorRoles: Set<Role>
  ) async throws -> SecretToken {
    if let refusal = Invitation.refusal(roles: roles, household: household, by: actorRoles) { throw refusal }
    let code = try Invitation.code(forRequest: requestKey, by: actor.person, key: keys.invitation)
    let stored = Invitation.stored(code, in: community, key: keys.invitation)
    let id: InvitationID = database.identifiers.next()
    try await database.write(in: community) { transaction in
      if let household { try transaction.requireHouseholds([household]) }
      let isNew = try transaction.insertInvitation(
        id, code: stored, household: household, roles: roles, by: actor.person)
      guard isNew else {
        let known = try transaction.invitation(withCode: stored, in: community)
        // The same form sent with another content would show a code that means something else.
        guard known?.household == household, known?.roles == roles else { throw Problem.staleForm }
        return
      }
      try transaction.audit("people.invite", by: actor, of: id.rawValue)
    }
    return code
  }

  /// The invitation that a code opens; nil when it opens none now.
  func openInvitation(_ code: SecretToken, in community: CommunityID) async throws -> Invitation? {
    let stored = Invitation.stored(code, in: community, key: keys.invitation)
    let now = clock.now()
    let invitation = try await database.read { try $0.invitation(withCode: stored, in: community) }
    return invitation?.state(at: now) == .open ? invitation : nil
  }

  /// Uses an invitation: creates the account, with household and roles as the invitation says.
  ///
  /// A person who is known in that household by this number but has no account yet gets it.
  /// - Throws: `invitation.unusable`, `person.phone_taken`, `sign_in.busy`.
  func accept(_ code: SecretToken, _ draft: AccountDraft, in community: CommunityID) async throws -> PersonID
  {
    guard let invitation = try await openInvitation(code, in: community) else {
      throw Problem.invitationUnusable
    }
    let hash = try await hasher.hash(draft.password)
    let cipher = try await contactCipher(in: community)
    let newPerson: PersonID = database.identifiers.next()
    return try await database.write(in: community) { transaction in
      let index = keys.index(of: draft.phone, in: community)
      let known = try transaction.person(withPhone: index, in: community)
      if let known {
        let belongsHere = invitation.household != nil && known.household == invitation.household
        guard belongsHere, !known.hasAccount, !known.isDisabled else { throw Problem.phoneTaken }
      } else {
        try transaction.insert(
          [
            PersonRow(
              id: newPerson, household: invitation.household, displayName: draft.displayName,
              phone: draft.phone)
          ], keys: keys, sealing: cipher)
      }
      let person = known?.id ?? newPerson
      guard try transaction.useInvitation(invitation.id, by: person) else { throw Problem.invitationUnusable }
      try transaction.insertAccount(of: person, passwordHash: hash)
      let inviter = Actor(
        person: invitation.createdBy,
        role: try transaction.roles(of: invitation.createdBy, in: community).max() ?? .resident)
      try transaction.audit(
        "people.invitation_accept", by: Actor(person: person, role: .resident), of: invitation.id.rawValue)
      try transaction.grant(invitation.roles, to: person, by: inviter)
      return person
    }
  }

  /// Takes an invitation back.
  /// - Throws: `not_found` when it is not open any more.
  func revokeInvitation(_ id: InvitationID, in community: CommunityID, by actor: Actor) async throws {
    try await database.write(in: community) { transaction in
      guard try transaction.revokeInvitation(id) else { throw Problem.notFound }
      try transaction.audit("people.invitation_revoke", by: actor, of: id.rawValue)
    }
  }

  /// Changes the password of a signed-in person; their other sessions end.
  /// - Throws: `sign_in.password_wrong`, `form.invalid` naming `new_password`, `rate.limited`, `sign_in.busy`.
  func changePassword(
    of person: PersonID, keeping session: [UInt8], to password: String, in community: CommunityID
  ) async throws {
    let hash = try await hasher.hash(password)
    try await database.write(in: community) { transaction in
      try transaction.setPassword(hash, of: person)
      try transaction.endSessions(of: person, except: session)
      try transaction.audit(
        "people.password_change", by: Actor(person: person, role: .resident), of: person.rawValue)
    }
  }
}
