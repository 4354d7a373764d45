import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Goods that the station holds back")
struct ListingHoldTests {
  private static let source: Int64 = 77
  private static let lapses = Market.start + .hours(2)

  /// A group buy of two goods, the first of which may be held back.
  private struct Stall {
    let market: Market
    let campaign: CampaignID
    let items: [CampaignItemID]
    var product: ProductID { market.offers[0].product }

    func hold(source: Int64 = ListingHoldTests.source, until moment: Timestamp = lapses) async throws {
      let (product, person) = (product, market.leader)
      try await market.database.write(in: market.community) { transaction in
        let merchant: MerchantID? = try transaction.value(
          "SELECT merchant_id FROM shop_product WHERE id = \(product)")
        try ListingHoldStore.hold(
          product, of: try #require(merchant), for: source, by: person, until: moment,
          in: transaction)
      }
    }

    func end(_ work: @escaping @Sendable (Int64, Transaction) throws -> Void) async throws {
      try await market.database.write(in: market.community) { try work(ListingHoldTests.source, $0) }
    }

    /// The code of the problem that an order ends with; nil where it is placed.
    func place(_ wishes: [(CampaignItemID, Int64)], key: String, by person: PersonID? = nil) async -> String?
    {
      await Problem.code {
        try await market.place(person ?? market.wang, campaign, wishes, key: "held-order-\(key)")
      }
    }

    func page(item: CampaignItemID? = nil) async throws -> String {
      let path = item.map { "/campaigns/\(campaign)/items/\($0)" } ?? "/campaigns/\(campaign)"
      return try await market.browser().get(path).text
    }
  }

  private static func with(
    _ engine: TestEngine, _ body: @escaping (Stall) async throws -> Void
  ) async throws {
    try await Market.with(engine) { market in
      let draft = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
      let campaign = try await market.campaign([draft, draft])
      let items = try await market.items(campaign).map(\.item.id)
      try await body(Stall(market: market, campaign: campaign, items: items))
      #expect(try await market.breaches() == [])
    }
  }

