package import Database
import Kernel
package import Messages
package import People
package import Security

/// Where prizes are handed over, and go to the next in the list where nobody fetched them: each is one transaction and an
/// entry of the audit chain.
package struct QuizAwardDesk: Sendable {
  let notices: QuizNotices

  package init(directory: Directory, messenger: Messenger) {
    notices = QuizNotices(directory: directory, messenger: messenger)
  }

  /// - Parameter name: of whom the winner sent; nil otherwise. It is sealed and forgotten a year after the draw.
  /// - Throws: `not_found`, `activities.quiz_award_ended`.
  package func handOver(
    _ id: QuizAwardID, of quiz: QuizID, to receiver: QuizAward.Receiver, name: String?,
    sealing cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws {
    let award = try find(id, of: quiz, in: transaction)
    if let refusal = QuizAwardRules.refusal(toHandOver: award) { throw refusal }
    let sealed = try name.map {
      try cipher.seal($0, at: QuizAwardStore.address(id, in: transaction.community))
    }
    try QuizAwardStore.end(
      id, QuizAward.End(kind: .handed, receiver: receiver, at: transaction.now, by: actor), name: sealed,
      in: transaction)
    try transaction.audit(
      "activities.quiz_hand_over", by: actor, of: id.rawValue, purpose: receiver.rawValue)
  }

  /// Gives the prize to the next in the list, and tells them; where the list is at its end it goes to nobody.
  ///
  /// - Throws: `not_found`, `activities.quiz_award_ended`, `activities.quiz_award_not_lapsed`.
  package func passOn(
    _ id: QuizAwardID, of quizID: QuizID, because kind: QuizAward.Kind, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let award = try find(id, of: quizID, in: transaction)
    if let refusal = QuizAwardRules.refusal(toPassOn: award, because: kind, at: transaction.now) {
      throw refusal
    }
    let quiz = try QuizDesk.find(quizID, in: transaction)
    let community = transaction.community
    guard let draw = try QuizStore.draw(of: quizID, in: community, transaction) else {
      throw Problem.internalFault
    }
    try QuizAwardStore.end(
      id, QuizAward.End(kind: kind, receiver: nil, at: transaction.now, by: actor), name: nil,
      in: transaction)
    try transaction.audit("activities.quiz_pass_on", by: actor, of: id.rawValue, purpose: kind.rawValue)
    let place = try QuizAwardStore.lastPlace(of: quizID, in: community, transaction) + 1
    guard place <= draw.numbers else { return }
    let order = QuizDrawing.order(seed: draw.seed, numbers: draw.numbers)
    let next = QuizAward(
      id: transaction.newIdentifier(), place: place, slot: award.slot, number: order[Int(place) - 1],
      awardedAt: transaction.now, collectUntil: transaction.now + .days(quiz.terms.collectDays), end: nil)
    try QuizAwardStore.insert([next], of: quizID, by: actor, in: transaction)
    try notices.won([next], of: quiz, in: transaction)
  }

  private func find(
    _ id: QuizAwardID, of quiz: QuizID, in transaction: Transaction
  ) throws -> QuizAward {
    guard let found = try QuizAwardStore.find(id, in: transaction.community, transaction),
      found.quiz == quiz
    else { throw Problem.notFound }
    return found.award
  }
}
