import Database
import Kernel
import People

/// The queries of broken glass.
enum GlassStore {
  private static let columns: Query = """
    glass.id, glass.case_id, glass.person_id, glass.broken_by_id, glass.broken_by_role, glass.reason,
    glass.text_id, glass.broken_at, glass.closes_at, glass.review_due_at, review.is_justified,
    review.reviewed_at, review.reviewed_by_id, review.text_id
    """

  private static let tables: Query = """
    care_glass AS glass LEFT JOIN care_glass_review AS review ON review.glass_id = glass.id
    """

  private static func read(_ row: borrowing Row) throws -> BrokenGlass {
    let review: BrokenGlass.Review? =
      row.isNull(10)
      ? nil
      : BrokenGlass.Review(
        isJustified: try row[10], at: try row[11], by: try row[12], text: try row[13])
    return BrokenGlass(
      id: try row[0], caseID: try row[1], person: try row[2],
      breaker: Actor(person: try row[3], role: try row[4]), reason: try row[5], text: try row[6],
      brokenAt: try row[7], closesAt: try row[8], reviewDueAt: try row[9], review: review)
  }

  /// The cases that somebody has open by broken glass.
  static func open(
    by person: PersonID, at now: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<CaseID> {
    Set(
      try snapshot.values(
        """
        SELECT case_id FROM care_glass WHERE community_id = \(community) AND broken_by_id = \(person)
          AND broken_at <= \(now) AND closes_at > \(now)
        """))
  }

  static func find(
    _ id: BrokenGlassID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> BrokenGlass? {
    try snapshot.first(
      "SELECT \(columns) FROM \(tables) WHERE glass.id = \(id) AND glass.community_id = \(community)", read)
  }

  /// Whether somebody has broken glass that nobody has looked over yet.
  static func hasUnreviewed(
    by person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM \(tables) WHERE glass.community_id = \(community) AND glass.broken_by_id = \(person)
        AND review.glass_id IS NULL
      """)
  }

  /// The newest of the community, those that wait first.
  static func list(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [BrokenGlass] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE glass.community_id = \(community)
      ORDER BY CASE WHEN review.glass_id IS NULL THEN 0 ELSE 1 END, glass.id DESC LIMIT \(limit)
      """, read)
  }

  /// Those of one case, the newest first.
  static func glasses(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BrokenGlass] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE glass.community_id = \(community) AND glass.case_id = \(file)
      ORDER BY glass.id DESC
      """, read)
  }

  static func insert(_ glass: BrokenGlass, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_glass (id, community_id, case_id, person_id, broken_by_id, broken_by_role, reason,
        text_id, broken_at, closes_at, review_due_at)
      VALUES (\(glass.id), \(transaction.community), \(glass.caseID), \(glass.person), \(glass.breaker.person),
        \(glass.breaker.role), \(glass.reason), \(glass.text), \(glass.brokenAt), \(glass.closesAt),
        \(glass.reviewDueAt))
      """)
  }

  static func insert(
    _ review: BrokenGlass.Review, of glass: BrokenGlassID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_glass_review (glass_id, community_id, is_justified, reviewed_at, reviewed_by_id, text_id)
      VALUES (\(glass), \(transaction.community), \(review.isJustified), \(review.at), \(review.by),
        \(review.text))
      """)
  }
}
