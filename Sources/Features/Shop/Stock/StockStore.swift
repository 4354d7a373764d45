package import Database
package import Kernel

/// The stock movements and the levels that they lead to.
package enum StockStore {
  /// The level of each item that has any movement.
  package static func levels(
    of items: some Collection<CampaignItemID>, in snapshot: Snapshot
  ) throws -> [CampaignItemID: StockLevel] {
    if items.isEmpty { return [:] }
    var levels: [CampaignItemID: StockLevel] = [:]
    // From the items, so that each costs two seeks; from the movements, every one of them would be visited.
    try snapshot.forEach(
      """
      SELECT movement.item_id, movement.sequence, movement.is_limited, movement.on_hand, movement.promised, movement.held
      FROM shop_campaign_item AS item CROSS JOIN shop_stock_movement AS movement
      WHERE item.id IN \(list: items) AND movement.item_id = item.id AND movement.sequence = (
        SELECT max(last.sequence) FROM shop_stock_movement AS last WHERE last.item_id = item.id)
      """
    ) { row in
      levels[try row[0]] = StockLevel(
        sequence: try row[1], kind: try row[2] ? .limited : .onDemand, onHand: try row[3],
        promised: try row[4], held: try row[5])
    }
    return levels
  }

  /// Appends movements. The primary key refuses a second movement with the same number, and the table's checks
  /// refuse to promise more than there is.
  package static func append(_ movements: [StockMovement], in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_stock_movement", "item_id", "sequence", "community_id", "reason", "order_id",
      "on_hand_change", "promised_change", "held_change", "on_hand", "promised", "held", "is_limited",
      "actor_id",
      "moved_at")
    rows.reserve(movements.count)
    for movement in movements {
      rows.append(values: [
        movement.item.storedValue, .integer(movement.level.sequence), transaction.community.storedValue,
        movement.reason.storedValue, movement.order.storedValue, .integer(movement.onHandChange),
        .integer(movement.promisedChange), .integer(movement.heldChange), .integer(movement.level.onHand),
        .integer(movement.level.promised), .integer(movement.level.held),
        (movement.level.kind == .limited).storedValue, movement.actor.storedValue,
        transaction.now.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Sets the units on hand of one item to a new number.
  /// - Throws: `stock.below_promised` when orders already hold more.
  package static func setOnHand(
    _ item: CampaignItemID, kind: StockKind, to units: Int64, reason: StockMovement.Reason,
    actor: PersonID, in transaction: Transaction
  ) throws {
    let level =
      try levels(of: [item], in: transaction)[item] ?? StockLevel(kind: kind)
    let current = StockLevel(
      sequence: level.sequence, kind: kind, onHand: level.onHand, promised: level.promised, held: level.held)
    guard kind == .onDemand || units >= current.promised + current.held else {
      throw Problem.stockBelowPromised(current)
    }
    let change = units - current.onHand
    try append(
      [
        StockMovement(
          item: item, reason: reason, order: nil, onHandChange: change, promisedChange: 0,
          level: current.stocking(change), actor: actor)
      ], in: transaction)
  }
}

extension Problem {
  static func stockBelowPromised(_ level: StockLevel) -> Problem {
    let least = level.promised + level.held
    return Problem(
      "stock.below_promised", status: 409,
      level.held == 0
        ? Phrase("已有 \(least) 份被订走，库存不能少于这个数。", "\(least) are already ordered; the stock cannot be less.")
        : Phrase(
          "已有 \(level.promised) 份被订走，\(level.held) 份留给纸单，库存不能少于 \(least)。",
          "\(level.promised) are ordered and \(level.held) held back for paper slips; the stock cannot be less than \(least)."
        ),
      advice: Phrase("请填不小于 \(least) 的数。", "Enter \(least) or more."))
  }
}
