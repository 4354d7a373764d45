package import Database
package import Kernel

/// What one order is worth, as the goods say; for comparing with the books.
package struct OrderWorth: Sendable, Equatable {
  package let order: OrderID
  /// What the goods are worth that the household has and keeps.
  package let kept: Money
  package let total: Money
  package let isPaid: Bool

  /// Visits the orders of each campaign, so that a million orders need the memory of one campaign.
  package static func forEachCampaign(
    _ snapshot: Snapshot, _ visit: (CommunityID, [OrderWorth]) throws -> Void
  ) throws {
    let campaigns = try snapshot.all("SELECT id, community_id FROM shop_campaign ORDER BY id") { row in
      (id: try row[0] as CampaignID, community: try row[1] as CommunityID)
    }
    for campaign in campaigns {
      let orders = try snapshot.all(
        """
        SELECT placed.id, CAST(sum(
            CASE WHEN line.weighed_basis IS NULL THEN line.price * line.collected
              WHEN line.collected > 0 THEN coalesce(line.charged, 0) ELSE 0 END) AS BIGINT),
          placed.total, placed.payment
        FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
        WHERE placed.campaign_id = \(campaign.id) GROUP BY placed.id, placed.total, placed.payment ORDER BY placed.id
        """
      ) { row in
        OrderWorth(
          order: try row[0], kept: try row[1], total: try row[2],
          isPaid: try row[3] as Order.Payment == .received)
      }
      if !orders.isEmpty { try visit(campaign.community, orders) }
    }
  }
}
