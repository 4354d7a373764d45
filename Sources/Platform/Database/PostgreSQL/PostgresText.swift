import CPostgres

/// Reads one field of a result in PostgreSQL's text format. Strict about the column's type, as SQLite's
/// rows are.
enum PostgresText {
  /// Object identifiers of the built-in types (PostgreSQL's `pg_type.dat`; fixed for ever).
  enum TypeID {
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let name: Oid = 19
    static let integer: Oid = 20
    static let integer16: Oid = 21
    static let integer32: Oid = 23
    static let text: Oid = 25
    static let real32: Oid = 700
    static let real: Oid = 701
    static let bytesArray: Oid = 1001
    static let textArray: Oid = 1009
    static let integerArray: Oid = 1016
    static let realArray: Oid = 1022
    static let paddedText: Oid = 1042
    static let limitedText: Oid = 1043
    static let numeric: Oid = 1700
  }

  /// Integers of any width, conditions (1 or 0) and sums, which PostgreSQL gives as `numeric`.
  static func integer(in result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> Int64 {
    let type = PQftype(result, column)
    let characters = try field(in: result, row, column, "integer")
    switch type {
    case TypeID.integer, TypeID.integer32, TypeID.integer16, TypeID.numeric:
      guard let value = decimal(characters) else { throw unexpected(column, "integer") }
      return value
    case TypeID.boolean: return characters.first == UInt8(ascii: "t") ? 1 : 0
    default: throw unexpected(column, "integer")
    }
  }

  static func real(in result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> Double {
    switch PQftype(result, column) {
    case TypeID.real, TypeID.real32, TypeID.numeric, TypeID.integer, TypeID.integer32, TypeID.integer16:
      let characters = try field(in: result, row, column, "number")
      guard let value = Double(String(decoding: characters, as: UTF8.self)) else {
        throw unexpected(column, "number")
      }
      return value
    default: throw unexpected(column, "number")
    }
  }

  static func text(in result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> String {
    switch PQftype(result, column) {
    case TypeID.text, TypeID.limitedText, TypeID.paddedText, TypeID.name:
      String(decoding: try field(in: result, row, column, "text"), as: UTF8.self)
    default: throw unexpected(column, "text")
    }
  }

  /// `\x` and two digits a byte (`bytea_output = hex`).
  static func bytes(in result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> [UInt8] {
    guard PQftype(result, column) == TypeID.bytes else { throw unexpected(column, "bytes") }
    let characters = try field(in: result, row, column, "bytes")
    guard characters.count >= 2, characters.count % 2 == 0, characters[1] == UInt8(ascii: "x") else {
      throw unexpected(column, "bytes")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 2 - 1)
    for position in stride(from: 2, to: characters.count, by: 2) {
      guard let high = digit(characters[position]), let low = digit(characters[position + 1]) else {
        throw unexpected(column, "bytes")
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// The field's characters, which live as long as the result.
  private static func field(
    in result: OpaquePointer, _ row: Int32, _ column: Int32, _ wanted: String
  ) throws -> UnsafeBufferPointer<UInt8> {
    guard column >= 0, column < PQnfields(result), PQgetisnull(result, row, column) == 0,
      let start = PQgetvalue(result, row, column)
    else { throw unexpected(column, wanted) }
    let count = Int(PQgetlength(result, row, column))
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
  }

  private static func decimal(_ characters: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = characters.first == UInt8(ascii: "-")
    guard characters.count > (isNegative ? 1 : 0) else { return nil }
    var value: Int64 = 0
    for character in characters.dropFirst(isNegative ? 1 : 0) {
      guard (48...57).contains(character) else { return nil }
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      // Counting downwards reaches the smallest number, which has no positive counterpart.
      let (sum, overflowedAgain) = tens.subtractingReportingOverflow(Int64(character - 48))
      if overflowed || overflowedAgain { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 48...57: character - 48
    case 97...102: character - 87
    default: nil
    }
  }

  private static func unexpected(_ column: Int32, _ wanted: String) -> DatabaseError {
    .unexpectedValue("column \(column) does not hold \(wanted)")
  }
}
