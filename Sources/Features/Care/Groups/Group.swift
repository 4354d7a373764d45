package import Kernel
package import People

/// One group as it stands: what it means to do, and where the last of its events has brought it.
package struct CareGroup: Sendable, Equatable {
  package let id: CareGroupID
  /// 1, 2, 3 … within the community.
  package let number: Int64
  package let createdAt: Timestamp
  package let createdBy: Actor
  /// The newest version.
  package var terms: GroupTerms
  package var standing: GroupStanding

  /// `X-0003`, as it stands on files.
  package var label: String { Self.label(number) }

  package static func label(_ number: Int64) -> String {
    let digits = String(number)
    return "X-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// One version of what a group means to do. A version is never changed: whoever wants it otherwise writes the next one.
package struct GroupTerms: Sendable, Equatable {
  /// 1, 2, 3 … within the group.
  package let version: Int64
  /// What members call it; it says nothing of any of them.
  package let name: String
  package let type: GroupType
  /// Whether people may still come once the group has found itself.
  package let isOpen: Bool
  package let minimum: Int64
  package let maximum: Int64
  /// How many meetings are planned.
  package let sessions: Int64
  package let budget: Money
  /// How many goals there are; what they are is sealed.
  package let goals: Int64
  /// Theory, goals and place.
  package let text: CareTextID
  package let writtenAt: Timestamp
  package let writtenBy: PersonID

  package static let fields: [CareDocument.Field] = [.theory, .goals, .place]
  package static let memberRange: ClosedRange<Int64> = 2...60
  package static let sessionRange: ClosedRange<Int64> = 1...60
  package static let nameLength = 2...40
  /// More goals than this are no goals.
  package static let mostGoals = 8

  /// The goals of a document: one on each line.
  package static func goals(_ document: CareDocument?) -> [String] {
    (document?[.goals] ?? "").split(whereSeparator: \.isNewline)
      .map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var part = drop(while: \.isWhitespace)
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}

/// Who leads a group and who looks over their shoulder.
package struct GroupStaff: Sendable, Equatable {
  /// One or two.
  package let leaders: [PersonID]
  package let supervisor: PersonID

  package init(leaders: [PersonID], supervisor: PersonID) {
    self.leaders = leaders
    self.supervisor = supervisor
  }

  package var all: Set<PersonID> { Set(leaders + [supervisor]) }
}

/// What the events of a group come to.
package struct GroupStanding: Sendable, Equatable {
  package var stage: GroupStage
  package var staff: GroupStaff
  /// The newest version of its terms.
  package var version: Int64
  /// When it first was more than an idea.
  package var startedAt: Timestamp?
  package var closedAt: Timestamp?
  /// How many events there are: a form that saw fewer is stale.
  package var events: Int64

  package var isClosed: Bool { closedAt != nil }

  /// Before any event.
  static func new(_ staff: GroupStaff) -> GroupStanding {
    GroupStanding(
      stage: .preparation, staff: staff, version: 1, startedAt: nil, closedAt: nil, events: 0)
  }

  /// The standing after one more event: the only way in which it changes.
  package func after(_ event: GroupEvent) -> GroupStanding {
    var standing = self
    standing.events += 1
    switch event.what {
    case .created: break
    case .staffed(let staff): standing.staff = staff
    case .revised(let version): standing.version = version
    case .moved(_, let stage):
      standing.stage = stage
      if stage == .formation, startedAt == nil { standing.startedAt = event.at }
    case .closed: standing.closedAt = event.at
    }
    return standing
  }
}

package typealias GroupEvent = CareEvent<GroupHappening>

/// What changed where a group stands.
package enum GroupHappening: Sendable, Equatable {
  case created
  case staffed(GroupStaff)
  /// With the number of the new version of its terms.
  case revised(Int64)
  case moved(from: GroupStage, to: GroupStage)
  /// Ended by a report that the supervisor approved, at whatever stage it then was.
  case closed(at: GroupStage, GroupReportID)
}

/// A group as a member reads of it: no more than that there is one, how far it is, and when they came and went.
package struct GroupOfMember: Sendable, Equatable {
  package let id: CareGroupID
  package let name: String
  package let stage: GroupStage
  package let joinedAt: Timestamp
  package let leftAt: Timestamp?
  package let startedAt: Timestamp?
  package let closedAt: Timestamp?
}
