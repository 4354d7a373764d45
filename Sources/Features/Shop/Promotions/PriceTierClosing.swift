import Kernel

/// What a campaign's close makes of the price tiers of its items: pure functions of what was read under the community's
/// lock, so that anyone can replay them.
enum PriceTierClosing {
  /// - Parameters:
  ///   - tiers: of each item that has some.
  ///   - held: pieces that orders hold; none where an item is not named.
  static func results(
    of tiers: [CampaignItemID: PriceTiers], held: [CampaignItemID: Int64]
  ) -> [CampaignItemID: PriceTierResult] {
    Dictionary(
      uniqueKeysWithValues: tiers.map { item, tiers in
        let pieces = held[item] ?? 0
        return (item, PriceTierResult(pieces: pieces, price: tiers.reached(by: pieces)?.price))
      })
  }

  /// An order before and after some of its goods became cheaper for everyone.
  struct Lowered: Sendable, Equatable {
    let before: Order
    let after: Order
  }

  /// The orders that hold lines of these items, at the items' final prices; cancelled ones stay as they were.
  ///
  /// - Parameter paid: what came in for each order and was not promised back.
  /// - Throws: `money.overflow`.
  static func orders(
    _ orders: [Order], at prices: [CampaignItemID: Money], paid: [OrderID: Money]
  ) throws -> [Lowered] {
    try orders.compactMap { before in
      guard before.fulfilment != .cancelled, before.lines.contains(where: { prices[$0.item] != nil }) else {
        return nil
      }
      var after = before
      for index in after.lines.indices {
        guard let price = prices[after.lines[index].item] else { continue }
        after.lines[index] = try after.lines[index].lowered(to: price)
      }
      if before.fulfilment.isOpen {
        after = try after.settled(paid: paid[before.id] ?? .zero)
        after.revision += 1
      }
      return Lowered(before: before, after: after)
    }
  }
}

extension OrderLine {
  /// The line at a price that the campaign's close made the same for everyone.
  ///
  /// Its part of the order's discount stays, though never more than what was ordered costs now.
  /// - Throws: `money.overflow`.
  func lowered(to price: Money) throws -> OrderLine {
    guard price < self.price else { return self }
    var line = self
    line.placedPrice = placedPrice ?? self.price
    line.price = price
    line.discount = try line.discount?.rebased(to: line.expectedAmount(of: wanted ?? quantity, at: price))
    return line
  }
}
