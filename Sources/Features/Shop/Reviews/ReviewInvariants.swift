import Database

/// What must always hold of reviews: a part of `nuanlin check`.
enum ReviewInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.review_without_collected_line", [.identifier("review"), .identifier("order"), "position"],
      """
      SELECT review.id, review.order_id, review.position FROM shop_review AS review
      LEFT JOIN shop_order_line AS line ON line.order_id = review.order_id AND line.position = review.position
      WHERE line.order_id IS NULL OR line.collected = 0 ORDER BY review.id LIMIT \(limit)
      """),
    Invariant(
      "shop.line_reviewed_twice", [.identifier("order"), "position", "reviews"],
      """
      SELECT order_id, position, count(*) FROM shop_review GROUP BY order_id, position HAVING count(*) > 1
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.review_of_other_goods", [.identifier("review"), .identifier("product"), .identifier("ordered")],
      """
      SELECT review.id, review.product_id, item.product_id FROM shop_review AS review
      JOIN shop_order_line AS line ON line.order_id = review.order_id AND line.position = review.position
      JOIN shop_campaign_item AS item ON item.id = line.item_id
      JOIN shop_campaign AS campaign ON campaign.id = item.campaign_id
      WHERE review.product_id <> item.product_id OR review.merchant_id <> item.merchant_id
        OR review.leader_id <> campaign.leader_id
      ORDER BY review.id LIMIT \(limit)
      """),
    Invariant(
      "shop.remark_without_review", [.identifier("review")],
      """
      SELECT remark.review_id FROM shop_review_remark AS remark
      LEFT JOIN shop_review AS review ON review.id = remark.review_id
      WHERE review.id IS NULL ORDER BY remark.review_id LIMIT \(limit)
      """),
  ]
}
