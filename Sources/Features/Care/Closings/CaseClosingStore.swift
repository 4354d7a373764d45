import Database
import Kernel

/// The queries of closings.
enum CaseClosingStore {
  /// All of a case, the newest first.
  static func closings(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseClosing] {
    try snapshot.all(
      """
      SELECT closing.id, closing.case_id, closing.episode, closing.outcome, closing.has_view, closing.text_id,
        closing.made_at, closing.made_by_id, decision.is_approved, decision.decided_at,
        decision.decided_by_id, decision.text_id
      FROM care_closing AS closing
      LEFT JOIN care_closing_decision AS decision ON decision.closing_id = closing.id
      WHERE closing.case_id = \(file) AND closing.community_id = \(community) ORDER BY closing.id DESC
      """
    ) { row in
      let decision: CaseClosing.Decision? =
        row.isNull(8)
        ? nil
        : CaseClosing.Decision(
          isApproved: try row[8], at: try row[9], by: try row[10], text: try row[11])
      return CaseClosing(
        id: try row[0], caseID: try row[1], episode: try row[2], outcome: try row[3], hasView: try row[4],
        text: try row[5], madeAt: try row[6], madeBy: try row[7], decision: decision)
    }
  }

  static func insert(_ closing: CaseClosing, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_closing (id, community_id, case_id, episode, outcome, has_view, text_id, made_at,
        made_by_id)
      VALUES (\(closing.id), \(transaction.community), \(closing.caseID), \(closing.episode),
        \(closing.outcome), \(closing.hasView), \(closing.text), \(closing.madeAt), \(closing.madeBy))
      """)
  }

  static func insert(
    _ decision: CaseClosing.Decision, of closing: CaseClosingID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_closing_decision (closing_id, community_id, is_approved, decided_at, decided_by_id,
        text_id)
      VALUES (\(closing), \(transaction.community), \(decision.isApproved), \(decision.at), \(decision.by),
        \(decision.text))
      """)
  }
}
