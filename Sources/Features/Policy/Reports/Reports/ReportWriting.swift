package import Database
import Kernel
package import People
import Security
import Web

/// The writing of a report, while its draft is open.
extension ReportDesk {
  /// The report, where this person may write at it now.
  /// - Throws: `not_found`, `forbidden`, `report.locked`.
  private func draft(
    _ id: ReportID, for actor: Actor, choosesEvidence: Bool = false, in transaction: Transaction
  ) throws -> ReportDocument {
    let document = try ReportReading.document(id, in: transaction.community, transaction)
    let report = document.report
    guard ReportRoles.station.contains(actor.role), report.authors.contains(actor.person) else {
      throw Problem.forbidden
    }
    let state = report.standing.state
    guard choosesEvidence ? state == .planned : state.isDraft else { throw Problem.reportLocked }
    return document
  }

  // MARK: - Evidence

  /// Takes a table into the report, as it is at this moment.
  /// - Throws: `form.invalid` for what no source offers, what is in it already, and more than a report holds.
  package func choose(
    source: String, code: String, for id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let frozen = try ports.source(source)?.evidence(code, transaction.community, transaction) else {
      throw Problem.invalid([
        FieldProblem("evidence", Phrase("请从列表里选择。", "Please choose from the list."))
      ])
    }
    try add(.table(source: source, code: code, frozen), to: id, by: actor, in: transaction)
  }

  /// Takes somebody's words into the report: where they stand, and nothing of them.
  /// - Throws: as above.
  package func chooseQuote(
    _ code: String, among quotes: ReportQuoteSource.Opened, for id: ReportID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    guard try quotes.texts([code], transaction)[code] != nil else {
      throw Problem.invalid([
        FieldProblem("quote", Phrase("这句话现在不能引用。", "These words may not be quoted now."))
      ])
    }
    try add(.quote(code: code), to: id, by: actor, in: transaction)
  }

