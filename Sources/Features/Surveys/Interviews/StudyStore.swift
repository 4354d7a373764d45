import Database
import Kernel
import People

extension Study.State: Storable {}
extension StudyEvent.Kind: Storable {}

/// The queries of studies.
enum StudyStore {
  /// One study in a list.
  struct Line: Sendable {
    let study: Study
    let title: String
  }

  private static let columns: Query = """
    made.id, made.made_at, made.made_by_id, made.made_by_role, standing.state, standing.version,
    standing.events, standing.records, standing.closed_at
    """

  private static func read(_ row: borrowing Row) throws -> Study {
    Study(
      id: try row[0], madeAt: try row[1], madeBy: Actor(person: try row[2], role: try row[3]),
      state: try row[4], version: try row[5], events: try row[6], records: try row[7], closedAt: try row[8])
  }

  static func find(_ id: StudyID, in community: CommunityID, _ snapshot: Snapshot) throws -> Study? {
    try snapshot.first(
      """
      SELECT \(columns) FROM surveys_study_standing AS standing
      JOIN surveys_study AS made ON made.id = standing.study_id
      WHERE standing.study_id = \(id) AND standing.community_id = \(community)
      """, read)
  }

  /// The studies of a community, the newest first.
  /// - Parameter before: only those made before this one.
  static func list(
    before: StudyID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Line] {
    try snapshot.all(
      """
      SELECT \(columns), version.title FROM surveys_study_standing AS standing
      JOIN surveys_study AS made ON made.id = standing.study_id
      JOIN surveys_study_version AS version
        ON version.study_id = standing.study_id AND version.number = standing.version
      WHERE standing.community_id = \(community)
        AND standing.study_id < \(before ?? StudyID(rawValue: Int64.max))
      ORDER BY standing.study_id DESC LIMIT \(limit)
      """
    ) { row in Line(study: try read(row), title: try row[9]) }
  }

  static func insert(_ study: Study, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_study (id, community_id, made_at, made_by_id, made_by_role)
      VALUES (\(study.id), \(transaction.community), \(study.madeAt), \(study.madeBy.person),
        \(study.madeBy.role))
      """)
    try transaction.execute(
      """
      INSERT INTO surveys_study_standing (study_id, community_id, state, version, events, records, closed_at)
      VALUES (\(study.id), \(transaction.community), \(study.state), \(study.version), \(study.events),
        \(study.records), \(study.closedAt))
      """)
  }

  static func keep(_ study: Study, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_study_standing SET state = \(study.state), version = \(study.version),
        events = \(study.events), records = \(study.records), closed_at = \(study.closedAt)
      WHERE study_id = \(study.id) AND community_id = \(transaction.community)
      """)
  }

  static func insert(_ event: StudyEvent, of study: Study, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_study_event (study_id, sequence, community_id, kind, happened_at, actor_id, actor_role)
      VALUES (\(study.id), \(study.events), \(transaction.community), \(event.kind), \(event.at),
        \(event.actor.person), \(event.actor.role))
      """)
  }

  static func events(
    of id: StudyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StudyEvent] {
    try snapshot.all(
      """
      SELECT kind, happened_at, actor_id, actor_role FROM surveys_study_event
      WHERE study_id = \(id) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      StudyEvent(kind: try row[0], at: try row[1], actor: Actor(person: try row[2], role: try row[3]))
    }
  }

  // MARK: - Terms

  static func insert(_ version: StudyVersion, by actor: Actor, in transaction: Transaction) throws {
    let terms = version.terms
    try transaction.execute(
      """
      INSERT INTO surveys_study_version (study_id, number, community_id, title, question, purpose, guide,
        written_at, written_by_id, written_by_role)
      VALUES (\(version.study), \(version.number), \(transaction.community), \(terms.title),
        \(terms.question), \(terms.purpose), \(terms.guide.joined(separator: "\n")), \(transaction.now),
        \(actor.person), \(actor.role))
      """)
  }

  static func version(
    _ number: Int64, of id: StudyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StudyVersion? {
    try snapshot.first(
      """
      SELECT number, title, question, purpose, guide FROM surveys_study_version
      WHERE study_id = \(id) AND number = \(number) AND community_id = \(community)
      """
    ) { row in
      StudyVersion(
        study: id, number: try row[0],
        terms: StudyTerms(
          title: try row[1], question: try row[2], purpose: try row[3], guide: TextLines.of(try row[4])))
    }
  }
}
