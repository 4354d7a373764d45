import Foundation
import Kernel
import Logging
import Synchronization
import TestKit
import Testing

@testable import Database
@testable import TestKit

/// True where the PostgreSQL tests can run, or must say why they cannot.
private let hasPostgres = TestEngine.available.contains(.postgres)

@Suite("PostgreSQL", .enabled(if: hasPostgres))
struct PostgresTests {
  private struct Place {
    let url: String

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

  private func withPlace<T>(_ body: (Place) async throws -> T) async throws -> T {
    try await TestEngine.postgres.withLocation(thingMigrations) { location in
      guard case .postgres(let url) = location else { throw DatabaseError.closed }
      return try await body(Place(url: url))
    }
  }

  private func withDatabase<T>(_ body: (Place, Database) async throws -> T) async throws -> T {
    try await withPlace { place in
      let database = try await TestThreads.run {
        try Database.open(.postgres(url: place.url), migrations: thingMigrations, logger: .quiet)
      }
      defer { database.close() }
      return try await body(place, database)
    }
  }

  private static func integer(_ text: String, on connection: any Connection) throws -> Int64? {
    var value: Int64?
    _ = try connection.run(Query(text: text)) { row in
      value = row.isNull(0) ? nil : try row.integer(0)
      return false
    }
    return value
  }

  private func expect(
    _ text: String, on connection: any Connection, is expected: Int64,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let value = try Self.integer(text, on: connection)
    #expect(value == expected, sourceLocation: location)
  }

  private func isConnectionLost(_ error: any Error) -> Bool {
    if case .connectionLost? = error as? DatabaseError { true } else { false }
  }

  // MARK: Lost connections

  @Test("ended in the middle of a write: a clear error, nothing kept, and the next write works")
  func endedInWrite() async throws {
    try await withDatabase { place, database in
      await #expect {
        try await database.write(in: community) { transaction in
          try transaction.execute(Thing(id: 1, name: "lost").insertion)
          try place.endAllSessions()
          try transaction.execute(Thing(id: 2, name: "lost too").insertion)
        }
      } throws: { isConnectionLost($0) }
      try await database.add(Thing(id: 3, name: "after"))
      #expect(try await database.thingNames == ["after"])
    }
  }

