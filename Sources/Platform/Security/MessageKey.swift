import Crypto

/// A key for HMAC-SHA256: proves that we made a message, without keeping the message.
package struct MessageKey: Sendable {
  private let key: SymmetricKey

  /// - Parameter bytes: 32 random or derived bytes.
  package init(bytes: [UInt8]) {
    key = SymmetricKey(data: bytes)
  }

  init(_ key: SymmetricKey) {
    self.key = key
  }

  /// 32 bytes over the fields, each preceded by its length so that fields cannot run into one another.
  package func code(for fields: [[UInt8]]) -> [UInt8] {
    var hash = HMAC<SHA256>(key: key)
    for field in fields {
      hash.update(data: BigEndian.bytes(UInt64(field.count)))
      hash.update(data: field)
    }
    return Array(hash.finalize())
  }

  /// Whether `code` is the code of these fields, in constant time.
  package func isValid(_ code: [UInt8], for fields: [[UInt8]]) -> Bool {
    ConstantTime.equal(self.code(for: fields), code)
  }
}
