import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// What later lists make of orders that stand, and of orders that were taken back.
extension ChatOrderTests {
  private func items(_ order: OrderID, _ market: Market, _ campaign: Campaign) async throws -> [Int: Int64] {
    let places = try await market.items(campaign.id).map(\.item.id)
    let order = try #require(try await market.orders(campaign.id).first { $0.id == order })
    let lines = order.lines.filter { $0.quantity > 0 }
    return Dictionary(lines.map { (places.firstIndex(of: $0.item) ?? -1, $0.quantity) }, uniquingKeysWith: +)
  }

  private func cancelInTheShop(_ order: Order, _ market: Market) async throws {
    let request = try OrderRequest(
      community: market.community, campaign: order.campaign, person: order.person, household: order.household,
      actor: order.person, role: .resident, authority: .household, key: "taken-back-in-the-shop",
      command: .cancel(order.id, revision: order.revision))
    _ = try await market.shop.desk.submit(request)
  }

  @Test(
    "More, less and other numbers of a part are asked about, and what is answered keeps the rest",
    arguments: TestEngine.available)
  func parts(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2 B1", market, campaign)
      _ = try await place(market, campaign)
      let order = try #require(try await market.orders(campaign.id).first)
      let steps: [(said: String, [ChatQuestion.Answer], take: Int, leaves: [Int: Int64])] = [
        (
          "再加C1",
          [.wishes([.init(item: 0, quantity: 2), .init(item: 1, quantity: 1), .init(item: 2, quantity: 1)])],
          0,
          [0: 2, 1: 1, 2: 1]
        ),
        (
          "B不要了", [.wishes([.init(item: 0, quantity: 2), .init(item: 2, quantity: 1)]), .cancel], 0,
          [0: 2, 2: 1]
        ),
        (
          "C改成3",
          [
            .wishes([.init(item: 0, quantity: 2), .init(item: 2, quantity: 3)]),
            .wishes([.init(item: 2, quantity: 3)]),
          ], 0, [0: 2, 2: 3]
        ),
        (
          "C2不要了",
          [
            .wishes([.init(item: 0, quantity: 2), .init(item: 2, quantity: 1)]),
            .wishes([.init(item: 0, quantity: 2)]), .cancel,
          ], 1, [0: 2]
        ),
      ]
      for (said, answers, take, leaves) in steps {
        let asked = try await paste("王阿姨 3-501 \(said)", market, campaign).rows[0]
        #expect(asked.questions.map(\.kind) == [.whole], "\(said)")
        #expect(asked.questions.first?.choices.map(\.answer) == answers + [.leaveOut], "\(said)")
        await #expect(throws: Problem.chatStale) { try await change(0, market, campaign) }
        try await answer(asked, with: answers[take], market, campaign)
        try await change(0, market, campaign)
        #expect(try await items(order.id, market, campaign) == leaves, "\(said)")
        // The same words pasted again are the same words.
        let again = try await paste("王阿姨 3-501 \(said)", market, campaign).rows[0].step
        let stands = try #require(try await market.orders(campaign.id).first { $0.id == order.id })
        #expect(again == .unchanged(stands), "\(said)")
      }
      #expect(try await market.orders(campaign.id).count == 1)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("A line that names all of its order speaks for itself", arguments: TestEngine.available)
  func wholes(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 再加B1", market, campaign)
      #expect(try await place(market, campaign).0 == 2)
      let orders = try await market.orders(campaign.id)
      let wang = try #require(orders.first { $0.person == market.wang })
      let li = try #require(orders.first { $0.person == market.li })
      func step(_ text: String) async throws -> ChatRow.Step? {
        try await paste(text, market, campaign).rows.first?.step
      }
      #expect(try await step("王阿姨 3-501 A改成3") == .change(wang))
      #expect(try await step("王阿姨 3-501 A改成2") == .unchanged(wang))
      #expect(try await step("王阿姨 3-501 A不要了") == .cancel(wang))
      #expect(try await step("王阿姨 3-501 取消") == .cancel(wang))
      #expect(try await step("李叔 3-502 再加B1") == .unchanged(li), "it is the line that was ordered")
      // As much more as was ordered is not what was ordered.
      guard case .asks? = try await step("王阿姨 3-501 再加A2") else {
        Issue.record("more of the same is read as the same")
        return
      }
    }
  }

