package import Kernel

/// HTML as bytes, written as a string literal whose interpolations are escaped unless they are `HTML` already.
///
/// ```swift
/// let row: HTML = "<td class=\"price\">\(price.display)</td>"
/// ```
///
/// Escaping works on bytes, not on characters: a quote followed by U+0301 is one `Character` that equals no
/// quote, and still ends an attribute in every browser.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  package typealias StringLiteralType = StaticString

  package private(set) var bytes: [UInt8]

  package init(stringLiteral literal: StaticString) {
    bytes = literal.withUTF8Buffer { Array($0) }
  }

  package init(stringInterpolation interpolation: StringInterpolation) {
    bytes = interpolation.bytes
  }

  /// Text, escaped.
  package init(text: some StringProtocol) {
    bytes = []
    bytes.reserveCapacity(text.utf8.count)
    bytes.appendEscaped(text)
  }

  /// Bytes that are HTML already, such as a chart drawn elsewhere. Never pass what a person typed.
  package init(trusted bytes: [UInt8]) {
    self.bytes = bytes
  }

  package static let empty = HTML(trusted: [])

  package var isEmpty: Bool { bytes.isEmpty }

  /// The bytes as text, for tests and logs of lengths.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout HTML, right: HTML) {
    left.bytes.append(contentsOf: right.bytes)
  }

  /// The parts one after another, with `separator` between each two.
  package static func joined(_ parts: some Collection<HTML>, separator: HTML = .empty) -> HTML {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count + separator.bytes.count })
    var isFirst = true
    for part in parts {
      if !isFirst { bytes.append(contentsOf: separator.bytes) }
      isFirst = false
      bytes.append(contentsOf: part.bytes)
    }
    return HTML(trusted: bytes)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString

    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text, with `& < > " '` escaped.
    package mutating func appendInterpolation(_ text: some StringProtocol) {
      bytes.appendEscaped(text)
    }

    package mutating func appendInterpolation(_ text: (some StringProtocol)?) {
      if let text { bytes.appendEscaped(text) }
    }

    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      bytes.appendDecimal(number)
    }

    /// An identifier has no character that HTML gives a meaning.
    package mutating func appendInterpolation<Kind>(_ identifier: Identifier<Kind>) {
      bytes.append(contentsOf: identifier.description.utf8)
    }

    package mutating func appendInterpolation(_ html: HTML) {
      bytes.append(contentsOf: html.bytes)
    }

    package mutating func appendInterpolation(_ html: HTML?) {
      if let html { bytes.append(contentsOf: html.bytes) }
    }

    package mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { bytes.append(contentsOf: part.bytes) }
    }

    /// ` name` where `flag` holds, nothing otherwise: `<input\(attribute: "checked", if: isOn)>`.
    package mutating func appendInterpolation(attribute name: StaticString, if flag: Bool) {
      guard flag else { return }
      bytes.append(UInt8(ascii: " "))
      appendLiteral(name)
    }

    /// ` name="value"`, escaped, where there is a value: `<a\(attribute: "title", hint)>`.
    package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
      guard let value else { return }
      bytes.append(UInt8(ascii: " "))
      appendLiteral(name)
      bytes.append(UInt8(ascii: "="))
      bytes.append(UInt8(ascii: "\""))
      bytes.appendEscaped(value)
      bytes.append(UInt8(ascii: "\""))
    }
  }
}

extension [UInt8] {
  /// Appends `text` with the five characters that HTML gives a meaning replaced by references.
  mutating func appendEscaped(_ text: some StringProtocol) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped(bytes: $0) }
    if done == nil {
      var native = String(text)
      native.withUTF8 { appendEscaped(bytes: $0) }
    }
  }

  private mutating func appendEscaped(bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for position in bytes.indices {
      let replacement: StaticString
      switch bytes[position] {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      case UInt8(ascii: "'"): replacement = "&#39;"
      default: continue
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
      replacement.withUTF8Buffer { append(contentsOf: $0) }
      start = position + 1
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  /// Appends the decimal digits of `number` without making a `String`.
  mutating func appendDecimal(_ number: some BinaryInteger) {
    guard var rest = UInt64(exactly: number.magnitude) else {
      append(contentsOf: String(number).utf8)
      return
    }
    if number < 0 { append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = 20
      repeat {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      append(contentsOf: digits[first..<20])
    }
  }

  mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { append(contentsOf: $0) }
  }
}
