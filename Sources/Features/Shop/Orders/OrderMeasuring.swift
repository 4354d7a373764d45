package import Database
package import Kernel

/// What measuring needs of orders: many of them at once.
package enum OrderMeasuring {
  /// Decides many requests in one transaction, exactly as the desk does. In a measurement everyone orders for themselves.
  package static func place(
    _ requests: [OrderRequest], _ books: Bookkeeping, in transaction: Transaction
  ) throws -> [Result<OrderAnswer, Problem>] {
    try OrderDesk.decide(requests, books, .ownOnly, in: transaction)
  }
}

extension Representation {
  /// Nobody has a household in common with anybody: everyone orders for themselves.
  static let ownOnly = Representation(
    household: { _, _, _ in nil }, mandate: { _, _, _ in nil }, mandates: { _, _, _ in [] },
    offsetSeconds: { _, _ in 0 })
}
