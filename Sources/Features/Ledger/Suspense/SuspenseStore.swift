import Database
import Kernel

/// The queries of lines whose money waits for an explanation.
enum SuspenseStore {
  private static let columns: Query = "line_id, line_amount, moment, left_over, explanations"

  static func find(
    _ line: StatementLineID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SuspenseItem? {
    try snapshot.first(
      "SELECT \(columns) FROM ledger_suspense_item WHERE line_id = \(line) AND community_id = \(community)",
      SuspenseItem.init)
  }

  /// What waits, the oldest first.
  static func open(
    after last: (moment: Timestamp, line: StatementLineID)? = nil, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [SuspenseItem] {
    let after: Query = last.map { "AND (moment, line_id) > (\($0.moment), \($0.line))" } ?? ""
    return try snapshot.all(
      """
      SELECT \(columns) FROM ledger_suspense_item
      WHERE community_id = \(community) AND left_over <> 0 \(after) ORDER BY moment, line_id LIMIT \(limit)
      """, SuspenseItem.init)
  }

  /// How many lines wait, and since when the oldest does; nil when none does.
  static func waiting(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (count: Int, oldest: Timestamp)? {
    try snapshot.first(
      """
      SELECT count(*), min(moment) FROM ledger_suspense_item
      WHERE community_id = \(community) AND left_over <> 0 HAVING count(*) > 0
      """
    ) { row in (count: try row[0], oldest: try row[1]) }
  }

  static func insert(_ items: [SuspenseItem], in transaction: Transaction) throws {
    var rows = Rows(
      into: "ledger_suspense_item", "line_id", "community_id", "line_amount", "moment", "left_over",
      "explanations")
    for item in items {
      rows.append(
        item.line, transaction.community, item.lineAmount, item.moment, item.left, item.explanations)
    }
    try transaction.insert(rows)
  }

  static func update(_ item: SuspenseItem, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_suspense_item SET left_over = \(item.left), explanations = \(item.explanations)
      WHERE line_id = \(item.line) AND community_id = \(transaction.community)
      """)
  }
}

extension SuspenseItem {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      line: try row[0], lineAmount: try row[1], moment: try row[2], left: try row[3],
      explanations: try row[4])
  }
}
