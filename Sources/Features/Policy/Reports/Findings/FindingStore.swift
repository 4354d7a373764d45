import Database
import Kernel

/// The queries of findings and recommendations.
enum FindingStore {
  // MARK: - Findings

  static func findings(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Finding] {
    var evidence: [Int: Set<Int>] = [:]
    try snapshot.forEach(
      """
      SELECT finding, evidence FROM policy_report_finding_evidence
      WHERE report_id = \(report) AND community_id = \(community)
      """
    ) { row in evidence[try row[0], default: []].insert(try row[1]) }
    return try snapshot.all(
      """
      SELECT number, body FROM policy_report_finding
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY number
      """
    ) { row in
      let number: Int = try row[0]
      return Finding(number: number, text: try row[1], evidence: evidence[number] ?? [])
    }
  }

  /// Keeps a finding in place of the one with its number, where there is one.
  static func write(_ finding: Finding, into report: ReportID, in transaction: Transaction) throws {
    try deleteFinding(finding.number, from: report, in: transaction)
    try transaction.execute(
      """
      INSERT INTO policy_report_finding (report_id, number, community_id, body)
      VALUES (\(report), \(finding.number), \(transaction.community), \(finding.text))
      """)
    if finding.evidence.isEmpty { return }
    var rows = Rows(
      into: "policy_report_finding_evidence", "report_id", "finding", "evidence", "community_id")
    for evidence in finding.evidence.sorted() {
      rows.append(report, finding.number, evidence, transaction.community)
    }
    try transaction.insert(rows)
  }

  static func deleteFinding(_ number: Int, from report: ReportID, in transaction: Transaction) throws {
    let tables: [Query] = [
      """
      DELETE FROM policy_report_finding_evidence WHERE report_id = \(report) AND finding = \(number)
        AND community_id = \(transaction.community)
      """,
      """
      DELETE FROM policy_report_finding WHERE report_id = \(report) AND number = \(number)
        AND community_id = \(transaction.community)
      """,
    ]
    for query in tables { try transaction.execute(query) }
  }

  // MARK: - Recommendations

  static func recommendations(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Recommendation] {
    var findings: [Int: Set<Int>] = [:]
    try snapshot.forEach(
      """
      SELECT recommendation, finding FROM policy_report_recommendation_finding
      WHERE report_id = \(report) AND community_id = \(community)
      """
    ) { row in findings[try row[0], default: []].insert(try row[1]) }
    return try snapshot.all(
      """
      SELECT number, body, policy_id, level, department FROM policy_report_recommendation
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY number
      """
    ) { row in
      let number: Int = try row[0]
      let (policy, level): (PolicyID?, PolicyLevel?) = (try row[2], try row[3])
      let department: String? = try row[4]
      let new = level.map { Recommendation.Aim.new($0, department: department ?? "") }
      return Recommendation(
        number: number, text: try row[1], findings: findings[number] ?? [],
        aim: policy.map { .policy($0) } ?? new)
    }
  }

  /// Keeps a recommendation in place of the one with its number, where there is one.
  static func write(
    _ recommendation: Recommendation, into report: ReportID, in transaction: Transaction
  ) throws {
    try deleteRecommendation(recommendation.number, from: report, in: transaction)
    var (policy, level, department): (PolicyID?, PolicyLevel?, String?) = (nil, nil, nil)
    switch recommendation.aim {
    case .policy(let id): policy = id
    case .new(let makers, let named): (level, department) = (makers, named)
    case nil: break
    }
    try transaction.execute(
      """
      INSERT INTO policy_report_recommendation (report_id, number, community_id, body, policy_id, level, department)
      VALUES (\(report), \(recommendation.number), \(transaction.community), \(recommendation.text), \(policy),
        \(level), \(department))
      """)
    if recommendation.findings.isEmpty { return }
    var rows = Rows(
      into: "policy_report_recommendation_finding", "report_id", "recommendation", "finding", "community_id")
    for finding in recommendation.findings.sorted() {
      rows.append(report, recommendation.number, finding, transaction.community)
    }
    try transaction.insert(rows)
  }

  static func deleteRecommendation(
    _ number: Int, from report: ReportID, in transaction: Transaction
  ) throws {
    let tables: [Query] = [
      """
      DELETE FROM policy_report_recommendation_finding WHERE report_id = \(report)
        AND recommendation = \(number) AND community_id = \(transaction.community)
      """,
      """
      DELETE FROM policy_report_recommendation WHERE report_id = \(report) AND number = \(number)
        AND community_id = \(transaction.community)
      """,
    ]
    for query in tables { try transaction.execute(query) }
  }
}
