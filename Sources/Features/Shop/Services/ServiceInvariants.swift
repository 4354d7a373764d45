import Database

/// What must always hold between bookings, their orders, their workers' time and what was charged: a part of `nuanlin check`.
enum ServiceInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.visit_over_limit", [.identifier("booking"), "charged", "limit", "order"],
      """
      SELECT booking.id, coalesce(booking.charged, 0), booking.cap, placed.total
      FROM shop_booking AS booking JOIN shop_order AS placed ON placed.id = booking.order_id
      WHERE booking.charged > booking.cap OR placed.placed_total > booking.cap OR placed.total > booking.cap
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "shop.visit_charge_differs", [.identifier("booking"), "charged", "price", "agreed material"],
      """
      SELECT booking.id, booking.charged, line.price, coalesce(agreed.amount, 0)
      FROM shop_booking AS booking
      JOIN shop_order_line AS line ON line.order_id = booking.order_id AND line.position = 0
      LEFT JOIN (
        SELECT booking_id, CAST(sum(amount) AS BIGINT) AS amount FROM shop_booking_material WHERE answer = 'agreed'
        GROUP BY booking_id) AS agreed ON agreed.booking_id = booking.id
      WHERE booking.state = 'done' AND (booking.charged <> line.price
        OR booking.material <> coalesce(agreed.amount, 0) OR booking.charged > booking.labour + booking.material)
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "shop.booking_differs_from_order", [.identifier("booking"), .identifier("order")],
      """
      SELECT booking.id, coalesce(placed.id, 0)
      FROM shop_booking AS booking LEFT JOIN shop_order AS placed ON placed.id = booking.order_id
      WHERE placed.id IS NULL OR placed.campaign_id <> booking.campaign_id
        OR placed.household_id <> booking.household_id OR placed.authority <> 'booking'
        OR placed.authority_id <> booking.id
        OR (booking.state IN ('requested', 'accepted', 'on_the_way', 'arrived') AND placed.fulfilment <> 'placed')
        OR (booking.state = 'done' AND placed.fulfilment <> 'collected')
        OR (booking.state IN ('declined', 'expired') AND placed.fulfilment <> 'released')
        OR (booking.state = 'cancelled' AND placed.fulfilment NOT IN ('released', 'uncollected'))
        OR (booking.state = 'missed' AND placed.fulfilment NOT IN ('placed', 'released', 'uncollected'))
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "shop.visit_campaign_differs", [.identifier("campaign"), .identifier("booking")],
      """
      SELECT campaign.id, campaign.booking_id FROM shop_campaign AS campaign
      LEFT JOIN shop_booking AS booking ON booking.id = campaign.booking_id AND booking.campaign_id = campaign.id
      WHERE campaign.booking_id IS NOT NULL AND (booking.id IS NULL OR campaign.pickup_from <> booking.starts_at)
      ORDER BY campaign.id LIMIT \(limit)
      """),
    Invariant(
      "shop.visit_time_not_held", [.identifier("booking"), "held", "needed"],
      """
      SELECT booking.id, coalesce(held.blocks, 0), (booking.minutes + booking.buffer_minutes + 14) / 15
      FROM shop_booking AS booking LEFT JOIN (
        SELECT booking_id, worker_id, count(*) AS blocks FROM shop_worker_block GROUP BY booking_id, worker_id) AS held
      ON held.booking_id = booking.id AND held.worker_id = booking.worker_id
      WHERE booking.state IN ('requested', 'accepted', 'on_the_way', 'arrived')
        AND coalesce(held.blocks, 0) < (booking.minutes + booking.buffer_minutes + 14) / 15
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "shop.time_held_for_nothing", [.identifier("booking"), "held"],
      """
      SELECT block.booking_id, count(*) FROM shop_worker_block AS block
      LEFT JOIN shop_booking AS booking ON booking.id = block.booking_id
      WHERE booking.id IS NULL OR booking.state NOT IN ('requested', 'accepted', 'on_the_way', 'arrived')
      GROUP BY block.booking_id ORDER BY block.booking_id LIMIT \(limit)
      """),
  ]
}
