import Database

/// What must always hold between slips, what is held back for them, and their orders: a part of `nuanlin check`.
enum PaperOrderInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.held_stock_differs", [.identifier("item"), "held", "versions hold"],
      """
      SELECT item_id, CAST(sum(held) AS BIGINT), CAST(sum(open) AS BIGINT) FROM (
        SELECT item_id, held_change AS held, 0 AS open FROM shop_stock_movement WHERE held_change <> 0
        UNION ALL
        SELECT item.item_id, 0, item.set_aside - item.taken
        FROM shop_paper_catalogue AS catalogue JOIN shop_paper_item AS item ON item.catalogue_id = catalogue.id
        WHERE catalogue.returned_at IS NULL) AS both_sides
      GROUP BY item_id HAVING sum(held) <> sum(open) ORDER BY item_id LIMIT \(limit)
      """),
    Invariant(
      "shop.held_past_cut_off", [.identifier("catalogue"), .identifier("campaign")],
      """
      SELECT catalogue.id, catalogue.campaign_id FROM shop_paper_catalogue AS catalogue
      JOIN shop_campaign AS campaign ON campaign.id = catalogue.campaign_id
      WHERE catalogue.returned_at IS NULL AND (campaign.closed_at IS NOT NULL OR campaign.failed_at IS NOT NULL
        OR campaign.cancelled_at IS NOT NULL)
      ORDER BY catalogue.id LIMIT \(limit)
      """),
    Invariant(
      "shop.slip_order_differs", [.identifier("slip"), .identifier("order")],
      """
      SELECT slip.id, slip.order_id FROM shop_paper_slip AS slip
      LEFT JOIN shop_order AS placed ON placed.id = slip.order_id
      WHERE slip.order_id IS NOT NULL AND (placed.id IS NULL OR placed.authority <> 'slip'
        OR placed.authority_id <> slip.id OR placed.household_id <> slip.household_id
        OR placed.campaign_id <> slip.campaign_id OR placed.placed_by_id <> slip.keyed_by_id)
      ORDER BY slip.id LIMIT \(limit)
      """),
    Invariant(
      "shop.order_without_slip", [.identifier("order")],
      """
      SELECT placed.id FROM shop_order AS placed
      LEFT JOIN shop_paper_slip AS slip ON slip.id = placed.authority_id
      WHERE placed.authority = 'slip' AND (slip.id IS NULL OR slip.order_id IS NULL
        OR slip.order_id <> placed.id)
      ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.slip_entry_differs", [.identifier("batch"), "position"],
      """
      SELECT entry.batch_id, entry.position FROM shop_slip_entry AS entry
      LEFT JOIN shop_paper_slip AS slip ON slip.id = entry.slip_id
      WHERE (entry.state IN ('placed', 'settled')) <> (entry.order_id IS NOT NULL)
        OR (entry.order_id IS NOT NULL AND (slip.order_id IS NULL OR slip.order_id <> entry.order_id))
      ORDER BY entry.batch_id, entry.position LIMIT \(limit)
      """),
  ]
}
