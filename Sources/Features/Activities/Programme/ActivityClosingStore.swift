import Database
import Kernel
import People
import Security

/// The queries of what became of activities.
enum ActivityClosingStore {
  private static func address(_ id: ActivityID, in community: CommunityID) -> FieldAddress {
    FieldAddress("activities_closing", "leads", row: id, community: community)
  }

  /// - Parameter cipher: opens what is to be followed up.
  static func find(
    _ id: ActivityID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ActivityClosing? {
    try snapshot.first(
      """
      SELECT very_good, good, fair, poor, leads, closed_at, closed_by_id, closed_by_role
      FROM activities_closing WHERE activity_id = \(id) AND community_id = \(community)
      """
    ) { row in
      let leads: [UInt8]? = try row[4]
      return ActivityClosing(
        satisfaction: try satisfaction(row),
        leads: try leads.map { try cipher.open($0, at: address(id, in: community)) } ?? "",
        closedAt: try row[5], closedBy: Actor(person: try row[6], role: try row[7]))
    }
  }

  /// What was ticked on the slips of these activities, without anything that was written.
  static func satisfactions(
    of ids: [ActivityID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityID: ActivitySatisfaction] {
    var found: [ActivityID: ActivitySatisfaction] = [:]
    for chunk in snapshot.chunks(of: ids) {
      try snapshot.forEach(
        """
        SELECT very_good, good, fair, poor, activity_id FROM activities_closing
        WHERE activity_id IN \(list: chunk) AND community_id = \(community)
        """
      ) { row in found[try row[4]] = try satisfaction(row) }
    }
    return found
  }

  private static func satisfaction(_ row: borrowing Row) throws -> ActivitySatisfaction {
    ActivitySatisfaction(veryGood: try row[0], good: try row[1], fair: try row[2], poor: try row[3])
  }

  /// Keeps it, in place of what was written before.
  static func set(
    _ closing: ActivityClosing, of id: ActivityID, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let leads: [UInt8]? =
      try closing.leads.isEmpty
      ? nil : cipher.seal(closing.leads, at: address(id, in: transaction.community))
    let counts = closing.satisfaction
    try transaction.execute(
      """
      INSERT INTO activities_closing (activity_id, community_id, very_good, good, fair, poor, leads, closed_at,
        closed_by_id, closed_by_role)
      VALUES (\(id), \(transaction.community), \(counts.veryGood), \(counts.good), \(counts.fair),
        \(counts.poor), \(leads), \(closing.closedAt), \(closing.closedBy.person), \(closing.closedBy.role))
      ON CONFLICT (activity_id) DO UPDATE SET very_good = excluded.very_good, good = excluded.good,
        fair = excluded.fair, poor = excluded.poor, leads = excluded.leads, closed_at = excluded.closed_at,
        closed_by_id = excluded.closed_by_id, closed_by_role = excluded.closed_by_role
      """)
  }
}
