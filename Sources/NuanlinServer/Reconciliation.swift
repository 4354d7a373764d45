import Database
import Kernel
import Ledger
import Shop

/// Whether goods and money agree: what no feature can see alone.
enum Reconciliation {
  /// For every order, what the household has and keeps is worth what the books say was sold, and the order says that it is
  /// paid only if it is (reliability §3.10, I8).
  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var breaches: [Breach] = []
    try OrderWorth.forEachCampaign(snapshot) { community, isPractice, orders in
      let ids = orders.map(\.order)
      let sold = try OrderAccounts.sold(for: ids, in: community, snapshot)
      let paid = try OrderAccounts.paid(for: ids, in: community, snapshot)
      for order in orders where isPractice && breaches.count < Invariant.limit {
        if sold[order.order] ?? .zero != .zero || paid[order.order] ?? .zero != .zero {
          breaches.append(Breach("money.play_in_books", "order \(order.order)"))
        }
      }
      for order in orders where !isPractice && breaches.count < Invariant.limit {
        let inBooks = sold[order.order] ?? .zero
        if inBooks != order.kept {
          breaches.append(
            Breach(
              "money.goods_differ",
              "order \(order.order), kept \(order.kept.minorUnits), in the books \(inBooks.minorUnits)"))
        }
        let received = paid[order.order] ?? .zero
        if order.isPaid, received < order.total {
          breaches.append(
            Breach(
              "money.paid_without_payment",
              "order \(order.order), total \(order.total.minorUnits), received \(received.minorUnits)"))
        }
      }
    }
    return breaches
  }
}
