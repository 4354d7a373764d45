import Database
import Kernel
import Synchronization
import TestKit
import Testing

@testable import Shop

@Suite("Weighing what was ordered by the piece")
struct WeighInTests {
  private let fixture = WeighInFixture()
  private var pickup: PickupFixture { fixture.pickup }

  private func with(_ engine: TestEngine, _ body: (Database) async throws -> Void) async throws {
    try await engine.withDatabase(shopMigrations, clock: pickup.clock.clock) { try await body($0) }
  }

  @Test(
    "an order counts the estimate until it is weighed, then what it weighs", arguments: TestEngine.available)
  func totals(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database)
      // 2 × 500 g at ¥20.00/kg, and 3 × ¥3.50.
      #expect(
        order.placedTotal == .fen(2_000 + 1_050) && order.total == order.placedTotal && order.isEstimate)
      try await fixture.weigh(database, 1_030, order.id)
      let weighed = try await pickup.order(order.id, database)
      #expect(
        weighed.total == .fen(2_060 + 1_050) && !weighed.isEstimate && weighed.revision == order.revision + 1)
      #expect(weighed.lines[0].weighed?.weight == .init(grams: 1_030, charged: .fen(2_060), agreed: nil))
      #expect(weighed.placedTotal == order.placedTotal)
      try await fixture.weigh(database, 980, order.id, seen: 1_030)
      #expect(try await pickup.order(order.id, database).total == .fen(1_960 + 1_050))
      #expect(fixture.told.settlements.withLock { $0.map(\.outstanding) } == [.fen(3_110), .fen(3_010)])
      #expect(fixture.told.settlements.withLock { $0.allSatisfy { $0.reason == .weighedLess } })
      #expect(try await fixture.count(database, "SELECT count(*) FROM shop_weighing") == 2)
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_event WHERE kind = 'shop.line_weighed'") == 2)
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_audit WHERE action = 'shop.weigh_in'") == 2)
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "the same weight twice is one weighing; another one after it must have seen it",
    arguments: TestEngine.available)
  func twice(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database)
      try await fixture.weigh(database, 1_030, order.id)
      let weighed = try await pickup.order(order.id, database)
      try await fixture.weigh(database, 1_030, order.id)
      #expect(try await pickup.order(order.id, database) == weighed)
      let problem = await weighInProblem { try await fixture.weigh(database, 1_010, order.id) }
      #expect(problem?.fields.map(\.field) == [WeighInEntry.field(order.id)])
      #expect(problem?.fields.first?.message.chinese.contains("1.03 公斤") == true)
      #expect(try await pickup.order(order.id, database) == weighed)
      #expect(try await fixture.count(database, "SELECT count(*) FROM shop_weighing") == 1)
    }
  }

  @Test(
    "of two who weigh one order at once, one is told of the other's weight", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database)
      async let one = weighInProblem { try await fixture.weigh(database, 1_010, order.id, by: 7) }
      async let other = weighInProblem { try await fixture.weigh(database, 1_020, order.id, by: 8) }
      let problems = await [one, other]
      #expect(problems.count { $0 == nil } == 1)
      let grams = try await pickup.order(order.id, database).lines[0].weighed?.weight?.grams
      #expect(grams == (problems[0] == nil ? 1_010 : 1_020))
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "over the tolerance no more than was agreed is charged, until the household agrees, once",
    arguments: TestEngine.available)
  func agreement(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database)
      try await fixture.weigh(database, 1_300, order.id)
      let asked = try await pickup.order(order.id, database)
      #expect(asked.total == .fen(2_200 + 1_050))
      #expect(try asked.lines[0].weighed?.asked(at: .fen(2_000)) == .fen(2_600))
      #expect(try await pickup.breaches(database) == [])
      let stranger = await weighInProblem {
        _ = try await fixture.agree(database, to: 2_600, asked, household: HouseholdID(rawValue: 99))
      }
      #expect(stranger == .notFound)
      let stale = await weighInProblem { _ = try await fixture.agree(database, to: 2_500, asked) }
      #expect(stale == .askedAnew)
      #expect(try await pickup.order(order.id, database) == asked)
      let agreed = try await fixture.agree(database, to: 2_600, asked)
      #expect(agreed.total == .fen(2_600 + 1_050) && agreed.revision == asked.revision + 1)
      #expect(try await fixture.agree(database, to: 2_600, asked) == agreed)
      #expect(try await pickup.order(order.id, database) == agreed)
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_audit WHERE action = 'shop.weight_agree'") == 1)
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_event WHERE kind = 'shop.weight_agreed'") == 1)
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "what was agreed after the handover is set against the books by itself", arguments: TestEngine.available)
  func agreedLater(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database, [(0, 2)])
      try await fixture.weigh(database, 1_300, order.id)
      let weighed = try await pickup.order(order.id, database)
      _ = try await fixture.handOver(pickup.request(weighed, cash: weighed.total), database)
      let collected = try await pickup.order(order.id, database)
      #expect(collected.fulfilment == .collected && collected.payment == .received)
      let correction = await weighInProblem {
        try await fixture.weigh(database, 1_000, order.id, seen: 1_300)
      }
      #expect(correction?.fields.count == 1)
      let agreed = try await fixture.agree(database, to: 2_600, collected)
      #expect(agreed.fulfilment == .collected && agreed.payment == .due && agreed.total == .fen(2_600))
      let deliveries = fixture.told.deliveries.withLock { $0 }
      try #require(deliveries.count == 2)
      #expect(deliveries[0].lines.map(\.after) == [.fen(2_200)])
      #expect(
        deliveries[1].lines.map(\.before) == [.fen(2_200)]
          && deliveries[1].lines.map(\.after) == [.fen(2_600)])
      guard case .weighing = deliveries[1].source else {
        Issue.record("the difference has a source of its own")
        return
      }
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "nothing weighed goes out before it was weighed, and then it goes out whole",
    arguments: TestEngine.available)
  func handover(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database)
      let early = await weighInProblem {
        _ = try await fixture.handOver(pickup.request(order, pieces: [0: 2, 1: 3]), database)
      }
      #expect(early?.code == "pickup.not_weighed" && early?.fields.map(\.field) == ["line.0"])
      _ = try await fixture.handOver(
        pickup.request(order, pieces: [1: 3], key: "pickup-key-ordinary"), database)
      let rest = try await pickup.order(order.id, database)
      #expect(rest.fulfilment == .partlyCollected && !rest.isReadyForPickup && rest.awaitsWeighing)
      let still = await weighInProblem {
        _ = try await fixture.handOver(
          pickup.request(rest, pieces: [0: 2], key: "pickup-key-unweighed"), database)
      }
      #expect(still?.code == "pickup.not_weighed")
      try await fixture.weigh(database, 990, order.id)
      let weighed = try await pickup.order(order.id, database)
      let half = await weighInProblem {
        _ = try await fixture.handOver(
          pickup.request(weighed, pieces: [0: 1], key: "pickup-key-half-of-it"), database)
      }
      #expect(half?.code == "form.invalid" && half?.fields.map(\.field) == ["line.0"])
      _ = try await fixture.handOver(
        pickup.request(weighed, cash: weighed.total, key: "pickup-key-the-whole"), database)
      let done = try await pickup.order(order.id, database)
      #expect(done.fulfilment == .collected && done.payment == .received && done.total == .fen(1_980 + 1_050))
      #expect(fixture.told.deliveries.withLock { $0.last?.lines.map(\.after) } == [.fen(1_980), .fen(1_050)])
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "who gets fewer pieces has a smaller estimate; a new share forgets the weight",
    arguments: TestEngine.available)
  func shortage(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database, [(0, 3)], came: 2)
      #expect(order.lines[0].allocated == 2 && order.total == .fen(2_000))
      try await fixture.weigh(database, 1_080, order.id)
      #expect(try await pickup.order(order.id, database).total == .fen(2_160))
      try await pickup.arrive(database, [(0, 3)])
      let restored = try await pickup.order(order.id, database)
      #expect(restored.lines[0].weighed?.weight == nil && restored.total == .fen(3_000))
      try await fixture.weigh(database, 1_500, order.id)
      try await pickup.arrive(database, [(0, 0)])
      let released = try await pickup.order(order.id, database)
      #expect(released.fulfilment == .released && released.total == .zero)
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test(
    "a count that would change what was weighed and carried home is refused", arguments: TestEngine.available)
  func recount(engine: TestEngine) async throws {
    try await with(engine) { database in
      let order = try await fixture.arrived(database, [(0, 3)], came: 2)
      try await fixture.weigh(database, 1_000, order.id)
      let weighed = try await pickup.order(order.id, database)
      _ = try await fixture.handOver(pickup.request(weighed, cash: weighed.total), database)
      let problem = await weighInProblem { try await pickup.arrive(database, [(0, 3)]) }
      #expect(problem?.fields.map(\.field) == ["arrived.\(fixture.item)"])
      #expect(try await pickup.breaches(database) == [])
    }
  }

  @Test("slips of the finger, other goods and other moments are refused", arguments: TestEngine.available)
  func refusals(engine: TestEngine) async throws {
    try await with(engine) { database in
      try await fixture.seed(database)
      let placed = try #require(try await pickup.place(database, person: 11, [(0, 2), (1, 1)]))
      #expect(
        await weighInProblem { try await fixture.weigh(database, 1_000, placed.id) } == .weighInTooEarly)
      try await pickup.close(database)
      try await pickup.arrive(database, [(1, 1)])
      #expect(
        await weighInProblem { try await fixture.weigh(database, 1_000, placed.id) } == .weighInTooEarly)
      try await pickup.arrive(database, [(0, 2)])
      for grams in [Int64(99), 10_001] {
        #expect(
          await weighInProblem { try await fixture.weigh(database, grams, placed.id) }?.fields.count == 1)
      }
      #expect(
        await weighInProblem { try await fixture.weigh(database, 1_000, OrderID(rawValue: 5)) } == .notFound)
      let actor = try fixture.scale()
      let ordinary = await weighInProblem {
        try await database.write(in: pickup.community) {
          try WeighInStore.record(
            [WeighInEntry(order: placed.id, grams: 1_000)], of: pickup.desk.item(1), fixture.told.books,
            by: actor, in: $0)
        }
      }
      #expect(ordinary == .notFound)
      let elsewhere = await weighInProblem {
        try await database.write(in: CommunityID(rawValue: 2)) {
          try WeighInStore.record(
            [WeighInEntry(order: placed.id, grams: 1_000)], of: fixture.item, fixture.told.books, by: actor,
            in: $0)
        }
      }
      #expect(elsewhere == .notFound)
      #expect(try await fixture.count(database, "SELECT count(*) FROM shop_weighing") == 0)
    }
  }

  private static let falsifications: [(breach: String, statement: Query)] = [
    ("shop.order_total_differs", "UPDATE shop_order_line SET charged = charged - 1 WHERE position = 0"),
    ("shop.charged_more_than_agreed", "UPDATE shop_order_line SET charged = 2201 WHERE position = 0"),
    ("shop.charged_differs_from_weight", "UPDATE shop_order_line SET grams = grams + 1 WHERE position = 0"),
    ("shop.collected_without_weighing", "UPDATE shop_order_line SET grams = NULL WHERE position = 0"),
    (
      "shop.weight_without_record",
      "UPDATE shop_order_line SET grams = 900, charged = 1800 WHERE position = 0"
    ),
  ]

  @Test("each falsified weight is named by the check", arguments: TestEngine.available)
  func falsifications(engine: TestEngine) async throws {
    for (breach, statement) in Self.falsifications {
      let fixture = WeighInFixture()
      try await engine.withDatabase(shopMigrations, clock: fixture.pickup.clock.clock) { database in
        let order = try await fixture.arrived(database)
        try await fixture.weigh(database, 1_030, order.id)
        let weighed = try await fixture.pickup.order(order.id, database)
        _ = try await fixture.handOver(fixture.pickup.request(weighed, cash: weighed.total), database)
        #expect(try await fixture.pickup.breaches(database) == [])
        try await database.write(in: fixture.pickup.community) { try $0.execute(statement) }
        let found = try await fixture.pickup.breaches(database)
        #expect(found.contains { $0.name == breach }, "\(breach) was not named among \(found)")
      }
    }
  }

  @Test(
    "counting, weighing, agreeing and handing over in any order keep every account whole",
    arguments: TestEngine.available, [UInt64](1...3))
  func model(engine: TestEngine, seed: UInt64) async throws {
    try await with(engine) { database in
      var random = SeededGenerator(seed: seed)
      try await fixture.seed(database, rule: .proRata)
      for person in Int64(11)...16 {
        _ = try await pickup.place(database, person: person, [(0, person - 10), (1, 2)])
      }
      try await pickup.close(database)
      try await pickup.arrive(database, [(0, 18), (1, 12)])
      var outcomes: [Bool] = []
      for step in 0..<60 {
        pickup.clock.advance(by: .seconds(20))
        let orders = try await pickup.orders(database)
        let order = try #require(orders.randomElement(using: &random))
        let choice = Int.random(in: 0..<8, using: &random)
        let count = Int64.random(in: 12...22, using: &random)
        let grams = order.lines[0].due * Int64.random(in: 380...700, using: &random)
        let problem = await weighInProblem {
          switch choice {
          case 0: try await pickup.arrive(database, [(0, count)])
          case 1...4:
            try await fixture.weigh(database, grams, order.id, seen: order.lines[0].weighed?.weight?.grams)
          case 5, 6:
            guard let asked = try order.lines[0].weighed?.asked(at: .fen(2_000)) else { return }
            _ = try await fixture.agree(database, to: asked.minorUnits, order)
          default:
            let paid = fixture.told.paid.withLock { $0[order.id] ?? .zero }
            let cash = max(.zero, try order.total.subtracting(paid))
            _ = try await fixture.handOver(
              pickup.request(order, cash: cash, key: "model-pickup-\(step)-\(seed)"), database)
          }
        }
        outcomes.append(problem == nil)
        #expect(try await pickup.breaches(database) == [], "after step \(step)")
        try await expectKept(database)
      }
      #expect(outcomes.contains(true) && outcomes.contains(false))
    }
  }

  /// What the books were told, added up, is what the goods are worth that households have.
  private func expectKept(_ database: Database) async throws {
    let worth = try await database.read { snapshot in
      var worth: [OrderID: Money] = [:]
      try OrderWorth.forEachCampaign(snapshot) { _, _, orders in
        for order in orders { worth[order.order] = order.kept }
      }
      return worth
    }
    var sold: [OrderID: Money] = [:]
    for delivery in fixture.told.deliveries.withLock({ $0 }) {
      for line in delivery.lines {
        sold[delivery.order] = try (sold[delivery.order] ?? .zero).adding(line.after).subtracting(line.before)
      }
    }
    for order in try await pickup.orders(database) {
      #expect(worth[order.id] == sold[order.id] ?? .zero)
      #expect(try worth[order.id] == order.lines.reduce(.zero) { try $0.adding($1.kept()) })
    }
  }
}
