import Database
import Kernel
import People
import Security
import Statistics
import Web

/// The queries of what was published: the ledger that the gate asks.
enum PublicationStore {
  private static let columns: Query = """
    published.id, published.questionnaire_id, version.title, published.title_chinese, published.title_english,
    published.least, published.content, published.lock_digest, published.query_digest, published.released_at,
    published.released_by_id
    """

  private static let source: Query = """
    FROM surveys_published_table AS published
    JOIN surveys_questionnaire_standing AS standing ON standing.questionnaire_id = published.questionnaire_id
    JOIN surveys_questionnaire_version AS version
      ON version.questionnaire_id = published.questionnaire_id AND version.number = standing.version
    """

  private static func read(_ row: borrowing Row) throws -> PublishedTable {
    guard let content = PublishedTable.Content(try row.bytes(6)),
      let lock = Digest(stored: try row.bytes(7)), let query = Digest(stored: try row.bytes(8))
    else { throw DatabaseError.unexpectedValue("no published table") }
    return PublishedTable(
      id: try row[0], questionnaire: try row[1], questionnaireTitle: try row[2],
      title: Phrase(try row[3], try row[4]), least: try row[5], content: content, lockDigest: lock,
      queryDigest: query, releasedAt: try row[9], releasedBy: try row[10])
  }

  static func find(
    _ id: EvidenceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PublishedTable? {
    try snapshot.first(
      "SELECT \(columns) \(source) WHERE published.id = \(id) AND published.community_id = \(community)", read
    )
  }

  /// The tables of a questionnaire, in the order in which they were published.
  static func all(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PublishedTable] {
    try snapshot.all(
      """
      SELECT \(columns) \(source)
      WHERE published.questionnaire_id = \(questionnaire) AND published.community_id = \(community)
      ORDER BY published.sequence
      """, read)
  }

  /// The tables of a community, the newest first.
  static func newest(
    atLeast least: Int, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PublishedTable] {
    try snapshot.all(
      """
      SELECT \(columns) \(source) WHERE published.community_id = \(community)
        AND published.least >= \(least)
      ORDER BY published.id DESC LIMIT \(limit)
      """, read)
  }

  /// Everything that was released of a questionnaire, in order, and how many tables that makes.
  static func ledger(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (releases: [ReleasedCut], tables: Int64) {
    let texts: [String] = try snapshot.values(
      """
      SELECT releases FROM surveys_published_table
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community) ORDER BY sequence
      """)
    let releases = try texts.flatMap { text in
      try text.split(separator: "\n").map { line in
        guard let release = ReleasedCut(String(line)) else {
          throw DatabaseError.unexpectedValue("no release of a published table")
        }
        return release
      }
    }
    return (releases, Int64(texts.count))
  }

  /// The table that the same query gave before; nil where there is none.
  static func same(
    _ query: Digest, of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> EvidenceID? {
    try snapshot.value(
      """
      SELECT id FROM surveys_published_table WHERE questionnaire_id = \(questionnaire)
        AND query_digest = \(query.bytes) AND community_id = \(community)
      """)
  }

  static func insert(
    _ id: EvidenceID, _ result: PublicationResult, least: Int, sequence: Int64, of lock: AnswerLock,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let releases = result.releases.map(\.release.description).joined(separator: "\n")
    try transaction.execute(
      """
      INSERT INTO surveys_published_table (id, community_id, questionnaire_id, sequence, least, title_chinese,
        title_english, releases, content, lock_digest, query_digest, released_at, released_by_id,
        released_by_role)
      VALUES (\(id), \(transaction.community), \(lock.questionnaire), \(sequence), \(least),
        \(result.title.chinese), \(result.title.english), \(releases), \(result.content.bytes),
        \(lock.digest.bytes), \(result.queryDigest.bytes), \(transaction.now), \(actor.person), \(actor.role))
      """)
  }
}

extension PublishedTable.Content {
  var bytes: [UInt8] {
    func write(_ phrase: Phrase, _ json: inout JSONWriter) {
      json.array([phrase.chinese, phrase.english]) { $0.value($1) }
    }
    var json = JSONWriter()
    json.object { json in
      json.array("columns", columns) { json, phrase in write(phrase, &json) }
      json.array("rows", rows) { json, row in
        json.object { json in
          json.array("label", [row.label.chinese, row.label.english]) { $0.value($1) }
          json.array("counts", row.counts) { $0.value($1.map(String.init) ?? "") }
          // The shortest text that gives the same share back.
          json.array("shares", row.shares) { $0.value($1.map { "\($0)" } ?? "") }
        }
      }
      json.array("sample", [sampleNote.chinese, sampleNote.english]) { $0.value($1) }
      json.array("notes", notes) { json, phrase in write(phrase, &json) }
    }
    return json.bytes
  }

  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    func phrase(_ json: JSON?) -> Phrase? {
      guard case .array(let pair)? = json, pair.count == 2, let chinese = pair[0].text,
        let english = pair[1].text
      else { return nil }
      return Phrase(chinese, english)
    }
    guard let json = try? JSON(bytes), case .array(let columns)? = json["columns"],
      case .array(let rows)? = json["rows"], case .array(let notes)? = json["notes"],
      let sample = phrase(json["sample"])
    else { return nil }
    self.init(
      columns: columns.compactMap { phrase($0) },
      rows: rows.compactMap { row in
        guard let label = phrase(row["label"]), case .array(let counts)? = row["counts"],
          case .array(let shares)? = row["shares"]
        else { return nil }
        return PublishedTable.Row(
          label: label, counts: counts.map { $0.text.flatMap { Int($0) } },
          shares: shares.map { $0.text.flatMap { Double($0) } })
      }, sampleNote: sample, notes: notes.compactMap { phrase($0) })
  }
}
