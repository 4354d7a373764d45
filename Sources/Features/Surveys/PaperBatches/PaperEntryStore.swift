import Database
import Kernel
import People
import Security

/// What one member of staff keyed in of a sheet.
struct PaperEntry: Sendable, Equatable {
  let id: PaperEntryID
  /// 1 or 2.
  let place: Int64
  let keyer: Actor
  let keyedAt: Timestamp
  let respondent: Respondent
  let sheet: KeyedSheet
}

/// The queries of what was keyed in.
enum PaperEntryStore {
  static func address(_ id: PaperEntryID, in community: CommunityID) -> FieldAddress {
    FieldAddress("surveys_paper_entry", "content", row: id, community: community)
  }

  /// Who keyed in a sheet so far, without a word of what.
  static func keyers(
    of sheet: Int64, in batch: PaperBatchID, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(place: Int64, person: PersonID)] {
    try snapshot.all(
      """
      SELECT place, keyer_id FROM surveys_paper_entry
      WHERE batch_id = \(batch) AND sheet = \(sheet) AND community_id = \(community) ORDER BY place
      """
    ) { row in (place: try row[0], person: try row[1]) }
  }

  /// What was keyed in of a sheet. Only for the comparison and the third look: no page for keying in calls this.
  static func entries(
    of sheet: Int64, in batch: PaperBatchID, opening cipher: FieldCipher, _ community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PaperEntry] {
    try snapshot.all(
      """
      SELECT id, place, keyer_id, keyer_role, keyed_at, person_id, household_id, content
      FROM surveys_paper_entry
      WHERE batch_id = \(batch) AND sheet = \(sheet) AND community_id = \(community) ORDER BY place
      """
    ) { row in
      let id: PaperEntryID = try row[0]
      let opened = try cipher.openBytes(try row.bytes(7), at: address(id, in: community))
      guard let sheet = KeyedSheet(opened) else {
        throw DatabaseError.unexpectedValue("no entry of a sheet")
      }
      let person: PersonID? = try row[5]
      let household: HouseholdID? = try row[6]
      return PaperEntry(
        id: id, place: try row[1], keyer: Actor(person: try row[2], role: try row[3]), keyedAt: try row[4],
        respondent: person.map { .person($0, household: household) } ?? .nobody, sheet: sheet)
    }
  }

  static func insert(
    _ entry: PaperEntry, of sheet: Int64, in batch: PaperBatchID, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    var person: PersonID?
    var home: HouseholdID?
    if case .person(let id, let household) = entry.respondent { (person, home) = (id, household) }
    let sealed = try cipher.seal(bytes: entry.sheet.bytes, at: address(entry.id, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO surveys_paper_entry (id, community_id, batch_id, sheet, place, keyer_id, keyer_role, keyed_at,
        person_id, household_id, content)
      VALUES (\(entry.id), \(transaction.community), \(batch), \(sheet), \(entry.place), \(entry.keyer.person),
        \(entry.keyer.role), \(entry.keyedAt), \(person), \(home), \(sealed))
      """)
  }

  /// Nothing of what was keyed in is left.
  static func remove(of sheet: Int64, in batch: PaperBatchID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM surveys_paper_entry
      WHERE batch_id = \(batch) AND sheet = \(sheet) AND community_id = \(transaction.community)
      """)
  }

  // MARK: - Tallies

  /// Counts one comparison of two members of staff, question by question.
  static func count(
    _ fields: [(item: String, differs: Bool)], in batch: PaperBatchID, between one: PersonID,
    and other: PersonID, in transaction: Transaction
  ) throws {
    let (first, second) = (min(one, other), max(one, other))
    for field in fields {
      try transaction.execute(
        """
        INSERT INTO surveys_paper_tally (batch_id, first_keyer_id, second_keyer_id, item, community_id, fields,
          differences)
        VALUES (\(batch), \(first), \(second), \(field.item), \(transaction.community), 1, \(field.differs ? 1 : 0))
        ON CONFLICT (batch_id, first_keyer_id, second_keyer_id, item) DO UPDATE SET
          fields = surveys_paper_tally.fields + 1,
          differences = surveys_paper_tally.differences + excluded.differences
        """)
    }
  }

  static func tallies(
    of batch: PaperBatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperTally] {
    try snapshot.all(
      """
      SELECT first_keyer_id, second_keyer_id, item, fields, differences FROM surveys_paper_tally
      WHERE batch_id = \(batch) AND community_id = \(community)
      ORDER BY first_keyer_id, second_keyer_id, item
      """
    ) { row in
      PaperTally(
        first: try row[0], second: try row[1], item: try row[2], fields: try row[3], differences: try row[4])
    }
  }
}
