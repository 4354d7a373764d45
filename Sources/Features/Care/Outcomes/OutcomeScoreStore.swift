import Database
import Kernel

/// The queries of outcome scores.
enum OutcomeScoreStore {
  /// All of a case, oldest first.
  static func scores(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OutcomeScore] {
    try snapshot.all(
      """
      SELECT measure, phase, value, rated_by, scored_at, recorded_by_id FROM care_outcome_score
      WHERE community_id = \(community) AND case_id = \(file) ORDER BY id
      """
    ) { row in
      OutcomeScore(
        measure: try row[0], phase: try row[1], value: try row[2], by: try row[3], at: try row[4],
        recordedBy: try row[5])
    }
  }

  static func insert(_ score: OutcomeScore, of file: CaseID, in transaction: Transaction) throws {
    let id: Identifier<OutcomeScore> = transaction.newIdentifier()
    try transaction.execute(
      """
      INSERT INTO care_outcome_score (id, community_id, case_id, measure, phase, value, rated_by, scored_at,
        recorded_by_id)
      VALUES (\(id), \(transaction.community), \(file), \(score.measure), \(score.phase), \(score.value),
        \(score.by), \(score.at), \(score.recordedBy))
      """)
  }
}
