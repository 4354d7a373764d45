import Crypto

/// A SHA-256 digest: names content without holding it (audit details, stored answers, tokens).
package struct Digest: Sendable, Hashable, CustomStringConvertible {
  /// 32 bytes.
  package let bytes: [UInt8]

  package init(of content: [UInt8]) {
    bytes = SHA256.hash(data: content).withUnsafeBytes { Array($0) }
  }

  package init(of text: String) {
    self.init(of: Array(text.utf8))
  }

  /// The digest of several fields, each preceded by its length, so that no two lists of fields run into one
  /// another. `domain` separates uses: the same fields give another digest under another number.
  package init(domain: UInt8, fields: [[UInt8]]) {
    var content: [UInt8] = [domain]
    for field in fields {
      content += BigEndian.bytes(UInt64(field.count))
      content += field
    }
    self.init(of: content)
  }

  /// A stored digest; nil unless it has 32 bytes.
  package init?(stored bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in lower case.
  package var description: String { Hexadecimal.encode(bytes) }
}

enum BigEndian {
  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  static func number<Number: FixedWidthInteger>(_ bytes: some Sequence<UInt8>, as: Number.Type) -> Number {
    bytes.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }
}
