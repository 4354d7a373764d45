import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The pickup table")
struct PickupTests {
  private let fixture = PickupFixture()

  private func withArrivedOrder(
    _ engine: TestEngine, _ body: (Database, Order) async throws -> Void
  ) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      try await fixture.seed(database, items: [(10, nil), (nil, nil)])
      let placed = try #require(try await fixture.place(database, person: 11, [(0, 2), (1, 3)]))
      try await fixture.close(database)
      try await fixture.arrive(database, [(0, 2), (1, 3)])
      try await body(database, try await fixture.order(placed.id, database))
    }
  }

  @Test(
    "two scanners race for one order: exactly one wins, the other is told who and when",
    arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      let one = fixture.request(order, key: "scanner-one-key-0001")
      let other = fixture.request(order, key: "scanner-two-key-0002")
      async let first = fixture.handOver(one, by: 7, database)
      async let second = fixture.handOver(other, by: 8, database)
      let answers = try await [first, second]
      var winner: Int64?
      for (answer, person) in zip(answers, [Int64(7), 8]) {
        if case .handedOver(_, false) = answer {
          #expect(winner == nil)
          winner = person
        }
      }
      for answer in answers {
        guard case .lost(let pickup) = answer else { continue }
        #expect(pickup.handedBy == PersonID(rawValue: winner ?? 0))
        #expect(pickup.handedAt == fixture.clock.now)
      }
      #expect(answers.count { if case .lost = $0 { true } else { false } } == 1)
      #expect(try await fixture.order(order.id, database).fulfilment == .collected)
      #expect(try await fixture.breaches(database).isEmpty)
    }
  }

  @Test("the same key hands over once", arguments: TestEngine.available)
  func idempotency(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      let request = fixture.request(order, cash: order.total)
      guard case .handedOver(let id, false) = try await fixture.handOver(request, database) else {
        Issue.record("the first attempt should hand over")
        return
      }
      #expect(try await fixture.handOver(request, database) == .handedOver(id, isRepeated: true))
      let after = try await fixture.order(order.id, database)
      #expect(after.payment == .received)
      #expect(after.lines.map(\.collected) == [2, 3])
      #expect(fixture.codes.code(for: after) == nil)
    }
  }

  @Test(
    "part of an order can be fetched now and the rest later, and the cash adds up",
    arguments: TestEngine.available)
  func partial(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      let some = fixture.request(order, pieces: [0: 1], cash: .fen(350), key: "partial-pickup-one-1")
      _ = try await fixture.handOver(some, database)
      let half = try await fixture.order(order.id, database)
      #expect(half.fulfilment == .partlyCollected)
      #expect(half.payment == .due)
      #expect(try await fixture.breaches(database).isEmpty)
      let tooMuch = fixture.request(half, cash: .fen(1401), key: "partial-pickup-two-2")
      await #expect(throws: Problem.self) { try await fixture.handOver(tooMuch, database) }
      let rest = fixture.request(half, cash: .fen(1400), key: "partial-pickup-two-3")
      _ = try await fixture.handOver(rest, database)
      let done = try await fixture.order(order.id, database)
      #expect(done.fulfilment == .collected)
      #expect(done.payment == .received)
      #expect(try await fixture.breaches(database).isEmpty)
    }
  }

  @Test(
    "the fifth wrong code gives the household a new one and opens nothing", arguments: TestEngine.available)
  func wrongCodes(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      let right = try #require(fixture.codes.code(for: order))
      let wrong = right == "000000" ? "000001" : "000000"
      for left in (1...Int64(4)).reversed() {
        let answer = try await fixture.handOver(fixture.request(order, proof: .code(wrong)), database)
        #expect(answer == .wrongCode(triesLeft: left))
      }
      #expect(
        try await fixture.handOver(fixture.request(order, proof: .code(wrong)), database) == .codeRenewed)
      let after = try await fixture.order(order.id, database)
      #expect(after.lines.allSatisfy { $0.collected == 0 })
      #expect(fixture.codes.code(for: after) != right)
      #expect(
        try await fixture.handOver(fixture.request(after, proof: .code(right)), database)
          == .wrongCode(triesLeft: 4))
      let old = try #require(
        fixture.codes.qrPath(for: order).flatMap { ScannedCode(String($0.dropFirst(8))) })
      #expect(
        try await fixture.handOver(fixture.request(after, proof: .token(old.token)), database)
          == .outdatedToken)
      let new = try #require(
        fixture.codes.qrPath(for: after).flatMap { ScannedCode(String($0.dropFirst(8))) })
      let answer = try await fixture.handOver(fixture.request(after, proof: .token(new.token)), database)
      guard case .handedOver = answer else {
        Issue.record("the new QR code should open the order")
        return
      }
    }
  }

  @Test("a bot that guesses 10,000 codes wins nothing", arguments: TestEngine.available)
  func guessBot(engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
      try await fixture.seed(database, items: [(nil, nil)])
      for person in Int64(1)...20 { _ = try await fixture.place(database, person: person, [(0, 1)]) }
      try await fixture.close(database)
      try await fixture.arrive(database, [(0, 20)])
      let orders = try await fixture.orders(database)
      var tried = 0
      var random = SeededGenerator(seed: 99)
      for guess in 0..<10_000 {
        if guess % 100 == 0 { fixture.clock.advance(by: .seconds(60)) }
        let order = orders[guess % orders.count]
        let code = String(Int.random(in: 1_000_000..<2_000_000, using: &random)).dropFirst()
        let answer = try await fixture.handOver(
          fixture.request(order, pieces: [0: 1], proof: .code(String(code)), key: "guess-number-\(guess)-x"),
          database)
        switch answer {
        case .wrongCode, .codeRenewed: tried += 1
        case .tooManyTries: continue
        default: Issue.record("a guess should never open an order: \(answer)")
        }
      }
      // 30 at once, and one every two minutes of the 100 minutes that the bot has.
      #expect((30...81).contains(tried))
      #expect(try await fixture.orders(database).allSatisfy { $0.fulfilment == .placed })
      let breaches = try await fixture.breaches(database)
      #expect(breaches.isEmpty)
    }
  }

  @Test("a leader who knows the neighbour says why, and the record keeps it", arguments: TestEngine.available)
  func knownNeighbour(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      await #expect(throws: Problem.self) {
        try await fixture.handOver(fixture.request(order, proof: .knownNeighbour(reason: "")), database)
      }
      let request = fixture.request(order, proof: .knownNeighbour(reason: "三楼李阿姨，忘带手机"))
      _ = try await fixture.handOver(request, database)
      let records = try await database.read {
        try CustodyStore.records(of: fixture.desk.campaign, in: fixture.community, $0)
      }
      #expect(records.last?.note == "三楼李阿姨，忘带手机")
      let pickups = try await database.read {
        try PickupStore.pickups(of: order.id, in: fixture.community, $0)
      }
      #expect(pickups.map(\.method) == [.knownNeighbour])
    }
  }

  @Test(
    "what is not fetched by the end of the window is noted, and nothing stays promised",
    arguments: TestEngine.available)
  func finish(engine: TestEngine) async throws {
    try await withArrivedOrder(engine) { database, order in
      let actor = try fixture.actor()
      let campaign = fixture.desk.campaign
      await #expect(throws: Problem.campaignPickupGoesOn) {
        try await database.write(in: fixture.community) {
          try FinishCampaign.finish(campaign, .cashOnly, by: actor, in: $0)
        }
      }
      let jobs = JobRunner(database, handlers: [FinishCampaign.handler(.cashOnly)])
      fixture.clock.move(to: DeskFixture.start + .hours(27) + FinishCampaign.grace - .seconds(1))
      #expect(try await jobs.runDue() == 0)
      fixture.clock.advance(by: .seconds(1))
      #expect(try await jobs.runDue() == 1)
      #expect(try await fixture.order(order.id, database).fulfilment == .uncollected)
      #expect(try await fixture.desk.level(0, in: database)?.promised == 0)
      #expect(try await fixture.desk.level(0, in: database)?.onHand == 2)
      #expect(try await fixture.breaches(database).isEmpty)
      await #expect(throws: Problem.pickupIsOver) {
        try await fixture.handOver(fixture.request(order), database)
      }
    }
  }
}
