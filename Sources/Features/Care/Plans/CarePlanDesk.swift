package import Database
package import Kernel
import People

extension CaseDesk {
  /// Writes the next version of a plan; the one before it is replaced.
  /// - Throws: `case.no_basis`, `case.forbidden`, `case.not_possible` before the planning.
  @discardableResult
  package func plan(
    _ words: CareDocument, reviewAt: Timestamp, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws -> CarePlan {
    try open.requireWriting()
    guard open.file.standing.stage >= .planning else { throw Problem.caseMoveImpossible }
    let (community, person) = (transaction.community, open.actor.person)
    let earlier = try CarePlanStore.plans(of: open.id, in: community, transaction)
    if let before = earlier.first, before.refusal(of: .revised, by: person) == nil {
      try append(.revised, to: before, open, in: transaction)
    }
    let plan = CarePlan(
      id: transaction.newIdentifier(), caseID: open.id, episode: open.file.standing.episode,
      version: (earlier.first?.version ?? 0) + 1,
      text: try seal.write(words, case: open.id, .ordinary, by: person, in: transaction), reviewAt: reviewAt,
      madeAt: transaction.now, madeBy: person, events: [])
    try CarePlanStore.insert(plan, in: transaction)
    try CaseTaskStore.end([.planning], of: open.id, by: person, in: transaction)
    try transaction.audit("care.plan_write", open, of: plan.id.rawValue, purpose: "version \(plan.version)")
    return plan
  }

  /// Gives the newest version to the supervisor.
  package func submit(_ id: CarePlanID, _ open: OpenCase, in transaction: Transaction) throws {
    try open.requireWriting()
    let plan = try find(id, open, in: transaction)
    try append(.submitted, to: plan, open, in: transaction)
    try CaseNotices(messenger: messenger, directory: directory).waiting(
      open.file, occasion: "plan-\(plan.id)-\(plan.events.count)", in: transaction)
  }

  /// The supervisor's word.
  /// - Throws: `approval.own`, `plan.not_open`, `case.forbidden`.
  package func decide(
    _ id: CarePlanID, isApproved: Bool, words: CareDocument, _ open: OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws {
    try open.require(\.mayApprove)
    let plan = try find(id, open, in: transaction)
    try append(
      isApproved ? .approved : .sentBack, to: plan, open, words: words, sealing: seal, in: transaction)
    try CaseNotices(messenger: messenger, directory: directory).decided(
      open.file, occasion: "plan-\(plan.id)-\(plan.events.count)", in: transaction)
  }

  /// Notes what the client said of the plan.
  /// - Throws: `plan.not_open`, `case.forbidden`.
  package func answer(
    _ id: CarePlanID, isAgreed: Bool, by method: PlanAgreement, words: CareDocument, _ open: OpenCase,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws {
    try open.requireWriting()
    // What was said on their own page only they can say.
    guard method != .ownPage else { throw Problem.caseForbidden }
    let plan = try find(id, open, in: transaction)
    try append(
      isAgreed ? .agreed : .declined, to: plan, open, by: method, words: words, sealing: seal,
      in: transaction)
  }

  /// The client's own word, from their own page.
  /// - Throws: `not_found` for plans of others, `plan.not_open`.
  package func answerOwn(
    _ id: CarePlanID, isAgreed: Bool, of client: PersonID, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let plan = try CarePlanStore.find(id, in: community, transaction),
      let file = try CaseStore.find(plan.caseID, in: community, transaction), file.person == client
    else { throw Problem.notFound }
    let kind: CarePlanEvent.Kind = isAgreed ? .agreed : .declined
    if let refusal = plan.refusal(of: kind, by: client) { throw refusal }
    let actor = Actor(person: client, role: .resident)
    try CarePlanStore.append(
      CarePlanEvent(kind: kind, at: transaction.now, actor: actor, method: .ownPage, text: nil), to: plan,
      in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: client, role: .resident, action: "care.plan_answer", object: plan.id.rawValue,
        purpose: kind.rawValue))
    try CaseNotices(messenger: messenger, directory: directory).decided(
      file, occasion: "client-\(plan.id)-\(plan.events.count)", in: transaction)
  }

  private func find(_ id: CarePlanID, _ open: OpenCase, in transaction: Transaction) throws -> CarePlan {
    guard let plan = try CarePlanStore.find(id, in: transaction.community, transaction),
      plan.caseID == open.id
    else { throw Problem.notFound }
    return plan
  }

  private func append(
    _ kind: CarePlanEvent.Kind, to plan: CarePlan, _ open: OpenCase, by method: PlanAgreement? = nil,
    words: CareDocument = CareDocument(), sealing seal: CareSeal? = nil, in transaction: Transaction
  ) throws {
    let person = open.actor.person
    let mayOwn = try SelfApprovalStore.holds(person, in: transaction.community, transaction)
    if let refusal = plan.refusal(of: kind, by: person, isSelfApproved: mayOwn) { throw refusal }
    var text: CareTextID?
    if let seal, !words.written.isEmpty {
      text = try seal.write(words, case: open.id, .ordinary, by: person, in: transaction)
    }
    try CarePlanStore.append(
      CarePlanEvent(kind: kind, at: transaction.now, actor: open.actor, method: method, text: text),
      to: plan, in: transaction)
    try transaction.audit("care.plan_event", open, of: plan.id.rawValue, purpose: kind.rawValue)
  }
}
