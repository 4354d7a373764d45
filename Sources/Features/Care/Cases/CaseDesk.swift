package import Database
package import Kernel
package import Messages
package import People

/// Where cases are opened, given to workers, moved on and ended: each step is one transaction, an event that is never
/// changed, the tasks that follow from it, and an entry of the audit chain.
package struct CaseDesk: Sendable {
  let doorkeeper: CaseDoorkeeper
  let directory: Directory
  let messenger: Messenger

  package init(directory: Directory, messenger: Messenger) {
    doorkeeper = CaseDoorkeeper(directory: directory)
    self.directory = directory
    self.messenger = messenger
  }

  /// What a case begins with.
  package struct Draft: Sendable {
    package let person: PersonID
    package let field: CaseField
    package let source: CaseSource
    package let words: CareDocument
    /// Who works it and who supervises; nil while it waits for a worker.
    package let assignment: Assignment?

    package init(
      person: PersonID, field: CaseField, source: CaseSource, words: CareDocument, assignment: Assignment?
    ) {
      self.person = person
      self.field = field
      self.source = source
      self.words = words
      self.assignment = assignment
    }
  }

  package struct Assignment: Sendable, Equatable {
    package let worker: PersonID
    package let supervisor: PersonID

    package init(worker: PersonID, supervisor: PersonID) {
      self.worker = worker
      self.supervisor = supervisor
    }
  }

  /// Opens a case at intake.
  ///
  /// - Parameter seal: of the person that the case is about.
  /// - Throws: `not_found` for people of other communities, `case.own` for a case of oneself, `assignment.*`.
  @discardableResult
  package func open(
    _ draft: Draft, sealing seal: CareSeal, by actor: Actor, in transaction: Transaction
  ) throws -> CaseFile {
    let community = transaction.community
    guard try directory.displayNames(of: [draft.person], in: community, transaction)[draft.person] != nil
    else { throw Problem.notFound }
    if let assignment = draft.assignment { try check(assignment, of: draft.person, in: transaction) }
    let others = try CaseStore.cases(of: draft.person, in: community, transaction)
    let id: CaseID = transaction.newIdentifier()
    let text = try seal.write(draft.words, case: id, .ordinary, by: actor.person, in: transaction)
    var file = CaseFile(
      id: id, number: try CaseStore.nextNumber(in: transaction), person: draft.person, field: draft.field,
      source: draft.source, intake: text, createdAt: transaction.now, createdBy: actor,
      standing: .new(at: transaction.now))
    try CaseStore.insert(file, in: transaction)
    if file.number == 1 { try RemindOfTasks.begin(in: transaction) }
    try append(CaseEvent(.created, at: transaction.now, by: actor), to: &file, in: transaction)
    if let assignment = draft.assignment {
      try append(assignment.event(at: transaction.now, by: actor), to: &file, in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: draft.person, action: "care.case_open",
        object: id.rawValue))
    try CaseNotices(messenger: messenger, directory: directory)
      .opened(file, beside: others, by: actor.person, in: transaction)
    return file
  }

  /// Gives a case to a worker and a supervisor.
  /// - Throws: `case.forbidden`, `case.stale`, `assignment.*`.
  package func assign(
    _ assignment: Assignment, _ open: inout OpenCase, seen: Int64, in transaction: Transaction
  ) throws {
    try open.require(\.mayAssign)
    try open.check(seen)
    try check(assignment, of: open.file.person, in: transaction)
    try append(
      assignment.event(at: transaction.now, by: open.actor), to: &open.file, in: transaction)
    try transaction.audit("care.case_assign", open, of: open.id.rawValue)
    try CaseNotices(messenger: messenger, directory: directory)
      .assigned(open.file, by: open.actor.person, in: transaction)
  }

  /// Notes how risky and how close the work is, and when it is looked over next.
  package func judge(
    _ risk: CaseRisk, intensity: Int64, reviewAt: Timestamp?, _ open: inout OpenCase, seen: Int64,
    in transaction: Transaction
  ) throws {
    try open.requireWriting()
    try open.check(seen)
    let event = CaseEvent(
      .judged(risk, intensity: intensity, reviewAt: reviewAt), at: transaction.now, by: open.actor)
    try append(event, to: &open.file, in: transaction)
    try transaction.audit("care.case_judge", open, of: open.id.rawValue, purpose: risk.rawValue)
  }

  /// Notes that somebody is worked with on the ground of a law, with the reason in words.
  package func ground(
    _ basis: StatutoryBasis?, words: CareDocument, _ open: inout OpenCase, seen: Int64,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws {
    try open.require(\.mayEnd)
    try open.check(seen)
    guard open.file.standing.stage != .closure else { throw Problem.caseMoveImpossible }
    let text = try seal.write(
      words, case: open.id, .ordinary, by: open.actor.person, in: transaction)
    try append(
      CaseEvent(.grounded(basis), at: transaction.now, by: open.actor, text: text), to: &open.file,
      in: transaction)
    try transaction.audit(
      "care.case_ground", open, of: open.id.rawValue, purpose: basis?.rawValue ?? "none")
  }

  /// Takes a step between the stages, or opens a closed case again.
  ///
  /// - Parameter words: the reason, needed for the way back and for reopening.
  /// - Throws: `case.gate` naming what is missing, `case.not_possible`, `case.stale`, `case.forbidden`.
  package func move(
    _ move: CaseMove, words: CareDocument, _ open: inout OpenCase, seen: Int64, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    try open.require(\.mayEnd)
    try open.check(seen)
    if move != .forward, words[.reason].isEmpty {
      throw Problem.invalid([FieldProblem("reason", Phrase("请写一下原因。", "Please give the reason."))])
    }
    let facts = try facts(of: open, in: transaction)
    let what = try CaseRules.event(of: move, at: open.file.standing.stage, facts)
    var text: CareTextID?
    if !words.written.isEmpty {
      text = try seal.write(words, case: open.id, .ordinary, by: open.actor.person, in: transaction)
    }
    try append(
      CaseEvent(what, at: transaction.now, by: open.actor, text: text), to: &open.file, in: transaction)
    try transaction.audit(
      "care.case_move", open, of: open.id.rawValue, purpose: open.file.standing.stage.rawValue)
  }

  /// Ends a case as its approved closing says.
  /// - Throws: as `move`.
  package func end(_ open: inout OpenCase, seen: Int64, in transaction: Transaction) throws {
    try open.require(\.mayEnd)
    try open.check(seen)
    let facts = try facts(of: open, in: transaction)
    let what = try CaseRules.ending(at: open.file.standing.stage, facts)
    let outcome = facts.closing?.outcome.rawValue ?? ""
    if let plan = try CarePlanStore.plans(of: open.id, in: transaction.community, transaction).first,
      plan.refusal(of: .completed, by: open.actor.person) == nil
    {
      let event = CarePlanEvent(
        kind: .completed, at: transaction.now, actor: open.actor, method: nil, text: nil)
      try CarePlanStore.append(event, to: plan, in: transaction)
    }
    try append(CaseEvent(what, at: transaction.now, by: open.actor), to: &open.file, in: transaction)
    try transaction.audit("care.case_close", open, of: open.id.rawValue, purpose: outcome)
  }

  /// A case, for whoever may see it.
  /// - Throws: `not_found`.
  package func open(
    _ id: CaseID, for reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> OpenCase {
    try doorkeeper.open(id, for: reader, in: community, snapshot)
  }

  /// The cases of one person, the newest first, for those who help the person begin one.
  package func cases(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseID] {
    try CaseStore.cases(of: person, in: community, snapshot).map(\.id)
  }

  /// The plan that is worked on.
  package func newestPlan(of open: OpenCase, in transaction: Transaction) throws -> CarePlanID? {
    try CarePlanStore.plans(of: open.id, in: transaction.community, transaction).first?.id
  }

  /// What the gates ask for, as it stands in this transaction.
  package func facts(
    of open: OpenCase, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CaseGateFacts {
    let (id, episode) = (open.id, open.file.standing.episode)
    let assessments = try AssessmentStore.assessments(of: id, in: community, snapshot)
    let plan = try CarePlanStore.plans(of: id, in: community, snapshot).first { $0.episode == episode }
    let closing = try CaseClosingStore.closings(of: id, in: community, snapshot)
      .first { $0.episode == episode }
    return CaseGateFacts(
      hasWorker: open.file.standing.worker != nil, basis: open.basis,
      assessment: assessments.first { $0.episode == episode }?.id, plan: plan?.id,
      planIsApproved: plan?.state == .approved, clientAgreed: plan?.clientAgreed == true,
      intervention: try InterventionStore.newest(of: id, episode: episode, in: community, snapshot),
      closing: closing, closingIsApproved: closing?.decision?.isApproved == true,
      openReferrals: try ReferralStore.openCount(of: id, episode: episode, in: community, snapshot))
  }

  func facts(of open: OpenCase, in transaction: Transaction) throws -> CaseGateFacts {
    try facts(of: open, in: transaction.community, transaction)
  }

  /// Adds an event that follows from something else that was written.
  func record(_ what: CaseEvent.What, _ open: inout OpenCase, in transaction: Transaction) throws {
    try append(CaseEvent(what, at: transaction.now, by: open.actor), to: &open.file, in: transaction)
  }

  // MARK: - Parts

  /// - Throws: `assignment.*`, `case.own`.
  private func check(
    _ assignment: Assignment, of client: PersonID, in transaction: Transaction
  ) throws {
    try StaffCheck(directory: directory).check(
      worker: assignment.worker, supervisor: assignment.supervisor, client: client, alone: .assignmentSame,
      in: transaction)
  }

  private func append(
    _ event: CaseEvent, to file: inout CaseFile, in transaction: Transaction
  ) throws {
    try CaseStore.append(event, to: &file, in: transaction)
    try CaseTaskStore.end(
      CaseTimeline.settled(by: event), of: file.id, by: event.actor.person, in: transaction)
    for task in CaseTimeline.tasks(after: event) {
      try CaseTaskStore.insert(task.kind, dueAt: task.dueAt, of: file.id, in: transaction)
    }
  }
}

extension CaseDesk.Assignment {
  func event(at moment: Timestamp, by actor: Actor) -> CaseEvent {
    CaseEvent(.assigned(worker: worker, supervisor: supervisor), at: moment, by: actor)
  }
}

extension Problem {
  static let assignmentNotWorker = Problem(
    "assignment.not_a_worker", status: 409,
    Phrase("这一位不是社工。", "This person is no social worker."))

  static let assignmentNotSupervisor = Problem(
    "assignment.not_a_supervisor", status: 409,
    Phrase("这一位不是督导。", "This person is no supervisor."))

  static let assignmentSame = Problem(
    "assignment.same", status: 409,
    Phrase("办案社工和督导不能是同一个人。", "Worker and supervisor cannot be the same person."),
    advice: Phrase("请另选一位督导。", "Please choose another supervisor."))

  static let caseOwn = Problem(
    "case.own", status: 409,
    Phrase("不能办自己的个案。", "Nobody works or supervises their own case."),
    advice: Phrase("请同事来办。", "Please let a colleague do it."))
}
