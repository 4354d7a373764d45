import Foundation
package import Kernel
package import Logging

@testable package import Database

/// The two databases that every store test runs on: `@Test(arguments: TestEngine.available)`.
///
/// PostgreSQL takes part when `NUANLIN_TEST_POSTGRES` holds the URL of a server on which the named user is
/// superuser. With `NUANLIN_REQUIRE_POSTGRES=1` it always takes part, and fails where the URL is missing.
package enum TestEngine: String, CaseIterable, Sendable {
  case sqlite
  case postgres

  package static var available: [TestEngine] {
    let isRequired = ProcessInfo.processInfo.environment["NUANLIN_REQUIRE_POSTGRES"] == "1"
    return isRequired || postgresURL != nil ? [.sqlite, .postgres] : [.sqlite]
  }

  package static var postgresURL: String? {
    ProcessInfo.processInfo.environment["NUANLIN_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Runs `body` with an open database of this engine that nobody else uses, migrated and otherwise empty.
  package func withDatabase<T>(
    _ migrations: [Migration] = [], clock: Clock = .system, _ body: (Database) async throws -> T
  ) async throws -> T {
    try await withLocation(migrations) { location in
      let database = try await TestThreads.run {
        try Database.open(location, migrations: migrations, clock: clock, logger: .quiet)
      }
      do {
        let result = try await body(database)
        try await TestThreads.run { database.close() }
        return result
      } catch {
        try await TestThreads.run { database.close() }
        throw error
      }
    }
  }

  /// Runs `body` with the place of a database that nobody else uses and nobody has open; for tests that
  /// open, close and open again.
  ///
  /// - Parameter migrations: steps that it has been through; nil for a database that was never opened.
  package func withLocation<T>(
    _ migrations: [Migration]? = nil, _ body: (DatabaseLocation) async throws -> T
  ) async throws -> T {
    switch self {
    case .sqlite: try await TestFiles.withLocation(migrations, body)
    case .postgres: try await TestServer.withLocation(migrations, body)
    }
  }
}

extension Logger {
  /// Says nothing, so that the output of the tests is theirs.
  package static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Transaction {
  /// Lets a test change what the database keeps as it is, to see that the change shows.
  package func liftAppendOnly(from table: StaticString) throws {
    for change in ["UPDATE", "DELETE"] {
      let trigger = AppendOnly.trigger(on: table.description, against: change)
      try connection.execute(
        "DROP TRIGGER \(trigger)" + (connection.dialect == .postgres ? " ON \(table)" : ""))
    }
  }
}

/// Opening, closing and copying databases blocks, so it is kept off the cooperative pool.
enum TestThreads {
  private static let threads = BoundedThreads(threads: 4, waiting: 10_000)

  static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await threads.run(busy: .internalFault, work)
  }
}

/// What is made once for each list of migrations and then copied.
actor TestTemplates {
  private var made: [String: Task<String, any Error>] = [:]

  /// The template for these migrations, which `make` makes when it is asked for the first time.
  func template(
    for migrations: [Migration], make: @escaping @Sendable () async throws -> String
  ) async throws -> String {
    let key = migrations.map { "\($0)" }.joined(separator: "\n")
    if let task = made[key] { return try await task.value }
    let task = Task { try await make() }
    made[key] = task
    return try await task.value
  }
}

/// SQLite files in a temporary folder.
private enum TestFiles {
  private static let templates = TestTemplates()

  static func withLocation<T>(
    _ migrations: [Migration]?, _ body: (DatabaseLocation) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nuanlin-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "test.sqlite").path
    if let migrations {
      let template = try await templates.template(for: migrations) { try await makeTemplate(migrations) }
      try await TestThreads.run { try FileManager.default.copyItem(atPath: template, toPath: path) }
    }
    return try await body(.sqlite(path: path))
  }

  private static func makeTemplate(_ migrations: [Migration]) async throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "nuanlin-template-\(UUID().uuidString)/template.sqlite"
    ).path
    try await TestThreads.run {
      try Database.open(.sqlite(path: path), migrations: migrations, logger: .quiet).close()
    }
    return path
  }
}
