import Database
import Kernel

@testable import Shop

extension Bookkeeping {
  /// What was paid is the cash that the handovers say was taken, and nothing else is kept: for tests of the Shop alone.
  static let cashOnly = Bookkeeping(
    paid: { orders, community, snapshot in
      var paid: [OrderID: Money] = [:]
      for order in orders {
        paid[order] = try snapshot.value(
          """
          SELECT CAST(coalesce(sum(cash_received), 0) AS BIGINT) FROM shop_pickup
          WHERE order_id = \(order) AND community_id = \(community)
          """)
      }
      return paid
    },
    takeCash: { _, _, _ in }, deliver: { _, _, _ in }, settle: { _, _, _ in }, finish: { _, _, _ in },
    platformRate: { _, _ in .none },
    money: { _, _, _ in OrderMoney() })
}
