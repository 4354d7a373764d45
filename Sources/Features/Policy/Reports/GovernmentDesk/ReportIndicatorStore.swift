import Database
import Kernel

/// The queries of what is told of reports quarter by quarter: moments of things, nothing of persons.
enum ReportIndicatorStore {
  /// What happened to each report that went out.
  static func ways(in community: CommunityID, _ snapshot: Snapshot) throws -> [ReportIndicators.Way] {
    var ways: [ReportID: ReportIndicators.Way] = [:]
    try snapshot.forEach(
      """
      SELECT report_id, kind, min(happened_at) FROM policy_report_event
      WHERE community_id = \(community) AND (kind = 'sent' OR (kind = 'replied' AND outcome <> 'none')
        OR (kind = 'changed' AND is_so = 1))
      GROUP BY report_id, kind
      """
    ) { row in
      let (report, step): (ReportID, ReportChange.Step) = (try row[0], try row[1])
      let moment: Timestamp = try row[2]
      switch step {
      case .sent: ways[report, default: .init()].sentAt = moment
      case .replied: ways[report, default: .init()].repliedAt = moment
      default: ways[report, default: .init()].changedAt = moment
      }
    }
    return ways.sorted { $0.key < $1.key }.map(\.value)
  }

  static func others(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ReportIndicators.Others {
    let policies = try snapshot.all(
      """
      SELECT version.published_at, policy.retired_at FROM policy_policy AS policy
      JOIN policy_version AS version ON version.policy_id = policy.id AND version.number = 1
      WHERE policy.community_id = \(community) ORDER BY policy.id
      """
    ) { row -> (published: Timestamp, retired: Timestamp?) in (try row[0], try row[1]) }
    let decisions: [Timestamp] = try snapshot.values(
      """
      SELECT counted.counted_at FROM policy_proposal_standing AS standing
      JOIN policy_proposal_count AS counted ON counted.proposal_id = standing.proposal_id
      WHERE standing.community_id = \(community) AND standing.phase IN ('underway', 'ended')
      ORDER BY standing.proposal_id
      """)
    return ReportIndicators.Others(policies: policies, decisions: decisions)
  }
}
