import Kernel

/// What somebody who lets others order had in one month, to be read by them and by whom they chose.
///
/// Source: field/socialwork.md §4, no. 1: a plain statement each month.
struct MandateStatement: Sendable {
  struct Line: Sendable {
    let order: OrderID
    let number: Int64
    let campaign: Phrase
    let placedAt: Timestamp
    /// Nil where the household ordered it itself.
    let helper: PersonID?
    /// What is kept of it now: changes, shortages and what was given back are taken off.
    let total: Money
    let state: Order.Fulfilment
    let goods: [(name: Phrase, pieces: Int64)]
  }

  let person: PersonID
  let month: StatementMonth
  /// By the time of ordering.
  let lines: [Line]

  var assisted: [Line] { lines.filter { $0.helper != nil } }

  /// - Throws: `money.overflow`.
  func sum(_ lines: [Line]) throws -> Money { try lines.reduce(.zero) { try $0.adding($1.total) } }
}

/// A month of a community's calendar.
struct StatementMonth: Sendable, Hashable {
  let year: Int
  /// 1…12.
  let month: Int

  init(_ moment: Timestamp, offsetSeconds: Int) {
    let date = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    year = date.year
    month = date.month
  }

  /// Nil unless it reads `2026-11`.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (2024...9998).contains(year), (1...12).contains(month)
    else { return nil }
    self.year = year
    self.month = month
  }

  private init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
  var name: Phrase { Phrase("\(year)年\(month)月", "\(text)") }
  var next: StatementMonth {
    month == 12 ? StatementMonth(year: year + 1, month: 1) : StatementMonth(year: year, month: month + 1)
  }
  var previous: StatementMonth {
    month == 1 ? StatementMonth(year: year - 1, month: 12) : StatementMonth(year: year, month: month - 1)
  }

  /// Its first moment.
  func start(offsetSeconds: Int) -> Timestamp {
    CivilDateTime(year: year, month: month, day: 1).timestamp(offsetSeconds: offsetSeconds)
  }
}
