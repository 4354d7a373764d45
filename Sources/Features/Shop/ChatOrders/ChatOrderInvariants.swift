import Database

/// What must always hold of orders from a group chat: a part of `nuanlin check`.
enum ChatOrderInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.chat_line_not_carried_out", [.identifier("line")],
      "SELECT id FROM shop_chat_line WHERE order_id IS NULL ORDER BY id LIMIT \(limit)"),
    Invariant(
      "shop.chat_line_of_another_household", [.identifier("line"), .identifier("order")],
      """
      SELECT line.id, line.order_id FROM shop_chat_line AS line
      LEFT JOIN shop_order AS placed ON placed.id = line.order_id
      WHERE line.order_id IS NOT NULL AND (placed.id IS NULL OR placed.household_id <> line.household_id
        OR placed.campaign_id <> line.campaign_id OR placed.person_id <> line.person_id)
      ORDER BY line.id LIMIT \(limit)
      """),
    Invariant(
      "shop.chat_order_without_line", [.identifier("order")],
      """
      SELECT placed.id FROM shop_order AS placed
      LEFT JOIN shop_chat_line AS line ON line.id = placed.authority_id AND line.order_id = placed.id
      WHERE placed.authority = 'group_text' AND line.id IS NULL ORDER BY placed.id LIMIT \(limit)
      """),
  ]
}
