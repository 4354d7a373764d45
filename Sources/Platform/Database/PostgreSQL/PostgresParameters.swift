import CPostgres

/// Bound parameters in the wire protocol's binary format, all in one piece of memory.
///
/// Each value tells its own type, as on SQLite: an integer is `bigint`, whatever the context. Only a null
/// leaves its type to the context.
struct PostgresParameters {
  /// The type of each parameter, 0 for a null.
  private(set) var types: [Oid] = []
  private var bytes: [UInt8] = []
  /// Where each value begins in `bytes`; nil for a null.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []

  init(_ values: [Value]) throws {
    types.reserveCapacity(values.count)
    starts.reserveCapacity(values.count)
    lengths.reserveCapacity(values.count)
    bytes.reserveCapacity(16 * values.count)
    for value in values {
      types.append(value.postgresType ?? 0)
      let start = bytes.count
      let isPresent = try value.appendBinary(to: &bytes)
      starts.append(isPresent ? start : nil)
      lengths.append(Int32(bytes.count - start))
    }
  }

  /// Whole columns as arrays, for `unnest`.
  init(columns: [(type: Oid, values: [Value])]) throws {
    for (type, values) in columns {
      types.append(Value.postgresArrayType(of: type))
      let start = bytes.count
      try Self.appendArray(values, of: type, to: &bytes)
      starts.append(start)
      lengths.append(Int32(bytes.count - start))
    }
  }

  var count: Int32 { Int32(types.count) }

  /// Lends the arrays that libpq takes: values, lengths, formats.
  func withPointers<T>(
    _ body: (
      UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> T
  ) -> T {
    let formats = [Int32](repeating: 1, count: types.count)
    // libpq takes a null pointer for NULL, so that even an empty value needs an address: hence the byte more.
    return (bytes + [0]).withUnsafeBytes { memory in
      let characters = memory.bindMemory(to: CChar.self)
      let pointers = starts.map { start in
        start.flatMap { position in characters.baseAddress.map { $0 + position } }
      }
      return pointers.withUnsafeBufferPointer { pointers in
        lengths.withUnsafeBufferPointer { lengths in
          formats.withUnsafeBufferPointer { formats in
            body(pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
          }
        }
      }
    }
  }

  /// One dimension counted from 1. Reference: `array_recv` of PostgreSQL 15.
  private static func appendArray(_ values: [Value], of type: Oid, to bytes: inout [UInt8]) throws {
    for number in [
      1, values.contains { $0.postgresType == nil } ? 1 : 0, Int32(bitPattern: type), Int32(values.count), 1,
    ] {
      bytes.appendBigEndian(number)
    }
    for value in values {
      guard value.postgresType == nil || value.postgresType == type else {
        throw DatabaseError.engine(code: "42804", message: "a column to insert holds values of two types")
      }
      let start = bytes.count
      bytes.appendBigEndian(Int32(-1))
      guard try value.appendBinary(to: &bytes) else { continue }
      let length = UInt32(bytes.count - start - 4)
      for place in 0..<4 {
        bytes[start + place] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(place)))
      }
    }
  }
}

extension Value {
  /// `bigint`, `double precision`, `text` or `bytea`; nil for a null. Not a number is a null, as on SQLite.
  var postgresType: Oid? {
    switch self {
    case .null: nil
    case .integer: PostgresText.TypeID.integer
    case .real(let real): real.isNaN ? nil : PostgresText.TypeID.real
    case .text: PostgresText.TypeID.text
    case .bytes: PostgresText.TypeID.bytes
    }
  }

  static func postgresArrayType(of type: Oid) -> Oid {
    switch type {
    case PostgresText.TypeID.integer: PostgresText.TypeID.integerArray
    case PostgresText.TypeID.real: PostgresText.TypeID.realArray
    case PostgresText.TypeID.bytes: PostgresText.TypeID.bytesArray
    default: PostgresText.TypeID.textArray
    }
  }

  /// Appends the value as the type's receive function reads it. Answers false, and appends nothing, for a
  /// null.
  fileprivate func appendBinary(to bytes: inout [UInt8]) throws -> Bool {
    switch self {
    case .null: return false
    case .integer(let integer): bytes.appendBigEndian(integer)
    case .real(let real):
      if real.isNaN { return false }
      bytes.appendBigEndian(real.bitPattern)
    case .text(let text):
      let start = bytes.count
      bytes.append(contentsOf: text.utf8)
      // PostgreSQL holds no U+0000; told before the server sees it, the transaction goes on.
      if bytes[start...].contains(0) { throw DatabaseError.constraint("text holds U+0000") }
    case .bytes(let value): bytes.append(contentsOf: value)
    }
    return true
  }
}

extension [UInt8] {
  fileprivate mutating func appendBigEndian(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
