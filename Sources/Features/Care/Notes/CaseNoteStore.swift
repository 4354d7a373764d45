import Database
import Kernel

/// The queries of notes.
enum CaseNoteStore {
  private static let columns: Query = """
    id, case_id, kind, sensitivity, reader_id, author_id, written_at, locks_at, adds_to_id
    """

  private static func read(_ row: borrowing Row) throws -> CaseNote {
    CaseNote(
      id: try row[0], caseID: try row[1], kind: try row[2], sensitivity: try row[3], reader: try row[4],
      author: try row[5], writtenAt: try row[6], locksAt: try row[7], addsTo: try row[8], versions: [])
  }

  /// The notes of a case that may be seen with this access, the newest first.
  static func notes(
    of file: CaseID, _ access: CaseAccess, reader: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseNote] {
    try notes(
      """
      case_id = \(file) AND community_id = \(community) AND (sensitivity <= \(access.ceiling)
        OR (sensitivity = \(Sensitivity.confidential) AND reader_id = \(reader)))
      """, snapshot)
  }

  /// How many notes of a case are kept from this reader.
  static func hidden(
    of file: CaseID, _ access: CaseAccess, reader: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int {
    try snapshot.value(
      """
      SELECT count(*) FROM care_note WHERE case_id = \(file) AND community_id = \(community)
        AND NOT (sensitivity <= \(access.ceiling)
          OR (sensitivity = \(Sensitivity.confidential) AND coalesce(reader_id, 0) = \(reader)))
      """) ?? 0
  }

  private static func notes(_ condition: Query, _ snapshot: Snapshot) throws -> [CaseNote] {
    let notes = try snapshot.all(
      "SELECT \(columns) FROM care_note WHERE \(condition) ORDER BY id DESC", read)
    var versions: [CaseNoteID: [CaseNote.Version]] = [:]
    for part in snapshot.chunks(of: notes.map(\.id)) {
      try snapshot.forEach(
        """
        SELECT note_id, text_id, written_at FROM care_note_version WHERE note_id IN \(list: part)
        ORDER BY note_id, version
        """
      ) { row in
        versions[try row[0], default: []].append(
          CaseNote.Version(text: try row[1], writtenAt: try row[2]))
      }
    }
    return notes.map { $0.with(versions[$0.id] ?? []) }
  }

  static func insert(_ note: CaseNote, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_note (\(columns), community_id)
      VALUES (\(note.id), \(note.caseID), \(note.kind), \(note.sensitivity), \(note.reader), \(note.author),
        \(note.writtenAt), \(note.locksAt), \(note.addsTo), \(transaction.community))
      """)
    for (index, version) in note.versions.enumerated() {
      try insert(version, number: index + 1, of: note.id, in: transaction)
    }
  }

  static func insert(
    _ version: CaseNote.Version, number: Int, of note: CaseNoteID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_note_version (note_id, version, community_id, text_id, written_at)
      VALUES (\(note), \(number), \(transaction.community), \(version.text), \(version.writtenAt))
      """)
  }
}

extension CaseNote {
  fileprivate func with(_ versions: [Version]) -> CaseNote {
    CaseNote(
      id: id, caseID: caseID, kind: kind, sensitivity: sensitivity, reader: reader, author: author,
      writtenAt: writtenAt, locksAt: locksAt, addsTo: addsTo, versions: versions)
  }
}
