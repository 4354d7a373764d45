import Database
import Kernel

@testable import Shop

extension FundChoice {
  static let open = FundChoice(
    id: FundID(rawValue: 71), name: Phrase("暖邻厨房基金", "Warm kitchens fund"), isOpen: true)
  static let closed = FundChoice(id: FundID(rawValue: 72), name: Phrase("旧基金", "Old fund"), isOpen: false)
}

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
    platformRate: { _, _ in .none }, funds: { _, _ in [.open, .closed] },
    money: { _, _, _ in OrderMoney() })
}
