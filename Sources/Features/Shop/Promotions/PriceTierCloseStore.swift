import Database
import Kernel
import People
import Security

/// How a campaign's close gives everyone the price that was reached, once.
enum PriceTierCloseStore {
  /// Decides the price of each item that has tiers by the pieces that orders hold now, and lowers it for every order; what
  /// was paid too much is promised back.
  ///
  /// Part of the close, so that it happens once: after items were dropped or rounded, before anything arrives. A later
  /// shortage takes no tier away.
  static func settle(
    _ campaign: Campaign, _ books: Bookkeeping, by actor: Actor, in transaction: Transaction
  ) throws {
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
      .filter { $0.tierCount > 0 }
    if items.isEmpty { return }
    let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
    let results = PriceTierClosing.results(
      of: try PriceTierStore.tiers(of: items, transaction), held: levels.mapValues(\.promised))
    for item in items {
      if let result = results[item.id] { try store(result, of: item.id, in: transaction) }
    }
    let reached = items.filter { results[$0.id]?.price != nil }
    if reached.isEmpty { return }
    let orders = try OrderStore.list(ofCampaign: campaign.id, in: transaction.community, transaction)
    let paid = try books.paid(orders.map(\.id), transaction.community, transaction)
    let lowered = try PriceTierClosing.orders(
      orders, at: results.compactMapValues(\.price), paid: paid)
    for item in reached {
      if let price = results[item.id]?.price { try store(price, of: item.id, lowered, in: transaction) }
    }
    for order in lowered where order.after.revision != order.before.revision {
      try store(order.after, in: transaction)
      guard let received = paid[order.after.id], received > .zero else { continue }
      try books.settle(Settlement(order.after, because: .priceTier), actor, transaction)
    }
    try tell(reached, results, lowered, of: campaign, by: actor, in: transaction)
  }

  private static func store(
    _ result: PriceTierResult, of item: CampaignItemID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_campaign_item SET tier_pieces = \(result.pieces), final_price = \(result.price)
      WHERE id = \(item) AND community_id = \(transaction.community)
      """)
  }

  /// One statement for all lines of an item without a discount; each of the others has a base of its own.
  private static func store(
    _ price: Money, of item: CampaignItemID, _ orders: [PriceTierClosing.Lowered],
    in transaction: Transaction
  ) throws {
    var plain: [OrderID] = []
    for order in orders {
      for line in order.after.lines where line.item == item {
        guard let discount = line.discount else {
          plain.append(order.after.id)
          continue
        }
        try transaction.execute(
          """
          UPDATE shop_order_line SET placed_price = price, price = \(price), discount = \(discount.amount),
            discount_base = \(discount.base)
          WHERE order_id = \(order.after.id) AND position = \(line.position)
            AND community_id = \(transaction.community)
          """)
      }
    }
    for start in stride(from: 0, to: plain.count, by: 512) {
      try transaction.execute(
        """
        UPDATE shop_order_line SET placed_price = price, price = \(price)
        WHERE order_id IN \(list: plain[start..<min(start + 512, plain.count)]) AND item_id = \(item)
          AND community_id = \(transaction.community)
        """)
    }
  }

  private static func store(_ order: Order, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_order SET total = \(order.total), payment = \(order.payment), revision = \(order.revision),
        changed_at = \(transaction.now)
      WHERE id = \(order.id) AND community_id = \(transaction.community)
      """)
  }

  private static func tell(
    _ items: [CampaignItem], _ results: [CampaignItemID: PriceTierResult],
    _ orders: [PriceTierClosing.Lowered], of campaign: Campaign, by actor: Actor, in transaction: Transaction
  ) throws {
    var events: [(kind: String, subject: Int64, body: String)] = []
    var audit: [AuditEntry] = []
    for item in items {
      guard let result = results[item.id], let price = result.price else { continue }
      let body =
        #"{"campaign":"\#(campaign.id)","pieces":\#(result.pieces),"from":\#(item.price.minorUnits),"#
        + #""to":\#(price.minorUnits)}"#
      events.append(("shop.price_tier_reached", item.id.rawValue, body))
      audit.append(
        AuditEntry(
          actor: actor.person, role: actor.role, action: "shop.price_tier_apply", object: item.id.rawValue,
          purpose: "cut-off", detailDigest: Digest(of: body).bytes))
    }
    for order in orders where order.after.total != order.before.total {
      events.append(
        (
          "shop.order_price_lowered", order.after.id.rawValue,
          #"{"campaign":"\#(campaign.id)","from":\#(order.before.total.minorUnits),"#
            + #""to":\#(order.after.total.minorUnits)}"#
        ))
    }
    try transaction.publish(events)
    try transaction.audit(audit)
  }
}
