import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("A pasted list becomes orders")
struct ChatOrderTests {
  func campaign(_ market: Market, stock: Int64? = nil) async throws -> Campaign {
    let items = try (0..<3).map { _ in
      try CampaignItemDraft(
        price: .fen(500), stockKind: stock == nil ? .onDemand : .limited, units: stock ?? 0)
    }
    return try await market.find(try await market.campaign(items))
  }

  func roll(_ market: Market, _ campaign: Campaign) async throws -> ChatRoll {
    let chat = market.shop.chatOrders
    let opened = try await chat.opened(market.community)
    return try #require(
      try await market.database.read { try chat.desk.roll(of: campaign, opened, $0)?.roll })
  }

  @discardableResult
  func paste(_ text: String, _ market: Market, _ campaign: Campaign) async throws -> ChatRoll {
    try await market.shop.chatOrders.paste(text, into: campaign, by: try market.actor())
    return try await roll(market, campaign)
  }

  func place(_ market: Market, _ campaign: Campaign) async throws -> (Int, [Int: Problem]) {
    try await market.shop.chatOrders.place(of: campaign, by: try market.actor())
  }

  func change(_ position: Int, _ market: Market, _ campaign: Campaign) async throws {
    let (chat, actor) = (market.shop.chatOrders, try market.actor())
    let opened = try await chat.opened(market.community)
    try await market.database.write(in: market.community) { transaction in
      let revision = try ChatOrderStore.revision(of: campaign.id, in: transaction) ?? 0
      try chat.desk.change(
        at: position, of: campaign, seen: revision, by: actor, opened, in: transaction)
    }
  }

  @Test(
    "Each line is one order of the person whom it names, on the ground of the line",
    arguments: TestEngine.available)
  func places(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let roll = try await paste("#接龙\n1. 3-501 小王 A2 B1\n2. 3号楼502 李叔 C1", market, campaign)
      #expect(roll.rows.map(\.step) == [.place, .place])
      let (placed, refused) = try await place(market, campaign)
      #expect(placed == 2 && refused.isEmpty)
      let orders = try await market.orders(campaign.id).sorted { $0.number < $1.number }
      #expect(orders.map(\.person) == [market.wangSon, market.li])
      #expect(orders.map(\.placedBy) == [market.leader, market.leader])
      #expect(orders.map { $0.lines.map(\.quantity) } == [[2, 1], [1]])
      for order in orders {
        guard case .groupText(let line) = order.authority else {
          Issue.record("the order stands on \(order.authority)")
          continue
        }
        let ground = try await market.database.write(in: market.community) {
          try ChatOrderStore.ground(line, in: $0)
        }
        #expect(ground?.isOpen == false && ground?.helper == market.leader)
      }
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "The grown list is recognised: what was placed stays, what changed is asked, what is gone stays too",
    arguments: TestEngine.available)
  func grows(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 B1", market, campaign)
      _ = try await place(market, campaign)
      let again = try await paste("1、３－５０１　王阿姨　A2\n2. 3-502 李叔 B3", market, campaign)
      let orders = try await market.orders(campaign.id)
      let wang = try #require(orders.first { $0.person == market.wang })
      let li = try #require(orders.first { $0.person == market.li })
      #expect(again.rows.map(\.step) == [.unchanged(wang), .change(li)])
      #expect(try await place(market, campaign).0 == 0)
      try await change(1, market, campaign)
      #expect(try await market.orders(campaign.id).first { $0.id == li.id }?.lines.map(\.quantity) == [3])
      let gone = try await paste("1. 3-502 李叔 B3 取消", market, campaign)
      #expect(gone.vanished.map(\.id) == [wang.id])
      try await change(0, market, campaign)
      let after = try await market.orders(campaign.id)
      #expect(after.first { $0.id == li.id }?.fulfilment == .cancelled)
      #expect(after.first { $0.id == wang.id }?.fulfilment == .placed)
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "A household that ordered by itself is asked about, and so is a door that nobody has",
    arguments: TestEngine.available)
  func asks(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let item = try #require(try await market.items(campaign.id).first?.item.id)
      _ = try await market.place(market.wang, campaign.id, [(item, 1)], key: "ordered-by-herself-1")
      let roll = try await paste("1. 3-501 王阿姨 A2\n2. 3-999 某人 A1\n3. 李叔 A1", market, campaign)
      #expect(
        roll.rows.map { $0.questions.map(\.kind) } == [[.ordered], [.householdUnknown], [.doorMissing]])
      #expect(try await place(market, campaign).0 == 0)
      try await answer(roll.rows[0], with: .besides, market, campaign)
      #expect(try await place(market, campaign).0 == 1)
      #expect(try await market.orders(campaign.id).count == 2)
      // The answer is remembered, and so is the order: a second time changes nothing.
      #expect(try await place(market, campaign).0 == 0)
    }
  }

  func answer(
    _ row: ChatRow, with answer: ChatQuestion.Answer, _ market: Market, _ campaign: Campaign
  ) async throws {
    let (chat, actor) = (market.shop.chatOrders, try market.actor())
    let opened = try await chat.opened(market.community)
    let choice = try #require(row.questions.flatMap(\.choices).first { $0.answer == answer })
    try await market.database.write(in: market.community) { transaction in
      let revision = try ChatOrderStore.revision(of: campaign.id, in: transaction) ?? 0
      try chat.desk.correct(
        [(row.key, choice.text)], of: campaign, seen: revision, by: actor, opened, in: transaction)
    }
  }

  @Test("A room in two units is asked about, one in a single unit is found", arguments: TestEngine.available)
  func units(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let households = try await market.people.createHouseholds(
        try [("7", "1", "301"), ("7", "2", "301"), ("7", "2", "302")].map {
          try HouseholdDraft(door: Door(building: $0.0, unit: $0.1, room: $0.2))
        }, in: market.community)
      let person = try await market.person("周敏", [], household: households[2])
      let roll = try await paste("1. 7-301 周敏 A1\n2. 7-302 周敏 A1", market, campaign)
      #expect(roll.rows[0].questions.map(\.kind) == [.householdUnclear])
      #expect(roll.rows[0].questions[0].choices.count == 2)
      #expect(roll.rows[1].step == .place && roll.rows[1].person == person)
      try await answer(
        roll.rows[0], with: .door(ChatDoor(building: "7", unit: "1", room: "301")), market, campaign)
      #expect(try await self.roll(market, campaign).rows[0].questions.map(\.kind) == [.householdEmpty])
    }
  }

  @Test(
    "What cannot be had is refused line by line, and leaves no ground behind", arguments: TestEngine.available
  )
  func refuses(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market, stock: 2)
      try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 A1 B1", market, campaign)
      let (placed, refused) = try await place(market, campaign)
      #expect(placed == 1 && refused.mapValues(\.code) == [1: "order.sold_out"])
      let lines = try await market.database.read {
        try $0.value("SELECT count(*) FROM shop_chat_line") ?? 0
      }
      #expect(lines == 1)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("Placed by two windows at once it is placed once", arguments: TestEngine.available)
  func races(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 B1", market, campaign)
      let (chat, actor) = (market.shop.chatOrders, try market.actor())
      let placed = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<6 { group.addTask { try await chat.place(of: campaign, by: actor).placed } }
        return try await group.reduce(0, +)
      }
      #expect(placed == 2)
      #expect(try await market.orders(campaign.id).count == 2)
    }
  }

  @Test("A list that changed since it was seen is not carried out", arguments: TestEngine.available)
  func stale(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2", market, campaign)
      try await paste("1. 3-501 王阿姨 A3", market, campaign)
      await #expect(throws: Problem.chatStale) {
        try await market.shop.chatOrders.place(of: campaign, seen: 1, by: try market.actor())
      }
      #expect(try await market.orders(campaign.id).isEmpty)
    }
  }

  @Test("A ground is of one line, of one request and of whoever pasted it", arguments: TestEngine.available)
  func grounds(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let item = try #require(try await market.items(campaign.id).first?.item.id)
      let household = try await market.household(of: market.wang)
      for authority in [OrderAuthority.household, .groupText(ChatLineID(rawValue: 4711))] {
        let request = try OrderRequest(
          community: market.community, campaign: campaign.id, person: market.wang, household: household,
          actor: market.leader, role: .leader, authority: authority, key: "without-any-ground-1",
          command: .place([.init(item: item, quantity: 1)], note: ""))
        await #expect(throws: Problem.orderNeedsAuthority) { try await market.shop.desk.submit(request) }
      }
    }
  }

  @Test(
    "What was pasted is sealed, holds no telephone, and is forgotten after the campaign",
    arguments: TestEngine.available)
  func forgets(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2 13800001234\n2. 3-502 李叔 草莓1", market, campaign)
      _ = try await place(market, campaign)
      let (kept, text) = try await market.database.read { snapshot -> ([UInt8]?, Int) in
        (
          try snapshot.value("SELECT content FROM shop_chat_text"),
          try snapshot.value("SELECT count(*) FROM shop_chat_text") ?? 0
        )
      }
      #expect(text == 1)
      #expect(!String(decoding: kept ?? [], as: UTF8.self).contains("王阿姨"))
      let read = try await roll(market, campaign).reading.lines.map(\.text).joined()
      #expect(read.contains("王阿姨") && !read.contains("13800001234"))

      try await market.arrive(
        [(try #require(try await market.items(campaign.id).first?.item.id), 2)], for: campaign.id)
      market.clock.move(to: campaign.pickupUntil + .hours(13))
      try await market.runJobs()
      market.clock.move(to: campaign.pickupUntil + .days(29))
      try await market.runJobs()
      #expect(try await count("shop_chat_text", market) == 1)
      market.clock.move(to: campaign.pickupUntil + .days(32))
      try await market.runJobs()
      #expect(try await count("shop_chat_text", market) == 0)
      #expect(try await count("shop_chat_line", market) == 1)
      #expect(try await market.breaches() == [])
    }
  }

  private func count(_ table: StaticString, _ market: Market) async throws -> Int {
    try await market.database.read { snapshot in
      switch table.description {
      case "shop_chat_text": try snapshot.value("SELECT count(*) FROM shop_chat_text") ?? 0
      default: try snapshot.value("SELECT count(*) FROM shop_chat_line") ?? 0
      }
    }
  }

  @Test("Only whoever runs the campaign sees its list", arguments: TestEngine.available)
  func own(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let other = try await market.browser(of: market.otherLeader)
      for path in ["chat", "chat-text", "chat-text/card", "chat-text/picture"] {
        #expect(try await other.get("/desk/campaigns/\(campaign.id)/\(path)").status == 404)
      }
      let draft = try await market.campaign([], publish: false)
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get("/desk/campaigns/\(draft)/chat").status == 404)
    }
  }
}
