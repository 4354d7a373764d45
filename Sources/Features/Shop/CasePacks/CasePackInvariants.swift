import Database

/// What must always hold of goods that are bought by the case: a part of `nuanlin check`.
enum CasePackInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.case_claims_broken", [.identifier("item"), "sequence"],
      """
      SELECT item_id, sequence FROM (
        SELECT item_id, sequence, wanted, quantity_change, tolerated, tolerance_change,
          lag(wanted, 1, 0) OVER chain AS wanted_before, lag(tolerated, 1, 0) OVER chain AS tolerated_before,
          lag(sequence, 1, 0) OVER chain AS sequence_before
        FROM shop_case_claim WINDOW chain AS (PARTITION BY item_id ORDER BY sequence)) AS claim
      WHERE sequence <> sequence_before + 1 OR wanted <> wanted_before + quantity_change
        OR tolerated <> tolerated_before + tolerance_change
      ORDER BY item_id, sequence LIMIT \(limit)
      """),
    Invariant(
      "shop.case_claims_differ",
      [.identifier("order"), "position", "claimed", "ordered", "claimed tolerance", "tolerance"],
      """
      SELECT order_id, position, CAST(sum(claimed) AS BIGINT), CAST(sum(ordered) AS BIGINT),
        CAST(sum(claimed_more) AS BIGINT), CAST(sum(tolerance) AS BIGINT) FROM (
        SELECT order_id, position, quantity_change AS claimed, 0 AS ordered, tolerance_change AS claimed_more,
          0 AS tolerance
        FROM shop_case_claim
        UNION ALL
        SELECT line.order_id, line.position, 0, coalesce(line.wanted, line.quantity), 0, line.tolerance
        FROM shop_campaign_item AS item JOIN shop_order_line AS line ON line.item_id = item.id
        JOIN shop_order AS placed ON placed.id = line.order_id
        WHERE item.case_size > 1 AND placed.fulfilment <> 'cancelled') AS both_sides
      GROUP BY order_id, position HAVING sum(claimed) <> sum(ordered) OR sum(claimed_more) <> sum(tolerance)
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.cases_not_whole", [.identifier("item"), "pieces", "case size", "not rounded"],
      """
      SELECT item.id, CAST(sum(line.quantity) AS BIGINT), max(item.case_size),
        CAST(sum(CASE WHEN line.wanted IS NULL AND line.quantity > 0 THEN 1 ELSE 0 END) AS BIGINT)
      FROM shop_campaign_item AS item JOIN shop_campaign AS campaign ON campaign.id = item.campaign_id
      JOIN shop_order_line AS line ON line.item_id = item.id
      JOIN shop_order AS placed ON placed.id = line.order_id
      WHERE item.case_size > 1 AND campaign.closed_at IS NOT NULL AND placed.fulfilment <> 'cancelled'
      GROUP BY item.id HAVING sum(line.quantity) % max(item.case_size) <> 0
        OR sum(CASE WHEN line.wanted IS NULL AND line.quantity > 0 THEN 1 ELSE 0 END) > 0
      ORDER BY item.id LIMIT \(limit)
      """),
    Invariant(
      "shop.more_than_tolerated", [.identifier("order"), "position", "held", "wanted", "tolerated"],
      """
      SELECT order_id, position, quantity, wanted, tolerance FROM shop_order_line
      WHERE wanted IS NOT NULL AND quantity > wanted + tolerance
      ORDER BY order_id, position LIMIT \(limit)
      """),
  ]
}
