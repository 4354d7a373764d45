import Kernel
import Logging
import Synchronization

/// Holds a node number, 0–1023, that no other program on this database has, so that identifiers never repeat.
///
/// Two advisory locks of the server keep it, both held by sessions and so given back by the server itself
/// when a program dies. *Owner*: exclusive, held by a connection of its own for the life of the engine.
/// *User*: shared, held by each connection that the engine hands out. A number is free only while nobody
/// holds either.
///
/// The rule when the owner's connection is lost: no new connection is handed out until the same number is
/// taken again. If another program has it by then, this one hands out none until that one ends, or is
/// started anew. Connections handed out before stay good, because their user locks keep the number from
/// everyone else. What is not excluded: that another program took the number and gave it back within the
/// gap, and wrote an identifier of the very millisecond and sequence that this program made meanwhile; the
/// second of them is then refused as a duplicate key.
final class PostgresNodeLease: Sendable {
  /// The first of the two keys of the locks; the second is the node number.
  private static let owner: Int32 = 0x6E6C_6E6F
  private static let user: Int32 = 0x6E6C_6E75
  static let numbers = 1024

  let node: Int
  private let location: PostgresLocation
  private let logger: Logger
  private let connection: Mutex<PostgresConnection?>

  /// Takes the first free number, beginning anywhere.
  /// - Throws: `database.nodes` when all are taken.
  init(_ location: PostgresLocation, logger: Logger) throws {
    let connection = try PostgresConnection(location, statementTimeout: .seconds(30), lockTimeout: nil)
    let start = Int.random(in: 0..<Self.numbers)
    let candidates = (0..<Self.numbers).lazy.map { (start + $0) % Self.numbers }
    guard let node = try candidates.first(where: { try Self.take($0, on: connection) }) else {
      throw Problem(
        "database.nodes", status: 503,
        Phrase("已有 1024 个程序连着这个数据库。", "1,024 programs already use this database."),
        advice: Phrase("请先停掉一个。", "Stop one of them first."))
    }
    self.node = node
    self.location = location
    self.logger = logger
    self.connection = Mutex(connection)
  }

  /// Lets a new connection use the number. The user lock comes first and the question whether we still own
  /// the number second: then nobody can have taken it in between.
  ///
  /// - Throws: `DatabaseError.connectionLost` while the number cannot be held.
  func admit(_ user: PostgresConnection) throws {
    try user.execute("SELECT pg_advisory_lock_shared(\(Self.user), \(node))")
    try connection.withLock { connection in
      if let held = connection, (try? held.execute("SELECT 1")) != nil { return }
      connection = nil
      logger.warning("The connection that holds the node number was lost; taking the number again")
      let fresh = try PostgresConnection(location, statementTimeout: .seconds(30), lockTimeout: nil)
      // Our own surviving connections hold the user lock too, so only the owner lock can be asked for here.
      guard try Self.isTrue("SELECT pg_try_advisory_lock(\(Self.owner), \(node))", on: fresh) else {
        logger.error("Another program holds this program's node number; start this one anew")
        throw DatabaseError.connectionLost("another program holds node number \(node)")
      }
      connection = fresh
    }
  }

  func release() {
    connection.withLock { $0 = nil }
  }

  private static func take(_ node: Int, on connection: PostgresConnection) throws -> Bool {
    guard try isTrue("SELECT pg_try_advisory_lock(\(owner), \(node))", on: connection) else { return false }
    // Connections of an earlier owner may still be alive and write with its number.
    if try isTrue("SELECT pg_try_advisory_lock(\(user), \(node))", on: connection) {
      return try isTrue("SELECT pg_advisory_unlock(\(user), \(node))", on: connection)
    }
    _ = try isTrue("SELECT pg_advisory_unlock(\(owner), \(node))", on: connection)
    return false
  }

  private static func isTrue(_ text: String, on connection: PostgresConnection) throws -> Bool {
    var answer = false
    _ = try connection.run(Query(text: text)) { row in
      answer = try row.integer(0) == 1
      return false
    }
    return answer
  }
}
