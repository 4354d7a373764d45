import Database

/// What must always hold of prices and discounts that are the same for everyone: a part of `nuanlin check`.
enum PromotionInvariants {
  private static let limit = Invariant.limit

  /// What a line's goods cost as they were ordered, before they were weighed, shared or rounded to cases.
  private static let expected: Query = """
    CASE WHEN weighed_basis IS NULL THEN price * coalesce(wanted, quantity)
      ELSE (2 * price * typical_grams * coalesce(wanted, quantity) + \(basisGrams)) / (2 * \(basisGrams)) END
    """
  private static let basisGrams: Query = "(CASE weighed_basis WHEN 'kilogram' THEN 1000 ELSE 500 END)"

  static let invariants: [Invariant] = prices + discounts

  // MARK: - Prices

  private static let prices: [Invariant] = [
    Invariant(
      "shop.line_price_differs", [.identifier("order"), "position", "price", "everyone's"],
      """
      SELECT line.order_id, line.position, line.price, coalesce(item.final_price, item.price)
      FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
      JOIN shop_campaign_item AS item ON item.id = line.item_id
      WHERE placed.fulfilment <> 'cancelled' AND line.price <> coalesce(item.final_price, item.price)
      ORDER BY line.order_id, line.position LIMIT \(limit)
      """),
    Invariant(
      "shop.final_price_differs", [.identifier("item"), "final price", "tier"],
      """
      SELECT item.id, coalesce(item.final_price, 0), coalesce(min(tier.price), 0)
      FROM shop_campaign_item AS item
      LEFT JOIN shop_price_tier AS tier ON tier.item_id = item.id AND tier.quantity <= item.tier_pieces
      WHERE item.tier_count > 0 OR item.final_price IS NOT NULL
      GROUP BY item.id, item.final_price HAVING coalesce(item.final_price, 0) <> coalesce(min(tier.price), 0)
      ORDER BY item.id LIMIT \(limit)
      """),
    Invariant(
      "shop.tier_pieces_differ", [.identifier("item"), "counted", "held at the close"],
      """
      SELECT item.id, coalesce(item.tier_pieces, -1), coalesce(held.pieces, 0)
      FROM shop_campaign AS campaign JOIN shop_campaign_item AS item ON item.campaign_id = campaign.id
      LEFT JOIN (
        SELECT item_id, CAST(sum(promised_change) AS BIGINT) AS pieces FROM (
          SELECT item_id, promised_change, sum(CASE WHEN reason = 'arrival' THEN 1 ELSE 0 END)
            OVER (PARTITION BY item_id ORDER BY sequence) AS arrivals
          FROM shop_stock_movement) AS movement
        WHERE arrivals = 0 GROUP BY item_id) AS held ON held.item_id = item.id
      WHERE item.tier_count > 0 AND campaign.closed_at IS NOT NULL AND campaign.cancelled_at IS NULL
        AND coalesce(item.tier_pieces, -1) <> coalesce(held.pieces, 0)
      ORDER BY item.id LIMIT \(limit)
      """),
    Invariant(
      "shop.price_tier_not_lower", [.identifier("item"), "quantity", "price", "before it"],
      """
      SELECT item_id, quantity, price, earlier FROM (
        SELECT tier.item_id, tier.quantity, tier.price, lag(tier.price, 1, item.price)
          OVER (PARTITION BY tier.item_id ORDER BY tier.quantity) AS earlier
        FROM shop_price_tier AS tier JOIN shop_campaign_item AS item ON item.id = tier.item_id) AS tier
      WHERE price >= earlier ORDER BY item_id, quantity LIMIT \(limit)
      """),
    Invariant(
      "shop.price_tiers_differ", [.identifier("item"), "told", "stored"],
      """
      SELECT item_id, CAST(sum(told) AS BIGINT), CAST(sum(stored) AS BIGINT) FROM (
        SELECT id AS item_id, tier_count AS told, 0 AS stored FROM shop_campaign_item WHERE tier_count > 0
        UNION ALL
        SELECT item_id, 0, 1 FROM shop_price_tier) AS both_sides
      GROUP BY item_id HAVING sum(told) <> sum(stored) ORDER BY item_id LIMIT \(limit)
      """),
  ]

  // MARK: - Discounts

  private static let discounts: [Invariant] = [
    Invariant(
      "shop.discount_differs", [.identifier("order"), "discount", "everyone's"],
      """
      SELECT id, discount, expected FROM (
        SELECT placed.id AS id, summed.discount AS discount,
          CASE WHEN discount_threshold_3 > 0 AND summed.amount >= discount_threshold_3 THEN discount_amount_3
            WHEN discount_threshold_2 > 0 AND summed.amount >= discount_threshold_2 THEN discount_amount_2
            WHEN discount_threshold_1 > 0 AND summed.amount >= discount_threshold_1 THEN discount_amount_1
            ELSE 0 END AS expected
        FROM shop_campaign AS campaign JOIN shop_order AS placed ON placed.campaign_id = campaign.id
        JOIN (
          SELECT order_id, CAST(sum(amount) AS BIGINT) AS amount, CAST(sum(discount) AS BIGINT) AS discount
          FROM (SELECT order_id, \(expected) AS amount, discount FROM shop_order_line) AS line
          GROUP BY order_id) AS summed ON summed.order_id = placed.id
        WHERE placed.fulfilment = 'placed' AND campaign.closed_at IS NULL AND campaign.failed_at IS NULL
          AND campaign.cancelled_at IS NULL) AS compared
      WHERE discount <> expected ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "shop.discount_base_differs", [.identifier("order"), "position", "discount", "base", "line"],
      """
      SELECT order_id, position, discount, discount_base, amount FROM (
        SELECT order_id, position, discount, discount_base, \(expected) AS amount FROM shop_order_line
        WHERE discount > 0) AS line
      WHERE discount_base <> amount OR discount > discount_base
      ORDER BY order_id, position LIMIT \(limit)
      """),
  ]
}
