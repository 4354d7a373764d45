import Database
import Kernel
import People

extension PolicyReceipt.Source: Storable {}

/// The queries of receipts.
enum PolicyReceiptStore {
  static func find(
    _ version: Int64, of policy: PolicyID, by person: PersonID, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> PolicyReceipt? {
    try snapshot.first(
      """
      SELECT source, is_clear, had_questions, recorded_at, recorded_by_id, recorded_by_role
      FROM policy_receipt WHERE community_id = \(community) AND policy_id = \(policy)
        AND version = \(version) AND person_id = \(person)
      """
    ) { row in
      var teller: Actor?
      if !row.isNull(4) { teller = Actor(person: try row[4], role: try row[5]) }
      return PolicyReceipt(
        policy: policy, version: version, person: person, source: try row[0], isClear: try row[1],
        hadQuestions: try row[2], recordedAt: try row[3], recordedBy: teller)
    }
  }

  /// Keeps a receipt in the place of the one before.
  static func keep(_ receipt: PolicyReceipt, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_receipt (policy_id, version, person_id, community_id, source, is_clear,
        had_questions, recorded_at, recorded_by_id, recorded_by_role)
      VALUES (\(receipt.policy), \(receipt.version), \(receipt.person), \(transaction.community),
        \(receipt.source), \(receipt.isClear), \(receipt.hadQuestions), \(receipt.recordedAt),
        \(receipt.recordedBy?.person), \(receipt.recordedBy?.role))
      ON CONFLICT (policy_id, version, person_id) DO UPDATE SET source = excluded.source,
        is_clear = excluded.is_clear, had_questions = excluded.had_questions,
        recorded_at = excluded.recorded_at, recorded_by_id = excluded.recorded_by_id,
        recorded_by_role = excluded.recorded_by_role
      """)
  }

  static func counts(
    of version: Int64, _ policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyReceiptCounts {
    let found = try snapshot.first(
      """
      SELECT count(*), count(CASE WHEN had_questions = 1 THEN 1 END) FROM policy_receipt
      WHERE policy_id = \(policy) AND version = \(version) AND community_id = \(community)
      """
    ) { row in (reached: try row[0] as Int64, questions: try row[1] as Int64) }
    return PolicyReceiptCounts(reached: found?.reached ?? 0, withQuestions: found?.questions ?? 0)
  }
}
