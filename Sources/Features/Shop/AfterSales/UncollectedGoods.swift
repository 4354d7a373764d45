import Database
import Kernel
import People

/// What becomes of the money for goods that nobody fetched: the campaign said so before anybody ordered.
enum UncollectedGoods {
  /// Books what the household pays for goods it did not fetch, and promises the rest of its money back.
  static func settle(
    _ id: OrderID, of campaign: Campaign, merchants: [CampaignItemID: MerchantID], _ books: Bookkeeping,
    by actor: Actor, in transaction: Transaction
  ) throws {
    guard let before = try OrderStore.find(id, in: transaction.community, transaction) else { return }
    let paid = try books.paid([id], transaction.community, transaction)[id] ?? .zero
    let after = try before.forfeiting(campaign.terms.uncollected, paid: paid)
    try books.deliver(
      Delivery(.uncollected(id), from: before, to: after, of: campaign, merchants: merchants), actor,
      transaction)
    let reason: Settlement.Reason = campaign.booking == nil ? .uncollected : .visitFellThrough
    try books.settle(Settlement(after, because: reason), actor, transaction)
    try OrderStore.update(after, in: transaction)
  }
}

extension Order {
  /// The order once so much of the price of what was not fetched is kept; only of what was paid for in full, since nobody
  /// is sent a bill for goods they do not have.
  /// - Throws: `money.overflow`.
  func forfeiting(_ rate: Rate, paid: Money) throws -> Order {
    var order = self
    if payment == .received {
      for index in order.lines.indices {
        let line = order.lines[index]
        let rest = try line.amount().subtracting(line.handedOver())
        let parts = LargestRemainder.split(
          rest.minorUnits, by: [rate.basisPoints, Rate.whole - rate.basisPoints])
        order.lines[index].forfeited = Money(minorUnits: parts.first ?? 0, currency: rest.currency)
      }
    }
    let kept = try order.lines.reduce(Money.zero) { try $0.adding($1.kept()) }
    order.payment = kept == .zero ? .void : paid >= kept ? .received : .due
    return order
  }
}
