package import Database
package import Kernel

/// What one order is worth, as the goods say; for comparing with the books.
package struct OrderWorth: Sendable, Equatable {
  package let order: OrderID
  /// What the goods are worth that the household has and keeps.
  package let kept: Money
  /// What is to be paid for it; of an order that nobody fetched, what is kept.
  package let total: Money
  package let isPaid: Bool

  /// Visits the orders of each campaign, told apart by whether they are played, so that a million orders need the memory of one campaign.
  package static func forEachCampaign(
    _ snapshot: Snapshot, _ visit: (CommunityID, _ isPractice: Bool, [OrderWorth]) throws -> Void
  ) throws {
    let practice = Set<CommunityID>(try snapshot.values("SELECT community_id FROM shop_practice"))
    let campaigns = try snapshot.all("SELECT id, community_id FROM shop_campaign ORDER BY id") { row in
      (id: try row[0] as CampaignID, community: try row[1] as CommunityID)
    }
    for campaign in campaigns {
      let orders = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot).map {
        order in
        let kept = try order.lines.reduce(Money.zero) { try $0.adding($1.kept()) }
        return OrderWorth(
          order: order.id, kept: kept, total: order.fulfilment == .uncollected ? kept : order.total,
          isPaid: order.payment == .received)
      }
      if !orders.isEmpty { try visit(campaign.community, practice.contains(campaign.community), orders) }
    }
  }
}
