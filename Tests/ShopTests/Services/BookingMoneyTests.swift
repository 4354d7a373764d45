import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Shop

@Suite("What a visit costs, and what one costs that does not take place")
struct BookingMoneyTests {
  private typealias Fixture = BookingFixture

  private func agreed(_ fixture: BookingFixture) async throws -> Booking {
    try await fixture.perform(.accept, .merchant, try await fixture.book(fixture.market.wang))
  }

  private func begun(_ fixture: BookingFixture, prepaid: Bool = false) async throws -> Booking {
    let booking = try await agreed(fixture)
    if prepaid { try await fixture.pay(booking) }
    fixture.market.clock.move(to: Fixture.visit)
    guard case .arrived(let arrived) = try await fixture.arrive(booking) else { throw Problem.internalFault }
    return arrived
  }

  @Test(
    "Material is charged only after the household has agreed, and never beyond the limit",
    arguments: TestEngine.available)
  func material(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await begun(fixture)
      let (worker, household) = (try fixture.actor(.worker, booking), try fixture.actor(.household, booking))
      func ask(_ amount: Int64) async -> String? {
        await bookingProblem {
          try await market.database.write(in: market.community) {
            try fixture.desk.askForMaterial("染发膏", .fen(amount), by: worker, in: $0)
          }
        }
      }
      #expect(await ask(2_001) == "form.invalid", "30 for the work and 20.01 exceed 50")
      #expect(await ask(1_500) == nil)
      #expect(await ask(501) == "form.invalid", "what waits for an answer counts")
      #expect(await ask(400) == nil)
      let early = await bookingProblem {
        _ = try await fixture.finish(booking, VisitReport(minutes: 60, charge: .fen(4_500)))
      }
      #expect(early == "form.invalid", "nobody has agreed yet")
      try await market.database.write(in: market.community) {
        try fixture.desk.answerMaterial(0, isAgreed: true, by: household, in: $0)
        try fixture.desk.answerMaterial(1, isAgreed: false, by: household, in: $0)
      }
      let twice = await bookingProblem {
        try await market.database.write(in: market.community) {
          try fixture.desk.answerMaterial(1, isAgreed: true, by: household, in: $0)
        }
      }
      #expect(twice == "booking.not_now", "the first word counts")
      let done = try await fixture.finish(booking, VisitReport(minutes: 60))
      #expect(done.outcome?.charged == .fen(4_500) && done.outcome?.material == .fen(1_500))
      let order = try await fixture.order(done)
      #expect(order.total == .fen(4_500) && order.payment == .due)
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("More than the limit is refused by the store, not only by the page", arguments: TestEngine.available)
  func overLimit(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let booking = try await begun(fixture)
      for charge in [Money.fen(3_001), .fen(5_001), .fen(-1)] {
        let refused = await bookingProblem {
          _ = try await fixture.finish(booking, VisitReport(minutes: 60, charge: charge))
        }
        #expect(refused == "form.invalid", "\(charge)")
      }
      let cash = await bookingProblem {
        _ = try await fixture.finish(booking, VisitReport(minutes: 60, cash: .fen(3_100)))
      }
      #expect(cash == "form.invalid")
      #expect(try await fixture.find(booking).state == .arrived)
      await #expect(throws: DatabaseError.self, "and by the table itself") {
        try await fixture.market.database.write(in: fixture.market.community) {
          try $0.execute(
            """
            UPDATE shop_booking SET state = 'done', charged = 5001, labour = 5001, material = 0
            WHERE id = \(booking.id)
            """)
        }
      }
    }
  }

  @Test(
    "Who paid the limit before gets back what the visit cost less; a visit for nothing gives all back",
    arguments: TestEngine.available)
  func prepaid(_ engine: TestEngine) async throws {
    for (charge, rest) in [(Money?.none, Int64(3_000)), (.zero, 0)] {
      try await Fixture.with(engine) { fixture in
        let booking = try await begun(fixture, prepaid: true)
        #expect(try await fixture.order(booking).payment == .received)
        let done = try await fixture.finish(booking, VisitReport(minutes: 30, charge: charge))
        let order = try await fixture.order(done)
        #expect(order.total == .fen(rest) && order.fulfilment == .collected)
        let settled = fixture.told.settled.withLock { $0 }
        #expect(settled.last?.reason == .visitCostLess && settled.last?.outstanding == .zero)
        #expect(try await fixture.market.breaches().isEmpty)
      }
    }
  }

  @Test("What was not paid at the door is paid later, never twice", arguments: TestEngine.available)
  func laterCash(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let done = try await fixture.finish(try await begun(fixture), VisitReport(minutes: 30))
      let actor = try fixture.actor(.worker, done)
      let tooMuch = await bookingProblem {
        try await fixture.market.database.write(in: fixture.market.community) {
          try fixture.desk.takeCash(.fen(3_001), key: "cash-of-a-visit-001", by: actor, in: $0)
        }
      }
      #expect(tooMuch == "form.invalid")
    }
  }

  @Test(
    "Declined, unanswered, cancelled in time, cancelled by the merchant, nobody came: nothing is owed",
    arguments: TestEngine.available)
  func nothingOwed(_ engine: TestEngine) async throws {
    let ends: [(String, @Sendable (BookingFixture, Booking) async throws -> Void)] = [
      ("declined", { try await $0.perform(.decline(reason: "那天休息"), .merchant, $1) }),
      (
        "expired",
        { fixture, _ in
          fixture.market.clock.move(to: Market.start + .hours(13))
          try await JobRunner(
            fixture.market.database, handlers: BookingJobs.handlers(fixture.desk)
          ).runDue()
        }
      ),
      (
        "cancelled",
        { fixture, booking in
          try await fixture.perform(.accept, .merchant, booking)
          try await fixture.perform(.cancel(reason: ""), .household, booking)
        }
      ),
      (
        "cancelled",
        { fixture, booking in
          try await fixture.perform(.accept, .merchant, booking)
          fixture.market.clock.move(to: Fixture.visit - .minutes(5))
          try await fixture.perform(.cancel(reason: "师傅病了"), .merchant, booking)
        }
      ),
      (
        "missed",
        { fixture, booking in
          try await fixture.perform(.accept, .merchant, booking)
          fixture.market.clock.move(to: Fixture.visit + .minutes(20))
          try await fixture.perform(.reportAbsence, .household, booking)
        }
      ),
      (
        "missed",
        { fixture, booking in
          try await fixture.perform(.accept, .merchant, booking)
          fixture.market.clock.move(to: Fixture.visit + .hours(14))
          try await JobRunner(
            fixture.market.database, handlers: BookingJobs.handlers(fixture.desk)
          ).runDue()
        }
      ),
    ]
    for (state, end) in ends {
      try await Fixture.with(engine) { fixture in
        let booking = try await fixture.book(fixture.market.wang)
        try await fixture.pay(booking)
        try await end(fixture, booking)
        let ended = try await fixture.find(booking)
        #expect(ended.state.rawValue == state && !ended.state.isOpen)
        let order = try await fixture.order(booking)
        #expect(order.fulfilment == .released && order.payment == .void)
        let settled = fixture.told.settled.withLock { $0.last }
        #expect(settled?.reason == .visitFellThrough && settled?.outstanding == .zero)
        #expect(fixture.told.delivered.withLock { $0.isEmpty })
        #expect(try await fixture.count("SELECT count(*) FROM shop_worker_block") == 0)
        #expect(try await fixture.market.breaches().isEmpty, "\(state)")
      }
    }
  }

  @Test(
    "Cancelled late: a fifth of the expected price is kept of what was paid, and nothing of what was not",
    arguments: TestEngine.available)
  func late(_ engine: TestEngine) async throws {
    for isPaid in [true, false] {
      try await Fixture.with(engine) { fixture in
        let booking = try await agreed(fixture)
        if isPaid { try await fixture.pay(booking) }
        fixture.market.clock.move(to: Fixture.visit - .hours(1))
        try await fixture.perform(.cancel(reason: ""), .household, booking)
        let order = try await fixture.order(booking)
        #expect(order.fulfilment == (isPaid ? .uncollected : .released))
        #expect(order.lines[0].forfeited == (isPaid ? .fen(600) : .zero))
        #expect(order.payment == (isPaid ? .received : .void))
        #expect(fixture.told.delivered.withLock { $0.map(\.lines[0].after) } == (isPaid ? [.fen(600)] : []))
        #expect(try await fixture.market.breaches().isEmpty)
      }
    }
  }

  @Test(
    "Nobody at home: kept after two days, unless the household objects and the committee decides",
    arguments: TestEngine.available)
  func missed(_ engine: TestEngine) async throws {
    for decision in [Bool?.none, true, false] {
      try await Fixture.with(engine) { fixture in
        let market = fixture.market
        let booking = try await agreed(fixture)
        try await fixture.pay(booking)
        market.clock.move(to: Fixture.visit + .minutes(10))
        let hasty = await bookingProblem { try await fixture.perform(.reportAbsence, .worker, booking) }
        #expect(hasty == "booking.not_now", "a quarter of an hour is waited")
        market.clock.move(to: Fixture.visit + .minutes(15))
        try await fixture.perform(.reportAbsence, .worker, booking)
        #expect(try await fixture.order(booking).fulfilment == .placed)
        if let decision {
          try await fixture.perform(.object(reason: "我一直在家"), .household, booking)
          market.clock.advance(by: .hours(60))
          try await JobRunner(market.database, handlers: BookingJobs.handlers(fixture.desk)).runDue()
          #expect(try await fixture.order(booking).fulfilment == .placed, "the committee has not decided")
          let committee = try await market.person("居委会", [.committee])
          let actor = try #require(
            BookingActor(decidingOn: booking, person: committee, roles: [.committee], household: nil))
          try await market.database.write(in: market.community) {
            try fixture.desk.decideFee(isKept: decision, by: actor, in: $0)
          }
        } else {
          market.clock.advance(by: .hours(48))
          try await JobRunner(market.database, handlers: BookingJobs.handlers(fixture.desk)).runDue()
        }
        let order = try await fixture.order(booking)
        #expect(order.fulfilment == (decision == false ? .released : .uncollected))
        #expect(order.lines[0].forfeited == (decision == false ? .zero : .fen(600)))
        #expect(try await market.breaches().isEmpty)
      }
    }
  }

  @Test(
    "The evening before, both sides can be reminded; of a visit that was called off, nobody is",
    arguments: TestEngine.available)
  func reminds(_ engine: TestEngine) async throws {
    for isCancelled in [false, true] {
      try await Fixture.with(engine) { fixture in
        let market = fixture.market
        let booking = try await agreed(fixture)
        if isCancelled { try await fixture.perform(.cancel(reason: ""), .household, booking) }
        market.clock.move(to: Market.start + .hours(2))
        try await JobRunner(market.database, handlers: BookingJobs.handlers(fixture.desk)).runDue()
        #expect(try await market.events("shop.booking_tomorrow") == (isCancelled ? 0 : 1))
      }
    }
  }

  @Test(
    "The same after-sales: a claim goes to the merchant first, and money comes back",
    arguments: TestEngine.available)
  func claim(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let done = try await fixture.finish(
        try await begun(fixture), VisitReport(minutes: 30, cash: .fen(3_000)))
      let order = try await fixture.order(done)
      let desk = ClaimDesk(directory: market.people.directory, books: fixture.told.books)
      func report(_ fault: Claim.Fault) async throws -> Claim {
        try await market.database.write(in: market.community) {
          try desk.report(
            ClaimReport(order: order.id, position: 0, fault: fault, pieces: nil, wish: .refund, note: ""),
            picture: nil, key: "claim-of-a-visit-\(fault.rawValue)", household: order.household,
            by: market.wang,
            in: $0
          ).claim
        }
      }
      let goods = await bookingProblem { _ = try await report(.spoiled) }
      #expect(goods == "form.invalid", "hair does not spoil")
      let claim = try await report(.doneBadly)
      #expect(claim.level == .merchant)
      let answered = try await market.database.write(in: market.community) {
        try desk.answer(
          claim.id, .refund(.init(amount: .fen(1_000), bearer: .merchant)), seen: claim.sequence,
          by: fixture.owner,
          roles: [.merchant], in: $0)
      }
      #expect(answered.state == .refunded)
      #expect(try await fixture.order(done).total == .fen(2_000))
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("Every invariant finds what breaks it", arguments: TestEngine.available)
  func breaches(_ engine: TestEngine) async throws {
    let breaks: [(String, Query)] = [
      ("shop.visit_charge_differs", "UPDATE shop_booking SET charged = charged - 1"),
      ("shop.visit_over_limit", "UPDATE shop_booking SET cap = 4000, charged = 3000"),
      (
        "shop.booking_differs_from_order",
        "UPDATE shop_order SET authority = 'household', authority_id = NULL"
      ),
      ("shop.visit_campaign_differs", "UPDATE shop_campaign SET pickup_from = pickup_from + 1"),
      (
        "shop.time_held_for_nothing",
        """
        INSERT INTO shop_worker_block (worker_id, block, community_id, booking_id)
        SELECT worker_id, 5, community_id, id FROM shop_booking
        """
      ),
    ]
    for (name, change) in breaks {
      try await Fixture.with(engine) { fixture in
        let done = try await fixture.finish(
          try await begun(fixture), VisitReport(minutes: 30, cash: .fen(3_000)))
        #expect(done.state == .done)
        try await fixture.market.database.write(in: fixture.market.community) { try $0.execute(change) }
        let found = try await fixture.market.breaches().map { "\($0)" }
        #expect(found.contains { $0.contains(name) }, "\(name): \(found)")
      }
    }
    try await Fixture.with(engine) { fixture in
      _ = try await fixture.book(fixture.market.wang)
      try await fixture.market.database.write(in: fixture.market.community) {
        try $0.execute("DELETE FROM shop_worker_block WHERE block % 2 = 0")
      }
      let found = try await fixture.market.breaches().map { "\($0)" }
      #expect(found.contains { $0.contains("shop.visit_time_not_held") }, "\(found)")
    }
  }
}
