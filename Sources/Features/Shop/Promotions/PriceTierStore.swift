import Database
import Kernel

/// The queries of price tiers.
enum PriceTierStore {
  /// The tiers of those of these items that have some; nothing is asked where none has.
  static func tiers(
    of items: some Sequence<CampaignItem>, _ snapshot: Snapshot
  ) throws -> [CampaignItemID: PriceTiers] {
    let ids = items.filter { $0.tierCount > 0 }.map(\.id)
    if ids.isEmpty { return [:] }
    var tiers: [CampaignItemID: [PriceTier]] = [:]
    try snapshot.forEach(query(ids)) { row in
      tiers[try row[0], default: []].append(PriceTier(quantity: try row[1], price: try row[2]))
    }
    return tiers.mapValues(PriceTiers.init)
  }

  static func query(_ items: [CampaignItemID]) -> Query {
    "SELECT item_id, quantity, price FROM shop_price_tier WHERE item_id IN \(list: items)"
  }

  static func insert(
    _ tiers: [(item: CampaignItemID, tiers: PriceTiers)], in transaction: Transaction
  ) throws {
    var rows = Rows(into: "shop_price_tier", "community_id", "item_id", "quantity", "price")
    for entry in tiers {
      for tier in entry.tiers.all {
        rows.append(transaction.community, entry.item, tier.quantity, tier.price)
      }
    }
    try transaction.insert(rows)
  }

  static func replace(_ tiers: PriceTiers, of item: CampaignItemID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_price_tier WHERE item_id = \(item) AND community_id = \(transaction.community)")
    try insert([(item, tiers)], in: transaction)
  }
}

extension PriceTierResult {
  /// Reads what the close made of the tiers from two columns; nil before the close.
  init?(from row: borrowing Row, at column: Int) throws {
    if row.isNull(column) { return nil }
    self.init(pieces: try row[column], price: try row[column + 1])
  }
}
