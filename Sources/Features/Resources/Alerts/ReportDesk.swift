import Database
import Kernel
import People
import Security

/// Where reports are taken, described, looked into and put together: each step is one transaction and an entry of the
/// audit chain.
struct ReportDesk: Sendable {
  let digests: BlindIndex
  let notices: AlertNotices
  let hearings: HearingDesk

  /// Takes a report: two taps are enough, everything else may follow.
  func take(
    _ kind: ScamReport.Kind, from reporter: PersonID?, by actor: Actor, in transaction: Transaction
  ) throws -> ScamReportID {
    let report = ScamReport(
      id: transaction.newIdentifier(), kind: kind, state: .reported, revision: 0, reporter: reporter,
      recordedBy: reporter == actor.person ? nil : actor, reportedAt: transaction.now, details: .none,
      note: "", merchant: nil, mergedInto: nil, closedAt: nil,
      forgetAt: transaction.now + ScamReportRules.keptOpen)
    // The round goes on by itself; beginning it again would put it off.
    if try ScamReportStore.isEmpty(in: transaction.community, transaction) {
      try ForgetReports.begin(in: transaction)
    }
    try ScamReportStore.insert(report, in: transaction)
    // The chain names who wrote it down; of what, it says the kind alone.
    try transaction.note(
      "resources.report_scam", by: actor, of: report.id.rawValue,
      onBehalfOf: reporter == actor.person ? nil : reporter, purpose: kind.rawValue)
    return report.id
  }

  /// What is sent later takes the place of what was told before: whoever reported it adds to it on one page.
  /// - Throws: `not_found` for everybody but whoever told it and the station, `resources.report_closed`.
  func describe(
    _ id: ScamReportID, _ details: ScamReport.Details, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try checkMayAdd(try find(id, opening: cipher, in: transaction), actor)
    try ScamReportStore.describe(
      id, details, ReportDigests(details, digests), sealing: cipher, in: transaction)
    try transaction.note("resources.describe_report", by: actor, of: id.rawValue)
  }

  /// - Throws: `not_found` for everybody but whoever told it and the station, `resources.report_closed`.
  func record(
    _ recording: VoiceNotes.Recording, of id: ScamReportID, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try checkMayAdd(try find(id, opening: cipher, in: transaction), actor)
    try ScamReportStore.setVoice(id, recording, sealing: cipher, in: transaction)
    try transaction.note("resources.record_report", by: actor, of: id.rawValue)
  }

  /// Moves a report and all that go with it on; whoever told it is told what was found.
  /// - Throws: `not_found`, `resources.report_stale`, `resources.report_not_possible`, `resources.report_merged`.
  func move(
    _ id: ScamReportID, to state: ScamReport.State, note: String, seen: Int64, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try find(id, seen: seen, opening: cipher, in: transaction)
    if let refusal = ScamReportRules.refusal(toMove: report, to: state) { throw refusal }
    try ScamReportStore.move(id, to: state, note: note, by: actor, sealing: cipher, in: transaction)
    try transaction.note("resources.move_report", by: actor, of: id.rawValue, purpose: state.rawValue)
    guard state.isClosed else { return }
    let others = try ScamReportStore.merged(
      into: id, opening: cipher, in: transaction.community, transaction)
    try notices.close([report] + others, as: state, in: transaction)
    if state == .unfounded { try hearings.drop(about: id, opening: cipher, by: actor, in: transaction) }
  }

  /// Puts a report to another one about the same number, page or account.
  /// - Throws: `not_found`, `resources.report_stale`, `resources.reports_not_alike`, `resources.report_merged`.
  func merge(
    _ id: ScamReportID, into target: ScamReportID, seen: Int64, opening cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try find(id, seen: seen, opening: cipher, in: transaction)
    let other = try find(target, opening: cipher, in: transaction)
    let alike = try ScamReportStore.alike(
      id, limit: 200, opening: cipher, in: transaction.community, transaction)
    let isAlike = alike.contains { $0.id == target }
    if let refusal = ScamReportRules.refusal(toMerge: report, into: other, haveCommonTrace: isAlike) {
      throw refusal
    }
    try ScamReportStore.merge(id, into: other, in: transaction)
    try transaction.note(
      "resources.merge_reports", by: actor, of: id.rawValue, purpose: target.description)
  }

  private func checkMayAdd(_ report: ScamReport, _ actor: Actor) throws {
    guard report.reporter == actor.person || ResourceStaff.roles.contains(actor.role) else {
      throw Problem.notFound
    }
    if let refusal = ScamReportRules.refusal(toDescribe: report) { throw refusal }
  }

  /// - Throws: `not_found`.
  func find(
    _ id: ScamReportID, opening cipher: FieldCipher, in transaction: Transaction
  ) throws -> ScamReport {
    guard
      let report = try ScamReportStore.find(
        id, opening: cipher, in: transaction.community, transaction)
    else { throw Problem.notFound }
    return report
  }

  private func find(
    _ id: ScamReportID, seen: Int64, opening cipher: FieldCipher, in transaction: Transaction
  ) throws -> ScamReport {
    let report = try find(id, opening: cipher, in: transaction)
    guard report.revision == seen else { throw Problem.reportStale }
    return report
  }
}
