import Foundation
import Kernel
import Logging
import TestKit
import Testing

@testable import Database
@testable import TestKit

@Suite("PostgreSQL", .enabled(if: PostgresPlace.isThere))
struct PostgresTests {
  // MARK: Addresses and node numbers

  @Test("is found among several hosts")
  func severalHosts() async throws {
    try await PostgresPlace.with { place in
      guard var parts = URLComponents(string: place.url) else { return }
      let server = "\(parts.host ?? ""):\(parts.port ?? 5432)"
      let user = "\(parts.user ?? ""):\(parts.password ?? "")"
      parts.scheme = nil
      let url = "postgres://\(user)@127.0.0.1:1,\(server)\(parts.path)?connect_timeout=2"
      let engine = try PostgresEngine(url: url, logger: .quiet)
      defer { engine.close() }
      try engine.read { try $0.expect("SELECT 1", is: 1) }
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
    try await PostgresPlace.with { place in
      guard var parts = URLComponents(string: place.url) else { return }
      parts.password = "geheim"
      #expect {
        _ = try PostgresEngine(url: parts.string ?? "", logger: .quiet)
      } throws: { $0.isConnectionLost && !"\($0)".contains("geheim") }
    }
  }

  @Test("gives each program a node number of its own, and gives it back")
  func nodes() async throws {
    try await PostgresPlace.with { place in
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
    try await PostgresPlace.with { place in
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
        try outside.expect("SELECT pg_try_advisory_lock(\(0x6E6C_6E75), \(engine.node))", is: 0)
        _ = try connection.run(Thing(id: 1, name: "kept").insertion)
      }
      try outside.execute("SELECT pg_advisory_lock(\(owner))")
      try engine.write(in: community) { connection in
        // A second connection is needed now, and it may not be had.
        #expect { try engine.read { _ in } } throws: { $0.isConnectionLost }
        _ = try connection.run(Thing(id: 2, name: "kept too").insertion)
      }
      try outside.execute("SELECT pg_advisory_unlock(\(owner))")
      try engine.write(in: community) { _ in
        try engine.read { try $0.expect("SELECT COUNT(*) FROM test_thing", is: 2) }
      }
      try outside.expect("SELECT pg_try_advisory_lock(\(owner))", is: 0)
    }
  }

  // MARK: Statements

  @Test("keeps a bounded number of statements prepared")
  func preparedStatements() async throws {
    try await PostgresPlace.with { place in
      let engine = try place.engine()
      defer { engine.close() }
      try engine.read { connection in
        for number in 0..<1000 {
          try connection.expect("SELECT \(number)", is: Int64(number))
        }
        let kept = try connection.integer("SELECT COUNT(*) FROM pg_prepared_statements")
        #expect((kept ?? .max) <= 400)
      }
    }
  }

  @Test("recovers when a prepared statement no longer fits its table")
  func changedTable() async throws {
    try await PostgresPlace.with { place in
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
    try await PostgresPlace.with { place in
      try place.session().execute(
        """
        DO $$ BEGIN
          EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
        END $$
        """
      )
      let engine = try place.engine()
      try engine.read { connection in
        try connection.expect("SELECT COUNT(*) WHERE current_setting('synchronous_commit') = 'on'", is: 1)
      }
      engine.close()
      try place.session().execute(
        """
        DO $$ BEGIN
          SET LOCAL synchronous_commit = local;
          EXECUTE format('ALTER DATABASE %I RESET synchronous_commit', current_database());
        END $$
        """
      )
    }
  }
}
