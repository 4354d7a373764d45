import Database
import Kernel
import People
import Web

/// Where a month is counted for merchants, put through the gate and recorded, once.
struct MarketDesk: Sendable {
  static let job: StaticString = "shop.release_market"
  /// Four in the morning on the community's clock, after the month's needs.
  private static let hour: Int64 = 4

  let directory: Directory

  /// - Throws: `needs.not_now` for a month that is not over, or over for too long.
  func release(_ month: Month, in transaction: Transaction) throws {
    let community = transaction.community
    if try MarketMonthStore.find(month, in: community, transaction) != nil { return }
    let offset = try offsetSeconds(transaction)
    guard NeedCalendar.isOpen(month, at: transaction.now, offsetSeconds: offset) else {
      throw Problem.needsNotNow
    }
    let lines = try counted(month, offsetSeconds: offset, in: transaction)
    let content = MarketMonth(
      month: month, demand: try MarketRules.demand(lines, offsetSeconds: offset),
      prices: MarketRules.prices(lines), releasedAt: transaction.now)
    try MarketMonthStore.insert(content, in: transaction)
    try transaction.audit(
      "shop.market_release", by: .machine, of: community.rawValue, purpose: month.description)
  }

  /// The lines of those who agreed that their orders are counted.
  private func counted(
    _ month: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws -> [SoldLine] {
    let community = transaction.community
    let lines = try MarketMonthStore.lines(
      from: month.start(offsetSeconds: offsetSeconds), until: month.next.start(offsetSeconds: offsetSeconds),
      in: community, transaction)
    let agreed = try directory.consent.allowed(
      Set(lines.map(\.person)).sorted(), .statistics, .orders, to: .totalsForAll, at: transaction.now,
      in: community, transaction)
    return lines.filter { agreed.contains($0.person) }
  }

  private func offsetSeconds(_ transaction: Transaction) throws -> Int {
    guard let card = try directory.community(transaction.community, transaction) else {
      throw Problem.notFound
    }
    return card.offsetSeconds
  }

  // MARK: - By the calendar

  /// Releases the months that are due from the job's own on, and waits for the end of the one that is running.
  var jobs: [JobHandler] {
    [
      JobHandler(Self.job) { transaction, job in
        guard case .string(let text)? = try JSON(Array(job.body.utf8))["month"] else {
          throw Problem.internalFault
        }
        let offset = try offsetSeconds(transaction)
        for month in NeedCalendar.open(at: transaction.now, offsetSeconds: offset)
        where month.description >= text {
          try release(month, in: transaction)
        }
        let running = Month(transaction.now, offsetSeconds: offset)
        try Self.schedule(running, offsetSeconds: offset, in: transaction)
      }
    ]
  }

  /// Goods that arrive begin it: before them nothing is handed over. From then on months follow by themselves.
  var handler: EventHandler {
    EventHandler("shop.market_information", kinds: ["shop.goods_arrived"], freshFor: .days(31)) {
      transaction, _ in
      let offset = try offsetSeconds(transaction)
      try Self.schedule(
        Month(transaction.now, offsetSeconds: offset), offsetSeconds: offset, in: transaction)
    }
  }

  private static func schedule(
    _ month: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      job, key: month.description,
      at: NeedCalendar.release(of: month, offsetSeconds: offsetSeconds) + .hours(hour),
      body: #"{"month":"\#(month.description)"}"#)
  }
}
