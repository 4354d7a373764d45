import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Goods by the case from the rush to the last piece")
struct CaseDayTests {
  private let fixture = CaseFixture()

  @Test(
    "many orders at once with tolerances, then the close: sums and invariants hold",
    arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.pickup.clock.clock) { database in
      try await fixture.seed(database, size: 12, limit: 6)
      let desk = OrderDesk(database, books: fixture.told.books, people: .ownOnly)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in 1...Int64(90) {
          group.addTask {
            let placed = try await desk.submit(
              fixture.request(
                person, "race",
                .place([fixture.wish(1 + person % 3, person % 4), fixture.wish(1, of: 1)], note: ""))
            ).order
            if person.isMultiple(of: 5) {
              _ = try await desk.submit(
                fixture.request(
                  person, "race-change",
                  .change(placed.id, revision: 1, [fixture.wish(2, 1 + person % 2)], note: "")))
            } else if person.isMultiple(of: 7) {
              _ = try await desk.submit(
                fixture.request(person, "race-cancel", .cancel(placed.id, revision: 1)))
            }
          }
        }
        try await group.waitForAll()
      }
      let standing = try await fixture.pickup.orders(database).filter { $0.fulfilment == .placed }
        .flatMap(\.lines).filter { $0.item == fixture.item }
      let demand = CasePack.Demand(
        wanted: standing.reduce(0) { $0 + $1.quantity }, tolerated: standing.reduce(0) { $0 + $1.tolerance })
      #expect(try await fixture.demand(database) == demand)
      #expect(try await fixture.pickup.breaches(database) == [])
      try await fixture.close(database)
      let bought = try await fixture.pickup.orders(database).filter { $0.fulfilment != .cancelled }
        .flatMap(\.lines).filter { $0.item == fixture.item }
      let units = bought.reduce(0) { $0 + $1.quantity }
      #expect(units == CasePack.decision(on: demand, terms: CasePack.Terms(caseSize: 12)).units)
      #expect(bought.allSatisfy { $0.quantity <= ($0.wanted ?? 0) + $0.tolerance })
      #expect(try await fixture.desk.level(0, in: database)?.promised == units)
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test(
    "whatever is ordered, changed and counted, orders hold what the rules give them",
    arguments: TestEngine.available, ShortageRule.allCases)
  func model(_ engine: TestEngine, _ rule: ShortageRule) async throws {
    for seed in 1...UInt64(4) { try await model(engine, rule, seed) }
  }

  private func model(_ engine: TestEngine, _ rule: ShortageRule, _ seed: UInt64) async throws {
    try await fixture.with(engine) { database in
      var random = SeededGenerator(seed: UInt64(rule.rawValue.utf8.count) * 77 + seed)
      let minimum: Int64 = rule == .lottery ? 15 : 0
      try await fixture.seed(database, size: 8, minimum: minimum, rule: rule)
      try await database.write(in: fixture.desk.community) {
        for household in [Int64(2), 5] {
          try HouseholdListStore.add(
            HouseholdID(rawValue: household), to: .protected,
            by: Actor(person: PersonID(rawValue: 5), role: .committee), in: $0)
        }
      }
      let claims = try await takeOrders(database, &random)
      let expected = CasePack.purchase(
        for: claims, terms: CasePack.Terms(caseSize: 8, minimum: minimum))
      try await fixture.close(database)
      let orders = try await fixture.pickup.orders(database)
      for order in orders where order.fulfilment != .cancelled {
        for line in order.lines where line.item == fixture.item && line.isShown {
          #expect(line.quantity == expected.shares[order.id]?.total)
        }
      }
      #expect(try await fixture.desk.level(0, in: database)?.promised == expected.units)
      #expect(try await fixture.pickup.breaches(database) == [])
      for _ in 0..<6 {
        let arrived = Int64.random(in: 0...(expected.units + 3), using: &random)
        try await fixture.arrive(database, arrived)
        try await expectShares(database, arrived, expected, claims)
        #expect(try await fixture.pickup.breaches(database) == [])
      }
    }
  }

  /// Orders, changes and cancellations; what stands of them is told piece by piece, without the desk's own records.
  private func takeOrders(
    _ database: Database, _ random: inout SeededGenerator
  ) async throws -> [CasePack.Claim] {
    var wanted: [OrderID: [Int64]] = [:]
    var tolerated: [OrderID: [Int64]] = [:]
    func note(_ pieces: inout [Int64], _ count: Int64, _ step: Int64) {
      while pieces.count > count { pieces.removeLast() }
      while pieces.count < count { pieces.append(step) }
    }
    var mine: [Int64: Order] = [:]
    for step in 1...Int64(40) {
      let person = Int64.random(in: 1...8, using: &random)
      let wish = fixture.wish(.random(in: 1...4, using: &random), .random(in: 0...3, using: &random))
      var order: Order
      if let before = mine[person], Int.random(in: 0..<8, using: &random) > 0 {
        order = try await fixture.change(database, before, wish)
      } else if let before = mine.removeValue(forKey: person) {
        order = try await fixture.decide(
          fixture.request(person, "cancel-\(step)", .cancel(before.id, revision: before.revision)), database)
        note(&wanted[order.id, default: []], 0, step)
        note(&tolerated[order.id, default: []], 0, step)
        continue
      } else {
        order = try await fixture.decide(
          fixture.request(person, "place-\(step)", .place([wish], note: "")), database)
      }
      mine[person] = order
      note(&wanted[order.id, default: []], wish.quantity, step)
      note(&tolerated[order.id, default: []], wish.tolerance, step)
    }
    func claims(_ pieces: [OrderID: [Int64]], _ make: (OrderID, Int64) -> CasePack.Claim) -> [CasePack.Claim]
    {
      pieces.flatMap { order, steps in steps.map { make(order, $0) } }
    }
    return claims(wanted) {
      CasePack.Claim(order: $0, number: $1, placedAt: Timestamp(seconds: $1), quantity: 1)
    }
      + claims(tolerated) {
        CasePack.Claim(order: $0, number: $1, placedAt: Timestamp(seconds: $1), quantity: 0, tolerance: 1)
      }
  }

  /// Every line holds what was wanted by the campaign's rule, and after that what was tolerated in the order of time.
  private func expectShares(
    _ database: Database, _ arrived: Int64, _ purchase: CasePack.Purchase, _ claims: [CasePack.Claim]
  ) async throws {
    let orders = try await fixture.pickup.orders(database)
    let campaign = try #require(
      try await database.read {
        try CampaignStore.find(fixture.desk.campaign, in: fixture.desk.community, $0)
      })
    let plain = orders.compactMap { order -> ShortageSharing.Claim? in
      guard let share = purchase.shares[order.id], share.total > 0 else { return nil }
      return ShortageSharing.Claim(
        order: order.id, number: order.number, household: order.household, quantity: share.wanted,
        isProtected: [2, 5].contains(order.household.rawValue))
    }
    let wanted = plain.reduce(0) { $0 + $1.quantity }
    let inFull = CasePack.share(arrived: min(arrived, purchase.units), among: claims).shares
    let byRule = ShortageSharing.share(
      arrived: arrived, among: plain, of: fixture.item, rule: campaign.shortageRule,
      seed: campaign.lotterySeed
    ).shares
    for order in orders {
      guard let line = order.lines.first(where: { $0.item == fixture.item }), line.quantity > 0,
        order.fulfilment != .cancelled
      else { continue }
      let expected = arrived < wanted ? byRule[order.id] : inFull[order.id]?.total
      #expect(line.allocated == expected, "order \(order.number), \(arrived) of \(purchase.units) came")
    }
  }
}
