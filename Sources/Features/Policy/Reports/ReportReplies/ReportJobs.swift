import Database
import Kernel
import Web

/// What happens to reports by itself when a time has come.
enum ReportJobs {
  private static let reminder: StaticString = "policy.report_due"
  private static let telling: StaticString = "policy.report_tell"

  /// So long before the day, everybody concerned is reminded.
  static let notice = Duration.days(7)

  static func handlers(_ desk: ReportDesk) -> [JobHandler] {
    [
      JobHandler(reminder) { try remind($1, desk.notices, in: $0) },
      JobHandler(telling) { transaction, job in
        guard let id = report(job) else { return }
        try desk.tellPart(of: id, in: transaction)
      },
    ]
  }

  static func isDue(_ report: Report, in transaction: Transaction) throws {
    guard let dueAt = report.standing.dueAt else { return }
    let early = dueAt - notice
    try transaction.schedule(
      reminder, key: report.id.description, at: early > transaction.now ? early : dueAt,
      body: body(report.id))
  }

  static func isReplied(_ id: ReportID, in transaction: Transaction) throws {
    try transaction.cancelJob(reminder, key: id.description)
  }

  static func tell(_ id: ReportID, at moment: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(telling, key: id.description, at: moment, body: body(id))
  }

  /// A week before the day, on the day, and every week from then on until there is a reply.
  private static func remind(
    _ job: Job, _ notices: ReportNotices, in transaction: Transaction
  ) throws {
    guard let id = report(job),
      let report = try ReportStore.find(id, in: transaction.community, transaction),
      report.standing.state == .sent, let dueAt = report.standing.dueAt
    else { return }
    if transaction.now < dueAt {
      try notices.dueSoon(report, in: transaction)
      return try transaction.schedule(reminder, key: id.description, at: dueAt, body: job.body)
    }
    let week = (transaction.now - dueAt).wholeMicroseconds / Duration.days(7).wholeMicroseconds
    try notices.overdue(report, week: week, in: transaction)
    try transaction.schedule(
      reminder, key: id.description, at: dueAt + .days(7 * (week + 1)), body: job.body)
  }

  private static func body(_ id: ReportID) -> String { #"{"report":"\#(id)"}"# }

  private static func report(_ job: Job) -> ReportID? {
    guard case .string(let text)? = (try? JSON(Array(job.body.utf8)))?["report"] else { return nil }
    return ReportID(text)
  }
}
