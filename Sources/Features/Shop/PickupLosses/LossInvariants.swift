import Database

/// What must always hold of bags that were reported as missing: a part of `nuanlin check`.
enum LossInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.loss_steps_differ", [.identifier("report"), "sequence", "steps"],
      """
      SELECT report.id, report.sequence, coalesce(counted.steps, 0) FROM shop_loss_report AS report
      LEFT JOIN (SELECT report_id, count(*) AS steps, max(sequence) AS last FROM shop_loss_step GROUP BY report_id)
        AS counted ON counted.report_id = report.id
      WHERE coalesce(counted.steps, 0) <> report.sequence OR coalesce(counted.last, 0) <> report.sequence
      ORDER BY report.id LIMIT \(limit)
      """),
    Invariant(
      "shop.loss_of_other_household", [.identifier("report"), .identifier("order")],
      """
      SELECT report.id, report.order_id FROM shop_loss_report AS report
      LEFT JOIN shop_order AS placed ON placed.id = report.order_id
      WHERE placed.id IS NULL OR placed.household_id <> report.household_id
        OR placed.campaign_id <> report.campaign_id OR report.mistaken_order_id = report.order_id
      ORDER BY report.id LIMIT \(limit)
      """),
    Invariant(
      "shop.lost_without_claim", [.identifier("report"), .identifier("order")],
      """
      SELECT report.id, report.order_id FROM shop_loss_report AS report
      LEFT JOIN (SELECT DISTINCT order_id FROM shop_claim) AS claimed ON claimed.order_id = report.order_id
      WHERE report.state = 'lost' AND claimed.order_id IS NULL
      ORDER BY report.id LIMIT \(limit)
      """),
  ]
}
