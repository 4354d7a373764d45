import Database

/// What must always hold of orders on behalf of somebody: a part of `nuanlin check`.
enum AssistedOrderInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.assisted_order_without_word", [.identifier("order"), .identifier("ground")],
      """
      SELECT placed.id, placed.authority_id FROM shop_order AS placed
      LEFT JOIN shop_assisted_order AS asked ON asked.id = placed.authority_id
      WHERE placed.authority = 'assisted' AND (asked.id IS NULL OR asked.state <> 'placed'
        OR asked.confirmation IS NULL OR asked.person_id <> placed.person_id
        OR asked.household_id <> placed.household_id OR asked.helper_id <> placed.placed_by_id)
      ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.assisted_order_without_mandate", [.identifier("order")],
      """
      SELECT placed.id FROM shop_order AS placed
      LEFT JOIN shop_mandate_order AS mandated ON mandated.order_id = placed.id
      WHERE (placed.authority = 'assisted' OR (placed.authority = 'booking' AND placed.placed_by_id <> placed.person_id))
        AND mandated.order_id IS NULL ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.assisted_visit_without_word", [.identifier("booking"), .identifier("order")],
      """
      SELECT booking.id, placed.id FROM shop_booking AS booking
      JOIN shop_order AS placed ON placed.id = booking.order_id
      LEFT JOIN shop_assisted_order AS asked ON asked.id = booking.assisted_order_id
      WHERE (booking.assisted_order_id IS NULL AND placed.placed_by_id <> booking.person_id)
        OR (booking.assisted_order_id IS NOT NULL AND (asked.id IS NULL OR asked.state <> 'placed'
          OR asked.purpose <> 'book_visit' OR asked.order_id <> placed.id OR asked.person_id <> booking.person_id
          OR asked.household_id <> booking.household_id OR asked.helper_id <> placed.placed_by_id))
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "shop.helper_sold_to_principal", [.identifier("order"), .identifier("merchant")],
      """
      SELECT DISTINCT placed.id, item.merchant_id FROM shop_mandate_order AS mandated
      JOIN shop_order AS placed ON placed.id = mandated.order_id
      JOIN shop_order_line AS line ON line.order_id = placed.id
      JOIN shop_campaign_item AS item ON item.id = line.item_id
      JOIN shop_merchant_member AS member ON member.community_id = placed.community_id
        AND member.person_id = mandated.helper_id AND member.merchant_id = item.merchant_id
        AND member.since <= placed.placed_at
      ORDER BY placed.id, item.merchant_id LIMIT \(limit)
      """),
  ]
}
