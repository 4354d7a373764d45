import Database
import Kernel
import People

/// How orders are let go by their campaign: all of them when it fails or is called off, single items when too few
/// were ordered. Stock follows by movements, so that what is promised stays the sum of what is owed.
enum OrderRelease {
  /// What one order holds of one item.
  struct Held {
    let order: OrderID
    let item: CampaignItemID
    let quantity: Int64
  }

  /// Releases every order that stands. Nothing is owed for them any more.
  static func releaseAll(
    of campaign: Campaign, because reason: Settlement.Reason = .shortage, _ books: Bookkeeping,
    by actor: Actor,
    in transaction: Transaction
  ) throws {
    let held = try OrderReleaseStore.held(in: campaign.id, transaction)
    try append(held, actor: actor.person, in: transaction)
    let orders = Set(held.map(\.order)).sorted()
    try OrderReleaseStore.markReleased(ofCampaign: campaign.id, in: transaction)
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
    try OrderReleaseStore.freeHouseholds(of: items.map(\.id), in: transaction)
    for id in orders {
      guard let order = try OrderStore.find(id, in: transaction.community, transaction) else { continue }
      try books.settle(Settlement(order, because: reason), actor, transaction)
    }
    // What became of a visit is told by its booking.
    guard campaign.booking == nil else { return }
    try transaction.publish(orders.map { event("shop.order_released", $0, campaign) })
  }

  /// Drops items of which fewer were ordered than the merchant supplies: their lines get nothing, and an order that
  /// is left with nothing is released. Items that are bought by the case have a rule of their own.
  static func dropScarceItems(
    of campaign: Campaign, _ books: Bookkeeping, by actor: Actor, in transaction: Transaction
  ) throws {
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
      .filter { $0.minimumQuantity > 0 && !$0.isByTheCase }
    let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
    let scarce = items.filter { item in
      let promised = levels[item.id]?.promised ?? 0
      return promised > 0 && promised < item.minimumQuantity
    }
    if scarce.isEmpty { return }
    let dropped = Set(scarce.map(\.id))
    let held = try OrderReleaseStore.held(in: campaign.id, transaction).filter { dropped.contains($0.item) }
    try append(held, actor: actor.person, in: transaction)
    try OrderReleaseStore.freeHouseholds(of: Array(dropped), in: transaction)
    var events: [(kind: String, subject: Int64, body: String)] = scarce.map { item in
      (
        "shop.campaign_item_dropped", item.id.rawValue,
        #"{"campaign":"\#(campaign.id)","ordered":\#(levels[item.id]?.promised ?? 0),"minimum":\#(item.minimumQuantity)}"#
      )
    }
    for id in Set(held.map(\.order)).sorted() {
      guard let order = try OrderStore.find(id, in: transaction.community, transaction) else { continue }
      let reduced = try order.without(dropped)
      try OrderStore.update(reduced, in: transaction)
      try books.settle(Settlement(reduced, because: .shortage), actor, transaction)
      events.append(
        event(reduced.fulfilment == .released ? "shop.order_released" : "shop.order_reduced", id, campaign))
    }
    try transaction.publish(events)
  }

  private static func append(_ held: [Held], actor: PersonID, in transaction: Transaction) throws {
    var levels = try StockStore.levels(of: Set(held.map(\.item)), in: transaction)
    var movements: [StockMovement] = []
    movements.reserveCapacity(held.count)
    for entry in held where entry.quantity > 0 {
      guard let level = levels[entry.item]?.promising(-entry.quantity) else { throw Problem.internalFault }
      levels[entry.item] = level
      movements.append(
        StockMovement(
          item: entry.item, reason: .released, order: entry.order, onHandChange: 0,
          promisedChange: -entry.quantity, level: level, actor: actor))
    }
    try StockStore.append(movements, in: transaction)
  }

  private static func event(
    _ kind: String, _ order: OrderID, _ campaign: Campaign
  ) -> (kind: String, subject: Int64, body: String) {
    (kind, order.rawValue, #"{"campaign":"\#(campaign.id)"}"#)
  }
}

extension Order {
  /// The order when these items are not supplied: nothing is due on their lines, and an order with nothing due is
  /// released.
  /// - Throws: `money.overflow`.
  func without(_ dropped: Set<CampaignItemID>) throws -> Order {
    var order = self
    for index in order.lines.indices where dropped.contains(order.lines[index].item) {
      order.lines[index].allocated = 0
    }
    order.total = try order.recomputedTotal()
    if order.lines.allSatisfy({ $0.due == 0 }) {
      order.fulfilment = .released
      order.payment = .void
    }
    order.revision += 1
    return order
  }
}
