import Testing

@testable import Database

@Suite("A query literal")
struct QueryTests {
  @Test("numbers its interpolations and binds them")
  func numbersParameters() {
    let query: Query = "SELECT a FROM t WHERE b = \(5) AND c = \("x'; DROP TABLE t; --")"
    #expect(query.text == "SELECT a FROM t WHERE b = $1 AND c = $2")
    #expect(query.values == [.integer(5), .text("x'; DROP TABLE t; --")])
  }

  @Test("without interpolations has no parameters")
  func plainText() {
    let query: Query = "SELECT 1"
    #expect(query == Query(text: "SELECT 1"))
  }

  @Test("binds null for nil")
  func bindsNull() {
    let nothing: String? = nil
    let query: Query = "UPDATE t SET a = \(nothing)"
    #expect(query.values == [.null])
  }

  @Test("pads a list to a power of two with its last element", arguments: 1...40)
  func padsLists(count: Int) {
    let elements = (1...count).map { $0 * 3 }
    let query: Query = "SELECT a FROM t WHERE b IN \(list: elements) AND c = \(true)"
    let padded = query.values.dropLast()
    #expect(padded.count.nonzeroBitCount == 1 && padded.count >= count && padded.count < 2 * count)
    #expect(padded.prefix(count).elementsEqual(elements.map { .integer(Int64($0)) }))
    #expect(padded.dropFirst(count).allSatisfy { $0 == .integer(Int64(count * 3)) })
    #expect(query.values.last == .integer(1))
    let marks = (1...padded.count).map { "$\($0)" }.joined(separator: ",")
    #expect(query.text == "SELECT a FROM t WHERE b IN (\(marks)) AND c = $\(padded.count + 1)")
  }

  @Test("writes an empty list so that it matches nothing")
  func emptyList() {
    let query: Query = "SELECT a FROM t WHERE b IN \(list: [Int]())"
    #expect(query.text == "SELECT a FROM t WHERE b IN (NULL)")
    #expect(query.values.isEmpty)
  }

  @Test("numbers the parameters of a nested query anew")
  func nests() {
    let inner: Query = "b = \(2) OR b = \(3)"
    let outer: Query = "SELECT a FROM t WHERE c = \(1) AND (\(inner)) AND d = \(4)"
    #expect(outer.text == "SELECT a FROM t WHERE c = $1 AND (b = $2 OR b = $3) AND d = $4")
    #expect(outer.values == [.integer(1), .integer(2), .integer(3), .integer(4)])
  }

  @Test("keeps more than nine nested parameters and lone dollars in place")
  func nestsMany() {
    let inner: Query = "x IN \(list: 1...12) AND y <> '$' AND z <> '$99'"
    let outer: Query = "\(0) \(inner) \(13)"
    #expect(outer.values.count == 18)
    #expect(outer.text.hasPrefix("$1 x IN ($2,$3,"))
    #expect(outer.text.hasSuffix("$17) AND y <> '$' AND z <> '$99' $18"))
  }

  @Test("joins parts with a literal between them")
  func joins() {
    let joined = Query.joined(["a = \(1)", "b = \(2)", "c IS NULL"], by: " AND ")
    #expect(joined.text == "a = $1 AND b = $2 AND c IS NULL")
    #expect(joined.values == [.integer(1), .integer(2)])
  }
}

@Suite("Schema text")
struct DialectTests {
  private let table =
    "CREATE TABLE a_TEXT (id BIGINT PRIMARY KEY, b TEXT, c BYTEA, d DOUBLE PRECISION, e_BIGINT TEXT)"

  @Test("becomes SQLite's own types, strict")
  func sqlite() {
    #expect(
      Dialect.sqlite.schema(table)
        == "CREATE TABLE a_TEXT (id INTEGER PRIMARY KEY, b TEXT, c BLOB, d REAL, e_BIGINT TEXT) STRICT")
    #expect(
      Dialect.sqlite.schema("CREATE TABLE a (b BIGINT, c BIGINT, PRIMARY KEY (b, c))")
        == "CREATE TABLE a (b INTEGER, c INTEGER, PRIMARY KEY (b, c)) STRICT, WITHOUT ROWID")
  }

  @Test("sorts PostgreSQL's text by code point")
  func postgres() {
    #expect(
      Dialect.postgres.schema(table)
        == "CREATE TABLE a_TEXT (id BIGINT PRIMARY KEY, b TEXT COLLATE \"C\", c BYTEA, d DOUBLE PRECISION, "
        + "e_BIGINT TEXT COLLATE \"C\")")
  }

  @Test("of an index stays as it is")
  func index() {
    for dialect in Dialect.allCases {
      #expect(dialect.schema("CREATE INDEX a_b ON a (b)") == "CREATE INDEX a_b ON a (b)")
    }
  }
}
