import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Shop

@Suite("Bookings, from the time that is asked for to the money")
struct BookingDeskTests {
  private typealias Fixture = BookingFixture

  @Test(
    "A visit as it should be: asked, agreed, the code at the door, done for cash",
    arguments: TestEngine.available)
  func visit(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      var booking = try await fixture.book(market.wang)
      #expect(booking.state == .requested && booking.order != nil)
      let placed = try await fixture.order(booking)
      #expect(placed.total == .fen(5_000) && placed.lines.map(\.name) == [Phrase("上门理发", "Haircut at home")])
      booking = try await fixture.perform(.accept, .merchant, booking)
      market.clock.move(to: Fixture.visit - .minutes(20))
      booking = try await fixture.perform(.setOut, .worker, booking)
      guard case .arrived(let arrived) = try await fixture.arrive(booking) else {
        Issue.record("the code was right")
        return
      }
      #expect(try await market.breaches().isEmpty)
      market.clock.advance(by: .minutes(50))
      booking = try await fixture.finish(
        arrived, VisitReport(minutes: 45, cash: .fen(3_000), afterNote: "两个月后再剪"))
      #expect(booking.state == .done && booking.outcome?.charged == .fen(3_000))
      let order = try await fixture.order(booking)
      #expect(order.fulfilment == .collected && order.payment == .received && order.total == .fen(3_000))
      #expect(order.lines.first?.placedPrice == .fen(5_000))
      #expect(fixture.told.delivered.withLock { $0.map(\.lines.first?.after) } == [.fen(3_000)])
      #expect(fixture.told.finished.withLock { $0 } == [booking.campaign])
      #expect(try await market.events("shop.booking_done") == 1)
      #expect(try await market.events("shop.goods_arrived") == 0, "a visit is told in its own words")
      #expect(try await market.breaches().isEmpty)
      let again = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(3_000)))
      #expect(again == booking, "a repeat over a bad line changes nothing")
    }
  }

  @Test(
    "Two want the same time: one gets it, also where the way between would not do",
    arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let answers = await withTaskGroup(of: String?.self, returning: [String?].self) { group in
        for (person, key) in [(market.wang, "booking-of-wang-1"), (market.li, "booking-of-li-0001")] {
          group.addTask { await bookingProblem { try await fixture.book(person, key: key) } }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.filter { $0 == nil }.count == 1 && answers.contains("booking.time_taken"), "\(answers)")
      let near = await bookingProblem {
        try await fixture.book(market.li, at: Fixture.visit + .minutes(60), key: "booking-of-li-0002")
      }
      #expect(near == "booking.time_taken")
      try await fixture.book(market.li, at: Fixture.visit + .minutes(90), key: "booking-of-li-0003")
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("The database itself refuses a second booking of the same quarter", arguments: TestEngine.available)
  func constraint(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let booking = try await fixture.book(fixture.market.wang)
      let span = (worker: fixture.worker.id, blocks: booking.blocks(from: booking.startsAt))
      await #expect(throws: DatabaseError.self) {
        try await fixture.market.database.write(in: fixture.market.community) {
          try WorkerStore.hold([span], for: BookingID(rawValue: 99), in: $0)
        }
      }
    }
  }

  @Test("The same key is one booking; another request under it is refused", arguments: TestEngine.available)
  func once(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let first = try await fixture.book(fixture.market.wang)
      #expect(try await fixture.book(fixture.market.wang).id == first.id)
      let other = await bookingProblem {
        try await fixture.book(fixture.market.wang, at: Fixture.visit + .hours(3))
      }
      #expect(other == "idempotency.mismatch")
      #expect(try await fixture.count("SELECT count(*) FROM shop_booking") == 1)
    }
  }

  @Test(
    "A visit's campaign takes its booking's order alone, and its order changes nowhere else",
    arguments: TestEngine.available)
  func ownOrder(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      let order = try await fixture.order(booking)
      let others = await bookingProblem {
        _ = try await market.place(
          market.li, booking.campaign, [(order.lines[0].item, 1)], key: "order-into-a-visit-1")
      }
      #expect(others == "order.belongs_to_booking")
      let request = try OrderRequest(
        community: market.community, campaign: booking.campaign, person: market.wang,
        household: order.household,
        actor: market.wang, role: .resident, key: "cancel-a-visit-as-order",
        command: .cancel(order.id, revision: order.revision))
      let cancelled = await bookingProblem { _ = try await market.shop.desk.submit(request) }
      #expect(cancelled == "order.belongs_to_booking")
      let actor = try #require(
        CampaignActor(person: market.leader, roles: [.committee], leader: fixture.owner))
      let called = await bookingProblem {
        try await market.database.write(in: market.community) {
          try CampaignChanges.cancel(booking.campaign, .cashOnly, by: actor, in: $0)
        }
      }
      #expect(called == "not_found", "the desk of group-buys does not reach visits")
      let lists = try await market.database.read { snapshot in
        try CampaignStore.Filter.allCases.flatMap {
          try CampaignStore.list($0, in: market.community, limit: 100, snapshot)
        } + CampaignStore.deskList(leader: nil, in: market.community, limit: 100, snapshot)
      }
      #expect(!lists.contains { $0.booking != nil })
    }
  }

  @Test(
    "Five wrong codes give the household a new one; the old one is good for nothing",
    arguments: TestEngine.available)
  func wrongCodes(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let asked = try await fixture.book(fixture.market.wang)
      let old = try await fixture.code(asked)
      let wrong = old == "123456" ? "654321" : "123456"
      let early = await bookingProblem { _ = try await fixture.arrive(asked) }
      #expect(early == "booking.not_now", "a request is not an appointment")
      let booking = try await fixture.perform(.accept, .merchant, asked)
      fixture.market.clock.move(to: Fixture.visit)
      for left in [4, 3, 2, 1] {
        #expect(try await fixture.arrive(booking, code: wrong) == .wrongCode(triesLeft: Int64(left)))
      }
      #expect(try await fixture.arrive(booking, code: wrong) == .codeRenewed)
      #expect(try await fixture.arrive(booking, code: old) == .wrongCode(triesLeft: 4))
      guard case .arrived = try await fixture.arrive(booking) else {
        Issue.record("the new code is right")
        return
      }
      #expect(try await fixture.market.events("shop.booking_wrong_code") == 5)
    }
  }

  @Test(
    "Another time is held until it is answered; agreed, the old one is free, and the code is the same",
    arguments: TestEngine.available)
  func moves(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let agreed = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      let code = try await fixture.code(agreed)
      // Half an hour later overlaps with the time that the booking holds itself.
      let later = Fixture.visit + .minutes(30)
      let asked = try await fixture.perform(
        .propose(.init(by: .household, worker: fixture.worker.id, startsAt: later)), .household, agreed)
      let meanwhile = await bookingProblem {
        try await fixture.book(market.li, at: Fixture.visit + .minutes(90), key: "booking-of-li-0001")
      }
      #expect(meanwhile == "booking.time_taken")
      let booking = try await fixture.perform(.agreeToMove, .merchant, asked)
      #expect(booking.startsAt == later && booking.state == .accepted)
      #expect(try await fixture.code(booking) == code && booking.price == fixture.service.details.price)
      let campaign = try await market.find(booking.campaign)
      #expect(campaign.pickupFrom == later && campaign.title.chinese.contains("10:30"))
      let free = try await fixture.free()
      #expect(!free.contains(Fixture.visit) && free.contains(later + .minutes(90)))
      #expect(!free.contains(later + .minutes(60)))
      #expect(try await market.breaches().isEmpty)
      let taken = await bookingProblem {
        _ = try await fixture.perform(
          .propose(.init(by: .merchant, worker: fixture.worker.id, startsAt: Fixture.visit + .hours(31))),
          .merchant,
          booking)
      }
      #expect(taken == "booking.time_taken", "17:00 ends after the hours do")
    }
  }

  @Test("Who booked under old rules keeps them; a stale page is told", arguments: TestEngine.available)
  func keepsRules(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      try await market.database.write(in: market.community) {
        var dearer = fixture.service.details
        dearer.price = ServicePrice(basis: .visit, amount: .fen(9_000), cap: .fen(9_000))
        dearer.rules = VisitRules(answerHours: 1, freeHours: 72, lateRate: VisitRules.lateLimit)
        try ServiceChanges.change(
          fixture.service.id, to: dearer, by: .program(for: fixture.service.merchant, person: fixture.owner),
          in: $0)
      }
      let stands = try await fixture.find(booking)
      #expect(stands.price.cap == .fen(5_000) && stands.rules.freeHours == 4)
      let actor = try fixture.actor(.merchant, booking)
      let stale = await bookingProblem {
        try await market.database.write(in: market.community) {
          _ = try fixture.desk.perform(.accept, by: actor, seen: 7, offsetSeconds: Fixture.offset, in: $0)
        }
      }
      #expect(stale == "booking.stale")
    }
  }

  @Test(
    "Closed merchants, closed services, closed workers and those who do something else cannot be booked",
    arguments: TestEngine.available)
  func closed(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let actor = MerchantActor.program(for: fixture.service.merchant, person: fixture.owner)
      func refused() async -> String? { await bookingProblem { try await fixture.book(market.wang) } }
      try await market.database.write(in: market.community) {
        try ServiceChanges.setClosed(true, fixture.service.id, by: actor, in: $0)
      }
      #expect(await refused() == "not_found")
      try await market.database.write(in: market.community) {
        try ServiceChanges.setClosed(false, fixture.service.id, by: actor, in: $0)
        try ServiceChanges.setClosed(true, worker: fixture.worker.id, by: actor, in: $0)
      }
      #expect(await refused() == "not_found")
      try await market.database.write(in: market.community) {
        try ServiceChanges.setClosed(false, worker: fixture.worker.id, by: actor, in: $0)
        var details = fixture.worker.details
        details.services = []
        _ = try ServiceChanges.save(details, as: fixture.worker.id, by: actor, in: $0)
      }
      #expect(await refused() == "not_found")
      try await market.database.write(in: market.community) {
        var details = fixture.worker.details
        details.certificate = "护理证"
        details.certificateUntil = CivilDateTime(Market.start, offsetSeconds: Fixture.offset).dayNumber
        _ = try ServiceChanges.save(details, as: fixture.worker.id, by: actor, in: $0)
      }
      #expect(await refused() == "booking.time_taken", "a certificate that has ended blocks new bookings")
    }
  }
}
