import Kernel
import TestKit
import Testing

@testable import Database

@Suite("Search, on both databases")
struct SearchTests {
  private static let index = SearchIndex("test_search")
  private static let migrations = [Migration("test", 1, "search", [], searchIndexes: [index])]

  private func index(_ database: Database, _ texts: [Int64: [String]], in place: CommunityID = community)
    async throws
  {
    try await database.write(in: place) { transaction in
      for (id, texts) in texts { try transaction.index(Self.index, id: id, texts: texts) }
    }
  }

  private func search(
    _ database: Database, _ text: String, before: Int64? = nil, limit: Int = 1000,
    in place: CommunityID = community
  ) async throws -> [Int64] {
    try await database.read { try $0.search(Self.index, for: text, in: place, before: before, limit: limit) }
  }

  @Test(
    "finds Chinese words of any length, parts of words, and any spelling of letters",
    arguments: TestEngine.available)
  func examples(engine: TestEngine) async throws {
    try await engine.withDatabase(Self.migrations) { database in
      try await index(
        database,
        [
          1: ["散养土鸡蛋 30枚", "Free-range eggs"], 2: ["鸡蛋糕", "Egg cake"], 3: ["蛋糕配鸡", "x"],
          4: ["ＡＢＣ牛奶", "MILK 1L"],
          5: ["蛋糕，鸡蛋", ""],
        ])
      let expected: [(String, [Int64])] = [
        ("鸡蛋", [5, 2, 1]), ("鸡", [5, 3, 2, 1]), ("鸡蛋糕", [2]), ("蛋糕", [5, 3, 2]), ("egg", [2, 1]),
        ("EGG", [2, 1]),
        ("gg", [2, 1]), ("ｅｇｇ", [2, 1]), ("鸡蛋 egg", [2, 1]), ("鸡蛋 cake", [2]), ("abc", [4]), ("ａＢｃ牛奶", [4]),
        ("1l", [4]),
        ("30枚", [1]), ("free range", [1]), ("free-range", [1]), ("鸭", []), ("", []), ("  ，", []), ("蛋鸡", []),
        ("eggcake", []),
        ("\" OR 1", []), ("egg*", [2, 1]), ("egg & !cake", [2]), ("NOT egg", []), ("pieces : egg", []),
      ]
      for (text, ids) in expected { #expect(try await search(database, text) == ids, "\(text)") }
    }
  }

  @Test("stays inside its community", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await engine.withDatabase(Self.migrations) { database in
      try await index(database, [1: ["鸡蛋"], 2: ["egg"]])
      try await index(database, [3: ["鸡蛋"]], in: otherCommunity)
      #expect(try await search(database, "鸡蛋") == [1])
      #expect(try await search(database, "鸡蛋", in: otherCommunity) == [3])
      #expect(try await search(database, "\(SearchText.communityPiece(otherCommunity))") == [])
    }
  }

  @Test("forgets what was replaced or removed", arguments: TestEngine.available)
  func replaced(engine: TestEngine) async throws {
    try await engine.withDatabase(Self.migrations) { database in
      try await index(database, [1: ["鸡蛋"], 2: ["鸡蛋"]])
      try await index(database, [1: ["鸭蛋"]])
      try await database.write(in: community) { try $0.removeFromIndex(Self.index, id: 2) }
      #expect(try await search(database, "鸡蛋") == [])
      #expect(try await search(database, "鸭蛋") == [1])
      await #expect(throws: Refused()) {
        try await database.write(in: community) { transaction in
          try transaction.index(Self.index, id: 1, texts: ["鹅蛋"])
          throw Refused()
        }
      }
      #expect(try await search(database, "鸭蛋") == [1])
    }
  }

  @Test("pages from the newest to the oldest without a gap", arguments: TestEngine.available)
  func pages(engine: TestEngine) async throws {
    try await engine.withDatabase(Self.migrations) { database in
      try await index(database, Dictionary(uniqueKeysWithValues: (Int64(1)...200).map { ($0, ["鸡蛋 \($0)"]) }))
      var found: [Int64] = []
      while case let page = try await search(database, "鸡蛋", before: found.last, limit: 30), !page.isEmpty {
        #expect(page.count <= 30)
        found += page
      }
      #expect(found == (1...200).reversed())
    }
  }

  @Test(
    "answers what reading every text would answer, whatever the texts", arguments: TestEngine.available,
    UInt64(1)...3)
  func model(engine: TestEngine, seed: UInt64) async throws {
    try await engine.withDatabase(Self.migrations) { database in
      var random = SeededGenerator(seed: seed)
      // Few characters, so that pieces meet in the wrong order often.
      let alphabet = Array("鸡蛋糕菜ab1 ，E\u{301}Ａ".unicodeScalars)
      func text(_ length: ClosedRange<Int>) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: length, using: &random) {
          if let scalar = alphabet.randomElement(using: &random) { scalars.append(scalar) }
        }
        return String(scalars)
      }
      let texts = Dictionary(uniqueKeysWithValues: (Int64(1)...300).map { ($0, [text(0...9), text(0...5)]) })
      try await index(database, texts)
      for _ in 0..<250 {
        let wanted = text(1...4)
        let words = SearchText.words(of: SearchText.fold(wanted))
        let expected = texts.filter { _, texts in
          let scalars = Array(SearchText.fold(texts.joined(separator: "\n")).unicodeScalars)
          return !words.isEmpty
            && words.allSatisfy { scalars.firstRange(of: Array($0.unicodeScalars)) != nil }
        }
        #expect(
          try await search(database, wanted) == expected.keys.sorted(by: >), "\(wanted.debugDescription)")
      }
    }
  }
}
