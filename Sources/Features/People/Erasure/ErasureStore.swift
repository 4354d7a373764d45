import Database
import Kernel

/// A person who was deleted, as it is remembered: a number, no name.
struct Erasure: Sendable, Equatable {
  let subject: DataSubject
  let erasedAt: Timestamp
  /// When also what lies outside the database was destroyed.
  let finishedAt: Timestamp?
  /// When what the law asks to keep for a time may go.
  let keptUntil: Timestamp
  let remainderEndedAt: Timestamp?
}

/// The queries of deletion.
enum ErasureStore {
  /// Ends what the data map names, in its order.
  /// - Parameter later: whether it is the turn of what was kept for a time.
  static func end(
    _ tables: [PersonTable], about subject: DataSubject, later: Bool, in transaction: Transaction
  ) throws {
    for table in tables {
      guard let change = statement(table, about: subject, later: later) else { continue }
      try transaction.forget(in: table.table) { try transaction.execute(change) }
    }
  }

  /// What ends the rows about the person; nil where they stay at this time.
  static func statement(_ table: PersonTable, about subject: DataSubject, later: Bool) -> Query? {
    let name = Query(stringLiteral: table.table)
    let rows: Query = "community_id = \(subject.community) AND (\(table.isAbout(subject)))"
    switch (table.ending, later) {
    case (.deleted, false), (.deletedLater, true): return "DELETE FROM \(name) WHERE \(rows)"
    case (.cleared(let assignments), false), (.clearedLater(let assignments), true):
      return "UPDATE \(name) SET \(assignments) WHERE \(rows)"
    case (.kept, _), (.deleted, true), (.cleared, true), (.deletedLater, false), (.clearedLater, false):
      return nil
    }
  }

  /// Leaves of a person the number alone.
  static func anonymise(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE people_person SET display_name = \(nobody), household_id = NULL, phone = NULL,
        phone_index = NULL, phone_last_four_index = NULL, language = NULL, elder_view = NULL,
        disabled_at = coalesce(disabled_at, \(transaction.now))
      WHERE community_id = \(transaction.community) AND id = \(person)
      """)
    try transaction.removeFromIndex(.people, id: person.rawValue)
    try transaction.compact(.people)
  }

  /// What stands in place of the name.
  static let nobody = "已注销的邻居"

  static func insert(_ erasure: Erasure, by actor: Actor, in transaction: Transaction) throws {
    var rows = Rows(
      into: "people_erasure", "person_id", "community_id", "household_id", "erased_at", "erased_by_id",
      "erased_by_role", "kept_until")
    rows.append(values: [
      erasure.subject.person.storedValue, erasure.subject.community.storedValue,
      erasure.subject.household.storedValue, erasure.erasedAt.storedValue, actor.person.storedValue,
      actor.role.storedValue, erasure.keptUntil.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func find(
    _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Erasure? {
    try erasures("community_id = \(community) AND person_id = \(person)", snapshot).first
  }

  /// Those of which something outside the database is still to be destroyed, over all communities.
  static func unfinished(_ snapshot: Snapshot) throws -> [Erasure] {
    try erasures("finished_at IS NULL", snapshot)
  }

  /// Those of which the law asks for nothing any more.
  static func remainders(
    in community: CommunityID, at moment: Timestamp, limit: Int, _ snapshot: Snapshot
  ) throws -> [Erasure] {
    try erasures(
      """
      community_id = \(community) AND remainder_ended_at IS NULL AND kept_until <= \(moment)
      ORDER BY kept_until LIMIT \(limit)
      """, snapshot)
  }

  static func setFinished(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE people_erasure SET finished_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND person_id = \(person) AND finished_at IS NULL
      """)
  }

  static func setRemainderEnded(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE people_erasure SET remainder_ended_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
  }

  /// Deleted persons of whom something is left that should be gone, for `nuanlin check`.
  static func remnants(_ snapshot: Snapshot) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT person.id FROM people_person person JOIN people_erasure erasure
        ON erasure.person_id = person.id AND erasure.community_id = person.community_id
      WHERE person.phone IS NOT NULL OR person.household_id IS NOT NULL OR person.disabled_at IS NULL
        OR person.display_name <> \(nobody) ORDER BY person.id
      """)
  }

  private static func erasures(_ condition: Query, _ snapshot: Snapshot) throws -> [Erasure] {
    try snapshot.all(
      """
      SELECT person_id, community_id, household_id, erased_at, finished_at, kept_until, remainder_ended_at
      FROM people_erasure WHERE \(condition)
      """
    ) { row in
      Erasure(
        subject: DataSubject(person: try row[0], household: try row[2], community: try row[1]),
        erasedAt: try row[3], finishedAt: try row[4], keptUntil: try row[5], remainderEndedAt: try row[6])
    }
  }
}
