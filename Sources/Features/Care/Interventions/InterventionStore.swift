import Database
import Kernel

/// The queries of interventions.
enum InterventionStore {
  private static let columns: Query = """
    id, case_id, episode, kind, minutes, done_at, text_id, recorded_at, recorded_by_id
    """

  private static func read(_ row: borrowing Row) throws -> Intervention {
    Intervention(
      id: try row[0], caseID: try row[1], episode: try row[2], kind: try row[3], minutes: try row[4],
      doneAt: try row[5], text: try row[6], recordedAt: try row[7], recordedBy: try row[8])
  }

  /// All of a case, the newest first.
  static func interventions(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Intervention] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_intervention WHERE case_id = \(file) AND community_id = \(community)
      ORDER BY done_at DESC, id DESC
      """, read)
  }

  /// The newest that was recorded in one opening of a case.
  static func newest(
    of file: CaseID, episode: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> InterventionID? {
    try snapshot.value(
      """
      SELECT max(id) FROM care_intervention
      WHERE case_id = \(file) AND community_id = \(community) AND episode = \(episode)
      """)
  }

  static func insert(_ intervention: Intervention, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_intervention (\(columns), community_id)
      VALUES (\(intervention.id), \(intervention.caseID), \(intervention.episode), \(intervention.kind),
        \(intervention.minutes), \(intervention.doneAt), \(intervention.text), \(intervention.recordedAt),
        \(intervention.recordedBy), \(transaction.community))
      """)
  }
}
