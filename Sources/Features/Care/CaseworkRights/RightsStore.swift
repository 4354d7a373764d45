import Database
import Kernel
import People

/// The queries of clients' requests about their records.
enum RightsStore {
  private static let columns: Query = """
    request.id, request.case_id, request.kind, request.text_id, request.task_id, request.asked_at,
    request.due_at, answer.kind, answer.handing, answer.handed_at, answer.text_id, answer.answered_at,
    answer.answered_by_id, answer.answered_by_role
    """

  private static let tables: Query = """
    care_rights_request AS request LEFT JOIN care_rights_answer AS answer ON answer.request_id = request.id
    """

  private static func read(_ row: borrowing Row) throws -> RightsRequest {
    let answer: RightsAnswer? =
      row.isNull(7)
      ? nil
      : RightsAnswer(
        kind: try row[7], handing: try row[8], handedAt: try row[9], text: try row[10], at: try row[11],
        actor: Actor(person: try row[12], role: try row[13]))
    return RightsRequest(
      id: try row[0], caseID: try row[1], kind: try row[2], text: try row[3], task: try row[4],
      askedAt: try row[5], dueAt: try row[6], answer: answer)
  }

  /// All of a case, the newest first.
  static func requests(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [RightsRequest] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE request.community_id = \(community)
        AND request.case_id = \(file) ORDER BY request.id DESC
      """, read)
  }

  static func find(
    _ id: RightsRequestID, of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RightsRequest? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE request.id = \(id) AND request.community_id = \(community)
        AND request.case_id = \(file)
      """, read)
  }

  static func insert(_ request: RightsRequest, of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_rights_request (id, community_id, case_id, person_id, kind, text_id, task_id, asked_at,
        due_at)
      VALUES (\(request.id), \(transaction.community), \(request.caseID), \(person), \(request.kind),
        \(request.text), \(request.task), \(request.askedAt), \(request.dueAt))
      """)
  }

  static func insert(
    _ answer: RightsAnswer, to request: RightsRequestID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_rights_answer (request_id, community_id, kind, handing, handed_at, text_id,
        answered_at, answered_by_id, answered_by_role)
      VALUES (\(request), \(transaction.community), \(answer.kind), \(answer.handing), \(answer.handedAt),
        \(answer.text), \(answer.at), \(answer.actor.person), \(answer.actor.role))
      """)
  }
}
