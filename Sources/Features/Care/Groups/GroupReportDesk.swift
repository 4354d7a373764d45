package import Database
package import Kernel
import People

extension GroupDesk {
  /// What somebody writes of what a group came to.
  package struct ReportDraft: Sendable {
    /// The version of the terms that the author had before them.
    package let version: Int64
    /// In the order of the goals, with words to each.
    package let goals: [(result: GroupReport.Result, words: CareDocument)]
    package let words: CareDocument
  }

  /// Looks back on a group and gives it to the supervisor to end.
  /// - Throws: what `GroupRules.refusalToReport` says; `group.stale` where the goals were changed meanwhile,
  ///   `group.forbidden`.
  @discardableResult
  package func report(
    _ draft: ReportDraft, _ open: OpenGroup, sealing seal: GroupSeal, in transaction: Transaction
  ) throws -> GroupReport {
    try open.requireWriting()
    let terms = open.group.terms
    guard draft.version == terms.version, Int64(draft.goals.count) == terms.goals else {
      throw Problem.groupStale
    }
    let earlier = try GroupReportStore.reports(of: open.id, in: transaction.community, transaction)
    if let refusal = GroupRules.refusalToReport(
      open.group.standing, isWaiting: earlier.first.map { $0.decision == nil } ?? false,
      saysWhyEarly: !draft.words[.reason].isEmpty)
    {
      throw refusal
    }
    let goals = try draft.goals.map { goal in
      GroupReport.Goal(goal.result, text: try seal.writeAny(goal.words, of: open, in: transaction))
    }
    let report = GroupReport(
      id: transaction.newIdentifier(), group: open.id, version: terms.version, goals: goals,
      text: try seal.write(draft.words, of: open, in: transaction), madeAt: transaction.now,
      madeBy: open.actor.person, decision: nil)
    try GroupReportStore.insert(report, in: transaction)
    try transaction.audit("care.group_report", open, of: report.id.rawValue)
    try GroupNotices(messenger: messenger).waiting(open.group, report.id, in: transaction)
    return report
  }

  /// The supervisor's word on a report; approved, it ends the group.
  /// - Throws: `approval.own`, `closing.decided`, `group.forbidden`, `group.closed`, `not_found`.
  package func decide(
    _ id: GroupReportID, isApproved: Bool, words: CareDocument, _ open: inout OpenGroup,
    sealing seal: GroupSeal, in transaction: Transaction
  ) throws {
    try open.require(\.mayApprove)
    let (community, person) = (transaction.community, open.actor.person)
    guard
      let report = try GroupReportStore.reports(of: open.id, in: community, transaction)
        .first(where: { $0.id == id })
    else { throw Problem.notFound }
    let mayOwn = try SelfApprovalStore.holds(person, in: community, transaction)
    let led = GroupEvent.led(try GroupEventRow.events(of: open.id, in: community, transaction))
    if let refusal = report.refusalToDecide(by: person, led: led, isSelfApproved: mayOwn) { throw refusal }
    let decision = CaseClosing.Decision(
      isApproved: isApproved, at: transaction.now, by: person,
      text: try seal.writeAny(words, of: open, in: transaction))
    try GroupReportStore.insert(decision, on: id, in: transaction)
    try transaction.audit(
      "care.group_report_decide", open, of: id.rawValue, purpose: isApproved ? "approved" : "sent_back")
    if isApproved {
      try append(.closed(at: open.group.standing.stage, id), &open, in: transaction)
      try transaction.audit("care.group_close", open, of: open.id.rawValue)
    }
    try GroupNotices(messenger: messenger).decided(open.group, id, in: transaction)
  }
}

extension GroupEvent {
  /// Everybody who ever led a group.
  package static func led(_ events: [GroupEvent]) -> Set<PersonID> {
    var led: Set<PersonID> = []
    for case .staffed(let staff) in events.map(\.what) { led.formUnion(staff.leaders) }
    return led
  }
}
