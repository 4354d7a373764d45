package import Database
package import Kernel
import Messages
package import People
import Security
import Web

/// Where reports are planned, written and moved on: each step is one transaction, an event that is never changed, and an
/// entry of the audit chain.
package struct ReportDesk: Sendable {
  let directory: Directory
  let messenger: Messenger
  let library: PolicyLibrary
  let ports: ReportPorts

  var notices: ReportNotices { ReportNotices(directory: directory, messenger: messenger) }

  // MARK: - The plan

  /// Begins a report.
  ///
  /// - Parameters:
  ///   - authors: beside the one who begins it.
  ///   - supervisor: who is to approve it.
  /// - Throws: `form.invalid` for authors and supervisors that cannot be.
  @discardableResult
  package func plan(
    _ plan: ReportPlan, authors: Set<PersonID>, supervisor: PersonID, by actor: Actor,
    in transaction: Transaction
  ) throws -> ReportID {
    let community = transaction.community
    let authors = authors.union([actor.person])
    let supervisors = try directory.persons(holding: .supervisor, in: community, transaction)
    let station = Set(
      try directory.persons(holding: .socialWorker, in: community, transaction) + supervisors)
    var problems = Problems()
    if !supervisors.contains(supervisor) || authors.contains(supervisor) {
      problems.add(
        "supervisor", Phrase("请选一位没有写这份报告的督导。", "Please choose a supervisor who does not write it."))
    }
    if !authors.isSubset(of: station) {
      problems.add("authors", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try problems.throwIfAny()
    let year = try year(in: transaction)
    let report = Report(
      id: transaction.newIdentifier(),
      number: ReportNumber(
        year: year, serial: try ReportStore.nextSerial(in: year, of: community, transaction)),
      plan: plan, summary: "", authors: authors, supervisor: supervisor, madeAt: transaction.now,
      madeBy: actor, standing: .planned(at: transaction.now))
    try ReportStore.insert(report, in: transaction)
    try transaction.audit("policy.report_plan", by: actor, of: report.id.rawValue)
    return report.id
  }

  private func year(in transaction: Transaction) throws -> Int {
    guard let card = try directory.community(transaction.community, transaction) else {
      throw Problem.notFound
    }
    return CivilDateTime(transaction.now, offsetSeconds: card.offsetSeconds).year
  }

  /// - Throws: as ``take(_:_:seen:by:in:)``.
  func replan(
    _ plan: ReportPlan, of id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try take(.replanned, id, seen: seen, by: actor, in: transaction)
    try ReportStore.insert(plan, told: report.standing.events, of: id, in: transaction)
  }

  // MARK: - Steps

  /// Lets a report take one step, where nothing is missing for it.
  ///
  /// - Returns: the report as it stands now.
  /// - Throws: `not_found`, `report.stale`, `report.not_possible`, `report.incomplete` naming all that is missing, and why the
  ///   step is not this person's.
  @discardableResult
  package func take(
    _ change: ReportChange, _ id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws -> Report {
    let document = try ReportReading.document(id, in: transaction.community, transaction)
    return try take(change, document, seen: seen, by: actor, in: transaction)
  }

  @discardableResult
  private func take(
    _ change: ReportChange, _ document: ReportDocument, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws -> Report {
    var report = document.report
    guard report.standing.events == seen else { throw Problem.reportStale }
    try checkActor(actor, of: report, taking: change)
    if let refusal = ReportRules.refusal(of: change, to: report, by: actor, at: transaction.now) {
      throw refusal
    }
    let gaps = ReportRules.gaps(
      before: change.step, in: document.content, isChecked: document.isChecked)
    if !gaps.isEmpty { throw Problem.reportIncomplete(gaps) }
    // What goes out is what was complete; that it could differ at all, nobody has a door for.
    if change.step == .approved || change.step == .sent,
      report.standing.digest != document.digest.description
    {
      throw Problem.internalFault
    }
    try ReportStore.append(change, by: actor, to: &report, in: transaction)
    try transaction.audit(
      "policy.report_step", by: actor, of: id(of: report), purpose: change.step.rawValue)
    return report
  }

  private func id(of report: Report) -> Int64 { report.id.rawValue }

  /// Authors write; authors and the supervisor look after what is out; a department replies and asks for time.
  private func checkActor(_ actor: Actor, of report: Report, taking change: ReportChange) throws {
    let isAuthor = ReportRoles.station.contains(actor.role) && report.authors.contains(actor.person)
    let isSupervisor = ReportRoles.station.contains(actor.role) && actor.person == report.supervisor
    let isAllowed: Bool =
      switch change {
      case .planned, .replanned, .evidenceLocked, .evidenceReopened, .findingsDone, .recommendationsDone,
        .completed, .checkedBack, .sentBack(_, bySupervisor: false):
        isAuthor
      // Who may not is told why by the rules.
      case .approved, .sentBack(_, bySupervisor: true): isAuthor || isSupervisor
      case .sent, .extended, .replyPublished, .changed, .told, .dropped: isAuthor || isSupervisor
      case .timeAsked, .replied: isAuthor || isSupervisor || actor.role == .governmentReader
      }
    guard isAllowed else { throw Problem.forbidden }
  }

  /// Locks what the report rests on: from here on its digest is on record.
  package func lockEvidence(_ id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction) throws
  {
    let document = try ReportReading.document(id, in: transaction.community, transaction)
    let digest = ReportEvidence.digest(of: document.evidence).description
    try take(.evidenceLocked(digest: digest), document, seen: seen, by: actor, in: transaction)
  }

  /// Ends the writing: what stands there now is what residents hear and what goes out.
  package func complete(
    _ id: ReportID, asksCommittee: Bool, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = try ReportReading.document(id, in: transaction.community, transaction)
    let change = ReportChange.completed(
      digest: document.digest.description, asksCommittee: asksCommittee)
    let report = try take(change, document, seen: seen, by: actor, in: transaction)
    if asksCommittee { try notices.committeeIsAsked(report, in: transaction) }
  }

  /// Keeps a round with residents; where they ask for changes, the draft is open again.
  package func check(
    _ draft: ReportCheckDraft, of id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let change: ReportChange =
      draft.outcome == .changes
      ? .sentBack(reason: draft.comments, bySupervisor: false) : .checkedBack
    let report = try take(change, id, seen: seen, by: actor, in: transaction)
    try ReportReplyStore.insert(
      ReportCheck(
        sequence: report.standing.events, way: draft.way, day: draft.day, heard: draft.heard,
        comments: draft.comments, outcome: draft.outcome), of: id, in: transaction)
    if draft.outcome != .changes { try notices.waitsForApproval(report, in: transaction) }
  }

  /// The supervisor's word.
  package func judge(
    _ change: ReportChange, of id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try take(change, id, seen: seen, by: actor, in: transaction)
    try notices.judged(report, in: transaction)
  }
}
