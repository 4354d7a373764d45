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
  let month: Month
  /// By the time of ordering.
  let lines: [Line]

  var assisted: [Line] { lines.filter { $0.helper != nil } }

  /// - Throws: `money.overflow`.
  func sum(_ lines: [Line]) throws -> Money { try lines.reduce(.zero) { try $0.adding($1.total) } }
}
