import CPostgres

extension PostgresConnection {
  /// So many rows go in one statement; what waits in memory stays small beside the server's limit of 1 GB.
  private static let rowsAtOnce = 8192

  /// Whole columns as arrays, in one statement whatever the number of rows; a column of nulls alone stands
  /// as `NULL`, because nothing tells its type.
  func insert(_ rows: Rows) throws {
    let width = rows.columns.count
    for first in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      let end = min(first + Self.rowsAtOnce, rows.count)
      var arrays: [(type: Oid, values: [Value])] = []
      var marks: [String] = []
      for column in 0..<width {
        let values = (first..<end).map { rows.values[$0 * width + column] }
        if let type = values.lazy.compactMap(\.postgresType).first {
          arrays.append((type, values))
          marks.append("c\(arrays.count)")
        } else {
          marks.append("NULL")
        }
      }
      let source = arrays.isEmpty ? "generate_series(1, \(end - first))" : Self.unnesting(arrays.count)
      let text = """
        INSERT INTO \(rows.table) (\(rows.columns.joined(separator: ", ")))
        SELECT \(marks.joined(separator: ", ")) FROM \(source)
        """
      PQclear(try perform(text, PostgresParameters(columns: arrays)))
    }
  }

  /// Whole columns as arrays, in one question whatever the number of keys. A key with a null stands nowhere.
  func found(_ keys: Rows) throws -> Set<Int> {
    let width = keys.columns.count
    var arrays: [(type: Oid, values: [Value])] = []
    for column in 0..<width {
      let values = (0..<keys.count).map { keys.values[$0 * width + column] }
      guard let type = values.lazy.compactMap(\.postgresType).first else { return [] }
      arrays.append((type, values))
    }
    let condition = keys.columns.enumerated().map { "held.\($1) = given.c\($0 + 1)" }
    let parameters = (1...width).map { "$\($0)" }.joined(separator: ", ")
    let names = (1...width).map { "c\($0)" }.joined(separator: ", ")
    let text = """
      SELECT given.position FROM unnest(\(parameters)) WITH ORDINALITY AS given(\(names), position)
      WHERE EXISTS (SELECT 1 FROM \(keys.table) AS held WHERE \(condition.joined(separator: " AND ")))
      """
    let result = try perform(text, PostgresParameters(columns: arrays))
    defer { PQclear(result) }
    var found: Set<Int> = []
    for row in 0..<PQntuples(result) {
      found.insert(Int(try Row(source: .postgres(result, row: row)).integer(0)) - 1)
    }
    return found
  }

  private static func unnesting(_ count: Int) -> String {
    let parameters = (1...count).map { "$\($0)" }.joined(separator: ", ")
    let names = (1...count).map { "c\($0)" }.joined(separator: ", ")
    return "unnest(\(parameters)) AS given(\(names))"
  }
}
