package import Database
import Kernel
package import People
package import Security

/// Where quizzes are made, written anew and opened: each step is one transaction and an entry of the audit chain.
package struct QuizDesk: Sendable {
  let seedKey: MessageKey

  /// - Parameter seedKey: the seeds of all draws are made with it.
  package init(seedKey: MessageKey) {
    self.seedKey = seedKey
  }

  /// Makes a draft, which the station alone sees.
  ///
  /// - Parameter questions: asked in this order, each in the version that it has now.
  /// - Throws: `form.invalid` for questions and activities that there are not.
  package func make(
    _ terms: QuizTerms, asking questions: [QuizQuestionID], unit: Quiz.Unit, by actor: Actor,
    in transaction: Transaction
  ) throws -> QuizID {
    let terms = try checked(terms, questions, in: transaction)
    let quiz = Quiz(
      id: transaction.newIdentifier(), unit: unit, state: .draft, version: 1, terms: terms, opening: nil,
      entries: 0, numbers: 0, createdAt: transaction.now, createdBy: actor)
    try QuizStore.insert(quiz, in: transaction)
    try transaction.audit("activities.quiz_make", by: actor, of: quiz.id.rawValue)
    return quiz.id
  }

  /// Writes a draft anew; its questions get the versions that they have now.
  ///
  /// - Parameter seen: the version that the form was made from.
  /// - Throws: `not_found`, `activities.quiz_stale`, `activities.quiz_not_possible`, `form.invalid`.
  package func write(
    _ terms: QuizTerms, asking questions: [QuizQuestionID], to id: QuizID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let quiz = try Self.find(id, seen: seen, in: transaction)
    if let refusal = QuizRules.refusal(toWrite: quiz) { throw refusal }
    let terms = try checked(terms, questions, in: transaction)
    if terms == quiz.terms { return }
    try QuizStore.write(terms, version: quiz.version + 1, of: id, by: actor, in: transaction)
    try transaction.audit("activities.quiz_change", by: actor, of: id.rawValue)
  }

  /// Publishes a quiz with the digest of its seed, and sets the clock for its draw. From now on nothing of it changes.
  ///
  /// - Throws: `not_found`, `activities.quiz_stale`, `activities.quiz_not_possible`, `activities.quiz_time_over`,
  ///   `activities.quiz_questions_changed`.
  package func open(_ id: QuizID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let quiz = try Self.find(id, seen: seen, in: transaction)
    let bank = try QuizQuestionStore.bank(in: transaction.community, transaction)
    if let refusal = QuizRules.refusal(
      toOpen: quiz, current: Set(bank.map(\.reference)), at: transaction.now)
    {
      throw refusal
    }
    let opening = QuizOpening(
      commitment: QuizDrawing.seed(of: id, key: seedKey).commitment, openedAt: transaction.now,
      openedBy: actor)
    try QuizStore.open(quiz, opening, in: transaction)
    try DrawQuiz.schedule(quiz, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "activities.quiz_open", object: id.rawValue,
        detailDigest: opening.commitment.bytes))
  }

  /// - Throws: `not_found`.
  static func find(_ id: QuizID, in transaction: Transaction) throws -> Quiz {
    guard let quiz = try QuizStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return quiz
  }

  private static func find(_ id: QuizID, seen: Int64, in transaction: Transaction) throws -> Quiz {
    let quiz = try find(id, in: transaction)
    guard quiz.version == seen else { throw Problem.quizStale }
    return quiz
  }

  /// The terms with the questions' versions.
  /// - Throws: `form.invalid` naming `questions` or `activity`.
  private func checked(
    _ terms: QuizTerms, _ questions: [QuizQuestionID], in transaction: Transaction
  ) throws -> QuizTerms {
    var problems = Problems()
    let bank = Dictionary(
      try QuizQuestionStore.bank(in: transaction.community, transaction).map { ($0.id, $0.reference) }
    ) { first, _ in first }
    var terms = terms
    terms.questions = questions.compactMap { bank[$0] }
    if terms.questions.count != questions.count {
      problems.add(
        "questions", Phrase("有的题目刚刚收起了，请再选一遍。", "Some questions were just put away; please choose again."))
    }
    if let activity = terms.activity,
      try ActivityStore.find(activity, in: transaction.community, transaction) == nil
    {
      problems.add("activity", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try problems.throwIfAny()
    return terms
  }
}
