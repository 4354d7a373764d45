import Database
import Kernel
import Web

/// On the second of each month freezes the figures of the month before, and sees to the next one.
struct FreezeIndicators: Sendable {
  static let kind: StaticString = "resources.freeze_indicators"
  /// Five in the morning on the community's clock, after everything else that a month's end brings.
  private static let hour: Int64 = 5
  /// After a long standstill so many months are made up for.
  private static let most = 12
  private static let key = "monthly"

  let sources: [IndicatorSource]

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, job in
      let body = try JSON(Array(job.body.utf8))
      guard case .integer(let offset)? = body["offset"], case .string(let text)? = body["month"],
        let first = Month(text)
      else { throw Problem.internalFault }
      try perform(from: first, offsetSeconds: Int(offset), in: transaction)
    }
  }

  /// Begins the monthly rounds with the month before; from then on they go on by themselves.
  static func begin(offsetSeconds: Int, in transaction: Transaction) throws {
    let last = Month(transaction.now, offsetSeconds: offsetSeconds).previous
    try schedule(last, offsetSeconds: offsetSeconds, in: transaction)
  }

  private static func due(_ month: Month, offsetSeconds: Int) -> Timestamp {
    month.next.start(offsetSeconds: offsetSeconds) + .days(1) + .hours(hour)
  }

  private static func schedule(
    _ month: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: key, at: max(transaction.now, due(month, offsetSeconds: offsetSeconds)),
      body: #"{"month":"\#(month)","offset":\#(offsetSeconds)}"#)
  }

  private func perform(
    from first: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let running = Month(transaction.now, offsetSeconds: offsetSeconds)
    let ended = running.previous.months(back: Self.most).filter {
      $0 >= first && transaction.now >= Self.due($0, offsetSeconds: offsetSeconds)
    }
    for month in ended { try freeze(month, offsetSeconds: offsetSeconds, in: transaction) }
    let next = ended.last == running.previous ? running : running.previous
    try Self.schedule(next, offsetSeconds: offsetSeconds, in: transaction)
  }

  /// Freezes what is not frozen yet with its present meaning. What cannot be measured is not written down.
  func freeze(_ month: Month, offsetSeconds: Int, in transaction: Transaction) throws {
    let (from, until) = (
      month.start(offsetSeconds: offsetSeconds), month.next.start(offsetSeconds: offsetSeconds)
    )
    let community = transaction.community
    for source in sources {
      let version = source.definition.version
      let newest = try IndicatorStore.version(of: source.code, in: month, of: community, transaction)
      if let newest, newest >= version { continue }
      guard let value = try source.read(from, until, community, transaction), value.isSound else { continue }
      try IndicatorStore.insert(
        FrozenIndicator(code: source.code, month: month, version: version, value: value), in: transaction)
    }
  }
}
