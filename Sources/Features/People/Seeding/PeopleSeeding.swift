import Database
package import Kernel
package import Security
package import Web

/// A person to be created together with what belongs to them: by the command line, by imports and for the demo.
package struct PersonDraft: Sendable {
  package let displayName: String
  package let household: HouseholdID?
  package let phone: PhoneNumber?
  package var elderView: Bool?
  /// A stored scrypt hash; with it the person has an account. Many demo residents may share one.
  package var passwordHash: String?
  /// The secret of the authenticator, 20 bytes, already confirmed.
  package var secondFactor: [UInt8]?
  package var roles: Set<Role> = []

  /// - Throws: `form.invalid` naming `name`.
  package init(displayName: String, household: HouseholdID? = nil, phone: PhoneNumber? = nil) throws {
    self.displayName = try DisplayName.checked(displayName).mapError { Problem.invalid([$0]) }.get()
    self.household = household
    self.phone = phone
  }
}

extension People {
  /// Creates a community. Its people come later.
  /// - Throws: `community.host_taken`.
  @discardableResult
  package func createCommunity(_ draft: CommunityDraft) async throws -> CommunityID {
    let id: CommunityID = database.identifiers.next()
    try await database.write(in: id) { transaction in
      try transaction.insert(draft, id: id)
      try transaction.audit("people.community_create", by: .machine, of: id.rawValue)
      try Consents.addNotices(in: transaction)
      try transaction.schedule(Housekeeping.kind, key: "daily", at: transaction.now + .days(1))
    }
    try await hosts.reload()
    return id
  }

  /// Creates households in one commit, in the order given.
  /// - Throws: `household.exists` (409) when a door is taken or twice in the list; then none is created.
  @discardableResult
  package func createHouseholds(
    _ drafts: [HouseholdDraft], in community: CommunityID, by actor: Actor = .machine
  ) async throws -> [HouseholdID] {
    let cipher = try await contactCipher(in: community)
    let households = drafts.map { draft -> (HouseholdID, HouseholdDraft) in
      (database.identifiers.next(), draft)
    }
    try await database.write(in: community) { transaction in
      try transaction.insert(households, keys: keys, sealing: cipher)
      try transaction.audit(
        households.map {
          AuditEntry(
            actor: actor.person, role: actor.role, action: "people.household_create", object: $0.0.rawValue)
        })
    }
    return households.map(\.0)
  }

  /// Creates persons, with their accounts, second factors and roles, in one commit, in the order given.
  /// - Throws: `person.phone_taken` (409) when a number is taken or twice in the list; `not_found` when a household is
  ///   not of this community. Then nobody is created.
  @discardableResult
  package func createPersons(
    _ drafts: [PersonDraft], in community: CommunityID, by actor: Actor = .machine
  ) async throws -> [PersonID] {
    let contact = try await contactCipher(in: community)
    let credential = try await vault.cipher(for: KeyScope(community: community, dataClass: .credential))
    let persons = drafts.map { draft -> (PersonID, PersonDraft) in (database.identifiers.next(), draft) }
    try await database.write(in: community) { transaction in
      try transaction.requireHouseholds(Set(drafts.compactMap(\.household)))
      try transaction.insert(
        persons.map { id, draft in
          PersonRow(
            id: id, household: draft.household, displayName: draft.displayName, phone: draft.phone,
            elderView: draft.elderView)
        }, keys: keys, sealing: contact)
      try transaction.audit(
        persons.map {
          AuditEntry(
            actor: actor.person, role: actor.role, action: "people.person_create", object: $0.0.rawValue)
        })
      for (id, draft) in persons {
        if let hash = draft.passwordHash {
          let sealed = try draft.secondFactor.map {
            try credential.seal(bytes: $0, at: .secondFactor(of: id, in: community))
          }
          try transaction.insertAccount(of: id, passwordHash: hash, secondFactor: sealed)
        }
        try transaction.grant(draft.roles, to: id, by: actor)
      }
    }
    return persons.map(\.0)
  }

  /// Begins a session without asking for a password: for tests and for measuring.
  package func openSession(
    of person: PersonID, level: SignInLevel, in community: CommunityID
  ) async throws -> (token: SessionToken, session: Session) {
    let token = SessionToken()
    let session = try await database.write(in: community) { transaction in
      try transaction.startSession(token, of: person, level: level, userAgent: "")
      guard let session = try transaction.session(token.hash, in: community) else { throw Problem.notFound }
      return session
    }
    return (token, session)
  }

  /// Puts a new password in place of a forgotten one, from the command line; all sessions of the person end.
  /// - Throws: `not_found` when nobody with this number has an account; `form.invalid` naming `password`.
  package func resetPassword(_ password: String, phone: PhoneNumber, in community: CommunityID) async throws {
    if let fault = PasswordRules.fault(in: password, personal: [phone.e164, phone.lastFour]) {
      throw Problem.invalid([FieldProblem("password", fault)])
    }
    let hash = try await hasher.hash(password)
    let index = keys.index(of: phone, in: community)
    try await database.write(in: community) { transaction in
      guard let account = try transaction.account(withPhone: index, in: community) else {
        throw Problem.notFound
      }
      try transaction.setPassword(hash, of: account.person)
      try transaction.endSessions(of: account.person)
      try transaction.audit("people.password_reset", by: .machine, of: account.person.rawValue)
    }
  }
}
