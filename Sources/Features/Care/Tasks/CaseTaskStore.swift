import Database
import Kernel

/// The queries of tasks.
enum CaseTaskStore {
  private static let columns: Query = "id, case_id, kind, due_at, created_at, ended_at, ended_by_id"

  private static func read(_ row: borrowing Row) throws -> CaseTask {
    CaseTask(
      id: try row[0], caseID: try row[1], kind: try row[2], dueAt: try row[3], createdAt: try row[4],
      endedAt: try row[5], endedBy: try row[6])
  }

  /// What is still to be done in these cases, the earliest first.
  static func open(
    of files: [CaseID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseTask] {
    try snapshot.chunks(of: files).flatMap { part in
      try snapshot.all(
        """
        SELECT \(columns) FROM care_task WHERE community_id = \(community) AND case_id IN \(list: part)
          AND ended_at IS NULL ORDER BY due_at, id
        """, read)
    }.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
  }

  @discardableResult
  static func insert(
    _ kind: CaseTask.Kind, dueAt: Timestamp, of file: CaseID, in transaction: Transaction
  ) throws -> CaseTaskID {
    let id: CaseTaskID = transaction.newIdentifier()
    try transaction.execute(
      """
      INSERT INTO care_task (id, community_id, case_id, kind, due_at, created_at)
      VALUES (\(id), \(transaction.community), \(file), \(kind), \(dueAt), \(transaction.now))
      """)
    return id
  }

  /// Ends what is open of these kinds.
  static func end(
    _ kinds: Set<CaseTask.Kind>, of file: CaseID, by person: PersonID, in transaction: Transaction
  ) throws {
    if kinds.isEmpty { return }
    try transaction.execute(
      """
      UPDATE care_task SET ended_at = \(transaction.now), ended_by_id = \(person)
      WHERE community_id = \(transaction.community) AND case_id = \(file) AND ended_at IS NULL
        AND kind IN \(list: kinds.map(\.rawValue).sorted())
      """)
  }

  /// Ends one task; false where it is not there, ended before, or waits for an answer to the client.
  static func end(
    _ id: CaseTaskID, of file: CaseID, by person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    let rights = CaseTask.Kind.allCases.filter(\.isRight).map(\.rawValue)
    return try transaction.execute(
      """
      UPDATE care_task SET ended_at = \(transaction.now), ended_by_id = \(person)
      WHERE id = \(id) AND community_id = \(transaction.community) AND case_id = \(file) AND ended_at IS NULL
        AND kind NOT IN \(list: rights)
      """) == 1
  }

  /// Ends the task of a request that was answered, or that waits no more.
  static func end(answered id: CaseTaskID, by person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE care_task SET ended_at = \(transaction.now), ended_by_id = \(person)
      WHERE id = \(id) AND community_id = \(transaction.community) AND ended_at IS NULL
      """)
  }

  /// How many tasks of each case are over their day, for those who remind.
  static func overdue(
    at now: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(file: CaseID, worker: PersonID?, supervisor: PersonID?, oldest: Timestamp)] {
    try snapshot.all(
      """
      SELECT task.case_id, standing.worker_id, standing.supervisor_id, min(task.due_at)
      FROM care_task AS task
      JOIN care_case_standing AS standing
        ON standing.case_id = task.case_id AND standing.community_id = task.community_id
      WHERE task.community_id = \(community) AND task.ended_at IS NULL AND task.due_at <= \(now)
      GROUP BY task.case_id, standing.worker_id, standing.supervisor_id ORDER BY task.case_id
      """
    ) { row in (file: try row[0], worker: try row[1], supervisor: try row[2], oldest: try row[3]) }
  }
}
