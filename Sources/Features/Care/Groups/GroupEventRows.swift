import Database
import Kernel
import People

/// How an event of a group stands in its row.
struct GroupEventRow: CareEventRow {
  typealias Matter = CareGroupKind

  static let table: Query = "care_group_event"
  static let matter: Query = "group_id"

  var kind: String
  var from: GroupStage?
  var to: GroupStage?
  var leader: PersonID?
  var secondLeader: PersonID?
  var supervisor: PersonID?
  var version: Int64?
  var report: GroupReportID?

  init(_ what: GroupHappening) {
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

  var values: Query {
    "\(kind), \(from), \(to), \(leader), \(secondLeader), \(supervisor), \(version), \(report)"
  }

  func what() throws -> GroupHappening {
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
