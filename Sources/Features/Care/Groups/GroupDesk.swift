package import Database
package import Kernel
import Messages
import People

/// Where groups are opened, given to workers and moved on: each step is one transaction, an event that is never changed, and
/// an entry of the audit chain.
package struct GroupDesk: Sendable {
  let doorkeeper = GroupDoorkeeper()
  let directory: Directory
  let messenger: Messenger
  /// The practice shop, as far as group work needs it.
  let practice: PracticeLink

  /// What a group means to do, as somebody wrote it.
  package struct TermsDraft: Sendable {
    package let name: String
    package let type: GroupType
    package let isOpen: Bool
    package let minimum: Int64
    package let maximum: Int64
    package let sessions: Int64
    package let budget: Money
    package let words: CareDocument

    package init(
      name: String, type: GroupType, isOpen: Bool, minimum: Int64, maximum: Int64, sessions: Int64,
      budget: Money, words: CareDocument
    ) {
      self.name = name
      self.type = type
      self.isOpen = isOpen
      self.minimum = minimum
      self.maximum = maximum
      self.sessions = sessions
      self.budget = budget
      self.words = words
    }

    func terms(
      version: Int64, text: CareTextID, at moment: Timestamp, by author: PersonID
    ) -> GroupTerms {
      GroupTerms(
        version: version, name: name, type: type, isOpen: isOpen, minimum: minimum, maximum: maximum,
        sessions: sessions, budget: budget, goals: Int64(GroupTerms.goals(words).count), text: text,
        writtenAt: moment, writtenBy: author)
    }
  }

  /// Opens a group in its preparation.
  /// - Throws: `group.not_yours` for somebody who neither leads nor supervises it, and what `GroupRules.refusal` says of
  ///   the staff.
  @discardableResult
  package func open(
    _ draft: TermsDraft, _ staff: GroupStaff, for reader: CaseReader, sealing seal: GroupSeal,
    in transaction: Transaction
  ) throws -> CareGroup {
    try check(staff, members: [], in: transaction)
    let id: CareGroupID = transaction.newIdentifier()
    let (now, person) = (transaction.now, reader.person)
    let role: Role = staff.leaders.contains(person) ? .socialWorker : .supervisor
    let actor = Actor(person: person, role: role)
    var group = CareGroup(
      id: id, number: try GroupStore.nextNumber(in: transaction), createdAt: now, createdBy: actor,
      terms: draft.terms(
        version: 1, text: try seal.write(draft.words, of: id, by: person, in: transaction), at: now,
        by: person),
      standing: .new(staff))
    guard let open = doorkeeper.open([group], for: reader).first else { throw Problem.groupNotYours }
    try GroupStore.insert(group, in: transaction)
    try GroupStore.append(GroupEvent(.created, at: now, by: actor), to: &group, in: transaction)
    try GroupStore.append(GroupEvent(.staffed(staff), at: now, by: actor), to: &group, in: transaction)
    try transaction.audit("care.group_open", open, of: id.rawValue)
    try GroupNotices(messenger: messenger).staffed(group, before: [], by: person, in: transaction)
    return group
  }

  /// Writes the next version of what the group means to do.
  /// - Throws: `group.closed`, `group.forbidden`, `group.stale`, `form.invalid` where there are more members than it would
  ///   hold.
  package func revise(
    _ draft: TermsDraft, _ open: inout OpenGroup, seen: Int64, sealing seal: GroupSeal,
    in transaction: Transaction
  ) throws {
    try open.requireWriting()
    try open.check(seen)
    let joined = try joined(open, in: transaction)
    guard draft.maximum >= joined else {
      throw Problem.invalid([
        FieldProblem("maximum", Phrase("已经有 \(joined) 位组员。", "There are \(joined) members already."))
      ])
    }
    let terms = draft.terms(
      version: open.group.standing.version + 1, text: try seal.write(draft.words, of: open, in: transaction),
      at: transaction.now, by: open.actor.person)
    try GroupStore.insert(terms, of: open.id, in: transaction)
    open.group.terms = terms
    try append(.revised(terms.version), &open, in: transaction)
    try transaction.audit(
      "care.group_revise", open, of: open.id.rawValue, purpose: "version \(terms.version)")
  }

  /// Names who leads and supervises from now on.
  /// - Throws: as `open`.
  package func assign(
    _ staff: GroupStaff, _ open: inout OpenGroup, seen: Int64, in transaction: Transaction
  ) throws {
    try open.require(\.mayStaff)
    try open.check(seen)
    let members = try GroupMemberStore.persons(of: open.id, in: transaction.community, transaction)
    try check(staff, members: members, in: transaction)
    let before = open.group.standing.staff.all
    try append(.staffed(staff), &open, in: transaction)
    try transaction.audit("care.group_staff", open, of: open.id.rawValue)
    try GroupNotices(messenger: messenger).staffed(
      open.group, before: before, by: open.actor.person, in: transaction)
  }

  /// Goes to another stage.
  ///
  /// - Parameter words: the reason, needed for the way back over more than one stage.
  /// - Throws: what `GroupRules.event` throws; `group.stale`, `group.forbidden`.
  package func move(
    to stage: GroupStage, words: CareDocument, _ open: inout OpenGroup, seen: Int64,
    sealing seal: GroupSeal, in transaction: Transaction
  ) throws {
    try open.requireWriting()
    try open.check(seen)
    let what = try GroupRules.event(
      moving: open.group.standing, to: stage, hasNote: !words[.reason].isEmpty,
      joined: try joined(open, in: transaction), minimum: open.group.terms.minimum)
    let text = try seal.writeAny(words, of: open, in: transaction)
    try append(what, text: text, &open, in: transaction)
    try transaction.audit("care.group_move", open, of: open.id.rawValue, purpose: stage.rawValue)
  }

  // MARK: - Parts

  func append(
    _ what: GroupEvent.What, text: CareTextID? = nil, _ open: inout OpenGroup, in transaction: Transaction
  ) throws {
    try GroupStore.append(
      GroupEvent(what, at: transaction.now, by: open.actor, text: text), to: &open.group, in: transaction)
  }

  func joined(_ open: OpenGroup, in transaction: Transaction) throws -> Int64 {
    try GroupMemberStore.counts(of: [open.id], in: transaction.community, transaction)[open.id] ?? 0
  }

  private func check(_ staff: GroupStaff, members: Set<PersonID>, in transaction: Transaction) throws {
    let community = transaction.community
    let refusal = GroupRules.refusal(
      of: staff,
      workers: Set(try directory.persons(holding: .socialWorker, in: community, transaction)),
      supervisors: Set(try directory.persons(holding: .supervisor, in: community, transaction)),
      members: members,
      isSelfApproved: try SelfApprovalStore.holds(staff.supervisor, in: community, transaction))
    if let refusal { throw refusal }
  }
}

extension Problem {
  static let groupNotYours = Problem(
    "group.not_yours", status: 409,
    Phrase("开小组的人要自己带，或者自己督导。", "Whoever opens a group leads or supervises it."),
    advice: Phrase("请把自己选进去。", "Please name yourself among them."))
}
