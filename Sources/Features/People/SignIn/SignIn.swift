import Database
import Kernel
import Security
import Web

/// What somebody presents at the door.
struct Credentials: Sendable {
  let phone: PhoneNumber
  let password: String
  /// What the browser kept from an earlier sign-in.
  let deviceMark: String?
  let userAgent: String
}

/// How a right password goes on.
enum SignInOutcome: Sendable {
  case signedIn(SignedInSession)
  /// The code of the authenticator is asked for next.
  case needsCode(ticket: String)
}

/// A session that has just begun; its token is handed out this once.
struct SignedInSession: Sendable {
  let token: SessionToken
  let session: Session
  /// For the browser to keep; nil where none was made.
  var deviceMark: String?
}

extension People {
  /// Checks telephone number and password. The answer, and the time it takes, are the same for a number that nobody
  /// has, a wrong password and a disabled account.
  /// - Throws: `sign_in.failed`, `rate.limited`, `sign_in.busy`.
  func signIn(_ credentials: Credentials, in community: CommunityID) async throws -> SignInOutcome {
    let (account, buckets) = try await verified(credentials, in: community)
    guard account.secondFactor == nil else {
      let ticket = SignInTicket(key: keys.ticket).make(
        for: account.person, passwordHash: account.passwordHash, in: community, at: clock.now())
      try await database.write(in: community) { try $0.forgive(buckets) }
      return .needsCode(ticket: ticket)
    }
    var begun = try await begin(account, .password, credentials.userAgent, in: community) { transaction in
      try transaction.forgive(buckets)
    }
    begun.deviceMark = mark(for: credentials, in: community)
    return .signedIn(begun)
  }

  /// Checks the code that follows a right password.
  /// - Throws: `sign_in.ticket_expired`, `sign_in.failed`, `rate.limited`.
  func signIn(
    ticket: String, code: String, userAgent: String, in community: CommunityID
  ) async throws -> SignedInSession {
    let tickets = SignInTicket(key: keys.ticket)
    let account = try await database.read { snapshot -> Account? in
      try tickets.claimedPerson(in: ticket).flatMap { try snapshot.account(of: $0, in: community) }
    }
    guard let account, !account.isDisabled,
      tickets.isValid(
        ticket, for: account.person, passwordHash: account.passwordHash, in: community, at: clock.now())
    else { throw Problem.ticketExpired }
    return try await begin(account, code: code, userAgent: userAgent, in: community)
  }

  /// Telephone number, password and, where the account has a second factor, the code in one go: for programs.
  /// - Throws: `sign_in.code_needed`, and as the steps do.
  func signIn(_ credentials: Credentials, code: String?, in community: CommunityID) async throws
    -> SignedInSession
  {
    let (account, buckets) = try await verified(credentials, in: community)
    if account.secondFactor == nil {
      return try await begin(account, .password, credentials.userAgent, in: community) { transaction in
        try transaction.forgive(buckets)
      }
    }
    guard let code else { throw Problem.codeNeeded }
    try await database.write(in: community) { try $0.forgive(buckets) }
    return try await begin(account, code: code, userAgent: credentials.userAgent, in: community)
  }

  /// Asks a signed-in person for their password again and gives the session a new token and a new start.
  /// - Throws: `sign_in.password_wrong`, `rate.limited`, `sign_in.busy`; `account.missing` for card holders.
  func confirm(_ session: Session, password: String, userAgent: String) async throws -> SignedInSession {
    let account = try await verifyOwnPassword(of: session, password)
    let level: SignInLevel = session.level == .secondFactor ? .secondFactor : .password
    return try await begin(account, level, userAgent, in: session.communityID) { transaction in
      try transaction.endSession(session.hash)
    }
  }

  /// Whether this is the signed-in person's password; counted against guessing.
  /// - Throws: `sign_in.password_wrong`, `rate.limited`, `sign_in.busy`; `account.missing` for card holders.
  func verifyOwnPassword(of session: Session, _ password: String) async throws -> Account {
    let person = session.personID
    let bucket = ThrottleBucket.confirmation(person)
    let found = try await database.write(in: session.communityID) { transaction -> Account? in
      try transaction.charge(bucket)
      return try transaction.account(of: person, in: transaction.community)
    }
    guard let account = found, session.level != .card else { throw Problem.accountMissing }
    guard case .right = try await hasher.verify(password, against: account.passwordHash) else {
      throw Problem.passwordWrong
    }
    try await database.write(in: session.communityID) { try $0.forgive(bucket) }
    return account
  }

