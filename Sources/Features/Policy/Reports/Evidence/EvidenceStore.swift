import Database
import Kernel
import People
import Security

/// The queries of what reports rest on.
enum EvidenceStore {
  /// The kinds as they stand in a column.
  private enum Kind: String, Storable {
    case table
    case quote
  }

  /// All that a report rests on, in the order of the numbers.
  /// - Throws: `DatabaseError.unexpectedValue` where a frozen copy is not what was written.
  static func all(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportEvidence] {
    try snapshot.all(
      """
      SELECT number, kind, source, code, frozen, chosen_at, chosen_by_id, chosen_by_role
      FROM policy_report_evidence WHERE report_id = \(report) AND community_id = \(community) ORDER BY number
      """
    ) { row in
      let kind: Kind = try row[1]
      let (source, code): (String, String) = (try row[2], try row[3])
      let content: ReportEvidence.Content
      switch kind {
      case .quote: content = .quote(code: code)
      case .table:
        let text: String = try row[4]
        guard let frozen = FrozenEvidence(text: text) else { throw Problem.internalFault }
        content = .table(source: source, code: code, frozen)
      }
      return ReportEvidence(
        number: try row[0], content: content, chosenAt: try row[5],
        chosenBy: Actor(person: try row[6], role: try row[7]))
    }
  }

  static func insert(
    _ evidence: ReportEvidence, into report: ReportID, in transaction: Transaction
  ) throws {
    let columns: (kind: Kind, source: String, code: String, frozen: String?, digest: String)
    let digest = evidence.digest.description
    switch evidence.content {
    case .table(let source, let code, let frozen): columns = (.table, source, code, frozen.text, digest)
    case .quote(let code): columns = (.quote, "quotes", code, nil, digest)
    }
    try transaction.execute(
      """
      INSERT INTO policy_report_evidence (report_id, number, community_id, kind, source, code, frozen, digest,
        chosen_at, chosen_by_id, chosen_by_role)
      VALUES (\(report), \(evidence.number), \(transaction.community), \(columns.kind), \(columns.source),
        \(columns.code), \(columns.frozen), \(columns.digest), \(evidence.chosenAt),
        \(evidence.chosenBy.person), \(evidence.chosenBy.role))
      """)
  }

  static func delete(_ number: Int, from report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM policy_report_evidence WHERE report_id = \(report) AND number = \(number)
        AND community_id = \(transaction.community)
      """)
  }

  /// The highest number that is in use in a report; nought for none.
  static func highest(of report: ReportID, in community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    try snapshot.value(
      """
      SELECT coalesce(max(number), 0) FROM policy_report_evidence
      WHERE report_id = \(report) AND community_id = \(community)
      """) ?? 0
  }
}
