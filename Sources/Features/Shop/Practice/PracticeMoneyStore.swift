import Database
import Kernel

/// Play money: what the pickups of a practice shop say was taken, and nothing else.
enum PracticeMoneyStore {
  static func paid(
    _ orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Money] {
    var paid: [OrderID: Money] = [:]
    for order in orders {
      paid[order] = try snapshot.value(
        """
        SELECT CAST(coalesce(sum(cash_received), 0) AS BIGINT) FROM shop_pickup
        WHERE order_id = \(order) AND community_id = \(community)
        """)
    }
    return paid
  }
}
