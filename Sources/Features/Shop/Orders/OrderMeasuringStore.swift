package import Database
package import Kernel

/// What measuring needs of orders: many of them at once, and the engine's own speed at the same rows.
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

/// Writes the rows of placed orders by the engine alone: one statement a table multiplies a real order, so that no
/// row crosses from this program into the engine. What placing orders can be measured against.
package struct OrderFloor: Sendable {
  private let template: OrderID
  private let templateItem: CampaignItemID
  private let templateSequence: Int64
  private let lastEvent: Int64
  private let lastAudit: Int64
  /// Identifiers from here on belong to nothing else.
  private let base: Int64
  /// How many items the orders are spread over.
  private let items: Int

  /// - Parameters:
  ///   - campaign: one with an order that the desk has placed, which is what gets multiplied.
  ///   - items: how many items the orders are spread over; 1 for one hot item.
  /// - Throws: `not_found` when the campaign has no order.
  package init(
    multiplying campaign: CampaignID, items: Int, in community: CommunityID, _ snapshot: Snapshot,
    identifiers: IdentifierSource
  ) throws {
    let order: OrderID? = try snapshot.value(
      "SELECT id FROM shop_order WHERE campaign_id = \(campaign) ORDER BY number DESC LIMIT 1")
    guard let order,
      let item: CampaignItemID = try snapshot.value(
        "SELECT item_id FROM shop_order_line WHERE order_id = \(order) AND position = 0"),
      let sequence: Int64 = try snapshot.value(
        "SELECT max(sequence) FROM shop_stock_movement WHERE item_id = \(item)")
    else { throw Problem.notFound }
    template = order
    templateItem = item
    templateSequence = sequence
    let last = try snapshot.lastMechanismRows(of: community)
    lastEvent = last.event
    lastAudit = last.audit
    base = identifiers.next(OrderKind.self).rawValue
    self.items = max(1, items)
  }

  /// Writes `count` orders after the `written` that this floor has written already.
  package func write(_ count: Int, after written: Int64, in transaction: Transaction) throws {
    let first = base + written
    let now = transaction.now
    try transaction.execute(
      """
      WITH RECURSIVE series (n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(\(count) AS BIGINT))
      INSERT INTO shop_order (id, community_id, campaign_id, number, household_id, person_id, placed_by_id,
        client_key, request_digest, placed_at, placed_total, total, note, fulfilment, payment_method, payment,
        revision, pickup_generation, pickup_failures, changed_at)
      SELECT CAST(\(first) AS BIGINT) + n, community_id, CAST(\(base) AS BIGINT), CAST(\(written) AS BIGINT) + n,
        household_id, person_id + n % 256, placed_by_id,
        'floor-000000-' || CAST(CAST(\(first) AS BIGINT) + n AS TEXT), request_digest, CAST(\(now) AS BIGINT),
        placed_total, total, note, fulfilment, payment_method, payment, revision, pickup_generation,
        pickup_failures, CAST(\(now) AS BIGINT)
      FROM series JOIN shop_order AS template ON template.id = \(template)
      """)
    try transaction.execute(
      """
      WITH RECURSIVE series (n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(\(count) AS BIGINT))
      INSERT INTO shop_order_line (order_id, position, community_id, item_id, name_zh, name_en, pack_zh, pack_en,
        unit_code, price, placed_quantity, quantity, allocated, collected)
      SELECT CAST(\(first) AS BIGINT) + n, position, community_id, item_id, name_zh, name_en, pack_zh, pack_en,
        unit_code, price, placed_quantity, quantity, allocated, collected
      FROM series JOIN shop_order_line AS template ON template.order_id = \(template) AND template.position = 0
      """)
    try transaction.execute(
      """
      WITH RECURSIVE series (n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(\(count) AS BIGINT))
      INSERT INTO shop_stock_movement (item_id, sequence, community_id, reason, order_id, on_hand_change,
        promised_change, on_hand, promised, is_limited, actor_id, moved_at)
      SELECT CAST(\(base) AS BIGINT) + n % CAST(\(items) AS BIGINT), CAST(\(written) AS BIGINT) + n, community_id,
        reason, CAST(\(first) AS BIGINT) + n, on_hand_change, promised_change, on_hand, promised, is_limited,
        actor_id, CAST(\(now) AS BIGINT)
      FROM series JOIN shop_stock_movement AS template
        ON template.item_id = \(templateItem) AND template.sequence = \(templateSequence)
      """)
    try transaction.multiplyMechanismRows(
      count, event: lastEvent, audit: lastAudit, after: written)
  }
}
