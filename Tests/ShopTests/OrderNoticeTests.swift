import Database
import Kernel
import Messages
import TestKit
import Testing

@testable import Shop

@Suite("What households are told of their orders")
struct OrderNoticeTests {
  private static let order = NoticedOrder(
    id: OrderID(rawValue: 1), number: 12, campaign: CampaignID(rawValue: 2), person: PersonID(rawValue: 3),
    total: .fen(3560), isEstimate: false, fulfilment: .placed, title: Phrase("周三鲜菜", "Wednesday greens"),
    pickupFrom: Timestamp(rfc3339: "2026-11-26T08:00:00Z") ?? Timestamp(seconds: 0),
    pickupUntil: Timestamp(rfc3339: "2026-11-26T11:00:00Z") ?? Timestamp(seconds: 0),
    point: Phrase("3号楼大堂", "Lobby of Building 3"))

  @Test("the same facts in both languages")
  func words() {
    let words = OrderNoticeWords(order: Self.order, offsetSeconds: 28_800)
    #expect(words.placed.chinese == "「周三鲜菜」12 号单收到了，一共¥35.60。11月26日 周四 16:00–19:00 到3号楼大堂取。")
    #expect(
      words.placed.english
        == "Order 12 of “Wednesday greens” is in, ¥35.60 in all. Collect it Thu 26 Nov 16:00–19:00 at: Lobby of Building 3."
    )
    let eggs = NoticedOrder.ShortLine(
      name: Phrase("草鸡蛋", "Free-range eggs"), unit: .piece, ordered: 3, due: 1)
    for text in [words.short([eggs]), words.arrived, words.refunded(.fen(350), isPaid: false, isCash: true)] {
      #expect(
        text.chinese.contains("12 号单") && text.english.contains("Order 12")
          || text.english.contains("order 12"))
    }
    #expect(words.short([eggs]).english.contains("1 instead of 3 × Free-range eggs"))
    #expect(words.refunded(.fen(350), isPaid: true, isCash: false).chinese.contains("¥3.50"))
  }

  @Test("what goes out fits the places of a template")
  func headlines() {
    for kind in OrderNotice.kinds { #expect(kind.headline.chinese.count <= 20) }
    #expect(Set(OrderNotice.kinds.map(\.code)).count == OrderNotice.kinds.count)
  }

  /// How many messages of a kind a person has.
  private func told(_ market: Market, _ kind: MessageKind, _ person: PersonID) async throws -> Int {
    try await market.database.read { snapshot in
      try snapshot.value(
        """
        SELECT count(*) FROM messages_message WHERE community_id = \(market.community)
          AND recipient_id = \(person) AND kind = \(kind.code)
        """) ?? 0
    }
  }

  @Test(
    "an order that is placed is told of once, by the pump and not by the desk",
    arguments: TestEngine.available)
  func placed(engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(350), stockKind: .onDemand)])
      let item = try #require(try await market.items(id).first?.item)
      _ = try await market.place(market.wang, id, [(item.id, 2)], key: "notice-key-of-wang-1")
      #expect(try await told(market, OrderNotice.placed, market.wang) == 0)
      let pump = EventPump(market.database, handlers: market.shop.eventHandlers)
      try await pump.drain()
      try await pump.drain()
      #expect(try await told(market, OrderNotice.placed, market.wang) == 1)
      #expect(try await told(market, OrderNotice.placed, market.wangSon) == 0)
    }
  }

  @Test(
    "orders that are told of together are each told to their own household", arguments: TestEngine.available)
  func together(engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(350), stockKind: .onDemand)])
      let item = try #require(try await market.items(id).first?.item.id)
      var expected: [String] = []
      for round in 1...3 {
        for (person, quantity) in [(market.wang, Int64(round)), (market.li, Int64(10 + round))] {
          let key = "notice-key-of-\(person)-\(round)"
          let order = try await market.place(person, id, [(item, quantity)], key: key)
          expected.append("\(person) \(order.number) 号单收到了，一共\(order.total.display)")
        }
      }
      try await EventPump(market.database, handlers: market.shop.eventHandlers).drain()
      let told: [(String, String)] = try await market.database.read { snapshot in
        try snapshot.all(
          """
          SELECT recipient_id, text_zh FROM messages_message WHERE community_id = \(market.community)
            AND kind = \(OrderNotice.placed.code)
          """
        ) { row in ("\(try row[0] as PersonID)", try row[1]) }
      }
      #expect(told.count == expected.count)
      for line in expected {
        #expect(
          told.contains { line.hasPrefix($0.0) && $0.1.contains(line.dropFirst($0.0.count + 1)) }, "\(line)")
      }
    }
  }

  @Test(
    "of what a merchant ordered a colleague is told once whoever ordered has left",
    arguments: TestEngine.available)
  func colleagues(engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let pump = EventPump(market.database, handlers: market.shop.eventHandlers)
      _ = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "told-to-the-baker-001", [(item, 1)])
      try await pump.drain()
      #expect(try await told(market, OrderNotice.placed, fixture.baker) == 1)
      #expect(try await told(market, OrderNotice.placed, fixture.apprentice) == 0)
      _ = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "told-to-a-colleague-1", [(item, 2)])
      try await fixture.write("DELETE FROM shop_merchant_member WHERE person_id = \(fixture.baker)")
      try await pump.drain()
      #expect(try await told(market, OrderNotice.placed, fixture.baker) == 1)
      #expect(try await told(market, OrderNotice.placed, fixture.apprentice) == 1)
      _ = try await fixture.place(
        fixture.apprentice, for: fixture.bakery, in: campaign, key: "told-to-nobody-left-1", [(item, 1)])
      try await fixture.write("DELETE FROM shop_merchant_member WHERE person_id = \(fixture.apprentice)")
      try await pump.drain()
      #expect(try await told(market, OrderNotice.placed, fixture.apprentice) == 1)
    }
  }

  @Test("a history that nobody has handed on is not told of", arguments: TestEngine.available)
  func stale(engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(350), stockKind: .onDemand)])
      let item = try #require(try await market.items(id).first?.item)
      _ = try await market.place(market.wang, id, [(item.id, 2)], key: "notice-key-of-wang-1")
      market.clock.advance(by: OrderNotices.freshness)
      try await EventPump(market.database, handlers: market.shop.eventHandlers).drain()
      #expect(try await told(market, OrderNotice.placed, market.wang) == 0)
    }
  }

  @Test(
    "a campaign from the cut-off on: short, arrived, each household its own", arguments: TestEngine.available)
  func campaign(engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let draft = try CampaignItemDraft(price: .fen(350), stockKind: .onDemand)
      let id = try await market.campaign([draft, draft])
      let items = try await market.items(id).map(\.item.id)
      let pump = EventPump(market.database, handlers: market.shop.eventHandlers)
      _ = try await market.place(
        market.wang, id, [(items[0], 2), (items[1], 2)], key: "notice-key-of-wang-1")
      _ = try await market.place(market.li, id, [(items[0], 1)], key: "notice-key-of-li-01")
      try await pump.drain()
      try await market.arrive([(items[0], 3), (items[1], 1)], for: id)
      try await pump.drain()
      #expect(try await told(market, OrderNotice.arrived, market.wang) == 1)
      #expect(try await told(market, OrderNotice.arrived, market.li) == 1)
      #expect(
        try await told(market, OrderNotice.short, market.wang) == 1, "one piece of news for all its lines")
      #expect(try await told(market, OrderNotice.short, market.li) == 0)
      // Counted once more, nobody hears of it again.
      try await market.arrive([(items[0], 3), (items[1], 1)], for: id)
      try await pump.drain()
      #expect(try await told(market, OrderNotice.arrived, market.wang) == 1)
    }
  }

  @Test("the words for the group name no one, and say when and where", arguments: Language.allCases)
  func groupText(language: Language) async throws {
    try await Market.with(.sqlite) { market in
      let draft = try CampaignItemDraft(price: .fen(350), stockKind: .onDemand)
      let id = try await market.campaign([draft])
      let item = try #require(try await market.items(id).first?.item.id)
      _ = try await market.place(market.wang, id, [(item, 2)], key: "notice-key-of-wang-1")
      try await market.arrive([(item, 2)], for: id)
      let browser = try await market.browser(of: market.leader, language: language.rawValue)
      let page = try await browser.get("/desk/campaigns/\(id)/chat-text")
      #expect(page.status == 200)
      // What follows shows how a line of the list is written, by an example.
      let text = page.text.split(separator: "</textarea>").first.map { String($0) } ?? ""
      #expect(text.contains(language == .chinese ? "到货了，请来取" : "please come and collect"))
      #expect(!text.contains("王阿姨") && !text.contains("2单元") && !text.contains("Unit 2"))
    }
  }
}
