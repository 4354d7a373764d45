package import Database
package import Kernel
package import People

/// What an order says about its payment when money comes for it.
package enum OrderPayments {
  /// The order says whether it is paid, also where a payment was taken away from it; what came beyond what it still needs is promised back.
  package static func paymentCame(
    _ id: OrderID, _ books: Bookkeeping, by actor: Actor, in transaction: Transaction
  ) throws {
    guard var order = try OrderStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let paid = try books.paid([id], transaction.community, transaction)[id] ?? .zero
    let isStanding = order.fulfilment != .cancelled && order.fulfilment != .released
    if isStanding, order.payment != .received, paid >= order.total {
      order.payment = .received
      order.revision += 1
      try OrderStore.update(order, in: transaction)
      try transaction.publish(
        "shop.order_paid", subject: id.rawValue, body: #"{"campaign":"\#(order.campaign)"}"#)
      transaction.touch(.campaign(order.campaign))
    } else if isStanding, order.payment == .received, paid < order.total {
      // The payment turned out to be somebody else's.
      order.payment = .due
      order.revision += 1
      try OrderStore.update(order, in: transaction)
      transaction.touch(.campaign(order.campaign))
    }
    try books.settle(Settlement(order, because: isStanding ? .changed : .latePayment), actor, transaction)
  }
}
