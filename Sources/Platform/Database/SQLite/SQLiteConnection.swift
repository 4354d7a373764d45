import Foundation
import GRDB
import GRDBSQLite

/// A SQLite connection with its prepared statements. Used by one thread at a time: the one that GRDB lends
/// it to.
///
/// Statements are bound, stepped and read by SQLite's own calls; GRDB opens, pools and closes the
/// connections.
final class SQLiteConnection: Connection, @unchecked Sendable {
  // Sendable because GRDB's serial queue of this connection is the lock: it is only reached inside its
  // closures.
  let dialect = Dialect.sqlite
  private let handle: OpaquePointer
  private var prepared: [String: OpaquePointer] = [:]
  /// Statements no longer in `prepared` whose rows were being visited when they left it.
  private var retired: [OpaquePointer] = []
  private static let capacity = 400
  /// SQLite copies the bytes before the call returns.
  private static var copy: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  func run(_ query: Query, _ body: (borrowing Row) throws -> Bool) throws -> Int {
    let statement = try statement(query.text)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in query.values.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
    let before = sqlite3_total_changes64(handle)
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        guard try body(Row(source: .sqlite(statement))) else { return changes(of: statement, since: before) }
      case SQLITE_DONE:
        return changes(of: statement, since: before)
      default:
        throw lastError()
      }
    }
  }

  /// One prepared statement, stepped once a row. As fast as wide `VALUES` lists here and simpler.
  func insert(_ rows: Rows) throws {
    let width = rows.columns.count
    let marks = (1...width).map { "?\($0)" }.joined(separator: ",")
    let statement = try statement(
      "INSERT INTO \(rows.table) (\(rows.columns.joined(separator: ","))) VALUES (\(marks))")
    defer { sqlite3_clear_bindings(statement) }
    try rows.values.withUnsafeBufferPointer { values in
      var position = 0
      while position < values.count {
        for column in 0..<width { try bind(values[position + column], at: Int32(column + 1), of: statement) }
        let status = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard status == SQLITE_DONE else { throw lastError() }
        position += width
      }
    }
  }

  /// One prepared statement, asked once a key: here a question is a call, not a way to a server and back.
  func found(_ keys: Rows) throws -> Set<Int> {
    let width = keys.columns.count
    let condition = keys.columns.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
    let statement = try statement("SELECT 1 FROM \(keys.table) WHERE \(condition)")
    defer { sqlite3_clear_bindings(statement) }
    var found: Set<Int> = []
    for position in 0..<keys.count {
      for column in 0..<width {
        try bind(keys.values[position * width + column], at: Int32(column + 1), of: statement)
      }
      let status = sqlite3_step(statement)
      sqlite3_reset(statement)
      switch status {
      case SQLITE_ROW: found.insert(position)
      case SQLITE_DONE: continue
      default: throw lastError()
      }
    }
    return found
  }

  func execute(_ text: String) throws {
    guard isTransactionControl(text) else {
      guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw lastError() }
      return
    }
    let statement = try statement(text)
    let status = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard status == SQLITE_DONE else { throw lastError() }
  }

  func plan(_ query: Query) throws -> [String] {
    var steps: [String] = []
    _ = try run(Query(text: "EXPLAIN QUERY PLAN " + query.text, values: query.values)) { row in
      steps.append(try row.text(3))
      return true
    }
    return steps
  }

  /// Some errors (a full disk, an I/O error) have already rolled the transaction back.
  func rollBackIfNeeded() {
    if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }

  func finalizeStatements() {
    for statement in retired + prepared.values { sqlite3_finalize(statement) }
    retired = []
    prepared = [:]
  }

  /// All but those whose rows are being visited further up the stack.
  private func finalizeIdleStatements() {
    retired += prepared.values
    prepared = [:]
    retired.removeAll { statement in
      if sqlite3_stmt_busy(statement) != 0 { return false }
      sqlite3_finalize(statement)
      return true
    }
  }

  /// The total also counts what foreign keys and triggers changed; the count of the last statement does
  /// not, but stays when a statement changes nothing of its own.
  private func changes(of statement: OpaquePointer, since before: Int64) -> Int {
    if sqlite3_stmt_readonly(statement) != 0 || sqlite3_total_changes64(handle) == before { return 0 }
    return Int(sqlite3_changes64(handle))
  }

  /// Transaction control runs with every write, so it is worth keeping prepared; schema changes are not.
  private func isTransactionControl(_ text: String) -> Bool {
    text.hasPrefix("SAVEPOINT") || text.hasPrefix("RELEASE") || text.hasPrefix("ROLLBACK TO")
      || text == "BEGIN IMMEDIATE" || text == "COMMIT"
  }

  private func statement(_ text: String) throws -> OpaquePointer {
    if let statement = prepared[text] {
      if sqlite3_stmt_busy(statement) == 0 { return statement }
      // A closure that visits its rows runs the same text again; the outer one goes on with the statement
      // it has.
      retired.append(statement)
    }
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v3(
      handle, text, Int32(text.utf8.count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard status == SQLITE_OK, let statement else { throw lastError() }
    if prepared.count >= Self.capacity { finalizeIdleStatements() }
    prepared[text] = statement
    return statement
  }

  private func bind(_ value: Value, at index: Int32, of statement: OpaquePointer) throws {
    let status =
      switch value {
      case .null: sqlite3_bind_null(statement, index)
      case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
      case .real(let real): sqlite3_bind_double(statement, index, real)
      case .text(var text):
        // In place: a bridged string would be copied into an array first.
        try text.withUTF8 { bytes in
          // SQLite would keep it, PostgreSQL cannot, and nothing that people type has it.
          guard let start = bytes.baseAddress else {
            return sqlite3_bind_text(statement, index, "", 0, Self.copy)
          }
          if memchr(start, 0, bytes.count) != nil { throw DatabaseError.constraint("text holds U+0000") }
          return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            sqlite3_bind_text(statement, index, $0, Int32(bytes.count), Self.copy)
          }
        }
      case .bytes(let bytes):
        bytes.isEmpty
          ? sqlite3_bind_zeroblob(statement, index, 0)
          : bytes.withUnsafeBytes {
            sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.copy)
          }
      }
    guard status == SQLITE_OK else { throw lastError() }
  }

  private func lastError() -> DatabaseError {
    Self.error(code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
  }

  static func translated(_ error: GRDB.DatabaseError) -> DatabaseError {
    self.error(code: error.extendedResultCode.rawValue, message: error.message ?? "")
  }

  private static func error(code: Int32, message: String) -> DatabaseError {
    switch code {
    case SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8): return .unique(message)
    default: break
    }
    switch code & 255 {
    case SQLITE_CONSTRAINT: return .constraint(message)
    case SQLITE_FULL: return .full
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy
    case SQLITE_INTERRUPT: return .timeout
    default: return .engine(code: "sqlite \(code)", message: message)
    }
  }
}
