import Testing

@testable import Database
@testable import TestKit

/// A PostgreSQL database of a test's own, reached below `Database`: by single sessions and engines.
struct PostgresPlace {
  /// True where the PostgreSQL tests can run, or must say why they cannot.
  static let isThere = TestEngine.available.contains(.postgres)

  let url: String

  static func with<T>(_ body: (PostgresPlace) async throws -> T) async throws -> T {
    try await TestEngine.postgres.withLocation(thingMigrations) { location in
      guard case .postgres(let url) = location else { throw DatabaseError.closed }
      return try await body(PostgresPlace(url: url))
    }
  }

  static func withDatabase<T>(_ body: (PostgresPlace, Database) async throws -> T) async throws -> T {
    try await with { place in
      let database = try await TestThreads.run {
        try Database.open(.postgres(url: place.url), migrations: thingMigrations, logger: .quiet)
      }
      defer { database.close() }
      return try await body(place, database)
    }
  }

  func session() throws -> PostgresConnection {
    try PostgresConnection(PostgresLocation(url: url), statementTimeout: .seconds(30), lockTimeout: nil)
  }

  func engine(statementTimeout: Duration = .seconds(30), lockTimeout: Duration = .seconds(10)) throws
    -> PostgresEngine
  {
    try PostgresEngine(
      url: url, logger: .quiet, statementTimeout: statementTimeout, lockTimeout: lockTimeout)
  }

  /// Ends every session of this database but the caller's, as a restart of the server would.
  func endAllSessions() throws {
    try session().execute(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """)
  }
}

extension Connection {
  /// The first value that the query answers; nil for NULL.
  func integer(_ text: String) throws -> Int64? {
    var value: Int64?
    _ = try run(Query(text: text)) { row in
      value = row.isNull(0) ? nil : try row.integer(0)
      return false
    }
    return value
  }

  func expect(_ text: String, is expected: Int64, at location: SourceLocation = #_sourceLocation) throws {
    let value = try integer(text)
    #expect(value == expected, sourceLocation: location)
  }
}

extension Error {
  var isConnectionLost: Bool {
    if case .connectionLost? = self as? DatabaseError { true } else { false }
  }
}
