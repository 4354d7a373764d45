import Database
import Kernel
import People

extension Tie.Kind: Storable {}
extension Party.Kind: Storable {}

/// The queries of ties.
enum TieStore {
  /// Keeps a tie, once.
  static func insert(_ tie: Tie, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_tie (id, community_id, kind, from_kind, from_id, to_kind, to_id, happened_at, source,
        source_id)
      VALUES (\(transaction.newIdentifier(Tie.self)), \(transaction.community), \(tie.kind), \(tie.from.kind),
        \(tie.from.id), \(tie.to.kind), \(tie.to.id), \(tie.at), \(tie.source), \(tie.sourceID))
      ON CONFLICT (community_id, source, source_id, kind, from_kind, from_id, to_kind, to_id) DO NOTHING
      """)
  }

  /// The ties of a time, in its order, whoever they name.
  static func list(from start: Timestamp, until end: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT kind, from_kind, from_id, to_kind, to_id, happened_at, source, source_id FROM resources_tie
    WHERE community_id = \(community) AND happened_at >= \(start) AND happened_at < \(end)
    ORDER BY happened_at, id
    """
  }

  /// The ties of a time that name nobody but those who agree to be counted at this moment.
  static func counted(
    from start: Timestamp, until end: Timestamp, _ consent: TieConsent, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Tie] {
    let ties = try snapshot.all(list(from: start, until: end, in: community), read)
    let agreed = try consent.counted(ties.persons, in: community, snapshot)
    return ties.filter { $0.names(noneBut: agreed) }
  }

  private static func read(_ row: borrowing Row) throws -> Tie {
    Tie(
      try row[0], from: Party(kind: try row[1], id: try row[2]), to: Party(kind: try row[3], id: try row[4]),
      at: try row[5], source: try row[6], sourceID: try row[7])
  }

  // MARK: - Gathering

  /// Up to when other features were asked.
  static func gatheredUntil(in community: CommunityID, _ snapshot: Snapshot) throws -> Timestamp? {
    try snapshot.value("SELECT gathered_until FROM resources_tie_cursor WHERE community_id = \(community)")
  }

  static func setGathered(until moment: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_tie_cursor (community_id, gathered_until)
      VALUES (\(transaction.community), \(moment))
      ON CONFLICT (community_id) DO UPDATE SET gathered_until = excluded.gathered_until
      """)
  }

  /// Drops what is older than is kept.
  static func forget(before moment: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM resources_tie WHERE community_id = \(transaction.community) AND happened_at < \(moment)
      """)
  }
}
