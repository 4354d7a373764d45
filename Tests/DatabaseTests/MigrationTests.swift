import Kernel
import TestKit
import Testing

@testable import Database
@testable import TestKit

@Suite("Migrations, on both databases")
struct MigrationTests {
  private static let first = Migration(
    "test", 1, "first", ["CREATE TABLE test_first (id BIGINT PRIMARY KEY)"])
  private static let second = Migration(
    "test", 2, "second",
    [
      "CREATE TABLE test_second (id BIGINT PRIMARY KEY, name TEXT NOT NULL)",
      "INSERT INTO test_first (id) VALUES (42)",
    ])
  private static let other = Migration(
    "other", 1, "other", ["CREATE TABLE other_first (id BIGINT PRIMARY KEY)"])
  private static let broken = Migration(
    "test", 2, "broken",
    ["CREATE TABLE test_second (id BIGINT PRIMARY KEY)", "CREATE TABLE test_first (id BIGINT)"])

  private func open(_ location: DatabaseLocation, _ migrations: [Migration]) async throws -> Database {
    try await TestThreads.run { try Database.open(location, migrations: migrations, logger: .quiet) }
  }

  private func close(_ database: Database) async throws {
    try await TestThreads.run { database.close() }
  }

  private func steps(_ database: Database) async throws -> [String] {
    try await database.read { snapshot in
      try snapshot.values(
        """
        SELECT feature || ' ' || number FROM platform_migration WHERE feature <> \("platform")
        ORDER BY feature, number
        """)
    }
  }

  @Test("go forward, keep what is there, and run once", arguments: TestEngine.available)
  func forward(engine: TestEngine) async throws {
    try await engine.withLocation { location in
      let fresh = try await open(location, [Self.first])
      try await fresh.write(in: community) { _ = try $0.execute("INSERT INTO test_first (id) VALUES (\(1))") }
      #expect(try await steps(fresh) == ["test 1"])
      try await close(fresh)
      for _ in 0..<3 {
        let later = try await open(location, [Self.first, Self.second, Self.other])
        #expect(try await steps(later) == ["other 1", "test 1", "test 2"])
        let ids: [Int64] = try await later.read { try $0.values("SELECT id FROM test_first ORDER BY id") }
        #expect(ids == [1, 42])
        try await close(later)
      }
    }
  }

  @Test(
    "refuse a database that is newer than the program, and leave it as it is", arguments: TestEngine.available
  )
  func newer(engine: TestEngine) async throws {
    try await engine.withLocation { location in
      try await close(open(location, [Self.first, Self.second]))
      await #expect(throws: Problem.databaseIsNewer) {
        _ = try await open(location, [Self.first, Self.other])
      }
      let again = try await open(location, [Self.first, Self.second])
      #expect(try await steps(again) == ["test 1", "test 2"])
      try await close(again)
    }
  }

  @Test("leave nothing of a step that fails", arguments: TestEngine.available)
  func halfFailed(engine: TestEngine) async throws {
    try await engine.withLocation { location in
      await #expect(throws: DatabaseError.self) {
        _ = try await open(location, [Self.first, Self.broken, Self.other])
      }
      let mended = try await open(location, [Self.first])
      #expect(try await steps(mended) == ["test 1"])
      try await close(mended)
      let whole = try await open(location, [Self.first, Self.second])
      #expect(try await steps(whole) == ["test 1", "test 2"])
      try await close(whole)
    }
  }

  @Test(
    "run under a lock: two programs that start at once do each step once", arguments: TestEngine.available)
  func twoOpeners(engine: TestEngine) async throws {
    try await engine.withLocation { location in
      let opened = await withTaskGroup(of: Result<Database, any Error>.self) { group in
        for _ in 0..<4 {
          group.addTask {
            do { return .success(try await open(location, [Self.first, Self.second])) } catch {
              return .failure(error)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      for result in opened {
        switch result {
        case .success(let database):
          #expect(try await steps(database) == ["test 1", "test 2"])
          #expect(
            try await database.read { try $0.value("SELECT COUNT(*) FROM test_first", as: Int.self) } == 1)
        case .failure(let error): #expect((error as? Problem)?.code == "database.in_use" && engine == .sqlite)
        }
      }
      let successes = opened.compactMap { try? $0.get() }
      #expect(engine == .sqlite ? successes.count == 1 : successes.count == 4)
      #expect(Set(successes.map { $0.identifiers.next(CommunityKind.self) }).count == successes.count)
      for database in successes { try await close(database) }
    }
  }
}
