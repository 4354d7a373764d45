import Security

/// The secret that a browser or program holds: 32 random bytes, written as base64url. The database holds its hash.
package struct SessionToken: Sendable, Equatable {
  /// SHA-256 of the 32 bytes.
  package let hash: [UInt8]
  private let secret: SecretToken

  /// 43 characters of base64url without padding.
  package var text: String { secret.text }

  /// A new token.
  package init() {
    self.init(.make(.bits256))
  }

  /// The token with this text; nil unless it is 32 bytes of base64url.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 43, let secret = SecretToken(String(text), .bits256) else { return nil }
    self.init(secret)
  }

  private init(_ secret: SecretToken) {
    self.secret = secret
    hash = secret.digest.bytes
  }
}
