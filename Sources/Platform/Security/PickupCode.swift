package import Kernel

/// The proof that a bag goes to the right household: six digits to say, or a QR code to show.
///
/// A code is bound to one order: the clerk opens the order first and tries the code against it alone, so one guess
/// succeeds with 1 in a million. It is derived from a key and the order's generation and stored nowhere, so a copy of the
/// database opens no bag, and a new generation makes the old code worthless (field rule §3.13). Counting tries is
/// the caller's task.
package struct PickupCode: Sendable {
  private let key: MessageKey

  /// - Parameter key: from `DerivedKeys.messageKey(.pickupCode)`.
  package init(key: MessageKey) {
    self.key = key
  }

  /// Six digits, 000000…999999: the first 64 bits of the HMAC modulo a million.
  ///
  /// - Parameter fetcher: names who else may fetch the order, so that each has digits of their own; nil for the order's
  ///   own household.
  package func digits<Order>(
    for order: Identifier<Order>, generation: Int64, fetcher: Int64? = nil
  ) -> String {
    let code = key.code(for: [Array("digits".utf8)] + Self.fields(order, generation, fetcher))
    let text = String(BigEndian.number(code.prefix(8), as: UInt64.self) % 1_000_000)
    return String(repeating: "0", count: 6 - text.utf8.count) + text
  }

  /// What the QR code holds beside the order: 128 bits as 22 characters of base64url.
  package func token<Order>(
    for order: Identifier<Order>, generation: Int64, fetcher: Int64? = nil
  ) -> String {
    Base64URL.encode(Array(tokenBytes(order, generation, fetcher)))
  }

  /// Whether what was typed is this order's code, in constant time. Full-width digits and spaces are understood.
  package func matches<Order>(
    digits typed: String, for order: Identifier<Order>, generation: Int64, fetcher: Int64? = nil
  ) -> Bool {
    ConstantTime.equal(
      TypedDigits.narrow(typed),
      Array(digits(for: order, generation: generation, fetcher: fetcher).utf8))
  }

  /// Whether the token scanned is this order's, in constant time.
  package func matches<Order>(
    token: String, for order: Identifier<Order>, generation: Int64, fetcher: Int64? = nil
  ) -> Bool {
    guard let bytes = Base64URL.decode(token) else { return false }
    return ConstantTime.equal(bytes, tokenBytes(order, generation, fetcher))
  }

  /// What is kept of a code by which a neighbour lets themselves be found, so that a copy of the database names nobody.
  package func finding(_ digits: String, in community: CommunityID) -> [UInt8] {
    Array(
      key.code(for: [
        Array("finding".utf8), BigEndian.bytes(community.rawValue), TypedDigits.narrow(digits),
      ]).prefix(16))
  }

  private func tokenBytes<Order>(
    _ order: Identifier<Order>, _ generation: Int64, _ fetcher: Int64?
  ) -> ArraySlice<UInt8> {
    key.code(for: [Array("token".utf8)] + Self.fields(order, generation, fetcher)).prefix(16)
  }

  private static func fields<Order>(
    _ order: Identifier<Order>, _ generation: Int64, _ fetcher: Int64?
  ) -> [[UInt8]] {
    [BigEndian.bytes(order.rawValue), BigEndian.bytes(generation)]
      + (fetcher.map { [BigEndian.bytes($0)] } ?? [])
  }
}
