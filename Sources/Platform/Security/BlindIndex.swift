import Crypto

/// Finds an encrypted value by equality: HMAC-SHA256 of its normalised form, first 16 bytes, under a key that is
/// this column's own.
///
/// It tells who has equal values, so it is not for values with few possibilities (a diagnosis, yes or no). Whoever
/// holds the key can try all phone numbers, so the key lives where the key-encryption key lives (field rule §3.5).
package struct BlindIndex: Sendable {
  private let key: SymmetricKey

  /// - Parameter key: 32 bytes; see `DerivedKeys.blindIndex(table:column:)`.
  package init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  init(_ key: SymmetricKey) {
    self.key = key
  }

  /// 16 bytes to store and to search for.
  /// - Parameter normalised: the value in its one agreed spelling, such as `PhoneNumber.e164`.
  package func value(of normalised: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(normalised.utf8), using: key).prefix(16))
  }
}
