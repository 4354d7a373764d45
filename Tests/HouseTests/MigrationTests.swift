import Crypto
import Foundation
import Testing

/// A migration that has landed is never edited: databases that have applied it would never learn of the change.
///
/// `landed-migrations.txt` holds one line for each: feature, number, and the SHA-256 of its text, or `unlanded` while
/// it may still change. A line that has a digest is never changed again; what is missing becomes a new migration.
@Suite struct MigrationTests {
  private static let list = "Tests/HouseTests/landed-migrations.txt"

  @Test func `migrations that have landed are as they were`() throws {
    let landed = try Self.landed()
    let found = SourceTree.sources.flatMap { $0.source.migrations }
    #expect(found.count >= 3, "the migrations were not found")
    #expect(Set(found.map(\.key)).count == found.count, "two migrations share a number")
    for migration in found {
      switch landed[migration.key] {
      case "unlanded", migration.digest: break
      case nil:
        Issue.record("\(migration.key) is new: add “\(migration.key) unlanded” to \(Self.list)")
      case .some:
        Issue.record(
          "\(migration.key) has landed and was edited (now \(migration.digest)): write a new migration")
      }
    }
    for key in landed.keys.sorted() {
      #expect(found.contains { $0.key == key }, "\(key) has landed and is gone")
    }
  }

  private static func landed() throws -> [String: String] {
    let file = try #require(SourceTree.files.first { $0.path == list })
    let lines = file.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Dictionary(
      try lines.map { line in
        let parts = line.split(separator: " ")
        try #require(parts.count == 3, "\(list): “\(line)” is not: feature number digest")
        return ("\(parts[0]) \(parts[1])", String(parts[2]))
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `the digest sees a changed word and not a changed layout`() {
    let first = SwiftSource("let m = [Migration(\"shop\", 1, \"a\", [\"CREATE TABLE a (\\n id BIGINT)\"])]")
      .migrations
    let moved = SwiftSource(
      "let m = [\nMigration(\n\"shop\", 1, \"a\",\n[\"CREATE TABLE a (id  BIGINT)\"\n])]"
    ).migrations
    let edited = SwiftSource("let m = [Migration(\"shop\", 1, \"a\", [\"CREATE TABLE a (id TEXT)\"])]")
      .migrations
    #expect(first.map(\.key) == ["shop 1"])
    #expect(first.first?.digest != nil)
    #expect(first.first?.digest != edited.first?.digest)
    #expect(moved.map(\.key) == ["shop 1"])
    #expect(first.first?.digest == moved.first?.digest)
  }
}

extension SwiftSource {
  struct LandedMigration {
    /// `shop 1`
    let key: String
    let digest: String
  }

  /// The `Migration("feature", number, …)` calls of this file.
  var migrations: [LandedMigration] {
    let call = /\bMigration\(\s*\x22(\d+)\x22\s*,\s*(\d+)\s*,/
    return codes.flatMap { code in
      code.text.matches(of: call).compactMap { match in
        guard let feature = Int(match.1) else { return nil }
        return LandedMigration(
          key: "\(literals[feature].text) \(match.2)",
          digest: digest(of: self.call(from: match.range, in: code)))
      }
    }
  }

  /// The text of a call up to its closing parenthesis.
  private func call(from start: Range<String.Index>, in code: Code) -> Substring {
    var depth = 1
    var end = start.upperBound
    while end < code.text.endIndex, depth > 0 {
      if code.text[end] == "(" { depth += 1 }
      if code.text[end] == ")" { depth -= 1 }
      end = code.text.index(after: end)
    }
    return code.text[start.lowerBound..<end]
  }

  /// Of the words of the statements, and of the code around them; blanks, line breaks and trailing commas do not count.
  private func digest(of call: Substring) -> String {
    let statements = call.matches(of: /\x22(\d+)\x22/).compactMap { Int($0.1) }.map { literals[$0].text }
    let words = statements.map { text in
      text.replacing(/\s*([(),])\s*/) { $0.1 }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let code = call.replacing(/\x22\d+\x22/, with: "").filter { !$0.isWhitespace && $0 != "," }
    let whole = (words + [String(code)]).joined(separator: "\n")
    return SHA256.hash(data: Data(whole.utf8)).map { String(format: "%02x", $0) }.joined()
  }
}
