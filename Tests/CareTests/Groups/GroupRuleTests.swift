import Kernel
import People
import TestKit
import Testing

@testable import Care

/// The rules of group work as values.
@Suite struct GroupRuleTests {
  private static let leader = PersonID(rawValue: 1)
  private static let second = PersonID(rawValue: 2)
  private static let supervisor = PersonID(rawValue: 3)
  private static let resident = PersonID(rawValue: 4)
  private static let actor = Actor(person: leader, role: .socialWorker)
  private static let start = Timestamp(seconds: 1_900_000_000)

  private static func standing(
    _ stage: GroupStage = .preparation, isClosed: Bool = false
  ) -> GroupStanding {
    var standing = GroupStanding.new(GroupStaff(leaders: [leader], supervisor: supervisor))
    standing.stage = stage
    if isClosed { standing.closedAt = start }
    return standing
  }

  /// Another account of the stages: a number from 0 to 4.
  private struct Model {
    var place = 0
    var isClosed = false

    mutating func go(to target: Int, hasNote: Bool, joined: Int64, minimum: Int64) -> Bool {
      if isClosed { return false }
      let isAllowed: Bool
      if target == place + 1 {
        isAllowed = place > 0 || joined >= minimum
      } else if target == place - 1 {
        isAllowed = true
      } else {
        isAllowed = target < place && hasNote
      }
      if isAllowed { place = target }
      return isAllowed
    }
  }

  @Test func `20000 random moves go as an independent account says`() throws {
    var random = SeededGenerator(seed: 95_2017)
    var (standing, model) = (Self.standing(), Model())
    var (taken, refused) = (0, 0)
    for step in 0..<20_000 {
      if step.isMultiple(of: 500) {
        standing = Self.standing()
        model = Model()
      }
      let target = Int.random(in: 0...4, using: &random)
      let hasNote = Bool.random(using: &random)
      let joined = Int64.random(in: 0...6, using: &random)
      if Int.random(in: 0..<300, using: &random) == 0 {
        let report = GroupReportID(rawValue: 7)
        standing = standing.after(
          GroupEvent(.closed(at: standing.stage, report), at: Self.start, by: Self.actor))
        model.isClosed = true
      }
      let what = try? GroupRules.event(
        moving: standing, to: GroupStage.allCases[target], hasNote: hasNote, joined: joined, minimum: 3)
      let before = standing
      if let what { standing = standing.after(GroupEvent(what, at: Self.start, by: Self.actor)) }
      let isTaken = model.go(to: target, hasNote: hasNote, joined: joined, minimum: 3)
      #expect((what != nil) == isTaken, "step \(step): \(before.stage) to \(target)")
      #expect(standing.stage.position == model.place)
      #expect(standing.events == before.events + (isTaken ? 1 : 0))
      #expect(standing.isClosed == model.isClosed)
      taken += isTaken ? 1 : 0
      refused += isTaken ? 0 : 1
    }
    #expect(taken > 2_000 && refused > 2_000, "\(taken) \(refused)")
  }

  @Test func `what stands in the way is told apart`() {
    func code(_ from: GroupStage, _ to: GroupStage, note: Bool = false, joined: Int64 = 9) -> String? {
      do {
        _ = try GroupRules.event(
          moving: Self.standing(from), to: to, hasNote: note, joined: joined, minimum: 3)
        return nil
      } catch {
        return (error as? Problem)?.code
      }
    }
    #expect(code(.preparation, .formation) == nil)
    #expect(code(.preparation, .formation, joined: 2) == "group.too_few")
    #expect(code(.formation, .transition, joined: 0) == nil)
    #expect(code(.preparation, .transition, note: true) == "group.not_possible")
    #expect(code(.maturity, .maturity, note: true) == "group.not_possible")
    #expect(code(.maturity, .transition) == nil)
    #expect(code(.maturity, .formation) == "form.invalid")
    #expect(code(.maturity, .formation, note: true) == nil)
    #expect(code(.ending, .preparation, note: true) == nil)
  }

