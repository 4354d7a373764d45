import Database
import Kernel
import People

extension PaperSheet.State: Storable {}
extension PaperSheet.SpoiltReason: Storable {}

/// The queries of batches and of how their sheets stand.
enum PaperBatchStore {
  private static let columns: Query = """
    id, number, questionnaire_id, version, collector_id, language, sheets, made_at, made_by_id, made_by_role
    """

  private static func read(_ row: borrowing Row) throws -> PaperBatch {
    PaperBatch(
      id: try row[0], number: try row[1], questionnaire: try row[2], version: try row[3],
      collector: try row[4], language: FormLanguage(try row[5]), sheets: try row[6], madeAt: try row[7],
      madeBy: Actor(person: try row[8], role: try row[9]))
  }

  static func find(
    _ id: PaperBatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperBatch? {
    try snapshot.first(
      "SELECT \(columns) FROM surveys_paper_batch WHERE id = \(id) AND community_id = \(community)", read)
  }

  static func find(
    number: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperBatch? {
    try snapshot.first(
      "SELECT \(columns) FROM surveys_paper_batch WHERE community_id = \(community) AND number = \(number)",
      read)
  }

  /// The batches of one collector, the newest first.
  static func batches(
    of collector: CollectorID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperBatch] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_paper_batch
      WHERE collector_id = \(collector) AND community_id = \(community) ORDER BY number DESC
      """, read)
  }

  /// All batches of a questionnaire, the oldest first.
  static func batches(
    of questionnaire: QuestionnaireID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaperBatch] {
    try snapshot.all(
      """
      SELECT \(columns) FROM surveys_paper_batch
      WHERE questionnaire_id = \(questionnaire) AND community_id = \(community) ORDER BY id
      """, read)
  }

  /// The number of the newest batch of a community; 0 where there is none.
  static func lastNumber(in community: CommunityID, _ snapshot: Snapshot) throws -> Int64 {
    try snapshot.value("SELECT MAX(number) FROM surveys_paper_batch WHERE community_id = \(community)") ?? 0
  }

  static func insert(_ batch: PaperBatch, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_paper_batch (id, community_id, number, questionnaire_id, version, collector_id,
        language, sheets, made_at, made_by_id, made_by_role)
      VALUES (\(batch.id), \(transaction.community), \(batch.number), \(batch.questionnaire), \(batch.version),
        \(batch.collector), \(batch.language.name), \(batch.sheets), \(batch.madeAt), \(batch.madeBy.person),
        \(batch.madeBy.role))
      """)
    var rows = Rows(
      into: "surveys_paper_sheet", "batch_id", "number", "community_id", "state", "fields", "differences")
    rows.reserve(Int(batch.sheets))
    for number in 1...batch.sheets {
      rows.append(values: [
        batch.id.storedValue, number.storedValue, transaction.community.storedValue,
        PaperSheet.State.open.storedValue, .integer(0), .integer(0),
      ])
    }
    try transaction.insert(rows)
  }

  // MARK: - Sheets

  private static func sheet(_ row: borrowing Row) throws -> PaperSheet {
    let person: PersonID? = try row[5]
    let role: Role? = try row[6]
    var settledBy: Actor?
    if let person, let role { settledBy = Actor(person: person, role: role) }
    return PaperSheet(
      number: try row[0], state: try row[1], reason: try row[2], fields: try row[3], differences: try row[4],
      settledBy: settledBy)
  }

  static func sheet(
    _ number: Int64, of batch: PaperBatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PaperSheet? {
    try snapshot.first(
      """
      SELECT number, state, reason, fields, differences, settled_by_id, settled_by_role
      FROM surveys_paper_sheet
      WHERE batch_id = \(batch) AND number = \(number) AND community_id = \(community)
      """, sheet)
  }

  /// A sheet with who keyed it in so far.
  struct Line: Sendable {
    let sheet: PaperSheet
    let keyers: [PersonID]

    var standing: PaperStanding { PaperStanding(sheet.state, entries: keyers.count) }
  }

  /// The sheets of a batch in the order of their numbers.
  static func lines(
    of batch: PaperBatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Line] {
    var keyers: [Int64: [PersonID]] = [:]
    try snapshot.forEach(
      """
      SELECT sheet, keyer_id FROM surveys_paper_entry
      WHERE batch_id = \(batch) AND community_id = \(community) ORDER BY sheet, place
      """
    ) { row in
      let number: Int64 = try row[0]
      keyers[number, default: []].append(try row[1])
    }
    return try snapshot.all(
      """
      SELECT number, state, reason, fields, differences, settled_by_id, settled_by_role
      FROM surveys_paper_sheet WHERE batch_id = \(batch) AND community_id = \(community) ORDER BY number
      """
    ) { row in
      let sheet = try sheet(row)
      return Line(sheet: sheet, keyers: keyers[sheet.number] ?? [])
    }
  }

  /// - Parameter sheet: as it stands from now on.
  static func keep(_ sheet: PaperSheet, of batch: PaperBatchID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE surveys_paper_sheet SET state = \(sheet.state), reason = \(sheet.reason), fields = \(sheet.fields),
        differences = \(sheet.differences), settled_by_id = \(sheet.settledBy?.person),
        settled_by_role = \(sheet.settledBy?.role)
      WHERE batch_id = \(batch) AND number = \(sheet.number) AND community_id = \(transaction.community)
      """)
  }
}
