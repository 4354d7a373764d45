package import Database
package import Kernel

/// The queries of handovers.
package enum PickupStore {
  static let columns: Query = """
    id, order_id, handed_by_id, method, cash_received, handed_at, proxy_id, fetched_by_id
    """

  /// The handovers of one order, the latest first.
  package static func pickups(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Pickup] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_pickup WHERE order_id = \(order) AND community_id = \(community)
      ORDER BY handed_at DESC, id DESC
      """, Pickup.init)
  }

  /// Pieces of an order that left the pickup point and nobody knows with whom, by the position of the line.
  static func lost(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int: Int64] {
    let lines: [(Int, Int64)] = try snapshot.all(
      """
      SELECT line.position, CAST(sum(line.quantity) AS BIGINT) FROM shop_pickup AS pickup
      JOIN shop_pickup_line AS line ON line.pickup_id = pickup.id
      WHERE pickup.order_id = \(order) AND pickup.community_id = \(community) AND pickup.method = 'lost'
      GROUP BY line.position ORDER BY line.position
      """
    ) { row in (try row[0], try row[1]) }
    return Dictionary(lines) { first, _ in first }
  }

  /// The latest handovers of one campaign up to a moment, the latest first, without those that were lost.
  static func latest(
    of campaign: CampaignID, before moment: Timestamp, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Pickup] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_pickup WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND handed_at <= \(moment) AND method <> 'lost' ORDER BY handed_at DESC, id DESC LIMIT \(limit)
      """, Pickup.init)
  }

  /// When the pickup point's budget of wrong codes is whole again.
  static func codeBudgetWholeAt(_ point: PickupPointID, _ snapshot: Snapshot) throws -> Timestamp {
    try snapshot.value("SELECT code_budget_whole_at FROM shop_pickup_point WHERE id = \(point)")
      ?? Timestamp(seconds: 0)
  }

  static func setCodeBudget(
    _ point: PickupPointID, wholeAt: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_pickup_point SET code_budget_whole_at = \(wholeAt)
      WHERE id = \(point) AND community_id = \(transaction.community)
      """)
  }

  /// Writes which generation of its code the order has and how often that was mistyped. The order's revision
  /// stays, so that the desk can try again with what it sees.
  static func setCode(
    of order: OrderID, generation: Int64, failures: Int64, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET pickup_generation = \(generation), pickup_failures = \(failures),
        changed_at = \(transaction.now)
      WHERE id = \(order) AND community_id = \(transaction.community)
      """)
  }

  /// The orders of one campaign of which something is still to be fetched, by number.
  static func openOrders(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID] {
    try snapshot.values(
      """
      SELECT id FROM shop_order WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND fulfilment IN ('placed', 'partly_collected') ORDER BY number
      """)
  }

  /// Marks the orders of which something is still to be fetched as not fetched.
  static func markUncollected(ofCampaign campaign: CampaignID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET fulfilment = \(Order.Fulfilment.uncollected), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
        AND fulfilment IN ('placed', 'partly_collected')
      """)
  }

  static func insert(
    _ pickup: Pickup, pieces: [Int: Int64], campaign: CampaignID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_pickup (id, community_id, order_id, campaign_id, handed_by_id, method, cash_received, handed_at,
        proxy_id, fetched_by_id)
      VALUES (\(pickup.id), \(transaction.community), \(pickup.order), \(campaign), \(pickup.handedBy),
        \(pickup.method), \(pickup.cash), \(pickup.handedAt), \(pickup.fetcher?.proxy),
        \(pickup.fetcher?.person))
      """)
    var rows = Rows(into: "shop_pickup_line", "pickup_id", "position", "community_id", "quantity")
    for (position, quantity) in pieces.sorted(by: { $0.key < $1.key }) where quantity > 0 {
      rows.append(pickup.id, Int64(position), transaction.community, quantity)
    }
    try transaction.insert(rows)
  }
}

extension Pickup {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    order = try row[1]
    handedBy = try row[2]
    method = try row[3]
    cash = try row[4]
    handedAt = try row[5]
    let proxy: PickupProxyID? = try row[6]
    let person: PersonID? = try row[7]
    fetcher = proxy.flatMap { proxy in person.map { PickupFetcher(proxy: proxy, person: $0) } }
  }
}
