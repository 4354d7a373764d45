import Database

/// What must always hold between claims and what they gave back: a part of `nuanlin check`.
enum ClaimInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "shop.given_back_without_claim", [.identifier("order"), "position", "given back", "claimed"],
      """
      SELECT order_id, position, CAST(sum(given) AS BIGINT), CAST(sum(claimed) AS BIGINT) FROM (
        SELECT order_id, position, returned + compensated AS given, 0 AS claimed FROM shop_order_line
        WHERE returned + compensated > 0
        UNION ALL
        SELECT order_id, position, 0, refunded FROM shop_claim) AS both_sides
      GROUP BY order_id, position HAVING sum(given) <> sum(claimed)
      ORDER BY order_id, position LIMIT \(Invariant.limit)
      """),
    Invariant(
      "shop.claim_differs_from_steps", [.identifier("claim"), "refunded", "by steps", "sequence", "steps"],
      """
      SELECT claim.id, claim.refunded, coalesce(summed.refunded, 0), claim.sequence, coalesce(summed.steps, 0)
      FROM shop_claim AS claim LEFT JOIN (
        SELECT claim_id, CAST(sum(CASE WHEN what = 'refunded' THEN amount ELSE 0 END) AS BIGINT) AS refunded,
          max(sequence) AS steps
        FROM shop_claim_step GROUP BY claim_id) AS summed ON summed.claim_id = claim.id
      WHERE claim.refunded <> coalesce(summed.refunded, 0) OR claim.sequence <> coalesce(summed.steps, 0)
      ORDER BY claim.id LIMIT \(Invariant.limit)
      """),
    Invariant(
      "shop.claimed_more_than_collected", [.identifier("order"), "position", "claimed", "collected"],
      """
      SELECT line.order_id, line.position, claimed.pieces, line.collected
      FROM shop_order_line AS line JOIN (
        SELECT order_id, position, CAST(sum(pieces) AS BIGINT) AS pieces FROM shop_claim
        WHERE state <> 'withdrawn' GROUP BY order_id, position) AS claimed
      ON claimed.order_id = line.order_id AND claimed.position = line.position
      WHERE claimed.pieces > line.collected ORDER BY line.order_id, line.position LIMIT \(Invariant.limit)
      """),
  ]
}