  @Test func `the stage of a meeting is that of its time`() {
    let steps: [(Int64, GroupStage, GroupStage)] = [
      (10, .preparation, .formation), (20, .formation, .transition), (30, .transition, .formation),
    ]
    let events =
      [GroupEvent(.created, at: Self.start, by: Self.actor)]
      + steps.map { hours, from, to in
        GroupEvent(.moved(from: from, to: to), at: Self.start + .hours(hours), by: Self.actor)
      }
    let stages = [-5, 0, 9, 10, 19, 20, 29, 30, 99].map {
      GroupRules.stage(at: Self.start + .hours($0), events)
    }
    #expect(
      stages == [
        .preparation, .preparation, .preparation, .formation, .formation, .transition, .transition,
        .formation, .formation,
      ])
  }

  @Test
  func
    `a closed group takes people until it has formed, an open one until it ends, and none when it is over`()
  {
    let closed = GroupStage.allCases.filter {
      GroupRules.takesPeople(Self.standing($0), isOpen: false)
    }
    #expect(closed == [.preparation, .formation])
    let open = GroupStage.allCases.filter { GroupRules.takesPeople(Self.standing($0), isOpen: true) }
    #expect(open == [.preparation, .formation, .transition, .maturity])
    for stage in GroupStage.allCases {
      #expect(!GroupRules.takesPeople(Self.standing(stage, isClosed: true), isOpen: true))
    }
  }

  @Test func `nobody joins a full group, and nobody who works on it`() {
    func join(_ joined: Int64, stage: GroupStage = .formation) -> String? {
      GroupRules.refusalToJoin(Self.standing(stage), isOpen: false, joined: joined, maximum: 8)?.code
    }
    #expect(join(0) == nil && join(7) == nil)
    #expect(join(8) == "group.full" && join(9) == "group.full")
    #expect(join(0, stage: .transition) == "group.takes_nobody")
    func propose(_ person: PersonID, isUnderWay: Bool = false) -> String? {
      GroupRules.refusalToPropose(person, Self.standing(), isOpen: true, isUnderWay: isUnderWay)?.code
    }
    #expect(propose(Self.resident) == nil)
    #expect(propose(Self.resident, isUnderWay: true) == "group.member_twice")
    #expect(propose(Self.leader) == "group.staff_is_member")
    #expect(propose(Self.supervisor) == "group.staff_is_member")
  }

  @Test func `one or two social workers lead, somebody else supervises, and none of them is or was a member`()
  {
    func code(
      _ leaders: [PersonID], _ supervisor: PersonID, members: Set<PersonID> = [], isSelfApproved: Bool = false
    ) -> String? {
      GroupRules.refusal(
        of: GroupStaff(leaders: leaders, supervisor: supervisor),
        workers: [Self.leader, Self.second, Self.supervisor], supervisors: [Self.supervisor],
        members: members, isSelfApproved: isSelfApproved)?.code
    }
    #expect(code([Self.leader], Self.supervisor) == nil)
    #expect(code([Self.leader, Self.second], Self.supervisor) == nil)
    #expect(code([], Self.supervisor) == "group.leaders")
    #expect(code([Self.leader, Self.leader], Self.supervisor) == "group.leaders")
    #expect(code([Self.leader, Self.second, Self.resident], Self.supervisor) == "group.leaders")
    #expect(code([Self.resident], Self.supervisor) == "assignment.not_a_worker")
    #expect(code([Self.leader], Self.second) == "assignment.not_a_supervisor")
    #expect(code([Self.supervisor], Self.supervisor) == "group.own_supervisor")
    #expect(code([Self.supervisor], Self.supervisor, isSelfApproved: true) == nil)
    for member in [Self.leader, Self.supervisor] {
      #expect(code([Self.leader], Self.supervisor, members: [member]) == "group.staff_is_member")
    }
  }

  @Test func `a person's way is talked over, answered by themselves, and ends once`() {
    let ways: [GroupMemberState: Set<GroupMemberState>] = [
      .proposed: [.accepted, .notAccepted, .referred, .declined],
      .accepted: [.joined, .declined, .notAccepted, .referred], .joined: [.left], .notAccepted: [],
      .referred: [], .declined: [], .left: [],
    ]
    let answers: [GroupAnswer?] = [
      nil, CareStation.yes, GroupAnswer(by: .guardian, method: .onPaper),
      GroupAnswer(by: .person, method: .ownPage),
    ]
    for from in GroupMemberState.allCases {
      let member = GroupMember(
        id: GroupMemberID(rawValue: 1), group: CareGroupID(rawValue: 2), person: Self.resident,
        proposedAt: Self.start, proposedBy: Self.leader, state: from, joinedAt: nil, leftAt: nil, events: [])
      for to in GroupMemberState.allCases {
        for answer in answers {
          for hasReason in [true, false] {
            let needsAnswer = to == .joined || to == .declined
            let needsReason = [.notAccepted, .referred, .left].contains(to)
            let isAllowed =
              ways[from]?.contains(to) == true && (!needsAnswer || answer != nil)
              && answer?.method != .ownPage && (!needsReason || hasReason)
            let refusal = member.refusal(of: to, answer: answer, hasReason: hasReason)
            #expect((refusal == nil) == isAllowed, "\(from) → \(to), \(String(describing: answer))")
          }
        }
      }
    }
  }

  @Test func `a report ends a group at its last stage, or says why sooner; one waits at a time`() {
    func code(_ stage: GroupStage, waits: Bool = false, why: Bool = false, isClosed: Bool = false) -> String?
    {
      GroupRules.refusalToReport(
        Self.standing(stage, isClosed: isClosed), isWaiting: waits, saysWhyEarly: why)?.code
    }
    #expect(code(.ending) == nil)
    #expect(code(.ending, waits: true) == "group.report_waiting")
    #expect(code(.formation) == "form.invalid" && code(.formation, why: true) == nil)
    #expect(code(.ending, isClosed: true) == "group.closed")
  }

  @Test func `whoever wrote a report or ever led the group does not approve it`() {
    let report = GroupReport(
      id: GroupReportID(rawValue: 1), group: CareGroupID(rawValue: 2), version: 1, goals: [],
      text: CareTextID(rawValue: 3), madeAt: Self.start, madeBy: Self.second, decision: nil)
    func code(_ person: PersonID, isSelfApproved: Bool = false) -> String? {
      report.refusalToDecide(by: person, led: [Self.leader], isSelfApproved: isSelfApproved)?.code
    }
    #expect(code(Self.supervisor) == nil)
    #expect(code(Self.second) == "approval.own" && code(Self.leader) == "approval.own")
    #expect(code(Self.leader, isSelfApproved: true) == nil)
  }

  @Test func `a record is mended by its author within three days and by nobody later`() {
    let session = GroupSession(
      id: GroupSessionID(rawValue: 1), group: CareGroupID(rawValue: 2), number: 1, author: Self.leader,
      recordedAt: Self.start, locksAt: Self.start + CaseNote.mendingTime, versions: [], addenda: [])
    let last = Self.start + .days(3) - .microseconds(1)
    #expect(session.refusalToMend(by: Self.leader, at: last) == nil)
    #expect(session.refusalToMend(by: Self.second, at: last)?.code == "note.of_another")
    #expect(session.refusalToMend(by: Self.leader, at: Self.start + .days(3))?.code == "note.locked")
  }

  @Test func `goals are the lines that say something`() {
    let document = CareDocument([.goals: " 会自己下一单 \n\n\u{3000}认得假链接\r\n"])
    #expect(GroupTerms.goals(document) == ["会自己下一单", "认得假链接"])
    #expect(GroupTerms.goals(nil) == [])
  }
}
