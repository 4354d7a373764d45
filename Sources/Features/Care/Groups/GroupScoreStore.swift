import Database
import Kernel

/// The queries of members' scores.
enum GroupScoreStore {
  /// All of a group, oldest first.
  static func scores(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupScore] {
    try snapshot.all(
      """
      SELECT measure, phase, value, member_id, scored_at, recorded_by_id FROM care_group_score
      WHERE community_id = \(community) AND group_id = \(group) ORDER BY id
      """
    ) { row in
      GroupScore(try row[0], try row[1], try row[2], of: try row[3], at: try row[4], by: try row[5])
    }
  }

  static func insert(_ score: GroupScore, of group: CareGroupID, in transaction: Transaction) throws {
    let id: GroupScoreID = transaction.newIdentifier()
    try transaction.execute(
      """
      INSERT INTO care_group_score (id, community_id, group_id, member_id, measure, phase, value, scored_at,
        recorded_by_id)
      VALUES (\(id), \(transaction.community), \(group), \(score.member), \(score.measure), \(score.phase),
        \(score.value), \(score.at), \(score.recordedBy))
      """)
  }
}
