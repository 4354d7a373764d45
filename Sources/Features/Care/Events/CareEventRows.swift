import Database
import Kernel
import People

/// How events of one kind of matter stand in their rows: each with its number within the matter, when it
/// happened and by whom, and what of it is its own.
protocol CareEventRow {
  associatedtype Matter
  associatedtype What: Sendable & Equatable

  static var table: Query { get }
  /// The column that names the matter.
  static var matter: Query { get }
  /// The columns of what happened.
  static var columns: Query { get }

  init(_ what: What)
  /// - Parameter first: where the columns of what happened begin.
  init(_ row: borrowing Row, from first: Int) throws
  /// In the order of the columns.
  var values: Query { get }
  /// - Throws: `DatabaseError.unexpectedValue` for a row that no event wrote.
  func what() throws -> What
}

extension CareEventRow {
  static func insert(
    _ event: CareEvent<What>, sequence: Int64, of matter: Identifier<Matter>, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO \(table) (\(self.matter), sequence, community_id, happened_at, actor_id, actor_role, text_id,
        \(columns))
      VALUES (\(matter), \(sequence), \(transaction.community), \(event.at), \(event.actor.person),
        \(event.actor.role), \(event.text), \(Self(event.what).values))
      """)
  }

  /// Everything that happened to a matter, oldest first.
  static func events(
    of matter: Identifier<Matter>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareEvent<What>] {
    try snapshot.all(
      """
      SELECT happened_at, actor_id, actor_role, text_id, \(columns) FROM \(table)
      WHERE \(self.matter) = \(matter) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      CareEvent(
        try Self(row, from: 4).what(), at: try row[0], by: Actor(person: try row[1], role: try row[2]),
        text: try row[3])
    }
  }
}
