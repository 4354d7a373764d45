import Database
import Kernel
import People

/// Every look into a group is an event of the audit chain.
enum GroupReadings {
  /// What was looked at.
  enum Look: String, CaseIterable {
    case group
    case member
    case session
    case report
    case print

    var name: Phrase {
      switch self {
      case .group: Phrase("看了小组", "Looked at the group")
      case .member: Phrase("看了一位组员", "Looked at a member")
      case .session: Phrase("看了一节记录", "Looked at a meeting")
      case .report: Phrase("看了小组报告", "Looked at the report")
      case .print: Phrase("打印了对外版", "Printed the report for others")
      }
    }
  }

  static let action: StaticString = "care.group_read"

  /// Notes that somebody looks. Nothing is shown unless this is written.
  ///
  /// - Parameter member: whose page it is, where it is one member's.
  static func note(
    _ open: OpenGroup, _ look: Look, at member: PersonID?, in transaction: Transaction
  ) throws {
    try transaction.audit(
      action, open, of: open.id.rawValue, about: member,
      purpose: "\(open.access.relation.rawValue) \(look.rawValue)")
  }

  /// One look, as those who work with the group read of it.
  struct Entry: Sendable, Equatable {
    let reader: PersonID
    let relation: GroupRelation?
    let look: Look?
    let at: Timestamp
  }

  /// Who looked at a group, the newest first.
  static func entries(
    of group: CareGroupID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Entry] {
    try snapshot.auditTrail(of: group.rawValue, in: community, limit: limit)
      .filter { $0.entry.action == action.description }
      .map { entry, moment in
        let words = entry.purpose.split(separator: " ").map(String.init)
        return Entry(
          reader: entry.actor, relation: words.first.flatMap(GroupRelation.init),
          look: words.last.flatMap(Look.init), at: moment)
      }
  }
}

extension Transaction {
  /// Notes what was done in a group, to one of its members or to the group as a whole.
  func audit(
    _ action: StaticString, _ open: OpenGroup, of object: Int64, about member: PersonID? = nil,
    purpose: String = ""
  ) throws {
    try audit(
      AuditEntry(
        actor: open.actor.person, role: open.actor.role, onBehalfOf: member, action: action, object: object,
        purpose: purpose))
  }
}
