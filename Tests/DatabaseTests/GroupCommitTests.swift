import Kernel
import Synchronization
import TestKit
import Testing

@testable import Database

@Suite("Writes that share a commit, on both databases")
struct GroupCommitTests {
  /// Holds the writer of `community` until `waiting` writes stand behind it, so that they share a commit.
  private func together<T: Sendable>(
    _ database: Database, _ writes: [@Sendable (Transaction) throws -> T]
  ) async throws -> [Result<T, any Error>] {
    let isHeld = Signal()
    let gate = Gate()
    async let holder: Void = database.write(in: community) { _ in
      isHeld.fire()
      try gate.pass()
    }
    await isHeld.wait()
    let results = Mutex([Int: Result<T, any Error>]())
    await withCheckedContinuation { (allDone: CheckedContinuation<Void, Never>) in
      for (number, write) in writes.enumerated() {
        database.write(in: community, write) { result in
          let count = results.withLock { results in
            results[number] = result
            return results.count
          }
          if count == writes.count { allDone.resume() }
        }
      }
      gate.open()
    }
    try await holder
    return results.withLock { results in writes.indices.compactMap { results[$0] } }
  }

  @Test("are undone one by one: a failing one takes no other with it", arguments: TestEngine.available)
  func failureStaysAlone(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let results = try await together(
        database,
        (0..<300).map { number in
          { transaction in
            try transaction.execute(Thing(id: Int64(number), name: "\(number)").insertion)
            switch number % 6 {
            case 1: throw Refused(number: number)
            case 2: try transaction.execute(Thing(id: Int64(number), name: "twice").insertion)
            case 3: try transaction.execute("UPDATE test_thing SET amount = \(-1) WHERE id = \(number)")
            case 4: try transaction.execute("SELECT nothing FROM no_such_table")
            default: break
            }
            return number
          }
        })
      for (number, result) in results.enumerated() {
        switch (number % 6, result) {
        case (0, .success(let value)), (5, .success(let value)): #expect(value == number)
        case (1, .failure(let error)): #expect(error as? Refused == Refused(number: number))
        case (2, .failure(let error)):
          if case .unique? = error as? DatabaseError {} else { Issue.record(error) }
        case (3, .failure(let error)):
          if case .constraint? = error as? DatabaseError {} else { Issue.record(error) }
        case (4, .failure(let error)):
          if case .engine? = error as? DatabaseError {} else { Issue.record(error) }
        default: Issue.record("write \(number) ended as \(result)")
        }
      }
      let kept = (0..<300).filter { $0 % 6 == 0 || $0 % 6 == 5 }.map { "\($0)" }
      #expect(try await database.thingNames == kept)
    }
  }

  @Test("whose closure swallows a database error do not harm the others", arguments: TestEngine.available)
  func swallowedError(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let results = try await together(
        database,
        (0..<20).map { number in
          { transaction in
            try transaction.execute(Thing(id: Int64(number), name: "\(number)").insertion)
            if number == 10 { _ = try? transaction.execute(Thing(id: 0, name: "again").insertion) }
            return number
          }
        })
      for (number, result) in results.enumerated() where number != 10 {
        if case .failure(let error) = result { Issue.record("write \(number): \(error)") }
      }
      let names = try await database.thingNames
      #expect(Set((0..<20).map { "\($0)" }).subtracting(names).isSubset(of: ["10"]))
    }
  }

  @Test("are all there however many come at once", arguments: TestEngine.available)
  func manyAtOnce(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 0, name: "total", amount: 0))
      let communities = [community, otherCommunity, CommunityID(rawValue: 9)]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...900 {
          group.addTask {
            try await database.write(in: communities[number % 3]) { transaction in
              try transaction.execute(Thing(id: Int64(number), name: "\(number)").insertion)
            }
            let isThere = try await database.read {
              try $0.exists("SELECT 1 FROM test_thing WHERE id = \(number)")
            }
            #expect(isThere, "write \(number) was answered before it could be read")
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.thingNames == ["total"] + (1...900).map { "\($0)" })
    }
  }

  @Test("within a community follow one another: no update is lost", arguments: TestEngine.available)
  func noLostUpdate(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "count", amount: 0))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...300 {
          group.addTask {
            try await database.write(in: community) { transaction in
              let amount: Int64? = try transaction.value("SELECT amount FROM test_thing WHERE id = \(1)")
              try transaction.execute("UPDATE test_thing SET amount = \((amount ?? 0) + 1) WHERE id = \(1)")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.read { try Thing.all($0) }.map(\.amount) == [300])
    }
  }

  @Test("are run again when the engine asks for it, with one effect", arguments: TestEngine.available)
  func retries(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let attempts = Counter()
      let results = try await together(
        database,
        (0..<12).map { number in
          { transaction in
            try transaction.execute(Thing(id: Int64(number), name: "\(number)").insertion)
            if number == 5, attempts.increment() <= 3 { throw DatabaseError.retry }
            return number
          }
        })
      #expect(try results.map { try $0.get() } == Array(0..<12))
      #expect(attempts.value == 4)
      #expect(try await database.thingNames == (0..<12).map { "\($0)" })
    }
  }

  @Test("that always collide fail in the end, alone", arguments: TestEngine.available)
  func retriesEnd(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let results = try await together(
        database,
        (0..<5).map { number in
          { transaction in
            try transaction.execute(Thing(id: Int64(number), name: "\(number)").insertion)
            if number == 2 { throw DatabaseError.retry }
            return number
          }
        })
      for (number, result) in results.enumerated() {
        switch result {
        case .success(let value): #expect(value == number && number != 2)
        case .failure(let error): #expect(number == 2 && error as? DatabaseError == .retry)
        }
      }
      #expect(try await database.thingNames == ["0", "1", "3", "4"])
    }
  }

  @Test("tell caches and listeners only after the commit", arguments: TestEngine.available)
  func topics(engine: TestEngine) async throws {
    let topic = Topic("test.thing", 1)
    try await engine.withDatabase(thingMigrations) { database in
      let before = database.revision(of: topic)
      await #expect(throws: Refused()) {
        try await database.write(in: community) { transaction in
          transaction.touch(topic)
          throw Refused()
        }
      }
      #expect(database.revision(of: topic) == before)
      let changes = database.changes(of: topic)
      try await database.write(in: community) { transaction in
        transaction.touch(topic)
        #expect(database.revision(of: topic) == before)
      }
      #expect(database.revision(of: topic) > before)
      #expect(database.revision(of: Topic("test.thing", 2)) == before)
      for await _ in changes { break }
    }
  }

  @Test("ask a cache to load anew only when its topic was touched", arguments: TestEngine.available)
  func cache(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let loads = Counter()
      let cache = Cache<Int64, [String]>(database, capacity: 10) { key in [Topic("test.thing", key)] }
      func names(_ key: Int64) async throws -> [String] {
        try await cache.value(for: key) {
          loads.increment()
          return try await database.thingNames
        }
      }
      #expect(try await names(1) == [])
      try await database.write(in: community) { transaction in
        try transaction.execute(Thing(id: 1, name: "new").insertion)
        transaction.touch(Topic("test.thing", 1))
      }
      #expect(try await names(1) == ["new"])
      #expect(loads.value == 2)
      for key in Int64(2)...200 { _ = try await names(key) }
      #expect(cache.kept(200) == ["new"] && cache.kept(3) == nil)
    }
  }

  @Test("let all who ask at once wait for one reading, and try again where it fails")
  func oneReading() async throws {
    try await TestEngine.sqlite.withDatabase(thingMigrations) { database in
      struct Refused: Error {}
      let loads = Counter()
      let cache = Cache<Int64, Int>(database, capacity: 10) { _ in [] }
      func ask(_ key: Int64, fails: Bool) async -> Int? {
        try? await cache.value(for: key) {
          loads.increment()
          try await Task.sleep(for: .milliseconds(200))
          if fails { throw Refused() }
          return Int(key)
        }
      }
      let answers = await withTaskGroup(of: Int?.self) { group in
        for _ in 0..<50 { group.addTask { await ask(7, fails: false) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers == Array(repeating: 7, count: 50))
      #expect(loads.value == 1)
      let refusals = await withTaskGroup(of: Int?.self) { group in
        for _ in 0..<5 { group.addTask { await ask(8, fails: true) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(refusals == Array(repeating: nil, count: 5))
      #expect(loads.value == 6)
      #expect(await ask(8, fails: false) == 8)
    }
  }
}
