import Database

/// What must always hold of joint purchases: a part of `nuanlin check`.
enum JointPurchaseInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.joint_order_out_of_place", [.identifier("order"), .identifier("campaign")],
      """
      SELECT placed.id, placed.campaign_id FROM shop_order AS placed
      JOIN shop_campaign AS campaign ON campaign.id = placed.campaign_id
      WHERE (placed.authority = 'merchant' AND campaign.audience <> 'merchants')
        OR (placed.authority <> 'merchant' AND campaign.audience = 'merchants')
      ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.joint_order_without_merchant", [.identifier("order"), .identifier("merchant")],
      """
      SELECT placed.id, placed.household_id FROM shop_order AS placed
      LEFT JOIN shop_merchant AS merchant ON merchant.id = placed.household_id
        AND merchant.community_id = placed.community_id
      WHERE placed.authority = 'merchant' AND merchant.id IS NULL ORDER BY placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.merchant_buys_from_itself", [.identifier("order"), "position"],
      """
      SELECT placed.id, line.position FROM shop_order AS placed
      JOIN shop_order_line AS line ON line.order_id = placed.id
      JOIN shop_campaign_item AS item ON item.id = line.item_id
      WHERE placed.authority = 'merchant' AND item.merchant_id = placed.household_id AND line.quantity > 0
      ORDER BY placed.id, line.position LIMIT \(limit)
      """),
  ]
}
