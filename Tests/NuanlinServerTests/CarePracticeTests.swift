import Care
import Database
import Kernel
import People
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// What the practice shop tells group work of a learner.
@Suite("Group work and the practice shop")
struct CarePracticeTests {
  private struct Scene {
    let shopping: Shopping
    let shop: PracticeShop
    let learner: PracticeLearner

    var clock: MovableClock { shopping.clock }

    func ask(
      _ code: String, _ from: Duration, _ until: Duration, in community: CommunityID? = nil
    ) async throws -> PracticeLink.Answer {
      let range = (Shopping.start + from)..<(Shopping.start + until)
      let live = community ?? shopping.house.community
      return try await shopping.database.read { try PracticeLink.shop.deeds(code, range, live, $0) }
    }

    func keep(_ step: PracticeStep, _ level: PracticeLevel, _ witness: PracticeWitness) async throws {
      try await shopping.database.write(in: shop.community) {
        try PracticeStore.keep(step, level, of: learner.person, by: witness, in: $0)
      }
    }

    /// The learner orders the first thing on the shelf.
    func order(_ key: String) async throws {
      let campaign: CampaignID = try await shopping.database.read { snapshot in
        try #require(
          try snapshot.value(
            """
            SELECT id FROM shop_campaign WHERE community_id = \(shop.community)
              AND opens_at <= \(snapshot.now) AND cut_off_at > \(snapshot.now) AND closed_at IS NULL
            ORDER BY id DESC LIMIT 1
            """))
      }
      let items = try await shopping.database.read {
        try CampaignStore.items(of: campaign, in: shop.community, $0)
      }
      _ = try await shopping.shop.desk.submit(
        try OrderRequest(
          community: shop.community, campaign: campaign, person: learner.person,
          household: learner.household, actor: learner.person, role: .resident, key: key,
          command: .place([.init(item: try #require(items.first).id, quantity: 1)], note: "")))
    }
  }

  private func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
    try await Shopping.with(engine, offers: [.init(price: .fen(100)), .init(price: .fen(250))]) { shopping in
      let desk = shopping.house.switchboard.practice
      let live = shopping.house.community
      let shop = try await desk.make(
        besides: live, name: Phrase("练习店", "Practice shop"), phoneNumber: "021", host: "practice.test")
      let learner = try await desk.handOut(
        besides: live, by: Actor(person: shopping.committee, role: .committee))
      try await body(Scene(shopping: shopping, shop: shop, learner: learner))
    }
  }

  @Test(
    "a learner's steps, traps and orders between two moments are counted, and those before and after are not",
    arguments: TestEngine.available)
  func deeds(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let teacher = PracticeWitness.teacher(scene.shopping.committee)
      try await scene.keep(.search, .helpNear, .shop)
      scene.clock.advance(by: .hours(1))
      try await scene.keep(.choose, .helpNear, .shop)
      try await scene.keep(.comparePrice, .together, .learner)
      try await scene.keep(.fakeLink, .alone, .shop)
      try await scene.keep(.wrongTotal, .alone, teacher)
      try await scene.keep(.refundCall, .watched, teacher)
      try await scene.keep(.tickedExtra, .alone, .learner)
      try await scene.order("the-first-order-of-a-learner")
      try await scene.order("another-order-of-the-learner")
      scene.clock.advance(by: .hours(1))
      try await scene.keep(.seeCode, .helpNear, .shop)
      try await scene.order("an-order-when-it-was-all-over")

      let code = scene.learner.code
      let during = try await scene.ask(code, .minutes(30), .minutes(90))
      #expect(during == .did(PracticeDeeds(steps: 2, trapsMet: 4, trapsSeenThrough: 2, orders: 2)))
      let spelled = "\(code.prefix(4)) \(code.suffix(4))"
      #expect(try await scene.ask(spelled, .minutes(30), .minutes(90)) == during)
      let full = String(
        String.UnicodeScalarView(
          code.unicodeScalars.compactMap { digit in
            Unicode.Scalar(digit.value - 0x30 + 0xFF10)
          }))
      #expect(try await scene.ask(full, .minutes(30), .minutes(90)) == during)
      #expect(
        try await scene.ask(code, .hours(0), .minutes(30))
          == .did(PracticeDeeds(steps: 1, trapsMet: 0, trapsSeenThrough: 0, orders: 0)),
        "the order that was ready is nobody's")
      #expect(
        try await scene.ask(code, .hours(0), .hours(9))
          == .did(PracticeDeeds(steps: 4, trapsMet: 4, trapsSeenThrough: 2, orders: 3)))
      #expect(try await scene.ask(code, .hours(5), .hours(9)) == .did(.nothing))
      // The end is no part of the time.
      #expect(try await scene.ask(code, .minutes(90), .hours(2)) == .did(.nothing))
    }
  }

  @Test("a code that nobody has, and a community without a practice shop, are told apart")
  func nobody() async throws {
    try await with(.sqlite) { scene in
      #expect(try await scene.ask("00000000", .hours(0), .hours(9)) == .nobody)
      #expect(try await scene.ask("", .hours(0), .hours(9)) == .nobody)
      let communities = try await scene.shopping.house.switchboard.communities()
      let other = try #require(
        communities.first { $0 != scene.shopping.house.community && $0 != scene.shop.community })
      #expect(try await scene.ask(scene.learner.code, .hours(0), .hours(9), in: other) == .noShop)
      let (live, elsewhere) = try await scene.shopping.database.read { snapshot in
        (
          try PracticeLink.shop.isSetUp(scene.shopping.house.community, snapshot),
          try PracticeLink.shop.isSetUp(other, snapshot)
        )
      }
      #expect(live && !elsewhere)
    }
  }
}
