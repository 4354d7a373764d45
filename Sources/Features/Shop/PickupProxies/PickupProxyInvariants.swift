import Database

/// What must always hold of pickups for somebody else: a part of `nuanlin check`.
enum PickupProxyInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.pickup_without_leave", [.identifier("pickup"), .identifier("leave")],
      """
      SELECT pickup.id, pickup.proxy_id FROM shop_pickup AS pickup
      JOIN shop_order AS placed ON placed.id = pickup.order_id
      LEFT JOIN shop_pickup_proxy AS proxy ON proxy.id = pickup.proxy_id
        AND proxy.community_id = pickup.community_id
      WHERE pickup.proxy_id IS NOT NULL AND (proxy.id IS NULL OR proxy.household_id <> placed.household_id
        OR proxy.neighbour_id <> pickup.fetched_by_id OR proxy.answered_at > pickup.handed_at
        OR proxy.until <= pickup.handed_at OR coalesce(proxy.ended_at, pickup.handed_at + 1) < pickup.handed_at
        OR coalesce(proxy.order_id, placed.id) <> placed.id OR pickup.handed_by_id = pickup.fetched_by_id)
      ORDER BY pickup.id LIMIT \(limit)
      """),
    Invariant(
      "shop.pickup_leave_too_long", [.identifier("leave")],
      """
      SELECT id FROM shop_pickup_proxy
      WHERE order_id IS NULL AND until > asked_at + \(Int64(185 * 86_400) * 1_000_000) ORDER BY id LIMIT \(limit)
      """),
  ]
}
