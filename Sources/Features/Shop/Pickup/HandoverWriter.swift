import Database
import Kernel
import People
import Security

/// Writes what changed hands: the pickup, the stock, the books and the custody record, in one transaction.
struct HandoverWriter: Sendable {
  let books: Bookkeeping

  /// Notes that what is ready of an order left the pickup point and nobody knows with whom: the pieces leave the leader's
  /// hands, the sale stands, and after-sales decides who bears it. Nothing happens where nothing is ready.
  func lose(
    _ id: OrderID, _ campaign: Campaign, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    guard let order = try OrderStore.find(id, in: transaction.community, transaction),
      order.isReadyForPickup
    else { return }
    let paid = try books.paid([id], transaction.community, transaction)[id] ?? .zero
    let ready = order.lines.filter { $0.ready > 0 }.map { ($0.position, $0.ready) }
    let pieces = Dictionary(ready) { first, _ in first }
    let after = try HandoverRules.handedOver(pieces, of: order, cash: .zero, paid: paid)
    let pickup = Pickup(
      id: transaction.newIdentifier(), order: id, handedBy: actor.person, method: .lost, cash: .zero,
      handedAt: transaction.now, fetcher: nil)
    try record(
      pickup, pieces, from: order, to: after, campaign, giver: .leader(campaign.leader), receiver: .lost,
      note: "", by: actor.actor, in: transaction)
  }

  func record(
    _ pickup: Pickup, _ pieces: [Int: Int64], from order: Order, to after: Order, _ campaign: Campaign,
    giver: CustodyRecord.Party, receiver: CustodyRecord.Party, note: String, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let count = pieces.values.reduce(0, +)
    try PickupStore.insert(pickup, pieces: pieces, campaign: campaign.id, in: transaction)
    try OrderStore.update(after, in: transaction)
    try moveStock(pieces, of: order, by: actor.person, in: transaction)
    try account(pickup, from: order, to: after, campaign, by: actor, in: transaction)
    try CustodyStore.append(
      CustodyRecord.Draft(
        step: .handedOver, from: giver, to: receiver, pieces: count, note: note),
      id: pickup.id.rawValue, order: order.id, campaign: campaign.id, by: actor.person, in: transaction)
    try tell(pickup, after, pieces: count, note: note, by: actor, in: transaction)
  }

  private func account(
    _ pickup: Pickup, from before: Order, to after: Order, _ campaign: Campaign, by actor: Actor,
    in transaction: Transaction
  ) throws {
    if pickup.cash > .zero {
      try books.takeCash(
        CashTaken(order: after.id, campaign: campaign.id, amount: pickup.cash, onBehalfOf: after.person),
        actor, transaction)
    }
    let items = try CampaignStore.items(after.lines.map(\.item), in: transaction.community, transaction)
    let merchants = Dictionary(items.map { ($0.id, $0.merchant) }) { first, _ in first }
    try books.deliver(
      Delivery(.pickup(pickup.id), from: before, to: after, of: campaign, merchants: merchants), actor,
      transaction)
  }

  private func moveStock(
    _ pieces: [Int: Int64], of order: Order, by actor: PersonID, in transaction: Transaction
  ) throws {
    var levels = try StockStore.levels(of: order.lines.map(\.item), in: transaction)
    var movements: [StockMovement] = []
    for line in order.lines {
      guard let quantity = pieces[line.position] else { continue }
      guard let before = levels[line.item] else { throw Problem.internalFault }
      let level = StockLevel(
        sequence: before.sequence + 1, kind: before.kind, onHand: before.onHand - quantity,
        promised: before.promised - quantity, held: before.held)
      levels[line.item] = level
      movements.append(
        StockMovement(
          item: line.item, reason: .collected, order: order.id, onHandChange: -quantity,
          promisedChange: -quantity, level: level, actor: actor))
    }
    try StockStore.append(movements, in: transaction)
  }

  private func tell(
    _ pickup: Pickup, _ order: Order, pieces: Int64, note: String, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try transaction.publish(
      "shop.order_collected", subject: order.id.rawValue,
      body: #"{"campaign":"\#(order.campaign)","pickup":"\#(pickup.id)","pieces":\#(pieces),"#
        + #""cash":\#(pickup.cash.minorUnits),"complete":\#(order.fulfilment == .collected)}"#)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: order.person, action: "shop.pickup_hand_over",
        object: order.id.rawValue,
        purpose: pickup.fetcher == nil
          ? pickup.method.rawValue : "\(pickup.method.rawValue), by a named neighbour",
        detailDigest: note.isEmpty ? [] : Digest(of: note).bytes))
    transaction.touch(.campaign(order.campaign))
  }
}
