import Database

/// What must always hold of ties and of quarters' reports.
enum TieInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    // Two who came together have no direction, so the smaller stands first.
    Invariant(
      "resources.tie_out_of_order", [.identifier("tie")],
      """
      SELECT id FROM resources_tie WHERE kind = 'co_attended'
        AND (from_kind > to_kind OR (from_kind = to_kind AND from_id > to_id))
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "resources.network_report_unfinished", ["done", "planned"],
      """
      SELECT done, planned FROM resources_network_report
      WHERE state = 'ready' AND done <> planned ORDER BY quarter LIMIT \(limit)
      """),
  ]
}
