import Database
import Kernel
import Security

/// The queries of the calendars in which workers see their visits.
enum VisitCalendarStore {
  /// When the present address was given out; nil where there is none.
  static func createdAt(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Timestamp? {
    try snapshot.value(
      "SELECT created_at FROM shop_visit_calendar WHERE community_id = \(community) AND person_id = \(person)"
    )
  }

  /// Whose visits an address shows; nil for one that is not good any more.
  static func person(
    with token: SecretToken, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    try snapshot.value(holder(of: token, in: community))
  }

  static func holder(of token: SecretToken, in community: CommunityID) -> Query {
    """
    SELECT person_id FROM shop_visit_calendar
    WHERE token_digest = \(token.digest.bytes) AND community_id = \(community)
    """
  }

  /// Sets the one address of a person; the one before is good for nothing from now on.
  static func renew(_ token: SecretToken, of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_visit_calendar (community_id, person_id, token_digest, created_at)
      VALUES (\(transaction.community), \(person), \(token.digest.bytes), \(transaction.now))
      ON CONFLICT (community_id, person_id) DO UPDATE SET token_digest = excluded.token_digest,
        created_at = excluded.created_at
      """)
  }

  static func remove(of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_visit_calendar WHERE community_id = \(transaction.community) AND person_id = \(person)"
    )
  }

  /// When something last happened to bookings.
  static func lastChanges(
    of bookings: [BookingID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BookingID: Timestamp] {
    if bookings.isEmpty { return [:] }
    let found = try snapshot.all(lastSteps(of: bookings, in: community)) { row in
      (id: try row[0] as BookingID, at: try row[1] as Timestamp)
    }
    return Dictionary(found.map { ($0.id, $0.at) }) { first, _ in first }
  }

  static func lastSteps(of bookings: [BookingID], in community: CommunityID) -> Query {
    """
    SELECT booking_id, max(happened_at) FROM shop_booking_step
    WHERE booking_id IN \(list: bookings) AND community_id = \(community) GROUP BY booking_id
    """
  }
}
