import Database

/// What must always hold between orders, stock, arrivals, handovers and custody: the Shop's part of `nuanlin check`.
enum ShopInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] =
    stock + orders + WeighedInvariants.invariants + PromotionInvariants.invariants
    + CasePackInvariants.invariants + ClaimInvariants.invariants + ReviewInvariants.invariants
    + AssistedOrderInvariants.invariants + StandingOrderInvariants.invariants + RoundInvariants.invariants
    + ServiceInvariants.invariants
    + PaperOrderInvariants.invariants + ChatOrderInvariants.invariants
    + PickupProxyInvariants.invariants + LossInvariants.invariants + PracticeInvariants.invariants
    + NeedInvariants.invariants + ListingHoldInvariants.invariants + JointPurchaseInvariants.invariants
    + custody

  // MARK: - Stock

  private static let stock: [Invariant] = [
    Invariant(
      "shop.stock_chain_broken", [.identifier("item"), "sequence"],
      """
      SELECT item_id, sequence FROM (
        SELECT item_id, sequence, on_hand, on_hand_change, promised, promised_change, held, held_change,
          lag(on_hand, 1, 0) OVER chain AS on_hand_before, lag(promised, 1, 0) OVER chain AS promised_before,
          lag(held, 1, 0) OVER chain AS held_before,
          lag(sequence, 1, 0) OVER chain AS sequence_before
        FROM shop_stock_movement WINDOW chain AS (PARTITION BY item_id ORDER BY sequence)) AS movement
      WHERE sequence <> sequence_before + 1 OR on_hand <> on_hand_before + on_hand_change
        OR promised <> promised_before + promised_change OR held <> held_before + held_change
      ORDER BY item_id, sequence LIMIT \(limit)
      """),
    Invariant(
      "shop.stock_promised_differs", [.identifier("item"), "promised", "held"],
      """
      SELECT item_id, CAST(sum(promised) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
        SELECT item_id, promised_change AS promised, 0 AS held FROM shop_stock_movement
        UNION ALL
        SELECT line.item_id, 0, coalesce(line.allocated, line.quantity) - line.collected
        FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
        WHERE placed.fulfilment IN ('placed', 'partly_collected')) AS both_sides
      GROUP BY item_id HAVING sum(promised) <> sum(held) ORDER BY item_id LIMIT \(limit)
      """),
    Invariant(
      "shop.stock_oversold", [.identifier("item"), "sequence", "promised", "on hand"],
      """
      SELECT item_id, sequence, promised + held, on_hand FROM shop_stock_movement
      WHERE is_limited = 1 AND promised + held > on_hand ORDER BY item_id, sequence LIMIT \(limit)
      """),
    Invariant(
      "shop.shortage_not_shared_out", [.identifier("item"), "arrived", "ordered", "allocated"],
      """
      SELECT arrival.item_id, arrival.arrived, arrival.ordered, coalesce(shared.allocated, 0)
      FROM shop_arrival AS arrival LEFT JOIN (
        SELECT line.item_id AS item_id, CAST(sum(line.allocated) AS BIGINT) AS allocated
        FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
        WHERE placed.fulfilment <> 'cancelled' AND line.allocated IS NOT NULL GROUP BY line.item_id) AS shared
      ON shared.item_id = arrival.item_id
      WHERE coalesce(shared.allocated, 0)
        <> CASE WHEN arrival.arrived < arrival.ordered THEN arrival.arrived ELSE arrival.ordered END
      ORDER BY arrival.item_id LIMIT \(limit)
      """),
    Invariant(
      "shop.household_quantity_differs", [.identifier("item"), .identifier("household"), "kept", "ordered"],
      """
      SELECT item_id, household_id, CAST(sum(kept) AS BIGINT), CAST(sum(ordered) AS BIGINT) FROM (
        SELECT item_id, household_id, quantity AS kept, 0 AS ordered FROM shop_household_quantity
        UNION ALL
        SELECT line.item_id, placed.household_id, 0, line.quantity + line.tolerance
        FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
        WHERE placed.fulfilment = 'placed') AS both_sides
      WHERE item_id IN (
        SELECT item.id FROM shop_campaign_item AS item
        JOIN shop_campaign AS campaign ON campaign.id = item.campaign_id
        WHERE item.household_limit IS NOT NULL AND campaign.closed_at IS NULL AND campaign.failed_at IS NULL
          AND campaign.cancelled_at IS NULL)
      GROUP BY item_id, household_id HAVING sum(kept) <> sum(ordered)
      ORDER BY item_id, household_id LIMIT \(limit)
      """),
  ]

  // MARK: - Orders

  private static let orders: [Invariant] = [
    Invariant(
      "shop.order_total_differs", [.identifier("order"), "total", "lines"],
      """
      SELECT placed.id, placed.total, coalesce(summed.amount, 0) FROM shop_order AS placed LEFT JOIN (
        SELECT order_id, CAST(sum(amount - CASE WHEN discount = 0 THEN 0 WHEN amount >= discount_base
          THEN discount ELSE discount * amount / discount_base END - returned - compensated) AS BIGINT) AS amount
        FROM (SELECT order_id, \(WeighedInvariants.lineAmount) AS amount, discount, discount_base, returned,
          compensated FROM shop_order_line) AS line GROUP BY order_id) AS summed ON summed.order_id = placed.id
      WHERE placed.total <> coalesce(summed.amount, 0) ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.collected_more_than_allocated", [.identifier("order"), "position", "collected", "allocated"],
      """
      SELECT order_id, position, collected, allocated FROM shop_order_line
      WHERE collected > coalesce(allocated, 0) ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.fulfilment_differs", [.identifier("order"), "held", "collected"],
      """
      SELECT placed.id, summed.held, summed.collected FROM shop_order AS placed JOIN (
        SELECT order_id, CAST(sum(coalesce(allocated, quantity)) AS BIGINT) AS held,
          CAST(sum(collected) AS BIGINT) AS collected
        FROM shop_order_line GROUP BY order_id) AS summed ON summed.order_id = placed.id
      WHERE (placed.fulfilment = 'collected' AND summed.collected <> summed.held)
        OR (placed.fulfilment = 'partly_collected' AND (summed.collected = 0 OR summed.collected = summed.held))
        OR (placed.fulfilment IN ('placed', 'cancelled', 'released') AND summed.collected > 0)
      ORDER BY placed.id LIMIT \(limit)
      """),
  ]

  // MARK: - Custody

  private static let custody: [Invariant] = [
    Invariant(
      "shop.collected_without_pickup", [.identifier("order"), "position", "collected", "handed over"],
      """
      SELECT order_id, position, CAST(sum(collected) AS BIGINT), CAST(sum(handed) AS BIGINT) FROM (
        SELECT order_id, position, collected, 0 AS handed FROM shop_order_line WHERE collected > 0
        UNION ALL
        SELECT pickup.order_id, line.position, 0, line.quantity
        FROM shop_pickup AS pickup JOIN shop_pickup_line AS line ON line.pickup_id = pickup.id) AS both_sides
      GROUP BY order_id, position HAVING sum(collected) <> sum(handed)
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.pickup_without_custody", [.identifier("pickup"), "handed over", "recorded"],
      """
      SELECT id, CAST(sum(handed) AS BIGINT), CAST(sum(recorded) AS BIGINT) FROM (
        SELECT pickup.id AS id, line.quantity AS handed, 0 AS recorded
        FROM shop_pickup AS pickup JOIN shop_pickup_line AS line ON line.pickup_id = pickup.id
        UNION ALL
        SELECT id, 0, pieces FROM shop_custody WHERE step = 'handed_over') AS both_sides
      GROUP BY id HAVING sum(handed) <> sum(recorded) ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "shop.arrival_without_custody", [.identifier("campaign"), "counted", "recorded"],
      """
      SELECT campaign_id, CAST(sum(counted) AS BIGINT), CAST(sum(recorded) AS BIGINT) FROM (
        SELECT campaign_id, arrived AS counted, 0 AS recorded FROM shop_arrival
        UNION ALL
        SELECT campaign_id, 0, pieces FROM shop_custody WHERE step = 'arrived') AS both_sides
      GROUP BY campaign_id HAVING sum(counted) <> sum(recorded) ORDER BY campaign_id LIMIT \(limit)
      """),
    Invariant(
      "shop.custody_differs_from_stock", [.identifier("campaign"), "on hand", "in custody"],
      """
      SELECT campaign_id, CAST(sum(on_hand) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
        SELECT arrival.campaign_id AS campaign_id, movement.on_hand_change AS on_hand, 0 AS held
        FROM shop_arrival AS arrival JOIN shop_stock_movement AS movement ON movement.item_id = arrival.item_id
        UNION ALL
        SELECT campaign_id, 0, CASE WHEN step = 'arrived' THEN pieces
          WHEN step IN ('carried_out', 'carried_back') THEN 0 ELSE -pieces END
        FROM shop_custody) AS both_sides
      GROUP BY campaign_id HAVING sum(on_hand) <> sum(held) ORDER BY campaign_id LIMIT \(limit)
      """),
  ]
}
