import Database
import Kernel
import People

/// The queries of the question bank.
enum QuizQuestionStore {
  private static let columns: Query = """
    question.id, words.version, words.wording, words.options, words.right_option, words.explanation,
    words.source, words.topic, words.written_at, words.written_by_id, words.written_by_role,
    question.retired_at
    """

  private static func read(_ row: borrowing Row) throws -> QuizQuestion {
    QuizQuestion(
      id: try row[0], version: try row[1],
      content: QuizQuestion.Content(
        wording: try row[2], options: lines(try row[3]), right: try row[4], explanation: try row[5],
        source: try row[6], topic: try row[7]),
      writtenAt: try row[8], writtenBy: Actor(person: try row[9], role: try row[10]),
      retiredAt: try row[11])
  }

  private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  private static let newest: Query = """
    SELECT \(columns) FROM activities_quiz_question AS question
    JOIN activities_quiz_question_text AS words
      ON words.question_id = question.id AND words.version = question.version
    """

  // MARK: - Reading

  /// The newest version of one question.
  static func find(
    _ id: QuizQuestionID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> QuizQuestion? {
    try snapshot.first(
      "\(newest) WHERE question.id = \(id) AND question.community_id = \(community)", read)
  }

  /// All that may be asked, by topic and age.
  static func bank(in community: CommunityID, _ snapshot: Snapshot) throws -> [QuizQuestion] {
    try snapshot.all(
      """
      \(newest) WHERE question.community_id = \(community) AND question.retired_at IS NULL
      ORDER BY question.topic, question.id
      """, read)
  }

  /// What was put away, the latest first.
  static func retired(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizQuestion] {
    try snapshot.all(
      """
      \(newest) WHERE question.community_id = \(community) AND question.retired_at IS NOT NULL
      ORDER BY question.retired_at DESC, question.id LIMIT \(limit)
      """, read)
  }

  static func bankSize(in community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    try snapshot.value(
      """
      SELECT count(*) FROM activities_quiz_question
      WHERE community_id = \(community) AND retired_at IS NULL
      """) ?? 0
  }

  /// All versions of one question, the newest first.
  static func versions(
    of id: QuizQuestionID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizQuestion] {
    try snapshot.all(
      """
      SELECT \(columns) FROM activities_quiz_question AS question
      JOIN activities_quiz_question_text AS words ON words.question_id = question.id
      WHERE question.id = \(id) AND question.community_id = \(community) ORDER BY words.version DESC
      """, read)
  }

  /// What one version of a quiz asks, in its order.
  static func asked(
    in quiz: QuizID, version: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizQuestion] {
    try snapshot.all(
      """
      SELECT \(columns) FROM activities_quiz_item AS item
      JOIN activities_quiz_question AS question ON question.id = item.question_id
      JOIN activities_quiz_question_text AS words
        ON words.question_id = item.question_id AND words.version = item.question_version
      WHERE item.quiz_id = \(quiz) AND item.version = \(version) AND item.community_id = \(community)
      ORDER BY item.position
      """, read)
  }

  // MARK: - Writing

  static func insert(
    _ questions: [(id: QuizQuestionID, content: QuizQuestion.Content)], by actor: Actor,
    in transaction: Transaction
  ) throws {
    var standing = Rows(into: "activities_quiz_question", "id", "community_id", "version", "topic")
    for question in questions {
      standing.append(values: [
        question.id.storedValue, transaction.community.storedValue, .integer(1),
        question.content.topic.storedValue,
      ])
    }
    try transaction.insert(standing)
    try insertTexts(questions.map { ($0.id, 1, $0.content) }, by: actor, in: transaction)
  }

  /// Adds a version, which new quizzes ask from now on.
  static func add(
    _ content: QuizQuestion.Content, version: Int64, to id: QuizQuestionID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try insertTexts([(id, version, content)], by: actor, in: transaction)
    try transaction.execute(
      """
      UPDATE activities_quiz_question SET version = \(version), topic = \(content.topic)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  private static func insertTexts(
    _ texts: [(id: QuizQuestionID, version: Int64, content: QuizQuestion.Content)], by actor: Actor,
    in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "activities_quiz_question_text", "question_id", "version", "community_id", "wording", "options",
      "right_option", "explanation", "source", "topic", "written_at", "written_by_id", "written_by_role")
    for (id, version, content) in texts {
      rows.append(values: [
        id.storedValue, version.storedValue, transaction.community.storedValue, content.wording.storedValue,
        content.options.joined(separator: "\n").storedValue, content.right.storedValue,
        content.explanation.storedValue, content.source.storedValue, content.topic.storedValue,
        transaction.now.storedValue, actor.person.storedValue, actor.role.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Puts a question away.
  static func retire(_ id: QuizQuestionID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE activities_quiz_question SET retired_at = \(transaction.now), retired_by_id = \(actor.person),
        retired_by_role = \(actor.role)
      WHERE id = \(id) AND community_id = \(transaction.community) AND retired_at IS NULL
      """)
  }
}
