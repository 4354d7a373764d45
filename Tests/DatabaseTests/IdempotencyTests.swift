import Kernel
import TestKit
import Testing

@testable import Database

@Suite("Idempotency keys, on both databases")
struct IdempotencyTests {
  private static let person = PersonID(rawValue: 5)

  private func key(_ text: String, body: String = "{}", person: PersonID = person) throws -> IdempotencyKey {
    try IdempotencyKey(principal: person, operation: "POST /test", key: text, body: body.utf8)
  }

  private func perform(_ database: Database, _ key: IdempotencyKey, id: Int64) async throws -> StoredAnswer {
    try await database.write(in: community) { transaction in
      try transaction.once(key) {
        try transaction.execute(Thing(id: id, name: "\(id)").insertion)
        return StoredAnswer(status: 201, body: Array("thing \(id)".utf8))
      }
    }
  }

  @Test(
    "give one effect and one answer, however often and however many at once", arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let answers = try await withThrowingTaskGroup(of: (Int, StoredAnswer).self) { group in
        for number in 0..<40 {
          for attempt in 0..<10 {
            group.addTask {
              let key = try key("key-of-the-order-\(number)")
              return (number, try await perform(database, key, id: Int64(number * 100 + attempt)))
            }
          }
        }
        return try await group.reduce(into: [Int: [StoredAnswer]]()) { $0[$1.0, default: []].append($1.1) }
      }
      let names = try await database.thingNames
      #expect(names.count == 40)
      for (number, answers) in answers {
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers.filter { !$0.isReplayed }.count == 1)
        #expect(
          names.contains { "thing \($0)" == String(decoding: answers[0].body, as: UTF8.self) },
          "order \(number)")
      }
    }
  }

  @Test(
    "are refused for another request, and free for another person or operation",
    arguments: TestEngine.available)
  func scope(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let text = "0123456789abcdef"
      #expect(try await perform(database, key(text), id: 1).isReplayed == false)
      await #expect(throws: Problem.idempotencyMismatch) {
        _ = try await perform(database, key(text, body: "{\"other\":1}"), id: 2)
      }
      #expect(
        try await perform(database, key(text, person: PersonID(rawValue: 6)), id: 3).isReplayed == false)
      let elsewhere = try IdempotencyKey(
        principal: Self.person, operation: "POST /other", key: text, body: "{}".utf8)
      #expect(try await perform(database, elsewhere, id: 4).isReplayed == false)
      #expect(
        try await perform(database, key(text), id: 5)
          == StoredAnswer(status: 201, body: Array("thing 1".utf8), isReplayed: true))
      #expect(try await database.thingNames == ["1", "3", "4"])
    }
  }

  @Test("keep nothing of a command that fails", arguments: TestEngine.available)
  func failure(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let key = try key("key-of-a-failure")
      await #expect(throws: Refused()) {
        try await database.write(in: community) { transaction in
          _ = try transaction.once(key) {
            try transaction.execute(Thing(id: 1, name: "undone").insertion)
            throw Refused()
          }
        }
      }
      #expect(try await perform(database, key, id: 2).isReplayed == false)
      #expect(try await database.thingNames == ["2"])
    }
  }

  @Test("are forgotten after seven days", arguments: TestEngine.available)
  func forgetting(engine: TestEngine) async throws {
    let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      _ = try await perform(database, key("the-old-key-here"), id: 1)
      clock.advance(by: .days(7))
      _ = try await perform(database, key("the-new-key-here"), id: 2)
      try await database.write(in: community) { try $0.forgetOldAnswers() }
      #expect(try await perform(database, key("the-old-key-here"), id: 3).isReplayed)
      clock.advance(by: .seconds(1))
      try await database.write(in: community) { try $0.forgetOldAnswers() }
      #expect(try await perform(database, key("the-old-key-here"), id: 3).isReplayed == false)
      #expect(try await perform(database, key("the-new-key-here"), id: 4).isReplayed)
    }
  }

  @Test(
    "of another form are refused",
    arguments: [
      "", "short", String(repeating: "x", count: 65), "with spaces in it", "钥匙钥匙钥匙钥匙", "0123456789abcde\n",
    ])
  func form(text: String) {
    #expect {
      _ = try key(text)
    } throws: { ($0 as? Problem)?.code == "idempotency.key" }
  }
}
