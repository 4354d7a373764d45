import Kernel
import TestKit
import Testing

@testable import Database

/// The same random steps on both databases: what each answers and what each then holds must be the same.
@Suite("SQLite and PostgreSQL side by side", .enabled(if: TestEngine.available.contains(.postgres)))
struct DifferentialTests {
  private static let index = SearchIndex("test_search")
  private static let migrations =
    thingMigrations + [Migration("test", 2, "search", [], searchIndexes: [index])]
  fileprivate static let words = [
    "鸡蛋", "蛋糕", "鸡", "青菜", "egg", "Eggs", "cake", "有机", "ＡＢＣ", "é", "2kg", "A-1",
  ]

  fileprivate static func word(_ number: Int64) -> String { words[Int(number) % words.count] }

  /// One step, decided by its seed alone, so that both databases take the same.
  private struct Step {
    let seed: UInt64

    /// Takes the step and tells what the database answered.
    func take(_ database: Database) async throws -> String {
      let seed = seed
      do {
        return try await database.write(in: community) { transaction in
          var random = SeededGenerator(seed: seed)
          return try Self.change(transaction, &random, depth: 0)
        }
      } catch let error as Refused { return "refused \(error.number)" } catch DatabaseError.unique {
        return "unique"
      } catch DatabaseError.constraint { return "constraint" }
    }

    private static func change(
      _ transaction: Transaction, _ random: inout SeededGenerator, depth: Int
    ) throws -> String {
      let id = Int64.random(in: 1...120, using: &random)
      let amount = Int64.random(in: -2...40, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1: return "\(try transaction.execute(thing(id, amount, &random).insertion))"
      case 2:
        let first = Int64.random(in: 1...120, using: &random)
        let things = (0..<Int64.random(in: 1...6, using: &random)).map {
          thing(first + $0, abs(amount), &random)
        }
        try transaction.insert(Thing.rows(things))
        return "inserted"
      case 3:
        let note: String? = Bool.random(using: &random) ? nil : random.text(upTo: 5)
        return "\(try transaction.execute("UPDATE test_thing SET note = \(note) WHERE amount < \(amount)"))"
      case 4:
        return "\(try transaction.execute("UPDATE test_thing SET amount = amount - \(5) WHERE id > \(id)"))"
      case 5:
        return "\(try transaction.execute("DELETE FROM test_thing WHERE id BETWEEN \(id) AND \(id + 3)"))"
      case 6:
        let upsert: Query = """
          \(thing(id, abs(amount), &random).insertion)
          ON CONFLICT (id) DO UPDATE SET amount = test_thing.amount + excluded.amount, data = excluded.data
          """
        return "\(try transaction.execute(upsert))"
      case 7:
        return
          "\(try transaction.execute("INSERT INTO test_part (thing_id, position) VALUES (\(id), \(amount))"))"
      case 8:
        let texts = (0...2).map { _ in
          (DifferentialTests.words.randomElement(using: &random) ?? "") + random.text(upTo: 3)
        }
        try transaction.index(DifferentialTests.index, id: id, texts: texts)
        return "indexed"
      case 9:
        try transaction.removeFromIndex(DifferentialTests.index, id: id)
        return "removed"
      case 10:
        _ = try change(transaction, &random, depth: depth + 1)
        throw Refused(number: Int(id))
      default: return depth > 4 ? "deep" : try nested(transaction, &random, depth: depth + 1)
      }
    }

    private static func nested(
      _ transaction: Transaction, _ random: inout SeededGenerator, depth: Int
    ) throws -> String {
      var answers: [String] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        do {
          answers.append(try transaction.nested { try change(transaction, &random, depth: depth) })
        } catch let error as Refused { answers.append("nested refused \(error.number)") } catch DatabaseError
          .unique
        {
          answers.append("nested unique")
        } catch DatabaseError.constraint { answers.append("nested constraint") }
      }
      return answers.joined(separator: ", ")
    }

    private static func thing(_ id: Int64, _ amount: Int64, _ random: inout SeededGenerator) -> Thing {
      Thing(
        id: id,
        name:
          "\(DifferentialTests.word(id)) \(Int.random(in: 0...200, using: &random))",
        amount: amount,
        weight: Bool.random(using: &random) ? nil : Double(Int.random(in: 0...1000, using: &random)) / 7,
        note: Bool.random(using: &random) ? nil : random.text(upTo: 6),
        data: Bool.random(using: &random) ? nil : random.bytes(upTo: 6))
    }
  }

  /// Everything that the database holds, and what it answers to questions of every kind that stores ask.
  private static func contents(_ database: Database, _ seed: UInt64) async throws -> [String] {
    try await database.read { snapshot in
      var random = SeededGenerator(seed: seed)
      let amount = Int64.random(in: 0...40, using: &random)
      var lines = try Thing.all(snapshot).map { "\($0)" }
      lines += try snapshot.all("SELECT thing_id, position FROM test_part ORDER BY thing_id, position") {
        row in
        "part \(try row.integer(0)) \(try row.integer(1))"
      }
      lines += try snapshot.all(
        """
        SELECT amount, COUNT(*), SUM(id), MIN(name), MAX(note), COUNT(weight) FROM test_thing
        WHERE amount <> \(amount) GROUP BY amount HAVING COUNT(*) > \(1) ORDER BY COUNT(*) DESC, amount
        """
      ) { row in
        let note: String = try row.isNull(4) ? "" : row[4]
        let sums = try "\(row.integer(0)) \(row.integer(1)) \(row.integer(2)) \(row.integer(5))"
        return try "group \(sums) \(row.text(3)) \(note)"
      }
      lines += try snapshot.all(
        """
        SELECT t.name, COUNT(p.position), COALESCE(SUM(p.position), 0) FROM test_thing t
        LEFT JOIN test_part p ON p.thing_id = t.id WHERE t.community_id = \(community)
        GROUP BY t.id, t.name ORDER BY t.name LIMIT \(20)
        """
      ) { row in try "joined \(row.text(0)) \(row.integer(1)) \(row.integer(2))" }
      for _ in 0..<6 {
        let word =
          (words.randomElement(using: &random) ?? "")
          + (Bool.random(using: &random) ? "" : random.text(upTo: 1))
        let found = try snapshot.search(index, for: word, in: community, limit: 1 + Int(amount))
        lines.append("search \(word.debugDescription) \(found)")
      }
      return lines
    }
  }

  @Test("answer and hold the same after the same steps", arguments: UInt64(1)...4)
  func sameSteps(seed: UInt64) async throws {
    try await TestEngine.sqlite.withDatabase(Self.migrations) { sqlite in
      try await TestEngine.postgres.withDatabase(Self.migrations) { postgres in
        var random = SeededGenerator(seed: seed)
        for number in 0..<1000 {
          let step = Step(seed: random.next())
          let answers = try await (step.take(sqlite), step.take(postgres))
          try #require(answers.0 == answers.1, "step \(number) of seed \(seed)")
          guard number % 50 == 49 else { continue }
          let seed = random.next()
          let held = try await (Self.contents(sqlite, seed), Self.contents(postgres, seed))
          try #require(held.0 == held.1, "after step \(number) of seed \(seed)")
        }
        #expect(try await sqlite.thingNames.count > 10)
      }
    }
  }
}
