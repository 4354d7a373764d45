package import Kernel

/// What one column of one row can hold, the same on both databases.
package enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
}

/// A type that can stand in a query as a bound parameter and be read back from a column.
package protocol Storable: Sendable {
  var storedValue: Value { get }

  /// - Throws: `DatabaseError.unexpectedValue` when the column holds something else.
  init(from row: borrowing Row, at column: Int) throws
}

extension Int64: Storable {
  package var storedValue: Value { .integer(self) }
  package init(from row: borrowing Row, at column: Int) throws { self = try row.integer(column) }
}

extension Int: Storable {
  package var storedValue: Value { .integer(Int64(self)) }
  package init(from row: borrowing Row, at column: Int) throws { self = Int(try row.integer(column)) }
}

extension Bool: Storable {
  package var storedValue: Value { .integer(self ? 1 : 0) }
  package init(from row: borrowing Row, at column: Int) throws { self = try row.integer(column) != 0 }
}

extension Double: Storable {
  package var storedValue: Value { .real(self) }
  package init(from row: borrowing Row, at column: Int) throws { self = try row.real(column) }
}

extension String: Storable {
  package var storedValue: Value { .text(self) }
  package init(from row: borrowing Row, at column: Int) throws { self = try row.text(column) }
}

extension [UInt8]: Storable {
  package var storedValue: Value { .bytes(self) }
  package init(from row: borrowing Row, at column: Int) throws { self = try row.bytes(column) }
}

extension Optional: Storable where Wrapped: Storable {
  package var storedValue: Value { self?.storedValue ?? .null }
  package init(from row: borrowing Row, at column: Int) throws {
    self = row.isNull(column) ? nil : try Wrapped(from: row, at: column)
  }
}

extension Identifier: Storable {
  package var storedValue: Value { .integer(rawValue) }
  package init(from row: borrowing Row, at column: Int) throws {
    self.init(rawValue: try row.integer(column))
  }
}

extension Timestamp: Storable {
  package var storedValue: Value { .integer(microseconds) }
  package init(from row: borrowing Row, at column: Int) throws {
    self.init(microseconds: try row.integer(column))
  }
}

/// Chinese yuan in fen. A table that holds another currency keeps its code in a column of its own.
extension Money: Storable {
  package var storedValue: Value { .integer(minorUnits) }
  package init(from row: borrowing Row, at column: Int) throws {
    self.init(minorUnits: try row.integer(column))
  }
}

/// In basis points.
extension Rate: Storable {
  package var storedValue: Value { .integer(basisPoints) }
  package init(from row: borrowing Row, at column: Int) throws {
    guard let rate = Rate(basisPoints: try row.integer(column)) else {
      throw DatabaseError.unexpectedValue("column \(column) holds no rate")
    }
    self = rate
  }
}

/// Enumerations with a text for each case are stored as that text: `extension Phase: Storable {}` is enough.
extension Storable where Self: RawRepresentable, RawValue == String {
  package var storedValue: Value { .text(rawValue) }
  package init(from row: borrowing Row, at column: Int) throws {
    let text = try row.text(column)
    guard let value = Self(rawValue: text) else {
      throw DatabaseError.unexpectedValue("column \(column) holds no \(Self.self)")
    }
    self = value
  }
}

extension Role: Storable {}
extension Language: Storable {}
