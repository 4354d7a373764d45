import Database
import Kernel

/// The queries of reports.
enum GroupReportStore {
  /// All of a group, the newest first.
  static func reports(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupReport] {
    var goals: [GroupReportID: [GroupReport.Goal]] = [:]
    try snapshot.forEach(
      """
      SELECT goal.report_id, goal.result, goal.text_id FROM care_group_report_goal AS goal
      JOIN care_group_report AS report ON report.id = goal.report_id
      WHERE report.community_id = \(community) AND report.group_id = \(group)
      ORDER BY goal.report_id, goal.position
      """
    ) { row in
      goals[try row[0], default: []].append(GroupReport.Goal(try row[1], text: try row[2]))
    }
    return try snapshot.all(
      """
      SELECT report.id, report.group_id, report.version, report.text_id, report.made_at, report.made_by_id,
        decision.is_approved, decision.decided_at, decision.decided_by_id, decision.text_id
      FROM care_group_report AS report
      LEFT JOIN care_group_report_decision AS decision ON decision.report_id = report.id
      WHERE report.community_id = \(community) AND report.group_id = \(group) ORDER BY report.id DESC
      """
    ) { row in
      let decision: CaseClosing.Decision? =
        row.isNull(6)
        ? nil
        : CaseClosing.Decision(isApproved: try row[6], at: try row[7], by: try row[8], text: try row[9])
      let id: GroupReportID = try row[0]
      return GroupReport(
        id: id, group: try row[1], version: try row[2], goals: goals[id] ?? [], text: try row[3],
        madeAt: try row[4], madeBy: try row[5], decision: decision)
    }
  }

  static func insert(_ report: GroupReport, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_report (id, community_id, group_id, version, text_id, made_at, made_by_id)
      VALUES (\(report.id), \(transaction.community), \(report.group), \(report.version), \(report.text),
        \(report.madeAt), \(report.madeBy))
      """)
    for (index, goal) in report.goals.enumerated() {
      try transaction.execute(
        """
        INSERT INTO care_group_report_goal (report_id, position, community_id, result, text_id)
        VALUES (\(report.id), \(index + 1), \(transaction.community), \(goal.result), \(goal.text))
        """)
    }
  }

  static func insert(
    _ decision: CaseClosing.Decision, on report: GroupReportID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_report_decision (report_id, community_id, is_approved, decided_at,
        decided_by_id, text_id)
      VALUES (\(report), \(transaction.community), \(decision.isApproved), \(decision.at), \(decision.by),
        \(decision.text))
      """)
  }
}
