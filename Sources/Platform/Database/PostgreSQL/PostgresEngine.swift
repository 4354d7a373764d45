import Kernel
import Logging
import Synchronization

/// PostgreSQL by URL: a pool of connections, each used by one lane at a time.
///
/// The URL must lead to the server itself or to a proxy that keeps sessions (HAProxy); prepared statements,
/// advisory locks and the node number belong to a session.
final class PostgresEngine: Engine {
  let dialect = Dialect.postgres
  let writers = 2
  let readers = 4
  var node: Int { lease.node }

  private struct Pool {
    var idle: [PostgresConnection] = []
    var isClosed = false
  }

  private let location: PostgresLocation
  private let lease: PostgresNodeLease
  private let pool = Mutex(Pool())
  private let statementTimeout: Duration
  private let lockTimeout: Duration

  /// Takes the place of a community's number among the single-key advisory locks, which other programs on
  /// the same database may use too ("nuanlin" in ASCII).
  private static let communityLock: Int64 = 0x6E75_616E_6C69_6E00
  /// The two-key advisory lock that whoever changes the schema holds; its first key differs from those of
  /// the lease.
  private static let schemaLock = "\(0x6E6C_7363), 0"

  /// - Parameters:
  ///   - statementTimeout: the longest that one statement may take (`DatabaseError.timeout`).
  ///   - lockTimeout: the longest wait for another transaction (`DatabaseError.busy`).
  /// - Throws: `database.location`, `database.nodes`, or `DatabaseError.connectionLost` when none answers.
  init(
    url: String, logger: Logger, statementTimeout: Duration = .seconds(30),
    lockTimeout: Duration = .seconds(10)
  ) throws {
    location = try PostgresLocation(url: url)
    lease = try PostgresNodeLease(location, logger: logger)
    self.statementTimeout = statementTimeout
    self.lockTimeout = lockTimeout
  }

  func read(_ body: (any Connection) throws -> Void) throws {
    let connection = try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    defer { giveBack(connection) }
    try body(connection)
    // What was read stands, whatever becomes of the connection now.
    try? connection.execute("COMMIT")
  }

  /// The lock makes the write transactions of one community follow one another across all programs, as on
  /// SQLite. It is taken before the first statement, so each of them sees what the ones before it have
  /// committed.
  func write(in community: CommunityID, _ body: (any Connection) throws -> Void) throws {
    let key = community.rawValue ^ Self.communityLock
    let connection = try begin("BEGIN; SELECT pg_advisory_xact_lock(\(key))")
    defer { giveBack(connection) }
    do {
      try body(connection)
      try connection.commit()
    } catch DatabaseError.engine("25006", let message) {
      // The server has become a standby; the next connection looks for the primary.
      connection.discard()
      empty()
      throw DatabaseError.connectionLost(message)
    }
  }

  /// On a connection of its own and without time limits: a step of the schema takes as long as it takes.
  func alone(_ body: (any Connection) throws -> Void) throws {
    let connection = try PostgresConnection(location, statementTimeout: nil, lockTimeout: nil)
    try connection.execute("SELECT pg_advisory_lock(\(Self.schemaLock))")
    try body(connection)
    try connection.execute("SELECT pg_advisory_unlock(\(Self.schemaLock))")
  }

  func close() {
    pool.withLock { pool in
      pool.isClosed = true
      pool.idle = []
    }
    lease.release()
  }

  /// A connection on which `text` has run. When an idle one turns out to be dead, all idle ones are dropped
  /// and a new one is tried once; nothing has run on it yet, so that is safe.
  private func begin(_ text: String) throws -> PostgresConnection {
    if let idle = try takeIdle() {
      do { return try begun(text, on: idle) } catch DatabaseError.connectionLost { empty() }
    }
    let fresh = try PostgresConnection(location, statementTimeout: statementTimeout, lockTimeout: lockTimeout)
    try lease.admit(fresh)
    return try begun(text, on: fresh)
  }

  private func begun(_ text: String, on connection: PostgresConnection) throws -> PostgresConnection {
    do { try connection.execute(text) } catch {
      giveBack(connection)
      throw error
    }
    return connection
  }

  private func takeIdle() throws -> PostgresConnection? {
    try pool.withLock { pool in
      if pool.isClosed { throw DatabaseError.closed }
      return pool.idle.popLast()
    }
  }

  /// Undoes what was left open; a connection that cannot serve again is dropped.
  private func giveBack(_ connection: PostgresConnection) {
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
    guard connection.isReusable else { return }
    pool.withLock { pool in
      if !pool.isClosed { pool.idle.append(connection) }
    }
  }

  private func empty() {
    pool.withLock { $0.idle = [] }
  }
}
