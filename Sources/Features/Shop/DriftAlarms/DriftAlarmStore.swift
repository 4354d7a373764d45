import Database
import Kernel
import People

/// The queries of alarms about orders that were placed for somebody.
enum DriftAlarmStore {
  private static let columns: Query = "id, order_id, person_id, helper_id, told_id, kinds, raised_at, seen_at"

  /// The mandate that an order stands under; nil for every other order.
  static func mandate(of order: OrderID, in transaction: Transaction) throws -> MandateID? {
    try transaction.value(
      """
      SELECT mandate_id FROM shop_mandate_order
      WHERE order_id = \(order) AND community_id = \(transaction.community)
      """)
  }

  /// What a person had before an order in the year up to it, what was given up left out.
  static func purchases(
    of person: PersonID, before order: Order, in transaction: Transaction
  ) throws -> [DriftRules.Purchase] {
    let earlier = try OrderStore.orders(
      """
      community_id = \(transaction.community) AND person_id = \(person) AND id < \(order.id)
        AND placed_at >= \(order.placedAt - .days(365)) AND fulfilment NOT IN ('cancelled', 'released')
      ORDER BY id DESC LIMIT 200
      """, transaction)
    return try purchases(earlier, in: transaction)
  }

  static func purchase(_ order: Order, in transaction: Transaction) throws -> DriftRules.Purchase? {
    try purchases([order], in: transaction).first
  }

  private static func purchases(
    _ orders: [Order], in transaction: Transaction
  ) throws -> [DriftRules.Purchase] {
    func items(of order: Order) -> [CampaignItemID] { order.lines.filter { $0.quantity > 0 }.map(\.item) }
    var merchants: [CampaignItemID: MerchantID] = [:]
    let wanted = Set(orders.flatMap(items)).sorted()
    for start in stride(from: 0, to: wanted.count, by: 1_024) {
      let part = wanted[start..<min(start + 1_024, wanted.count)]
      for item in try CampaignStore.items(part, in: transaction.community, transaction) {
        merchants[item.id] = item.merchant
      }
    }
    return orders.map { order in
      DriftRules.Purchase(
        placedAt: order.placedAt, total: order.total,
        merchants: Set(items(of: order).compactMap { merchants[$0] }))
    }
  }

  /// How many claims were made about a person's orders.
  static func claims(
    of person: PersonID, since moment: Timestamp, in transaction: Transaction
  ) throws -> Int {
    let count: Int64 =
      try transaction.value(
        claims(of: person, since: moment, in: transaction.community)) ?? 0
    return Int(count)
  }

  static func claims(of person: PersonID, since moment: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT count(*) FROM shop_order AS placed JOIN shop_claim AS claim ON claim.order_id = placed.id
    WHERE placed.community_id = \(community) AND placed.person_id = \(person)
      AND claim.reported_at >= \(moment)
    """
  }

  static func insert(_ alarm: DriftAlarm, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_drift_alarm (id, community_id, order_id, person_id, helper_id, told_id, kinds, raised_at)
      VALUES (\(alarm.id), \(transaction.community), \(alarm.order), \(alarm.person), \(alarm.helper),
        \(alarm.told), \(text(alarm.kinds)), \(alarm.raisedAt))
      ON CONFLICT (order_id) DO NOTHING
      """)
  }

  /// Keeps that more is unusual about an order than was told before, to be looked at anew.
  static func raiseAgain(_ alarm: DriftAlarm, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_drift_alarm SET kinds = \(text(alarm.kinds)), raised_at = \(alarm.raisedAt), seen_at = NULL
      WHERE id = \(alarm.id) AND community_id = \(transaction.community)
      """)
  }

  /// How kinds are stored and told.
  static func text(_ kinds: [DriftAlarm.Kind]) -> String { kinds.map(\.rawValue).joined(separator: " ") }

  /// What was raised about an order; nil where nothing was.
  static func alarm(about order: OrderID, in transaction: Transaction) throws -> DriftAlarm? {
    try transaction.first(
      """
      SELECT \(columns) FROM shop_drift_alarm
      WHERE order_id = \(order) AND community_id = \(transaction.community)
      """, DriftAlarm.init)
  }

  /// What somebody was asked to look at, newest first.
  static func list(
    toldTo person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DriftAlarm] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_drift_alarm WHERE community_id = \(community) AND told_id = \(person)
      ORDER BY id DESC LIMIT \(limit)
      """, DriftAlarm.init)
  }

  /// - Returns: whether it is this person's to look at.
  static func markSeen(_ id: DriftAlarmID, by person: PersonID, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE shop_drift_alarm SET seen_at = coalesce(seen_at, \(transaction.now))
      WHERE id = \(id) AND community_id = \(transaction.community) AND told_id = \(person)
      """) > 0
  }
}

extension DriftAlarm {
  /// A row of `DriftAlarmStore.columns`.
  fileprivate init(_ row: borrowing Row) throws {
    let kinds: String = try row[5]
    self.init(
      id: try row[0], order: try row[1], person: try row[2], helper: try row[3], told: try row[4],
      kinds: kinds.split(separator: " ").compactMap { Kind(rawValue: String($0)) }, raisedAt: try row[6],
      seenAt: try row[7])
  }
}
