import Database

/// What must always hold of standing orders: a part of `nuanlin check`.
enum StandingOrderInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.standing_order_of_nobody", [.identifier("order"), .identifier("turn")],
      """
      SELECT placed.id, placed.authority_id FROM shop_order AS placed
      LEFT JOIN shop_standing_turn AS turn ON turn.id = placed.authority_id
      LEFT JOIN shop_standing_order AS standing ON standing.id = turn.standing_order_id
      WHERE placed.authority = 'standing' AND (standing.id IS NULL OR turn.order_id IS NULL
        OR turn.order_id <> placed.id OR turn.campaign_id <> placed.campaign_id
        OR standing.household_id <> placed.household_id)
      ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.standing_turn_without_order", [.identifier("turn")],
      """
      SELECT DISTINCT turn.id FROM shop_standing_turn AS turn
      JOIN shop_standing_turn_line AS line ON line.turn_id = turn.id AND line.state = 'ordered'
      WHERE turn.order_id IS NULL OR turn.pending_digest IS NOT NULL ORDER BY turn.id LIMIT \(limit)
      """),
    Invariant(
      "shop.standing_order_beyond_need", [.identifier("turn"), .identifier("item")],
      """
      SELECT line.turn_id, line.item_id FROM shop_standing_turn_line AS line
      JOIN shop_campaign_item AS item ON item.id = line.item_id
      WHERE line.state = 'ordered' AND (item.price <> line.price OR line.quantity > line.wanted)
      ORDER BY line.turn_id LIMIT \(limit)
      """),
  ]
}
