package import Database
package import Kernel

/// What must always hold between orders, stock, arrivals, handovers and custody: the Shop's part of `nuanlin check`.
///
/// Each invariant is one set-wise query over all communities that answers the rows which break it, so that a million
/// orders are checked in one pass of each table.
package struct ShopInvariants: Sendable {
  /// Breaches named of one invariant; beyond it the first ones are enough to go by.
  static let limit = 100

  package init() {}

  /// - Returns: every breach, at most 100 of one kind.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try Self.invariants.flatMap { invariant in
      try snapshot.all(invariant.query) { row in
        Breach(
          invariant.name,
          try invariant.columns.enumerated().map { index, column in
            "\(column) \(try Self.shown(row, index, column))"
          }.joined(separator: ", "))
      }
    }
  }

  struct Invariant {
    let name: StaticString
    /// What the columns of the answer are called; identifiers first.
    let columns: [String]
    let query: Query
  }

  /// Identifiers are written as they are everywhere else, numbers as numbers.
  private static func shown(_ row: borrowing Row, _ index: Int, _ column: String) throws -> String {
    if row.isNull(index) { return "none" }
    let number: Int64 = try row[index]
    return ["item", "order", "pickup", "campaign", "household", "record"].contains(column)
      ? Identifier<OrderKind>(rawValue: number).description : String(number)
  }

  static let invariants: [Invariant] = stock + orders + custody

  // MARK: - Stock

  private static let stock: [Invariant] = [
    Invariant(
      name: "shop.stock_chain_broken", columns: ["item", "sequence"],
      query: """
        SELECT item_id, sequence FROM (
          SELECT item_id, sequence, on_hand, on_hand_change, promised, promised_change,
            lag(on_hand, 1, 0) OVER chain AS on_hand_before, lag(promised, 1, 0) OVER chain AS promised_before,
            lag(sequence, 1, 0) OVER chain AS sequence_before
          FROM shop_stock_movement WINDOW chain AS (PARTITION BY item_id ORDER BY sequence)) AS movement
        WHERE sequence <> sequence_before + 1 OR on_hand <> on_hand_before + on_hand_change
          OR promised <> promised_before + promised_change
        ORDER BY item_id, sequence LIMIT \(limit)
        """),
    Invariant(
      name: "shop.stock_promised_differs", columns: ["item", "promised", "held"],
      query: """
        SELECT item_id, CAST(sum(promised) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
          SELECT item_id, promised_change AS promised, 0 AS held FROM shop_stock_movement
          UNION ALL
          SELECT line.item_id, 0, coalesce(line.allocated, line.quantity) - line.collected
          FROM shop_order AS placed JOIN shop_order_line AS line ON line.order_id = placed.id
          WHERE placed.fulfilment IN ('placed', 'partly_collected')) AS both_sides
        GROUP BY item_id HAVING sum(promised) <> sum(held) ORDER BY item_id LIMIT \(limit)
        """),
    Invariant(
      name: "shop.stock_oversold", columns: ["item", "sequence", "promised", "on hand"],
      query: """
        SELECT item_id, sequence, promised, on_hand FROM shop_stock_movement
        WHERE is_limited = 1 AND promised > on_hand ORDER BY item_id, sequence LIMIT \(limit)
        """),
    Invariant(
      name: "shop.shortage_not_shared_out", columns: ["item", "arrived", "ordered", "allocated"],
      query: """
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
      name: "shop.household_quantity_differs", columns: ["item", "household", "kept", "ordered"],
      query: """
        SELECT item_id, household_id, CAST(sum(kept) AS BIGINT), CAST(sum(ordered) AS BIGINT) FROM (
          SELECT item_id, household_id, quantity AS kept, 0 AS ordered FROM shop_household_quantity
          UNION ALL
          SELECT line.item_id, placed.household_id, 0, line.quantity
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
      name: "shop.order_total_differs", columns: ["order", "total", "lines"],
      query: """
        SELECT placed.id, placed.total, coalesce(summed.amount, 0) FROM shop_order AS placed LEFT JOIN (
          SELECT order_id, CAST(sum(price * coalesce(allocated, quantity)) AS BIGINT) AS amount
          FROM shop_order_line GROUP BY order_id) AS summed ON summed.order_id = placed.id
        WHERE placed.total <> coalesce(summed.amount, 0) ORDER BY placed.id LIMIT \(limit)
        """),
    Invariant(
      name: "shop.collected_more_than_allocated", columns: ["order", "position", "collected", "allocated"],
      query: """
        SELECT order_id, position, collected, allocated FROM shop_order_line
        WHERE collected > coalesce(allocated, 0) ORDER BY order_id, position LIMIT \(limit)
        """),
    Invariant(
      name: "shop.fulfilment_differs", columns: ["order", "held", "collected"],
      query: """
        SELECT placed.id, summed.held, summed.collected FROM shop_order AS placed JOIN (
          SELECT order_id, CAST(sum(coalesce(allocated, quantity)) AS BIGINT) AS held,
            CAST(sum(collected) AS BIGINT) AS collected
          FROM shop_order_line GROUP BY order_id) AS summed ON summed.order_id = placed.id
        WHERE (placed.fulfilment = 'collected' AND summed.collected <> summed.held)
          OR (placed.fulfilment = 'partly_collected' AND (summed.collected = 0 OR summed.collected = summed.held))
          OR (placed.fulfilment IN ('placed', 'cancelled', 'released') AND summed.collected > 0)
        ORDER BY placed.id LIMIT \(limit)
        """),
    Invariant(
      name: "shop.paid_without_cash", columns: ["order", "total", "cash"],
      query: """
        SELECT placed.id, placed.total, coalesce(taken.cash, 0) FROM shop_order AS placed LEFT JOIN (
          SELECT order_id, CAST(sum(cash_received) AS BIGINT) AS cash FROM shop_pickup GROUP BY order_id) AS taken
        ON taken.order_id = placed.id
        WHERE placed.payment = 'received' AND placed.payment_method = 'cash_at_pickup'
          AND coalesce(taken.cash, 0) < placed.total
        ORDER BY placed.id LIMIT \(limit)
        """),
  ]

  // MARK: - Custody

  private static let custody: [Invariant] = [
    Invariant(
      name: "shop.collected_without_pickup", columns: ["order", "position", "collected", "handed over"],
      query: """
        SELECT order_id, position, CAST(sum(collected) AS BIGINT), CAST(sum(handed) AS BIGINT) FROM (
          SELECT order_id, position, collected, 0 AS handed FROM shop_order_line WHERE collected > 0
          UNION ALL
          SELECT pickup.order_id, line.position, 0, line.quantity
          FROM shop_pickup AS pickup JOIN shop_pickup_line AS line ON line.pickup_id = pickup.id) AS both_sides
        GROUP BY order_id, position HAVING sum(collected) <> sum(handed)
        ORDER BY order_id, position LIMIT \(limit)
        """),
    Invariant(
      name: "shop.pickup_without_custody", columns: ["pickup", "handed over", "recorded"],
      query: """
        SELECT id, CAST(sum(handed) AS BIGINT), CAST(sum(recorded) AS BIGINT) FROM (
          SELECT pickup.id AS id, line.quantity AS handed, 0 AS recorded
          FROM shop_pickup AS pickup JOIN shop_pickup_line AS line ON line.pickup_id = pickup.id
          UNION ALL
          SELECT id, 0, pieces FROM shop_custody WHERE step = 'handed_over') AS both_sides
        GROUP BY id HAVING sum(handed) <> sum(recorded) ORDER BY id LIMIT \(limit)
        """),
    Invariant(
      name: "shop.arrival_without_custody", columns: ["campaign", "counted", "recorded"],
      query: """
        SELECT campaign_id, CAST(sum(counted) AS BIGINT), CAST(sum(recorded) AS BIGINT) FROM (
          SELECT campaign_id, arrived AS counted, 0 AS recorded FROM shop_arrival
          UNION ALL
          SELECT campaign_id, 0, pieces FROM shop_custody WHERE step = 'arrived') AS both_sides
        GROUP BY campaign_id HAVING sum(counted) <> sum(recorded) ORDER BY campaign_id LIMIT \(limit)
        """),
    Invariant(
      name: "shop.custody_differs_from_stock", columns: ["campaign", "on hand", "in custody"],
      query: """
        SELECT campaign_id, CAST(sum(on_hand) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
          SELECT arrival.campaign_id AS campaign_id, movement.on_hand_change AS on_hand, 0 AS held
          FROM shop_arrival AS arrival JOIN shop_stock_movement AS movement ON movement.item_id = arrival.item_id
          UNION ALL
          SELECT campaign_id, 0, CASE WHEN step = 'arrived' THEN pieces ELSE -pieces END
          FROM shop_custody) AS both_sides
        GROUP BY campaign_id HAVING sum(on_hand) <> sum(held) ORDER BY campaign_id LIMIT \(limit)
        """),
  ]
}
