import Database
import Kernel

/// Who may approve what they wrote themselves, granted for a time: for stations with a single supervisor.
/// Source: field/socialwork.md §1b, `self_approve` after Primero.
enum SelfApprovalStore {
  /// Whether somebody holds the right now.
  static func holds(
    _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    let until: Timestamp? = try snapshot.value(
      """
      SELECT until FROM care_self_approval WHERE community_id = \(community) AND person_id = \(person)
      ORDER BY sequence DESC LIMIT 1
      """)
    return until.map { $0 > snapshot.now } ?? false
  }

  /// Grants it until a moment; one that is past takes it back.
  static func grant(
    _ person: PersonID, until: Timestamp, by granter: PersonID, in transaction: Transaction
  ) throws {
    let last: Int64? = try transaction.value(
      """
      SELECT max(sequence) FROM care_self_approval
      WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
    try transaction.execute(
      """
      INSERT INTO care_self_approval (community_id, person_id, sequence, until, granted_at, granted_by_id)
      VALUES (\(transaction.community), \(person), \((last ?? 0) + 1), \(until), \(transaction.now), \(granter))
      """)
  }

  /// Everybody who holds it now, with the last moment.
  static func holders(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(person: PersonID, until: Timestamp)] {
    try snapshot.all(
      """
      SELECT held.person_id, held.until FROM care_self_approval AS held
      WHERE held.community_id = \(community) AND held.until > \(snapshot.now) AND held.sequence = (
        SELECT max(sequence) FROM care_self_approval AS later
        WHERE later.community_id = held.community_id AND later.person_id = held.person_id)
      ORDER BY held.person_id
      """
    ) { row in (person: try row[0], until: try row[1]) }
  }
}
