package import Database
import Interop
import Kernel
package import People

/// Where questions are written, written anew and put away: each step is one transaction and an entry of the audit chain.
package enum QuizQuestionDesk {
  /// - Throws: `activities.quiz_bank_full`.
  package static func write(
    _ content: QuizQuestion.Content, by actor: Actor, in transaction: Transaction
  ) throws -> QuizQuestionID {
    let id: QuizQuestionID = transaction.newIdentifier()
    try add([(id, content)], by: actor, in: transaction)
    return id
  }

  /// Adds a version. Quizzes that ask an earlier one go on asking that.
  ///
  /// - Parameter seen: the version that the form was made from.
  /// - Throws: `not_found`, also for what was put away; `activities.quiz_question_stale`.
  static func rewrite(
    _ id: QuizQuestionID, _ content: QuizQuestion.Content, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let question = try find(id, seen: seen, in: transaction)
    if question.content == content { return }
    try QuizQuestionStore.add(
      content, version: question.version + 1, to: id, by: actor, in: transaction)
    try transaction.audit("activities.quiz_question_change", by: actor, of: id.rawValue)
  }

  /// No new quiz asks it any more.
  /// - Throws: as `rewrite`.
  static func retire(
    _ id: QuizQuestionID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try find(id, seen: seen, in: transaction)
    try QuizQuestionStore.retire(id, by: actor, in: transaction)
    try transaction.audit("activities.quiz_question_retire", by: actor, of: id.rawValue)
  }

  /// Takes all questions of a table, or none.
  /// - Throws: `form.invalid` naming every wrong line; `activities.quiz_bank_full`.
  static func take(_ table: QuizQuestionImport, by actor: Actor, in transaction: Transaction) throws {
    let bank = try QuizQuestionStore.bank(in: transaction.community, transaction)
    let problems = table.problems(beside: bank)
    if !problems.isEmpty { throw Problem.invalid(problems) }
    try add(
      table.lines.map { (id: transaction.newIdentifier(), content: $0.value) }, by: actor, purpose: "import",
      in: transaction)
  }

  private static func add(
    _ questions: [(id: QuizQuestionID, content: QuizQuestion.Content)], by actor: Actor,
    purpose: String = "", in transaction: Transaction
  ) throws {
    let size = try QuizQuestionStore.bankSize(in: transaction.community, transaction)
    guard size + questions.count <= QuizQuestionRules.bankLimit else { throw Problem.quizBankFull }
    try QuizQuestionStore.insert(questions, by: actor, in: transaction)
    try transaction.audit(
      questions.map {
        AuditEntry(
          actor: actor.person, role: actor.role, action: "activities.quiz_question_write",
          object: $0.id.rawValue, purpose: purpose)
      })
  }

  private static func find(
    _ id: QuizQuestionID, seen: Int64, in transaction: Transaction
  ) throws -> QuizQuestion {
    guard let question = try QuizQuestionStore.find(id, in: transaction.community, transaction),
      question.retiredAt == nil
    else { throw Problem.notFound }
    guard question.version == seen else { throw Problem.quizQuestionStale }
    return question
  }
}
