import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("What is needed every week")
struct StandingOrderTests {
  @Test(
    "is ordered when a campaign opens, once, and told of only where something is lacking",
    arguments: TestEngine.available)
  func ordered(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2), fixture.need(1, 1)])
      let campaign = try await fixture.serve([(350, 10), (351, nil), (352, nil)])
      #expect(try await fixture.pieces(campaign) == [[2, 1, 0]])
      let order = try #require(try await fixture.market.orders(campaign).first)
      #expect(order.person == fixture.market.wang)
      #expect(order.placedBy == fixture.market.wang)
      let turn = try #require(try await fixture.turn(campaign))
      #expect(order.authority == .standing(turn.id))
      #expect(turn.order == order.id)
      #expect(try await fixture.market.events("shop.standing_turn") == 0)
      let found = try await fixture.market.find(campaign)
      try await fixture.market.database.write(in: fixture.market.community) { transaction in
        try ServeStandingOrders.schedule(found, in: transaction)
      }
      fixture.market.clock.advance(by: .seconds(1))
      try await fixture.market.runJobs()
      #expect(try await fixture.pieces(campaign) == [[2, 1, 0]])
      #expect(try await fixture.market.breaches().isEmpty)
    }
  }

  @Test(
    "waits for the opening; a question about the price is asked before it", arguments: TestEngine.available)
  func before(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2), fixture.need(1, 1, price: 300)])
      let campaign = try await fixture.campaign([(350, 10), (351, nil)], opensIn: .hours(5))
      try await fixture.market.runJobs()
      #expect(try await fixture.pieces(campaign).isEmpty)
      #expect(try await fixture.turn(campaign)?.lines.map(\.state) == [.planned, .asked])
      #expect(try await fixture.market.events("shop.standing_turn") == 1)
      try await fixture.answer(.yes, 1, in: campaign)
      #expect(try await fixture.turn(campaign)?.lines.map(\.state) == [.planned, .planned])
      fixture.market.clock.advance(by: .hours(5))
      try await fixture.market.runJobs()
      #expect(try await fixture.pieces(campaign) == [[2, 1]])
      #expect(try await fixture.market.events("shop.standing_turn") == 1)
    }
  }

  @Test(
    "is asked about when it is dearer, and each answer does what it says", arguments: TestEngine.available)
  func dearer(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 1), fixture.need(1, 2), fixture.need(2, 3)])
      let first = try await fixture.serve([(350, nil), (400, nil), (410, nil)])
      #expect(try await fixture.pieces(first) == [[1, 0, 0]])
      #expect(try await fixture.turn(first)?.lines.map(\.state) == [.ordered, .asked, .asked])
      try await fixture.answer(.yes, 1, in: first)
      #expect(try await fixture.pieces(first) == [[1, 2, 0]], "one order, with more on it")
      try await fixture.answer(.notThisTime, 2, in: first)
      #expect(try await fixture.pieces(first) == [[1, 2, 0]])
      #expect(
        await fixture.problem { try await fixture.answer(.yes, 2, in: first) }
          == "standing_order.question_over")
      let second = try await fixture.serve([(350, nil), (400, nil), (410, nil)], weeks: 1)
      #expect(try await fixture.pieces(second) == [[1, 2, 0]], "what was agreed to stays agreed")
      try await fixture.answer(.noMore, 2, in: second)
      #expect(
        try await fixture.standing()?.needs.map(\.variant) == fixture.market.offers.prefix(2).map(\.variant))
      let third = try await fixture.serve([(340, nil), (400, nil), (300, nil)], weeks: 2)
      #expect(try await fixture.pieces(third) == [[1, 2, 0]])
      #expect(try await fixture.market.breaches().isEmpty)
    }
  }

  @Test("is capped to what there is and to the household's limit", arguments: TestEngine.available)
  func capped(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 5), fixture.need(1, 4)])
      try await fixture.write([fixture.need(0, 5)], for: fixture.market.li)
      let campaign = try await fixture.serve([(350, 7), (351, nil)], limit: 3)
      #expect(try await fixture.pieces(campaign) == [[3, 3], [3, 0]])
      try await fixture.write([fixture.need(0, 5)], for: fixture.market.li, seen: 1)
      let next = try await fixture.serve([(350, 7), (351, nil)], weeks: 1)
      #expect(try await fixture.pieces(next) == [[5, 4], [2, 0]])
      let last = try await fixture.serve([(350, 5), (351, nil)], weeks: 2)
      #expect(try await fixture.pieces(last) == [[5, 4]])
      #expect(try await fixture.turn(last, of: fixture.market.li)?.lines.map(\.state) == [.soldOut])
      #expect(try await fixture.market.events("shop.standing_turn") == 4)
      #expect(try await fixture.market.breaches().isEmpty)
    }
  }

  @Test("never oversells beside neighbours who order at the same moment", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      try await fixture.write([fixture.need(0, 4)])
      let campaign = try await fixture.campaign([(350, 10)])
      let item = try #require(try await market.items(campaign).first?.item.id)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          group.addTask {
            _ = try? await market.place(
              market.li, campaign, [(item, 1)], key: "neighbour-in-a-hurry-\(number)")
          }
          group.addTask { try await market.runJobs() }
        }
        try await group.waitForAll()
      }
      let orders = try await market.orders(campaign)
      #expect(orders.filter { $0.person == market.wang }.count == 1)
      #expect(orders.reduce(0) { $0 + ($1.lines.first?.quantity ?? 0) } <= 10)
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("pauses until a day, and goes on by itself", arguments: TestEngine.available)
  func paused(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2)])
      try await fixture.pause(until: Market.start + .days(7))
      #expect(try await fixture.pieces(fixture.serve([(350, nil)])).isEmpty)
      #expect(try await fixture.pieces(fixture.serve([(350, nil)], weeks: 1)) == [[2]])
      #expect(await fixture.problem { try await fixture.pause(until: Market.start) } == "form.invalid")
      #expect(
        await fixture.problem { try await fixture.pause(until: Market.start + .days(500)) } == "form.invalid")
    }
  }

  @Test("a pause takes back what was planned, and resuming plans it again", arguments: TestEngine.available)
  func pausedInTime(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2)])
      let campaign = try await fixture.campaign([(350, nil)], opensIn: .hours(5))
      try await fixture.market.runJobs()
      #expect(try await fixture.turn(campaign)?.lines.count == 1)
      try await fixture.pause(until: Market.start + .days(3))
      #expect(try await fixture.turn(campaign)?.lines.isEmpty == true)
      try await fixture.pause(until: nil)
      fixture.market.clock.advance(by: .hours(5))
      try await fixture.market.runJobs()
      #expect(try await fixture.pieces(campaign) == [[2]])
    }
  }

  @Test(
    "what is on the list now is ordered now: after a pause, and of a list that was just written",
    arguments: TestEngine.available)
  func atOnce(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2)])
      try await fixture.pause(until: Market.start + .days(7))
      let campaign = try await fixture.serve([(350, nil), (350, nil)])
      #expect(try await fixture.pieces(campaign).isEmpty)
      try await fixture.pause(until: nil)
      #expect(try await fixture.pieces(campaign) == [[2, 0]])
      let seen = try await fixture.standing()?.revision
      try await fixture.write([fixture.need(0, 2), fixture.need(1, 3)], seen: seen)
      #expect(try await fixture.pieces(campaign) == [[2, 3]])
    }
  }

  @Test(
    "what the household has ordered by hand is not ordered again, whoever of it did",
    arguments: TestEngine.available)
  func byHand(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.serve([(350, nil), (350, nil)])
      let items = try await market.items(campaign).map(\.item.id)
      _ = try await market.place(market.wangSon, campaign, [(items[0], 1)], key: "order-of-the-son-0001")
      try await fixture.write([fixture.need(0, 2), fixture.need(1, 3)])
      #expect(try await fixture.pieces(campaign) == [[1, 0], [0, 3]])
      try await market.runJobs()
      #expect(try await fixture.pieces(campaign) == [[1, 0], [0, 3]])
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "a question stays in sight behind newer turns, and is no yes of whoever changes something else",
    arguments: TestEngine.available)
  func inSight(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      try await fixture.write([fixture.need(0, 1), fixture.need(1, 1, price: 300)])
      market.clock.move(to: Market.start)
      let asking = try await market.campaign(
        [
          try CampaignItemDraft(price: .fen(350), stockKind: .onDemand),
          try CampaignItemDraft(price: .fen(350), stockKind: .onDemand),
        ], market.draft(opensAt: Market.start + .days(70), cutOffAt: Market.start + .days(71)))
      try await market.runJobs()
      for week in 0...7 as ClosedRange<Int64> { _ = try await fixture.serve([(350, nil)], weeks: week) }
      let household = try await market.household(of: market.wang)
      let (reading, plain, agreeing) = try await market.database.read { snapshot in
        let reading = try StandingReading.read(of: household, in: market.community, snapshot)
        return (
          reading, try reading.choices(.nothing, of: household, in: market.community, snapshot),
          try reading.choices(.nothing, of: household, takesAsked: true, in: market.community, snapshot)
        )
      }
      #expect(reading.questions(at: market.clock.now).map(\.campaign.id) == [asking])
      #expect(plain.map(\.price.amount).contains(.fen(300)))
      #expect(!agreeing.map(\.price.amount).contains(.fen(300)))
    }
  }

  @Test("survives a season without the goods", arguments: TestEngine.available)
  func seasons(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 1), fixture.need(1, 2)])
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)])) == [[1, 2]])
      for week in 1...20 as ClosedRange<Int64> {
        #expect(try await fixture.pieces(fixture.serve([(350, nil)], weeks: week)) == [[1]])
      }
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)], weeks: 21)) == [[1, 2]])
    }
  }

  @Test(
    "two campaigns of one week are ordered from once; a fortnight is a fortnight",
    arguments: TestEngine.available)
  func rhythm(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 1), fixture.need(1, 2, .everyTwoWeeks)])
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)])) == [[1, 2]])
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)])).isEmpty)
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)], weeks: 1)) == [[1, 0]])
      #expect(try await fixture.pieces(fixture.serve([(350, nil), (351, nil)], weeks: 2)) == [[1, 2]])
    }
  }

  @Test(
    "what the household cancels stays cancelled, also when it says yes to something dearer later",
    arguments: TestEngine.available)
  func cancelled(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      try await fixture.write([fixture.need(0, 1), fixture.need(1, 2)])
      let campaign = try await fixture.serve([(350, nil), (400, nil)])
      let order = try #require(try await market.orders(campaign).first)
      let request = try OrderRequest(
        community: market.community, campaign: campaign, person: market.wang,
        household: try await market.household(of: market.wang), actor: market.wang, role: .resident,
        key: "we-are-away-this-week", command: .cancel(order.id, revision: order.revision))
      _ = try await market.shop.desk.submit(request)
      try await fixture.answer(.yes, 1, in: campaign)
      #expect(try await fixture.pieces(campaign).isEmpty)
      #expect(try await fixture.turn(campaign)?.lines.map(\.state) == [.ordered, .declined])
    }
  }

  @Test(
    "the list is changed by whoever saw it as it stands, and ends with nothing on it",
    arguments: TestEngine.available)
  func changed(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      let first = try #require(try await fixture.write([fixture.need(0, 1)]))
      #expect(
        try await fixture.write([fixture.need(0, 1)])?.revision == first.revision, "the same form twice")
      #expect(
        await fixture.problem { _ = try await fixture.write([fixture.need(0, 2)]) } == "standing_order.stale")
      let second = try await fixture.write([fixture.need(0, 2)], for: market.wangSon, seen: first.revision)
      #expect(second?.id == first.id, "a household has one list")
      #expect(second?.person == market.wang)
      let twice = [fixture.need(0, 2), fixture.need(0, 3)]
      #expect(
        await fixture.problem { _ = try await fixture.write(twice, seen: second?.revision) } == "form.invalid"
      )
      let strange = StandingNeed(
        variant: VariantID(rawValue: 999), quantity: 1, rhythm: .everyWeek, price: StandingPrice(.fen(1)))
      #expect(
        await fixture.problem { _ = try await fixture.write([strange], seen: second?.revision) }
          == "form.invalid")
      try await fixture.write([], seen: second?.revision)
      #expect(try await fixture.standing() == nil)
      #expect(try await fixture.pieces(fixture.serve([(350, nil)])).isEmpty)
      #expect(try await fixture.write([fixture.need(0, 1)])?.id != first.id)
    }
  }

  @Test("two who write at once: one list", arguments: TestEngine.available)
  func writtenAtOnce(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let written = await withTaskGroup(of: Bool.self) { group in
        for number in 1...6 as ClosedRange<Int64> {
          group.addTask { (try? await fixture.write([fixture.need(0, number)])) != nil }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      let standing = try await fixture.standing()
      #expect(written == 1)
      #expect(standing?.revision == 1)
    }
  }

  @Test("the checks see a list that was ordered from without leave", arguments: TestEngine.available)
  func breach(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      try await fixture.write([fixture.need(0, 2)])
      let campaign = try await fixture.serve([(350, nil)])
      let turn = try #require(try await fixture.turn(campaign))
      try await fixture.market.database.write(in: fixture.market.community) { transaction in
        try transaction.execute("UPDATE shop_standing_turn SET order_id = NULL WHERE id = \(turn.id)")
      }
      let found = Set(try await fixture.market.breaches().map(\.name))
      #expect(found == ["shop.standing_order_of_nobody", "shop.standing_turn_without_order"])
    }
  }

  @Test("the search for who needs what does not look at every list", arguments: TestEngine.available)
  func plan(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let plan = try await fixture.market.database.read {
        try $0.plan(
          StandingOrderStore.needingQuery(
            CampaignID(rawValue: 1), after: StandingOrderID(rawValue: 0), limit: 25,
            in: fixture.market.community))
      }
      #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }
  }
}
