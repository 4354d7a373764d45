package import Database
package import Kernel

/// What measuring needs of orders: many of them at once.
package enum OrderMeasuring {
  /// Decides many requests in one transaction, exactly as the desk does.
  package static func place(
    _ requests: [OrderRequest], _ books: Bookkeeping, in transaction: Transaction
  ) throws -> [Result<OrderAnswer, Problem>] {
    try OrderDesk.decide(requests, books, in: transaction)
  }
}
