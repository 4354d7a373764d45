import Database
import Kernel

/// The queries of letting orders go.
enum OrderReleaseStore {
  /// Every line of an order that stands, with what it still holds, in the order of the orders' numbers.
  static func held(in campaign: CampaignID, _ transaction: Transaction) throws -> [OrderRelease.Held] {
    try transaction.all(
      """
      SELECT line.order_id, line.item_id, coalesce(line.allocated, line.quantity) - line.collected
      FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
      WHERE placed.campaign_id = \(campaign) AND placed.community_id = \(transaction.community)
        AND placed.fulfilment = \(Order.Fulfilment.placed)
      ORDER BY placed.number, line.position
      """
    ) { row in OrderRelease.Held(order: try row[0], item: try row[1], quantity: try row[2]) }
  }

  /// Marks every order that stands as released, with nothing to be paid. Its lines stay as they are.
  static func markReleased(ofCampaign campaign: CampaignID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET fulfilment = \(Order.Fulfilment.released), payment = \(Order.Payment.void),
        revision = revision + 1, changed_at = \(transaction.now)
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
        AND fulfilment = \(Order.Fulfilment.placed)
      """)
  }

  /// Sets what households have ordered of these items to nothing, so that no limit counts it any more.
  static func freeHouseholds(of items: [CampaignItemID], in transaction: Transaction) throws {
    for start in stride(from: 0, to: items.count, by: 512) {
      try transaction.execute(
        """
        UPDATE shop_household_quantity SET quantity = 0
        WHERE item_id IN \(list: items[start..<min(start + 512, items.count)])
          AND community_id = \(transaction.community)
        """)
    }
  }
}
