import Database
import Kernel
import Messages
import People

/// Ends everything that is under way with a person who has themselves deleted.
///
/// Nobody's word is waited for: a case ends as one whose client does not wish to go on, with a closing and its approval
/// that the program writes, so that the events of the case stay a way that cases go. No words are sealed for it: they
/// would go with all the others in this very transaction.
struct CareErasure: Sendable {
  let directory: Directory
  let messenger: Messenger
  let referrals: ReferralDesk

  private var actor: Actor { .machine }

  func erase(_ subject: DataSubject, in transaction: Transaction) throws {
    for file in try CaseStore.cases(of: subject.person, in: subject.community, transaction) {
      try settle(file, in: transaction)
      if file.standing.stage != .closure { try end(file, in: transaction) }
      try CareErasureStore.endTasks(of: file.id, by: actor.person, in: transaction)
    }
    try leaveGroups(subject, in: transaction)
    try leaveLists(subject, in: transaction)
  }

  // MARK: - Cases

  /// What waits for somebody's answer waits no more.
  private func settle(_ file: CaseFile, in transaction: Transaction) throws {
    let community = transaction.community
    for referral in try ReferralStore.referrals(of: file.id, in: community, transaction)
    where referral.state.isOpen {
      try referrals.append(.revoked, to: referral, by: actor, of: file.person, in: transaction)
    }
    for request in try RightsStore.requests(of: file.id, in: community, transaction)
    where request.answer == nil {
      try RightsStore.insert(
        RightsAnswer(
          kind: .withdrawn, handing: nil, handedAt: nil, text: nil, at: transaction.now, actor: actor),
        to: request.id, in: transaction)
    }
    for closing in try CaseClosingStore.closings(of: file.id, in: community, transaction)
    where closing.decision == nil {
      try decide(closing.id, isApproved: false, in: transaction)
    }
  }

  private func end(_ file: CaseFile, in transaction: Transaction) throws {
    let standing = file.standing
    if let plan = try CarePlanStore.plans(of: file.id, in: transaction.community, transaction).first,
      plan.refusal(of: .completed, by: actor.person) == nil
    {
      let event = CarePlanEvent(
        kind: .completed, at: transaction.now, actor: actor, method: nil, text: nil)
      try CarePlanStore.append(event, to: plan, in: transaction)
    }
    let closing = CaseClosing(
      id: transaction.newIdentifier(), caseID: file.id, episode: standing.episode, outcome: .disengaged,
      hasView: false, text: transaction.newIdentifier(), madeAt: transaction.now, madeBy: actor.person,
      decision: nil)
    try CaseClosingStore.insert(closing, in: transaction)
    try decide(closing.id, isApproved: true, in: transaction)
    var ended = file
    try CaseStore.append(
      CaseEvent(
        .closed(from: standing.stage, closing.outcome, closing.id), at: transaction.now, by: actor),
      to: &ended, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: file.person, action: "care.case_close",
        object: file.id.rawValue, purpose: "erased"))
    try ErasureNotices(messenger: messenger, directory: directory).ended(file, in: transaction)
  }

  private func decide(_ closing: CaseClosingID, isApproved: Bool, in transaction: Transaction) throws {
    try CaseClosingStore.insert(
      CaseClosing.Decision(isApproved: isApproved, at: transaction.now, by: actor.person, text: nil),
      of: closing, in: transaction)
  }

  // MARK: - Groups and visits

  /// Members leave. Whoever was only proposed is no longer: what they would have answered is not made up.
  private func leaveGroups(_ subject: DataSubject, in transaction: Transaction) throws {
    let community = subject.community
    for (id, group) in try CareErasureStore.memberships(of: subject.person, in: community, transaction) {
      guard
        let member = try GroupMemberStore.members(of: group, in: community, transaction)
          .first(where: { $0.id == id })
      else { continue }
      let state: GroupMemberState = member.state == .joined ? .left : .notAccepted
      try GroupMemberStore.append(
        GroupMemberEvent(state, at: transaction.now, by: actor), to: member, in: transaction)
      try transaction.audit(
        AuditEntry(
          actor: actor.person, role: actor.role, onBehalfOf: subject.person, action: "care.group_member",
          object: id.rawValue, purpose: state.rawValue))
    }
  }

  /// Nobody knocks at a household of which nobody is left, and nobody waits for a visitor who is gone.
  private func leaveLists(_ subject: DataSubject, in transaction: Transaction) throws {
    let community = subject.community
    let doors = try CareErasureStore.doors(
      of: subject.household, visitor: subject.person, in: community, transaction)
    let changed = try doors.compactMap { id, campaign -> (door: VisitDoor, event: VisitDoorEvent)? in
      guard let door = try VisitDoorStore.find(id, of: campaign, in: community, transaction) else {
        return nil
      }
      let isHome = subject.household == door.household
      let event = VisitDoorEvent(
        isHome ? .removed(.empty) : .given(nil), at: transaction.now, by: actor)
      return (door.after(event), event)
    }
    for (door, _) in changed { try VisitDoorStore.update(door, in: transaction) }
    try VisitDoorStore.insert(changed, in: transaction)
  }
}

/// What the station's people are told of deletions: the number on the file and no name.
struct ErasureNotices: Sendable {
  let messenger: Messenger
  let directory: Directory

  static let ended = MessageKind(
    "care.case_erased", name: ("个案按本人要求结束", "Case ended as its person asked"),
    headline: ("有一个个案结束了", "a case has ended"))

  static let kinds = [ended]

  /// The worker; where there is none, the supervisor, or whoever may assign the case.
  func ended(_ file: CaseFile, in transaction: Transaction) throws {
    let supervisors = try directory.persons(holding: .supervisor, in: transaction.community, transaction)
    let told = (file.standing.worker ?? file.standing.supervisor).map { [$0] } ?? supervisors
    try messenger.send(
      told.filter { $0 != file.person }.map {
        Message(
          to: $0, Self.ended, about: file.id.rawValue, occasion: "erased",
          Phrase(
            "个案 \(file.label) 的本人要求删除自己的信息：个案已经结束，写下的话已经删除，任务都不用办了。",
            "The person of case \(file.label) had their data deleted: the case has ended, what was written is gone, and nothing is left to be done."
          ),
          path: "/cases/\(file.id)")
      }, in: transaction)
  }
}
