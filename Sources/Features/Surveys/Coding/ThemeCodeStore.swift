import Database
import Kernel
import People

/// The queries of code books.
enum ThemeCodeStore {
  /// One version of a code as its history shows it.
  struct Version: Sendable {
    let code: ThemeCode
    let writtenAt: Timestamp
    let writtenBy: Actor
  }

  private static let columns: Query = """
    code.id, code.study_id, version.number, version.name, version.definition, version.include_example,
    version.exclude_example, version.parent_id, version.retired_for
    """

  private static func read(_ row: borrowing Row) throws -> ThemeCode {
    ThemeCode(
      id: try row[0], study: try row[1], version: try row[2],
      content: ThemeCode.Content(
        name: try row[3], definition: try row[4], includeExample: try row[5], excludeExample: try row[6],
        parent: try row[7]), retiredFor: try row[8])
  }

  /// All codes of a study in their newest version, retired ones among them, in the order of their making.
  static func all(of study: StudyID, in community: CommunityID, _ snapshot: Snapshot) throws -> [ThemeCode] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_code AS code
      JOIN surveys_code_version AS version ON version.code_id = code.id AND version.number = (
        SELECT MAX(newest.number) FROM surveys_code_version AS newest WHERE newest.code_id = code.id)
      WHERE code.study_id = \(study) AND code.community_id = \(community) ORDER BY code.id
      """, read)
  }

  /// Every version of one code, the newest first.
  static func versions(
    of id: ThemeCodeID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Version] {
    try snapshot.all(
      """
      SELECT \(columns), version.written_at, version.written_by_id, version.written_by_role
      FROM surveys_code AS code JOIN surveys_code_version AS version ON version.code_id = code.id
      WHERE code.id = \(id) AND code.community_id = \(community) ORDER BY version.number DESC
      """
    ) { row in
      Version(
        code: try read(row), writtenAt: try row[9], writtenBy: Actor(person: try row[10], role: try row[11]))
    }
  }

  static func insert(_ code: ThemeCode, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_code (id, community_id, study_id, made_at, made_by_id, made_by_role)
      VALUES (\(code.id), \(transaction.community), \(code.study), \(transaction.now), \(actor.person),
        \(actor.role))
      """)
    try insertVersion(code, by: actor, in: transaction)
  }

  static func insertVersion(_ code: ThemeCode, by actor: Actor, in transaction: Transaction) throws {
    let content = code.content
    try transaction.execute(
      """
      INSERT INTO surveys_code_version (code_id, number, community_id, name, definition, include_example,
        exclude_example, parent_id, retired_for, written_at, written_by_id, written_by_role)
      VALUES (\(code.id), \(code.version), \(transaction.community), \(content.name), \(content.definition),
        \(content.includeExample), \(content.excludeExample), \(content.parent), \(code.retiredFor),
        \(transaction.now), \(actor.person), \(actor.role))
      """)
  }
}
