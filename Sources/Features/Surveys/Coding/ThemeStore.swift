package import Database
package import Kernel
import People
import Security

/// The queries of what came up.
enum ThemeStore {
  /// Everybody whose passages were coded and settled, and what came up with them.
  static func voices(
    of study: StudyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (all: Set<CodedVoice>, found: [ThemeCodeID: Set<CodedVoice>]) {
    var all: Set<CodedVoice> = []
    var found: [ThemeCodeID: Set<CodedVoice>] = [:]
    try snapshot.forEach(
      """
      SELECT DISTINCT unit.kind, coding.questionnaire_id, unit.voice, finding.code_id
      FROM surveys_coding AS coding
      JOIN surveys_coding_unit AS unit ON unit.coding_id = coding.id
      LEFT JOIN surveys_coding_finding AS finding
        ON finding.coding_id = unit.coding_id AND finding.unit = unit.number
      WHERE coding.study_id = \(study) AND coding.community_id = \(community)
        AND coding.settled_at IS NOT NULL
      """
    ) { row in
      let voice = CodedVoice(kind: try row[0], questionnaire: try row[1], voice: try row[2])
      all.insert(voice)
      let code: ThemeCodeID? = try row[3]
      if let code { found[code, default: []].insert(voice) }
    }
    return (all, found)
  }

  static func insert(_ table: ThemeTable, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_theme_table (id, community_id, study_id, title, digest, published_at,
        published_by_id, published_by_role)
      VALUES (\(table.id), \(transaction.community), \(table.study), \(table.title), \(table.digest.bytes),
        \(table.publishedAt), \(actor.person), \(actor.role))
      """)
    for count in table.counts {
      try transaction.execute(
        """
        INSERT INTO surveys_theme_count (table_id, code_id, kind, community_id, name, voices, asked)
        VALUES (\(table.id), \(count.code), \(count.kind), \(transaction.community), \(count.name),
          \(count.voices), \(count.asked))
        """)
    }
  }

  static func find(
    _ id: ThemeTableID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ThemeTable? {
    try tables("id = \(id) AND community_id = \(community)", in: community, snapshot).first
  }

  /// The newest tables of a study, or of all studies, the newest first.
  static func newest(
    of study: StudyID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ThemeTable] {
    let scope: Query = study.map { "study_id = \($0) AND " } ?? ""
    return try tables(
      "\(scope)community_id = \(community) ORDER BY id DESC LIMIT \(limit)", in: community, snapshot)
  }

  private static func tables(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ThemeTable] {
    let heads: [(id: ThemeTableID, study: StudyID, title: String, digest: Digest, at: Timestamp)] =
      try snapshot.all(
        "SELECT id, study_id, title, digest, published_at FROM surveys_theme_table WHERE \(condition)"
      ) { row in
        guard let digest = Digest(stored: try row.bytes(3)) else {
          throw DatabaseError.unexpectedValue("no digest of a table of themes")
        }
        return (id: try row[0], study: try row[1], title: try row[2], digest: digest, at: try row[4])
      }
    return try heads.map { head in
      ThemeTable(
        id: head.id, study: head.study, title: head.title, publishedAt: head.at, digest: head.digest,
        counts: try counts(of: head.id, in: community, snapshot))
    }
  }

  private static func counts(
    of table: ThemeTableID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ThemeCount] {
    let counts: [ThemeCount] = try snapshot.all(
      """
      SELECT code_id, name, kind, voices, asked FROM surveys_theme_count
      WHERE table_id = \(table) AND community_id = \(community)
      """
    ) { row in
      ThemeCount(
        code: try row[0], name: try row[1], kind: try row[2], voices: try row[3], asked: try row[4])
    }
    return ThemeRules.stored(counts)
  }
}

/// What other capabilities may show of interviews and observation: published tables, in counts that leave the station.
package struct InterviewEvidence: Sendable {
  package init() {}

  /// The newest tables of a community, the newest first.
  package func list(
    limit: Int = 100, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ThemeTable] {
    try ThemeStore.newest(of: nil, limit: limit, in: community, snapshot)
  }

  /// One table; nil for those of other communities.
  package func table(
    _ id: ThemeTableID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ThemeTable? {
    try ThemeStore.find(id, in: community, snapshot)
  }
}
