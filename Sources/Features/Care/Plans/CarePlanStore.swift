import Database
import Kernel
import People

/// The queries of plans.
enum CarePlanStore {
  private static let columns: Query = """
    id, case_id, episode, version, text_id, review_at, made_at, made_by_id
    """

  /// All versions of a case, the newest first.
  static func plans(of file: CaseID, in community: CommunityID, _ snapshot: Snapshot) throws -> [CarePlan] {
    try plans("case_id = \(file) AND community_id = \(community)", snapshot)
  }

  static func find(_ id: CarePlanID, in community: CommunityID, _ snapshot: Snapshot) throws -> CarePlan? {
    try plans("id = \(id) AND community_id = \(community)", snapshot).first
  }

  private static func plans(_ condition: Query, _ snapshot: Snapshot) throws -> [CarePlan] {
    let plans = try snapshot.all(
      "SELECT \(columns) FROM care_plan WHERE \(condition) ORDER BY version DESC"
    ) { row in
      CarePlan(
        id: try row[0], caseID: try row[1], episode: try row[2], version: try row[3], text: try row[4],
        reviewAt: try row[5], madeAt: try row[6], madeBy: try row[7], events: [])
    }
    var events: [CarePlanID: [CarePlanEvent]] = [:]
    for part in snapshot.chunks(of: plans.map(\.id)) {
      try snapshot.forEach(
        """
        SELECT plan_id, kind, happened_at, actor_id, actor_role, method, text_id FROM care_plan_event
        WHERE plan_id IN \(list: part) ORDER BY plan_id, sequence
        """
      ) { row in
        events[try row[0], default: []].append(
          CarePlanEvent(
            kind: try row[1], at: try row[2], actor: Actor(person: try row[3], role: try row[4]),
            method: try row[5], text: try row[6]))
      }
    }
    return plans.map { plan in
      CarePlan(
        id: plan.id, caseID: plan.caseID, episode: plan.episode, version: plan.version, text: plan.text,
        reviewAt: plan.reviewAt, madeAt: plan.madeAt, madeBy: plan.madeBy, events: events[plan.id] ?? [])
    }
  }

  static func insert(_ plan: CarePlan, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_plan (\(columns), community_id)
      VALUES (\(plan.id), \(plan.caseID), \(plan.episode), \(plan.version), \(plan.text), \(plan.reviewAt),
        \(plan.madeAt), \(plan.madeBy), \(transaction.community))
      """)
  }

  static func append(_ event: CarePlanEvent, to plan: CarePlan, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_plan_event (plan_id, sequence, community_id, kind, happened_at, actor_id, actor_role,
        method, text_id)
      VALUES (\(plan.id), \(plan.events.count + 1), \(transaction.community), \(event.kind), \(event.at),
        \(event.actor.person), \(event.actor.role), \(event.method), \(event.text))
      """)
  }
}
