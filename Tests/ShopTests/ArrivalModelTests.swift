import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("From lorry to hand")
struct ArrivalModelTests {
  private let fixture = PickupFixture()

  @Test(
    "arrivals, corrections and handovers in any order keep every account whole",
    arguments: TestEngine.available, ShortageRule.allCases)
  func model(engine: TestEngine, rule: ShortageRule) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      var random = SeededGenerator(seed: UInt64(rule.rawValue.utf8.count) * 31)
      try await fixture.seed(
        database, items: [(40, nil), (nil, nil), (nil, 3), (25, nil)], rule: rule)
      try await placeOrders(database, &random)
      try await fixture.close(database)
      try await database.write(in: fixture.community) { transaction in
        for household in [Int64(1), 4, 7] {
          try HouseholdListStore.add(
            HouseholdID(rawValue: household), to: .protected,
            by: Actor(person: PersonID(rawValue: 5), role: .committee), in: transaction)
        }
      }
      var arrived: [Int64: Int64] = [:]
      var refusals = 0
      for step in 0..<60 {
        fixture.clock.advance(by: .seconds(30))
        if step < 4 || Int.random(in: 0..<4, using: &random) == 0 {
          let item = step < 4 ? Int64(step) : Int64.random(in: 0..<4, using: &random)
          let count = Int64.random(in: 0...40, using: &random)
          let before = try await fixture.orders(database)
          do {
            try await fixture.arrive(
              database, [(item, count)], use: [.stock, .charity, .waste].randomElement(using: &random))
            arrived[item] = count
          } catch {
            refusals += 1
            #expect(before == (try await fixture.orders(database)))
          }
        } else {
          try await handOverSome(database, step, &random)
        }
        try await expectShares(database, arrived, rule)
        #expect(try await fixture.breaches(database) == [])
      }
      #expect(refusals > 0)
      fixture.clock.move(to: DeskFixture.start + .hours(28))
      let actor = try fixture.actor()
      try await database.write(in: fixture.community) {
        try FinishCampaign.finish(fixture.desk.campaign, .cashOnly, by: actor, in: $0)
      }
      #expect(try await fixture.breaches(database) == [])
      for item in Int64(0)..<4 { #expect(try await fixture.desk.level(item, in: database)?.promised == 0) }
    }
  }

  private func placeOrders(_ database: Database, _ random: inout SeededGenerator) async throws {
    for person in Int64(1)...12 {
      let wishes = (Int64(0)..<4).compactMap { item -> (Int64, Int64)? in
        let quantity = Int64.random(in: 0...3, using: &random)
        return quantity > 0 ? (item, quantity) : nil
      }
      if !wishes.isEmpty { _ = try await fixture.place(database, person: person, wishes) }
    }
  }

  private func handOverSome(
    _ database: Database, _ step: Int, _ random: inout SeededGenerator
  ) async throws {
    let ready = try await fixture.orders(database).filter(\.isReadyForPickup)
    guard let order = ready.randomElement(using: &random) else { return }
    var pieces: [Int: Int64] = [:]
    for line in order.lines { pieces[line.position] = .random(in: 0...line.ready, using: &random) }
    guard pieces.values.contains(where: { $0 > 0 }) else { return }
    let paid = try await database.read { snapshot in
      try Bookkeeping.cashOnly.paid([order.id], fixture.community, snapshot)[order.id] ?? .zero
    }
    let owed = max(0, order.total.minorUnits - paid.minorUnits)
    let cash = Bool.random(using: &random) ? owed : Int64.random(in: 0...owed, using: &random)
    let answer = try await fixture.handOver(
      fixture.request(order, pieces: pieces, cash: .fen(cash), key: "model-step-\(step)-pickup"), database)
    guard case .handedOver(_, false) = answer else {
      Issue.record("the right code should open the order: \(answer)")
      return
    }
  }

  /// Every line holds what the rule gives it for what came last.
  private func expectShares(
    _ database: Database, _ arrived: [Int64: Int64], _ rule: ShortageRule
  ) async throws {
    let orders = try await fixture.orders(database)
    for (item, count) in arrived {
      let claims = orders.flatMap { order in
        order.lines.filter { $0.item == fixture.desk.item(item) }.map {
          ShortageSharing.Claim(
            order: order.id, number: order.number, household: order.household, quantity: $0.quantity,
            isProtected: [1, 4, 7].contains(order.household.rawValue))
        }
      }
      let result = ShortageSharing.share(
        arrived: count, among: claims, of: fixture.desk.item(item), rule: rule, seed: "a1b2")
      for order in orders {
        for line in order.lines where line.item == fixture.desk.item(item) {
          #expect(line.allocated == result.shares[order.id])
        }
      }
    }
  }

  @Test(
    "an order that is left with nothing owes nothing, and comes back when more arrives",
    arguments: TestEngine.available)
  func nothingLeft(engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      try await fixture.seed(database, items: [(nil, nil)])
      let order = try #require(try await fixture.place(database, person: 3, [(0, 2)]))
      try await fixture.close(database)
      try await fixture.arrive(database, [(0, 0)])
      let empty = try await fixture.order(order.id, database)
      #expect(empty.fulfilment == .released)
      #expect(empty.payment == .void)
      #expect(empty.total == .zero)
      try await fixture.arrive(database, [(0, 1)])
      let back = try await fixture.order(order.id, database)
      #expect(back.fulfilment == .placed)
      #expect(back.payment == .due)
      #expect(back.total == .fen(350))
      let events = try await database.read { snapshot in
        try snapshot.values(
          """
          SELECT kind FROM platform_event WHERE subject_id = \(order.id) AND kind LIKE 'shop.line%'
          ORDER BY sequence
          """, as: String.self)
      }
      #expect(events == ["shop.line_shortened", "shop.line_restored"])
      #expect(try await fixture.breaches(database) == [])
    }
  }

  @Test("goods cannot be counted before the close, nor by another leader", arguments: TestEngine.available)
  func tooEarly(engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      try await fixture.seed(database, items: [(nil, nil)])
      let error = await #expect(throws: Problem.self) { try await fixture.arrive(database, [(0, 1)]) }
      #expect(error?.code == "arrival.too_early")
      try await fixture.close(database)
      let stranger = try #require(
        CampaignActor(person: PersonID(rawValue: 9), roles: [.leader], leader: PersonID(rawValue: 9)))
      await #expect(throws: Problem.notFound) {
        try await database.write(in: fixture.community) {
          try ArrivalStore.record([], of: fixture.desk.campaign, .cashOnly, by: stranger, in: $0)
        }
      }
    }
  }
}
