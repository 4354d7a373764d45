import Database
import Kernel
import Security

/// The queries of the tables that were released: the ledger of a month's needs.
enum NeedTableStore {
  private static let columns: Query =
    "id, month, kind, content, refusal, data_digest, query_digest, released_at"

  private static func read(_ row: borrowing Row) throws -> NeedTable {
    let (text, refusal): (String?, NeedRefusal?) = (try row[3], try row[4])
    let content = text.flatMap(NeedTable.Content.init(text:))
    guard let month = Month(try row[1]), let data = Digest(stored: try row.bytes(5)),
      let query = Digest(stored: try row.bytes(6)),
      let outcome = content.map(NeedTable.Outcome.released) ?? refusal.map(NeedTable.Outcome.refused)
    else { throw DatabaseError.unexpectedValue("no table of needs") }
    return NeedTable(
      id: try row[0], month: month, kind: try row[2], outcome: outcome, dataDigest: data, queryDigest: query,
      releasedAt: try row[7])
  }

  static func find(
    _ id: NeedTableID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> NeedTable? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_need_table WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// The tables of a month, in the order of their kinds.
  static func tables(
    of month: Month, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NeedTable] {
    let tables = try snapshot.all(
      """
      SELECT \(columns) FROM shop_need_table WHERE community_id = \(community) AND month = \(month.description)
      """, read)
    return NeedTable.Kind.allCases.flatMap { kind in tables.filter { $0.kind == kind } }
  }

  /// The tables that show something, the newest month first.
  static func newest(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NeedTable] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_need_table WHERE community_id = \(community) AND content IS NOT NULL
      ORDER BY month DESC, kind LIMIT \(limit)
      """, read)
  }

  /// The months that were released, the newest first, with when.
  static func months(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(month: Month, releasedAt: Timestamp)] {
    try snapshot.all(
      """
      SELECT month, min(released_at) FROM shop_need_table WHERE community_id = \(community)
      GROUP BY month ORDER BY month DESC LIMIT \(limit)
      """
    ) { row in
      guard let month = Month(try row[0]) else {
        throw DatabaseError.unexpectedValue("no month of needs")
      }
      return (month: month, releasedAt: try row[1])
    }
  }

  static func isReleased(
    _ month: Month, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM shop_need_table WHERE community_id = \(community) AND month = \(month.description) LIMIT 1"
    )
  }

  /// - Parameter person: nil where the month's job released it.
  static func insert(_ table: NeedTable, by person: PersonID?, in transaction: Transaction) throws {
    var (content, refusal): (String?, NeedRefusal?) = (nil, nil)
    switch table.outcome {
    case .released(let released): content = released.text
    case .refused(let reason): refusal = reason
    }
    try transaction.execute(
      """
      INSERT INTO shop_need_table (id, community_id, month, kind, content, refusal, data_digest, query_digest,
        released_at, released_by_id)
      VALUES (\(table.id), \(transaction.community), \(table.month.description), \(table.kind), \(content), \(refusal),
        \(table.dataDigest.bytes), \(table.queryDigest.bytes), \(table.releasedAt), \(person))
      """)
  }
}
