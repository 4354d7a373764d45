import Database
import Kernel
import Ledger
import People
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// A practice shop beside a live community, in the whole program.
@Suite("The practice shop")
struct PracticeShopTests {
  private struct Scene {
    let shopping: Shopping
    let shop: PracticeShop
    var board: Switchboard { shopping.house.switchboard }
    var desk: PracticeDesk { board.practice }
    var live: CommunityID { shopping.house.community }
    var teacher: Actor { Actor(person: shopping.committee, role: .committee) }

    func count(_ query: Query) async throws -> Int {
      try await shopping.database.read { try $0.value(query) ?? 0 }
    }

    func runJobs() async throws {
      try await JobRunner(
        shopping.database, handlers: board.people.jobs + board.shop.jobs + board.ledger.jobs + desk.jobs
      ).runDue()
      try await EventPump(
        shopping.database, handlers: board.shop.eventHandlers + desk.eventHandlers
      ).drain()
    }

    func levels(_ learner: PracticeLearner) async throws -> [PracticeStep: PracticeLevel] {
      try await shopping.database.read {
        try PracticeStore.learners(in: shop.community, $0).first { $0.person == learner.person }?.levels
          ?? [:]
      }
    }
  }

  private func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
    try await Shopping.with(engine, offers: [.init(price: .fen(100)), .init(price: .fen(250))]) { shopping in
      let shop = try await shopping.house.switchboard.practice.make(
        besides: shopping.house.community, name: Phrase("练习店", "Practice shop"), phoneNumber: "021",
        host: "practice.test")
      try await body(Scene(shopping: shopping, shop: shop))
    }
  }

  @Test(
    "it has the goods and none of the people, the orders or the ways to reach anybody",
    arguments: TestEngine.available)
  func copies(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let practice = scene.shop.community
      #expect(scene.board.people.isPractice(practice) && !scene.board.people.isPractice(scene.live))
      let products = try await scene.count(
        "SELECT count(*) FROM shop_product WHERE community_id = \(practice)")
      let orders = try await scene.count("SELECT count(*) FROM shop_order WHERE community_id = \(practice)")
      let reachable = try await scene.count(
        "SELECT count(*) FROM shop_merchant WHERE community_id = \(practice) AND (phone <> '' OR licence <> '')"
      )
      let persons = try await scene.count(
        "SELECT count(*) FROM people_person WHERE community_id = \(practice)")
      #expect(products == 1 && orders == 0 && reachable == 0)
      #expect(persons == 1, "the made-up leader alone")
      await #expect(throws: Problem.self) {
        try await scene.desk.make(
          besides: scene.live, name: Phrase("练习店", "Practice"), phoneNumber: "021", host: "other.test")
      }
    }
  }

  @Test(
    "a learner finds an order that is ready, and no money of it reaches the books",
    arguments: TestEngine.available)
  func welcome(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let learner = try await scene.desk.handOut(besides: scene.live, by: scene.teacher)
      scene.shopping.clock.advance(by: .seconds(10))
      try await scene.runJobs()
      let orders = try await scene.shopping.database.read {
        try OrderStore.list(of: [learner.person], before: nil, limit: 9, in: scene.shop.community, $0)
      }
      let order = try #require(orders.first)
      #expect(order.isReadyForPickup && order.fulfilment == .partlyCollected)
      let code = scene.board.shop.pickupCodes.code(for: order)
      #expect(code != nil)
      #expect(try await scene.levels(learner) == [:], "what was ready was ordered by nobody")
      for table in ["ledger_entry", "ledger_payment"] as [Query] {
        #expect(
          try await scene.count("SELECT count(*) FROM \(table) WHERE community_id = \(scene.shop.community)")
            == 0)
      }
      #expect(try await scene.board.breaches() == [])
    }
  }

  @Test("the group-buy renews itself every night", arguments: TestEngine.available)
  func renews(engine: TestEngine) async throws {
    try await with(engine) { scene in
      for _ in 0..<3 {
        scene.shopping.clock.advance(by: .hours(24))
        try await scene.runJobs()
        let open = try await scene.count(
          """
          SELECT count(*) FROM shop_campaign WHERE community_id = \(scene.shop.community)
            AND opens_at <= \(scene.shopping.clock.now) AND cut_off_at > \(scene.shopping.clock.now)
            AND closed_at IS NULL
          """)
        #expect(open >= 1)
      }
      #expect(try await scene.board.breaches() == [])
    }
  }

  @Test(
    "what was managed is kept under the code, never lowered by itself, and gone after half a year",
    arguments: TestEngine.available)
  func steps(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let learner = try await scene.desk.handOut(besides: scene.live, by: scene.teacher)
      try await scene.desk.note(
        [.order: .alone, .findShop: .watched], of: learner.person, besides: scene.live, by: scene.teacher)
      try await scene.shopping.database.write(in: scene.shop.community) {
        try PracticeStore.keep(.order, .together, of: learner.person, by: .learner, in: $0)
        try PracticeStore.keep(.findShop, .alone, of: learner.person, by: .learner, in: $0)
      }
      #expect(try await scene.levels(learner) == [.order: .alone, .findShop: .alone])
      await #expect(throws: Problem.notFound) {
        try await scene.desk.note(
          [.order: .alone], of: scene.shopping.leader, besides: scene.live, by: scene.teacher)
      }
      scene.shopping.clock.advance(by: .days(180))
      try await scene.runJobs()
      let practice = scene.shop.community
      #expect(
        try await scene.count("SELECT count(*) FROM shop_practice_learner WHERE community_id = \(practice)")
          == 0)
      #expect(
        try await scene.count("SELECT count(*) FROM shop_practice_step WHERE community_id = \(practice)") == 0
      )
      #expect(
        try await scene.count(
          "SELECT count(*) FROM people_household_card WHERE community_id = \(practice) AND revoked_at IS NULL"
        ) == 0)
    }
  }

  @Test(
    "what the shop sees is noted by itself, stays whatever anybody says, and is never noted in a live shop",
    arguments: TestEngine.available)
  func sights(engine: TestEngine) async throws {
    try await with(engine) { scene in
      let learner = try await scene.desk.handOut(besides: scene.live, by: scene.teacher)
      func seen() async throws -> [PracticeStep: Timestamp] {
        try await scene.shopping.database.read {
          try PracticeStore.learners(in: scene.shop.community, $0).first?.seen ?? [:]
        }
      }
      func keep(_ step: PracticeStep, _ level: PracticeLevel, _ witness: PracticeWitness) async throws {
        try await scene.shopping.database.write(in: scene.shop.community) {
          try PracticeStore.keep(step, level, of: learner.person, by: witness, in: $0)
        }
      }
      try await keep(.search, .alone, .learner)
      #expect(try await seen() == [:], "a learner's word is no sight")
      let first = scene.shopping.clock.now
      try await keep(.search, .helpNear, .shop)
      scene.shopping.clock.advance(by: .minutes(5))
      try await keep(.search, .helpNear, .shop)
      try await keep(.search, .watched, .teacher(scene.shopping.committee))
      #expect(try await seen() == [.search: first], "the first time counts, and no word takes it away")
      #expect(try await scene.levels(learner) == [.search: .watched], "a teacher may correct the level")
      try await scene.shopping.database.write(in: scene.live) {
        try PracticeStore.keep(.search, .alone, of: scene.shopping.leader, by: .shop, in: $0)
      }
      #expect(
        try await scene.count("SELECT count(*) FROM shop_practice_step WHERE community_id = \(scene.live)")
          == 0)
    }
  }
}