  @Test("Nobody orders them while they are held, whatever else goes on", arguments: TestEngine.available)
  func held(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let (one, other) = (stall.items[0], stall.items[1])
      let before = try await stall.market.place(
        stall.market.wang, stall.campaign, [(one, 3)], key: "before-it-was-held")
      stall.market.clock.move(to: Market.start + .minutes(1))
      try await stall.hold()
      #expect(await stall.place([(one, 1)], key: "refused") == "shop.listing_held")
      #expect(await stall.place([(one, 1), (other, 1)], key: "refused-too") == "shop.listing_held")
      #expect(await stall.place([(other, 1)], key: "other-goods") == nil)
      let fewer = try await change(before, to: [(one, 2)], stall)
      #expect(fewer.lines.map(\.quantity) == [2])
      let more = await Problem.code { try await change(fewer, to: [(one, 3)], stall) }
      #expect(more == "shop.listing_held")
    }
  }

  private func change(
    _ order: Order, to wishes: [(CampaignItemID, Int64)], _ stall: Stall
  ) async throws -> Order {
    let command = OrderRequest.Command.change(
      order.id, revision: order.revision,
      wishes.map { OrderRequest.Wish(item: $0.0, quantity: $0.1) }, note: "")
    let request = try OrderRequest(
      community: stall.market.community, campaign: stall.campaign, person: order.person,
      household: order.household, actor: order.person, role: .resident,
      key: "held-change-to-\(wishes[0].1)-pieces", command: command)
    return try await stall.market.shop.desk.submit(request).order
  }

  @Test("Pages say so in neutral words, and let go with the hold", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let words = "暂停销售：有邻居反映，正在核实"
      let add = "name=\"add\" value=\"\(stall.items[0])\""
      #expect(try await stall.page().contains(add))
      try await stall.hold()
      let shelf = try await stall.page()
      #expect(shelf.contains(words) && !shelf.contains(add))
      #expect(shelf.contains("name=\"add\" value=\"\(stall.items[1])\""))
      let product = try await stall.page(item: stall.items[0])
      #expect(product.contains("服务站正在核实") && !product.contains("/basket/add"))
      stall.market.clock.move(to: Self.lapses)
      try await stall.market.runJobs()
      let after = try await stall.page()
      #expect(after.contains(add) && !after.contains(words))
    }
  }

  @Test(
    "What goes into the chat, onto paper and to clients does not offer them", arguments: TestEngine.available)
  func lists(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let market = stall.market
      let names = try await market.items(stall.campaign).map(\.offer.name.chinese)
      let browser = try await market.browser(of: market.leader)
      let desk = "/desk/campaigns/\(stall.campaign)"
      let before = try await browser.get("\(desk)/chat-text").text
      #expect(before.contains("A \(names[0])") && before.contains("B \(names[1])"))
      try await stall.hold()
      let chat = try await browser.get("\(desk)/chat-text").text
      #expect(!chat.contains("A \(names[0])") && chat.contains("B \(names[1])"), "letters stay as they were")
      let (actor, campaign) = (try market.actor(), stall.campaign)
      let catalogue = try await market.database.write(in: market.community) {
        try PaperCatalogueChanges.print(
          PaperCatalogueDraft(slipsUntil: Market.start + .hours(4)), of: campaign, by: actor, in: $0)
      }
      let paper = try await browser.get("\(desk)/catalogue/\(catalogue.number)/print").text
      #expect(!paper.contains(names[0]) && paper.contains(names[1]))
      #expect(try await browser.get("\(desk)/items").text.contains("暂停销售"))
      let answer = try await market.browser().get("/api/v1/campaigns/\(stall.campaign)").text
      #expect(answer.contains("\"is_held\":true") && answer.contains("\"is_held\":false"))
    }
  }

  @Test("A hold lapses by itself, is lifted, or stays once confirmed", arguments: TestEngine.available)
  func ends(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let wish = [(stall.items[0], Int64(1))]
      try await stall.hold()
      try await stall.end { try ListingHoldStore.release(source: $0, in: $1) }
      #expect(await stall.place(wish, key: "lifted") == nil)
      try await stall.hold(source: 78, until: Market.start + .hours(1))
      stall.market.clock.move(to: Market.start + .minutes(59))
      #expect(await stall.place(wish, key: "nearly-lapsed") == "shop.listing_held")
      stall.market.clock.move(to: Market.start + .hours(1))
      #expect(await stall.place(wish, key: "lapsed") == nil)
    }
    try await Self.with(engine) { stall in
      let wish = [(stall.items[0], Int64(1))]
      try await stall.hold()
      try await stall.end { try ListingHoldStore.confirm(source: $0, in: $1) }
      stall.market.clock.move(to: Self.lapses + .hours(1))
      try await stall.market.runJobs()
      #expect(await stall.place(wish, key: "confirmed") == "shop.listing_held")
    }
  }

  @Test(
    "Another merchant's goods are not held back, and the same hold twice is one",
    arguments: TestEngine.available)
  func whose(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let (product, person) = (stall.product, stall.market.leader)
      await #expect(throws: Problem.notFound) {
        try await stall.market.database.write(in: stall.market.community) { transaction in
          try ListingHoldStore.hold(
            product, of: MerchantID(rawValue: 1), for: 1, by: person, until: Self.lapses,
            in: transaction)
        }
      }
      try await stall.hold()
      try await stall.hold()
      let count = try await stall.market.database.read {
        try $0.value("SELECT count(*) FROM shop_listing_hold", as: Int64.self)
      }
      #expect(count == 1)
    }
  }

  @Test("However orders and the hold race, none is placed after it", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await Self.with(engine) { stall in
      let item = stall.items[0]
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask { _ = await stall.place([(item, 1)], key: "race-\(number)") }
          if number == 15 { group.addTask { try? await stall.hold() } }
        }
      }
      let placed = try await stall.market.orders(stall.campaign).count
      #expect(await stall.place([(item, 1)], key: "after-the-race") == "shop.listing_held")
      #expect(try await stall.market.orders(stall.campaign).count == placed)
      let level = try await stall.market.items(stall.campaign).first?.level.promised
      #expect(level == Int64(placed))
    }
  }
}
