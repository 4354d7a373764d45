import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Shop

@Suite("What one person can hold, and what many bookings cannot hide")
struct BookingLimitTests {
  private typealias Fixture = BookingFixture

  @Test(
    "One person is booked once at a time, however often they were entered as a worker",
    arguments: TestEngine.available, [true, false])
  func oneHuman(_ engine: TestEngine, _ isOtherMerchant: Bool) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let merchant =
        isOtherMerchant ? try await fixture.otherMerchant() : fixture.service.merchant
      let (service, again, colleague) = try await market.database.write(in: market.community) { transaction in
        let actor = MerchantActor.program(for: merchant, person: fixture.owner)
        let service = try ServiceChanges.create(fixture.service.details, by: actor, in: transaction)
        var details = fixture.worker.details
        details.services = [service.id]
        let again = try ServiceChanges.save(details, as: nil, by: actor, in: transaction)
        details.person = nil
        return (service, again, try ServiceChanges.save(details, as: nil, by: actor, in: transaction))
      }
      let first = try await fixture.book(market.wang)
      func book(_ worker: Worker, at start: Timestamp, key: String) async throws -> Booking {
        let household = try await market.household(of: market.li)
        let request = BookingDesk.Request(
          service: service.id, worker: worker.id, startsAt: start, note: "", key: key)
        return try await market.database.write(in: market.community) {
          try fixture.desk.book(
            request, for: market.li, of: household, offsetSeconds: Fixture.offset, in: $0
          ).booking
        }
      }
      for minutes in [0, 30, 60, -60] as [Int64] {
        let refused = await bookingProblem {
          _ = try await book(
            again, at: Fixture.visit + .minutes(minutes), key: "the-same-human-\(minutes)-key")
        }
        #expect(refused == "booking.time_taken", "\(minutes)")
      }
      let shelf = try await market.database.read {
        try ServiceShelf.shown(service, service.details.times, offsetSeconds: Fixture.offset, $0)
      }
      for shown in shelf.workers {
        let isFree = shown.free.contains { $0.at == Fixture.visit }
        #expect(isFree == (shown.worker.id == colleague.id), "the page offers what can be booked")
      }
      _ = try await book(colleague, at: Fixture.visit, key: "a-worker-without-a-person")
      let later = try await book(again, at: Fixture.visit + .minutes(90), key: "the-same-human-later")
      let moved = await bookingProblem {
        _ = try await fixture.perform(.accept, .merchant, first)
        _ = try await fixture.perform(
          .propose(.init(by: .merchant, worker: fixture.worker.id, startsAt: later.startsAt)), .merchant,
          first)
      }
      #expect(moved == "booking.time_taken")
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "Five requests of a household wait at a time; the answer to a repeat is no sixth",
    arguments: TestEngine.available)
  func manyWaiting(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      func book(_ day: Int64, by person: PersonID) async throws -> Booking {
        try await fixture.book(person, at: Fixture.visit + .days(day), key: "request-of-the-day-\(day)")
      }
      var first: Booking?
      for day in 0..<5 as Range<Int64> {
        let booking = try await book(day, by: day < 3 ? market.wang : market.wangSon)
        first = first ?? booking
      }
      for person in [market.wang, market.wangSon] {
        let refused = await bookingProblem { _ = try await book(5, by: person) }
        #expect(refused == "booking.too_many_waiting")
      }
      #expect(try await book(0, by: market.wang).id == first?.id)
      _ = try await book(6, by: market.li)
      try await fixture.perform(.accept, .merchant, try #require(first))
      _ = try await book(5, by: market.wang)
    }
  }

  @Test(
    "A double tap asks for material once; what was answered may be asked for again",
    arguments: TestEngine.available)
  func materialOnce(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      let (worker, owner) = (try fixture.actor(.worker, booking), try fixture.actor(.household, booking))
      func ask(_ name: String, _ amount: Money) async throws {
        try await market.database.write(in: market.community) {
          try fixture.desk.askForMaterial(name, amount, by: worker, in: $0)
        }
      }
      func amounts() async throws -> [Money] {
        try await market.database.read {
          try BookingStore.materials(of: booking.id, in: market.community, $0).map(\.amount)
        }
      }
      try await ask("围布", .fen(500))
      try await ask("围布", .fen(500))
      #expect(try await amounts() == [.fen(500)])
      #expect(try await market.events("shop.booking_material_asked") == 1)
      try await ask("围布", .fen(400))
      try await ask("发蜡", .fen(500))
      try await market.database.write(in: market.community) {
        try fixture.desk.answerMaterial(0, isAgreed: true, by: owner, in: $0)
      }
      try await ask("围布", .fen(500))
      #expect(try await amounts() == [.fen(500), .fen(400), .fen(500), .fen(500)])
    }
  }

  @Test(
    "Whoever has left the merchant holds no banknotes of its visits", arguments: TestEngine.available)
  func hostLeft(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let merchant = fixture.service.merchant
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      #expect(try await market.find(booking.campaign).leader == fixture.owner)
      let next = try await market.person("新店主", [.merchant], merchant: merchant)
      try await market.database.write(in: market.community) {
        try $0.execute(
          "DELETE FROM shop_merchant_member WHERE person_id = \(fixture.owner) AND merchant_id = \(merchant)")
      }
      let later = try await fixture.book(
        market.li, at: Fixture.visit + .hours(3), key: "after-the-host-has-left")
      #expect(try await market.find(later.campaign).leader == next)
      market.clock.move(to: Fixture.visit)
      _ = try await fixture.arrive(booking)
      _ = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(1_000)))
      let worker = try fixture.actor(.worker, booking)
      try await market.database.write(in: market.community) {
        try fixture.desk.takeCash(.fen(2_000), key: "the-rest-of-the-price", by: worker, in: $0)
      }
      #expect(fixture.told.holders.withLock { $0 } == [next, next])
    }
  }

  @Test(
    "A worker who takes no new bookings still makes what was agreed", arguments: TestEngine.available)
  func closedWorker(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      try await market.database.write(in: market.community) {
        let actor = MerchantActor.program(for: fixture.service.merchant, person: fixture.owner)
        try ServiceChanges.setClosed(true, worker: fixture.worker.id, by: actor, in: $0)
      }
      market.clock.move(to: Fixture.visit)
      let barber = try await market.browser(of: fixture.barber)
      #expect(try await barber.get("/visits").text.contains("/visits/\(booking.id)"))
      _ = try await barber.get("/visits/\(booking.id)")
      let code = try await fixture.code(booking)
      let arrived = try await barber.post("/visits/\(booking.id)/arrive", ["code": code])
      #expect(arrived.location == "/visits/\(booking.id)")
    }
  }

  @Test("Free until it begins is said in words, not in hours")
  func freeHours() {
    func words(_ hours: Int64) -> Phrase {
      BookingWords.rules(VisitRules(answerHours: 1, freeHours: hours, lateRate: .none), fee: .zero)
    }
    #expect(words(0).chinese.hasPrefix("开始以前，取消都不收钱。") && !words(0).english.contains("0 hours"))
    #expect(words(1).english.contains("until 1 hour before") && words(4).chinese.contains("开始前 4 小时"))
  }

  @Test(
    "An objection where nothing waits is noted, and the committee is not promised",
    arguments: TestEngine.available,
    [false, true])
  func noted(_ engine: TestEngine, _ isPaid: Bool) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      if isPaid { try await fixture.pay(booking) }
      market.clock.move(to: Fixture.visit + .minutes(20))
      try await fixture.perform(.reportAbsence, .worker, booking)
      let page = try await market.browser(of: market.wang).get("/bookings/\(booking.id)").text
      #expect(page.contains("告诉居委会") == isPaid && page.contains("记下来") == !isPaid)
    }
  }

  @Test(
    "What waits for the merchant is read by itself, what is agreed too, and what is over from the newest",
    arguments: TestEngine.available)
  func deskLists(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      func book(_ day: Int64, by person: PersonID) async throws -> Booking {
        try await fixture.book(person, at: Fixture.visit + .days(day), key: "request-of-the-day-\(day)")
      }
      let declined = try await book(0, by: market.wang)
      let cancelled = try await book(1, by: market.wang)
      let agreed = try await book(2, by: market.wang)
      let moving = try await book(3, by: market.wang)
      let asked = try await book(4, by: market.wang)
      try await fixture.perform(.decline(reason: "休息"), .merchant, declined)
      for booking in [cancelled, agreed, moving] { try await fixture.perform(.accept, .merchant, booking) }
      try await fixture.perform(.cancel(reason: ""), .household, cancelled)
      try await fixture.perform(
        .propose(.init(by: .merchant, worker: fixture.worker.id, startsAt: agreed.startsAt + .hours(3))),
        .merchant, agreed)
      try await fixture.perform(
        .propose(.init(by: .household, worker: fixture.worker.id, startsAt: moving.startsAt + .hours(3))),
        .household, moving)
      let expected: [(BookingStore.DeskList, [BookingID])] = [
        (.waiting, [moving.id, asked.id]), (.agreed, [agreed.id]), (.over, [cancelled.id, declined.id]),
      ]
      for (list, ids) in expected {
        let found = try await market.database.read {
          try BookingStore.list(list, of: fixture.service.merchant, in: market.community, $0).map(\.id)
        }
        #expect(found == ids, "\(list)")
      }
    }
  }

  @Test(
    "Two hundred visits that are over hide no request", arguments: TestEngine.available)
  func busyDesk(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let over = try await fixture.book(market.wang)
      try await fixture.perform(.decline(reason: "休息"), .merchant, over)
      let columns: Query = """
        service_id, merchant_id, worker_id, household_id, person_id, title_zh, title_en, place,
        price_basis, price, cap, answer_hours, free_hours, late_rate, minutes, buffer_minutes, starts_at, note,
        requested_at, answer_until, state, is_objected, revision
        """
      try await market.database.write(in: market.community) { transaction in
        for id in 1...200 as ClosedRange<Int64> {
          try transaction.execute(
            """
            INSERT INTO shop_booking (id, campaign_id, community_id, \(columns))
            SELECT \(id), \(id), community_id, \(columns) FROM shop_booking WHERE id = \(over.id)
            """)
        }
      }
      let asked = try await fixture.book(
        market.li, at: Fixture.visit + .days(3), key: "behind-two-hundred-others")
      let page = try await market.browser(of: fixture.owner).get("/desk/services")
      #expect(page.text.contains("/desk/bookings/\(asked.id)"))
    }
  }
}
