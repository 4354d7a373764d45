import Database
package import Kernel
import Security
import Web

extension People {
  /// Issues a card to a member of a household.
  /// - Parameter pinHash: a stored scrypt hash of the PIN where one is known; nil computes it.
  /// - Throws: `card.issued_already` while another card of the person works; `not_found` for people without a household;
  ///   `role.own` for oneself; `card.by_helper` for whoever helps somebody of that household; `sign_in.busy`.
  @discardableResult
  package func issueCard(
    _ secrets: CardSecrets, to person: PersonID, in community: CommunityID, by actor: Actor,
    pinHash: String? = nil
  ) async throws -> HouseholdCardID {
    if person == actor.person { throw Problem.ownRoles }
    let hash = if let pinHash { pinHash } else { try await hasher.hash(secrets.pin) }
    let code = cardCode(secrets.token, in: community)
    let id: HouseholdCardID = database.identifiers.next()
    try await database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community), let household = found.household,
        !found.isDisabled
      else { throw Problem.notFound }
      let hasCard = try transaction.cards(of: person, in: community).contains { $0.revokedAt == nil }
      if hasCard { throw Problem.cardIssuedAlready }
      if try transaction.helps(actor.person, anybodyOf: household) { throw Problem.cardByHelper }
      let isStored = try transaction.insertCard(
        id, household: household, person: person, number: secrets.number, tokenCode: code, pinHash: hash,
        by: actor.person)
      // One random number in a hundred million was there before; the form is simply sent again.
      guard isStored else { throw Problem.signInBusy }
      try transaction.audit("people.card_issue", by: actor, of: id.rawValue, onBehalfOf: person)
    }
    return id
  }

  /// Makes a card useless; sessions that its holder has open end.
  /// - Throws: `not_found`.
  func revokeCard(_ id: HouseholdCardID, in community: CommunityID, by actor: Actor) async throws {
    try await database.write(in: community) { try Self.revokeCard(id, by: actor, in: $0) }
  }

  /// - Throws: `not_found`.
  static func revokeCard(_ id: HouseholdCardID, by actor: Actor, in transaction: Transaction) throws {
    guard let person = try transaction.revokeCard(id, by: actor.person) else { throw Problem.notFound }
    for session in try transaction.sessions(of: person, in: transaction.community)
    where session.level == .card {
      try transaction.endSession(session.hash)
    }
    try transaction.audit("people.card_revoke", by: actor, of: id.rawValue, onBehalfOf: person)
  }

  /// Begins a short session with a card and its PIN.
  ///
  /// Tries are counted by what was entered and, where that is a card, by the card, before the PIN is compared; a card
  /// that does not exist is answered in the same way and time.
  /// - Throws: `card.failed`, `rate.limited`, `sign_in.busy`.
  func signIn(
    card entered: EnteredCard, pin: String, userAgent: String, in community: CommunityID
  ) async throws -> SignedInSession {
    let credential = try await database.write(in: community) { transaction -> CardCredential? in
      let found: CardCredential? =
        switch entered {
        case .number(let number): try transaction.card(withNumber: number, in: community)
        case .token(let token): try transaction.card(withToken: cardCode(token, in: community), in: community)
        }
      try transaction.charge(found.map { .card($0.number) } ?? entered.bucket)
      return found
    }
    let verdict = try await hasher.verify(CardDigits.narrow(pin) ?? "", against: credential?.pinHash)
    guard let credential, case .right = verdict else { throw Problem.cardFailed }
    let token = SessionToken()
    let session = try await database.write(in: community) { transaction in
      // It may have been revoked while the PIN was compared.
      guard try transaction.card(withNumber: credential.number, in: community)?.id == credential.id else {
        throw Problem.cardFailed
      }
      try transaction.forgive(.card(credential.number))
      try transaction.startSession(token, of: credential.person, level: .card, userAgent: userAgent)
      guard let session = try transaction.session(token.hash, in: community) else { throw Problem.cardFailed }
      try transaction.audit(
        "people.card_sign_in", by: Actor(person: credential.person, role: .resident),
        of: credential.id.rawValue)
      return session
    }
    return SignedInSession(token: token, session: session)
  }

  private func cardCode(_ token: SecretToken, in community: CommunityID) -> [UInt8] {
    keys.card.code(for: [Array(community.description.utf8), token.bytes])
  }
}

extension People {
  /// Asks for the PIN of a person's own card, as a yes to one thing; no session begins.
  ///
  /// The try is counted with those at the card's sign-in, before the PIN is compared.
  /// - Parameter actor: who handed over the device; nil for the person themselves.
  /// - Throws: `card.failed`, `card.by_helper` where the actor issued the card and so may have seen its PIN,
  ///   `rate.limited`, `sign_in.busy`.
  package func checkPIN(
    of principal: PersonID, pin: String, in community: CommunityID, by actor: Actor? = nil
  ) async throws {
    let credential = try await database.write(in: community) { transaction -> CardCredential? in
      let card = try transaction.cards(of: principal, in: community).first { $0.revokedAt == nil }
      let found = try card.flatMap { try transaction.card(withNumber: $0.number, in: community) }
      try transaction.charge(.card(found?.number ?? principal.description))
      return found
    }
    let verdict = try await hasher.verify(CardDigits.narrow(pin) ?? "", against: credential?.pinHash)
    guard let credential, case .right = verdict else { throw Problem.cardFailed }
    try await database.write(in: community) { transaction in
      // It may have been revoked while the PIN was compared.
      guard try transaction.card(withNumber: credential.number, in: community)?.id == credential.id else {
        throw Problem.cardFailed
      }
      if credential.issuedBy == actor?.person { throw Problem.cardByHelper }
      try transaction.forgive(.card(credential.number))
      try transaction.audit(
        "people.pin_confirm", by: actor ?? Actor(person: principal, role: .resident),
        of: credential.id.rawValue, onBehalfOf: principal)
    }
  }
}

extension Transaction {
  /// Whether a person is the helper of somebody in a household.
  fileprivate func helps(_ person: PersonID, anybodyOf household: HouseholdID) throws -> Bool {
    let principals = try MandateStore.held(by: person, in: community, self).filter {
      $0.mayCountYet(at: now)
    }.map(\.principal)
    return try principals.contains { try self.household(of: $0, in: community) == household }
  }
}
