import Database
import Kernel
import People
import Security

extension Quiz.Unit: Storable {}
extension Quiz.State: Storable {}

/// The queries of quizzes, their terms and their draws.
enum QuizStore {
  private static let columns: Query = """
    quiz.id, quiz.unit, quiz.state, quiz.version, terms.title, terms.opens_at, terms.closes_at,
    terms.threshold, terms.collect_place, terms.collect_days, terms.activity_id, opening.commitment,
    opening.opened_at, opening.opened_by_id, opening.opened_by_role, quiz.entries, quiz.numbers,
    quiz.created_at, quiz.created_by_id, quiz.created_by_role
    """

  private static let tables: Query = """
    activities_quiz AS quiz
    JOIN activities_quiz_terms AS terms ON terms.quiz_id = quiz.id AND terms.version = quiz.version
    LEFT JOIN activities_quiz_opening AS opening ON opening.quiz_id = quiz.id
    """

  /// A quiz whose prizes and questions are still to be read.
  private static func read(_ row: borrowing Row) throws -> Quiz {
    let commitment: [UInt8]? = try row[11]
    return Quiz(
      id: try row[0], unit: try row[1], state: try row[2], version: try row[3],
      terms: QuizTerms(
        title: try row[4], opensAt: try row[5], closesAt: try row[6], threshold: try row[7], prizes: [],
        collectPlace: try row[8], collectDays: try row[9], activity: try row[10], questions: []),
      opening: try commitment.map { bytes in
        guard let digest = Digest(stored: bytes) else {
          throw DatabaseError.unexpectedValue("a commitment is no digest")
        }
        return QuizOpening(
          commitment: digest, openedAt: try row[12],
          openedBy: Actor(person: try row[13], role: try row[14]))
      },
      entries: try row[15], numbers: try row[16], createdAt: try row[17],
      createdBy: Actor(person: try row[18], role: try row[19]))
  }

  // MARK: - Reading

  static func find(_ id: QuizID, in community: CommunityID, _ snapshot: Snapshot) throws -> Quiz? {
    let found = try snapshot.first(
      "SELECT \(columns) FROM \(tables) WHERE quiz.id = \(id) AND quiz.community_id = \(community)", read)
    guard let found else { return nil }
    return found.with(
      prizes: try prizes(of: found, in: community, snapshot),
      questions: try questions(of: found, in: community, snapshot))
  }

  /// What residents see: everything that was opened, what closes last first.
  static func shown(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Quiz] {
    try list("quiz.state <> 'draft'", limit: limit, in: community, snapshot)
  }

  /// All of them, drafts among them.
  static func all(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Quiz] {
    try list("1 = 1", limit: limit, in: community, snapshot)
  }

