import Database
import Kernel
import People

/// The queries of cases and of their events.
enum CaseStore {
  private static let columns: Query = """
    file.id, file.number, file.person_id, file.field, file.source, file.intake_text_id, file.created_at,
    file.created_by_id, file.created_by_role, standing.stage, standing.episode, standing.worker_id,
    standing.supervisor_id, standing.risk, standing.intensity, standing.review_at, standing.basis,
    standing.outcome, standing.opened_at, standing.closed_at, standing.events
    """

  private static let tables: Query = """
    care_case_standing AS standing
    JOIN care_case AS file ON file.id = standing.case_id AND file.community_id = standing.community_id
    """

  private static func read(_ row: borrowing Row) throws -> CaseFile {
    CaseFile(
      id: try row[0], number: try row[1], person: try row[2], field: try row[3], source: try row[4],
      intake: try row[5], createdAt: try row[6], createdBy: Actor(person: try row[7], role: try row[8]),
      standing: CaseStanding(
        stage: try row[9], episode: try row[10], worker: try row[11], supervisor: try row[12],
        risk: try row[13], intensity: try row[14], reviewAt: try row[15], basis: try row[16],
        outcome: try row[17], openedAt: try row[18], closedAt: try row[19], events: try row[20]))
  }

  /// For what happens by itself, for clients who ask for themselves, and after `CaseDoorkeeper` let somebody in.
  static func find(_ id: CaseID, in community: CommunityID, _ snapshot: Snapshot) throws -> CaseFile? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.case_id = \(id) AND standing.community_id = \(community)
      """, read)
  }

  /// For those who break the glass and name the case by its number.
  static func find(number: Int64, in community: CommunityID, _ snapshot: Snapshot) throws -> CaseFile? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE file.number = \(number) AND file.community_id = \(community)
      """, read)
  }

  /// One case that is in scope.
  static func find(
    _ id: CaseID, _ scope: CaseScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CaseFile? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.case_id = \(id) AND standing.community_id = \(community)
        AND \(scope.condition)
      """, read)
  }

  /// The cases in scope, those that are open first and the newest first among them.
  static func list(
    _ scope: CaseScope, isOpen: Bool, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseFile] {
    let stage: Query = isOpen ? "standing.stage <> 'closure'" : "standing.stage = 'closure'"
    return try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community) AND \(stage)
        AND \(scope.condition)
      ORDER BY standing.case_id DESC LIMIT \(limit)
      """, read)
  }

  /// The cases of one person, for their own page and for those who look whether there is one already.
  static func cases(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseFile] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community)
        AND standing.person_id = \(person) ORDER BY standing.case_id DESC
      """, read)
  }

  /// Every case of every community, for `nuanlin check`.
  static func all(_ snapshot: Snapshot) throws -> [(file: CaseFile, community: CommunityID)] {
    try snapshot.all("SELECT \(columns), standing.community_id FROM \(tables) ORDER BY standing.case_id") {
      row in (file: try read(row), community: try row[21])
    }
  }

  static func nextNumber(in transaction: Transaction) throws -> Int64 {
    let last: Int64? = try transaction.value(
      "SELECT max(number) FROM care_case WHERE community_id = \(transaction.community)")
    return (last ?? 0) + 1
  }

  static func insert(_ file: CaseFile, in transaction: Transaction) throws {
    let standing = file.standing
    try transaction.execute(
      """
      INSERT INTO care_case (id, community_id, number, person_id, field, source, intake_text_id, created_at,
        created_by_id, created_by_role)
      VALUES (\(file.id), \(transaction.community), \(file.number), \(file.person), \(file.field),
        \(file.source), \(file.intake), \(file.createdAt), \(file.createdBy.person), \(file.createdBy.role))
      """)
    try transaction.execute(
      """
      INSERT INTO care_case_standing (case_id, community_id, person_id, stage, episode, risk, intensity,
        opened_at, events)
      VALUES (\(file.id), \(transaction.community), \(file.person), \(standing.stage), \(standing.episode),
        \(standing.risk), \(standing.intensity), \(standing.openedAt), \(0))
      """)
  }

  /// Adds an event and moves the standing with it.
  static func append(_ event: CaseEvent, to file: inout CaseFile, in transaction: Transaction) throws {
    file.standing = file.standing.after(event)
    let standing = file.standing
    try CaseEventRow.insert(event, sequence: standing.events, of: file.id, in: transaction)
    try transaction.execute(
      """
      UPDATE care_case_standing SET stage = \(standing.stage), episode = \(standing.episode),
        worker_id = \(standing.worker), supervisor_id = \(standing.supervisor), risk = \(standing.risk),
        intensity = \(standing.intensity), review_at = \(standing.reviewAt), basis = \(standing.basis),
        outcome = \(standing.outcome), opened_at = \(standing.openedAt), closed_at = \(standing.closedAt),
        events = \(standing.events)
      WHERE case_id = \(file.id) AND community_id = \(transaction.community)
      """)
  }
}
