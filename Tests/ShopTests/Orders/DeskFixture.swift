import Database
import Kernel
import TestKit

@testable import Shop

/// A small campaign to order from: one community, one merchant, a few items.
struct DeskFixture: Sendable {
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  let community = CommunityID(rawValue: 1)
  let campaign = CampaignID(rawValue: 100)
  let leader = PersonID(rawValue: 7)

  func item(_ number: Int64) -> CampaignItemID { CampaignItemID(rawValue: 200 + number) }

  func request(
    person: Int64, household: Int64? = nil, key: String, _ command: OrderRequest.Command
  ) throws -> OrderRequest {
    try OrderRequest(
      community: community, campaign: campaign, person: PersonID(rawValue: person),
      household: HouseholdID(rawValue: household ?? person), actor: PersonID(rawValue: person),
      role: .resident, key: key, command: command)
  }

  func place(
    person: Int64, household: Int64? = nil, key: String, _ wishes: [(Int64, Int64)]
  ) throws -> OrderRequest {
    try request(
      person: person, household: household, key: key,
      .place(wishes.map { OrderRequest.Wish(item: item($0.0), quantity: $0.1) }, note: ""))
  }

  /// Stores the campaign with items of the given stock; nil stock is on demand.
  func seed(
    _ database: Database, items: [(stock: Int64?, limit: Int64?)], price: Int64 = 350
  ) async throws {
    try await database.write(in: community) { transaction in
      try insertCampaign(transaction)
      for (index, item) in items.enumerated() { try insertItem(index, item, price, transaction) }
    }
  }

  private func insertCampaign(_ transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_campaign (id, community_id, leader_id, title_zh, title_en, note_zh, note_en, opens_at,
        cut_off_at, pickup_point_id, pickup_from, pickup_until, minimum_kind, minimum_amount, shortage_rule,
        lottery_seed, created_at, published_at)
      VALUES (\(campaign), \(community), \(leader), '周三鲜菜', 'Wednesday greens', '', '',
        \(Self.start - .hours(1)), \(Self.start + .hours(14)), 1, \(Self.start + .hours(24)),
        \(Self.start + .hours(27)), 'none', 0, 'first_come', '', \(Self.start), \(Self.start))
      """)
    try transaction.execute(
      """
      INSERT INTO shop_product (id, community_id, merchant_id, name_zh, name_en, description_zh, description_en,
        category, origin_zh, origin_en, allergens, certificate, storage, created_at, changed_at)
      VALUES (1, \(community), 1, '鸡毛菜', 'Baby pak choi', '', '', 'vegetables', '', '', '', '', 'chilled',
        \(Self.start), \(Self.start))
      """)
  }

  private func insertItem(
    _ index: Int, _ item: (stock: Int64?, limit: Int64?), _ price: Int64, _ transaction: Transaction
  ) throws {
    let number = Int64(index)
    try transaction.execute(
      """
      INSERT INTO shop_variant (id, community_id, product_id, sku, name_zh, name_en, pack_zh, pack_en, unit_code,
        case_size, gtin, price)
      VALUES (\(number + 1), \(community), 1, \("SKU\(number)"), '', '', '500 克', '500 g', 'XBG', 1, '', \(price))
      """)
    let kind: StockKind = item.stock == nil ? .onDemand : .limited
    try transaction.execute(
      """
      INSERT INTO shop_campaign_item (id, community_id, campaign_id, position, product_id, variant_id,
        merchant_id, price, stock_kind, household_limit, minimum_quantity)
      VALUES (\(self.item(number)), \(community), \(campaign), \(number), 1, \(number + 1), 1, \(price), \(kind),
        \(item.limit), 0)
      """)
    if let stock = item.stock {
      try StockStore.setOnHand(
        self.item(number), kind: kind, to: stock, reason: .set, actor: leader, in: transaction)
    }
  }

  /// Units that open orders hold of an item, added up from the orders themselves.
  func sold(_ number: Int64, in database: Database) async throws -> Int64 {
    let item = item(number)
    return try await database.read { snapshot in
      try snapshot.value(
        """
        SELECT CAST(coalesce(sum(line.quantity), 0) AS BIGINT) FROM shop_order_line AS line
        JOIN shop_order AS placed ON placed.id = line.order_id
        WHERE line.item_id = \(item) AND placed.fulfilment = 'placed'
        """) ?? 0
    }
  }

  func level(_ number: Int64, in database: Database) async throws -> StockLevel? {
    let item = item(number)
    return try await database.read { snapshot in
      try StockStore.levels(of: [item], in: snapshot)[item]
    }
  }
}
