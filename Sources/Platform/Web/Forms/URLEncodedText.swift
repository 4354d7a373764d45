/// Text as HTML forms and queries carry it (WHATWG URL, `application/x-www-form-urlencoded`).
package enum URLEncodedText {
  package struct Pair: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The pairs in the order in which they were sent; nil when there are more than `maximum`, or an escape or the UTF-8
  /// behind it is not valid.
  package static func pairs(_ bytes: some Collection<UInt8>, maximum: Int) -> [Pair]? {
    var pairs: [Pair] = []
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      guard pairs.count < maximum else { return nil }
      let equals = part.firstIndex(of: UInt8(ascii: "="))
      let value = equals.map { part[part.index(after: $0)...] } ?? part[part.endIndex...]
      guard let name = decode(part[..<(equals ?? part.endIndex)]), let value = decode(value) else {
        return nil
      }
      pairs.append(Pair(name: name, value: value))
    }
    return pairs
  }

  /// Nil when an escape, or the UTF-8 behind it, is not valid.
  static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = true) -> String? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
        decoded.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: decoded.append(32)
      default: decoded.append(byte)
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// Escapes everything but letters, digits, `-`, `.`, `_` and `~`, for one value in a query.
  package static func encode(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded.append(UInt8(ascii: "%"))
        encoded.append(hexadecimal[Int(byte >> 4)])
        encoded.append(hexadecimal[Int(byte & 15)])
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static let hexadecimal: [UInt8] = Array("0123456789ABCDEF".utf8)

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}
