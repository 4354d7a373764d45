import Database
import Kernel

/// The queries that end what was written about clients, and the keys of those about whom nothing is written any more.
enum TextRetentionStore {
  /// Deletes the oldest texts of cases that were closed before a moment and are closed still, those that a referral carried
  /// among them.
  /// - Returns: how many went, and whose they were.
  static func forget(
    closedBefore moment: Timestamp, limit: Int, in transaction: Transaction
  ) throws -> (count: Int, persons: Set<PersonID>) {
    var texts: [CareTextID] = []
    var persons: Set<PersonID> = []
    try transaction.forEach(old(closedBefore: moment, limit: limit, in: transaction.community)) { row in
      texts.append(try row[0])
      if let person: PersonID = try row[1] { persons.insert(person) }
    }
    for part in transaction.chunks(of: texts) {
      try transaction.execute(
        "DELETE FROM care_text WHERE community_id = \(transaction.community) AND id IN \(list: part)")
    }
    return (texts.count, persons)
  }

  private static func old(closedBefore moment: Timestamp, limit: Int, in community: CommunityID) -> Query {
    let closed: Query = """
      SELECT case_id FROM care_case_standing WHERE community_id = \(community) AND stage = 'closure'
        AND closed_at < \(moment)
      """
    return """
      SELECT id, person_id FROM care_text WHERE community_id = \(community) AND (case_id IN (\(closed))
        OR id IN (
          SELECT event.text_id FROM care_referral_event AS event
          JOIN care_referral AS referral ON referral.id = event.referral_id
          WHERE referral.community_id = \(community) AND referral.case_id IN (\(closed))))
      ORDER BY id LIMIT \(limit)
      """
  }

  /// Those of these persons about whom nothing is written any more and who have no open case.
  static func without(
    texts persons: Set<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    var busy: Set<PersonID> = []
    for part in snapshot.chunks(of: persons.sorted()) {
      let found: [PersonID] = try snapshot.values(
        """
        SELECT person_id FROM care_text WHERE community_id = \(community) AND person_id IN \(list: part)
        UNION
        SELECT person_id FROM care_case_standing WHERE community_id = \(community)
          AND person_id IN \(list: part) AND stage <> 'closure'
        """)
      busy.formUnion(found)
    }
    return persons.subtracting(busy).sorted()
  }

  // MARK: - Keys

  /// Asks durably that the keys which sealed something about a person so far are destroyed.
  static func endKeys(of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_key_end (community_id, person_id, asked_at)
      VALUES (\(transaction.community), \(person), \(transaction.now))
      ON CONFLICT (community_id, person_id) DO UPDATE SET asked_at = excluded.asked_at, ended_at = NULL
      """)
  }

  /// The keys that are to be destroyed, in all communities.
  static func endingKeys(
    _ snapshot: Snapshot
  ) throws -> [(community: CommunityID, person: PersonID, askedAt: Timestamp)] {
    try snapshot.all(
      """
      SELECT community_id, person_id, asked_at FROM care_key_end WHERE ended_at IS NULL
      ORDER BY community_id, person_id
      """
    ) { row in (community: try row[0], person: try row[1], askedAt: try row[2]) }
  }

  /// Notes that they are gone, unless it was asked once more meanwhile.
  static func keysEnded(of person: PersonID, asked moment: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE care_key_end SET ended_at = \(transaction.now) WHERE community_id = \(transaction.community)
        AND person_id = \(person) AND asked_at = \(moment)
      """)
  }
}
