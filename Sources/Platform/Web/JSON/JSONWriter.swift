package import Kernel

/// A value that can stand in a JSON document.
package protocol JSONWritable {
  func write(to json: inout JSONWriter)
}

/// Writes JSON straight to bytes, without `Codable` and without intermediate strings.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.field("id", order.id)
///   json.array("lines", order.lines) { json, line in json.object { $0.field("name", line.name) } }
/// }
/// ```
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init(capacity: Int = 256) {
    bytes.reserveCapacity(capacity)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object as a value of its own: the document, or an element of an array.
  package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    try braces(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// An array as a value of its own.
  package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    try braces(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  package mutating func array<Element>(
    _ elements: some Sequence<Element>, _ each: (inout JSONWriter, Element) throws -> Void
  ) rethrows {
    try array { json in
      for element in elements { try each(&json, element) }
    }
  }

  /// A value of its own: an element of an array.
  package mutating func value(_ value: some JSONWritable) {
    separate()
    value.write(to: &self)
    needsComma = true
  }

  /// A member of the object that is being written. Names are written as they stand: letters and underscores.
  package mutating func field(_ name: StaticString, _ value: some JSONWritable) {
    self.name(name)
    value.write(to: &self)
    needsComma = true
  }

  package mutating func object(
    _ name: StaticString, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    self.name(name)
    try braces(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// The same under a name that is only known now.
  mutating func object(named name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    try member(named: name) { try $0.object(body) }
  }

  /// A member under a name that is only known now; `body` writes its value.
  mutating func member(named name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    try body(&self)
    needsComma = true
  }

  package mutating func array<Element>(
    _ name: StaticString, _ elements: some Sequence<Element>,
    _ each: (inout JSONWriter, Element) throws -> Void
  ) rethrows {
    self.name(name)
    try braces(UInt8(ascii: "["), UInt8(ascii: "]")) { json in
      for element in elements { try each(&json, element) }
    }
  }

  package mutating func array(
    _ name: StaticString, _ values: some Sequence<some JSONWritable>
  ) {
    array(name, values) { json, value in json.value(value) }
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func name(_ name: StaticString) {
    bytes.append(needsComma ? ",\"" : "\"")
    needsComma = false
    bytes.append(name)
    bytes.append("\":")
  }

  private mutating func braces(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    bytes.append(open)
    needsComma = false
    try body(&self)
    bytes.append(close)
    needsComma = true
  }

  /// Bytes that are a JSON value already.
  mutating func raw(_ literal: StaticString) { bytes.append(literal) }

  mutating func integer(_ number: some BinaryInteger) { bytes.appendDecimal(number) }

  /// A string with quotes. Control characters are escaped, and `<` too, so that JSON may stand inside HTML.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      // What needs no escape, which is nearly everything, is copied in one go.
      var start = 0
      for position in text.indices where Self.isEscaped(text[position]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
        escape(text[position])
        start = position + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<")
      || byte == 127
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append("\\\"")
    case UInt8(ascii: "\\"): bytes.append("\\\\")
    case UInt8(ascii: "\n"): bytes.append("\\n")
    case UInt8(ascii: "<"): bytes.append("\\u003c")
    default:
      bytes.append("\\u00")
      bytes.append(Self.hexadecimal[Int(byte >> 4)])
      bytes.append(Self.hexadecimal[Int(byte & 15)])
    }
  }

  private static let hexadecimal: [UInt8] = Array("0123456789abcdef".utf8)
}

extension String: JSONWritable {
  package func write(to json: inout JSONWriter) { json.string(self) }
}

extension Substring: JSONWritable {
  package func write(to json: inout JSONWriter) { json.string(String(self)) }
}

extension Bool: JSONWritable {
  package func write(to json: inout JSONWriter) { json.raw(self ? "true" : "false") }
}

extension Int: JSONWritable {
  package func write(to json: inout JSONWriter) { json.integer(self) }
}

extension Int64: JSONWritable {
  package func write(to json: inout JSONWriter) { json.integer(self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  package func write(to json: inout JSONWriter) {
    switch self {
    case .some(let value): value.write(to: &json)
    case .none: json.raw("null")
    }
  }
}

extension Identifier: JSONWritable {
  package func write(to json: inout JSONWriter) { json.string(description) }
}

extension Timestamp: JSONWritable {
  /// RFC 3339 in UTC.
  package func write(to json: inout JSONWriter) { json.string(description) }
}

extension Money: JSONWritable {
  /// `{"amount":1250,"currency":"CNY"}`: integer minor units.
  package func write(to json: inout JSONWriter) {
    json.raw("{\"amount\":")
    json.integer(minorUnits)
    json.raw(",\"currency\":")
    json.string(currency.code)
    json.raw("}")
  }
}

extension Phrase: JSONWritable {
  /// `{"zh":"…","en":"…"}`
  package func write(to json: inout JSONWriter) {
    json.raw("{\"zh\":")
    json.string(chinese)
    json.raw(",\"en\":")
    json.string(english)
    json.raw("}")
  }
}
