import Foundation
import Kernel
import Logging
import Synchronization

@testable import Database

/// Databases of their own on the test PostgreSQL: advisory locks are per database, so nothing less keeps
/// tests apart.
///
/// A database is copied from a template, and emptied for the next test rather than dropped, which takes a
/// tenth of the time. They go when the next run begins, or with the server.
enum TestServer {
  private static let templates = TestTemplates()
  private static let places = TestPlaces(count: 6)
  private static let state = Mutex(State())

  private struct State {
    var run: TestRun?
    var idle: [String: [String]] = [:]
    var made = 0
  }

  static func withLocation<T>(
    _ migrations: [Migration]?, _ body: (DatabaseLocation) async throws -> T
  ) async throws -> T {
    guard let url = TestEngine.postgresURL else { throw TestServerMissing() }
    await places.enter()
    do {
      let result = try await withDatabase(migrations, url) { name in
        try await body(.postgres(url: address(of: name, url)))
      }
      await places.leave()
      return result
    } catch {
      await places.leave()
      throw error
    }
  }

  private static func withDatabase<T>(
    _ migrations: [Migration]?, _ url: String, _ body: (String) async throws -> T
  ) async throws -> T {
    guard let migrations else {
      let name = try await create(from: "template0", url)
      defer { drop(name, url) }
      return try await body(name)
    }
    let template = try await templates.template(for: migrations) { try await makeTemplate(migrations, url) }
    let idle = state.withLock { $0.idle[template]?.popLast() }
    let name = if let idle { idle } else { try await create(from: template, url) }
    do {
      let result = try await body(name)
      await putBack(name, template, url)
      return result
    } catch {
      await putBack(name, template, url)
      throw error
    }
  }

  private static func makeTemplate(_ migrations: [Migration], _ url: String) async throws -> String {
    let name = try await create(from: "template0", url)
    let address = address(of: name, url)
    try await TestThreads.run {
      try Database.open(.postgres(url: address), migrations: migrations, logger: .quiet).close()
      try TestReset.remember(address)
    }
    return name
  }

  private static func create(from template: String, _ url: String) async throws -> String {
    try await TestThreads.run {
      let run = try run(url)
      let number = state.withLock { state in
        state.made += 1
        return state.made
      }
      let name = "\(run.prefix)\(number)"
      try run.execute("CREATE DATABASE \(name) TEMPLATE \(template) LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
      return name
    }
  }

  private static func putBack(_ name: String, _ template: String, _ url: String) async {
    let address = address(of: name, url)
    let isClean = try? await TestThreads.run { try TestReset.reset(address) }
    if isClean == true {
      state.withLock { $0.idle[template, default: []].append(name) }
    } else {
      drop(name, url)
    }
  }

  /// What cannot be dropped now goes when the next run begins.
  private static func drop(_ name: String, _ url: String) {
    Task { try? await TestThreads.run { try run(url).execute("DROP DATABASE \(name) WITH (FORCE)") } }
  }

  private static func address(of name: String, _ url: String) -> String {
    guard var parts = URLComponents(string: url) else { return url }
    parts.path = "/\(name)"
    return parts.string ?? url
  }

  private static func run(_ url: String) throws -> TestRun {
    try state.withLock { state in
      if let run = state.run { return run }
      let run = try TestRun(url)
      state.run = run
      return run
    }
  }
}

/// `NUANLIN_REQUIRE_POSTGRES=1` without `NUANLIN_TEST_POSTGRES`.
struct TestServerMissing: Error, CustomStringConvertible {
  let description = "NUANLIN_REQUIRE_POSTGRES=1 asks for PostgreSQL, but NUANLIN_TEST_POSTGRES holds no URL"
}

/// This run of the tests on the server: its databases carry its number, and a lock says that it is still
/// going on.
private final class TestRun: Sendable {
  private static let lock: Int32 = 0x6E6C_7473
  private static let family = "nuanlin_test_"
  let prefix: String
  private let connection: Mutex<PostgresConnection>

  init(_ url: String) throws {
    let connection = try PostgresConnection(
      PostgresLocation(url: url), statementTimeout: nil, lockTimeout: nil)
    let number = Int32.random(in: 1...Int32.max)
    prefix = "\(Self.family)\(number)_"
    try connection.execute("SELECT pg_advisory_lock(\(Self.lock), \(number))")
    try Self.sweep(connection)
    self.connection = Mutex(connection)
  }

  func execute(_ text: String) throws {
    try connection.withLock { try $0.execute(text) }
  }

  /// Drops what runs that have ended left behind.
  private static func sweep(_ connection: PostgresConnection) throws {
    var names: [String] = []
    _ = try connection.run("SELECT datname FROM pg_database WHERE datname LIKE 'nuanlin\\_test\\_%'") { row in
      names.append(try row.text(0))
      return true
    }
    let runs = Dictionary(grouping: names) { $0.dropFirst(family.count).prefix { $0 != "_" } }
    for (number, names) in runs {
      guard let number = Int32(number) else { continue }
      var isOver = false
      _ = try connection.run(Query(text: "SELECT pg_try_advisory_lock(\(lock), \(number))")) { row in
        isOver = try row.integer(0) == 1
        return true
      }
      guard isOver else { continue }
      for name in names { try connection.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
      try connection.execute("SELECT pg_advisory_unlock(\(lock), \(number))")
    }
  }
}

/// Brings a used database back to what its template was.
private enum TestReset {
  /// The triggers of all tables: a test may lift the ones that keep rows as they are.
  private static let triggers = """
    (SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = 'public'::regnamespace)
    """

  /// Keeps a copy of every row that the migrations wrote, and how many tables, indexes, triggers and so on there are.
  static func remember(_ url: String) throws {
    try connection(url).execute(
      """
      CREATE SCHEMA pristine;
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', name, name);
        END LOOP;
      END $$;
      CREATE TABLE pristine.pristine_schema AS
        SELECT count(*) AS things, max(oid)::text AS newest, \(triggers) AS triggers FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
      """)
  }

  /// Answers false where the schema has changed.
  static func reset(_ url: String) throws -> Bool {
    let connection = try connection(url)
    var isSame = false
    _ = try connection.run(
      """
      SELECT things = (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        AND newest = (SELECT max(oid)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        AND triggers = \(triggers)
      FROM pristine.pristine_schema
      """
    ) { row in
      isSame = try row.integer(0) == 1
      return false
    }
    guard isSame else { return false }
    // As a replica, so that neither foreign keys nor triggers stand in the way.
    try connection.execute(
      """
      SET session_replication_role = replica;
      DO $$ DECLARE name text; hasRows boolean; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO hasRows;
          IF hasRows THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
          EXECUTE format('INSERT INTO public.%I SELECT * FROM pristine.%I', name, name);
        END LOOP;
      END $$
      """)
    return true
  }

  private static func connection(_ url: String) throws -> PostgresConnection {
    try PostgresConnection(PostgresLocation(url: url), statementTimeout: .seconds(30), lockTimeout: nil)
  }
}

/// So many tests use the server at a time; the others wait. Each takes up to eight connections.
private actor TestPlaces {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) {
    free = count
  }

  func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