  private func verified(
    _ credentials: Credentials, in community: CommunityID
  ) async throws -> (Account, [ThrottleBucket]) {
    let index = keys.index(of: credentials.phone, in: community)
    let device = credentials.deviceMark.flatMap {
      DeviceMark(key: keys.device).name(in: $0, phoneIndex: index)
    }
    let bucket =
      device.map { ThrottleBucket.device($0, phoneIndex: index) } ?? .password(phoneIndex: index)
    let account = try await database.write(in: community) { transaction -> Account? in
      try transaction.charge(bucket)
      return try transaction.account(withPhone: index, in: community)
    }
    let verdict = try await hasher.verify(credentials.password, against: account?.passwordHash)
    guard let account, case .right(let needsRehash) = verdict, !account.isDisabled else {
      throw Problem.signInFailed
    }
    guard needsRehash else { return (account, [bucket]) }
    let hash = try await hasher.hash(credentials.password)
    try await database.write(in: community) { try $0.setPassword(hash, of: account.person) }
    guard let renewed = try await database.read({ try $0.account(of: account.person, in: community) })
    else { throw Problem.signInFailed }
    return (renewed, [bucket])
  }

  private func begin(
    _ account: Account, code: String, userAgent: String, in community: CommunityID
  ) async throws -> SignedInSession {
    guard let sealed = account.secondFactor else { throw Problem.signInFailed }
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .credential))
    let secret = try cipher.openBytes(sealed, at: .secondFactor(of: account.person, in: community))
    let bucket = ThrottleBucket.secondFactor(account.person)
    // The try is counted even where it fails, so it is a write of its own.
    try await database.write(in: community) { try $0.charge(bucket) }
    let now = clock.now()
    guard
      let step = TimeBasedCode(secret: secret).acceptedStep(
        for: code, at: now, after: account.secondFactorStep)
    else { throw Problem.signInFailed }
    return try await begin(account, .secondFactor, userAgent, in: community) { transaction in
      guard try transaction.useSecondFactorStep(step, of: account.person) else { throw Problem.signInFailed }
      try transaction.forgive(bucket)
    }
  }

  /// Begins the session, unless the person was disabled meanwhile.
  private func begin(
    _ account: Account, _ level: SignInLevel, _ userAgent: String, in community: CommunityID,
    alongside change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws -> SignedInSession {
    let token = SessionToken()
    let session = try await database.write(in: community) { transaction in
      try change(transaction)
      try transaction.startSession(token, of: account.person, level: level, userAgent: userAgent)
      guard let session = try transaction.session(token.hash, in: community) else {
        throw Problem.signInFailed
      }
      try transaction.audit(
        "people.sign_in", by: Actor(person: account.person, role: session.roles.max() ?? .resident),
        of: account.person.rawValue, purpose: level.rawValue)
      return session
    }
    return SignedInSession(token: token, session: session)
  }

  private func mark(for credentials: Credentials, in community: CommunityID) -> String? {
    let index = keys.index(of: credentials.phone, in: community)
    let marks = DeviceMark(key: keys.device)
    if let mark = credentials.deviceMark, marks.name(in: mark, phoneIndex: index) != nil { return nil }
    return marks.make(phoneIndex: index)
  }
}

extension Transaction {
  func forgive(_ buckets: [ThrottleBucket]) throws {
    for bucket in buckets { try forgive(bucket) }
  }
}

extension Problem {
  static let codeNeeded = Problem(
    "sign_in.code_needed", status: 401,
    Phrase("还需要验证器上的六位验证码。", "The six-digit code of your authenticator is needed too."),
    advice: Phrase("请连同 code 一起再发送一次。", "Please send the request again with code."))

  static let passwordWrong = Problem(
    "sign_in.password_wrong", status: 422,
    Phrase("现在的密码不对。", "That is not your present password."),
    advice: Phrase("请再试一次。", "Please try again."),
    fields: [FieldProblem("password", Phrase("密码不对，请再试一次。", "Not right; please try again."))])

  static let accountMissing = Problem(
    "account.missing", status: 403,
    Phrase("您用住户卡进来，没有密码账号。", "You came in with a household card and have no password."),
    advice: Phrase("需要账号，请找居委会要一张邀请。", "If you would like an account, ask the committee for an invitation."))
}
