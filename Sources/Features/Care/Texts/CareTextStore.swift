package import Database
import Kernel
import Security

extension Sensitivity: Storable {
  package var storedValue: Value { .integer(rawValue) }

  package init(from row: borrowing Row, at column: Int) throws {
    guard let sensitivity = Sensitivity(rawValue: try row.integer(column)) else {
      throw DatabaseError.unexpectedValue("no sensitivity")
    }
    self = sensitivity
  }
}

/// The queries of sealed texts. Nothing else names `care_text`, so that whoever reads one has passed `TextScope`.
enum CareTextStore {
  private static let columns: Query = "id, person_id, sealed"

  private static func read(_ row: borrowing Row) throws -> CareText {
    CareText(id: try row[0], person: try row[1], sealed: try row[2])
  }

  static func insert(
    _ id: CareTextID, _ sealed: [UInt8], _ terms: CareTextTerms, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_text (id, community_id, person_id, case_id, sensitivity, reader_id, author_id,
        written_at, sealed)
      VALUES (\(id), \(transaction.community), \(terms.person), \(terms.caseID), \(terms.sensitivity),
        \(terms.reader), \(terms.author), \(transaction.now), \(sealed))
      """)
  }

  /// All texts of these cases that the scope lets its reader see, oldest first.
  static func texts(_ scope: TextScope, in community: CommunityID, _ snapshot: Snapshot) throws -> [CareText]
  {
    try snapshot.all(
      """
      SELECT \(columns) FROM care_text WHERE community_id = \(community) AND \(scope.condition)
      ORDER BY id
      """, read)
  }

  /// All texts within a scope with their cases, the newest first, for the search.
  static func searched(
    _ scope: TextScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(text: CareText, file: CaseID, at: Timestamp)] {
    try snapshot.all(
      """
      SELECT \(columns), case_id, written_at FROM care_text
      WHERE community_id = \(community) AND case_id IS NOT NULL AND \(scope.condition) ORDER BY id DESC
      """
    ) { row in (text: try read(row), file: try row[3], at: try row[4]) }
  }

  /// Everybody about whom something is sealed, in all communities.
  static func sealedPersons(_ snapshot: Snapshot) throws -> [(community: CommunityID, person: PersonID)] {
    try snapshot.all(
      "SELECT DISTINCT community_id, person_id FROM care_text WHERE person_id IS NOT NULL"
    ) { row in (community: try row[0], person: try row[1]) }
  }

  // MARK: - Rotation

  /// Texts of one scope that are sealed with another key than this one, the oldest first.
  static func sealedOtherwise(
    than key: UInt32, of person: PersonID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareText] {
    let mark = FieldCipher.keyMark(key)
    let whose: Query = person.map { "person_id = \($0)" } ?? "person_id IS NULL"
    return try snapshot.all(
      """
      SELECT \(columns) FROM care_text WHERE community_id = \(community) AND \(whose)
        AND substr(sealed, 2, 4) <> \(mark) ORDER BY id LIMIT \(limit)
      """, read)
  }

  /// Puts another sealing of the same words in the place of the one that was read; nothing where it changed meanwhile.
  static func reseal(_ text: CareText, _ sealed: [UInt8], in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE care_text SET sealed = \(sealed)
      WHERE id = \(text.id) AND community_id = \(transaction.community) AND sealed = \(text.sealed)
      """)
  }

  /// Communities in which something is sealed under their common key.
  static func communitiesWithCommonTexts(_ snapshot: Snapshot) throws -> [CommunityID] {
    try snapshot.values("SELECT DISTINCT community_id FROM care_text WHERE person_id IS NULL")
  }

  // MARK: - Broken glass

  /// The reason that stands with a broken glass, for its reviewers.
  static func text(
    _ id: CareTextID, ofGlass glass: BrokenGlassID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CareText? {
    try snapshot.first(
      """
      SELECT \(columns) FROM care_text WHERE community_id = \(community) AND id = \(id) AND id IN (
        SELECT text_id FROM care_glass WHERE id = \(glass) AND community_id = \(community))
      """, read)
  }

  /// Those of these texts that the scope lets its reader see.
  static func texts(
    _ ids: some Collection<CareTextID>, _ scope: TextScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareText] {
    try snapshot.chunks(of: Array(ids)).flatMap { part in
      try snapshot.all(
        """
        SELECT \(columns) FROM care_text WHERE community_id = \(community) AND \(scope.condition)
          AND id IN \(list: part) ORDER BY id
        """, read)
    }
  }
}

extension FieldAddress {
  static func careText(_ text: CareTextID, in community: CommunityID) -> FieldAddress {
    FieldAddress("care_text", "sealed", row: text, community: community)
  }
}
