package import Database
import Kernel
import Messages
import People
import Security
import Web

/// Draws a quiz at the moment at which it closes: a job does it, so that nobody can choose the moment, and it comes out the
/// same whenever it is done.
package struct DrawQuiz: Sendable {
  static let kind: StaticString = "activities.draw_quiz"

  let seedKey: MessageKey
  let notices: QuizNotices

  /// Sees to it that it is drawn.
  static func schedule(_ quiz: Quiz, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: quiz.id.description, at: quiz.terms.closesAt, body: #"{"quiz":"\#(quiz.id)"}"#)
  }

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["quiz"], let id = QuizID(text) else {
        throw Problem.internalFault
      }
      try draw(id, in: transaction)
    }
  }

  /// Reveals the seed, makes the first numbers in its order the winners, and tells them. A second time changes nothing.
  ///
  /// - Throws: `activities.quiz_seed_lost` where the key gives another seed than the one that was committed to: then
  ///   nothing is drawn.
  package func draw(_ id: QuizID, in transaction: Transaction) throws {
    let quiz = try QuizDesk.find(id, in: transaction)
    guard QuizRules.isDue(quiz, at: transaction.now), let opening = quiz.opening else { return }
    let seed = QuizDrawing.seed(of: id, key: seedKey)
    guard seed.opens(opening.commitment) else { throw Problem.quizSeedLost }
    let draw = QuizDraw(seed: seed.text, numbers: quiz.numbers, drawnAt: transaction.now)
    try QuizStore.insert(draw, of: id, in: transaction)
    let until = transaction.now + .days(quiz.terms.collectDays)
    let winners = QuizDrawing.order(seed: seed.text, numbers: quiz.numbers)
      .prefix(Int(quiz.terms.pieces))
    let awards = winners.enumerated().map { index, number in
      QuizAward(
        id: transaction.newIdentifier(), place: Int64(index) + 1, slot: Int64(index) + 1, number: number,
        awardedAt: transaction.now, collectUntil: until, end: nil)
    }
    try QuizAwardStore.insert(awards, of: id, by: nil, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: quiz.createdBy.person, role: quiz.createdBy.role, action: "activities.quiz_draw",
        object: id.rawValue, purpose: "closing time", detailDigest: Digest(of: seed.text).bytes))
    try notices.won(awards, of: quiz, in: transaction)
    try ForgetQuiz.schedule(quiz, in: transaction)
  }
}

/// Forgets who took part in a quiz a year after its draw, and with it what they answered and whom winners sent. Entry
/// numbers, the draw and who handed over what stay. Source: PIPL art. 19.
enum ForgetQuiz {
  static let kind: StaticString = "activities.forget_quiz"
  static let keepingTime = Duration.days(365)

  static let rule = RetentionRule(
    Phrase("有奖问答：谁答了什么、谁托人来领奖", "Prize quizzes: who answered what, and whom winners sent"),
    term: Phrase("开奖后一年", "A year after the draw"),
    reason: Phrase(
      "发奖、查问够用了；以后只留抽奖号（《个人信息保护法》第十九条）",
      "Long enough to give out prizes and answer questions; then entry numbers alone stay (PIPL art. 19)"))

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["quiz"], let id = QuizID(text) else {
      throw Problem.internalFault
    }
    try QuizEntryStore.forget(id, in: transaction)
  }

  static func schedule(_ quiz: Quiz, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: quiz.id.description, at: transaction.now + keepingTime,
      body: #"{"quiz":"\#(quiz.id)"}"#)
  }
}

extension Problem {
  static let quizSeedLost = Problem(
    "activities.quiz_seed_lost", status: 500,
    Phrase("种子和先前公布的指纹对不上，没有开奖。", "The seed is not the one that was committed to, so nothing was drawn."),
    advice: Phrase("请联系系统管理员。", "Please tell the operator."))
}
