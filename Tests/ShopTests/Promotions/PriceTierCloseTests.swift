import Database
import Kernel
import Synchronization
import TestKit
import Testing
import Web

@testable import Shop

@Suite("The price that a campaign reached, at its close")
struct PriceTierCloseTests {
  private let told = ToldBooks()

  /// ¥8.00, from 5 on ¥7.00, from 9 on ¥6.00.
  private func tiered(_ units: Int64? = nil, minimum: Int64 = 0) throws -> CampaignItemDraft {
    try CampaignItemDraft(
      price: .fen(800), stockKind: units == nil ? .onDemand : .limited, units: units ?? 0,
      minimumQuantity: minimum,
      tiers: PriceTiers([PriceTier(quantity: 5, price: .fen(700)), PriceTier(quantity: 9, price: .fen(600))]))
  }

  private func plain() throws -> CampaignItemDraft {
    try CampaignItemDraft(price: .fen(350), stockKind: .onDemand)
  }

  private func close(_ id: CampaignID, _ market: Market) async throws {
    market.clock.move(to: market.draft().cutOffAt)
    try await market.database.write(in: market.community) { try CloseCampaign.close(id, told.books, in: $0) }
  }

  private func arrive(_ item: CampaignItemID, _ pieces: Int64, _ id: CampaignID, _ market: Market)
    async throws
  {
    let actor = try market.actor()
    try await market.database.write(in: market.community) {
      try ArrivalStore.record(
        [ArrivalEntry(item: item, arrived: pieces, surplusUse: .stock)], of: id, told.books, by: actor, in: $0
      )
    }
  }

