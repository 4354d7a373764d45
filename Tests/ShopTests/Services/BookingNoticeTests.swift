import Database
import Kernel
import Messages
import People
import TestKit
import Testing

@testable import Shop

@Suite("What households and workers are told of visits")
struct BookingNoticeTests {
  private typealias Fixture = BookingFixture

  /// What a person was told, oldest first: the kind and the path.
  private func told(_ fixture: Fixture, _ person: PersonID) async throws -> [(kind: String, path: String)] {
    let market = fixture.market
    let pump = EventPump(market.database, handlers: market.shop.eventHandlers)
    try await pump.drain()
    try await pump.drain()
    return try await market.database.read { snapshot in
      try snapshot.all(
        """
        SELECT kind, path FROM messages_message WHERE community_id = \(market.community)
          AND recipient_id = \(person) AND kind LIKE 'shop.booking%' ORDER BY id
        """
      ) { row in (kind: try row[0], path: try row[1]) }
    }
  }

  @Test(
    "each side hears once of what the other did, and never of its own doing", arguments: TestEngine.available)
  func sides(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let (market, wang, barber) = (fixture.market, fixture.market.wang, fixture.barber)
      var booking = try await fixture.book(wang)
      #expect(try await told(fixture, wang).isEmpty, "who asked knows it")
      try await fixture.perform(.accept, .merchant, booking)
      #expect(try await told(fixture, wang).map(\.kind) == ["shop.booking_agreed"])
      #expect(try await told(fixture, barber).isEmpty)
      let later = Booking.Proposal(
        by: .household, worker: fixture.worker.id, startsAt: Fixture.visit + .hours(3))
      try await fixture.perform(.propose(later), .household, booking)
      #expect(try await told(fixture, barber).map(\.kind) == ["shop.booking_asked"])
      try await fixture.perform(.refuseMove, .merchant, booking)
      market.clock.move(to: Fixture.visit - .minutes(30))
      try await fixture.perform(.setOut, .worker, booking)
      _ = try await fixture.arrive(booking)
      let actor = try fixture.actor(.worker, booking)
      try await market.database.write(in: market.community) {
        try fixture.desk.askForMaterial("围布", .fen(500), by: actor, in: $0)
      }
      let owner = try fixture.actor(.household, booking)
      try await market.database.write(in: market.community) {
        try fixture.desk.answerMaterial(0, isAgreed: true, by: owner, in: $0)
      }
      booking = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(3_500)))
      let household = try await told(fixture, wang)
      #expect(
        household.map(\.kind) == [
          "shop.booking_agreed", "shop.booking_changed", "shop.booking_on_the_way", "shop.booking_asked",
          "shop.booking_done",
        ])
      #expect(household.allSatisfy { $0.path == "/bookings/\(booking.id)" })
      let worker = try await told(fixture, barber)
      #expect(worker.map(\.kind) == ["shop.booking_asked", "shop.booking_changed"])
      #expect(worker.allSatisfy { $0.path == "/visits" })
      for other in [market.wangSon, market.li, fixture.owner] {
        #expect(try await told(fixture, other).isEmpty)
      }
    }
  }

  @Test("how a visit falls through is told to the other side", arguments: TestEngine.available)
  func fallsThrough(_ engine: TestEngine) async throws {
    let endings:
      [(
        by: Fixture.Side?, isAgreed: Bool, command: BookingRules.Command, at: Timestamp, reader: Fixture.Side
      )] = [
        (.merchant, false, .decline(reason: "那天休息"), Market.start, .household),
        (.merchant, true, .cancel(reason: "师傅病了"), Market.start, .household),
        (.household, true, .cancel(reason: ""), Market.start, .worker),
        (.worker, true, .reportAbsence, Fixture.visit + .minutes(20), .household),
        (.household, true, .reportAbsence, Fixture.visit + .minutes(20), .worker),
        (nil, false, .expire, Market.start + .hours(12), .household),
      ]
    for ending in endings {
      try await Fixture.with(engine) { fixture in
        let booking = try await fixture.book(fixture.market.wang)
        if ending.isAgreed { try await fixture.perform(.accept, .merchant, booking) }
        let reader = ending.reader == .household ? fixture.market.wang : fixture.barber
        let other = ending.reader == .household ? fixture.barber : fixture.market.wang
        let (before, earlier) = (
          try await told(fixture, reader).count, try await told(fixture, other).count
        )
        fixture.market.clock.move(to: ending.at)
        if let by = ending.by {
          try await fixture.perform(ending.command, by, booking)
        } else {
          try await fixture.market.runJobs()
        }
        let news = try await told(fixture, reader).dropFirst(before)
        #expect(news.map(\.kind) == ["shop.booking_changed"], "\(ending.command)")
        #expect(try await told(fixture, other).count == earlier, "\(ending.command)")
      }
    }
  }

  @Test("the evening before, the household is reminded", arguments: TestEngine.available)
  func reminded(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let booking = try await fixture.book(fixture.market.wang)
      try await fixture.perform(.accept, .merchant, booking)
      fixture.market.clock.move(to: BookingJobs.reminderTime(of: booking, offsetSeconds: Fixture.offset))
      try await fixture.market.runJobs()
      #expect(
        try await told(fixture, fixture.market.wang).map(\.kind) == [
          "shop.booking_agreed", "shop.booking_tomorrow",
        ])
      #expect(try await told(fixture, fixture.barber).isEmpty)
    }
  }

  @Test("whoever booked it for her hears the answer while she lets them", arguments: TestEngine.available)
  func helper(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let helper = try await market.person("许社工", [.socialWorker])
      let witness = try await market.person("林主任", [.supervisor])
      let terms = MandateTerms(
        matters: [.services], perOrder: .fen(6_000), perDay: .fen(12_000), perMonth: .fen(30_000),
        payWays: [.cash], expires: Market.start + .days(100), confirmations: [.pin])
      let asking = MandateAsking(
        by: Actor(person: witness, role: .supervisor),
        MandateEvidence(.signedPaper, witness: witness, place: .home))
      let shop = market.shop
      let asked = try await market.database.write(in: market.community) { transaction in
        let mandate = try Mandates.give(terms, by: market.wang, to: helper, asking: asking, in: transaction)
        let choice = BookingForm.Choice(worker: fixture.worker.id, startsAt: Fixture.visit)
        let draft = AssistedOrderDesk.Draft(
          mandate: mandate.id, matter: .visit(.booking(fixture.service, choice, note: "")),
          key: "form-of-the-social-worker")
        return try shop.assistedOrderDesk.draft(
          draft, by: Actor(person: helper, role: .socialWorker), in: transaction)
      }
      let order = try await market.database.write(in: market.community) {
        try shop.assistedOrderDesk.confirm(asked.id, .session(of: market.wang), in: $0)
      }
      let booking = try #require(
        try await market.database.read {
          try BookingStore.find(orderedAs: order.id, in: market.community, $0)
        })
      try await fixture.perform(.accept, .merchant, booking)
      let news = try await told(fixture, helper)
      #expect(news.map(\.kind) == ["shop.booking_agreed"])
      #expect(news.map(\.path) == ["/assisted-orders/\(asked.id)"])
      market.clock.advance(by: .seconds(1))
      try await market.database.write(in: market.community) {
        try Mandates.revoke(asked.mandate, by: Actor(person: market.wang, role: .resident), in: $0)
      }
      market.clock.advance(by: .seconds(1))
      try await fixture.perform(.cancel(reason: "师傅病了"), .merchant, booking)
      #expect(try await told(fixture, helper).count == 1, "nothing after the mandate has ended")
      #expect(try await told(fixture, market.wang).count == 2)
    }
  }

  @Test("what goes out by SMS or on a lock screen names nobody and nothing that was booked")
  func headlines() async throws {
    let kinds = BookingNotice.kinds
    #expect(Set(kinds.map(\.code)).count == kinds.count)
    for kind in kinds {
      #expect(!kind.headline.chinese.isEmpty && kind.headline.chinese.count <= 20)
      for personal in ["王师傅", "理发", "3号楼", "¥", "Wang", "Haircut"] {
        #expect(!kind.headline.chinese.contains(personal) && !kind.headline.english.contains(personal))
      }
    }
  }
}
