import Database
import Kernel

/// The queries of what lines turned out to be.
enum ExplanationStore {
  private static let columns: Query = """
    id, line_id, position, kind, amount, left_before, source_kind, source_id, withdraws_id, explained_by_id,
    explained_at
    """

  /// The explanations of these lines, by line, in their order.
  static func list(
    of lines: [StatementLineID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StatementLineID: [Explanation]] {
    let found = try snapshot.chunks(of: lines).flatMap { some in
      try snapshot.all(
        """
        SELECT \(columns) FROM ledger_explanation
        WHERE line_id IN \(list: some) AND community_id = \(community)
        ORDER BY line_id, position
        """, Explanation.init)
    }
    return Dictionary(grouping: found, by: \.line)
  }

  static func insert(
    _ explanations: [(Explanation, lineAmount: Money)], in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "ledger_explanation", "id", "community_id", "line_id", "line_amount", "position",
      "previous_position", "kind", "amount", "left_before", "left_over", "source_kind", "source_id",
      "withdraws_id", "explained_by_id", "explained_at")
    for (explanation, lineAmount) in explanations {
      let previous: Int? = explanation.position == 0 ? nil : explanation.position - 1
      rows.append(
        explanation.id, transaction.community, explanation.line, lineAmount, explanation.position, previous,
        explanation.kind, explanation.amount, explanation.leftBefore, explanation.leftOver,
        explanation.source?.kind, explanation.source?.id, explanation.withdraws, explanation.by,
        explanation.at)
    }
    try transaction.insert(rows)
  }
}

extension Explanation {
  fileprivate init(_ row: borrowing Row) throws {
    let sourceKind: Journal.Source.Kind? = try row[6]
    let sourceID: Int64? = try row[7]
    var source: Journal.Source?
    if let sourceKind, let sourceID { source = Journal.Source(sourceKind, sourceID) }
    self.init(
      id: try row[0], line: try row[1], position: try row[2], kind: try row[3], amount: try row[4],
      leftBefore: try row[5], source: source, withdraws: try row[8], by: try row[9], at: try row[10])
  }
}
