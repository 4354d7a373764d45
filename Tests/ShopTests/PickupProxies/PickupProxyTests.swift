import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// A household whose goods lie at the table, a neighbour who may fetch them, and the race between the two.
@Suite("Pickup for someone else")
struct PickupProxyTests {
  private let fixture = PickupFixture()
  private let household = HouseholdID(rawValue: 11)
  private let neighbours = HouseholdID(rawValue: 21)
  private let neighbour = PersonID(rawValue: 21)

  private func with(
    _ engine: TestEngine, _ body: (Database, Order) async throws -> Void
  ) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      try await fixture.seed(database, items: [(nil, nil), (nil, nil)])
      let placed = try #require(try await fixture.place(database, person: 11, [(0, 2), (1, 1)]))
      try await fixture.close(database)
      try await fixture.arrive(database, [(0, 2), (1, 1)])
      try await body(database, try await fixture.order(placed.id, database))
    }
  }

  private func ask(
    _ database: Database, order: OrderID? = nil, until: Duration? = .days(30), neighbours: HouseholdID? = nil
  ) async throws -> PickupProxy {
    let draft = PickupProxyDraft(order: order, until: until.map { fixture.clock.now + $0 })
    let asked = AskedNeighbour.household(neighbours ?? self.neighbours)
    return try await database.write(in: fixture.community) {
      try PickupProxyStore.ask(asked, draft, for: household, by: PersonID(rawValue: 11), in: $0)
    }
  }

  private func accept(_ proxy: PickupProxy, _ database: Database) async throws -> PickupProxy {
    try await database.write(in: fixture.community) {
      try PickupProxyStore.answer(proxy.id, agrees: true, by: neighbour, of: neighbours, in: $0)
    }
  }

  private func end(_ proxy: PickupProxy, by person: PersonID, of household: HouseholdID, _ database: Database)
    async throws
  {
    _ = try await database.write(in: fixture.community) {
      try PickupProxyStore.end(proxy.id, by: person, of: household, in: $0)
    }
  }

  private func code(_ order: Order, _ proxy: PickupProxy) throws -> HandoverRequest.Proof {
    .code(try #require(fixture.codes.code(for: order, fetchedUnder: proxy.id)))
  }

  private func problem(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  @Test(
    "a neighbour who agreed fetches with a code of their own, and the record says who",
    arguments: TestEngine.available)
  func fetches(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      let asked = try await ask(database)
      let own = try #require(fixture.codes.code(for: order))
      #expect(fixture.codes.code(for: order, fetchedUnder: asked.id) != own)
      let early = try await fixture.handOver(fixture.request(order, proof: code(order, asked)), database)
      #expect(early == .wrongCode(triesLeft: 4), "nobody has agreed yet")
      let proxy = try await accept(asked, database)
      let answer = try await fixture.handOver(
        fixture.request(order, cash: order.total, proof: code(order, proxy)), database)
      guard case .handedOver = answer else {
        Issue.record("the neighbour's code should open the order: \(answer)")
        return
      }
      let pickups = try await database.read {
        try PickupStore.pickups(of: order.id, in: fixture.community, $0)
      }
      #expect(pickups.map(\.fetcher) == [PickupFetcher(proxy: proxy.id, person: neighbour)])
      let after = try await fixture.order(order.id, database)
      #expect(after.fulfilment == .collected && after.payment == .received)
      #expect(fixture.codes.code(for: after, fetchedUnder: proxy.id) == nil)
      #expect(try await fixture.breaches(database) == [])
    }
  }

  @Test(
    "the store refuses leaves that are unknown, ended, out of date or another household's",
    arguments: TestEngine.available)
  func refusals(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      let proxy = try await accept(try await ask(database, until: .hours(1)), database)
      func attempt(_ id: PickupProxyID, _ key: String) async -> String? {
        await problem {
          let request = HandoverRequest(
            order: order.id, revision: order.revision, pieces: [0: 2, 1: 1], cash: .zero,
            proof: .knownNeighbour(reason: "认识"), proxy: id, key: key)
          _ = try await fixture.handOver(request, database)
        }
      }
      #expect(
        await attempt(PickupProxyID(rawValue: 999), "unknown-leave-key-1") == "pickup_proxy.not_in_force")
      let foreign = try await database.write(in: fixture.community) { transaction in
        let asked = try PickupProxyStore.ask(
          .household(neighbours), PickupProxyDraft(order: nil, until: transaction.now + .days(1)),
          for: HouseholdID(rawValue: 33), by: PersonID(rawValue: 33), in: transaction)
        return try PickupProxyStore.answer(
          asked.id, agrees: true, by: neighbour, of: neighbours, in: transaction)
      }
      #expect(await attempt(foreign.id, "foreign-leave-key-1") == "pickup_proxy.not_in_force")
      fixture.clock.advance(by: .hours(1))
      #expect(await attempt(proxy.id, "outdated-leave-key-1") == "pickup_proxy.not_in_force")
      #expect(
        await problem {
          _ = try await fixture.handOver(fixture.request(order, proof: code(order, proxy)), database)
        } == "pickup_proxy.not_in_force", "the right digits of somebody whose leave is over")
      let second = try await accept(try await ask(database), database)
      try await end(second, by: neighbour, of: neighbours, database)
      #expect(await attempt(second.id, "ended-leave-key-1") == "pickup_proxy.not_in_force")
      #expect(try await fixture.order(order.id, database).fulfilment == .placed)
      #expect(try await fixture.breaches(database) == [])
    }
  }

  @Test(
    "a leave that is ended while the bag goes over: one of the two comes first",
    arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      let proxy = try await accept(try await ask(database), database)
      let request = try fixture.request(order, proof: code(order, proxy))
      async let ended: Void = end(proxy, by: PersonID(rawValue: 11), of: household, database)
      async let handed = problem { _ = try await fixture.handOver(request, database) }
      let outcome = await handed
      try await ended
      let order = try await fixture.order(order.id, database)
      switch outcome {
      case nil: #expect(order.fulfilment == .collected)
      case "pickup_proxy.not_in_force": #expect(order.fulfilment == .placed)
      default: Issue.record("unexpected: \(outcome ?? "")")
      }
      #expect(try await fixture.breaches(database) == [])
    }
  }

  @Test(
    "whoever hands over does not fetch, and a leave for one order opens no other",
    arguments: TestEngine.available)
  func ownHands(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      let leaders = HouseholdID(rawValue: 77)
      let asked = try await ask(database, order: order.id, until: nil, neighbours: leaders)
      let proxy = try await database.write(in: fixture.community) {
        try PickupProxyStore.answer(
          asked.id, agrees: true, by: fixture.desk.leader, of: leaders, in: $0)
      }
      #expect(proxy.order == order.id)
      #expect(
        await problem {
          _ = try await fixture.handOver(fixture.request(order, proof: code(order, proxy)), database)
        } == "pickup_proxy.yourself")
      let handed = try await fixture.handOver(
        fixture.request(order, proof: code(order, proxy), key: "committee-hands-over"), by: 8, database)
      guard case .handedOver = handed else {
        Issue.record("the committee may hand it over: \(handed)")
        return
      }
      var other = order
      other = Order(
        id: OrderID(rawValue: 5), campaign: order.campaign, number: 9, household: order.household,
        person: order.person, placedBy: order.placedBy, authority: order.authority, clientKey: "",
        requestDigest: [], placedAt: order.placedAt, placedTotal: order.placedTotal, total: order.total,
        note: "", fulfilment: .placed, paymentMethod: order.paymentMethod, payment: .due, revision: 1,
        pickupGeneration: 0, pickupFailures: 0, lines: order.lines)
      #expect(!proxy.allows(other, at: fixture.clock.now))
    }
  }

  @Test("asked again with another end, the leave before ends", arguments: TestEngine.available)
  func anotherEnd(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      let long = try await accept(try await ask(database, until: .days(60)), database)
      for number in Int64(1)...4 {
        _ = try await ask(database, neighbours: HouseholdID(rawValue: 100 + number))
      }
      let short = try await ask(database, until: .days(2))
      #expect(short.id != long.id && short.until == fixture.clock.now + .days(2) && short.state == .asked)
      let before = try await database.read {
        try PickupProxyStore.find(long.id, in: fixture.community, $0)
      }
      #expect(before?.state == .ended && before?.allows(order, at: fixture.clock.now) == false)
      let single = try await ask(database, order: nil, until: .days(2))
      #expect(single == short)
      let ended: Int? = try await database.read {
        try $0.value("SELECT count(*) FROM platform_audit WHERE action = 'shop.pickup_proxy_end'")
      }
      #expect(ended == 1)
    }
  }

  @Test("entered again with another end, the leave before ends", arguments: TestEngine.available)
  func enteredAgain(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      func enter(_ days: Int64) async throws -> PickupProxy {
        try await database.write(in: fixture.community) { transaction in
          try PickupProxyStore.enter(
            neighbour, of: neighbours, PickupProxyDraft(order: nil, until: transaction.now + .days(days)),
            for: household, person: PersonID(rawValue: 11),
            by: Actor(person: PersonID(rawValue: 60), role: .socialWorker), living: nil, in: transaction)
        }
      }
      let long = try await enter(60)
      let short = try await enter(2)
      #expect(try await enter(2) == short)
      let standing = try await database.read {
        try PickupProxyStore.named(by: household, in: fixture.community, $0)
      }
      #expect(standing.map(\.id) == [short.id] && short.id != long.id && short.state == .accepted)
      #expect(short.allows(order, at: fixture.clock.now + .days(1)))
    }
  }

  @Test(
    "asking has its limits: an end, not one's own home, not more than five", arguments: TestEngine.available)
  func limits(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      #expect(await problem { _ = try await ask(database, until: nil) } == "form.invalid")
      #expect(await problem { _ = try await ask(database, until: .days(190)) } == "form.invalid")
      #expect(await problem { _ = try await ask(database, neighbours: household) } == "form.invalid")
      let first = try await ask(database)
      #expect(try await ask(database) == first, "the same question is asked once")
      for number in Int64(1)...4 {
        _ = try await ask(database, neighbours: HouseholdID(rawValue: 100 + number))
      }
      #expect(
        await problem { _ = try await ask(database, neighbours: HouseholdID(rawValue: 200)) }
          == "pickup_proxy.too_many")
      #expect(
        await problem {
          _ = try await database.write(in: fixture.community) {
            try PickupProxyStore.answer(
              first.id, agrees: true, by: PersonID(rawValue: 500), of: HouseholdID(rawValue: 500), in: $0)
          }
        } == "not_found")
    }
  }

  @Test("staff enter what both told them, though never for their own home", arguments: TestEngine.available)
  func entered(engine: TestEngine) async throws {
    try await with(engine) { database, order in
      func enter(_ actor: Int64, living home: Int64?) async throws -> PickupProxy {
        try await database.write(in: fixture.community) { transaction in
          try PickupProxyStore.enter(
            neighbour, of: neighbours, PickupProxyDraft(order: nil, until: transaction.now + .days(9)),
            for: household, person: PersonID(rawValue: 11),
            by: Actor(person: PersonID(rawValue: actor), role: .socialWorker),
            living: home.map(HouseholdID.init(rawValue:)), in: transaction)
        }
      }
      #expect(await problem { _ = try await enter(21, living: 21) } == "pickup_proxy.own_word")
      #expect(await problem { _ = try await enter(60, living: 11) } == "pickup_proxy.own_word")
      let proxy = try await enter(60, living: nil)
      #expect(proxy.state == .accepted && proxy.enteredBy == PersonID(rawValue: 60))
      #expect(proxy.allows(order, at: fixture.clock.now))
      let audited: Int? = try await database.read {
        try $0.value("SELECT count(*) FROM platform_audit WHERE action = 'shop.pickup_proxy_enter'")
      }
      #expect(audited == 1)
    }
  }
}
