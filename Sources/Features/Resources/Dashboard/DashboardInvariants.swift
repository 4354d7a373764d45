import Database

/// What must always hold of frozen figures.
enum DashboardInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    // Versions count from 1 on, so there are never more of them than the highest says.
    Invariant(
      "resources.indicator_versions_differ", ["version", "versions"],
      """
      SELECT max(version), count(*) FROM resources_indicator_value
      GROUP BY community_id, code, month HAVING max(version) < count(*)
      ORDER BY community_id, code, month LIMIT \(limit)
      """)
  ]
}
