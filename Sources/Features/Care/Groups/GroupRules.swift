package import Kernel
import People

/// The rules of group work: pure functions. Source: MZ/T 095-2017; field/socialwork.md §2.2.
package enum GroupRules {
  // MARK: - Stages

  /// The event that a wish to be at another stage makes: forward one at a time; back one step as one likes, and further
  /// with a note that says why.
  ///
  /// - Parameters:
  ///   - joined: how many members there are; a group begins with its minimum.
  /// - Throws: `group.not_possible`, `group.note_needed`, `group.too_few`, `group.closed`.
  package static func event(
    moving standing: GroupStanding, to stage: GroupStage, hasNote: Bool, joined: Int64, minimum: Int64
  ) throws -> GroupEvent.What {
    if standing.isClosed { throw Problem.groupClosed }
    let steps = stage.position - standing.stage.position
    switch steps {
    case 1:
      if standing.stage == .preparation, joined < minimum { throw Problem.groupTooFew(minimum) }
    case -1: break
    case ..<(-1): if !hasNote { throw Problem.groupNoteNeeded }
    default: throw Problem.groupMoveImpossible
    }
    return .moved(from: standing.stage, to: stage)
  }

  /// The stage that a group had reached at a moment.
  package static func stage(at moment: Timestamp, _ events: [GroupEvent]) -> GroupStage {
    var stage = GroupStage.preparation
    for event in events where event.at <= moment {
      if case .moved(_, let next) = event.what { stage = next }
    }
    return stage
  }

  // MARK: - Staff

  /// Why these may not lead and supervise a group, or nil. Nobody leads or supervises what they are or were a member of;
  /// nobody supervises their own leading unless they may approve what they wrote themselves.
  package static func refusal(
    of staff: GroupStaff, workers: Set<PersonID>, supervisors: Set<PersonID>, members: Set<PersonID>,
    isSelfApproved: Bool
  ) -> Problem? {
    guard (1...2).contains(staff.leaders.count), Set(staff.leaders).count == staff.leaders.count else {
      return .groupLeadersTwice
    }
    guard workers.isSuperset(of: staff.leaders) else { return .assignmentNotWorker }
    guard supervisors.contains(staff.supervisor) else { return .assignmentNotSupervisor }
    if staff.leaders.contains(staff.supervisor), !isSelfApproved { return .groupOwnSupervisor }
    return staff.all.isDisjoint(with: members) ? nil : .groupStaffIsMember
  }

  // MARK: - Members

  /// Whether a group of this kind still takes people: a closed one until it has formed, an open one until it ends.
  package static func takesPeople(_ standing: GroupStanding, isOpen: Bool) -> Bool {
    !standing.isClosed && (isOpen ? standing.stage < .ending : standing.stage <= .formation)
  }

  /// Why a person may not be proposed, or nil.
  ///
  /// - Parameter isUnderWay: whether they are proposed, accepted or in it already.
  package static func refusalToPropose(
    _ person: PersonID, _ standing: GroupStanding, isOpen: Bool, isUnderWay: Bool
  ) -> Problem? {
    if standing.isClosed { return .groupClosed }
    if !takesPeople(standing, isOpen: isOpen) { return .groupTakesNobody }
    if standing.staff.all.contains(person) { return .groupStaffIsMember }
    return isUnderWay ? .groupMemberTwice : nil
  }

  /// Why somebody who said yes may not join, or nil.
  ///
  /// - Parameter joined: how many are in it without them.
  package static func refusalToJoin(
    _ standing: GroupStanding, isOpen: Bool, joined: Int64, maximum: Int64
  ) -> Problem? {
    if standing.isClosed { return .groupClosed }
    if !takesPeople(standing, isOpen: isOpen) { return .groupTakesNobody }
    return joined < maximum ? nil : .groupFull
  }

  // MARK: - Report

  /// Why a report may not be written now, or nil. Whoever ends a group before its last stage says why.
  package static func refusalToReport(
    _ standing: GroupStanding, isWaiting: Bool, saysWhyEarly: Bool
  ) -> Problem? {
    if standing.isClosed { return .groupClosed }
    if isWaiting { return .groupReportWaiting }
    return standing.stage == .ending || saysWhyEarly ? nil : .groupEarlyEnd
  }
}

