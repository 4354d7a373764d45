package import Database
package import Kernel

/// The queries of loss reports.
package enum LossStore {
  private static let columns: Query = """
    id, order_id, campaign_id, pickup_point_id, household_id, reported_by_id, reported_at, state, due_at, found_at,
    mistaken_order_id, sequence
    """

  private static func read(_ row: borrowing Row) throws -> LossReport {
    LossReport(
      id: try row[0], order: try row[1], campaign: try row[2], point: try row[3], household: try row[4],
      reportedBy: try row[5], reportedAt: try row[6], state: try row[7], dueAt: try row[8],
      foundAt: try row[9], mistakenOrder: try row[10], sequence: try row[11])
  }

  package static func find(
    _ id: LossReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> LossReport? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_loss_report WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// What was reported of one order, the latest last.
  package static func reports(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [LossReport] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_loss_report WHERE order_id = \(order) AND community_id = \(community)
      ORDER BY id
      """, read)
  }

  /// The orders of a campaign whose bag somebody looks for.
  static func openOrders(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID] {
    try snapshot.values(
      """
      SELECT order_id FROM shop_loss_report WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND state IN ('reported', 'looking', 'mistaken') ORDER BY id
      """)
  }

  /// The newest reports of the community, or of the campaigns of one leader.
  static func list(
    leader: PersonID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [LossReport] {
    var led: Query = ""
    if let leader {
      led = """
        AND campaign_id IN (SELECT id FROM shop_campaign WHERE community_id = \(community) AND leader_id = \(leader))
        """
    }
    return try snapshot.all(
      """
      SELECT \(columns) FROM shop_loss_report WHERE community_id = \(community) \(led)
      ORDER BY reported_at DESC, id DESC LIMIT \(limit)
      """, read)
  }

  package static func steps(
    of report: LossReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [LossStep] {
    try snapshot.all(
      """
      SELECT sequence, state, actor_id, happened_at, note FROM shop_loss_step
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      LossStep(
        sequence: try row[0], state: try row[1], actor: try row[2], at: try row[3], note: try row[4])
    }
  }

  static func insert(_ report: LossReport, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_loss_report (id, community_id, order_id, campaign_id, pickup_point_id, household_id,
        reported_by_id, reported_at, state, due_at, found_at, mistaken_order_id, sequence)
      VALUES (\(report.id), \(transaction.community), \(report.order), \(report.campaign), \(report.point),
        \(report.household), \(report.reportedBy), \(report.reportedAt), \(report.state), \(report.dueAt),
        \(report.foundAt), \(report.mistakenOrder), \(report.sequence))
      """)
    try append(report, by: report.reportedBy, in: transaction)
  }

  static func update(_ report: LossReport, by actor: PersonID?, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_loss_report SET state = \(report.state), found_at = \(report.foundAt),
        mistaken_order_id = \(report.mistakenOrder), sequence = \(report.sequence)
      WHERE id = \(report.id) AND community_id = \(transaction.community)
      """)
    try append(report, by: actor, in: transaction)
  }

  private static func append(
    _ report: LossReport, by actor: PersonID?, in transaction: Transaction
  ) throws {
    let note = report.state == .found ? report.foundAt : ""
    try transaction.execute(
      """
      INSERT INTO shop_loss_step (report_id, sequence, community_id, state, actor_id, happened_at, note,
        mistaken_order_id)
      VALUES (\(report.id), \(report.sequence), \(transaction.community), \(report.state), \(actor),
        \(transaction.now), \(note), \(report.mistakenOrder))
      """)
  }
}
