import Kernel
import People
import TestKit
import Testing

@testable import Care

/// What a group's records say in numbers, to those who work with it and to others.
@Suite struct GroupFigureTests {
  private static let start = Timestamp(seconds: 1_900_000_000)
  private static let worker = PersonID(rawValue: 9)

  private static func change(_ pairs: [(before: Int64?, after: Int64?)]) -> GroupChange {
    var scores: [GroupScore] = []
    for (index, pair) in pairs.enumerated() {
      let member = GroupMemberID(rawValue: Int64(index + 1))
      if let before = pair.before {
        scores.append(GroupScore(.scamQuiz, .baseline, before, of: member, at: start, by: worker))
      }
      if let after = pair.after {
        scores.append(GroupScore(.scamQuiz, .end, after, of: member, at: start, by: worker))
      }
    }
    return GroupChange(.scamQuiz, scores)
  }

  private static func change(up: Int, same: Int, down: Int) -> GroupChange {
    change(
      Array(repeating: (4, 7), count: up) + Array(repeating: (5, 5), count: same)
        + Array(repeating: (8, 2), count: down))
  }

  @Test func `ups, downs and medians are of those who were measured both times`() {
    let change = Self.change([(3, 8), (5, 5), (9, 4), (2, nil), (nil, 10), (6, 9)])
    #expect((change.up, change.same, change.down) == (2, 1, 1))
    #expect((change.onlyBefore, change.onlyAfter) == (1, 1))
    #expect(change.medianBefore?.text == "5.5" && change.medianAfter?.text == "6.5")
    #expect(change.signTestThousandths == nil, "four pairs")
  }

  @Test func `the last score of its kind counts, and other measures and phases do not`() {
    let member = GroupMemberID(rawValue: 1)
    func score(_ measure: OutcomeScore.Measure, _ phase: OutcomeScore.Phase, _ value: Int64) -> GroupScore {
      GroupScore(measure, phase, value, of: member, at: Self.start, by: Self.worker)
    }
    let change = GroupChange(
      .scamQuiz,
      [
        score(.scamQuiz, .baseline, 9), score(.scamQuiz, .baseline, 3), score(.scamQuiz, .end, 5),
        score(.satisfaction, .end, 1), score(.scamQuiz, .followUp, 0), score(.scamQuiz, .middle, 0),
      ])
    #expect((change.up, change.same, change.down) == (1, 0, 0))
  }

  @Test func `the median is the middle one, or lies halfway between the two in the middle`() {
    #expect(Median([])?.text == nil)
    #expect(Median([4])?.text == "4")
    #expect(Median([9, 1])?.text == "5")
    #expect(Median([2, 1])?.text == "1.5")
    #expect(Median([5, 1, 9])?.text == "5")
    #expect(Median([-2, -1])?.text == "-1.5")
  }