  private func add(
    _ content: ReportEvidence.Content, to id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = try draft(id, for: actor, choosesEvidence: true, in: transaction)
    let field = if case .quote = content { "quote" } else { "evidence" }
    if document.evidence.count >= ReportEvidence.limit {
      throw Problem.invalid([
        FieldProblem(
          field,
          Phrase("最多 \(ReportEvidence.limit) 份资料。", "At most \(ReportEvidence.limit) pieces of evidence."))
      ])
    }
    let number = try EvidenceStore.highest(of: id, in: transaction.community, transaction) + 1
    let evidence = ReportEvidence(
      number: number, content: content, chosenAt: transaction.now, chosenBy: actor)
    if document.evidence.contains(where: { $0.isSame(as: evidence) }) {
      throw Problem.invalid([FieldProblem(field, Phrase("已经选过了。", "This is chosen already."))])
    }
    try EvidenceStore.insert(evidence, into: id, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "policy.report_evidence", object: id.rawValue,
        purpose: "add \(number)", detailDigest: evidence.digest.bytes))
  }

  /// - Throws: `report.in_use` where a finding rests on it.
  func removeEvidence(
    _ number: Int, from id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = try draft(id, for: actor, choosesEvidence: true, in: transaction)
    if document.findings.contains(where: { $0.evidence.contains(number) }) { throw Problem.reportInUse }
    try EvidenceStore.delete(number, from: id, in: transaction)
    try transaction.audit(
      "policy.report_evidence", by: actor, of: id.rawValue, purpose: "remove \(number)")
  }

  // MARK: - Words

  /// Keeps a finding; a number that is none yet is given to a new one.
  ///
  /// - Parameter number: nil for a new one.
  /// - Throws: `not_found`, `form.invalid` naming `evidence`.
  package func writeFinding(
    _ text: String, evidence: Set<Int>, number: Int?, of id: ReportID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let document = try draft(id, for: actor, in: transaction)
    let known = Set(document.evidence.map(\.number))
    guard !evidence.isEmpty, evidence.isSubset(of: known) else {
      throw Problem.invalid([
        FieldProblem(
          "evidence", Phrase("请选它根据的资料，至少一份。", "Please choose what it rests on, one piece at least."))
      ])
    }
    let place = try place(number, among: document.findings.map(\.number), limit: Finding.limit)
    try FindingStore.write(
      Finding(number: place, text: text, evidence: evidence), into: id, in: transaction)
    try transaction.audit("policy.report_write", by: actor, of: id.rawValue, purpose: "finding \(place)")
  }

  /// - Throws: `report.in_use` where a recommendation rests on it.
  func removeFinding(
    _ number: Int, from id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = try draft(id, for: actor, in: transaction)
    if document.recommendations.contains(where: { $0.findings.contains(number) }) {
      throw Problem.reportInUse
    }
    try FindingStore.deleteFinding(number, from: id, in: transaction)
    try transaction.audit(
      "policy.report_write", by: actor, of: id.rawValue, purpose: "remove finding \(number)")
  }

  /// Keeps a recommendation.
  ///
  /// - Parameter draft: its number is 0 for a new one.
  /// - Throws: `not_found`, `form.invalid` naming `findings` or `policy`.
  package func writeRecommendation(
    _ sent: Recommendation, of id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = try draft(id, for: actor, in: transaction)
    var problems = Problems()
    if sent.findings.isEmpty || !sent.findings.isSubset(of: document.findings.map(\.number)) {
      problems.add(
        "findings", Phrase("请选它根据的发现，至少一条。", "Please choose what it rests on, one finding at least."))
    }
    if sent.aim == nil {
      problems.add(
        "policy", Phrase("请选一项政策，或者写由谁定新的。", "Please choose a policy, or say who would make a new one."))
    }
    if let policy = sent.aim?.policy,
      try library.cards([policy], in: transaction.community, transaction)[policy] == nil
    {
      problems.add("policy", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try problems.throwIfAny()
    let place = try place(
      sent.number == 0 ? nil : sent.number, among: document.recommendations.map(\.number),
      limit: Recommendation.limit)
    try FindingStore.write(
      Recommendation(number: place, text: sent.text, findings: sent.findings, aim: sent.aim), into: id,
      in: transaction)
    try transaction.audit(
      "policy.report_write", by: actor, of: id.rawValue, purpose: "recommendation \(place)")
  }

  func removeRecommendation(
    _ number: Int, from id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try draft(id, for: actor, in: transaction)
    try FindingStore.deleteRecommendation(number, from: id, in: transaction)
    try transaction.audit(
      "policy.report_write", by: actor, of: id.rawValue, purpose: "remove recommendation \(number)")
  }

  package func writeSummary(
    _ summary: String, of id: ReportID, by actor: Actor, in transaction: Transaction
  ) throws {
    _ = try draft(id, for: actor, in: transaction)
    try ReportStore.write(summary: summary, of: id, in: transaction)
    try transaction.audit("policy.report_write", by: actor, of: id.rawValue, purpose: "summary")
  }

  /// The number under which something is kept.
  /// - Throws: `not_found` for a number that is none; `report.full`.
  private func place(_ number: Int?, among numbers: [Int], limit: Int) throws -> Int {
    if let number {
      guard numbers.contains(number) else { throw Problem.notFound }
      return number
    }
    guard numbers.count < limit else { throw Problem.reportFull }
    return (numbers.max() ?? 0) + 1
  }
}

extension ReportEvidence {
  /// Whether both come from the same place, whatever stands there.
  fileprivate func isSame(as other: ReportEvidence) -> Bool {
    switch (content, other.content) {
    case (.table(let source, let code, _), .table(let otherSource, let otherCode, _)):
      source == otherSource && code == otherCode
    case (.quote(let code), .quote(let otherCode)): code == otherCode
    default: false
    }
  }
}

extension Problem {
  static let reportInUse = Problem(
    "report.in_use", status: 409,
    Phrase("还有内容根据它写，不能去掉。", "Something rests on this, so it cannot be removed."),
    advice: Phrase("请先改掉根据它写的那一条。", "Please change what rests on it first."))

  static let reportFull = Problem(
    "report.full", status: 409,
    Phrase("写得太多了。", "There are too many."),
    advice: Phrase("请合并几条。", "Please join some of them."))
}
