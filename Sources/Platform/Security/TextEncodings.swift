/// Hexadecimal digits in lower case.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Nil unless the text is an even number of hexadecimal digits.
  package static func decode(_ text: String) -> [UInt8]? {
    let values = text.utf8.map { byte -> UInt8 in
      switch byte {
      case 48...57: byte - 48
      case 97...102: byte - 87
      case 65...70: byte - 55
      default: 255
      }
    }
    guard values.count % 2 == 0, !values.contains(255) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}

/// RFC 4648 §5: base64 for addresses and cookies, without padding.
package enum Base64URL {
  private static let alphabet = PowerOfTwoAlphabet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", bits: 6)

  package static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

  /// Nil for any character outside the alphabet, padding included, and for left-over bits that are not zero.
  package static func decode(_ text: String) -> [UInt8]? { alphabet.decode(text) }
}

/// RFC 4648 §4: base64 with padding, as PEM documents and payment gateways carry bytes.
package enum Base64 {
  private static let alphabet = PowerOfTwoAlphabet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", bits: 6)

  package static func encode(_ bytes: [UInt8]) -> String {
    alphabet.encode(bytes) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
  }

  /// Nil for any character outside the alphabet, line ends included, for wrong padding, and for left-over bits that
  /// are not zero.
  package static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count % 4 == 0 else { return nil }
    let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    return padding > 2 ? nil : alphabet.decode(String(text.dropLast(padding)))
  }
}

/// RFC 4648 §6: base32 in upper case without padding, as authenticator programs expect their secret.
package enum Base32 {
  private static let alphabet = PowerOfTwoAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5)

  package static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

  /// Reads either case, ignores spaces and padding; nil for anything else outside the alphabet.
  package static func decode(_ text: String) -> [UInt8]? {
    alphabet.decode(text.uppercased().filter { $0 != " " && $0 != "=" })
  }
}

/// Encodes bytes in digits of five or six bits, most significant bit first.
private struct PowerOfTwoAlphabet: Sendable {
  private let digits: [UInt8]
  private let values: [UInt8]
  private let bits: Int

  init(_ digits: String, bits: Int) {
    self.digits = Array(digits.utf8)
    self.bits = bits
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    self.values = values
  }

  func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 8 + bits - 1) / bits)
    var buffer = 0
    var held = 0
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      held += 8
      while held >= bits {
        held -= bits
        text.append(digits[buffer >> held & (1 << bits - 1)])
      }
    }
    if held > 0 { text.append(digits[buffer << (bits - held) & (1 << bits - 1)]) }
    return String(decoding: text, as: UTF8.self)
  }

  func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * bits / 8)
    var buffer = 0
    var held = 0
    for character in text.utf8 {
      let value = values[Int(character)]
      guard value != 255 else { return nil }
      buffer = (buffer << bits | Int(value)) & 0xFFFF
      held += bits
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> held))
      }
    }
    // Two spellings of one secret would be two keys in a table, so unused bits must be zero and no digit idle.
    guard held < bits, buffer & (1 << held - 1) == 0 else { return nil }
    return bytes
  }
}
