import Kernel
import Logging
import TestKit
import Testing

@testable import Database
@testable import TestKit

@Suite("PostgreSQL when it fails or keeps waiting", .enabled(if: PostgresPlace.isThere))
struct PostgresFailureTests {
  // MARK: Lost connections

  @Test("ended in the middle of a write: a clear error, nothing kept, and the next write works")
  func endedInWrite() async throws {
    try await PostgresPlace.withDatabase { place, database in
      await #expect {
        try await database.write(in: community) { transaction in
          try transaction.execute(Thing(id: 1, name: "lost").insertion)
          try place.endAllSessions()
          try transaction.execute(Thing(id: 2, name: "lost too").insertion)
        }
      } throws: { $0.isConnectionLost }
      try await database.add(Thing(id: 3, name: "after"))
      #expect(try await database.thingNames == ["after"])
    }
  }

  @Test("ended in the middle of a read: a clear error, and the next read works")
  func endedInRead() async throws {
    try await PostgresPlace.withDatabase { place, database in
      await #expect {
        _ = try await database.read { snapshot in
          try place.endAllSessions()
          return try snapshot.exists("SELECT 1")
        }
      } throws: { $0.isConnectionLost }
      let names = try await database.thingNames
      #expect(names.isEmpty)
    }
  }

  @Test("ended while idle: nobody notices, and the node number is held again")
  func endedWhileIdle() async throws {
    try await PostgresPlace.withDatabase { place, database in
      for number in Int64(1)...3 {
        try await database.add(Thing(id: number, name: "\(number)"))
        _ = try await database.thingNames
        try place.endAllSessions()
      }
      try await database.add(Thing(id: 4, name: "4"))
      #expect(try await database.thingNames == ["1", "2", "3", "4"])
      let owners = try place.session().integer(
        """
        SELECT COUNT(*) FROM pg_locks
        WHERE locktype = 'advisory' AND classid = \(0x6E6C_6E6F) AND mode = 'ExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """)
      #expect(owners == 1)
    }
  }

  @Test("ended at its commit: the outcome is unknown")
  func endedAtCommit() async throws {
    try await PostgresPlace.with { place in
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
    try await PostgresPlace.with { place in
      let engine = try place.engine()
      defer { engine.close() }
      try engine.write(in: community) { try $0.execute("SET default_transaction_read_only = on") }
      #expect {
        try engine.write(in: community) { _ = try $0.run(Thing(id: 1, name: "a").insertion) }
      } throws: { $0.isConnectionLost }
      try engine.write(in: community) { _ = try $0.run(Thing(id: 1, name: "a").insertion) }
    }
  }

  // MARK: Replication

  /// The test server has a standby that never comes, and only who asks for it waits: whoever waits keeps other tests
  /// from making and dropping databases.
  @Test(
    "a commit whose standbys were not waited for has an unknown outcome", arguments: ["cancel", "terminate"])
  func unreplicatedCommit(how: String) async throws {
    try await PostgresPlace.withDatabase { place, database in
      let session = try place.session()
      async let write: Void = database.write(in: community) { transaction in
        try transaction.execute("SET LOCAL synchronous_commit = on")
        try transaction.execute(Thing(id: 1, name: "perhaps").insertion)
      }
      let waiting = try #require(try await sessionWaitingForStandby(session))
      try session.execute("SELECT pg_\(how)_backend(\(waiting))")
      do {
        try await write
        Issue.record("the write was said to be safe")
      } catch {
        #expect(error as? DatabaseError == .outcomeUnknown)
      }
      // It is on this server's disk all the same: that is why the answer may not be "it failed".
      #expect(try await database.thingNames == ["perhaps"])
      try await database.add(Thing(id: 2, name: "after"))
    }
  }

  /// The number of the session of this database that waits for a standby; nil when none came to wait in 20 seconds.
  private func sessionWaitingForStandby(_ session: PostgresConnection) async throws -> Int64? {
    for _ in 0..<4000 {
      let waiting = try session.integer(
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'SyncRep' LIMIT 1
        """)
      if let waiting { return waiting }
      try await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  // MARK: Time limits and waiting

  @Test("a statement that takes too long is ended, and only its write fails")
  func statementTimeout() async throws {
    try await PostgresPlace.with { place in
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
        try connection.expect("SELECT COUNT(*) FROM test_thing", is: 1)
      }
    }
  }

  @Test(
    "write transactions of one community exclude each other across programs; of two communities they do not")
  func communityLock() async throws {
    try await PostgresPlace.with { place in
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
        try second.read { try $0.expect("SELECT COUNT(*) FROM test_thing", is: 1) }
      }
      try second.write(in: community) { _ = try $0.run(Thing(id: 2, name: "after").insertion) }
    }
  }

  @Test("two programs that count in one community lose no step")
  func twoPrograms() async throws {
    try await PostgresPlace.withDatabase { place, first in
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
    try await PostgresPlace.withDatabase { _, database in
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
}