  @Test(
    "everyone pays the tier that was reached, and is promised back what was paid beyond it",
    arguments: TestEngine.available)
  func lowersForEveryone(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered(), plain()])
      let items = try await market.items(id).map(\.item.id)
      let first = try await market.place(
        market.wang, id, [(items[0], 2), (items[1], 1)], key: "price-tier-order-one")
      let second = try await market.place(market.li, id, [(items[0], 4)], key: "price-tier-order-two")
      let other = try await market.place(market.li, id, [(items[1], 2)], key: "price-tier-order-three")
      let off = try await market.place(market.wangSon, id, [(items[0], 3)], key: "price-tier-order-four")
      _ = try await market.shop.desk.submit(
        try OrderRequest(
          community: market.community, campaign: id, person: market.wangSon, household: off.household,
          actor: market.wangSon, role: .resident, key: "price-tier-order-four-cancel",
          command: .cancel(off.id, revision: 1)))
      told.paid.withLock { $0 = [first.id: first.total, second.id: .fen(3_000)] }
      try await close(id, market)
      let orders = Dictionary(uniqueKeysWithValues: try await market.orders(id).map { ($0.id, $0) })
      // Six pieces were held: the cancelled three do not count.
      #expect(orders[first.id]?.total == .fen(1_750) && orders[first.id]?.payment == .received)
      #expect(orders[second.id]?.total == .fen(2_800) && orders[second.id]?.payment == .received)
      #expect(orders[other.id] == other)
      #expect(orders[off.id]?.lines.first?.price == .fen(800))
      #expect(orders[first.id]?.lines.map(\.placedPrice) == [.fen(800), nil])
      #expect(orders[first.id]?.placedTotal == first.placedTotal)
      #expect(orders[first.id].map { OrderJSON.placement($0).bytes } == OrderJSON.placement(first).bytes)
      let settled = told.settlements.withLock { $0 }
      #expect(settled.map(\.order) == [first.id, second.id])
      #expect(settled.allSatisfy { $0.reason == .priceTier })
      #expect(settled.map(\.outstanding) == [.fen(1_750), .fen(2_800)])
      #expect(try await market.items(id).map(\.item.tierResult) == [.init(pieces: 6, price: .fen(700)), nil])
      #expect(try await market.events("shop.price_tier_reached") == 1)
      #expect(try await market.events("shop.order_price_lowered") == 2)
      #expect(try await market.breaches() == [])
      let closed = try await market.orders(id)
      try await close(id, market)
      #expect(try await market.orders(id) == closed)
      #expect(try await market.events("shop.order_price_lowered") == 2)
      #expect(told.settlements.withLock { $0.count } == 2)
    }
  }

  @Test(
    "below the first tier the item's own price stands, and nothing is told", arguments: TestEngine.available)
  func belowTheFirst(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered(20)])
      let item = try #require(try await market.items(id).first?.item.id)
      let order = try await market.place(market.wang, id, [(item, 4)], key: "price-tier-order-few")
      try await close(id, market)
      #expect(try await market.orders(id) == [order])
      #expect(try await market.items(id).first?.item.tierResult == .init(pieces: 4, price: nil))
      #expect(try await market.events("shop.price_tier_reached") == 0)
      #expect(told.settlements.withLock { $0.isEmpty })
      #expect(try await market.breaches() == [])
    }
  }

  @Test("an item that is not supplied at all reaches nothing", arguments: TestEngine.available)
  func droppedFirst(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let draft = try CampaignItemDraft(
        price: .fen(800), stockKind: .onDemand, minimumQuantity: 8,
        tiers: PriceTiers([PriceTier(quantity: 9, price: .fen(600))]))
      let id = try await market.campaign([draft, plain()])
      let items = try await market.items(id).map(\.item.id)
      let order = try await market.place(
        market.wang, id, [(items[0], 7), (items[1], 1)], key: "price-tier-dropped")
      try await close(id, market)
      #expect(try await market.orders(id).first?.total == .fen(350))
      #expect(try await market.items(id).first?.item.tierResult == .init(pieces: 0, price: nil))
      #expect(try await market.orders(id).first?.lines.map(\.price) == order.lines.map(\.price))
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "a shortage takes no tier away, and goods that come after all cost no more",
    arguments: TestEngine.available)
  func shortage(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()])
      let item = try #require(try await market.items(id).first?.item.id)
      let order = try await market.place(market.wang, id, [(item, 9)], key: "price-tier-order-short")
      told.paid.withLock { $0[order.id] = order.total }
      try await close(id, market)
      #expect(try await market.orders(id).first?.total == .fen(5_400))
      try await arrive(item, 2, id, market)
      #expect(try await market.orders(id).first?.total == .fen(1_200))
      try await arrive(item, 9, id, market)
      #expect(try await market.orders(id).first?.total == .fen(5_400))
      #expect(told.settlements.withLock { $0.map(\.reason) } == [.priceTier, .shortage, .shortage])
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "a discount keeps its amount when the price falls, and shrinks with the goods",
    arguments: TestEngine.available)
  func withDiscount(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      var draft = market.draft()
      draft.discountSteps = DiscountSteps([DiscountStep(threshold: .fen(3_000), discount: .fen(500))])
      let id = try await market.campaign([tiered(), plain()], draft)
      let items = try await market.items(id).map(\.item.id)
      // 4 × ¥8.00 + 2 × ¥3.50 = ¥39.00, less ¥5.00, of which ¥4.10 and ¥0.90 by largest remainder.
      let order = try await market.place(
        market.wang, id, [(items[0], 4), (items[1], 2)], key: "price-tier-discount-1")
      let small = try await market.place(market.li, id, [(items[0], 2)], key: "price-tier-discount-2")
      #expect(order.total == .fen(3_400) && order.placedTotal == .fen(3_400) && small.total == .fen(1_600))
      #expect(order.lines.map { $0.discount?.amount } == [.fen(410), .fen(90)])
      #expect(try await market.breaches() == [])
      try await close(id, market)
      let closed = try #require(try await market.orders(id).first { $0.id == order.id })
      // 4 × ¥7.00 + 2 × ¥3.50 less ¥5.00.
      #expect(closed.total == .fen(3_000))
      #expect(
        closed.lines.map(\.discount) == [
          LineDiscount(.fen(410), offOf: .fen(2_800)), LineDiscount(.fen(90), offOf: .fen(700)),
        ])
      #expect(try await market.breaches() == [])
      try await arrive(items[0], 3, id, market)
      // ¥4.10 on ¥28.00 is ¥3.07 on ¥21.00 for the three pieces that the first order gets.
      let short = try #require(try await market.orders(id).first { $0.id == order.id })
      #expect(short.total == .fen(2_403))
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "goods by weight fall in their price for so much, and so does what ordering agreed to",
    arguments: TestEngine.available)
  func weighed(_ engine: TestEngine) async throws {
    let fixture = WeighInFixture()
    try await engine.withDatabase(shopMigrations, clock: fixture.pickup.clock.clock) { database in
      try await fixture.seed(database)
      try await database.write(in: fixture.pickup.community) { transaction in
        try PriceTierStore.insert(
          [(fixture.item, PriceTiers([PriceTier(quantity: 3, price: .fen(1_600))]))], in: transaction)
        try transaction.execute("UPDATE shop_campaign_item SET tier_count = 1 WHERE id = \(fixture.item)")
      }
      let first = try #require(try await fixture.pickup.place(database, person: 11, [(0, 2), (1, 1)]))
      let second = try #require(try await fixture.pickup.place(database, person: 12, [(0, 1)]))
      #expect(first.total == .fen(2_000 + 350) && second.total == .fen(1_000))
      try await fixture.pickup.close(database)
      #expect(try await fixture.pickup.order(first.id, database).total == .fen(1_600 + 350))
      #expect(try await fixture.pickup.order(second.id, database).total == .fen(800))
      try await fixture.pickup.arrive(database, [(0, 3), (1, 1)])
      try await fixture.weigh(database, 450, second.id)
      #expect(try await fixture.pickup.order(second.id, database).total == .fen(720))
      try await fixture.weigh(database, 600, second.id, seen: 450)
      // 10 % beyond the estimate at the lower price, and no more unless the household agrees.
      #expect(try await fixture.pickup.order(second.id, database).total == .fen(880))
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test(
    "whatever is ordered, paid and brought, all pay one price and the accounts agree",
    arguments: TestEngine.available, 1...4 as ClosedRange<UInt64>)
  func anyCampaign(_ engine: TestEngine, _ seed: UInt64) async throws {
    try await Market.with(engine) { market in
      var random = SeededGenerator(seed: seed)
      var draft = market.draft(rule: .proRata)
      draft.discountSteps = anySteps(&random)
      let prices = (0..<4).map { _ in Money.fen(.random(in: 50...900, using: &random)) }
      let tiers = prices.map { anyTiers(below: $0, &random) }
      let id = try await market.campaign(
        zip(prices, tiers).map { try CampaignItemDraft(price: $0, stockKind: .onDemand, tiers: $1) }, draft)
      let items = try await market.items(id).map(\.item.id)
      for number in 0..<10 {
        let wishes = items.shuffled(using: &random).prefix(.random(in: 1...4, using: &random))
          .map { ($0, Int64.random(in: 1...8, using: &random)) }
        let buyer = [market.wang, market.li][number % 2]
        let order = try await market.place(buyer, id, wishes, key: "any-price-campaign-\(seed)-\(number)")
        if Bool.random(using: &random) { told.paid.withLock { $0[order.id] = order.total } }
      }
      #expect(try await market.breaches() == [])
      try await close(id, market)
      for (item, tiers) in zip(try await market.items(id), tiers) {
        let lines = try await market.orders(id).flatMap(\.lines).filter { $0.item == item.item.id }
        let held = lines.reduce(0) { $0 + $1.due }
        #expect(Set(lines.map(\.price)).count <= 1)
        #expect(item.item.settledPrice == tiers.price(for: held, from: item.item.price))
      }
      for order in try await market.orders(id) {
        #expect(try order.total == order.recomputedTotal() && order.total <= order.placedTotal)
      }
      #expect(try await market.breaches() == [])
      for item in items { try await arrive(item, .random(in: 0...30, using: &random), id, market) }
      #expect(try await market.breaches() == [])
    }
  }
}
