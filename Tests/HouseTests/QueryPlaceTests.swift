import Testing

/// SQL stands in stores, and names only the tables of its own feature.
@Suite struct QueryPlaceTests {
  private static let database = "Sources/Platform/Database/"

  private let statement =
    #/
    \b(?:SELECT\s|INSERT\s+INTO\b|DELETE\s+FROM\b|UPDATE\s+[a-z_]+\s+(?:AS\s+\w+\s+)?SET\b
      |WITH\s+(?:RECURSIVE\s+)?[a-z_]+\s+(?:\([^)]*\)\s+)?AS\b
      |(?:CREATE|ALTER|DROP)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\b)
    /#
  private let part =
    #/
    (?:\bWITH\s+(?:RECURSIVE\s+)?|,\s*)([a-z_0-9]+)\s*(?:\([^()]*\)\s*)?AS\s+(?:(?:NOT\s+)?MATERIALIZED\s+)?\(
    /#
  private let names =
    /\b(?:FROM|JOIN|INTO|UPDATE|TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?)\s+(?:ONLY\s+)?([a-z][a-z_0-9]*)\b(?!\()/
  private let creation = /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_0-9]+)/

  @Test func `queries stand in stores, rows, schemas and invariants`() {
    var found: Set<String> = []
    for file in SourceTree.sources where !Self.mayHoldQueries(file) {
      let literals = file.source.literals.filter { $0.text.contains(statement) }
      guard let first = literals.first else { continue }
      found.insert(file.path)
      #expect(
        Exceptions.queries.contains(file.path),
        "\(file.path):\(first.line): a query; it belongs in a …Store.swift or …Rows.swift")
    }
    for entry in Exceptions.queries.sorted() {
      #expect(found.contains(entry), "\(entry) is no exception any more: take it out of Exceptions.queries")
    }
  }

  private static func mayHoldQueries(_ file: SwiftFile) -> Bool {
    guard file.isFeature else { return file.path.hasPrefix(database) }
    return ["Store.swift", "Rows.swift", "Schema.swift", "Invariants.swift"].contains {
      file.file.name.hasSuffix($0)
    }
  }

  @Test func `a feature's queries name only its own tables`() {
    var count = 0
    for file in SourceTree.sources {
      for literal in file.source.literals {
        for table in tables(in: literal.text) {
          count += 1
          #expect(Self.mayName(table, file), "\(file.path):\(literal.line): names the table \(table)")
        }
      }
    }
    #expect(count > 100, "the queries were not found")
  }

  /// Names after FROM, JOIN, INTO, UPDATE and TABLE, without those that the statement itself gives to its parts.
  private func tables(in text: String) -> [String] {
    guard Self.words(of: text.uppercased()).contains(where: Self.leading.contains) else { return [] }
    let own = Set(text.matches(of: part).map { String($0.1) })
    return text.matches(of: names).map { String($0.1) }.filter { !own.contains($0) }
  }

  private static let leading: Set<String> = ["FROM", "JOIN", "INTO", "UPDATE", "TABLE"]

  private static func mayName(_ table: String, _ file: SwiftFile) -> Bool {
    if file.path.hasPrefix(database) {
      return ["platform_", "pg_", "sqlite_"].contains { table.hasPrefix($0) }
    }
    return file.isFeature && table.hasPrefix(file.module.lowercased() + "_")
  }

  @Test func `no text anywhere in a feature spells the name of another's table`() {
    let prefixes = Set(SourceTree.sources.filter(\.isFeature).map { $0.module.lowercased() + "_" }).union([
      "platform_"
    ])
    let created = Set(
      SourceTree.sources.flatMap { file in
        file.source.literals.flatMap { literal in
          literal.text.matches(of: creation).map { String($0.1) }
        }
      })
    #expect(created.count > 20, "the tables were not found")
    #expect(
      Self.words(of: "SELECT a FROM shop_order, x1.care_case") == [
        "SELECT", "a", "FROM", "shop_order", "x1", "care_case",
      ])
    for table in created.sorted() {
      #expect(prefixes.contains { table.hasPrefix($0) }, "the table \(table) has no feature's prefix")
    }
    for file in SourceTree.sources where file.isFeature {
      for literal in file.source.literals {
        for word in Self.words(of: literal.text) where created.contains(word) {
          #expect(Self.mayName(word, file), "\(file.path):\(literal.line): names the table \(word)")
        }
      }
    }
  }

  /// Runs of letters, digits and underscores. Split by hand: an expression takes a hundred times as long over all texts.
  private static func words(of text: String) -> [String] {
    text.utf8.split { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        false
      default: true
      }
    }.map { String(Substring($0)) }
  }

  @Test func `the reader of queries knows tables from the statement's own names`() {
    #expect(
      tables(in: "SELECT 1 FROM shop_order AS o JOIN shop_item i ON 1") == ["shop_order", "shop_item"])
    #expect(tables(in: "WITH last (a) AS (SELECT a FROM shop_x) SELECT a FROM last") == ["shop_x"])
    #expect(
      tables(in: "INSERT INTO care_case (id) VALUES (1) ON CONFLICT DO UPDATE SET x = 1") == [
        "care_case"
      ])
    #expect(
      tables(in: "UPDATE people_role SET a = 1; DELETE FROM people_x") == ["people_role", "people_x"])
    #expect(tables(in: "a IS NOT DISTINCT FROM $1 FOR UPDATE SKIP LOCKED; FROM unnest(x)") == [])
    #expect(tables(in: "CREATE TABLE IF NOT EXISTS platform_a (id)") == ["platform_a"])
  }
}
