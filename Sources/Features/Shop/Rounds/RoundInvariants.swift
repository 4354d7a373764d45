import Database

/// What must always hold of rounds, their bags and those whom a carrier looks after.
enum RoundInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.stop_at_other_door", [.identifier("stop"), .identifier("order")],
      """
      SELECT stop.id, placed.id FROM shop_round_order AS carried
      JOIN shop_round_stop AS stop ON stop.id = carried.stop_id
      JOIN shop_order AS placed ON placed.id = carried.order_id
      WHERE stop.household_id <> placed.household_id OR stop.round_id <> carried.round_id
        OR placed.community_id <> stop.community_id
      ORDER BY stop.id, placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.courier_is_helper", [.identifier("round"), .identifier("order")],
      """
      SELECT round.id, placed.id FROM shop_round AS round
      JOIN shop_round_order AS carried ON carried.round_id = round.id
      JOIN shop_order AS placed ON placed.id = carried.order_id
      JOIN shop_mandate_order AS mandated ON mandated.order_id = placed.id
      WHERE mandated.helper_id = round.courier_id
      ORDER BY round.id, placed.id LIMIT \(limit)
      """),
    Invariant(
      "shop.round_open_after_end", [.identifier("round"), .identifier("order")],
      """
      SELECT round.id, carried.order_id FROM shop_round AS round
      JOIN shop_round_order AS carried ON carried.round_id = round.id
      WHERE round.state = 'ended' AND carried.is_open = 1 ORDER BY round.id, carried.order_id LIMIT \(limit)
      """),
    Invariant(
      "shop.carried_not_accounted", [.identifier("order"), "with a courier", "by rounds"],
      """
      SELECT order_id, CAST(sum(held) AS BIGINT), CAST(sum(carried) AS BIGINT) FROM (
        SELECT order_id, CASE WHEN step = 'carried_out' THEN pieces ELSE -pieces END AS held, 0 AS carried
        FROM shop_custody WHERE order_id IS NOT NULL AND (step IN ('carried_out', 'carried_back')
          OR (step = 'handed_over' AND from_party LIKE 'courier:%'))
        UNION ALL
        SELECT carried.order_id, 0, carried.pieces FROM shop_round_order AS carried
        JOIN shop_round AS round ON round.id = carried.round_id
        WHERE carried.is_open = 1 AND round.state = 'under_way') AS both_sides
      GROUP BY order_id HAVING sum(held) <> sum(carried) ORDER BY order_id LIMIT \(limit)
      """),
    Invariant(
      "shop.outcome_without_handover", [.identifier("outcome"), .identifier("stop")],
      """
      SELECT DISTINCT outcome.id, outcome.stop_id FROM shop_stop_outcome AS outcome
      JOIN shop_round_order AS carried
        ON carried.round_id = outcome.round_id AND carried.stop_id = outcome.stop_id
      WHERE outcome.effect = 'handed_over' AND carried.is_open = 1 ORDER BY outcome.id LIMIT \(limit)
      """),
    Invariant(
      "shop.stop_delivered_twice", [.identifier("stop"), "times"],
      """
      SELECT stop_id, count(*) FROM shop_stop_outcome WHERE effect = 'handed_over'
      GROUP BY stop_id HAVING count(*) > 1 ORDER BY stop_id LIMIT \(limit)
      """),
    Invariant(
      "shop.concern_with_stranger", [.identifier("concern"), .identifier("carer")],
      """
      SELECT concern.id, concern.carer_id FROM shop_wellbeing_concern AS concern
      LEFT JOIN shop_wellbeing_told AS told
        ON told.concern_id = concern.id AND told.person_id = concern.carer_id
      WHERE concern.state = 'looked_after' AND told.concern_id IS NULL ORDER BY concern.id LIMIT \(limit)
      """),
  ]
}
