import Crypto

/// The secret that a browser or program holds: 32 random bytes, written as base64url. The database holds its hash.
package struct SessionToken: Sendable, Equatable {
  /// 43 characters of base64url without padding.
  package let text: String
  /// SHA-256 of the 32 bytes.
  package let hash: [UInt8]

  /// A new token.
  package init() {
    self.init(secret: RandomBytes.make(32))
  }

  /// The token with this text; nil unless it is 32 bytes of base64url.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 43, let secret = Base64URL.decode(text.utf8), secret.count == 32
    else { return nil }
    self.init(secret: secret)
  }

  private init(secret: [UInt8]) {
    text = Base64URL.encode(secret)
    hash = Array(SHA256.hash(data: secret))
  }
}

/// Bytes from the system's random source.
package enum RandomBytes {
  package static func make(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

/// Base 64 with the URL-safe alphabet and no padding (RFC 4648 §5).
package enum Base64URL {
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> count & 63)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << (6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for anything that `encode` would not write: other characters, stray bits, wrong lengths.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for character in text {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    guard bits & (1 << count - 1) == 0 else { return nil }
    return bytes
  }

  private static let alphabet: [UInt8] = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()
}
