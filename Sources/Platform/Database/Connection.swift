/// One open connection to one engine. It is used by one thread at a time, the lane that owns it.
///
/// The two conformers are `SQLiteConnection` and `PostgresConnection`; everything above them is written once.
protocol Connection: AnyObject {
  var dialect: Dialect { get }

  /// Runs one statement and hands each row to `body` until it answers false.
  /// - Returns: the number of rows changed.
  func run(_ query: Query, _ body: (borrowing Row) throws -> Bool) throws -> Int

  /// Writes all rows, in order.
  func insert(_ rows: Rows) throws

  /// Which of these keys stand in their table.
  /// - Returns: their positions in `keys`.
  func found(_ keys: Rows) throws -> Set<Int>

  /// Runs text without parameters and without keeping it prepared: schema changes and transaction control.
  func execute(_ text: String) throws

  /// How the engine means to answer the query, one line a step. `SCAN` begins a line that reads a whole table.
  func plan(_ query: Query) throws -> [String]
}

extension Connection {
  func run(_ query: Query) throws -> Int {
    try run(query) { _ in false }
  }
}

/// The two engines, where their language differs. Nothing outside Platform/Database asks which one it is.
package enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  case postgres

  /// Schema text is written as PostgreSQL reads it; this gives the text that the engine wants.
  ///
  /// SQLite: 64-bit integers are `INTEGER`, byte strings `BLOB`, tables are `STRICT`, and a table with a composite
  /// primary key is stored in the order of that key. PostgreSQL: text sorts by code point, as it does in SQLite.
  func schema(_ text: String) -> String {
    switch self {
    case .postgres:
      return text.hasPrefix("CREATE TABLE")
        ? text.replacingWord("TEXT", by: "TEXT COLLATE \"C\"") : text
    case .sqlite:
      let translated =
        text
        .replacingWord("BIGINT", by: "INTEGER")
        .replacingWord("BYTEA", by: "BLOB")
        .replacingWord("DOUBLE PRECISION", by: "REAL")
      guard translated.hasPrefix("CREATE TABLE") else { return translated }
      return translated + (translated.contains("PRIMARY KEY (") ? " STRICT, WITHOUT ROWID" : " STRICT")
    }
  }
}

extension String {
  /// Replaces `word` where no letter, digit or underscore stands beside it.
  fileprivate func replacingWord(_ word: String, by replacement: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: word) {
      let before = range.lowerBound == rest.startIndex ? result.last : rest[..<range.lowerBound].last
      let after = rest[range.upperBound...].first
      let isWord = !(before?.isPartOfWord ?? false) && !(after?.isPartOfWord ?? false)
      result += rest[..<range.lowerBound]
      result += isWord ? replacement : word
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
