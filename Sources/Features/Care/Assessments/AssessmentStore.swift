import Database
import Kernel

/// The queries of assessments.
enum AssessmentStore {
  private static let columns: Query = "id, case_id, episode, text_id, risk, made_at, made_by_id"

  private static func read(_ row: borrowing Row) throws -> Assessment {
    Assessment(
      id: try row[0], caseID: try row[1], episode: try row[2], text: try row[3], risk: try row[4],
      madeAt: try row[5], madeBy: try row[6])
  }

  /// All of a case, the newest first.
  static func assessments(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Assessment] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_assessment WHERE case_id = \(file) AND community_id = \(community)
      ORDER BY id DESC
      """, read)
  }

  static func insert(_ assessment: Assessment, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_assessment (\(columns), community_id)
      VALUES (\(assessment.id), \(assessment.caseID), \(assessment.episode), \(assessment.text),
        \(assessment.risk), \(assessment.madeAt), \(assessment.madeBy), \(transaction.community))
      """)
  }
}
