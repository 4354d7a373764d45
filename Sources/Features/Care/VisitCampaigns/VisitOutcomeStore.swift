import Database
import Kernel
import People

/// The queries of what came of visits.
enum VisitOutcomeStore {
  private static let columns: Query = """
    id, door_id, kind, come_again_at, version, text_id, visitor_id, visitor_role, happened_at, recorded_at,
    is_late
    """

  private static func read(_ row: borrowing Row) throws -> VisitOutcome {
    VisitOutcome(
      id: try row[0], door: try row[1], kind: try row[2], comeAgainAt: try row[3], version: try row[4],
      text: try row[5], visitor: Actor(person: try row[6], role: try row[7]), happenedAt: try row[8],
      recordedAt: try row[9], isLate: try row[10])
  }

  /// Everything that was reported of a campaign, in the order of its coming.
  static func outcomes(
    of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitOutcome] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_visit_outcome WHERE campaign_id = \(campaign)
        AND community_id = \(community) ORDER BY id
      """, read)
  }

  /// Everything that was reported of one door.
  static func outcomes(
    of door: VisitDoorID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VisitOutcome] {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_visit_outcome WHERE door_id = \(door) AND community_id = \(community)
      ORDER BY id
      """, read)
  }

  /// What this visitor reported under this key.
  static func find(
    key: String, by visitor: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VisitOutcome? {
    try snapshot.first(
      """
      SELECT \(columns) FROM care_visit_outcome
      WHERE community_id = \(community) AND visitor_id = \(visitor) AND client_key = \(key)
      """, read)
  }

  static func exist(
    of campaign: VisitCampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM care_visit_outcome WHERE campaign_id = \(campaign) AND community_id = \(community)
      """)
  }

  static func insert(
    _ outcome: VisitOutcome, key: String, of campaign: VisitCampaignID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_visit_outcome (\(columns), community_id, campaign_id, client_key)
      VALUES (\(outcome.id), \(outcome.door), \(outcome.kind), \(outcome.comeAgainAt), \(outcome.version),
        \(outcome.text), \(outcome.visitor.person), \(outcome.visitor.role), \(outcome.happenedAt),
        \(outcome.recordedAt), \(outcome.isLate), \(transaction.community), \(campaign), \(key))
      """)
  }
}
