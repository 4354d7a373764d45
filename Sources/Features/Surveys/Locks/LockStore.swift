import Database
import Kernel
import People
import Security

/// One column of locked answers.
enum LockColumnKind {}
typealias LockColumnID = Identifier<LockColumnKind>

/// The queries of locked answers and of the reading before.
enum LockStore {
  static func address(_ id: LockColumnID, in community: CommunityID) -> FieldAddress {
    FieldAddress("surveys_lock_column", "content", row: id, community: community)
  }

  static func spec(_ bytes: [UInt8]) throws -> LockSpec {
    guard let spec = LockSpec(bytes) else {
      throw DatabaseError.unexpectedValue("no terms of locked answers")
    }
    return spec
  }

  static func find(
    _ questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AnswerLock? {
    try snapshot.first(
      """
      SELECT spec, answers, digest, locked_at, locked_by_id, locked_by_role FROM surveys_lock
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community)
      """
    ) { row in
      guard let digest = Digest(stored: try row.bytes(2)) else {
        throw DatabaseError.unexpectedValue("no digest of locked answers")
      }
      return AnswerLock(
        questionnaire: questionnaire, spec: try spec(row.bytes(0)), answers: try row[1], digest: digest,
        lockedAt: try row[3], lockedBy: Actor(person: try row[4], role: try row[5]))
    }
  }

  /// - Parameter columns: with their positions: 0 is the head.
  static func insert(
    _ lock: AnswerLock, _ columns: [(id: LockColumnID, position: Int, sealed: [UInt8])],
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_lock (questionnaire_id, community_id, spec, answers, columns, digest, locked_at,
        locked_by_id, locked_by_role)
      VALUES (\(lock.questionnaire), \(transaction.community), \(lock.spec.bytes), \(lock.answers),
        \(columns.count), \(lock.digest.bytes), \(lock.lockedAt), \(lock.lockedBy.person),
        \(lock.lockedBy.role))
      """)
    for column in columns {
      try transaction.execute(
        """
        INSERT INTO surveys_lock_column (id, community_id, questionnaire_id, position, content)
        VALUES (\(column.id), \(transaction.community), \(lock.questionnaire), \(column.position),
          \(column.sealed))
        """)
    }
  }

  /// The sealed columns at these positions; those that are not there are left out.
  static func columns(
    _ positions: some Collection<Int>, of questionnaire: QuestionnaireID, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [(id: LockColumnID, position: Int, sealed: [UInt8])] {
    try snapshot.chunks(of: positions).flatMap { positions in
      try snapshot.all(
        """
        SELECT id, position, content FROM surveys_lock_column
        WHERE questionnaire_id = \(questionnaire) AND position IN \(list: positions)
          AND community_id = \(community)
        """
      ) { row in (id: try row[0], position: try row[1], sealed: try row.bytes(2)) }
    }
  }

  /// The questionnaires of a community that were locked, the newest first.
  static func locked(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuestionnaireID] {
    try snapshot.all(
      """
      SELECT questionnaire_id FROM surveys_lock WHERE community_id = \(community)
      ORDER BY locked_at DESC LIMIT \(limit)
      """
    ) { row in try row[0] }
  }

  // MARK: - Requests

  static func request(
    _ questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> LockRequest? {
    try snapshot.first(
      """
      SELECT spec, events, answers, answers_read, failure, requested_at, requested_by_id, requested_by_role
      FROM surveys_lock_request WHERE questionnaire_id = \(questionnaire) AND community_id = \(community)
      """
    ) { row in
      LockRequest(
        questionnaire: questionnaire, spec: try spec(row.bytes(0)), events: try row[1], answers: try row[2],
        read: try row[3], failure: try row[4], requestedAt: try row[5],
        requestedBy: Actor(person: try row[6], role: try row[7]))
    }
  }

  static func insert(_ request: LockRequest, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_lock_request (questionnaire_id, community_id, spec, events, answers, answers_read,
        requested_at, requested_by_id, requested_by_role)
      VALUES (\(request.questionnaire), \(transaction.community), \(request.spec.bytes), \(request.events),
        \(request.answers), \(request.read), \(request.requestedAt), \(request.requestedBy.person),
        \(request.requestedBy.role))
      """)
  }

  static func progress(
    _ questionnaire: QuestionnaireID, read: Int64, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE surveys_lock_request SET answers_read = \(read)
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(transaction.community)
      """)
  }

  static func fail(_ questionnaire: QuestionnaireID, code: String, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_lock_request SET failure = \(code)
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(transaction.community)
      """)
  }

  static func removeRequest(_ questionnaire: QuestionnaireID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM surveys_lock_request
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(transaction.community)
      """)
  }

  /// What is to be read, of all communities, the oldest first.
  static func waiting(
    _ snapshot: Snapshot
  ) throws -> [(questionnaire: QuestionnaireID, community: CommunityID)] {
    try snapshot.all(
      """
      SELECT questionnaire_id, community_id FROM surveys_lock_request WHERE failure IS NULL
      ORDER BY requested_at LIMIT 10
      """
    ) { row in (questionnaire: try row[0], community: try row[1]) }
  }

  /// A page of sealed answers in the order of their random names.
  static func answers(
    of questionnaire: QuestionnaireID, after last: ResponseID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [SealedAnswer] {
    try snapshot.all(
      """
      SELECT id, version, mode, language, answers FROM surveys_response
      WHERE questionnaire_id = \(questionnaire) AND id > \(last ?? ResponseID(rawValue: -1))
        AND community_id = \(community)
      ORDER BY id LIMIT \(limit)
      """
    ) { row in
      SealedAnswer(
        id: try row[0], version: try row[1], mode: try row[2], language: FormLanguage(try row[3]),
        sealed: try row.bytes(4))
    }
  }

  /// All versions that were opened.
  static func versions(
    of questionnaire: Questionnaire, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuestionnaireVersion] {
    guard questionnaire.version > 0 else { return [] }
    return try (1...questionnaire.version).compactMap {
      try QuestionnaireVersionStore.version($0, of: questionnaire.id, in: community, snapshot)
    }
  }
}

/// One answer as it is kept, without what says whose it is.
struct SealedAnswer: Sendable {
  let id: ResponseID
  let version: Int64
  let mode: Collector.Kind
  let language: FormLanguage
  let sealed: [UInt8]

  /// - Throws: what the cipher throws; `DatabaseError.unexpectedValue` for what is no answer.
  func opened(_ cipher: FieldCipher, in community: CommunityID) throws -> ResponseAnswers {
    let bytes = try cipher.openBytes(sealed, at: ResponseStore.address(id, in: community))
    guard let answers = ResponseAnswers(bytes) else {
      throw DatabaseError.unexpectedValue("no answers of a questionnaire")
    }
    return answers
  }
}
