package import Database
import Kernel
package import People
package import Security
import Statistics
import Web

/// Where a month's needs are counted, put through the gate and recorded: all four tables in one transaction, once, whoever
/// asks for it and however often.
package struct NeedDesk: Sendable {
  let directory: Directory
  let keys: NeedKeys

  /// - Parameter keys: what marks of households are derived from.
  package init(directory: Directory, keys: DerivedKeys) {
    self.directory = directory
    self.keys = NeedKeys(keys)
  }

  /// Where searches that found nothing are counted.
  package func notes(_ database: Database) -> NeedNotes { NeedNotes(database, keys: keys) }

  /// What is done by the calendar.
  package var jobs: [JobHandler] { NeedJobs.handlers(self) }

  /// The clock of the community.
  /// - Throws: `not_found` where there is no such community.
  func offsetSeconds(in community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    guard let card = try directory.community(community, snapshot) else { throw Problem.notFound }
    return card.offsetSeconds
  }

  /// - Parameter actor: nil for the month's job.
  /// - Throws: `needs.not_now`, `needs.released`.
  func release(
    _ month: Month, by actor: Actor?, in transaction: Transaction
  ) throws {
    let offset = try offsetSeconds(in: transaction.community, transaction)
    guard NeedCalendar.isOpen(month, at: transaction.now, offsetSeconds: offset) else {
      throw Problem.needsNotNow
    }
    guard try !NeedTableStore.isReleased(month, in: transaction.community, transaction) else {
      throw Problem.needsReleased
    }
    for kind in NeedTable.Kind.allCases {
      let (text, outcome) = try count(kind, of: month, offsetSeconds: offset, in: transaction)
      let key = keys.key(of: month, in: transaction.community)
      let table = NeedTable(
        id: transaction.newIdentifier(), month: month, kind: kind, outcome: outcome,
        dataDigest: key.digest(of: text), queryDigest: kind.queryDigest(of: month),
        releasedAt: transaction.now)
      try NeedTableStore.insert(table, by: actor?.person, in: transaction)
      try audit(table, by: actor, in: transaction)
    }
    try NeedNoteStore.forgetSmall(NeedTable.least, in: month, transaction)
  }

  private func audit(_ table: NeedTable, by actor: Actor?, in transaction: Transaction) throws {
    let actor = actor ?? .machine
    let digest = Digest(domain: 82, fields: [Array((table.content?.text ?? "").utf8)])
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.need_release", object: table.id.rawValue,
        purpose: table.month.description, detailDigest: digest.bytes))
  }

  // MARK: - Counting

  /// - Returns: the figures in words, and what the gate made of them.
  private func count(
    _ kind: NeedTable.Kind, of month: Month, offsetSeconds: Int, in transaction: Transaction
  ) throws -> (text: String, outcome: NeedTable.Outcome) {
    let community = transaction.community
    let (from, until) = (
      month.start(offsetSeconds: offsetSeconds), month.next.start(offsetSeconds: offsetSeconds)
    )
    switch kind {
    case .unmetSearches:
      // Terms that are too small to be shown are not read at all.
      let counts = NeedFigures(
        try NeedNoteStore.counts(
          in: month, least: NeedTable.least, limit: UnmetSearchTable.rowLimit, of: community, transaction)
      ) { "\($0.term.text) \($0.households)" }
      let households = try directory.householdCount(of: community, transaction)
      return try judge(counts) { counts throws(DisclosureRefusal) in
        try UnmetSearchTable.content(counts, of: Int(households))
      }
    case .afterSales:
      return try judge(
        try NeedFiguresStore.cases(from: from, until: until, in: community, transaction),
        AfterSalesTable.content)
    case .unservedBuildings:
      return try judge(
        try NeedFiguresStore.buildings(from: from, until: until, directory, in: community, transaction),
        UnservedTable.content)
    case .assistedShare:
      let year = Month.year(endingWith: month).start(offsetSeconds: offsetSeconds)
      return try judge(
        try NeedFiguresStore.shares(
          from: from, until: until, helpedSince: year, directory, in: community, transaction),
        AssistedShareTable.content)
    }
  }

  private func judge<Entry>(
    _ figures: NeedFigures<Entry>, _ gate: ([Entry]) throws(DisclosureRefusal) -> NeedTable.Content
  ) throws -> (text: String, outcome: NeedTable.Outcome) {
    do throws(DisclosureRefusal) {
      return (figures.text, .released(try gate(figures.entries)))
    } catch {
      return (figures.text, .refused(try NeedRefusal(error)))
    }
  }
}

/// Which months can be released, and when.
enum NeedCalendar {
  /// From when on a month can be released: the second day after it.
  static func release(of month: Month, offsetSeconds: Int) -> Timestamp {
    month.next.start(offsetSeconds: offsetSeconds) + .days(1)
  }

  /// When the last that is kept of a month is forgotten, released or not: nothing becomes older than three months.
  static func forgetting(_ month: Month, offsetSeconds: Int) -> Timestamp {
    month.next.next.next.start(offsetSeconds: offsetSeconds)
  }

  static func isOpen(_ month: Month, at now: Timestamp, offsetSeconds: Int) -> Bool {
    now >= release(of: month, offsetSeconds: offsetSeconds)
      && now < forgetting(month, offsetSeconds: offsetSeconds)
  }

  /// The months that can be released now, the oldest first.
  static func open(at now: Timestamp, offsetSeconds: Int) -> [Month] {
    let last = Month(now, offsetSeconds: offsetSeconds).previous
    return [last.previous, last].filter { isOpen($0, at: now, offsetSeconds: offsetSeconds) }
  }
}

extension Month {
  /// The first of the twelve months that end with this one.
  fileprivate static func year(endingWith month: Month) -> Month {
    (1..<IndependenceReport.monthCount).reduce(month) { month, _ in month.previous }
  }
}

extension Problem {
  static let needsNotNow = Problem(
    "needs.not_now", status: 409,
    Phrase("这个月还不能公布，或者已经过了时候。", "This month cannot be released now."),
    advice: Phrase(
      "每月 2 号起可以公布上个月的，留两个月。",
      "From the second day of a month the one before can be released, for two months."))

  static let needsReleased = Problem(
    "needs.released", status: 409,
    Phrase("这个月已经公布过了，不会再算一遍。", "This month was released; it is not counted again."))

  static let needTermUnusable = Problem(
    "needs.term", status: 422,
    Phrase(
      "这个词我们不记：太长，或者像人名、电话、门牌。",
      "We do not keep this word: it is too long, or looks like a name, a number or a door."),
    advice: Phrase("请只写想买的东西，比如“鸡蛋”。", "Please write what you would like to buy alone, such as eggs."))

  static let needsEnough = Problem(
    "needs.enough", status: 409,
    Phrase(
      "您家这个月已经记了 \(NeedNotes.termLimit) 样，下个月再来。",
      "Your home has counted \(NeedNotes.termLimit) wishes this month; please come again next month."))
}
