package import Database
package import Kernel
import Security
import Web

/// A learner of a practice shop: made up, behind a made-up door, known by a short code on paper and by nothing else.
package struct PracticeLearner: Sendable, Equatable {
  package let person: PersonID
  package let household: HouseholdID
  /// Eight digits.
  package let code: String
}

/// The codes that learners of a practice shop sign in with.
enum PracticeCode {
  /// The digits of a typed code; nil for anything else.
  static func read(_ typed: String) -> String? {
    guard let digits = CardDigits.narrow(typed), digits.utf8.count == CardDigits.numberLength else {
      return nil
    }
    return digits
  }

  /// What the learner is called: nobody's name.
  static func displayName(_ code: String) -> String { "学员 \(code.suffix(4))" }
}

extension People {
  /// Whether a community is a practice shop, as this program knows it now.
  package func isPractice(_ community: CommunityID) -> Bool { hosts.isPractice(community) }

  /// The hosts that a community answers to.
  package func hostNames(of community: CommunityID) -> [String] { hosts.hosts(of: community) }

  /// Makes a learner up. The code is a card with a PIN that nobody is told: it opens the practice sign-in alone.
  /// - Parameter code: eight digits for the demo; nil makes random ones.
  /// - Throws: `practice.not_here` outside practice shops, `sign_in.busy`.
  package func makeLearner(
    code chosen: String? = nil, in community: CommunityID, by actor: Actor
  ) async throws -> PracticeLearner {
    guard isPractice(community) else { throw Problem.practiceNotHere }
    let code = chosen ?? CardDigits.random(CardDigits.numberLength)
    let made = try await createHouseholds(
      [HouseholdDraft(door: Door(building: "练习", unit: "", room: code))], in: community, by: actor)
    var draft = try PersonDraft(displayName: PracticeCode.displayName(code), household: made.first)
    draft.roles = [.resident]
    guard let household = made.first,
      let person = try await createPersons([draft], in: community, by: actor).first
    else { throw Problem.internalFault }
    let secrets = CardSecrets(
      number: code, token: SecretToken.make(.bits128), pin: practicePIN(code, in: community))
    try await issueCard(secrets, to: person, in: community, by: actor)
    return PracticeLearner(person: person, household: household, code: code)
  }

  /// Begins a short session with a code alone.
  /// - Throws: `card.failed`, `rate.limited`, `sign_in.busy`.
  func signIn(
    practiceCode typed: String, userAgent: String, in community: CommunityID
  ) async throws -> SignedInSession {
    guard let code = PracticeCode.read(typed) else { throw Problem.practiceCodeFailed }
    do {
      return try await signIn(
        card: .number(code), pin: practicePIN(code, in: community), userAgent: userAgent, in: community)
    } catch let problem as Problem where problem == .cardFailed {
      throw Problem.practiceCodeFailed
    }
  }

  /// Ends a learner whose time is over: the code opens nothing any more, and every session ends.
  package func endLearner(_ person: PersonID, in transaction: Transaction) throws {
    for card in try transaction.cards(of: person, in: transaction.community) where card.revokedAt == nil {
      _ = try transaction.revokeCard(card.id, by: Actor.machine.person)
    }
    try transaction.endSessions(of: person)
    try transaction.setDisabled(transaction.now, of: person)
    try transaction.audit("people.practice_learner_end", by: .machine, of: person.rawValue)
  }

  private func practicePIN(_ code: String, in community: CommunityID) -> String {
    let bytes = keys.card.code(for: [
      Array("practice".utf8), Array(community.description.utf8), Array(code.utf8),
    ])
    return bytes.prefix(6).map { String($0 % 10) }.joined()
  }
}

extension Problem {
  package static let practiceNotHere = Problem(
    "practice.not_here", status: 409,
    Phrase("这里不是练习店。", "This is not a practice shop."))

  static let practiceCodeFailed = Problem(
    "practice.code_failed", status: 401,
    Phrase("练习码不对，或者已经用完了日子。", "This practice code is not right, or its time is over."),
    advice: Phrase(
      "请看看纸条上的八位数字，或请旁边的老师帮忙。", "Please look at the eight digits on the slip, or ask whoever is with you."))
}
