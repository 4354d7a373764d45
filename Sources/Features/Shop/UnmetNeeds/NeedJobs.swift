import Database
import Kernel
import Web

/// What is done about needs by the calendar: on the second of each month the month before is released, and what is kept of
/// single terms is forgotten after three months, whether it was released or not.
enum NeedJobs {
  static let release: StaticString = "shop.release_needs"
  static let forget: StaticString = "shop.forget_need_terms"
  /// Three in the morning on the community's clock, when nobody waits for the database.
  private static let hour: Int64 = 3

  static func handlers(_ desk: NeedDesk) -> [JobHandler] {
    [
      JobHandler(release) { transaction, job in try performRelease(job, desk, in: transaction) },
      JobHandler(forget) { transaction, job in
        try NeedNoteStore.forget(upTo: try month(of: job), in: transaction)
      },
    ]
  }

  /// Begins with a month: the first search that finds nothing calls it. From then on releases follow by themselves.
  static func begin(
    _ month: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    try schedule(
      release, month, at: NeedCalendar.release(of: month, offsetSeconds: offsetSeconds) + .hours(hour),
      in: transaction)
    try schedule(
      forget, month, at: NeedCalendar.forgetting(month, offsetSeconds: offsetSeconds), in: transaction)
  }

  private static func schedule(
    _ kind: StaticString, _ month: Month, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: month.description, at: moment, body: #"{"month":"\#(month.description)"}"#)
  }

  private static func month(of job: Job) throws -> Month {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["month"],
      let month = Month(text)
    else { throw Problem.internalFault }
    return month
  }

  /// Releases the months that are due from the job's own on, and waits for the end of the one that is running.
  private static func performRelease(_ job: Job, _ desk: NeedDesk, in transaction: Transaction) throws {
    let (first, now) = (try month(of: job), transaction.now)
    let offset = try desk.offsetSeconds(in: transaction.community, transaction)
    for month in NeedCalendar.open(at: now, offsetSeconds: offset)
    where month.description >= first.description {
      if try !NeedTableStore.isReleased(month, in: transaction.community, transaction) {
        try desk.release(month, by: nil, in: transaction)
      }
    }
    let running = Month(now, offsetSeconds: offset)
    // On the first of a month the one before is still to come.
    if now < NeedCalendar.release(of: running.previous, offsetSeconds: offset) {
      try begin(running.previous, offsetSeconds: offset, in: transaction)
    }
    try begin(running, offsetSeconds: offset, in: transaction)
  }
}
