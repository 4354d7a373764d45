import Database
import Kernel
import People

/// How whole cases are bought at a campaign's close.
enum CasePurchaseStore {
  /// Buys whole cases of every item that is sold by the case, and makes the orders hold what they get of them, in the
  /// transaction of the close. What is promised stays the sum of what is owed.
  static func buyCases(
    of campaign: Campaign, _ books: Bookkeeping, by actor: Actor, in transaction: Transaction
  ) throws {
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
      .filter(\.isByTheCase)
    if items.isEmpty { return }
    let purchase = CasePurchase(
      of: items, for: try CaseClaimStore.standing(on: items.map(\.id), in: transaction))
    let orders = try orders(purchase.orders, in: transaction)
    let paid = try books.paid(purchase.orders, transaction.community, transaction)
    var changed: [(order: Order, changes: [CasePurchase.Change])] = []
    for order in orders {
      let applied = try purchase.applied(to: order, paid: paid[order.id] ?? .zero)
      if !applied.changes.isEmpty { changed.append(applied) }
    }
    for share in purchase.shares { try store(share, in: transaction) }
    for entry in changed { try store(entry.order, in: transaction) }
    try move(changed, items, by: actor.person, in: transaction)
    for entry in changed {
      try books.settle(Settlement(entry.order, because: .shortage), actor, transaction)
    }
    try transaction.publish(events(purchase, changed, campaign))
  }

  private static func orders(_ ids: [OrderID], in transaction: Transaction) throws -> [Order] {
    try stride(from: 0, to: ids.count, by: 256).flatMap { start in
      try OrderStore.orders(
        """
        id IN \(list: ids[start..<min(start + 256, ids.count)]) AND community_id = \(transaction.community)
        ORDER BY number
        """, transaction)
    }
  }

  /// One statement for all orders that get the same number, so that a large campaign is rounded in a few.
  private static func store(_ share: CasePurchase.Share, in transaction: Transaction) throws {
    let allocated: Int64? = share.pieces == 0 ? 0 : nil
    for start in stride(from: 0, to: share.orders.count, by: 512) {
      try transaction.execute(
        """
        UPDATE shop_order_line SET wanted = quantity, quantity = \(share.pieces), allocated = \(allocated)
        WHERE order_id IN \(list: share.orders[start..<min(start + 512, share.orders.count)])
          AND item_id = \(share.item) AND community_id = \(transaction.community)
        """)
    }
  }

  private static func store(_ order: Order, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET total = \(order.total), fulfilment = \(order.fulfilment), payment = \(order.payment),
        revision = \(order.revision), changed_at = \(transaction.now)
      WHERE id = \(order.id) AND community_id = \(transaction.community)
      """)
  }

  private static func move(
    _ changed: [(order: Order, changes: [CasePurchase.Change])], _ items: [CampaignItem], by actor: PersonID,
    in transaction: Transaction
  ) throws {
    var levels = try StockStore.levels(of: items.map(\.id), in: transaction)
    var movements: [StockMovement] = []
    for (order, changes) in changed {
      for change in changes {
        let difference = change.to - change.from
        guard let level = levels[change.item]?.promising(difference) else { throw Problem.internalFault }
        levels[change.item] = level
        movements.append(
          StockMovement(
            item: change.item, reason: .cases, order: order.id, onHandChange: 0, promisedChange: difference,
            level: level, actor: actor))
      }
    }
    try StockStore.append(movements, in: transaction)
  }

  private static func events(
    _ purchase: CasePurchase, _ changed: [(order: Order, changes: [CasePurchase.Change])],
    _ campaign: Campaign
  ) -> [(kind: String, subject: Int64, body: String)] {
    var events: [(kind: String, subject: Int64, body: String)] = purchase.items.compactMap { item in
      guard let bought = purchase.purchases[item.id], !bought.shares.isEmpty else { return nil }
      return (
        "shop.cases_bought", item.id.rawValue,
        #"{"campaign":"\#(campaign.id)","case_size":\#(item.caseSize),"cases":\#(bought.cases),"units":\#(bought.units)}"#
      )
    }
    for (order, changes) in changed {
      let lines = changes.map { #"{"item":"\#($0.item)","from":\#($0.from),"to":\#($0.to)}"# }
      events.append(
        (
          "shop.order_rounded_to_cases", order.id.rawValue,
          #"{"campaign":"\#(campaign.id)","lines":[\#(lines.joined(separator: ","))]}"#
        ))
      if order.fulfilment == .released {
        events.append(("shop.order_released", order.id.rawValue, #"{"campaign":"\#(campaign.id)"}"#))
      }
    }
    return events
  }
}
