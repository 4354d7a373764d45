package import Database
package import Kernel

/// A piece of goods that the station holds back.
package enum ListingHoldKind {}

/// The queries of goods that are held back.
package enum ListingHoldStore {
  /// Whether a hold counts at a moment: a lapsed one ends by itself.
  private static func active(at now: Timestamp) -> Query {
    "released_at IS NULL AND (lapses_at IS NULL OR lapses_at > \(now))"
  }

  /// Which of these goods nobody can order now.
  package static func held(
    among products: some Collection<ProductID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<ProductID> {
    if products.isEmpty { return [] }
    return Set(
      try snapshot.values(
        """
        SELECT product_id FROM shop_listing_hold
        WHERE community_id = \(community) AND product_id IN \(list: Array(products))
          AND \(active(at: snapshot.now))
        """))
  }

  /// Holds goods of a merchant back until a moment.
  /// - Parameter source: what it is for; one hold of the goods for each.
  /// - Throws: `not_found` for goods that there are not, or that are another merchant's.
  package static func hold(
    _ product: ProductID, of merchant: MerchantID, for source: Int64, because reason: String,
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
      INSERT INTO shop_listing_hold (id, community_id, product_id, merchant_id, source_id, reason, held_at,
        held_by_id, lapses_at)
      VALUES (\(transaction.newIdentifier(ListingHoldKind.self)), \(transaction.community), \(product),
        \(merchant), \(source), \(reason), \(transaction.now), \(person), \(moment))
      ON CONFLICT (community_id, source_id, product_id) DO NOTHING
      """)
  }

  /// A hold stays until it is lifted; what lapsed meanwhile counts again.
  package static func confirm(source: Int64, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_listing_hold SET lapses_at = NULL
      WHERE source_id = \(source) AND community_id = \(transaction.community) AND released_at IS NULL
      """)
  }

  package static func release(source: Int64, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_listing_hold SET released_at = \(transaction.now)
      WHERE source_id = \(source) AND community_id = \(transaction.community) AND released_at IS NULL
      """)
  }
}

extension Problem {
  package static let listingHeld = Problem(
    "shop.listing_held", status: 409,
    Phrase("这样东西先停卖，服务站正在核实。", "These goods are held back while the station looks into something."),
    advice: Phrase("请过几天再来看看，或者换一样。", "Please look again in a few days, or choose something else."))
}
