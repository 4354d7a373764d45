import Database
package import Kernel

/// What a group came to: how far each goal was met, in the members' own words and in figures. It waits for the supervisor's
/// word, and ends the group with it; one that was sent back is followed by another.
package struct GroupReport: Sendable, Equatable {
  package let id: GroupReportID
  package let group: CareGroupID
  /// The version of the terms whose goals it looks back on.
  package let version: Int64
  /// In the order of the goals.
  package let goals: [Goal]
  /// Summary, members' voice, what follows, and why the group ends early.
  package let text: CareTextID
  /// Its figures are those of this moment.
  package let madeAt: Timestamp
  package let madeBy: PersonID
  package let decision: CaseClosing.Decision?

  package struct Goal: Sendable, Equatable {
    package let result: Result
    package let text: CareTextID?

    package init(_ result: Result, text: CareTextID? = nil) {
      self.result = result
      self.text = text
    }
  }

  package enum Result: String, Sendable, CaseIterable, Storable {
    case reached
    case partly
    case missed

    package var name: Phrase {
      switch self {
      case .reached: Phrase("达到了", "Reached")
      case .partly: Phrase("达到一部分", "Partly reached")
      case .missed: Phrase("没有达到", "Not reached")
      }
    }
  }

  package static let fields: [CareDocument.Field] = [.summary, .voice, .followUp, .reason]
  package static let required: Set<CareDocument.Field> = [.summary, .voice]

  /// Why this person may not decide on it, or nil: nobody approves what they wrote, or what they led.
  ///
  /// - Parameters:
  ///   - led: everybody who ever led the group.
  ///   - isSelfApproved: whether the actor holds the right to approve what they wrote themselves.
  package func refusalToDecide(
    by actor: PersonID, led: Set<PersonID>, isSelfApproved: Bool = false
  ) -> Problem? {
    if decision != nil { return .closingDecided }
    return (actor == madeBy || led.contains(actor)) && !isSelfApproved ? .ownApproval : nil
  }
}

/// What a group's records say in numbers, as they stood at one moment.
package struct GroupFigures: Sendable, Equatable {
  package let planned: Int64
  package let sessions: [Session]
  package let members: [Member]
  package let changes: [GroupChange]
  package let practice: Practice

  package struct Session: Sendable, Equatable {
    package let number: Int64
    package let heldAt: Timestamp
    package let commerce: GroupCommerce
    package let there: Int
    /// Those who were to come.
    package let expected: Int
  }

  package struct Member: Sendable, Equatable {
    package let id: GroupMemberID
    package let expected: Int
    package let there: Int
    package let excused: Int
    package let absent: Int
    /// The mean of what they took part, in tenths and rounded; nil where they never came.
    package let participationTenths: Int?
  }

  package struct Practice: Sendable, Equatable {
    /// Members whose code was read at least once.
    package let learners: Int
    package let deeds: PracticeDeeds
  }

  /// - Parameter moment: what was written later is left out.
  package init(
    members: [GroupMember], sessions: [GroupSession], scores: [GroupScore], practices: [GroupPractice],
    planned: Int64, asOf moment: Timestamp
  ) {
    self.planned = planned
    let held = sessions.compactMap { session in
      session.version(asOf: moment).map { (number: session.number, version: $0) }
    }.sorted { $0.number < $1.number }
    self.sessions = held.map { number, version in
      Session(
        number: number, heldAt: version.heldAt, commerce: version.commerce,
        there: version.attendance.count { $0.presence.isThere }, expected: version.attendance.count)
    }
    let entries = Dictionary(grouping: held.flatMap(\.version.attendance), by: \.member)
    self.members = members.filter { ($0.joinedAt ?? moment + .days(1)) <= moment }
      .map { Member($0.id, entries[$0.id] ?? []) }
    let scored = scores.filter { $0.at <= moment }
    changes = GroupScore.measures.map { GroupChange($0, scored) }
    let read = Self.last(practices.filter { $0.readAt <= moment })
    practice = Practice(
      learners: Set(read.map(\.member)).count, deeds: read.map(\.deeds).reduce(.nothing, +))
  }

  /// The last reading of each member at each meeting: one that was read anew counts once.
  private static func last(_ practices: [GroupPractice]) -> [GroupPractice] {
    practices.indices.filter { index in
      !practices[(index + 1)...].contains {
        $0.session == practices[index].session && $0.member == practices[index].member
      }
    }.map { practices[$0] }
  }
}

extension GroupFigures.Member {
  fileprivate init(_ id: GroupMemberID, _ entries: [GroupAttendance]) {
    let shares = entries.compactMap(\.participation)
    self.init(
      id: id, expected: entries.count, there: entries.count { $0.presence.isThere },
      excused: entries.count { $0.presence == .excused }, absent: entries.count { $0.presence == .absent },
      participationTenths: shares.isEmpty
        ? nil : Int((shares.reduce(0, +) * 20 + Int64(shares.count)) / (2 * Int64(shares.count))))
  }
}
