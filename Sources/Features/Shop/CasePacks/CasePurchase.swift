import Kernel

/// What the close of a campaign buys of the items that are sold by the case, and what every order gets of it: a pure
/// function of what was asked.
struct CasePurchase: Sendable {
  let items: [CampaignItem]
  /// What is bought of each of them.
  let purchases: [CampaignItemID: CasePack.Purchase]

  /// - Parameters:
  ///   - items: those that are bought by the case.
  ///   - claims: what stands of the claims on each.
  init(of items: [CampaignItem], for claims: [CampaignItemID: [CasePack.Claim]]) {
    self.items = items
    purchases = Dictionary(
      items.map { ($0.id, CasePack.purchase(for: claims[$0.id] ?? [], terms: $0.caseTerms)) }
    ) { first, _ in first }
  }

  /// The orders that asked for something of it.
  var orders: [OrderID] { Set(purchases.values.flatMap(\.shares.keys)).sorted() }

  /// How many pieces of one item go to a number of orders.
  struct Share: Sendable, Equatable {
    let item: CampaignItemID
    let pieces: Int64
    /// In ascending order.
    let orders: [OrderID]
  }

  /// All shares, by item and pieces.
  var shares: [Share] {
    items.flatMap { item -> [Share] in
      let shares = purchases[item.id]?.shares ?? [:]
      return Dictionary(grouping: shares.keys.sorted()) { shares[$0]?.total ?? 0 }
        .sorted { $0.key < $1.key }.map { Share(item: item.id, pieces: $0.key, orders: $0.value) }
    }
  }

  /// One line that is to hold another number of pieces than it was ordered with.
  struct Change: Sendable, Equatable {
    let item: CampaignItemID
    let from: Int64
    let to: Int64
  }

  /// An order with whole cases bought, and which of its lines that changes.
  ///
  /// - Parameter paid: what came in for it and was not promised back.
  /// - Throws: `money.overflow`.
  func applied(to order: Order, paid: Money) throws -> (order: Order, changes: [Change]) {
    var rounded = order
    var changes: [Change] = []
    for index in rounded.lines.indices {
      let line = rounded.lines[index]
      guard let share = purchases[line.item]?.shares[order.id] else { continue }
      rounded.lines[index] = line.buying(share.total)
      if share.total != line.quantity {
        changes.append(Change(item: line.item, from: line.quantity, to: share.total))
      }
    }
    if changes.isEmpty { return (rounded, []) }
    rounded = try rounded.settled(paid: paid)
    if rounded.fulfilment == .released { rounded.payment = .void }
    rounded.revision += 1
    return (rounded, changes)
  }
}

extension OrderLine {
  /// The line once so many pieces were bought for it. One that gets none holds nothing that could still arrive.
  func buying(_ pieces: Int64) -> OrderLine {
    var line = self
    line.wanted = quantity
    line.quantity = pieces
    if pieces == 0 { line.allocated = 0 }
    return line
  }

  /// Whether the household is to see it: a line that was taken out of its order is not.
  var isShown: Bool { quantity > 0 || (wanted ?? 0) > 0 }

  /// Of the pieces that it holds, those that go beyond what was wanted.
  var extra: Int64 { wanted.map { max(0, quantity - $0) } ?? 0 }
}
