package import Database
package import Kernel

/// A piece of goods that the station holds back.
package enum ListingHoldKind {}

/// The queries of goods that are held back.
package enum ListingHoldStore {
  /// Which of these goods nobody can order now: a hold that lapses ends by itself.
  package static func held(
    among products: some Collection<ProductID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<ProductID> {
    if products.isEmpty { return [] }
    return Set(
      try snapshot.values(
        """
        SELECT product_id FROM shop_listing_hold
        WHERE community_id = \(community) AND product_id IN \(list: Array(products))
          AND released_at IS NULL AND (lapses_at IS NULL OR lapses_at > \(snapshot.now))
        """))
  }

  /// Holds goods of a merchant back until a moment.
  /// - Parameter source: what it is for; one hold of the goods for each.
  /// - Throws: `not_found` for goods that there are not, or that are another merchant's.
  package static func hold(
    _ product: ProductID, of merchant: MerchantID, for source: Int64,
    by person: PersonID, until moment: Timestamp, in transaction: Transaction
  ) throws {
    let isTheirs = try transaction.exists(
      """
      SELECT 1 FROM shop_product
      WHERE id = \(product) AND merchant_id = \(merchant) AND community_id = \(transaction.community)
      """)
    guard isTheirs else { throw Problem.notFound }
    try transaction.execute(
      """
      INSERT INTO shop_listing_hold (id, community_id, product_id, merchant_id, source_id, held_at,
        held_by_id, lapses_at)
      VALUES (\(transaction.newIdentifier(ListingHoldKind.self)), \(transaction.community), \(product),
        \(merchant), \(source), \(transaction.now), \(person), \(moment))
      ON CONFLICT (community_id, source_id, product_id) DO NOTHING
      """)
    try LapseListingHold.schedule(source, at: moment, in: transaction)
    try touch(source, in: transaction)
  }

  /// A hold stays until it is lifted; what lapsed meanwhile counts again.
  package static func confirm(source: Int64, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_listing_hold SET lapses_at = NULL
      WHERE source_id = \(source) AND community_id = \(transaction.community) AND released_at IS NULL
      """)
    try LapseListingHold.cancel(source, in: transaction)
    try touch(source, in: transaction)
  }

  /// Lifts a hold at once; a second time changes nothing.
  package static func release(source: Int64, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_listing_hold SET released_at = \(transaction.now)
      WHERE source_id = \(source) AND community_id = \(transaction.community) AND released_at IS NULL
      """)
    try LapseListingHold.cancel(source, in: transaction)
    try touch(source, in: transaction)
  }

  /// Tells the pages that show these goods, and those who look at them now.
  static func touch(_ source: Int64, in transaction: Transaction) throws {
    let campaigns: [CampaignID] = try transaction.values(
      """
      SELECT DISTINCT item.campaign_id FROM shop_listing_hold AS hold
      JOIN shop_campaign_item AS item ON item.product_id = hold.product_id
      JOIN shop_campaign AS campaign ON campaign.id = item.campaign_id
      WHERE hold.source_id = \(source) AND hold.community_id = \(transaction.community)
        AND item.community_id = hold.community_id AND campaign.cut_off_at > \(transaction.now)
      """)
    transaction.touch(.catalogue(transaction.community))
    for campaign in campaigns { transaction.touch(.campaignStock(campaign)) }
  }
}
