import Database
import Kernel

/// The queries of the workload: counts, and nothing that says whom they are about.
enum WorkloadStore {
  static func workloads(at now: Timestamp, in community: CommunityID, _ snapshot: Snapshot) throws
    -> [Workload]
  {
    let cases = try snapshot.all(
      """
      SELECT standing.worker_id, standing.intensity, standing.risk, (
        SELECT count(*) FROM care_task AS task
        WHERE task.case_id = standing.case_id AND task.community_id = standing.community_id
          AND task.ended_at IS NULL AND task.due_at <= \(now))
      FROM care_case_standing AS standing
      WHERE standing.community_id = \(community) AND standing.stage <> 'closure'
        AND standing.worker_id IS NOT NULL
      """
    ) { row in
      (
        worker: try row[0] as PersonID, intensity: try row[1] as Int64, risk: try row[2] as CaseRisk,
        overdue: try row[3] as Int
      )
    }
    var minutes: [PersonID: Int64] = [:]
    try snapshot.forEach(
      """
      SELECT recorded_by_id, sum(minutes) FROM care_intervention
      WHERE community_id = \(community) AND done_at > \(now - .days(30)) GROUP BY recorded_by_id
      """
    ) { row in minutes[try row[0]] = try row[1] }
    return Workload.of(cases, minutes: minutes)
  }
}