extension Problem {
  static let groupClosed = Problem(
    "group.closed", status: 409,
    Phrase("这个小组已经结束了。", "This group has ended."),
    advice: Phrase("结束以后只能看，和补记回访的分数。", "It can be read, and later scores can be added; nothing else."))

  static let groupMoveImpossible = Problem(
    "group.not_possible", status: 409,
    Phrase("往前一次只能走一步。", "A group goes forward one stage at a time."),
    advice: Phrase("请刷新页面，看看它现在在哪个阶段。", "Please reload the page to see where it stands."))

  static let groupNoteNeeded = Problem.invalid([
    FieldProblem(
      "reason", Phrase("退回不止一步，请写一下原因。", "Going back more than one stage needs a reason in words."))
  ])

  static func groupTooFew(_ minimum: Int64) -> Problem {
    Problem(
      "group.too_few", status: 409,
      Phrase(
        "组员还不到 \(minimum) 人，小组还不能开始。",
        "There are fewer than \(minimum) members yet, so the group cannot begin."),
      advice: Phrase("再请几位，或者改一改最少人数。", "Invite some more, or change the smallest number of members."))
  }

  static let groupLeadersTwice = Problem(
    "group.leaders", status: 409,
    Phrase("带小组的是一位或两位不同的社工。", "A group is led by one or two different social workers."))

  static let groupOwnSupervisor = Problem(
    "group.own_supervisor", status: 409,
    Phrase("带小组的人不能督导自己。", "Nobody supervises a group that they lead."),
    advice: Phrase("请另选一位督导。", "Please choose another supervisor."))

  static let groupStaffIsMember = Problem(
    "group.staff_is_member", status: 409,
    Phrase("带小组或督导的人，不能同时是组员。", "Nobody leads or supervises a group and is a member of it."),
    advice: Phrase("请另选一位。", "Please choose somebody else."))

  static let groupMemberTwice = Problem(
    "group.member_twice", status: 409,
    Phrase("这一位已经在这个小组里，或者正在面谈。", "This person is in the group already, or is being talked with."))

  static let groupTakesNobody = Problem(
    "group.takes_nobody", status: 409,
    Phrase("这个小组到了现在的阶段，不再收人。", "At its present stage this group takes nobody more."),
    advice: Phrase("封闭小组只在形成期结束前收人。", "A closed group takes people until it has formed."))

  static let groupFull = Problem(
    "group.full", status: 409,
    Phrase("小组已经满了。", "The group is full."),
    advice: Phrase("可以请他等一个位子，或者改一改最多人数。", "They may wait for a place, or the largest number may be changed.")
  )

  static let groupReportWaiting = Problem(
    "group.report_waiting", status: 409,
    Phrase("已经有一份小组报告在等督导。", "A report of this group waits for the supervisor already."),
    advice: Phrase("请等督导答复。", "Please wait for the answer."))

  static let groupEarlyEnd = Problem.invalid([
    FieldProblem(
      "reason", Phrase("还没到结束期就结束，请写一下原因。", "The group ends before its last stage: please say why."))
  ])

  static let groupStale = Problem(
    "group.stale", status: 409,
    Phrase("这个小组刚刚有了变化。", "Something has just changed in this group."),
    advice: Phrase("请看一眼新的情况，再提交一次。", "Please look at it once more and send again."))

  static let groupForbidden = Problem(
    "group.forbidden", status: 403,
    Phrase("您在这个小组里不能做这件事。", "Your part in this group does not allow this."),
    advice: Phrase("需要的话，请找带小组的社工或督导。", "If it is needed, please ask those who lead or supervise it."))
}
