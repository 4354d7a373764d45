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
          AND recipient_id = \(person) AND kind LIKE 'shop.%' ORDER BY id
        """
      ) { row in (kind: try row[0], path: try row[1]) }
    }
  }

  @Test(
    "each side hears once of what the other did, and never of its own doing", arguments: TestEngine.available)
  func sides(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let (market, wang, owner, barber) = (
        fixture.market, fixture.market.wang, fixture.owner, fixture.barber
      )
      var booking = try await fixture.book(wang)
      #expect(try await told(fixture, wang).isEmpty, "who asked knows it")
      #expect(try await told(fixture, owner).map(\.kind) == ["shop.booking_desk_asked"])
      #expect(try await told(fixture, barber).isEmpty, "the worker answers no requests")
      try await fixture.perform(.accept, .merchant, booking)
      #expect(try await told(fixture, wang).map(\.kind) == ["shop.booking_agreed"])
      #expect(try await told(fixture, barber).isEmpty)
      let later = Booking.Proposal(
        by: .household, worker: fixture.worker.id, startsAt: Fixture.visit + .hours(3))
      try await fixture.perform(.propose(later), .household, booking)
      #expect(try await told(fixture, owner).count == 2)
      try await fixture.perform(.refuseMove, .merchant, booking)
      market.clock.move(to: Fixture.visit - .minutes(30))
      try await fixture.perform(.setOut, .worker, booking)
      _ = try await fixture.arrive(booking)
      let actor = try fixture.actor(.worker, booking)
      try await market.database.write(in: market.community) {
        try fixture.desk.askForMaterial("围布", .fen(500), by: actor, in: $0)
      }
      let hers = try fixture.actor(.household, booking)
      try await market.database.write(in: market.community) {
        try fixture.desk.answerMaterial(0, isAgreed: true, by: hers, in: $0)
      }
      booking = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(3_500)))
      let household = try await told(fixture, wang)
      #expect(
        household.map(\.kind) == [
          "shop.booking_agreed", "shop.booking_changed", "shop.booking_on_the_way", "shop.booking_asked",
          "shop.booking_done",
        ])
      #expect(household.allSatisfy { $0.path == "/bookings/\(booking.id)" })
      let merchant = try await told(fixture, owner)
      #expect(
        merchant.map(\.kind) == [
          "shop.booking_desk_asked", "shop.booking_desk_asked", "shop.booking_desk_changed",
        ])
      #expect(merchant.allSatisfy { $0.path == "/desk/bookings/\(booking.id)" })
      let worker = try await told(fixture, barber)
      #expect(worker.map(\.kind) == ["shop.booking_desk_changed"], "what was asked at the door")
      #expect(worker.map(\.path) == ["/visits"])
      for other in [market.wangSon, market.li] {
        #expect(try await told(fixture, other).isEmpty)
      }
    }
  }

  @Test("how a visit falls through is told to the other side", arguments: TestEngine.available)
  func fallsThrough(_ engine: TestEngine) async throws {
    let endings:
      [(
        by: Fixture.Side?, isAgreed: Bool, command: BookingRules.Command, at: Timestamp,
        readers: [Fixture.Side]
      )] =
        [
          (.merchant, false, .decline(reason: "那天休息"), Market.start, [.household]),
          (.merchant, true, .cancel(reason: "师傅病了"), Market.start, [.household]),
          (.merchant, true, .cancel(reason: "忘了"), Fixture.visit + .hours(1), [.household]),
          (.household, true, .cancel(reason: ""), Market.start, [.merchant, .worker]),
          (.worker, true, .reportAbsence, Fixture.visit + .minutes(20), [.household]),
          (.household, true, .reportAbsence, Fixture.visit + .minutes(20), [.merchant]),
          (nil, false, .expire, Market.start + .hours(12), [.household]),
        ]
    for ending in endings {
      try await Fixture.with(engine) { fixture in
        let booking = try await fixture.book(fixture.market.wang)
        if ending.isAgreed { try await fixture.perform(.accept, .merchant, booking) }
        let sides: [(side: Fixture.Side, person: PersonID)] = [
          (.household, fixture.market.wang), (.merchant, fixture.owner), (.worker, fixture.barber),
        ]
        var before: [Int] = []
        for side in sides { before.append(try await told(fixture, side.person).count) }
        fixture.market.clock.move(to: ending.at)
        if let by = ending.by {
          try await fixture.perform(ending.command, by, booking)
        } else {
          try await fixture.market.runJobs()
        }
        for (side, known) in zip(sides, before) {
          let news = try await told(fixture, side.person).dropFirst(known).map(\.kind)
          let kind = side.side == .household ? "shop.booking_changed" : "shop.booking_desk_changed"
          #expect(
            news == (ending.readers.contains(side.side) ? [kind] : []), "\(ending.command) \(side.side)")
        }
      }
    }
  }

  @Test(
    "what becomes of money that may be kept is told to the household, and what the committee decides to both",
    arguments: TestEngine.available, [nil, false, true])
  func fee(_ engine: TestEngine, _ isKept: Bool?) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      try await fixture.pay(booking)
      market.clock.move(to: Fixture.visit + .minutes(20))
      let missed = try await fixture.perform(.reportAbsence, .worker, booking)
      if let isKept {
        let objected = try await fixture.perform(.object(reason: "我一直在家"), .household, missed)
        let staff = try await market.person("周主任", [.committee])
        let actor = try #require(
          BookingActor(decidingOn: objected, person: staff, roles: [.committee], household: nil))
        try await market.database.write(in: market.community) {
          try fixture.desk.decideFee(isKept: isKept, by: actor, in: $0)
        }
      } else {
        let program = BookingActor.program(for: missed, host: fixture.owner)
        try await market.database.write(in: market.community) {
          try fixture.desk.decideFee(isKept: true, by: program, in: $0)
        }
      }
      let household = try await told(fixture, market.wang)
      #expect(
        household.map(\.kind) == [
          "shop.booking_agreed", "shop.booking_changed", "shop.booking_changed",
        ])
      let merchant = try await told(fixture, fixture.owner).map(\.kind)
      #expect(
        merchant == ["shop.booking_desk_asked"] + (isKept == nil ? [] : ["shop.booking_desk_changed"]))
    }
  }

  @Test("a code that was renewed at the door is told to the household", arguments: TestEngine.available)
  func renewed(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      market.clock.move(to: Fixture.visit)
      for tries in 1...5 {
        _ = try await fixture.arrive(booking, code: "wrong")
        #expect(try await told(fixture, market.wang).count == (tries == 5 ? 2 : 1))
      }
    }
  }

  @Test("money that comes back for a visit is told in words of visits", arguments: TestEngine.available)
  func refunded(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      let order = try #require(booking.order)
      for (refund, channel) in [(1, "cash"), (2, "bank")] {
        try await market.database.write(in: market.community) {
          try $0.publish(
            "ledger.refund_promised", subject: order.rawValue,
            body: #"{"refund":"\#(refund)","amount":1250,"channel":"\#(channel)","paid":false}"#)
        }
      }
      let news = try await told(fixture, market.wang)
      #expect(news.map(\.kind) == ["shop.order_refunded", "shop.order_refunded"])
      #expect(news.allSatisfy { $0.path == "/bookings/\(booking.id)" })
      let texts: [String] = try await market.database.read {
        try $0.values("SELECT text_zh FROM messages_message WHERE recipient_id = \(market.wang) ORDER BY id")
      }
      #expect(texts.allSatisfy { $0.contains("上门理发") && $0.contains("¥12.50") && !$0.contains("取货") })
      #expect(texts.first?.contains("请找商户") == true && texts.last?.contains("从您付款的地方退回") == true)
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
    for kind in [BookingNotice.deskAsked, BookingNotice.deskChanged] {
      #expect(kind.headline.english.count <= 20)
    }
    #expect(Set(kinds.map(\.code)).count == kinds.count)
    for kind in kinds {
      #expect(!kind.headline.chinese.isEmpty && kind.headline.chinese.count <= 20)
      for personal in ["王师傅", "理发", "3号楼", "¥", "Wang", "Haircut"] {
        #expect(!kind.headline.chinese.contains(personal) && !kind.headline.english.contains(personal))
      }
    }
  }
}