  @Test("ended in the middle of a read: a clear error, and the next read works")
  func endedInRead() async throws {
    try await withDatabase { place, database in
      await #expect {
        _ = try await database.read { snapshot in
          try place.endAllSessions()
          return try snapshot.exists("SELECT 1")
        }
      } throws: { isConnectionLost($0) }
      let names = try await database.thingNames
      #expect(names.isEmpty)
    }
  }

  @Test("ended while idle: nobody notices, and the node number is held again")
  func endedWhileIdle() async throws {
    try await withDatabase { place, database in
      for number in Int64(1)...3 {
        try await database.add(Thing(id: number, name: "\(number)"))
        _ = try await database.thingNames
        try place.endAllSessions()
      }
      try await database.add(Thing(id: 4, name: "4"))
      #expect(try await database.thingNames == ["1", "2", "3", "4"])
      let owners = try Self.integer(
        """
        SELECT COUNT(*) FROM pg_locks
        WHERE locktype = 'advisory' AND classid = \(0x6E6C_6E6F) AND mode = 'ExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """, on: place.session())
      #expect(owners == 1)
    }
  }

  @Test("ended at its commit: the outcome is unknown")
  func endedAtCommit() async throws {
    try await withPlace { place in
      let engine = try place.engine()
      defer { engine.close() }
      #expect(throws: DatabaseError.outcomeUnknown) {
        try engine.write(in: community) { connection in
          _ = try connection.run(Thing(id: 1, name: "perhaps").insertion)
          try place.endAllSessions()
        }
      }
    }
  }

  @Test("turned into a standby: the write fails as a lost connection and the next one looks for the primary")
  func readOnlyServer() async throws {
    try await withPlace { place in
      let engine = try place.engine()
      defer { engine.close() }
      try engine.write(in: community) { try $0.execute("SET default_transaction_read_only = on") }
      #expect {
        try engine.write(in: community) { _ = try $0.run(Thing(id: 1, name: "a").insertion) }
      } throws: { isConnectionLost($0) }
      try engine.write(in: community) { _ = try $0.run(Thing(id: 1, name: "a").insertion) }
    }
  }

  // MARK: Replication

  /// One after the other, because the setting is the server's.
  @Test("a commit whose standbys were not waited for has an unknown outcome")
  func unreplicatedCommit() async throws {
    for how in ["cancel", "terminate"] { try await endWaitForStandby(how) }
  }

  private func endWaitForStandby(_ how: String) async throws {
    try await withDatabase { place, database in
      let session = try place.session()
      let write = try await withUnreachableStandby {
        let write = Task { try await database.add(Thing(id: 1, name: "perhaps")) }
        let waiting = try await pollForWaiter(session) { $0 != nil }
        try session.execute("SELECT pg_\(how)_backend(\(try #require(waiting)))")
        _ = try await pollForWaiter(session) { $0 != waiting }
        return write
      }
      await #expect(throws: DatabaseError.outcomeUnknown) { try await write.value }
      // It is on this server's disk all the same: that is why the answer may not be "it failed".
      #expect(try await database.thingNames == ["perhaps"])
      try await database.add(Thing(id: 2, name: "after"))
    }
  }

  /// The session that waits for a standby, once `isRight` says so of it.
  private func pollForWaiter(
    _ session: PostgresConnection, until isRight: (Int64?) -> Bool
  ) async throws -> Int64? {
    for _ in 0..<4000 {
      let waiting = try Self.integer(
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'SyncRep' LIMIT 1
        """, on: session)
      if isRight(waiting) { return waiting }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("the server never came to wait for its standby, or to stop waiting")
    return nil
  }

  /// The setting is the server's, so other tests that commit meanwhile wait until it is taken back.
  private func withUnreachableStandby<T>(_ body: () async throws -> T) async throws -> T {
    try await TestServer.administer("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    do {
      try await TestServer.administer("SELECT pg_reload_conf()")
      let result = try await body()
      try await takeBackStandby()
      return result
    } catch {
      try await takeBackStandby()
      throw error
    }
  }

  private func takeBackStandby() async throws {
    try await TestServer.administer("ALTER SYSTEM RESET synchronous_standby_names")
    try await TestServer.administer("SELECT pg_reload_conf()")
  }

  // MARK: Time limits and waiting

  @Test("a statement that takes too long is ended, and only its write fails")
  func statementTimeout() async throws {
    try await withPlace { place in
      let engine = try place.engine(statementTimeout: .milliseconds(100))
      defer { engine.close() }
      #expect(throws: DatabaseError.timeout) { try engine.read { try $0.execute("SELECT pg_sleep(60)") } }
      try engine.write(in: community) { connection in
        try connection.execute("SAVEPOINT write")
        #expect(throws: DatabaseError.timeout) { try connection.execute("SELECT pg_sleep(60)") }
        try connection.execute("ROLLBACK TO SAVEPOINT write")
        _ = try connection.run(Thing(id: 1, name: "kept").insertion)
      }
      try engine.read { connection in
        try expect("SELECT COUNT(*) FROM test_thing", on: connection, is: 1)
      }
    }
  }

  @Test(
    "write transactions of one community exclude each other across programs; of two communities they do not")
  func communityLock() async throws {
    try await withPlace { place in
      let first = try place.engine()
      let second = try place.engine(lockTimeout: .milliseconds(100))
      defer {
        first.close()
        second.close()
      }
      #expect(first.node != second.node)
      try first.write(in: community) { _ in
        #expect(throws: DatabaseError.busy) { try second.write(in: community) { _ in } }
        try second.write(in: otherCommunity) { _ = try $0.run(Thing(id: 1, name: "beside").insertion) }
        try second.write(in: .machine) { _ in }
        try second.read { try expect("SELECT COUNT(*) FROM test_thing", on: $0, is: 1) }
      }
      try second.write(in: community) { _ = try $0.run(Thing(id: 2, name: "after").insertion) }
    }
  }

  @Test("two programs that count in one community lose no step")
  func twoPrograms() async throws {
    try await withDatabase { place, first in
      let second = try await TestThreads.run {
        try Database.open(.postgres(url: place.url), migrations: thingMigrations, logger: .quiet)
      }
      defer { second.close() }
      try await first.add(Thing(id: 1, name: "count", amount: 0))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...200 {
          group.addTask {
            try await (number % 2 == 0 ? first : second).write(in: community) { transaction in
              let amount: Int64? = try transaction.value("SELECT amount FROM test_thing WHERE id = \(1)")
              try transaction.execute("UPDATE test_thing SET amount = \((amount ?? 0) + 1) WHERE id = \(1)")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await second.read { try Thing.all($0) }.map(\.amount) == [200])
    }
  }

  @Test("two communities that lock each other's rows both get through")
  func deadlock() async throws {
    try await withDatabase { _, database in
      try await database.add(Thing(id: 1, name: "a"), Thing(id: 2, name: "b"))
      let attempts = Counter()
      let firstArrived = Gate()
      let secondArrived = Gate()
      @Sendable func move(
        _ first: Int, _ second: Int, _ arrived: Gate, _ other: Gate, _ tries: Counter
      ) -> @Sendable (Transaction) throws -> Void {
        { transaction in
          attempts.increment()
          try transaction.execute("UPDATE test_thing SET amount = amount + 1 WHERE id = \(first)")
          if tries.increment() == 1 {
            arrived.open()
            try other.pass()
          }
          try transaction.execute("UPDATE test_thing SET amount = amount + 1 WHERE id = \(second)")
        }
      }
      async let one: Void = database.write(in: community, move(1, 2, firstArrived, secondArrived, Counter()))
      async let two: Void = database.write(
        in: otherCommunity, move(2, 1, secondArrived, firstArrived, Counter()))
      _ = try await (one, two)
      #expect(try await database.read { try Thing.all($0) }.map(\.amount) == [3, 3])
      #expect(attempts.value > 2)
    }
  }

  // MARK: Addresses and node numbers

  @Test("is found among several hosts")
  func severalHosts() async throws {
    try await withPlace { place in
      guard var parts = URLComponents(string: place.url) else { return }
      let server = "\(parts.host ?? ""):\(parts.port ?? 5432)"
      let user = "\(parts.user ?? ""):\(parts.password ?? "")"
      parts.scheme = nil
      let url = "postgres://\(user)@127.0.0.1:1,\(server)\(parts.path)?connect_timeout=2"
      let engine = try PostgresEngine(url: url, logger: .quiet)
      defer { engine.close() }
      try engine.read { try expect("SELECT 1", on: $0, is: 1) }
    }
  }

  @Test(
    "never tells the password of its address",
    arguments: [
      "postgres://u:geheim@[::1/d", "postgres://u:geheim@h:x/d?nonsense=1",
      "postgres://u:geheim@127.0.0.1:1/d",
      "postgres://u:geheim@127.0.0.1:1,127.0.0.1:2/d", "postgres://u:geheim%ZZ@h/d",
    ])
  func password(url: String) throws {
    do {
      _ = try PostgresEngine(url: url, logger: .quiet)
      Issue.record("it opened")
    } catch { #expect(!"\(error)".contains("geheim") && !String(reflecting: error).contains("geheim")) }
  }

  @Test("refuses a wrong password without repeating it")
  func wrongPassword() async throws {
    try await withPlace { place in
      guard var parts = URLComponents(string: place.url) else { return }
      parts.password = "geheim"
      #expect {
        _ = try PostgresEngine(url: parts.string ?? "", logger: .quiet)
      } throws: { isConnectionLost($0) && !"\($0)".contains("geheim") }
    }
  }

  @Test("gives each program a node number of its own, and gives it back")
  func nodes() async throws {
    try await withPlace { place in
      let engines = try (0..<8).map { _ in try place.engine() }
      #expect(Set(engines.map(\.node)).count == 8)
      #expect(engines.allSatisfy { (0..<1024).contains($0.node) })
      for engine in engines { engine.close() }
    }
  }

  @Test(
    "keeps its node number while a connection that writes with it lives, and serves none once it is another's"
  )
  func nodeLost() async throws {
    try await withPlace { place in
      let engine = try place.engine()
      defer { engine.close() }
      let outside = try place.session()
      let owner = "\(0x6E6C_6E6F), \(engine.node)"
      try engine.write(in: community) { connection in
        // The owner's own connection dies; this one, and with it the number, does not.
        try outside.execute(
          """
          SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
          WHERE locktype = 'advisory' AND classid = \(0x6E6C_6E6F) AND objid = \(engine.node)
            AND mode = 'ExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          """)
        try expect("SELECT pg_try_advisory_lock(\(0x6E6C_6E75), \(engine.node))", on: outside, is: 0)
        _ = try connection.run(Thing(id: 1, name: "kept").insertion)
      }
      try outside.execute("SELECT pg_advisory_lock(\(owner))")
      try engine.write(in: community) { connection in
        // A second connection is needed now, and it may not be had.
        #expect { try engine.read { _ in } } throws: { isConnectionLost($0) }
        _ = try connection.run(Thing(id: 2, name: "kept too").insertion)
      }
      try outside.execute("SELECT pg_advisory_unlock(\(owner))")
      try engine.write(in: community) { _ in
        try engine.read { try expect("SELECT COUNT(*) FROM test_thing", on: $0, is: 2) }
      }
      try expect("SELECT pg_try_advisory_lock(\(owner))", on: outside, is: 0)
    }
  }

  // MARK: Statements

  @Test("keeps a bounded number of statements prepared")
  func preparedStatements() async throws {
    try await withPlace { place in
      let engine = try place.engine()
      defer { engine.close() }
      try engine.read { connection in
        for number in 0..<1000 {
          try expect("SELECT \(number)", on: connection, is: Int64(number))
        }
        let kept = try Self.integer("SELECT COUNT(*) FROM pg_prepared_statements", on: connection)
        #expect((kept ?? .max) <= 400)
      }
    }
  }

  @Test("recovers when a prepared statement no longer fits its table")
  func changedTable() async throws {
    try await withPlace { place in
      let engine = try place.engine()
      defer { engine.close() }
      let all: Query = "SELECT * FROM test_part"
      try engine.read { _ = try $0.run(all) }
      try place.session().execute("ALTER TABLE test_part ADD COLUMN extra BIGINT")
      #expect(throws: DatabaseError.self) { try engine.read { _ = try $0.run(all) } }
      try engine.read { _ = try $0.run(all) }
    }
  }

  @Test("waits for the disk even where the database says it need not")
  func synchronousCommit() async throws {
    try await withPlace { place in
      try place.session().execute(
        """
        DO $$ BEGIN
          EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
        END $$
        """
      )
      let engine = try place.engine()
      try engine.read { connection in
        try expect(
          "SELECT COUNT(*) WHERE current_setting('synchronous_commit') = 'on'", on: connection, is: 1)
      }
      engine.close()
      try place.session().execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET synchronous_commit', current_database()); END $$"
      )
    }
  }
}
