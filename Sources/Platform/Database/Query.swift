/// One statement, written once for both databases: a string literal whose interpolations become bound parameters.
///
/// ```swift
/// let query: Query = "SELECT id, title FROM shop_campaign WHERE community_id = \(community) AND cut_off_at > \(now)"
/// ```
///
/// Only literals written in the source can become the text of a query, so that what people send never can.
package struct Query: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The text with `$1`, `$2` … in place of the parameters; both databases read that.
  package private(set) var text: String
  package private(set) var values: [Value]

  package init(stringLiteral literal: StaticString) {
    text = literal.description
    values = []
  }

  package init(stringInterpolation interpolation: StringInterpolation) {
    text = interpolation.text
    values = interpolation.values
  }

  /// For the text that Platform/Database itself composes from names checked elsewhere.
  init(text: String, values: [Value] = []) {
    self.text = text
    self.values = values
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    var text: String
    var values: [Value]

    package init(literalCapacity: Int, interpolationCount: Int) {
      text = ""
      text.reserveCapacity(literalCapacity + 3 * interpolationCount)
      values = []
      values.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
    }

    /// A bound parameter.
    package mutating func appendInterpolation(_ value: some Storable) {
      append(value.storedValue)
    }

    /// A bound parameter that may be NULL.
    package mutating func appendInterpolation(_ value: (some Storable)?) {
      append(value.storedValue)
    }

    /// `(…)` of bound parameters, for `IN`. The list is padded with its last element to a power of two, so that
    /// lists of similar length share one prepared statement. An empty list matches nothing.
    package mutating func appendInterpolation(list elements: some Collection<some Storable>) {
      var padded = elements.map(\.storedValue)
      guard let last = padded.last else {
        text += "(NULL)"
        return
      }
      var size = 1
      while size < padded.count { size *= 2 }
      padded += repeatElement(last, count: size - padded.count)
      text += "("
      for (index, value) in padded.enumerated() {
        if index > 0 { text += "," }
        append(value)
      }
      text += ")"
    }

    /// Another query as a part of this one; its parameters are numbered anew.
    package mutating func appendInterpolation(_ part: Query) {
      // Over bytes: this runs with every query that is put together, and characters cost a hundred times as much.
      let bytes = part.text.utf8
      var start = bytes.startIndex
      var position = start
      while position < bytes.endIndex {
        guard bytes[position] == UInt8(ascii: "$") else {
          bytes.formIndex(after: &position)
          continue
        }
        var end = bytes.index(after: position)
        var number = 0
        while end < bytes.endIndex, (48...57).contains(bytes[end]), number < 100_000 {
          number = number * 10 + Int(bytes[end] - 48)
          bytes.formIndex(after: &end)
        }
        if part.values.indices.contains(number - 1) {
          text += part.text[start..<position]
          append(part.values[number - 1])
          start = end
        }
        position = end
      }
      text += part.text[start...]
    }

    private mutating func append(_ value: Value) {
      values.append(value)
      text += "$"
      text += String(values.count)
    }
  }

  /// Several conditions joined by a literal such as `" AND "`.
  package static func joined(_ parts: [Query], by separator: StaticString) -> Query {
    var interpolation = StringInterpolation(literalCapacity: 256, interpolationCount: parts.count)
    for (index, part) in parts.enumerated() {
      if index > 0 { interpolation.appendLiteral(separator) }
      interpolation.appendInterpolation(part)
    }
    return Query(stringInterpolation: interpolation)
  }
}

/// Rows of one table: to be written in one go, the fast way to store many; or keys that are looked for together.
package struct Rows: Sendable {
  let table: String
  let columns: [String]
  /// Row after row, `columns.count` values each.
  private(set) var values: [Value] = []

  package init(into table: StaticString, _ columns: StaticString...) {
    self.table = table.description
    self.columns = columns.map(\.description)
  }

  package var count: Int { columns.isEmpty ? 0 : values.count / columns.count }
  package var isEmpty: Bool { values.isEmpty }

  /// Adds one row; the number of values must be that of the columns.
  package mutating func append(_ row: any Storable...) {
    precondition(row.count == columns.count, "a row of \(table) has \(columns.count) columns")
    for value in row { values.append(value.storedValue) }
  }

  /// Adds one row of values already in their stored form: the same without boxing, for hot paths.
  package mutating func append(values row: [Value]) {
    precondition(row.count == columns.count, "a row of \(table) has \(columns.count) columns")
    values.append(contentsOf: row)
  }

  package mutating func reserve(_ rows: Int) { values.reserveCapacity(rows * columns.count) }
}
