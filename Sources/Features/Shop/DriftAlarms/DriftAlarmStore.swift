import Database
import Kernel
import People

/// The queries of alarms about orders that were placed for somebody.
enum DriftAlarmStore {
  private static let columns: Query = "id, order_id, person_id, helper_id, told_id, kinds, raised_at, seen_at"

  /// The mandate and the helper that an order stands under; nil for every other order.
  static func mandate(
    of order: OrderID, in transaction: Transaction
  ) throws -> (mandate: MandateID, helper: PersonID)? {
    try transaction.first(
      """
      SELECT mandate_id, helper_id FROM shop_mandate_order
      WHERE order_id = \(order) AND community_id = \(transaction.community)
      """
    ) { row in (mandate: try row[0], helper: try row[1]) }
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
    return try earlier.map { try purchase($0, in: transaction) }
  }

  static func purchase(_ order: Order, in transaction: Transaction) throws -> DriftRules.Purchase {
    let items = try CampaignStore.items(
      order.lines.filter { $0.quantity > 0 }.map(\.item), in: transaction.community, transaction)
    return DriftRules.Purchase(
      placedAt: order.placedAt, total: order.total, merchants: Set(items.map(\.merchant)))
  }

  static func claims(
    of household: HouseholdID, since moment: Timestamp, in transaction: Transaction
  ) throws -> Int {
    let count: Int64 =
      try transaction.value(
        """
        SELECT count(*) FROM shop_claim
        WHERE community_id = \(transaction.community) AND household_id = \(household)
          AND reported_at >= \(moment)
        """) ?? 0
    return Int(count)
  }

  static func insert(_ alarm: DriftAlarm, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_drift_alarm (id, community_id, order_id, person_id, helper_id, told_id, kinds, raised_at)
      VALUES (\(alarm.id), \(transaction.community), \(alarm.order), \(alarm.person), \(alarm.helper),
        \(alarm.told), \(alarm.kinds.map(\.rawValue).joined(separator: " ")), \(alarm.raisedAt))
      ON CONFLICT (order_id) DO NOTHING
      """)
  }

  /// What somebody was asked to look at, newest first.
  static func list(
    toldTo person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DriftAlarm] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_drift_alarm WHERE community_id = \(community) AND told_id = \(person)
      ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      let kinds: String = try row[5]
      return DriftAlarm(
        id: try row[0], order: try row[1], person: try row[2], helper: try row[3], told: try row[4],
        kinds: kinds.split(separator: " ").compactMap { DriftAlarm.Kind(rawValue: String($0)) },
        raisedAt: try row[6], seenAt: try row[7])
    }
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
