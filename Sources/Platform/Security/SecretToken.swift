/// A random secret that is handed out once and kept only as its digest: session cookies, invitations, QR codes.
package struct SecretToken: Sendable, Hashable {
  /// How hard a token is to guess. ASVS 5.0 11.5.1 asks for 128 bits; sessions use 256 (field rule §3.2).
  package enum Strength: Int, Sendable {
    case bits128 = 16
    case bits256 = 32
  }

  package let bytes: [UInt8]

  package static func make(_ strength: Strength) -> SecretToken {
    SecretToken(bytes: RandomBytes.make(strength.rawValue))
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads what `text` writes; nil for anything that is no token of this strength.
  package init?(_ text: String, _ strength: Strength) {
    guard let bytes = Base64URL.decode(text), bytes.count == strength.rawValue else { return nil }
    self.bytes = bytes
  }

  /// Base64url without padding: 22 characters for 128 bits, 43 for 256.
  package var text: String { Base64URL.encode(bytes) }

  /// What the database holds in place of the token. A plain SHA-256 is enough for a secret this long.
  package var digest: Digest { Digest(of: bytes) }
}
