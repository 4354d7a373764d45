import Database
import Kernel
import People
import Web

/// Once a day asks other features for new ties, drops those that are too old, and sees to it that the quarter that ended
/// last has its report.
struct GatherTies: Sendable {
  static let kind: StaticString = "resources.gather_ties"
  /// Asked again at each round, since things are entered late; a tie is kept once.
  static let overlap = Duration.days(3)
  /// Asked for at once, so that no transaction holds others up for long.
  static let span = Duration.days(7)
  /// How far back the first round looks.
  static let firstLook = Duration.days(200)
  /// Two years and what a comparison with the quarter before them needs.
  static let keepingTime = Duration.days(830)
  private static let key = "daily"

  static let rule = RetentionRule(
    Phrase("谁和谁有过来往（只用来算合计）", "Who had to do with whom (for totals alone)"),
    term: Phrase("830 天", "830 days"),
    reason: Phrase(
      "两年以内的季度要能互相比；以后只留合计（《个人信息保护法》第十九条）",
      "Quarters of two years are compared; afterwards totals alone stay (PIPL art. 19)"))

  let sources: TieSources
  let recorder: TieRecorder

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, job in
      guard case .integer(let offset)? = try JSON(Array(job.body.utf8))["offset"] else { return }
      let isDone = try gather(in: transaction)
      try TieStore.forget(before: transaction.now - Self.keepingTime, in: transaction)
      let last = Quarter(transaction.now, offsetSeconds: Int(offset)).previous
      if isDone, try NetworkReportStore.find(last, in: transaction.community, transaction) == nil {
        try NetworkRequests.ask(last, by: nil, in: transaction)
      }
      try Self.schedule(
        offsetSeconds: Int(offset), at: transaction.now + (isDone ? .days(1) : .seconds(1)), in: transaction)
    }
  }

  /// Begins the daily rounds; from then on they go on by themselves. To be called again does no harm.
  static func begin(offsetSeconds: Int, in transaction: Transaction) throws {
    try schedule(offsetSeconds: offsetSeconds, at: transaction.now, in: transaction)
  }

  private static func schedule(
    offsetSeconds: Int, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(kind, key: key, at: moment, body: #"{"offset":\#(offsetSeconds)}"#)
  }

  /// - Returns: whether everything up to now was asked for.
  private func gather(in transaction: Transaction) throws -> Bool {
    let reached =
      try TieStore.gatheredUntil(in: transaction.community, transaction) ?? (transaction.now - Self.firstLook)
    let until = min(transaction.now, reached + Self.span)
    let from = reached - Self.overlap
    for source in [sources.traded, sources.together] {
      try recorder.record(try source(from, until, transaction.community, transaction), in: transaction)
    }
    try TieStore.setGathered(until: until, in: transaction)
    if until == transaction.now { transaction.touch(.networkReports) }
    return until == transaction.now
  }
}
