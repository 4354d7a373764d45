import Database

/// What must always hold of marks and of the tables made of them: a part of `nuanlin check`.
enum NeedInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.need_month_incomplete", [.identifier("community"), "tables", "kinds"],
      """
      SELECT community_id, count(*), count(DISTINCT kind) FROM shop_need_table
      GROUP BY community_id, month
      HAVING count(DISTINCT CASE WHEN kind IN ('unmet_searches', 'after_sales', 'unserved_buildings',
        'assisted_share') THEN kind END) <> 4 OR count(*) <> 4
      ORDER BY community_id, month LIMIT \(limit)
      """),
    Invariant(
      "shop.need_counted_differs", [.identifier("community"), "marks", "counted"],
      """
      SELECT both_sides.community_id, CAST(sum(both_sides.marks) AS BIGINT),
        CAST(sum(both_sides.counted) AS BIGINT)
      FROM (
        SELECT community_id, month, 1 AS marks, 0 AS counted FROM shop_need_mark
        UNION ALL
        SELECT community_id, month, 0, terms FROM shop_need_allowance) AS both_sides
      LEFT JOIN (SELECT DISTINCT community_id, month FROM shop_need_table) AS released
        ON released.community_id = both_sides.community_id AND released.month = both_sides.month
      WHERE released.month IS NULL
      GROUP BY both_sides.community_id, both_sides.month
      HAVING sum(both_sides.marks) <> sum(both_sides.counted)
      ORDER BY both_sides.community_id LIMIT \(limit)
      """),
    Invariant(
      "shop.need_small_term_kept", [.identifier("community"), "households"],
      """
      SELECT mark.community_id, count(*) FROM shop_need_mark AS mark
      JOIN (SELECT DISTINCT community_id, month FROM shop_need_table) AS released
        ON released.community_id = mark.community_id AND released.month = mark.month
      GROUP BY mark.community_id, mark.month, mark.term HAVING count(*) < \(NeedTable.least)
      ORDER BY mark.community_id LIMIT \(limit)
      """),
    // Beside the newest month none may be four older: the job that forgets may be some days late.
    Invariant(
      "shop.need_mark_too_old", [.identifier("community"), "month of the mark", "newest month"],
      """
      SELECT old.community_id, old.number, newest.number FROM (
        SELECT DISTINCT community_id, \(number) AS number FROM shop_need_mark) AS old
      JOIN (SELECT community_id, max(\(number)) AS number FROM shop_need_mark GROUP BY community_id) AS newest
        ON newest.community_id = old.community_id
      WHERE newest.number - old.number >= 4 ORDER BY old.community_id, old.number LIMIT \(limit)
      """),
  ]

  /// Months since the year 0, so that they can be subtracted.
  private static let number: Query =
    "CAST(substr(month, 1, 4) AS BIGINT) * 12 + CAST(substr(month, 6, 2) AS BIGINT)"
}
