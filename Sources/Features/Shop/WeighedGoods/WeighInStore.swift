package import Database
package import Kernel
import People
import Security

/// The queries of weighing, and how what follows from a weight is written.
package enum WeighInStore {
  /// The actor for someone at the scale of this campaign.
  /// - Throws: `not_found` where there is nothing that the person may weigh.
  static func actor(
    _ person: PersonID, roles: Set<Role>, for campaign: Campaign, _ snapshot: Snapshot
  ) throws -> WeighInActor {
    let merchants =
      roles.contains(.merchant)
      ? try snapshot.merchants(of: person, in: campaign.community).map(\.id) : []
    guard
      let actor = WeighInActor(person: person, roles: roles, merchants: merchants, of: campaign)
    else { throw Problem.notFound }
    return actor
  }

  /// The item, if its goods are weighed and the person may do it.
  /// - Throws: `not_found`.
  static func item(
    _ id: CampaignItemID, for actor: WeighInActor, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CampaignItem {
    guard let item = try CampaignStore.items([id], in: community, snapshot).first, actor.mayWeigh(item) else {
      throw Problem.notFound
    }
    return item
  }

  /// The orders that get something of the item and still stand, by number.
  static func orders(
    with item: CampaignItem, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Order] {
    try OrderStore.orders(
      """
      campaign_id = \(item.campaign) AND community_id = \(community)
        AND fulfilment IN ('placed', 'partly_collected', 'collected') ORDER BY number
      """, snapshot
    ).filter { order in order.lines.contains { $0.item == item.id && $0.due > 0 } }
  }

  /// Records weights and everything that follows: totals, what goes back, who is to be asked.
  ///
  /// A weight that stands already changes nothing, so a form that is sent twice counts once.
  /// - Throws: `not_found`, `weigh_in.too_early`, `weigh_in.over`, `form.invalid` naming the orders.
  package static func record(
    _ entries: [WeighInEntry], of id: CampaignItemID, _ books: Bookkeeping, by actor: WeighInActor,
    in transaction: Transaction
  ) throws {
    let item = try item(id, for: actor, in: transaction.community, transaction)
    guard let campaign = try CampaignStore.find(item.campaign, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let found = try OrderStore.orders(
      "id IN \(list: entries.map(\.order)) AND community_id = \(transaction.community)", transaction)
    let orders = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    let decider = WeighInDecider(campaign: campaign, item: item, orders: orders, now: transaction.now)
    let changed = try decider.decide(entries)
    if changed.isEmpty { return }
    let records = try changed.map { try record(.weighed, of: $0.after, at: $0.position, in: transaction) }
    _ = try write(
      changed.map(\.after), records, books, by: Actor(person: actor.person, role: actor.role), in: transaction
    )
    try tell(records, of: item, by: actor, in: transaction)
  }

  /// A household agrees to pay for all that its goods weighed.
  ///
  /// - Parameter asked: the amount that the household saw: another one means that the goods were weighed again.
  /// - Returns: the order as it is now; agreeing to the same twice is agreeing once.
  /// - Throws: `not_found` for every order but the household's own, `weighed.asked_anew`, `order.not_open`.
  package static func agree(
    to asked: Money, at position: Int, of id: OrderID, household: HouseholdID, by person: PersonID,
    _ books: Bookkeeping, in transaction: Transaction
  ) throws -> Order {
    guard let before = try OrderStore.find(id, in: transaction.community, transaction),
      before.household == household,
      let index = before.lines.firstIndex(where: { $0.position == position }),
      let weighed = before.lines[index].weighed,
      let campaign = try CampaignStore.find(before.campaign, in: transaction.community, transaction)
    else { throw Problem.notFound }
    let line = before.lines[index]
    if weighed.weight?.agreed == asked { return before }
    guard try weighed.asked(at: line.price) == asked else { throw Problem.askedAnew }
    guard before.fulfilment.isOpen || before.fulfilment == .collected,
      transaction.now < campaign.returnsUntil
    else { throw Problem.orderIsNotOpen }
    var after = before
    after.lines[index].weighed = try weighed.agreeing(pieces: line.due, at: line.price)
    let actor = Actor(person: person, role: .resident)
    let record = try record(.agreed, of: after, at: position, in: transaction)
    if line.collected > 0 {
      try deliver(record, from: before, to: after, campaign, books, by: actor, in: transaction)
    }
    let written = try write([after], [record], books, by: actor, in: transaction)
    try transaction.publish(
      "shop.weight_agreed", subject: id.rawValue, body: body(record, item: line.item, campaign.id))
    try transaction.audit(
      AuditEntry(
        actor: person, role: .resident, onBehalfOf: person == before.person ? nil : before.person,
        action: "shop.weight_agree", object: id.rawValue, detailDigest: Digest(of: digest([record])).bytes))
    transaction.touch(.campaign(campaign.id))
    return written.first ?? after
  }

  /// Forgets what lines weighed that now get another number of pieces.
  static func forgetWeights(
    of item: CampaignItemID, in orders: [OrderID], in transaction: Transaction
  ) throws {
    for start in stride(from: 0, to: orders.count, by: 512) {
      try transaction.execute(
        """
        UPDATE shop_order_line SET grams = NULL, charged = NULL, agreed = NULL
        WHERE order_id IN \(list: orders[start..<min(start + 512, orders.count)]) AND item_id = \(item)
        """)
    }
  }

  // MARK: - Writing

  private static func record(
    _ step: WeighingRecord.Step, of order: Order, at position: Int, in transaction: Transaction
  ) throws -> WeighingRecord {
    guard let weight = order.lines.first(where: { $0.position == position })?.weighed?.weight else {
      throw Problem.internalFault
    }
    return WeighingRecord(
      id: transaction.newIdentifier(), order: order.id, position: position, step: step, weight: weight)
  }

  /// Money goes back, or is owed again, before the orders say what is paid.
  private static func write(
    _ orders: [Order], _ records: [WeighingRecord], _ books: Bookkeeping, by actor: Actor,
    in transaction: Transaction
  ) throws -> [Order] {
    for order in orders { try books.settle(Settlement(order, because: .weighedLess), actor, transaction) }
    let paid = try books.paid(orders.map(\.id), transaction.community, transaction)
    let settled = try orders.map { order in
      var settled = try order.settled(paid: paid[order.id] ?? .zero)
      settled.revision += 1
      return settled
    }
    for order in settled {
      try transaction.execute(
        """
        UPDATE shop_order SET total = \(order.total), payment = \(order.payment), revision = \(order.revision),
          changed_at = \(transaction.now)
        WHERE id = \(order.id) AND community_id = \(transaction.community)
        """)
    }
    var rows = Rows(
      into: "shop_weighing", "id", "community_id", "campaign_id", "order_id", "position", "step", "grams",
      "charged", "recorded_by_id", "recorded_at")
    for (record, order) in zip(records, orders) {
      try transaction.execute(
        """
        UPDATE shop_order_line SET grams = \(record.weight.grams), charged = \(record.weight.charged),
          agreed = \(record.weight.agreed)
        WHERE order_id = \(record.order) AND position = \(record.position)
        """)
      rows.append(
        record.id, transaction.community, order.campaign, record.order, Int64(record.position), record.step,
        record.weight.grams, record.weight.charged, actor.person, transaction.now)
    }
    try transaction.insert(rows)
    return settled
  }

  /// The goods are with the household already: what they cost more is set against the books.
  private static func deliver(
    _ record: WeighingRecord, from before: Order, to after: Order, _ campaign: Campaign,
    _ books: Bookkeeping, by actor: Actor, in transaction: Transaction
  ) throws {
    let items = try CampaignStore.items(after.lines.map(\.item), in: transaction.community, transaction)
    let merchants = Dictionary(items.map { ($0.id, $0.merchant) }) { first, _ in first }
    try books.deliver(
      Delivery(.weighing(record.id), from: before, to: after, of: campaign, merchants: merchants), actor,
      transaction)
  }

  private static func tell(
    _ records: [WeighingRecord], of item: CampaignItem, by actor: WeighInActor, in transaction: Transaction
  ) throws {
    let events = records.map { record in
      (
        kind: "shop.line_weighed", subject: record.order.rawValue,
        body: body(record, item: item.id, item.campaign)
      )
    }
    try transaction.publish(events)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.weigh_in", object: item.id.rawValue,
        detailDigest: Digest(of: digest(records)).bytes))
    transaction.touch(.campaign(item.campaign))
  }

  private static func body(
    _ record: WeighingRecord, item: CampaignItemID, _ campaign: CampaignID
  ) -> String {
    #"{"campaign":"\#(campaign)","item":"\#(item)","position":\#(record.position),"#
      + #""weighing":"\#(record.id)","grams":\#(record.weight.grams),"charged":\#(record.weight.charged.minorUnits)}"#
  }

  private static func digest(_ records: [WeighingRecord]) -> String {
    records.map {
      "\($0.order):\($0.position):\($0.weight.grams):\($0.weight.charged.minorUnits)"
    }.joined(separator: "|")
  }
}

extension Problem {
  static let askedAnew = Problem(
    "weighed.asked_anew", status: 409,
    Phrase("重量刚刚改过，现在要付的和您看到的不一样。", "The weight was changed a moment ago; the amount is not what you saw."),
    advice: Phrase("请看一下新的重量和金额，再决定。", "Please look at the new weight and amount, then decide."))
}
