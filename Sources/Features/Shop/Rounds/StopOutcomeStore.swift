package import Database
package import Kernel

/// The queries of what couriers report.
package enum StopOutcomeStore {
  private static let columns: Query =
    "id, stop_id, kind, effect, happened_at, recorded_at, cash, cash_booked"

  /// Everything that was reported of a round, in the order of its coming.
  package static func list(
    of round: RoundID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StopOutcome] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_stop_outcome
      WHERE round_id = \(round) AND community_id = \(community) ORDER BY id
      """, StopOutcome.init)
  }

  /// What this courier reported under this key.
  static func find(
    key: String, by courier: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StopOutcome? {
    try snapshot.first(
      """
      SELECT \(columns) FROM shop_stop_outcome
      WHERE community_id = \(community) AND reported_by_id = \(courier) AND client_key = \(key)
      """, StopOutcome.init)
  }

  static func insert(
    _ outcome: StopOutcome, key: String, of round: RoundID, by courier: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_stop_outcome (id, community_id, round_id, stop_id, client_key, kind, effect, reported_by_id,
        happened_at, recorded_at, cash, cash_booked)
      VALUES (\(outcome.id), \(transaction.community), \(round), \(outcome.stop), \(key), \(outcome.kind),
        \(outcome.effect), \(courier), \(outcome.happenedAt), \(outcome.recordedAt), \(outcome.cash),
        \(outcome.cashBooked))
      """)
  }
}

extension StopOutcome {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    stop = try row[1]
    kind = try row[2]
    effect = try row[3]
    happenedAt = try row[4]
    recordedAt = try row[5]
    cash = try row[6]
    cashBooked = try row[7]
  }
}
