import Database

/// What must always hold of goods that are held back: a part of `nuanlin check`.
enum ListingHoldInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    // Nobody's goods are held back for what another merchant did.
    Invariant(
      "shop.hold_of_other_merchant", [.identifier("hold"), .identifier("product")],
      """
      SELECT hold.id, hold.product_id FROM shop_listing_hold AS hold
      LEFT JOIN shop_product AS product
        ON product.id = hold.product_id AND product.community_id = hold.community_id
      WHERE product.id IS NULL OR product.merchant_id <> hold.merchant_id ORDER BY hold.id LIMIT \(limit)
      """),
    // Nobody ordered goods while they were held back. What was added to an order later is not told apart from what was in it
    // before, and a hold that was confirmed may have lapsed in between.
    Invariant(
      "shop.held_was_ordered", [.identifier("hold"), .identifier("order")],
      """
      SELECT hold.id, placed.id FROM shop_listing_hold AS hold
      JOIN shop_campaign_item AS item ON item.product_id = hold.product_id
      JOIN shop_order AS placed ON placed.campaign_id = item.campaign_id
      JOIN shop_order_line AS line ON line.order_id = placed.id AND line.item_id = item.id
      WHERE line.placed_quantity > 0 AND placed.placed_at > hold.held_at
        AND placed.placed_at < hold.lapses_at
        AND (hold.released_at IS NULL OR placed.placed_at < hold.released_at)
      ORDER BY hold.id, placed.id LIMIT \(limit)
      """),
  ]
}
