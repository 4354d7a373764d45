import Kernel
package import Security

/// The codes by which households prove that an order is theirs; derived, stored nowhere.
package struct PickupCodes: Sendable {
  private let codes: PickupCode

  package init(keys: DerivedKeys) {
    codes = PickupCode(key: keys.messageKey(.pickupCode))
  }

  /// The six digits to say at the table; nil while nothing is there to be collected, and once everything was.
  package func code(for order: Order) -> String? {
    guard isFetched(order) else { return nil }
    return codes.digits(for: order.id, generation: order.pickupGeneration)
  }

  /// Whether there is something of the order to fetch: never of a visit, whose code is for the worker alone.
  private func isFetched(_ order: Order) -> Bool { order.booking == nil && order.isReadyForPickup }

  /// The six digits to say to a worker at the door.
  func visitCode(for order: Order) -> String {
    codes.digits(for: order.id, generation: order.pickupGeneration)
  }

  /// The path that the QR code leads to, `/pickup/…`; nil as for `code(for:)`.
  package func qrPath(for order: Order) -> String? {
    guard isFetched(order) else { return nil }
    return "/pickup/\(order.id)\(codes.token(for: order.id, generation: order.pickupGeneration))"
  }

  /// The six digits that a named neighbour says for this order: others than the household's, under the same rules.
  package func code(for order: Order, fetchedUnder proxy: PickupProxyID) -> String? {
    guard isFetched(order) else { return nil }
    return codes.digits(for: order.id, generation: order.pickupGeneration, fetcher: proxy.rawValue)
  }

  /// The path that the named neighbour's QR code leads to; nil as for `code(for:)`.
  package func qrPath(for order: Order, fetchedUnder proxy: PickupProxyID) -> String? {
    guard isFetched(order) else { return nil }
    let token = codes.token(
      for: order.id, generation: order.pickupGeneration, fetcher: proxy.rawValue)
    return "/pickup/\(order.id)\(token)"
  }

  /// - Parameter proxy: whose digits are meant; nil for the household's.
  func isCode(_ typed: String, of order: Order, under proxy: PickupProxyID? = nil) -> Bool {
    codes.matches(
      digits: typed, for: order.id, generation: order.pickupGeneration, fetcher: proxy?.rawValue)
  }

  /// - Parameter proxy: whose QR code is meant; nil for the household's.
  func isToken(_ token: String, of order: Order, under proxy: PickupProxyID? = nil) -> Bool {
    codes.matches(token: token, for: order.id, generation: order.pickupGeneration, fetcher: proxy?.rawValue)
  }

  /// What is kept of a code by which a neighbour lets themselves be found.
  func finding(_ digits: String, in community: CommunityID) -> [UInt8] {
    codes.finding(digits, in: community)
  }
}

/// What a scanned QR code says: an order, and the token that proves it.
struct ScannedCode: Sendable, Equatable {
  let order: OrderID
  let token: String

  /// Reads the last part of the path that `PickupCodes.qrPath` made; nil for anything else.
  init?(_ text: String) {
    guard text.utf8.count == 35, let order = OrderID(String(text.prefix(13))) else { return nil }
    self.order = order
    token = String(text.dropFirst(13))
  }
}

/// Order numbers as people read them on lists and say them at the table: `037`.
package enum OrderNumber {
  package static func text(_ number: Int64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}

extension OrderLine {
  /// Pieces that can be handed over: they have arrived, were weighed where that is needed, and are still there.
  package var ready: Int64 { awaitsWeighing ? 0 : max(0, (allocated ?? 0) - collected) }

  /// Whether its goods are here and must be weighed before they are handed over.
  package var awaitsWeighing: Bool { isEstimate && (allocated ?? 0) > 0 }

  /// Whether so many may be handed over at once. Weighed goods go out whole, because they were weighed together.
  func mayHandOver(_ pieces: Int64) -> Bool {
    weighed == nil ? (0...ready).contains(pieces) : pieces == 0 || pieces == ready
  }
}

extension Order {
  /// Whether something lies on the table for this order.
  package var isReadyForPickup: Bool { fulfilment.isOpen && lines.contains { $0.ready > 0 } }

  /// Whether goods of this order are here that must be weighed first.
  package var awaitsWeighing: Bool { fulfilment.isOpen && lines.contains(where: \.awaitsWeighing) }
}
