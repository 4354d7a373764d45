import Database
import Kernel
import Security
import Web

extension People {
  /// Makes a secret for somebody's authenticator and keeps it aside until it is confirmed.
  /// - Throws: `sign_in.confirmation_needed` when the session is older than 15 minutes.
  func beginSecondFactor(_ session: Session) async throws {
    guard session.isFresh(at: clock.now()), session.level != .card else { throw Problem.confirmationNeeded }
    let cipher = try await credentialCipher(in: session.communityID)
    let person = session.personID
    let sealed = try cipher.seal(
      bytes: TimeBasedCode.makeSecret(), at: .secondFactor(of: person, in: session.communityID))
    try await database.write(in: session.communityID) { try $0.setSecondFactorCandidate(sealed, of: person) }
  }

  /// The secret that waits to be confirmed; nil where there is none.
  func secondFactorCandidate(_ session: Session) async throws -> TimeBasedCode? {
    let cipher = try await credentialCipher(in: session.communityID)
    let account = try await database.read { try $0.account(of: session.personID, in: session.communityID) }
    return try account?.secondFactorCandidate.map {
      TimeBasedCode(
        secret: try cipher.openBytes($0, at: .secondFactor(of: session.personID, in: session.communityID)))
    }
  }

  /// Takes the authenticator into use once it has shown a right code. The session goes on under a new token, as one with
  /// a second factor; all others end.
  /// - Throws: `second_factor.wrong`, `sign_in.confirmation_needed`, `rate.limited`.
  func confirmSecondFactor(_ session: Session, code: String, userAgent: String) async throws
    -> SignedInSession
  {
    let now = clock.now()
    guard session.isFresh(at: now), session.level != .card else { throw Problem.confirmationNeeded }
    let person = session.personID
    let community = session.communityID
    let bucket = ThrottleBucket.secondFactor(person)
    let sealed = try await database.write(in: community) { transaction -> [UInt8]? in
      try transaction.charge(bucket)
      return try transaction.account(of: person, in: community)?.secondFactorCandidate
    }
    guard let sealed else { throw Problem.notFound }
    let secret = try await credentialCipher(in: community).openBytes(
      sealed, at: .secondFactor(of: person, in: community))
    guard let step = TimeBasedCode(secret: secret).acceptedStep(for: code, at: now, after: nil) else {
      throw Problem.secondFactorWrong
    }
    let token = SessionToken()
    let begun = try await database.write(in: community) { transaction in
      try transaction.forgive(bucket)
      try transaction.setSecondFactor(sealed, lastStep: step, of: person)
      try transaction.endSessions(of: person)
      try transaction.startSession(token, of: person, level: .secondFactor, userAgent: userAgent)
      guard let begun = try transaction.session(token.hash, in: community) else { throw Problem.notFound }
      try transaction.audit(
        "people.second_factor_set", by: Actor(person: person, role: begun.roles.max() ?? .resident),
        of: person.rawValue)
      return begun
    }
    return SignedInSession(token: token, session: begun)
  }

  /// Removes a lost authenticator, for another person at the people desk: the next sign-in enrols a new one.
  /// - Throws: `forbidden`, `role.own`, `not_found`.
  func removeSecondFactor(
    of person: PersonID, in community: CommunityID, by actor: Actor, actorRoles: Set<Role>
  ) async throws {
    try await database.write(in: community) { transaction in
      guard let account = try transaction.account(of: person, in: community) else { throw Problem.notFound }
      if person == actor.person { throw Problem.ownRoles }
      let roles = try transaction.roles(of: person, in: community)
      if roles.contains(.operator), !actorRoles.contains(.operator) { throw Problem.actionForbidden }
      guard account.secondFactor != nil else { return }
      try transaction.setSecondFactor(nil, lastStep: nil, of: person)
      try transaction.endSessions(of: person)
      try transaction.audit("people.second_factor_remove", by: actor, of: person.rawValue)
    }
  }

  private func credentialCipher(in community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .credential))
  }
}

extension Problem {
  static let secondFactorWrong = Problem(
    "second_factor.wrong", status: 422,
    Phrase("验证码不对。", "The code is not right."),
    advice: Phrase(
      "请看验证器上的最新六位数，手机时间要准。",
      "Please use the newest six digits, and check that your phone's clock is right."),
    fields: [
      FieldProblem(
        "code", Phrase("请输入验证器上最新的六位数。", "Please enter the newest six digits of your authenticator."))
    ])
}
