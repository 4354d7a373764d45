import Database
import Kernel

/// The queries of what the practice shop said of members.
enum GroupPracticeStore {
  private static let columns: Query = """
    id, session_id, member_id, code_text_id, from_at, until_at, steps, traps_met, traps_seen, orders, read_at,
    read_by_id
    """

  /// All of a group, oldest first.
  static func practices(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupPractice] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_group_practice WHERE community_id = \(community) AND group_id = \(group)
      ORDER BY id
      """
    ) { row in
      GroupPractice(
        id: try row[0], session: try row[1], member: try row[2], code: try row[3], from: try row[4],
        until: try row[5],
        deeds: PracticeDeeds(
          steps: try row[6], trapsMet: try row[7], trapsSeenThrough: try row[8], orders: try row[9]),
        readAt: try row[10], readBy: try row[11])
    }
  }

  static func insert(
    _ practice: GroupPractice, of group: CareGroupID, in transaction: Transaction
  ) throws {
    let deeds = practice.deeds
    try transaction.execute(
      """
      INSERT INTO care_group_practice (\(columns), community_id, group_id)
      VALUES (\(practice.id), \(practice.session), \(practice.member), \(practice.code), \(practice.from),
        \(practice.until), \(deeds.steps), \(deeds.trapsMet), \(deeds.trapsSeenThrough), \(deeds.orders),
        \(practice.readAt), \(practice.readBy), \(transaction.community), \(group))
      """)
  }
}
