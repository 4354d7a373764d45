package import Kernel

/// What somebody has to do with a group.
package enum GroupRelation: String, Sendable, CaseIterable {
  case leader
  /// Looks over the leaders' shoulder and approves the report.
  case supervisor

  package var name: Phrase {
    switch self {
    case .leader: Phrase("带小组的社工", "leads it")
    case .supervisor: Phrase("督导", "supervises it")
    }
  }
}

/// What of one group somebody may see and do now, decided in one place.
///
/// Whoever gets none does not learn that there is such a group: not the committee, not colleagues, not its members. Members
/// read of it on a page of their own. Source: field/socialwork.md §2.5.
package struct GroupAccess: Sendable, Equatable {
  package let relation: GroupRelation
  /// Whether members, meetings, scores and the report may be written, and the stage changed.
  package let mayWrite: Bool
  /// Whether later scores may be noted, when the group is over.
  package let mayScore: Bool
  /// Whether others may be named to lead and supervise it.
  package let mayStaff: Bool
  /// Whether the report may be approved or sent back.
  package let mayApprove: Bool

  /// What of a group decides who may see it.
  package struct Facts: Sendable, Equatable {
    package let staff: GroupStaff
    package let isClosed: Bool
  }

  /// What may be read of whatever a group holds. Nothing of it is told in confidence of one reader alone.
  package static let ceiling: Sensitivity = .sensitive

  /// - Returns: nil where the group does not exist for this reader. Whoever lost the role lost the group with it.
  package static func of(_ reader: CaseReader, to facts: Facts) -> GroupAccess? {
    let leads = reader.roles.contains(.socialWorker) && facts.staff.leaders.contains(reader.person)
    let supervises = reader.roles.contains(.supervisor) && facts.staff.supervisor == reader.person
    guard leads || supervises else { return nil }
    return GroupAccess(
      relation: leads ? .leader : .supervisor, mayWrite: leads && !facts.isClosed, mayScore: leads,
      mayStaff: !facts.isClosed, mayApprove: supervises && !facts.isClosed)
  }
}
