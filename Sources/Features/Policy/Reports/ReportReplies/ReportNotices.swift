import Database
import Kernel
import Messages
import People

/// What people are told of reports.
struct ReportNotices: Sendable {
  let directory: Directory
  let messenger: Messenger

  static let desk = MessageKind(
    "policy.report_desk", name: ("报告要处理", "Reports to see to"), headline: ("有报告等您处理", "reports wait"))
  static let government = MessageKind(
    "policy.report_government", name: ("居民报告等答复", "Residents’ reports to answer"),
    headline: ("有居民报告等答复", "a report to answer"), patience: .days(7))
  static let due = MessageKind(
    "policy.report_due", name: ("报告的答复到期", "A reply is due"), headline: ("报告的答复快到期", "a reply is due"))
  static let told = MessageKind(
    "policy.report_told", name: ("报告的结果", "What came of a report"),
    headline: ("您关心的报告有结果了", "news of a report"), patience: .days(7))

  static let kinds = [desk, government, due, told]

  // MARK: - The station

  func committeeIsAsked(_ report: Report, in transaction: Transaction) throws {
    try send(
      try holders(.committee, in: transaction), Self.desk, report, "complete-\(report.standing.events)",
      Phrase("请看一看报告“\(report.plan.title)”的草稿。", "Please read the draft of “\(report.plan.title)”."),
      path: ReportParts.path(report.id), in: transaction)
  }

  func waitsForApproval(_ report: Report, in transaction: Transaction) throws {
    try send(
      [report.supervisor], Self.desk, report, "checked-\(report.standing.events)",
      Phrase("报告“\(report.plan.title)”等您同意。", "“\(report.plan.title)” waits for your approval."),
      path: ReportParts.desk(report.id), in: transaction)
  }

  func judged(_ report: Report, in transaction: Transaction) throws {
    let text =
      report.standing.state == .approved
      ? Phrase("督导同意了报告“\(report.plan.title)”。", "“\(report.plan.title)” was approved.")
      : Phrase(
        "报告“\(report.plan.title)”退回来了，理由写在里面。", "“\(report.plan.title)” was sent back; the reason is there.")
    try send(
      report.authors.sorted(), Self.desk, report, "judged-\(report.standing.events)", text,
      path: ReportParts.desk(report.id), in: transaction)
  }

  func timeIsAsked(_ report: Report, in transaction: Transaction) throws {
    try tellStation(
      of: report, Self.desk, "time-\(report.standing.events)",
      Phrase(
        "部门请求延期答复报告“\(report.plan.title)”。", "The department asked for more time for “\(report.plan.title)”."),
      in: transaction)
  }

  func replied(_ report: Report, in transaction: Transaction) throws {
    try tellStation(
      of: report, Self.desk, "replied-\(report.standing.events)",
      Phrase("报告“\(report.plan.title)”有了答复，请公开。", "There is a reply to “\(report.plan.title)” to publish."),
      in: transaction)
  }

  // MARK: - Government readers

  func sent(_ report: Report, in transaction: Transaction) throws {
    try tellGovernment(
      of: report, Self.government, "sent-\(report.standing.events)",
      Phrase("请答复居民报告“\(report.plan.title)”。", "Please answer the residents’ report “\(report.plan.title)”."),
      in: transaction)
  }

  func timeIsGiven(_ report: Report, in transaction: Transaction) throws {
    try tellGovernment(
      of: report, Self.government, "given-\(report.standing.events)",
      Phrase("报告“\(report.plan.title)”的答复可以晚一些。", "There is more time to answer “\(report.plan.title)”."),
      in: transaction)
  }

  // MARK: - The day

  func dueSoon(_ report: Report, in transaction: Transaction) throws {
    let text = Phrase(
      "报告“\(report.plan.title)”的答复一周内到期。", "The reply to “\(report.plan.title)” is due within a week.")
    try tellAll(of: report, "soon-\(report.standing.events)", text, in: transaction)
  }

  /// - Parameter week: how many weeks ago, so that each reminder is one of its own.
  func overdue(_ report: Report, week: Int64, in transaction: Transaction) throws {
    let text = Phrase(
      "报告“\(report.plan.title)”的答复过期了。", "The reply to “\(report.plan.title)” is overdue.")
    try tellAll(of: report, "overdue-\(report.standing.events)-\(week)", text, in: transaction)
  }

  // MARK: - Residents

  /// - Returns: how many of them had not been told.
  func told(
    _ persons: [PersonID], of report: Report, _ text: String, in transaction: Transaction
  ) throws -> Int {
    let news = Phrase(
      "报告“\(report.plan.title)”有结果了：\(text)", "What came of “\(report.plan.title)”: \(text)")
    return try messenger.send(
      persons.map {
        Message(
          to: $0, Self.told, about: report.id.rawValue, occasion: "told", news,
          path: ReportParts.path(report.id))
      }, in: transaction)
  }

  // MARK: - Whom

  private func tellAll(
    of report: Report, _ occasion: String, _ text: Phrase, in transaction: Transaction
  ) throws {
    try tellStation(of: report, Self.due, occasion, text, in: transaction)
    try tellGovernment(of: report, Self.due, occasion, text, in: transaction)
  }

  private func tellStation(
    of report: Report, _ kind: MessageKind, _ occasion: String, _ text: Phrase, in transaction: Transaction
  ) throws {
    try send(
      report.authors.union([report.supervisor]).sorted(), kind, report, occasion, text,
      path: ReportParts.desk(report.id), in: transaction)
  }

  private func tellGovernment(
    of report: Report, _ kind: MessageKind, _ occasion: String, _ text: Phrase, in transaction: Transaction
  ) throws {
    let team = report.authors.union([report.supervisor])
    try send(
      try holders(.governmentReader, in: transaction).filter { !team.contains($0) }, kind, report, occasion,
      text, path: GovernmentPages.path(report.id), in: transaction)
  }

  private func holders(_ role: Role, in transaction: Transaction) throws -> [PersonID] {
    try directory.persons(holding: role, in: transaction.community, transaction).sorted()
  }

  private func send(
    _ persons: [PersonID], _ kind: MessageKind, _ report: Report, _ occasion: String, _ text: Phrase,
    path: String, in transaction: Transaction
  ) throws {
    try messenger.send(
      persons.map {
        Message(to: $0, kind, about: report.id.rawValue, occasion: occasion, text, path: path)
      }, in: transaction)
  }
}
