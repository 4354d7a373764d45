import Database
import Kernel
import People
import Security

extension MaterialKind: Storable {}
extension FieldRecord.Way: Storable {}
extension FieldRecord.Agreement: Storable {}

/// One text of a record: its notes, or an addendum.
struct FieldText: Sendable, Equatable {
  let id: FieldTextID
  /// 0 for the notes, 1, 2, 3 … for addenda.
  let sequence: Int64
  /// Raised with every correction; whoever corrects says which they saw.
  let revision: Int64
  let notes: FieldNotes
  let writtenAt: Timestamp
  let writtenBy: Actor
}

/// The queries of records and of their sealed words.
enum FieldRecordStore {
  private static let columns: Query = """
    id, study_id, number, version, kind, way, minutes, people, agreement, speaker_id, happened_at, recorded_at,
    recorded_by_id, recorded_by_role, locked_at, withdrawn_at
    """

  private static func read(_ row: borrowing Row) throws -> FieldRecord {
    FieldRecord(
      id: try row[0], study: try row[1], number: try row[2], version: try row[3],
      facts: FieldRecord.Facts(
        kind: try row[4], way: try row[5], minutes: try row[6], people: try row[7], agreement: try row[8],
        speaker: try row[9], happenedAt: try row[10]), recordedAt: try row[11],
      recordedBy: Actor(person: try row[12], role: try row[13]), lockedAt: try row[14],
      withdrawnAt: try row[15])
  }

  static func find(
    _ id: FieldRecordID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> FieldRecord? {
    try snapshot.first(
      "SELECT \(columns) FROM surveys_record WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// The records of a study, the newest first.
  /// - Parameter before: only those with a lower number.
  static func list(
    of study: StudyID, before: Int64? = nil, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [FieldRecord] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_record WHERE study_id = \(study) AND community_id = \(community)
        AND number < \(before ?? Int64.max) ORDER BY number DESC LIMIT \(limit)
      """, read)
  }

  static func insert(_ record: FieldRecord, in transaction: Transaction) throws {
    let facts = record.facts
    try transaction.execute(
      """
      INSERT INTO surveys_record (id, community_id, study_id, number, version, kind, way, minutes, people,
        agreement, speaker_id, happened_at, recorded_at, recorded_by_id, recorded_by_role)
      VALUES (\(record.id), \(transaction.community), \(record.study), \(record.number), \(record.version),
        \(facts.kind), \(facts.way), \(facts.minutes), \(facts.people), \(facts.agreement), \(facts.speaker),
        \(facts.happenedAt), \(record.recordedAt), \(record.recordedBy.person), \(record.recordedBy.role))
      """)
  }

  static func lock(_ id: FieldRecordID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_record SET locked_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community) AND locked_at IS NULL
      """)
  }

  /// Deletes the words of a record and says when.
  static func withdraw(_ id: FieldRecordID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM surveys_record_text WHERE record_id = \(id) AND community_id = \(transaction.community)")
    try transaction.execute(
      """
      UPDATE surveys_record SET withdrawn_at = \(transaction.now), speaker_id = NULL
      WHERE id = \(id) AND community_id = \(transaction.community) AND withdrawn_at IS NULL
      """)
  }

  // MARK: - Words

  static func address(_ id: FieldTextID, in community: CommunityID) -> FieldAddress {
    FieldAddress("surveys_record_text", "words", row: id, community: community)
  }

  static func insert(
    _ text: FieldText, of record: FieldRecordID, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(
      bytes: text.notes.bytes, at: address(text.id, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO surveys_record_text (id, community_id, record_id, sequence, revision, words, written_at,
        written_by_id, written_by_role)
      VALUES (\(text.id), \(transaction.community), \(record), \(text.sequence), \(text.revision), \(sealed),
        \(text.writtenAt), \(text.writtenBy.person), \(text.writtenBy.role))
      """)
  }

  static func correct(
    _ text: FieldText, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(
      bytes: text.notes.bytes, at: address(text.id, in: transaction.community))
    try transaction.execute(
      """
      UPDATE surveys_record_text SET words = \(sealed), revision = \(text.revision)
      WHERE id = \(text.id) AND community_id = \(transaction.community)
      """)
  }

  /// The notes and then the addenda of one record; empty where they are gone.
  static func texts(
    of record: FieldRecordID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [FieldText] {
    try snapshot.all(
      """
      SELECT id, sequence, revision, words, written_at, written_by_id, written_by_role
      FROM surveys_record_text WHERE record_id = \(record) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      let id: FieldTextID = try row[0]
      let opened = try cipher.openBytes(try row.bytes(3), at: address(id, in: community))
      guard let notes = FieldNotes(opened) else {
        throw DatabaseError.unexpectedValue("no notes of a record")
      }
      return FieldText(
        id: id, sequence: try row[1], revision: try row[2], notes: notes, writtenAt: try row[4],
        writtenBy: Actor(person: try row[5], role: try row[6]))
    }
  }

  /// The passages of one record; empty where its words are gone.
  static func passages(
    of record: FieldRecordID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Passage] {
    Passages.cut(try texts(of: record, opening: cipher, in: community, snapshot).map(\.notes))
  }

  // MARK: - Forgetting

  /// Deletes words of studies that were closed before a moment and are closed still, and who said them.
  /// - Returns: how many texts went.
  static func forget(closedBefore moment: Timestamp, limit: Int, in transaction: Transaction) throws -> Int {
    let found: [(text: FieldTextID, record: FieldRecordID)] = try transaction.all(
      """
      SELECT noted.id, record.id FROM surveys_study_standing AS standing
      JOIN surveys_record AS record ON record.study_id = standing.study_id
      JOIN surveys_record_text AS noted ON noted.record_id = record.id
      WHERE standing.community_id = \(transaction.community) AND standing.closed_at < \(moment) LIMIT \(limit)
      """
    ) { row in (text: try row[0], record: try row[1]) }
    for part in transaction.chunks(of: found.map(\.text)) {
      try transaction.execute(
        """
        DELETE FROM surveys_record_text
        WHERE community_id = \(transaction.community) AND id IN \(list: part)
        """)
    }
    for part in transaction.chunks(of: Set(found.map(\.record))) {
      try transaction.execute(
        """
        UPDATE surveys_record SET speaker_id = NULL
        WHERE community_id = \(transaction.community) AND id IN \(list: part)
        """)
    }
    return found.count
  }
}
