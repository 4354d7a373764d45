package import Database
package import Kernel

/// What measuring needs of orders: many of them at once, and how many share a commit.
package enum OrderMeasuring {
  /// Decides many requests in one transaction, exactly as the desk does.
  package static func place(
    _ requests: [OrderRequest], in transaction: Transaction
  ) throws -> [Result<OrderAnswer, Problem>] {
    try OrderDesk.decide(requests, in: transaction)
  }

  /// How many orders of a campaign shared a commit on average: the orders of one batch have one moment. 0 without
  /// orders.
  package static func meanBatch(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Double {
    let counts = try snapshot.first(
      """
      SELECT count(*), count(DISTINCT placed_at) FROM shop_order
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """
    ) { row -> (orders: Int, moments: Int) in (try row[0], try row[1]) }
    guard let counts, counts.moments > 0 else { return 0 }
    return Double(counts.orders) / Double(counts.moments)
  }
}
