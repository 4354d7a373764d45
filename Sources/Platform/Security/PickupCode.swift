package import Kernel

/// The proof that a bag goes to the right household: six digits to say, or a QR code to show.
///
/// A code is bound to one order: the clerk opens the order first and tries the code against it alone, so one guess
/// succeeds with 1 in a million. Only its HMAC is stored, so a copy of the database opens no bag (field rule §3.13).
/// Counting tries (5 an order, 30 an hour at a pickup point) is the caller's task.
package struct PickupCode: Sendable {
  private let key: MessageKey

  /// - Parameter key: from `DerivedKeys.messageKey(.pickupCode)`.
  package init(key: MessageKey) {
    self.key = key
  }

  /// Six digits, 000000…999999, all equally likely.
  package static func makeDigits() -> String {
    let text = String(Int.random(in: 0..<1_000_000))
    return String(repeating: "0", count: 6 - text.count) + text
  }

  /// What the QR code holds beside the order: 128 bits.
  package static func makeToken() -> SecretToken { SecretToken.make(.bits128) }

  /// The form of a six-digit code to store, 32 bytes.
  package func stored<Order>(digits: String, for order: Identifier<Order>) -> [UInt8] {
    key.code(for: [Array("digits".utf8), BigEndian.bytes(order.rawValue), TypedDigits.narrow(digits)])
  }

  /// The form of a QR token to store, 32 bytes.
  package func stored<Order>(token: SecretToken, for order: Identifier<Order>) -> [UInt8] {
    key.code(for: [Array("token".utf8), BigEndian.bytes(order.rawValue), token.bytes])
  }

  /// Whether what was typed is this order's code, in constant time. Full-width digits and spaces are understood.
  package func matches<Order>(digits typed: String, for order: Identifier<Order>, stored: [UInt8]) -> Bool {
    let isComplete = TypedDigits.narrow(typed).count == 6
    return ConstantTime.equal(self.stored(digits: typed, for: order), stored) && isComplete
  }

  /// Whether the token scanned is this order's, in constant time.
  package func matches<Order>(token: SecretToken, for order: Identifier<Order>, stored: [UInt8]) -> Bool {
    ConstantTime.equal(self.stored(token: token, for: order), stored)
  }
}
