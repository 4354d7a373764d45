package import Database
package import Kernel
import People

extension GroupDesk {
  /// - Throws: `not_found` for people of other communities.
  func name(of person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> String {
    guard let name = try directory.displayNames(of: [person], in: community, snapshot)[person] else {
      throw Problem.notFound
    }
    return name
  }

  /// Proposes somebody of the community for a group.
  /// - Throws: `not_found` for people of other communities, and what `GroupRules.refusalToPropose` says.
  @discardableResult
  package func propose(
    _ person: PersonID, _ open: OpenGroup, in transaction: Transaction
  ) throws -> GroupMember {
    try open.requireWriting()
    let community = transaction.community
    _ = try name(of: person, in: community, transaction)
    let isUnderWay = try GroupMemberStore.members(of: open.id, in: community, transaction)
      .contains { $0.person == person && $0.state.isUnderWay }
    if let refusal = GroupRules.refusalToPropose(
      person, open.group.standing, isOpen: open.group.terms.isOpen, isUnderWay: isUnderWay)
    {
      throw refusal
    }
    let now = transaction.now
    let member = GroupMember(
      id: transaction.newIdentifier(), group: open.id, person: person, proposedAt: now,
      proposedBy: open.actor.person, state: .proposed, joinedAt: nil, leftAt: nil,
      events: [GroupMemberEvent(.proposed, at: now, by: open.actor)])
    try GroupMemberStore.insert(member, in: transaction)
    try transaction.audit("care.group_propose", open, of: member.id.rawValue, about: person)
    return member
  }

  /// Notes the next step of somebody on the way into the group or out of it.
  ///
  /// - Parameters:
  ///   - answer: what they said, where they joined or declined.
  ///   - words: what was said when they were talked with, or why; sealed under their own key.
  /// - Throws: what `GroupMember.refusal` and `GroupRules.refusalToJoin` say; `not_found`, `group.closed`.
  @discardableResult
  package func step(
    _ id: GroupMemberID, to state: GroupMemberState, answer: GroupAnswer? = nil, words: CareDocument,
    _ open: OpenGroup, sealing seal: GroupSeal, in transaction: Transaction
  ) throws -> GroupMember {
    try open.requireWriting()
    let member = try member(id, open, in: transaction)
    if let refusal = member.refusal(of: state, answer: answer, hasReason: !words[.reason].isEmpty) {
      throw refusal
    }
    if state == .joined {
      let terms = open.group.terms
      if let refusal = GroupRules.refusalToJoin(
        open.group.standing, isOpen: terms.isOpen, joined: try joined(open, in: transaction),
        maximum: terms.maximum)
      {
        throw refusal
      }
    }
    let event = GroupMemberEvent(
      state, at: transaction.now, by: open.actor, answer: answer,
      text: try seal.writeAny(words, about: member, of: open, in: transaction))
    let moved = try GroupMemberStore.append(event, to: member, in: transaction)
    try transaction.audit(
      "care.group_member", open, of: id.rawValue, about: member.person, purpose: state.rawValue)
    return moved
  }

  /// Keeps scores of several members by one measure at one time.
  /// - Throws: `form.invalid` naming each value that is outside its range, `group.attendance_of_stranger`, `group.closed`
  ///   for anything but later scores of a group that is over.
  package func score(
    _ values: [GroupMemberID: Int64], _ measure: OutcomeScore.Measure, _ phase: OutcomeScore.Phase,
    _ open: OpenGroup, in transaction: Transaction
  ) throws {
    try open.require(phase == .followUp ? \.mayScore : \.mayWrite)
    let members = try joinedMembers(open, in: transaction)
    guard values.keys.allSatisfy({ members[$0] != nil }) else { throw Problem.groupAttendanceOfStranger }
    let scores = values.sorted { $0.key < $1.key }.map { member, value in
      GroupScore(measure, phase, value, of: member, at: transaction.now, by: open.actor.person)
    }
    let wrong = scores.filter { !$0.isInRange }
    guard wrong.isEmpty else {
      throw Problem.invalid(wrong.map { .outside(measure, "score-\($0.member)") })
    }
    for score in scores { try GroupScoreStore.insert(score, of: open.id, in: transaction) }
    try transaction.audit(
      "care.group_score", open, of: open.id.rawValue, purpose: "\(measure.rawValue) \(phase.rawValue)")
  }

  // MARK: - Parts

  func member(_ id: GroupMemberID, _ open: OpenGroup, in transaction: Transaction) throws -> GroupMember {
    let members = try GroupMemberStore.members(of: open.id, in: transaction.community, transaction)
    guard let member = members.first(where: { $0.id == id }) else { throw Problem.notFound }
    return member
  }

  /// Those who are or were in the group.
  func joinedMembers(
    _ open: OpenGroup, in transaction: Transaction
  ) throws -> [GroupMemberID: GroupMember] {
    let members = try GroupMemberStore.members(of: open.id, in: transaction.community, transaction)
    return Dictionary(members.filter(\.hasJoined).map { ($0.id, $0) }) { first, _ in first }
  }
}