  @Test func `no probability is told with fewer than ten pairs`() {
    for pairs in 0..<10 { #expect(Self.change(up: pairs, same: 0, down: 0).signTestThousandths == nil) }
    #expect(Self.change(up: 0, same: 10, down: 0).signTestThousandths == nil, "nobody changed")
    #expect(Self.change(up: 10, same: 0, down: 0).signTestThousandths == 2)
    #expect(Self.change(up: 9, same: 0, down: 1).signTestThousandths == 21)
    #expect(Self.change(up: 2, same: 0, down: 8).signTestThousandths == 109)
    #expect(Self.change(up: 5, same: 2, down: 5).signTestThousandths == 1000)
    #expect(Self.change(up: 0, same: 7, down: 3).signTestThousandths == 250)
  }

  @Test func `the probability is what counting every outcome says`() {
    for changed in 1...12 {
      for up in 0...changed {
        let extreme = max(up, changed - up)
        let outcomes = (0..<(1 << changed)).count { outcome in
          max(outcome.nonzeroBitCount, changed - outcome.nonzeroBitCount) >= extreme
        }
        let counted = Int((Double(outcomes) / Double(1 << changed) * 1000).rounded())
        let change = Self.change(up: up, same: 10, down: changed - up)
        #expect(change.signTestThousandths == counted, "\(up) of \(changed)")
      }
    }
  }

  @Test func `attendance counts those who were to come, as it stood at the moment of the report`() throws {
    let members = (1...3).map { number in
      GroupMember(
        id: GroupMemberID(rawValue: Int64(number)), group: CareGroupID(rawValue: 7),
        person: PersonID(rawValue: Int64(number)), proposedAt: Self.start, proposedBy: Self.worker,
        state: .joined, joinedAt: Self.start + .hours(Int64(number)), leftAt: nil, events: [])
    }
    func version(
      _ number: Int64, _ hours: Int64, _ entries: [(Int64, GroupPresence, Int64?)]
    ) -> GroupSession.Version {
      GroupSession.Version(
        number: number, heldAt: Self.start + .hours(hours), minutes: 60, stage: .formation,
        commerce: .practiceOrder, techniques: [], text: CareTextID(rawValue: 1),
        writtenAt: Self.start + .hours(hours),
        attendance: entries.map {
          GroupAttendance(member: GroupMemberID(rawValue: $0.0), presence: $0.1, participation: $0.2)
        })
    }
    func session(_ number: Int64, _ versions: [GroupSession.Version]) -> GroupSession {
      GroupSession(
        id: GroupSessionID(rawValue: number), group: CareGroupID(rawValue: 7), number: number,
        author: Self.worker, recordedAt: Self.start, locksAt: Self.start, versions: versions, addenda: [])
    }
    let sessions = [
      session(
        1, [version(1, 5, [(1, .present, 3), (2, .absent, nil)]), version(2, 40, [(1, .excused, nil)])]),
      session(2, [version(1, 6, [(1, .late, 2), (2, .excused, nil), (3, .present, 0)])]),
      session(3, [version(1, 30, [(1, .present, 1)])]),
    ]
    let figures = GroupFigures(
      members: members, sessions: sessions, scores: [], practices: [], planned: 6,
      asOf: Self.start + .hours(10))
    #expect(figures.sessions.map(\.there) == [1, 2] && figures.sessions.map(\.expected) == [2, 3])
    let first = try #require(figures.members.first)
    #expect((first.expected, first.there, first.participationTenths) == (2, 2, 25))
    #expect(figures.members.map(\.absent) == [0, 1, 0] && figures.members.map(\.excused) == [0, 1, 0])
    #expect(figures.members.last?.expected == 1, "a meeting before they joined was not missed")
    let earlier = GroupFigures(
      members: members, sessions: sessions, scores: [], practices: [], planned: 6,
      asOf: Self.start + .hours(2))
    #expect(earlier.members.count == 2 && earlier.sessions.isEmpty)
  }

  @Test func `what was written after a report is not in its figures`() {
    let member = GroupMemberID(rawValue: 1)
    func score(_ phase: OutcomeScore.Phase, _ value: Int64, _ hours: Int64) -> GroupScore {
      GroupScore(.scamQuiz, phase, value, of: member, at: Self.start + .hours(hours), by: Self.worker)
    }
    func practice(_ orders: Int64, _ hours: Int64) -> GroupPractice {
      GroupPractice(
        id: GroupPracticeID(rawValue: hours), session: GroupSessionID(rawValue: 1), member: member,
        code: CareTextID(rawValue: 1), from: Self.start, until: Self.start + .hours(1),
        deeds: PracticeDeeds(steps: 0, trapsMet: 0, trapsSeenThrough: 0, orders: orders),
        readAt: Self.start + .hours(hours), readBy: Self.worker)
    }
    func figures(asOf hours: Int64) -> GroupFigures {
      GroupFigures(
        members: [], sessions: [], scores: [score(.baseline, 4, 1), score(.end, 6, 2), score(.end, 2, 9)],
        practices: [practice(1, 2), practice(5, 9)], planned: 6, asOf: Self.start + .hours(hours))
    }
    #expect(figures(asOf: 1).changes[1].pairs == 0 && figures(asOf: 1).practice.learners == 0)
    #expect(figures(asOf: 5).changes[1].up == 1 && figures(asOf: 5).practice.deeds.orders == 1)
    #expect(figures(asOf: 9).changes[1].down == 1 && figures(asOf: 9).practice.deeds.orders == 5)
  }

  @Test func `what leaves the station gives no small number away, alone or together`() {
    for up in 0...16 {
      for same in 0...16 {
        for down in 0...16 {
          let numbers = [up, same, down]
          let cells = SmallCells.shown(numbers, least: GroupOutsideFigures.least)
          let hidden = zip(numbers, cells).filter { $0.1 == nil }.map(\.0)
          #expect(zip(numbers, cells).allSatisfy { $0.1 == nil || $0.1 == $0.0 })
          #expect(cells.allSatisfy { ($0 ?? 5) >= 5 }, "\(numbers)")
          #expect(hidden.count != 1, "\(numbers): the sum gives it away")
          // Where anything is told, those that are not are together too many to be made out.
          if hidden.count == 2 { #expect(hidden.reduce(0, +) >= 5, "\(numbers)") }
        }
      }
    }
    #expect(SmallCells.shown([6, 7, 8], least: 5) == [6, 7, 8])
    #expect(SmallCells.shown([9, 5, 0], least: 5) == [9, nil, nil])
    #expect(SmallCells.shown([8, 0, 0], least: 5) == [nil, nil, nil])
  }
}

/// What stands over words that are shown.
@Suite struct GroupWordTests {
  @Test func `every text of a group has a name in both languages`() {
    let fields = GroupTerms.fields + GroupSession.fields + GroupReport.fields + [.screening, .learnerCode]
    for field in fields {
      #expect(field.label.chinese != field.rawValue && field.label.english != field.rawValue, "\(field)")
    }
  }
}
