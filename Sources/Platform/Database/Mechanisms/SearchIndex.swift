package import Kernel

/// A full-text index that answers the same on both databases, in Chinese as in English.
///
/// Text is folded and cut into overlapping two-character pieces by us; SQLite keeps them in FTS5, PostgreSQL in a
/// `tsvector`. (SQLite's own trigram index cannot find a word of two characters such as 鸡蛋, DESIGN §3.)
package struct SearchIndex: Sendable {
  /// The name of its table, with the feature's prefix: `shop_product_search`.
  package let table: String

  package init(_ table: StaticString) {
    self.table = table.description
  }

  func create(on connection: any Connection) throws {
    switch connection.dialect {
    case .sqlite:
      try connection.execute(
        "CREATE VIRTUAL TABLE \(table) USING fts5(pieces, folded UNINDEXED, tokenize = 'ascii', detail = 'none')"
      )
    case .postgres:
      try connection.execute(
        "CREATE TABLE \(table) (id BIGINT PRIMARY KEY, pieces TSVECTOR NOT NULL, folded TEXT NOT NULL)")
      try connection.execute("CREATE INDEX \(table)_pieces ON \(table) USING GIN (pieces)")
    }
  }
}

extension Transaction {
  /// Makes the thing findable by these texts, in place of the earlier ones.
  package func index(_ index: SearchIndex, id: Int64, texts: [String]) throws {
    try removeFromIndex(index, id: id)
    let folded = SearchText.fold(texts.joined(separator: "\n"))
    let pieces = SearchText.pieces(of: folded) + [SearchText.communityPiece(community)]
    let joined = Set(pieces).sorted().joined(separator: " ")
    let values: [Value] = [.integer(id), .text(joined), .text(folded)]
    switch connection.dialect {
    case .sqlite:
      _ = try connection.run(
        Query(text: "INSERT INTO \(index.table) (rowid, pieces, folded) VALUES ($1, $2, $3)", values: values))
    case .postgres:
      _ = try connection.run(
        Query(
          text: """
            INSERT INTO \(index.table) (id, pieces, folded)
            VALUES ($1, array_to_tsvector(string_to_array($2, ' ')), $3)
            """, values: values))
    }
  }

  package func removeFromIndex(_ index: SearchIndex, id: Int64) throws {
    let column = connection.dialect == .sqlite ? "rowid" : "id"
    _ = try connection.run(
      Query(text: "DELETE FROM \(index.table) WHERE \(column) = $1", values: [.integer(id)]))
  }
}

extension Snapshot {
  /// The things whose texts contain every word of `text`, newest first.
  ///
  /// - Parameters:
  ///   - before: only things older than this one, for the next page; nil for the newest.
  ///   - limit: the most identifiers returned, 1–1,000.
  package func search(
    _ index: SearchIndex, for text: String, in community: CommunityID, before: Int64? = nil, limit: Int
  ) throws -> [Int64] {
    let words = SearchText.words(of: SearchText.fold(text))
    let pieces = Set(words.flatMap(SearchText.queryPieces)).sorted()
    guard !pieces.isEmpty else { return [] }
    let wanted = pieces + [SearchText.communityPiece(community)]
    var found: [Int64] = []
    var last = before
    var seen = 0
    // In steps, so that a server does not send all that match for the few that are wanted.
    let step = 2 * limit
    repeat {
      seen = 0
      let query = SearchText.query(index, wanted, before: last, limit: step, connection.dialect)
      _ = try connection.run(query) { row in
        let id: Int64 = try row[0]
        // The pieces may all be there without the word: 鸡蛋糕 has 鸡蛋 and 蛋糕, and so has 蛋糕配鸡蛋.
        let folded: String = try row[1]
        if words.allSatisfy({ folded.contains($0) }) { found.append(id) }
        last = id
        seen += 1
        return found.count < limit
      }
    } while seen == step && found.count < limit
    return found
  }
}

/// How text is prepared for the index: a pure function of the text.
enum SearchText {
  /// Lower case, full-width forms as their narrow ones, everything but letters, digits and marks as a space.
  static func fold(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      let narrow =
        (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      let isWord = narrow.properties.isAlphabetic || narrow.properties.numericType != nil
      scalars.append(isWord ? narrow.properties.lowercaseMapping.unicodeScalars.first ?? narrow : " ")
    }
    return String(scalars).split(separator: " ").joined(separator: " ")
  }

  static func words(of folded: String) -> [String] {
    folded.split(separator: " ").map(String.init)
  }

  /// Every single character and every two that stand beside each other in a word.
  static func pieces(of folded: String) -> [String] {
    words(of: folded).flatMap { word -> [String] in
      let scalars = Array(word.unicodeScalars)
      return scalars.map { encoded([$0]) } + zip(scalars, scalars.dropFirst()).map { encoded([$0, $1]) }
    }
  }

  /// The fewest pieces that a word needs: itself when it is one character, its pairs otherwise.
  static func queryPieces(of word: String) -> [String] {
    let scalars = Array(word.unicodeScalars)
    if scalars.count == 1 { return [encoded(scalars)] }
    return zip(scalars, scalars.dropFirst()).map { encoded([$0, $1]) }
  }

  static func communityPiece(_ community: CommunityID) -> String { "c\(community)" }

  /// ASCII letters and digits only, so that neither engine's own tokenizer has an opinion: `x9e21x86cb`.
  private static func encoded(_ scalars: [Unicode.Scalar]) -> String {
    scalars.map { "x" + String($0.value, radix: 16) }.joined()
  }

  static func query(
    _ index: SearchIndex, _ pieces: [String], before: Int64?, limit: Int, _ dialect: Dialect
  ) -> Query {
    switch dialect {
    case .sqlite:
      Query(
        text: """
          SELECT rowid, folded FROM \(index.table) WHERE \(index.table) MATCH $1 AND rowid < $2
          ORDER BY rowid DESC LIMIT $3
          """,
        values: [.text(pieces.joined(separator: " AND ")), .integer(before ?? .max), .integer(Int64(limit))])
    case .postgres:
      Query(
        text: """
          SELECT id, folded FROM \(index.table) WHERE pieces @@ to_tsquery('simple', $1)
            AND id < $2
          ORDER BY id DESC LIMIT $3
          """,
        values: [.text(pieces.joined(separator: " & ")), .integer(before ?? .max), .integer(Int64(limit))])
    }
  }
}
