import Kernel
import TestKit
import Testing

@testable import Database

@Suite("A transaction, on both databases")
struct TransactionTests {
  @Test("is kept when its closure returns and undone when it throws", arguments: TestEngine.available)
  func allOrNothing(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "kept"))
      await #expect(throws: Refused(number: 3)) {
        try await database.write(in: community) { transaction in
          try transaction.execute(Thing(id: 2, name: "undone").insertion)
          try transaction.execute("UPDATE test_thing SET amount = amount + 1")
          throw Refused(number: 3)
        }
      }
      #expect(try await database.read { try Thing.all($0) } == [Thing(id: 1, name: "kept")])
    }
  }

  @Test("names the constraint that refused a row", arguments: TestEngine.available)
  func constraints(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "private"))
      let refusals: [(Query, String)] = [
        (Thing(id: 1, name: "b").insertion, "test_thing.id"),
        (Thing(id: 2, name: "private").insertion, "test_thing.community_id, test_thing.name"),
        ("UPDATE test_thing SET amount = \(-1)", "test_thing_amount"),
        ("UPDATE test_thing SET name = \(String?.none)", "test_thing.name"),
      ]
      for (number, (query, name)) in refusals.enumerated() {
        do {
          try await database.write(in: community) { _ = try $0.execute(query) }
          Issue.record("\(query.text) was not refused")
        } catch DatabaseError.unique(let text) {
          #expect(number < 2 && text.contains(name) && !text.contains("private"))
        } catch DatabaseError.constraint(let text) {
          #expect(number >= 2 && text.contains(name))
        }
      }
      await #expect {
        try await database.write(in: community) { transaction in
          _ = try transaction.execute("INSERT INTO test_part (thing_id, position) VALUES (\(99), \(1))")
        }
      } throws: { error in
        if case .constraint? = error as? DatabaseError { true } else { false }
      }
      await #expect {
        try await database.write(in: community) { try $0.insert(Thing.rows([Thing(id: 1, name: "b")])) }
      } throws: { error in
        if case .unique(let text)? = error as? DatabaseError { text.contains("test_thing.id") } else { false }
      }
      #expect(try await database.read { try Thing.all($0) } == [Thing(id: 1, name: "private")])
    }
  }

  @Test("counts the rows that a statement changed, and no others", arguments: TestEngine.available)
  func changedRows(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.insert(Thing.rows((1...10).map { Thing(id: $0, name: "\($0)", amount: $0) }))
        var parts = Rows(into: "test_part", "thing_id", "position")
        for thing in 1...10 { for part in 1...3 { parts.append(thing, part) } }
        try transaction.insert(parts)
        #expect(try transaction.execute("UPDATE test_thing SET note = \("x") WHERE amount > \(4)") == 6)
        #expect(try transaction.execute("UPDATE test_thing SET note = \("x") WHERE amount > \(4)") == 6)
        #expect(try transaction.execute("UPDATE test_thing SET note = \("x") WHERE amount > \(40)") == 0)
        #expect(try transaction.execute("SELECT id FROM test_thing") == 0)
        let upsert: Query = """
          \(Thing(id: 10, name: "new", amount: 1).insertion)
          ON CONFLICT (id) DO UPDATE SET amount = excluded.amount
          """
        #expect(try transaction.execute(upsert) == 1)
        let ignored: Query = "\(Thing(id: 11, name: "5").insertion) ON CONFLICT DO NOTHING"
        #expect(try transaction.execute(ignored) == 0)
        // The parts go with their thing, but they are not what the statement names.
        #expect(try transaction.execute("DELETE FROM test_thing WHERE amount <= \(3)") == 4)
        let returned: [Int64] = try transaction.values(
          "UPDATE test_thing SET amount = amount + \(100) WHERE amount > \(7) RETURNING id")
        #expect(returned.sorted() == [8, 9])
        #expect(try transaction.value("SELECT COUNT(*) FROM test_part", as: Int.self) == 18)
      }
    }
  }

  @Test("undoes a nested part that throws and goes on", arguments: TestEngine.available)
  func nested(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.execute(Thing(id: 1, name: "outer").insertion)
        try transaction.nested {
          try transaction.execute(Thing(id: 2, name: "kept").insertion)
          #expect(throws: Refused()) {
            try transaction.nested {
              try transaction.execute(Thing(id: 3, name: "undone").insertion)
              throw Refused()
            }
          }
          try transaction.execute(Thing(id: 4, name: "after").insertion)
        }
        #expect(throws: DatabaseError.self) {
          try transaction.nested {
            _ = try transaction.nested { try transaction.execute(Thing(id: 5, name: "undone too").insertion) }
            try transaction.execute(Thing(id: 6, name: "outer").insertion)
          }
        }
        try transaction.execute(Thing(id: 7, name: "last").insertion)
      }
      #expect(try await database.thingNames == ["outer", "kept", "after", "last"])
    }
  }

  @Test("nests as a stack of copies does, whatever the tree", arguments: TestEngine.available, UInt64(1)...8)
  func nestedModel(engine: TestEngine, seed: UInt64) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let model = try await database.write(in: community) { transaction in
        var random = SeededGenerator(seed: seed)
        var model: Set<Int64> = []
        func grow(_ depth: Int) throws {
          for _ in 0..<Int.random(in: 1...6, using: &random) {
            let id = Int64.random(in: 1...40, using: &random)
            if depth < 6, Bool.random(using: &random) {
              let before = model
              do { try transaction.nested { try grow(depth + 1) } } catch is Refused { model = before }
            } else if model.insert(id).inserted {
              try transaction.execute(Thing(id: id, name: "\(id)").insertion)
            } else {
              try transaction.execute("DELETE FROM test_thing WHERE id = \(id)")
              model.remove(id)
            }
          }
          if depth > 0, Bool.random(using: &random) { throw Refused() }
        }
        try grow(0)
        return model
      }
      let stored: [Int64] = try await database.read { try $0.values("SELECT id FROM test_thing ORDER BY id") }
      #expect(stored == model.sorted())
    }
  }

  @Test("is not seen by a read that began before it", arguments: TestEngine.available)
  func snapshot(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "before"))
      let hasBegun = Signal()
      let mayGoOn = Gate()
      async let counts = database.read { snapshot in
        let first = try snapshot.value("SELECT COUNT(*) FROM test_thing", as: Int.self)
        hasBegun.fire()
        try mayGoOn.pass()
        let second = try snapshot.value("SELECT COUNT(*) FROM test_thing", as: Int.self)
        return [first, second, try snapshot.value("SELECT MAX(id) FROM test_thing", as: Int.self)]
      }
      await hasBegun.wait()
      try await database.add(Thing(id: 2, name: "meanwhile"))
      mayGoOn.open()
      #expect(try await counts == [1, 1, 1])
      #expect(try await database.thingNames == ["before", "meanwhile"])
    }
  }

  @Test("may ask while it visits rows, even the same question", arguments: TestEngine.available)
  func questionsWithinVisits(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.insert(Thing.rows((1...30).map { Thing(id: $0, name: "\($0)") }))
        var visited: [Int64] = []
        try transaction.forEach("SELECT id FROM test_thing WHERE id > \(0) ORDER BY id") { row in
          let id: Int64 = try row[0]
          // More different texts than an engine keeps prepared.
          for number in 0..<20 {
            let sum: Int64? = try transaction.value(
              Query(text: "SELECT amount + \(id * 100 + Int64(number)) FROM test_thing"))
            guard sum == id * 100 + Int64(number) + 1 else { throw Refused() }
          }
          let later: [Int64] = try transaction.values(
            "SELECT id FROM test_thing WHERE id > \(id) ORDER BY id")
          guard later.count == 30 - Int(id) else { throw Refused() }
          visited.append(try row[0])
        }
        #expect(visited == Array(1...30))
      }
    }
  }

  @Test("may not be smuggled into a read", arguments: TestEngine.available)
  func readsOnly(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "stays"))
      await #expect(throws: DatabaseError.self) {
        try await database.read { try $0.values("DELETE FROM test_thing RETURNING id", as: Int64.self) }
      }
      #expect(try await database.thingNames == ["stays"])
    }
  }

  @Test("gets an error for SQL that is wrong, and the next one works", arguments: TestEngine.available)
  func wrongStatement(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      for query: Query in ["SELEKT 1", "SELECT nothing FROM test_thing", "SELECT 1 FROM no_such_table"] {
        await #expect {
          _ = try await database.read { try $0.exists(query) }
        } throws: { error in
          if case .engine? = error as? DatabaseError { true } else { false }
        }
        await #expect(throws: DatabaseError.self) {
          try await database.write(in: community) { _ = try $0.execute(query) }
        }
      }
      try await database.add(Thing(id: 1, name: "works"))
      #expect(try await database.thingNames == ["works"])
    }
  }

  @Test("plans say which queries read a whole table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let scans: [Query] = [
        "SELECT name FROM test_thing WHERE note = \("x")", "SELECT COUNT(*) FROM test_thing",
        "SELECT p.position FROM test_part p JOIN test_thing t ON t.id = p.thing_id WHERE t.note = \("x")",
      ]
      let searches: [Query] = [
        "SELECT name FROM test_thing WHERE id = \(1)",
        """
        SELECT id FROM test_thing WHERE community_id = \(community) AND amount > \(3)
        ORDER BY amount LIMIT \(5)
        """,
        "SELECT id FROM test_thing WHERE id IN \(list: [1, 2, 3])",
        "UPDATE test_thing SET amount = \(1) WHERE community_id = \(community) AND name = \("x")",
        "SELECT t.name FROM test_thing t JOIN test_part p ON p.thing_id = t.id WHERE t.id = \(1)",
      ]
      try await database.write(in: community) { transaction in
        for query in scans {
          let plan = try transaction.plan(query)
          #expect(plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
        for query in searches {
          let plan = try transaction.plan(query)
          #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
      }
      let readPlan = try await database.read { try $0.plan(scans[0]) }
      #expect(readPlan.contains { $0.hasPrefix("SCAN") })
    }
  }

  @Test("A rehearsal tells the rows that it would write, and leaves none", arguments: TestEngine.available)
  func rehearsal(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let pieces: [@Sendable (Transaction) throws -> Void] = [Int64(1)...2, Int64(3)...3].map { numbers in
        { transaction in
          var rows = Rows(into: "test_thing", "id", "community_id", "name", "amount")
          for number in numbers { rows.append(number, community, "thing \(number)", number) }
          try transaction.insert(rows)
        }
      }
      let rehearsed = try await database.rehearse(in: community, pieces)
      #expect(try await database.thingNames == [])
      #expect(rehearsed.map { $0.map(\.count) } == [[2], [1]])
      for rows in rehearsed {
        try await database.write(in: community) { transaction in
          for rows in rows { try transaction.insert(rows) }
        }
      }
      #expect(try await database.thingNames == ["thing 1", "thing 2", "thing 3"])
    }
  }

  @Test("Keys are found by all their columns", arguments: TestEngine.available)
  func foundKeys(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      for number in Int64(1)...20 {
        try await database.write(in: community) {
          try $0.execute(Thing(id: number, name: "name \(number)").insertion)
        }
      }
      let found = try await database.read { snapshot in
        var keys = Rows(into: "test_thing", "id", "name")
        for number in Int64(0)...25 { keys.append(number, number % 2 == 0 ? "name \(number)" : "other") }
        return try snapshot.found(keys)
      }
      #expect(found == Set(stride(from: 2, through: 20, by: 2)))
      #expect(try await database.read { try $0.found(Rows(into: "test_thing", "id")) }.isEmpty)
    }
  }
}
