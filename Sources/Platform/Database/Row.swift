import CPostgres
import GRDBSQLite

/// One row of a result, read by position while the database stands on it. Never kept.
///
/// ```swift
/// let id: CampaignID = try row[0]
/// ```
package struct Row: ~Copyable {
  enum Source {
    case sqlite(OpaquePointer)
    case postgres(OpaquePointer, row: Int32)
  }

  let source: Source

  /// - Throws: `DatabaseError.unexpectedValue` when the column does not hold such a value.
  package subscript<T: Storable>(_ column: Int) -> T {
    get throws { try T(from: self, at: column) }
  }

  package func isNull(_ column: Int) -> Bool {
    switch source {
    case .sqlite(let statement): sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
    case .postgres(let result, let row): PQgetisnull(result, row, Int32(column)) == 1
    }
  }

  package func integer(_ column: Int) throws -> Int64 {
    switch source {
    case .sqlite(let statement):
      guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else {
        throw unexpected(column, "integer")
      }
      return sqlite3_column_int64(statement, Int32(column))
    case .postgres(let result, let row):
      return try PostgresText.integer(in: result, row, Int32(column))
    }
  }

  package func real(_ column: Int) throws -> Double {
    switch source {
    case .sqlite(let statement):
      let type = sqlite3_column_type(statement, Int32(column))
      guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw unexpected(column, "number") }
      return sqlite3_column_double(statement, Int32(column))
    case .postgres(let result, let row):
      return try PostgresText.real(in: result, row, Int32(column))
    }
  }

  package func text(_ column: Int) throws -> String {
    switch source {
    case .sqlite(let statement):
      guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT,
        let start = sqlite3_column_text(statement, Int32(column))
      else { throw unexpected(column, "text") }
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    case .postgres(let result, let row):
      return try PostgresText.text(in: result, row, Int32(column))
    }
  }

  package func bytes(_ column: Int) throws -> [UInt8] {
    switch source {
    case .sqlite(let statement):
      guard sqlite3_column_type(statement, Int32(column)) == SQLITE_BLOB else {
        throw unexpected(column, "bytes")
      }
      let count = Int(sqlite3_column_bytes(statement, Int32(column)))
      guard count > 0, let start = sqlite3_column_blob(statement, Int32(column)) else { return [] }
      return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    case .postgres(let result, let row):
      return try PostgresText.bytes(in: result, row, Int32(column))
    }
  }

  private func unexpected(_ column: Int, _ wanted: String) -> DatabaseError {
    .unexpectedValue("column \(column) does not hold \(wanted)")
  }
}
