package import Kernel

/// What somebody has to do with a campaign of visits.
package enum VisitRelation: String, Sendable, CaseIterable {
  /// Runs it.
  case runner
  /// Looks over the runner's shoulder.
  case supervisor
  /// Goes to some of its doors.
  case visitor
}

/// What of one campaign somebody may see and do now: decided in one place.
///
/// Whoever gets none does not learn that there is such a campaign. Visitors see their own doors while it runs, and of those
/// never why they are on the list. Source: field/socialwork.md §2.5, the volunteer's row.
package struct VisitAccess: Sendable, Equatable {
  package let relation: VisitRelation
  /// Whether all of it may be seen and arranged: list, outcomes, answers and notes.
  package let mayArrange: Bool
  /// Whether the reader has doors of their own to go to now.
  package let mayVisit: Bool

  /// What of a campaign decides who may see it.
  package struct Facts: Sendable, Equatable {
    package let runner: PersonID
    package let supervisor: PersonID
    package let isRunning: Bool
    /// Whether a door that is on the list is the reader's.
    package let hasDoor: Bool
  }

  /// - Returns: nil where the campaign does not exist for this reader.
  package static func of(_ reader: CaseReader, to facts: Facts) -> VisitAccess? {
    let mayVisit = facts.isRunning && facts.hasDoor
    func access(_ relation: VisitRelation) -> VisitAccess {
      VisitAccess(relation: relation, mayArrange: relation != .visitor, mayVisit: mayVisit)
    }
    let isStaff = !reader.roles.isDisjoint(with: CaseReader.roles)
    if isStaff, facts.runner == reader.person { return access(.runner) }
    if reader.roles.contains(.supervisor), facts.supervisor == reader.person { return access(.supervisor) }
    return mayVisit ? access(.visitor) : nil
  }

  /// Whether this door is one that the reader may see.
  package func sees(_ door: VisitDoor, _ reader: CaseReader) -> Bool {
    mayArrange || (mayVisit && door.isListed && door.visitor == reader.person)
  }
}
