import Kernel
import Security

/// What a person signs in with: a password, and for staff a second factor.
struct Account: Sendable {
  let person: PersonID
  let passwordHash: String
  /// The sealed secret of the authenticator; nil until one was confirmed.
  let secondFactor: [UInt8]?
  /// The step of the last code that was accepted.
  let secondFactorStep: Int64?
  /// A sealed secret that was shown but not confirmed yet.
  let secondFactorCandidate: [UInt8]?
  let isDisabled: Bool
}

/// Proves for a few minutes that somebody has given the right password and only lacks the code.
///
/// It is bound to the password's hash, so that a changed password ends it. Nothing is stored for it.
struct SignInTicket: Sendable {
  /// ASVS 5.0 6.5.5 allows ten minutes for such a step.
  static let lifetime: Duration = .minutes(5)

  let key: MessageKey

  func make(for person: PersonID, passwordHash: String, in community: CommunityID, at now: Timestamp)
    -> String
  {
    let expires = (now + Self.lifetime).seconds
    let code = Hexadecimal.encode(key.code(for: fields(person, passwordHash, community, expires)))
    return "\(person).\(expires).\(code)"
  }

  /// Whom the ticket names, before it is known to be true.
  func claimedPerson(in ticket: String) -> PersonID? {
    let parts = ticket.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 ? PersonID(String(parts[0])) : nil
  }

  func isValid(
    _ ticket: String, for person: PersonID, passwordHash: String, in community: CommunityID, at now: Timestamp
  ) -> Bool {
    let parts = ticket.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == person.description, let expires = Int64(parts[1]),
      now.seconds < expires,
      let code = Hexadecimal.decode(String(parts[2]))
    else { return false }
    return key.isValid(code, for: fields(person, passwordHash, community, expires))
  }

  private func fields(
    _ person: PersonID, _ passwordHash: String, _ community: CommunityID, _ expires: Int64
  ) -> [[UInt8]] {
    [
      Array(person.description.utf8), Array(community.description.utf8), Array(passwordHash.utf8),
      Array(String(expires).utf8),
    ]
  }
}

/// A mark that a browser keeps once somebody has signed in with it, good for that telephone number alone.
struct DeviceMark: Sendable {
  let key: MessageKey

  /// A new mark: a random name and the proof that we gave it.
  func make(phoneIndex: [UInt8]) -> String {
    let name = SecretToken.make(.bits128)
    return "\(name.text).\(Hexadecimal.encode(code(name.bytes, phoneIndex)))"
  }

  /// The name of the browser, when the mark is ours and for this number.
  func name(in mark: String, phoneIndex: [UInt8]) -> [UInt8]? {
    let parts = mark.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = SecretToken(String(parts[0]), .bits128),
      let code = Hexadecimal.decode(String(parts[1])),
      key.isValid(code, for: [name.bytes, phoneIndex])
    else { return nil }
    return name.bytes
  }

  private func code(_ name: [UInt8], _ phoneIndex: [UInt8]) -> [UInt8] { key.code(for: [name, phoneIndex]) }
}

extension Problem {
  /// One answer for a number we do not know, a wrong password, a wrong code and a disabled account.
  static let signInFailed = Problem(
    "sign_in.failed", status: 401,
    Phrase("电话、密码或验证码不对。", "The telephone number, password or code is not right."),
    advice: Phrase(
      "请再试一次。忘了密码，请拨打页面下方的电话，我们帮您重设。",
      "Please try again. If you forgot the password, call the number below and we will help."))

  static let ticketExpired = Problem(
    "sign_in.ticket_expired", status: 401,
    Phrase("等得有点久，这一步过期了。", "That took a while, and this step has expired."),
    advice: Phrase("请重新输入电话和密码。", "Please enter your number and password again."))

  static let confirmationNeeded = Problem(
    "sign_in.confirmation_needed", status: 403,
    Phrase("为了您的安全，请先再输入一次密码。", "For your safety, please enter your password again first."),
    advice: Phrase("确认后再做这一步。", "Then continue with this step."))
}
