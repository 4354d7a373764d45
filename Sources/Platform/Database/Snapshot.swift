package import Kernel

/// The database as it stood at one moment, for reading. Valid only inside the closure it is given to.
package class Snapshot {
  let connection: any Connection
  /// Server time at the start of the work.
  package let now: Timestamp

  init(_ connection: any Connection, now: Timestamp) {
    self.connection = connection
    self.now = now
  }

  /// All rows, each made into a value.
  package func all<T>(_ query: Query, _ read: (borrowing Row) throws -> T) throws -> [T] {
    var results: [T] = []
    _ = try connection.run(query) { row in
      results.append(try read(row))
      return true
    }
    return results
  }

  /// The first row made into a value; nil when there is none.
  package func first<T>(_ query: Query, _ read: (borrowing Row) throws -> T) throws -> T? {
    var result: T?
    _ = try connection.run(query) { row in
      result = try read(row)
      return false
    }
    return result
  }

  /// Visits each row without keeping any.
  package func forEach(_ query: Query, _ visit: (borrowing Row) throws -> Void) throws {
    _ = try connection.run(query) { row in
      try visit(row)
      return true
    }
  }

  /// The first column of the first row; nil when there is no row, or NULL stands in it as in the maximum of nothing.
  package func value<T: Storable>(_ query: Query, as type: T.Type = T.self) throws -> T? {
    try first(query) { row -> T? in row.isNull(0) ? nil : try row[0] } ?? nil
  }

  /// The first column of all rows.
  package func values<T: Storable>(_ query: Query, as type: T.Type = T.self) throws -> [T] {
    try all(query) { row in try row[0] }
  }

  /// Whether the query answers any row.
  package func exists(_ query: Query) throws -> Bool {
    var found = false
    _ = try connection.run(query) { _ in
      found = true
      return false
    }
    return found
  }

  /// Which of these keys stand in their table: one question for many keys.
  /// - Returns: their positions in `keys`.
  package func found(_ keys: Rows) throws -> Set<Int> {
    keys.isEmpty ? [] : try connection.found(keys)
  }

  /// Parts short enough for one statement each.
  package func chunks<Element>(of elements: some Collection<Element>) -> [[Element]] {
    let elements = Array(elements)
    return stride(from: 0, to: elements.count, by: 512).map { start in
      Array(elements[start..<min(start + 512, elements.count)])
    }
  }

  /// Asks the engine for nothing, to see whether it answers.
  package func answers() throws {
    _ = try value("SELECT 1", as: Int.self)
  }

  /// How the engine means to answer the query; a line that begins with `SCAN` reads a whole table.
  package func plan(_ query: Query) throws -> [String] {
    try connection.plan(query)
  }
}
