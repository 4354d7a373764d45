import Database
import Kernel
import Security

/// The queries of the addresses under which people's calendars fetch activities.
enum ActivityCalendarStore {
  /// When the present address was given out; nil where there is none.
  static func createdAt(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Timestamp? {
    try snapshot.value(
      """
      SELECT created_at FROM activities_calendar WHERE community_id = \(community) AND person_id = \(person)
      """)
  }

  /// Whose calendar an address is; nil for one that is not good any more.
  static func person(
    with token: SecretToken, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    try snapshot.value(
      """
      SELECT person_id FROM activities_calendar
      WHERE token_digest = \(token.digest.bytes) AND community_id = \(community)
      """)
  }

  /// Sets the one address of a person; the one before is good for nothing from now on.
  static func renew(_ token: SecretToken, of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO activities_calendar (community_id, person_id, token_digest, created_at)
      VALUES (\(transaction.community), \(person), \(token.digest.bytes), \(transaction.now))
      ON CONFLICT (community_id, person_id) DO UPDATE SET token_digest = excluded.token_digest,
        created_at = excluded.created_at
      """)
  }

  static func remove(of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM activities_calendar
      WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
  }
}
