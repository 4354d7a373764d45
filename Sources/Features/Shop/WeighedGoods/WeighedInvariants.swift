import Database

/// What must always hold of goods that are charged by what they weigh: a part of `nuanlin check`.
enum WeighedInvariants {
  private static let limit = Invariant.limit

  /// What a line of `shop_order_line` is charged: by the piece, by what was weighed, or as estimated until then.
  static let lineAmount: Query = """
    CASE WHEN weighed_basis IS NULL THEN price * coalesce(allocated, quantity)
      WHEN coalesce(allocated, quantity) = 0 THEN 0 WHEN charged IS NOT NULL THEN charged ELSE \(estimate) END
    """

  /// Each product is rounded half up once; no part of it is negative, so that division cuts off below.
  private static let estimate: Query = """
    (2 * price * typical_grams * coalesce(allocated, quantity) + \(basisGrams)) / (2 * \(basisGrams))
    """
  private static let weighedAmount: Query = "(2 * price * grams + \(basisGrams)) / (2 * \(basisGrams))"
  /// The most that ordering agreed to, rounded down.
  private static let most: Query = "\(estimate) * (100 + tolerance_percent) / 100"
  private static let basisGrams: Query = "(CASE weighed_basis WHEN 'kilogram' THEN 1000 ELSE 500 END)"

  static let invariants: [Invariant] = [
    Invariant(
      "shop.charged_more_than_agreed", [.identifier("order"), "position", "charged", "most", "agreed"],
      """
      SELECT order_id, position, charged, \(most), coalesce(agreed, 0) FROM shop_order_line
      WHERE charged IS NOT NULL AND coalesce(allocated, quantity) > 0
        AND charged > \(most) AND charged > coalesce(agreed, 0)
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.charged_differs_from_weight", [.identifier("order"), "position", "charged", "by weight"],
      """
      SELECT order_id, position, charged, weighed FROM (
        SELECT order_id, position, charged, \(weighedAmount) AS weighed, \(most) AS most, agreed
        FROM shop_order_line WHERE charged IS NOT NULL) AS line
      WHERE charged <> CASE WHEN weighed <= most OR weighed <= coalesce(agreed, 0) THEN weighed ELSE most END
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.collected_without_weighing", [.identifier("order"), "position", "collected", "due"],
      """
      SELECT order_id, position, collected, coalesce(allocated, quantity) FROM shop_order_line
      WHERE weighed_basis IS NOT NULL AND collected > 0
        AND (grams IS NULL OR collected <> coalesce(allocated, quantity))
      ORDER BY order_id, position LIMIT \(limit)
      """),
    Invariant(
      "shop.weight_without_record", [.identifier("order"), "position", "grams", "recorded"],
      """
      SELECT line.order_id, line.position, line.grams, coalesce(record.grams, 0) FROM shop_order_line AS line
      LEFT JOIN (
        SELECT order_id, position, grams, charged,
          row_number() OVER (PARTITION BY order_id, position ORDER BY recorded_at DESC, id DESC) AS age
        FROM shop_weighing) AS record
      ON record.order_id = line.order_id AND record.position = line.position AND record.age = 1
      WHERE line.grams IS NOT NULL
        AND (record.grams IS NULL OR record.grams <> line.grams OR record.charged <> line.charged)
      ORDER BY line.order_id, line.position LIMIT \(limit)
      """),
  ]
}
