import Foundation
import Kernel
import Synchronization
import TestKit
import Testing

@testable import Database
@testable import TestKit

@Suite("SQLite")
struct SQLiteTests {
  private func open(_ location: DatabaseLocation) async throws -> Database {
    try await TestThreads.run { try Database.open(location, migrations: thingMigrations, logger: .quiet) }
  }

  @Test("flushes every commit to the disk")
  func synchronous() async throws {
    try await TestEngine.sqlite.withDatabase(thingMigrations) { database in
      let settings = try await database.write(in: community) { transaction in
        try ["synchronous", "foreign_keys", "mmap_size"].map { name in
          try transaction.value(Query(text: "PRAGMA \(name)"), as: Int.self) ?? 0
        } + [transaction.value("PRAGMA journal_mode", as: String.self) == "wal" ? 1 : 0]
      }
      #expect(settings == [2, 1, 0, 1])
    }
  }

  @Test("lets only one program open a file, and the next one once it is closed")
  func fileLock() async throws {
    try await TestEngine.sqlite.withLocation { location in
      let first = try await open(location)
      await #expect {
        _ = try await open(location)
      } throws: { error in (error as? Problem)?.code == "database.in_use" }
      try await first.add(Thing(id: 1, name: "still works"))
      try await TestThreads.run { first.close() }
      let second = try await open(location)
      #expect(try await second.thingNames == ["still works"])
      try await TestThreads.run { second.close() }
    }
  }
}

@Suite("Closing, on both databases")
struct CloseTests {
  @Test("refuses what comes later", arguments: TestEngine.available)
  func closed(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await TestThreads.run { database.close() }
      await #expect(throws: DatabaseError.closed) { try await database.thingNames }
      await #expect(throws: DatabaseError.closed) { try await database.add(Thing(id: 1, name: "late")) }
    }
  }

  @Test(
    "answers every write that waits, and keeps exactly those it said it kept", arguments: TestEngine.available
  )
  func pendingWrites(engine: TestEngine) async throws {
    try await engine.withLocation(thingMigrations) { location in
      let database = try await TestThreads.run {
        try Database.open(location, migrations: thingMigrations, logger: .quiet)
      }
      let kept = try await withThrowingTaskGroup(of: Int64?.self) { group in
        for number in Int64(1)...400 {
          group.addTask {
            do {
              try await database.add(Thing(id: number, name: "\(number)"))
              return number
            } catch DatabaseError.closed { return nil }
          }
        }
        group.addTask {
          try await TestThreads.run { database.close() }
          return nil
        }
        return try await group.reduce(into: Set<Int64>()) { kept, number in
          if let number { kept.insert(number) }
        }
      }
      let again = try await TestThreads.run {
        try Database.open(location, migrations: thingMigrations, logger: .quiet)
      }
      let stored: [Int64] = try await again.read { try $0.values("SELECT id FROM test_thing") }
      #expect(Set(stored) == kept)
      try await TestThreads.run { again.close() }
    }
  }

  @Test("places are read from text, and other text is refused")
  func locations() throws {
    #expect(try DatabaseLocation("sqlite:data/x.sqlite") == .sqlite(path: "data/x.sqlite"))
    #expect(try DatabaseLocation("postgres://h/d") == .postgres(url: "postgres://h/d"))
    #expect(try DatabaseLocation("postgresql://h/d") == .postgres(url: "postgresql://h/d"))
    for text in ["", "sqlite:", "mysql://h/d", "data/x.sqlite", "postgres:/h"] {
      #expect(throws: Problem.self) { try DatabaseLocation(text) }
    }
  }
}
