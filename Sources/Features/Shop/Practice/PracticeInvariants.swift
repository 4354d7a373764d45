import Database

/// What must always hold of practice shops: a part of `nuanlin check`.
enum PracticeInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.practice_step_without_learner", [.identifier("learner")],
      """
      SELECT step.person_id FROM shop_practice_step AS step
      LEFT JOIN shop_practice_learner AS learner
        ON learner.community_id = step.community_id AND learner.person_id = step.person_id
      WHERE learner.person_id IS NULL ORDER BY step.person_id LIMIT \(limit)
      """),
    Invariant(
      "shop.practice_order_of_nobody", [.identifier("order")],
      """
      SELECT placed.id FROM shop_practice AS practice
      JOIN shop_order AS placed ON placed.community_id = practice.community_id
      JOIN shop_practice AS other ON other.live_community_id = placed.community_id
      ORDER BY placed.id LIMIT \(limit)
      """),
  ]
}