  @Test("What is asked for after a cancellation is placed, or asked about", arguments: TestEngine.available)
  func reorders(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 A1", market, campaign)
      _ = try await place(market, campaign)
      let li = try #require(try await market.orders(campaign.id).first { $0.person == market.li })
      try await cancelInTheShop(li, market)
      try await paste("王阿姨 3-501 取消", market, campaign)
      try await change(0, market, campaign)
      let cancelled = try await market.orders(campaign.id)
      #expect(cancelled.map(\.fulfilment) == [.cancelled, .cancelled])
      // The list of before may still be there: what was taken back is not placed by itself.
      let old = try await paste("1. 3-501 王阿姨 A2\n2. 3-502 李叔 A1", market, campaign)
      #expect(old.rows.map { $0.questions.map(\.kind) } == [[.cancelled], []])
      #expect(old.rows[1].step == cancelled.first { $0.id == li.id }.map(ChatRow.Step.over))
      let new = try await paste("1. 3-501 王阿姨 A3\n2. 3-502 李叔 B1", market, campaign)
      #expect(new.rows.map(\.step) == [.place, .place])
      #expect(try await place(market, campaign).0 == 2)
      let open = try await market.orders(campaign.id).filter(\.fulfilment.isOpen)
      #expect(open.map { $0.lines.map(\.quantity) } == [[3], [1]] && Set(open.map(\.person)).count == 2)
      let again = try await roll(market, campaign).rows.map(\.step)
      #expect(again.allSatisfy { if case .unchanged = $0 { true } else { false } })
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "What was cancelled and is wanted again is placed once the leader says so",
    arguments: TestEngine.available)
  func wantedAgain(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      try await paste("1. 3-501 王阿姨 A2", market, campaign)
      _ = try await place(market, campaign)
      try await paste("1. 3-501 王阿姨 A2 取消", market, campaign)
      try await change(0, market, campaign)
      let roll = try await paste("1. 3-501 王阿姨 A2", market, campaign)
      #expect(roll.rows[0].questions.map(\.kind) == [.cancelled])
      try await answer(roll.rows[0], with: .besides, market, campaign)
      #expect(try await place(market, campaign).0 == 1)
      #expect(try await place(market, campaign).0 == 0)
      #expect(try await market.orders(campaign.id).filter(\.fulfilment.isOpen).count == 1)
    }
  }

  @Test("What a person wants besides is an order of its own", arguments: TestEngine.available)
  func besides(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let text = "1. 3-501 王阿姨 A2\n2. 3-501 王阿姨 A2\n3. 3-501 王阿姨 B1"
      let asked = try await paste(text, market, campaign)
      #expect(asked.rows.map { $0.questions.map(\.kind) } == [[], [.repeated], [.repeated]])
      #expect(try await place(market, campaign).0 == 1)
      try await answer(asked.rows[1], with: .besides, market, campaign)
      try await answer(asked.rows[2], with: .besides, market, campaign)
      let first = try #require(try await market.orders(campaign.id).first)
      #expect(try await roll(market, campaign).rows.map(\.step) == [.unchanged(first), .place, .place])
      #expect(try await place(market, campaign).0 == 2)
      let orders = try await market.orders(campaign.id).sorted { $0.number < $1.number }
      #expect(try await paste(text, market, campaign).rows.map(\.step) == orders.map(ChatRow.Step.unchanged))
      #expect(orders.count == 3)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("One household under two spellings of its door is asked about", arguments: TestEngine.available)
  func twoSpellings(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await campaign(market)
      let household = try await market.people.createHouseholds(
        [try HouseholdDraft(door: Door(building: "7", unit: "2", room: "302"))], in: market.community)[0]
      _ = try await market.person("周敏", [], household: household)
      let text = "4. 7-302 周敏 A1\n9. 7-2-302 周敏 A1 B1"
      let roll = try await paste(text, market, campaign)
      #expect(roll.rows[0].step == .place && roll.rows[1].questions.map(\.kind) == [.repeated])
      #expect(roll.rows[1].questions.first?.fragment == roll.rows[0].entry.body)
      #expect(try await place(market, campaign).0 == 1)
      #expect(try await self.roll(market, campaign).rows[1].questions.map(\.kind) == [.ordered])
      try await answer(roll.rows[1], with: .besides, market, campaign)
      #expect(try await place(market, campaign).0 == 1)
      #expect(try await market.orders(campaign.id).count == 2)
    }
  }
}
