import Database
import Kernel
import People

/// How an event of a group stands in its row.
private struct GroupEventRow {
  var kind: String
  var from: GroupStage?
  var to: GroupStage?
  var leader: PersonID?
  var secondLeader: PersonID?
  var supervisor: PersonID?
  var version: Int64?
  var report: GroupReportID?

  init(_ what: GroupEvent.What) {
    switch what {
    case .created: kind = "created"
    case .staffed(let staff):
      kind = "staffed"
      leader = staff.leader
      secondLeader = staff.secondLeader
      supervisor = staff.supervisor
    case .revised(let version):
      kind = "revised"
      self.version = version
    case .moved(let from, let to):
      kind = "moved"
      self.from = from
      self.to = to
    case .closed(let stage, let report):
      kind = "closed"
      from = stage
      self.report = report
    }
  }

  static let columns: Query = """
    kind, from_stage, to_stage, leader_id, second_leader_id, supervisor_id, version, report_id
    """

  init(_ row: borrowing Row, from first: Int) throws {
    kind = try row[first]
    from = try row[first + 1]
    to = try row[first + 2]
    leader = try row[first + 3]
    secondLeader = try row[first + 4]
    supervisor = try row[first + 5]
    version = try row[first + 6]
    report = try row[first + 7]
  }

  /// - Throws: `DatabaseError.unexpectedValue` for a row that no event wrote.
  func what() throws -> GroupEvent.What {
    switch kind {
    case "created": return .created
    case "staffed":
      if let leader, let supervisor {
        return .staffed(
          GroupStaff(leaders: [leader] + [secondLeader].compactMap(\.self), supervisor: supervisor))
      }
    case "revised": if let version { return .revised(version) }
    case "moved": if let from, let to { return .moved(from: from, to: to) }
    case "closed": if let from, let report { return .closed(at: from, report) }
    default: break
    }
    throw DatabaseError.unexpectedValue("no event of a group: \(kind)")
  }
}

extension GroupStore {
  static func insert(
    _ event: GroupEvent, sequence: Int64, of group: CareGroupID, in transaction: Transaction
  ) throws {
    let row = GroupEventRow(event.what)
    try transaction.execute(
      """
      INSERT INTO care_group_event (group_id, sequence, community_id, happened_at, actor_id, actor_role,
        text_id, \(GroupEventRow.columns))
      VALUES (\(group), \(sequence), \(transaction.community), \(event.at), \(event.actor.person),
        \(event.actor.role), \(event.text), \(row.kind), \(row.from), \(row.to), \(row.leader),
        \(row.secondLeader), \(row.supervisor), \(row.version), \(row.report))
      """)
  }

  /// Everything that happened to a group, oldest first.
  static func events(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupEvent] {
    try snapshot.all(
      """
      SELECT happened_at, actor_id, actor_role, text_id, \(GroupEventRow.columns) FROM care_group_event
      WHERE group_id = \(group) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      GroupEvent(
        try GroupEventRow(row, from: 4).what(), at: try row[0],
        by: Actor(person: try row[1], role: try row[2]), text: try row[3])
    }
  }
}
