package import Database
import Kernel
package import People
import Web

/// Where a report goes out, is replied to, changes something, and comes back to residents.
extension ReportDesk {
  /// Sends a report to a department; or to another one, or once more.
  /// - Throws: `report.not_possible`, `report.stale`, `report.due_day`, `report.incomplete`.
  package func send(
    _ draft: ReportSendingDraft, _ id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try take(.sent(dueAt: draft.dueAt), id, seen: seen, by: actor, in: transaction)
    try ReportReplyStore.insert(
      ReportSending(
        sequence: report.standing.events, department: draft.department, contact: draft.contact,
        channel: draft.channel, ourNumber: draft.ourNumber, theirReference: draft.theirReference,
        dueAt: draft.dueAt), of: id, in: transaction)
    try ReportJobs.isDue(report, in: transaction)
    try notices.sent(report, in: transaction)
  }

  /// Notes that the department asked for more time. When it is due changes with ``extend(_:_:seen:by:in:)`` alone.
  func askForTime(
    until: Timestamp, reason: String, _ id: ReportID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let report = try take(
      .timeAsked(until: until, reason: reason), id, seen: seen, by: actor, in: transaction)
    try notices.timeIsAsked(report, in: transaction)
  }

  func extend(
    _ id: ReportID, to dueAt: Timestamp, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try take(.extended(dueAt: dueAt), id, seen: seen, by: actor, in: transaction)
    try ReportJobs.isDue(report, in: transaction)
    try notices.timeIsGiven(report, in: transaction)
  }

  /// Notes what the department replied, or that it did not. Everybody may read it once it is published.
  /// - Throws: `report.incomplete` naming recommendations without an answer, `report.not_due`.
  package func reply(
    _ draft: ReportReplyDraft, to id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let asked = try FindingStore.recommendations(of: id, in: community, transaction).map(\.number)
    let answers = draft.answers.filter { asked.contains($0.recommendation) }
    let gaps = ReportRules.gaps(in: Set(answers.map(\.recommendation)), to: asked, of: draft.outcome)
    if !gaps.isEmpty { throw Problem.reportIncomplete(gaps) }
    let report = try take(.replied(draft.outcome), id, seen: seen, by: actor, in: transaction)
    try ReportReplyStore.insert(
      ReportReply(
        sequence: report.standing.events, outcome: draft.outcome, text: draft.text, by: draft.by,
        reference: draft.reference, day: draft.day, isOwn: actor.role == .governmentReader,
        answers: draft.outcome == .none ? [] : answers), to: id, in: transaction)
    try ReportJobs.isReplied(id, in: transaction)
    try notices.replied(report, in: transaction)
  }

  // MARK: - What came of it

  /// Begins a new version of a policy because of this report.
  /// - Returns: the page on which it is written.
  /// - Throws: `report.not_possible`, `forbidden`, and as the library.
  func beginVersion(
    of policy: PolicyID, because id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws -> String {
    guard let report = try ReportStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard ReportSight.of(report, for: actor.person, holding: [actor.role]) == .author else {
      throw Problem.forbidden
    }
    guard [.replied, .changed].contains(report.standing.state) else { throw Problem.reportNotPossible }
    return try library.begin(policy, because: Self.origin(report), by: actor, in: transaction)
  }

  /// How the library names a report as the reason of a version.
  package static func origin(_ report: Report) -> PolicyOrigin {
    PolicyOrigin(
      kind: "report", id: report.id.rawValue,
      text: Phrase("居民报告 \(report.number)", "Residents’ report \(report.number)"),
      path: ReportParts.path(report.id))
  }

  /// Notes that a version of a policy came of the report, or why nothing did.
  /// - Throws: `form.invalid` naming `policy` for a version that has another reason.
  package func record(
    _ draft: ReportResultDraft, of id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    var version: Int64?
    if let policy = draft.policy {
      version = try newest(of: policy, because: id, in: community, transaction)
      let known = try ReportReplyStore.results(of: id, in: community, transaction)
      guard version != nil, !known.contains(where: { $0.policy == policy && $0.version == version }) else {
        throw Problem.invalid([
          FieldProblem(
            "policy",
            Phrase(
              "这项政策还没有因为这份报告发布新的一版。", "No new version of it was published because of this report yet."))
        ])
      }
    }
    let report = try take(
      .changed(isPolicy: version != nil), id, seen: seen, by: actor, in: transaction)
    try ReportReplyStore.insert(
      ReportResult(
        sequence: report.standing.events, policy: draft.policy, version: version, text: draft.text), of: id,
      in: transaction)
  }

  /// The newest version of a policy that names this report as its reason; nil where there is none.
  func newest(
    of policy: PolicyID, because id: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try PolicyVersionStore.all(of: policy, in: community, snapshot)
      .last { $0.origin?.kind == "report" && $0.origin?.id == id.rawValue }?.number
  }

  // MARK: - Back to residents

  /// Tells residents what came of it: whoever follows the report, and whoever took part and is known.
  /// - Throws: `report.incomplete` where a reply is not published.
  package func tell(
    _ text: String, of id: ReportID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try take(.told, id, seen: seen, by: actor, in: transaction)
    try ReportTellingStore.insert(text, told: report.standing.events, of: id, in: transaction)
    try ReportJobs.tell(id, at: transaction.now, in: transaction)
  }

  /// Tells the next part. Each person is told once, however many reasons there are to tell them.
  func tellPart(of id: ReportID, in transaction: Transaction) throws {
    let community = transaction.community
    guard let telling = try ReportTellingStore.find(id, in: community, transaction),
      telling.finishedAt == nil, let report = try ReportStore.find(id, in: community, transaction)
    else { return }
    let evidence = try EvidenceStore.all(of: id, in: community, transaction)
    let persons = try next(telling, evidence, in: community, transaction)
    let told = try notices.told(persons, of: report, telling.text, in: transaction)
    let isPhaseOver = persons.count < ReportTelling.part
    let phase = isPhaseOver ? telling.phase + 1 : telling.phase
    let reached = isPhaseOver ? 0 : persons.last?.rawValue ?? telling.reached
    let isOver = phase > evidence.count
    try ReportTellingStore.advance(
      id, phase: phase, reached: reached, told: told, isOver: isOver, in: transaction)
    // A moment later, since a job that is due at once would be marked as done.
    if !isOver { try ReportJobs.tell(id, at: transaction.now + .seconds(1), in: transaction) }
  }

  /// Who is told next: those who follow it, then those who took part in each piece of evidence.
  private func next(
    _ telling: ReportTelling, _ evidence: [ReportEvidence], in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PersonID] {
    if telling.phase == 0 {
      return try ReportTellingStore.followers(
        of: telling.report, after: telling.reached, limit: ReportTelling.part, in: community, snapshot)
    }
    guard telling.phase <= evidence.count,
      case .table(let source, let code, _) = evidence[telling.phase - 1].content
    else { return [] }
    let last = telling.reached == 0 ? nil : PersonID(rawValue: telling.reached)
    return try ports.source(source)?.participants(code, last, ReportTelling.part, community, snapshot) ?? []
  }
}
