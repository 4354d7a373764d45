import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

/// A campaign of two households whose bags lie at the table; one of the bags is not there.
@Suite("Bags that are not there")
struct LossTests {
  private struct Scene {
    let market: Market
    let campaign: CampaignID
    let wang: Order
    let li: Order

    func report(_ order: Order? = nil) async throws -> LossReport {
      let order = order ?? wang
      return try await market.database.write(in: market.community) {
        try market.shop.lossDesk.report(order.id, household: order.household, by: order.person, in: $0)
      }
    }

    func answer(
      _ report: LossReport, _ outcome: LossOutcome, by person: PersonID? = nil
    ) async throws -> LossReport {
      try await market.database.write(in: market.community) {
        try market.shop.lossDesk.answer(
          report.id, outcome, seen: report.sequence, by: person ?? market.leader, roles: [.leader], in: $0)
      }
    }

    func order(_ order: Order) async throws -> Order {
      try #require(
        try await market.database.read { try OrderStore.find(order.id, in: market.community, $0) })
    }

    func claims(_ order: Order) async throws -> [Claim] {
      try await market.database.read { try ClaimStore.claims(of: order.id, in: market.community, $0) }
    }

    func find(_ report: LossReport) async throws -> LossReport {
      try #require(
        try await market.database.read { try LossStore.find(report.id, in: market.community, $0) })
    }
  }

  private func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
    try await Market.with(engine) { market in
      let item = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
      let campaign = try await market.campaign([item, item])
      let items = try await market.items(campaign).map(\.item)
      for (person, key) in [(market.wang, "order-whose-bag-is-gone"), (market.li, "order-of-the-neighbour")] {
        _ = try await market.place(person, campaign, items.map { ($0.id, 2) }, key: key)
      }
      try await market.arrive(items.map { ($0.id, 4) }, for: campaign)
      market.clock.move(to: try await market.find(campaign).pickupFrom + .minutes(30))
      let orders = try await market.orders(campaign)
      try await body(Scene(market: market, campaign: campaign, wang: orders[0], li: orders[1]))
    }
  }

  private func problem(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  @Test("a bag that is found is collected as ever", arguments: TestEngine.available)
  func found(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let report = try await scene.report()
      #expect(report.state == .reported && report.dueAt == scene.market.clock.now + .hours(24))
      #expect(try await scene.report() == report, "while it is open, saying it again is the same report")
      let looking = try await scene.answer(report, .looking)
      #expect(await problem { _ = try await scene.answer(report, .looking) } == "loss.stale")
      let mistaken = try await scene.answer(looking, .mistaken(number: scene.li.number))
      #expect(mistaken.mistakenOrder == scene.li.id)
      let found = try await scene.answer(mistaken, .found(where: "服务站冰箱里"))
      #expect(found.state == .found && found.foundAt == "服务站冰箱里")
      #expect(try await scene.order(scene.wang).isReadyForPickup)
      #expect(try await scene.claims(scene.wang).isEmpty)
      #expect(await problem { _ = try await scene.answer(found, .lost) } == "loss.closed")
      #expect(try await scene.market.nextJob("shop.pass_on_loss") == nil)
      #expect(try await scene.market.breaches() == [])
    }
  }

  @Test(
    "a bag that stays lost is with after-sales, with nothing typed again", arguments: TestEngine.available)
  func lost(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let report = try await scene.report()
      _ = try await scene.answer(report, .lost)
      let claims = try await scene.claims(scene.wang)
      #expect(claims.map(\.fault) == [.missing, .missing] && claims.map(\.pieces) == [2, 2])
      #expect(claims.allSatisfy { $0.state == .open && $0.level == .leader })
      let custody = try await scene.market.database.read {
        try CustodyStore.records(of: scene.campaign, in: scene.market.community, $0)
      }
      #expect(custody.last?.to == .lost && custody.last?.pieces == 4)
      #expect(try await scene.order(scene.li).isReadyForPickup)
      #expect(try await scene.market.breaches() == [])
    }
  }

  @Test("what nobody answers in time counts as lost by itself", arguments: TestEngine.available)
  func outOfTime(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let report = try await scene.report()
      scene.market.clock.advance(by: .hours(12))
      try await scene.market.runJobs()
      #expect(try await scene.find(report).state == .reported)
      scene.market.clock.advance(by: .hours(12))
      try await scene.market.runJobs()
      #expect(try await scene.find(report).state == .lost)
      #expect(try await scene.claims(scene.wang).count == 2)
      #expect(try await scene.order(scene.wang).fulfilment == .collected, "it was not left behind")
      #expect(try await scene.order(scene.li).fulfilment == .uncollected)
      #expect(try await scene.market.breaches() == [])
    }
  }

  @Test("a bag that is with a courier is not lost", arguments: TestEngine.available)
  func withCourier(engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let market = fixture.market
      func report(_ order: Order) async throws -> LossReport {
        try await market.database.write(in: market.community) {
          try market.shop.lossDesk.report(order.id, household: order.household, by: order.person, in: $0)
        }
      }
      func state(_ report: LossReport) async throws -> LossReport.State? {
        try await market.database.read { try LossStore.find(report.id, in: market.community, $0)?.state }
      }
      // The group-buy may last longer than the search, so that its end is left out here.
      let runner = JobRunner(market.database, handlers: [PassOnLoss.handler(market.shop.lossDesk)])
      let early = try await report(fixture.wang)
      let round = try await fixture.underWay()
      let lost = await problem {
        try await market.database.write(in: market.community) {
          _ = try market.shop.lossDesk.answer(
            early.id, .lost, seen: early.sequence, by: market.leader, roles: [.leader], in: $0)
        }
      }
      #expect(lost == "pickup.with_courier")
      #expect(try await report(fixture.li).state == .reported, "who misses it need not know who has it")
      market.clock.move(to: early.dueAt)
      try await runner.runDue()
      #expect(try await state(early) == .reported, "the courier has it")
      try await fixture.end(round)
      market.clock.advance(by: .minutes(59))
      try await runner.runDue()
      #expect(try await state(early) == .reported)
      market.clock.advance(by: .minutes(1))
      try await runner.runDue()
      #expect(try await state(early) == .lost)
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("only the household reports and only others look", arguments: TestEngine.available)
  func people(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      #expect(
        await problem {
          _ = try await market.database.write(in: market.community) {
            try market.shop.lossDesk.report(
              scene.wang.id, household: scene.li.household, by: scene.li.person, in: $0)
          }
        } == "not_found")
      let report = try await scene.report()
      #expect(
        await problem { _ = try await scene.answer(report, .lost, by: market.otherLeader) } == "not_found")
      let son = market.wangSon
      #expect(
        await problem {
          _ = try await market.database.write(in: market.community) {
            try market.shop.lossDesk.answer(
              report.id, .lost, seen: 1, by: son, roles: [.committee], in: $0)
          }
        } == "loss.own_bag")
      #expect(
        await problem { _ = try await scene.answer(report, .mistaken(number: scene.wang.number)) }
          == "form.invalid", "a bag does not go by mistake to its own household")
    }
  }

  @Test(
    "the pages: two taps, the way of the bag for staff, and no other household's name",
    arguments: TestEngine.available)
  func pages(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let wang = try await market.browser(of: market.wang)
      let order = try await wang.get("/orders/\(scene.wang.id)")
      #expect(order.text.contains("/orders/\(scene.wang.id)/loss"))
      let confirm = try await wang.get("/orders/\(scene.wang.id)/loss")
      let sent = try await wang.post(
        "/orders/\(scene.wang.id)/loss", ["form_token": try #require(confirm.hidden("form_token"))])
      #expect(sent.status == 303)
      let report = try #require(
        try await market.database.read {
          try LossStore.reports(of: scene.wang.id, in: market.community, $0).first
        })
      let leader = try await market.browser(of: market.leader)
      let desk = try await leader.get("/desk/losses/\(report.id)")
      #expect(desk.text.contains("这一袋走过的路") && desk.text.contains("到货"))
      let mistaken = try await scene.answer(report, .mistaken(number: scene.li.number))
      let page = try await wang.get("/losses/\(report.id)")
      #expect(page.text.contains("拿错") && !page.text.contains("李叔"))
      #expect(!page.text.contains("订单 \(OrderNumber.text(scene.li.number))"))
      let li = try await market.browser(of: market.li)
      #expect(try await li.get("/losses/\(report.id)").status == 404)
      _ = try await scene.answer(mistaken, .lost)
      #expect(try await wang.get("/losses/\(report.id)").text.contains("/claims/"))
    }
  }
}
