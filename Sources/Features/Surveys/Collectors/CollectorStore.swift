import Database
import Kernel
import People

/// The queries of collectors.
enum CollectorStore {
  private static let columns: Query = """
    id, questionnaire_id, kind, name, generation, first_sheet, last_sheet, closes_at, ended_at, created_at,
    created_by_id, created_by_role
    """

  private static func read(_ row: borrowing Row) throws -> Collector {
    let first: Int64? = try row[5]
    let last: Int64? = try row[6]
    var sheets: ClosedRange<Int64>?
    if let first, let last, first <= last { sheets = first...last }
    return Collector(
      id: try row[0], questionnaire: try row[1], kind: try row[2], name: try row[3], generation: try row[4],
      sheets: sheets, closesAt: try row[7], endedAt: try row[8], createdAt: try row[9],
      createdBy: Actor(person: try row[10], role: try row[11]))
  }

  static func find(
    _ id: CollectorID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Collector? {
    try snapshot.first(
      "SELECT \(columns) FROM surveys_collector WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// The collectors of a questionnaire, in the order in which they were made.
  static func all(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Collector] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_collector
      WHERE community_id = \(community) AND questionnaire_id = \(questionnaire) ORDER BY id
      """, read)
  }

  /// The collectors of a community by which questionnaires that are open at a moment are listed on the site, the newest
  /// first. Those that are over by their time are left out before the limit counts.
  static func listed(
    at moment: Timestamp, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Collector] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_collector
      WHERE community_id = \(community) AND kind = \(Collector.Kind.site) AND ended_at IS NULL
        AND (closes_at IS NULL OR closes_at > \(moment))
        AND questionnaire_id IN (SELECT questionnaire_id FROM surveys_questionnaire_standing
          WHERE community_id = \(community) AND state = \(Questionnaire.State.open))
      ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// The number of the last sheet that was given out; 0 where there is none.
  static func lastSheet(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT MAX(last_sheet) FROM surveys_collector
      WHERE community_id = \(community) AND questionnaire_id = \(questionnaire)
      """) ?? 0
  }

  static func insert(_ collector: Collector, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_collector (id, community_id, questionnaire_id, kind, name, generation, first_sheet,
        last_sheet, closes_at, ended_at, created_at, created_by_id, created_by_role)
      VALUES (\(collector.id), \(transaction.community), \(collector.questionnaire), \(collector.kind),
        \(collector.name), \(collector.generation), \(collector.sheets?.lowerBound),
        \(collector.sheets?.upperBound), \(collector.closesAt), \(collector.endedAt), \(collector.createdAt),
        \(collector.createdBy.person), \(collector.createdBy.role))
      """)
  }

  static func end(_ id: CollectorID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_collector SET ended_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community) AND ended_at IS NULL
      """)
  }

  static func renew(_ id: CollectorID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_collector SET generation = generation + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
