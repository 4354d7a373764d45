import Kernel
import TestKit
import Testing

@testable import Database

@Suite("Values, on both databases")
struct ValueTests {
  private static let edges: [Thing] = [
    Thing(id: .min, name: "", amount: 0, weight: -.greatestFiniteMagnitude, note: "", data: []),
    Thing(id: .max, name: "\\x00 \\N \\. {} \" ' ; $1 ? %s", amount: .max, weight: .leastNonzeroMagnitude),
    Thing(id: 0, name: "é", amount: 1, weight: .infinity, note: "鸡蛋🥚\u{10FFFF}\u{FFFE}\t\r\n", data: [0]),
    Thing(id: -1, name: "e\u{301}", amount: 2, weight: -.infinity, note: nil, data: [0, 255, 92, 39]),
    Thing(id: 1, name: "NULL", amount: 3, weight: 0.1 + 0.2, note: "null"),
    Thing(id: 2, name: "long", amount: 4, weight: 1e-300, note: String(repeating: "长", count: 100_000)),
  ]

  private static func randomThings(_ count: Int, seed: UInt64) -> [Thing] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { number in
      let weight = Double(bitPattern: random.next())
      return Thing(
        id: Int64(bitPattern: random.next()), name: random.text(upTo: 12) + "-\(number)",
        amount: Int64.random(in: 0...Int64.max, using: &random),
        weight: weight.isNaN || Bool.random(using: &random) ? nil : weight,
        note: Bool.random(using: &random) ? nil : random.text(upTo: 40),
        data: Bool.random(using: &random) ? nil : random.bytes(upTo: 40))
    }
  }

  @Test("come back as they were bound", arguments: TestEngine.available)
  func roundTripByStatement(engine: TestEngine) async throws {
    let things = Self.edges + Self.randomThings(400, seed: 11)
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        for thing in things {
          let count = try transaction.execute(thing.insertion)
          #expect(count == 1)
        }
      }
      let stored = try await database.read { try Thing.all($0) }
      #expect(stored == things.sorted { $0.id < $1.id })
    }
  }

  @Test(
    "come back as they were inserted in one go", arguments: TestEngine.available,
    [1, 2, 3, 255, 1024, 20_000])
  func roundTripByRows(engine: TestEngine, count: Int) async throws {
    let things = (count > 10 ? Self.edges : []) + Self.randomThings(count, seed: UInt64(count))
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { try $0.insert(Thing.rows(things)) }
      let stored = try await database.read { try Thing.all($0) }
      #expect(stored == things.sorted { $0.id < $1.id })
    }
  }

  @Test("of a column that is null in every row are null", arguments: TestEngine.available)
  func onlyNulls(engine: TestEngine) async throws {
    try await engine.withDatabase([
      Migration(
        "test", 1, "nulls", ["CREATE TABLE test_null (a BIGINT, b TEXT, c BYTEA, d DOUBLE PRECISION)"])
    ]) { database in
      var rows = Rows(into: "test_null", "a", "b", "c", "d")
      for _ in 0..<5 { rows.append(values: [.null, .null, .null, .null]) }
      let given = rows
      try await database.write(in: community) { transaction in
        try transaction.insert(given)
        try transaction.insert(Rows(into: "test_null", "a"))
      }
      let count = try await database.read { snapshot in
        try snapshot.value(
          "SELECT COUNT(*) FROM test_null WHERE a IS NULL AND b IS NULL AND c IS NULL AND d IS NULL",
          as: Int.self)
      }
      #expect(count == 5)
    }
  }

  @Test("that look like SQL stay values", arguments: TestEngine.available)
  func injection(engine: TestEngine) async throws {
    let texts = [
      "'; DROP TABLE test_thing; --", "\\'; DELETE FROM test_thing; --", "$1", "?1", "' OR '1'='1",
      "\u{2019} OR 1=1",
      "%", "_", "\\", "\"", "x' || (SELECT name FROM test_thing) || '", "); COMMIT; --", "/* */", "{1,2}",
      "NULL",
    ]
    try await engine.withDatabase(thingMigrations) { database in
      let things = texts.enumerated().map { Thing(id: Int64($0.offset), name: $0.element, note: $0.element) }
      try await database.write(in: community) { transaction in
        for thing in things.prefix(7) { try transaction.execute(thing.insertion) }
        try transaction.insert(Thing.rows(Array(things.dropFirst(7))))
      }
      for thing in things {
        let found = try await database.read { snapshot in
          try snapshot.values(
            "SELECT id FROM test_thing WHERE name = \(thing.name) AND note IN \(list: [thing.name])",
            as: Int64.self)
        }
        #expect(found == [thing.id])
      }
    }
  }

  @Test("with U+0000 in a text are refused, and only that write fails", arguments: TestEngine.available)
  func zeroCharacter(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.execute(Thing(id: 1, name: "first").insertion)
        #expect(throws: DatabaseError.constraint("text holds U+0000")) {
          try transaction.nested { try transaction.execute(Thing(id: 2, name: "a\0b").insertion) }
        }
        #expect(throws: DatabaseError.constraint("text holds U+0000")) {
          try transaction.nested { try transaction.insert(Thing.rows([Thing(id: 3, name: "c", note: "\0")])) }
        }
      }
      #expect(try await database.thingNames == ["first"])
    }
  }

  @Test("of another type than asked for are an error", arguments: TestEngine.available)
  func strictTypes(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(Thing(id: 1, name: "12", amount: 3, weight: 1.5, data: [1]))
      try await database.read { snapshot in
        func expectUnexpected(_ read: (borrowing Row) throws -> Void) {
          do {
            try snapshot.forEach("SELECT id, name, amount, weight, note, data FROM test_thing") { row in
              try read(row)
            }
            Issue.record("the value was read as another type")
          } catch DatabaseError.unexpectedValue {
          } catch { Issue.record(error) }
        }
        expectUnexpected { row in _ = try row.integer(1) }
        expectUnexpected { row in _ = try row.integer(3) }
        expectUnexpected { row in _ = try row.integer(4) }
        expectUnexpected { row in _ = try row.integer(5) }
        expectUnexpected { row in _ = try row.text(0) }
        expectUnexpected { row in _ = try row.text(4) }
        expectUnexpected { row in _ = try row.text(5) }
        expectUnexpected { row in _ = try row.real(1) }
        expectUnexpected { row in _ = try row.bytes(1) }
        expectUnexpected { row in _ = try row.bytes(2) }
        expectUnexpected { row in _ = try row.integer(17) }
        expectUnexpected { row in let _: Role = try row[1] }
      }
    }
  }

  @Test("computed by the database are read alike", arguments: TestEngine.available)
  func computed(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.add(
        Thing(id: 1, name: "a", amount: 3), Thing(id: 2, name: "b", amount: 5),
        Thing(id: 3, name: "鸡", amount: 9))
      try await database.read { snapshot in
        let nothing: Int64? = nil
        let read: [String]? = try snapshot.first(
          """
          SELECT COUNT(*), SUM(amount), MAX(name), AVG(weight), COALESCE(SUM(weight), 0), \(5) + \(6),
            EXISTS (SELECT 1 FROM test_thing WHERE id = \(9)), MIN(amount) > \(2),
            LENGTH(MAX(name)), CAST(\(7) AS TEXT),
            \(nothing) IS NULL, CASE WHEN MAX(id) = \(3) THEN \(1) ELSE \(0) END
          FROM test_thing GROUP BY community_id
          """
        ) { row in
          #expect(row.isNull(3) && !row.isNull(4))
          return try [0, 1, 5, 6, 7, 8, 10, 11].map { String(try row.integer($0)) } + [
            row.text(2), row.text(9),
          ]
        }
        #expect(read == ["3", "17", "11", "0", "1", "1", "1", "1", "鸡", "7"])
        let joined: [Int64] = try snapshot.values(
          """
          SELECT t.amount + given.column2 FROM (VALUES (\(1), \(10)), (\(3), \(30))) AS given
          JOIN test_thing t ON t.id = given.column1
          WHERE t.community_id = \(community) ORDER BY t.id LIMIT \(5)
          """)
        #expect(joined == [13, 39])
      }
    }
  }

  @Test("of text sort by code point", arguments: TestEngine.available)
  func order(engine: TestEngine) async throws {
    let names = ["a", "B", "b", "A", "é", "鸡", "蛋", "_", "10", "9", "Z", "", "e\u{301}", "😀", "\u{FFFD}"]
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.insert(
          Thing.rows(names.enumerated().map { Thing(id: Int64($0.offset), name: $0.element) }))
      }
      let sorted: [String] = try await database.read {
        try $0.values("SELECT name FROM test_thing ORDER BY name")
      }
      #expect(sorted == names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
    }
  }
}