  /// Without prizes and questions.
  private static func list(
    _ condition: Query, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Quiz] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE quiz.community_id = \(community) AND \(condition)
      ORDER BY quiz.closes_at DESC, quiz.id DESC LIMIT \(limit)
      """, read)
  }

  private static func prizes(
    of quiz: Quiz, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizPrize] {
    try snapshot.all(
      """
      SELECT name, pieces FROM activities_quiz_prize
      WHERE quiz_id = \(quiz.id) AND version = \(quiz.version) AND community_id = \(community)
      ORDER BY position
      """
    ) { row in QuizPrize(name: try row[0], pieces: try row[1]) }
  }

  private static func questions(
    of quiz: Quiz, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuizQuestionReference] {
    try snapshot.all(
      """
      SELECT question_id, question_version FROM activities_quiz_item
      WHERE quiz_id = \(quiz.id) AND version = \(quiz.version) AND community_id = \(community)
      ORDER BY position
      """
    ) { row in QuizQuestionReference(question: try row[0], version: try row[1]) }
  }

  /// Nil before the draw.
  static func draw(of id: QuizID, in community: CommunityID, _ snapshot: Snapshot) throws -> QuizDraw? {
    try snapshot.first(
      """
      SELECT seed, numbers, drawn_at FROM activities_quiz_draw
      WHERE quiz_id = \(id) AND community_id = \(community)
      """
    ) { row in QuizDraw(seed: try row[0], numbers: try row[1], drawnAt: try row[2]) }
  }

  // MARK: - Writing

  static func insert(_ quiz: Quiz, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO activities_quiz (id, community_id, unit, state, version, closes_at, entries, numbers,
        created_at, created_by_id, created_by_role)
      VALUES (\(quiz.id), \(transaction.community), \(quiz.unit), \(quiz.state), \(quiz.version),
        \(quiz.terms.closesAt), \(quiz.entries), \(quiz.numbers), \(quiz.createdAt),
        \(quiz.createdBy.person), \(quiz.createdBy.role))
      """)
    try insert(quiz.terms, version: quiz.version, of: quiz.id, by: quiz.createdBy, in: transaction)
  }

  /// Adds a version of the terms, which holds from now on.
  static func write(
    _ terms: QuizTerms, version: Int64, of id: QuizID, by actor: Actor, in transaction: Transaction
  ) throws {
    try insert(terms, version: version, of: id, by: actor, in: transaction)
    try transaction.execute(
      """
      UPDATE activities_quiz SET version = \(version), closes_at = \(terms.closesAt)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  private static func insert(
    _ terms: QuizTerms, version: Int64, of id: QuizID, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    try transaction.execute(
      """
      INSERT INTO activities_quiz_terms (quiz_id, version, community_id, title, opens_at, closes_at, threshold,
        collect_place, collect_days, activity_id, written_at, written_by_id, written_by_role)
      VALUES (\(id), \(version), \(community), \(terms.title), \(terms.opensAt), \(terms.closesAt),
        \(terms.threshold), \(terms.collectPlace), \(terms.collectDays), \(terms.activity),
        \(transaction.now), \(actor.person), \(actor.role))
      """)
    var items = Rows(
      into: "activities_quiz_item", "quiz_id", "version", "position", "community_id", "question_id",
      "question_version")
    for (index, question) in terms.questions.enumerated() {
      items.append(values: [
        id.storedValue, version.storedValue, (index + 1).storedValue, community.storedValue,
        question.question.storedValue, question.version.storedValue,
      ])
    }
    try transaction.insert(items)
    var prizes = Rows(
      into: "activities_quiz_prize", "quiz_id", "version", "position", "community_id", "name", "pieces")
    for (index, prize) in terms.prizes.enumerated() {
      prizes.append(values: [
        id.storedValue, version.storedValue, (index + 1).storedValue, community.storedValue,
        prize.name.storedValue, prize.pieces.storedValue,
      ])
    }
    try transaction.insert(prizes)
  }

  static func open(_ quiz: Quiz, _ opening: QuizOpening, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO activities_quiz_opening (quiz_id, version, community_id, commitment, opened_at, opened_by_id,
        opened_by_role)
      VALUES (\(quiz.id), \(quiz.version), \(transaction.community), \(opening.commitment.bytes),
        \(opening.openedAt), \(opening.openedBy.person), \(opening.openedBy.role))
      """)
    try move(quiz.id, to: .open, in: transaction)
  }

  /// Reveals the seed.
  static func insert(_ draw: QuizDraw, of id: QuizID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO activities_quiz_draw (quiz_id, community_id, seed, numbers, drawn_at)
      VALUES (\(id), \(transaction.community), \(draw.seed), \(draw.numbers), \(draw.drawnAt))
      """)
    try move(id, to: .drawn, in: transaction)
  }

  private static func move(_ id: QuizID, to state: Quiz.State, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE activities_quiz SET state = \(state) WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}

extension Quiz {
  fileprivate func with(prizes: [QuizPrize], questions: [QuizQuestionReference]) -> Quiz {
    var terms = terms
    terms.prizes = prizes
    terms.questions = questions
    return Quiz(
      id: id, unit: unit, state: state, version: version, terms: terms, opening: opening, entries: entries,
      numbers: numbers, createdAt: createdAt, createdBy: createdBy)
  }
}
