import Foundation
import GRDB
import GRDBSQLite
import Kernel
import Logging
import Synchronization

/// One SQLite file in write-ahead-log mode: one connection writes and checkpoints, a pool of others reads.
///
/// Durability and safety as measured in DESIGN §4.1–4.2: `synchronous = FULL` set after opening and asserted, no
/// memory mapping, a lock against a second program.
final class SQLiteEngine: Engine {
  let dialect = Dialect.sqlite
  let writers = 1
  let readers = 4
  let node = 0

  private let pool: DatabasePool
  private let lock: FileLock
  /// Prepared statements of each connection, by its handle; each is used only by the thread that holds the connection.
  private let connections = Mutex<[UInt: SQLiteConnection]>([:])

  /// The first SQLite release without the WAL-reset bug (fixed upstream in 3.51.3).
  private static let safeVersion = 3_051_003

  init(path: String, logger: Logger) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    lock = try FileLock(path: path + ".lock")
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = readers
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -8000")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      try database.execute(sql: "PRAGMA foreign_keys = ON")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      try Self.makeDurable(pool)
    } catch let error as GRDB.DatabaseError {
      throw SQLiteConnection.translated(error)
    }
    if sqlite3_libversion_number() < Self.safeVersion {
      logger.notice(
        "SQLite is older than 3.51.3; only this program may write the file",
        metadata: ["version": "\(String(cString: sqlite3_libversion()))"])
    }
  }

  /// GRDB sets `synchronous = NORMAL` after `prepareDatabase`, so FULL is set here, outside a transaction, and read back.
  private static func makeDurable(_ pool: DatabasePool) throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // The writer goes through the indexes of all that was ever stored; readers look at what is new.
      try database.execute(sql: "PRAGMA cache_size = -48000")
      // 32 MB of log: under load a page that changes with every commit is then written back once, not ten times, and
      // what waits while the log is written back waits not too long.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
      try database.execute(sql: "PRAGMA journal_size_limit = 100663296")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    guard level == 2 else {
      throw DatabaseError.engine(
        code: "synchronous", message: "PRAGMA synchronous reads \(level ?? -1), not 2")
    }
  }

  func read(_ body: (any Connection) throws -> Void) throws {
    try pool.read { database in try body(connection(of: database)) }
  }

  func write(in community: CommunityID, _ body: (any Connection) throws -> Void) throws {
    try pool.writeWithoutTransaction { database in
      let connection = try connection(of: database)
      try connection.execute("BEGIN IMMEDIATE")
      do {
        try body(connection)
        try connection.execute("COMMIT")
      } catch {
        connection.rollBackIfNeeded()
        throw error
      }
    }
  }

  func alone(_ body: (any Connection) throws -> Void) throws {
    try pool.writeWithoutTransaction { database in try body(connection(of: database)) }
  }

  func close() {
    let open = connections.withLock { connections in
      defer { connections = [:] }
      return Array(connections.values)
    }
    for connection in open { connection.finalizeStatements() }
    do { try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") } } catch {
      // What stays in the log is taken up by the next start.
    }
    do { try pool.close() } catch {
      // A reader that is still busy keeps its connection open; it ends with the program.
    }
    lock.release()
  }

  private func connection(of database: GRDB.Database) throws -> SQLiteConnection {
    guard let handle = database.sqliteConnection else { throw DatabaseError.closed }
    let address = UInt(bitPattern: handle)
    if let connection = connections.withLock({ $0[address] }) { return connection }
    let connection = SQLiteConnection(handle)
    connections.withLock { $0[address] = connection }
    return connection
  }
}

/// Keeps a second program from opening the same SQLite file: two writers are what the WAL-reset bug needs.
private final class FileLock: Sendable {
  /// Nil once released, so that a second release cannot close what has got the same number since.
  private let descriptor: Mutex<Int32?>

  init(path: String) throws {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw DatabaseError.engine(code: "lock", message: "the lock file cannot be opened: errno \(errno)")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      throw Problem(
        "database.in_use", status: 503,
        Phrase("数据库正被另一个程序使用。", "Another program has this database open."),
        advice: Phrase("请先停掉那个程序，再试一次。", "Stop that program first, then try again."))
    }
    self.descriptor = Mutex(descriptor)
  }

  func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { Glibc.close(open) }
      descriptor = nil
    }
  }
}
