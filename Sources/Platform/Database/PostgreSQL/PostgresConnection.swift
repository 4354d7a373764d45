import CPostgres
import Kernel

/// One connection to PostgreSQL with its prepared statements. Every call blocks, so only lanes call.
final class PostgresConnection: Connection, @unchecked Sendable {
  // Sendable because its owner lends it to one thread at a time: the mutex of the engine's pool, or of the
  // node's lease, is the lock.
  let dialect = Dialect.postgres
  private let handle: OpaquePointer
  private let notices = PostgresNotices()
  private var statements = PostgresStatements()
  private var isDiscarded = false

  /// What every session is set to. The text formats are those that `PostgresText` reads; a database that
  /// was told not to wait for its disk at commit is told to wait.
  private static let settings = """
    SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1; SET jit = off;
    SET standard_conforming_strings = on; SET client_min_messages = 'warning'; SET idle_session_timeout = 0;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
    """

  /// - Parameters:
  ///   - statementTimeout: the longest that one statement may take; nil for no limit.
  ///   - lockTimeout: the longest that one statement may wait for another transaction; nil for no limit.
  /// - Throws: `DatabaseError.connectionLost` when no server answers.
  init(_ location: PostgresLocation, statementTimeout: Duration?, lockTimeout: Duration?) throws {
    handle = try location.connect()
    notices.listen(to: handle)
    try execute(Self.settings)
    try execute(
      """
      SET statement_timeout = \((statementTimeout?.wholeMicroseconds ?? 0) / 1000);
      SET lock_timeout = \((lockTimeout?.wholeMicroseconds ?? 0) / 1000)
      """)
  }

  deinit {
    PQfinish(handle)
  }

  /// Whether it can serve another transaction: connected, in none now, and sure of its prepared statements.
  var isReusable: Bool {
    PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE && !statements.areStale
      && !isDiscarded
  }

  /// Says that this connection leads to the wrong server.
  func discard() { isDiscarded = true }

  /// Whether a transaction has begun and its connection still stands.
  var isInTransaction: Bool {
    PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) != PQTRANS_IDLE
  }

  func run(_ query: Query, _ body: (borrowing Row) throws -> Bool) throws -> Int {
    let result = try perform(query.text, PostgresParameters(query.values))
    defer { PQclear(result) }
    for row in 0..<PQntuples(result) {
      guard try body(Row(source: .postgres(result, row: row))) else { break }
    }
    return Self.changedRows(result)
  }

  func execute(_ text: String) throws {
    PQclear(try checked(PQexec(handle, text)))
  }

  /// Ends the transaction so that it is kept.
  ///
  /// - Throws: `DatabaseError.outcomeUnknown` when the connection broke meanwhile, or when the server gave up
  ///   waiting for its standbys (DESIGN §4.4); anything else means that nothing was kept.
  func commit() throws {
    notices.forget()
    let result: OpaquePointer
    do { result = try checked(PQexec(handle, "COMMIT")) } catch DatabaseError.connectionLost {
      throw DatabaseError.outcomeUnknown
    }
    defer { PQclear(result) }
    if notices.sawUnreplicatedCommit { throw DatabaseError.outcomeUnknown }
    guard PQcmdStatus(result).map({ String(cString: $0) }) == "COMMIT" else {
      throw DatabaseError.engine(code: "25P02", message: "a failed transaction was rolled back at its commit")
    }
  }

  /// With sequential scans made dear, so that the plan of a small table tells what a large one would do.
  func plan(_ query: Query) throws -> [String] {
    try execute("SET enable_seqscan = off")
    defer { try? execute("SET enable_seqscan = on") }
    var lines: [String] = []
    _ = try run(Query(text: "EXPLAIN (COSTS OFF) " + query.text, values: query.values)) { row in
      lines.append(try row.text(0))
      return true
    }
    return PostgresPlan.steps(lines)
  }

  /// Runs a prepared statement, and prepares it first where this connection has not. The caller clears the
  /// result.
  func perform(_ text: String, _ parameters: PostgresParameters) throws -> OpaquePointer {
    let name = try prepare(text, parameters.types)
    let result = parameters.withPointers { values, lengths, formats in
      PQexecPrepared(handle, name, parameters.count, values, lengths, formats, 0)
    }
    do { return try checked(result) } catch let error as DatabaseError {
      statements.noticed(error)
      throw error
    }
  }

  private func prepare(_ text: String, _ types: [Oid]) throws -> String {
    if let name = statements.name(of: text, types) { return name }
    if statements.isFull {
      try execute("DEALLOCATE ALL")
      statements = PostgresStatements()
    }
    let name = statements.nextName
    let declared = PostgresStatements.declaredTypes(types, in: text)
    PQclear(try checked(PQprepare(handle, name, text, Int32(declared.count), declared)))
    statements.add(text, types)
    return name
  }

  /// The result when it is one of success; clears it and throws what it means otherwise.
  private func checked(_ result: OpaquePointer?) throws -> OpaquePointer {
    let status = PQresultStatus(result)
    if let result, status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY {
      return result
    }
    defer { PQclear(result) }
    guard PQstatus(handle) == CONNECTION_OK else {
      throw DatabaseError.connectionLost(PQerrorMessage(handle).map { String(cString: $0) } ?? "")
    }
    throw DatabaseError.postgres(result)
  }

  /// What `SELECT` counts is not a change.
  private static func changedRows(_ result: OpaquePointer) -> Int {
    guard let status = PQcmdStatus(result), let count = PQcmdTuples(result) else { return 0 }
    return String(cString: status).hasPrefix("SELECT") ? 0 : Int(String(cString: count)) ?? 0
  }
}
