import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Visits booked for somebody else")
struct AssistedVisitTests {
  private typealias Fixture = BookingFixture

  @Test(
    "nothing is booked before the person says yes; then exactly what was read out",
    arguments: TestEngine.available)
  func booked(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let market = booker.market
      let asked = try await booker.ask()
      #expect(asked.total == .fen(5_000), "the limit counts, not the price")
      #expect(try await booker.ask().id == asked.id, "the same form twice is one request")
      #expect(try await booker.bookings() == 0)
      #expect(try await booker.fixture.free().contains(Fixture.visit), "no time is held meanwhile")
      let stored = try await market.database.read {
        try AssistedOrderStore.find(asked.id, in: market.community, $0)
      }
      #expect(stored == asked, "what is confirmed is what was asked")
      let order = try await booker.agree(asked)
      let booking = try await booker.booking(of: order)
      #expect(booking.state == .requested && booking.asked == asked.id && booking.person == booker.elder)
      #expect(booking.note == "敲门重一点" && booking.startsAt == Fixture.visit)
      #expect(order.authority == .booking(booking.id) && order.placedBy == booker.helper)
      #expect(order.helper == booker.helper && order.total == .fen(5_000))
      #expect(try await booker.agree(asked).id == order.id, "the same yes twice is one booking")
      #expect(try await booker.bookings() == 1)
      #expect(try await booker.state(of: asked) == .placed)
      let onBehalf = try await booker.fixture.count(
        """
        SELECT count(*) FROM platform_audit WHERE action = 'shop.booking_requested' AND object_id = \(booking.id)
          AND actor_id = \(booker.helper) AND on_behalf_of_id = \(booker.elder)
        """)
      #expect(onBehalf == 1)
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "it counts in the sums of the mandate, in the statement and in how far she orders alone",
    arguments: TestEngine.available)
  func counted(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let market = booker.market
      try await booker.agree(try await booker.ask())
      try await booker.fixture.book(booker.elder, at: Fixture.visit + .hours(3), key: "booking-of-her-own")
      try await market.database.read { snapshot in
        let spent = try OrderGroundStore.spent(
          under: HelpedBooker.id, offsetSeconds: Fixture.offset, in: market.community, snapshot)
        #expect(spent.map(\.amount) == [.fen(5_000)], "what she booked herself is no business of the mandate")
        let month = Month(snapshot.now, offsetSeconds: Fixture.offset)
        let statement = try MandateStatementStore.statement(
          of: booker.elder, month, offsetSeconds: Fixture.offset, in: market.community, snapshot)
        #expect(Set(statement.lines.map(\.helper)) == [booker.helper, nil])
        let months = try IndependenceStore.months(
          of: booker.elder, offsetSeconds: Fixture.offset, in: market.community, snapshot)
        #expect(months.last?.own == 1 && months.last?.assisted == 1)
      }
    }
  }

  @Test(
    "every way around the mandate is refused in the transaction that books", arguments: TestEngine.available)
  func refused(_ engine: TestEngine) async throws {
    for spoiling in Spoiling.allCases {
      try await HelpedBooker.with(engine) { booker in try await isRefused(spoiling, booker) }
    }
  }

  private func isRefused(_ spoiling: Spoiling, _ booker: HelpedBooker) async throws {
    let asked = try await booker.ask()
    try await spoiling.spoil(booker)
    let before = try await booker.bookings()
    let refusal = await bookingProblem { try await booker.agree(asked) }
    #expect(refusal == spoiling.rawValue)
    let after = try await booker.bookings()
    #expect(after == before)
    let state = try await booker.state(of: asked)
    #expect(state == .waiting, "\(spoiling) undoes everything")
    if spoiling == .terms || spoiling == .confirmation { return }
    let again = await bookingProblem { _ = try await booker.ask(key: "form-that-comes-later") }
    #expect(again == (spoiling == .otherHelper ? "not_found" : spoiling.rawValue))
  }

  @Test("strangers and helpers cannot say yes; after a day it is void", arguments: TestEngine.available)
  func word(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let asked = try await booker.ask(at: Fixture.visit + .days(3))
      for person in [booker.helper, booker.market.newcomer] {
        #expect(await bookingProblem { try await booker.agree(asked, as: person) } == "not_found")
      }
      booker.market.clock.advance(by: .hours(24))
      #expect(await bookingProblem { try await booker.agree(asked) } == "assisted_order.void")
      try await booker.market.runJobs()
      #expect(try await booker.state(of: asked) == .void)
      #expect(try await booker.bookings() == 0)
      let other = try await booker.ask(at: Fixture.visit + .days(3), key: "form-for-the-daughter")
      try await booker.agree(other, as: booker.market.li)
      #expect(try await booker.bookings() == 1, "the relative who holds the key may")
    }
  }

  @Test("the sum of a day holds over visits that are confirmed at once", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      var asked: [AssistedOrder] = []
      for index in 0..<5 {
        let start = Fixture.visit + .days(Int64(index))
        asked.append(try await booker.ask(at: start, key: "form-of-the-race-\(index)"))
      }
      let answers = await withTaskGroup(of: String?.self, returning: [String?].self) { group in
        for one in asked { group.addTask { await bookingProblem { try await booker.agree(one) } } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0 == nil } == 2, "¥50 each, ¥120 a day: \(answers)")
      #expect(answers.count { $0 == "mandate.over_day_cap" } == 3)
      #expect(try await booker.bookings() == 2)
      #expect(try await booker.market.breaches().isEmpty)
    }
  }

  @Test(
    "cancelling with her word gives the sum back, and needs the mandate too", arguments: TestEngine.available)
  func cancelled(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      booker.change { $0.perDay = .fen(5_000) }
      let booking = try await booker.booking(of: try await booker.agree(try await booker.ask()))
      let more = await bookingProblem {
        _ = try await booker.ask(at: Fixture.visit + .hours(3), key: "form-for-a-second-visit")
      }
      #expect(more == "mandate.over_day_cap")
      booker.change { $0.merchants = .except([booker.fixture.service.merchant]) }
      let asked = try await booker.askTo(.cancel, booking, key: "form-that-cancels-it")
      #expect(asked.total == .zero)
      #expect(try await booker.fixture.find(booking).state == .requested, "nothing happens before her yes")
      try await booker.agree(asked)
      #expect(try await booker.fixture.find(booking).state == .cancelled)
      booker.change { $0.merchants = .any }
      try await booker.agree(try await booker.ask(key: "form-for-a-second-visit"))
      #expect(try await booker.market.breaches().isEmpty)
    }
  }

  @Test(
    "what is kept when it is cancelled late is read out before; else it is refused",
    arguments: TestEngine.available)
  func late(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let booking = try await booker.booking(of: try await booker.agree(try await booker.ask()))
      try await booker.fixture.perform(.accept, .merchant, booking)
      try await booker.fixture.pay(booking)
      let inTime = try await booker.askTo(.cancel, booking, key: "form-that-cancels-in-time")
      booker.market.clock.move(to: Fixture.visit - .hours(2))
      #expect(await bookingProblem { try await booker.agree(inTime) } == "assisted_order.void")
      let late = try await booker.askTo(.cancel, booking, key: "form-that-cancels-it-late")
      #expect(late.total == .fen(600))
      try await booker.agree(late)
      #expect(try await booker.fixture.order(booking).fulfilment == .uncollected)
      #expect(try await booker.market.breaches().isEmpty)
    }
  }

  @Test("another time is agreed to or refused with her word", arguments: TestEngine.available)
  func moved(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let booking = try await booker.booking(of: try await booker.agree(try await booker.ask()))
      let none = await bookingProblem {
        _ = try await booker.askTo(.agreeToMove, booking, key: "form-without-a-proposal")
      }
      #expect(none == "booking.not_now")
      func propose(_ start: Timestamp) async throws {
        try await booker.fixture.perform(
          .propose(.init(by: .merchant, worker: booker.fixture.worker.id, startsAt: start)), .merchant,
          booking)
      }
      try await propose(Fixture.visit + .hours(3))
      let yes = try await booker.askTo(.agreeToMove, booking, key: "form-that-agrees-to-it")
      let no = try await booker.askTo(.refuseMove, booking, key: "form-that-refuses-it")
      #expect(yes.visit?.startsAt == Fixture.visit + .hours(3))
      try await booker.agree(yes)
      let moved = try await booker.fixture.find(booking)
      #expect(moved.state == .accepted && moved.startsAt == Fixture.visit + .hours(3))
      #expect(await bookingProblem { try await booker.agree(no) } == "booking.stale")
      try await propose(Fixture.visit + .hours(4))
      booker.revoke()
      let revoked = await bookingProblem {
        _ = try await booker.askTo(.refuseMove, booking, key: "form-after-the-mandate")
      }
      #expect(revoked == "mandate.revoked")
      #expect(try await booker.market.breaches().isEmpty)
    }
  }

  @Test(
    "the order of somebody's visit is placed by whom she confirmed alone", arguments: TestEngine.available)
  func ground(_ engine: TestEngine) async throws {
    try await HelpedBooker.with(engine) { booker in
      let market = booker.market
      let order = try await booker.agree(try await booker.ask())
      let request = try OrderRequest(
        community: market.community, campaign: order.campaign, person: order.person,
        household: order.household, actor: market.li, role: .resident, authority: order.authority,
        key: "order-of-a-stranger-1",
        command: .place([.init(item: try #require(order.lines.first).item, quantity: 1)], note: ""))
      let answers = try await market.database.write(in: market.community) {
        try OrderDesk.decide([request], .cashOnly, booker.desk.people, in: $0)
      }
      #expect(throws: Problem.orderNeedsAuthority) { try answers.first?.get() }
      try await market.database.write(in: market.community) {
        try $0.execute("UPDATE shop_booking SET assisted_order_id = NULL")
      }
      let breaches = try await market.breaches().map(\.name)
      #expect(breaches.contains("shop.assisted_visit_without_word"), "\(breaches)")
    }
  }
}

@Suite("Booking for somebody else by pages")
struct AssistedVisitRoutesTests {
  private typealias Fixture = BookingFixture

  /// A helper with a mandate, a booking that she made by the pages and that the elder agreed to in her own session.
  private func booked(
    _ fixture: Fixture
  ) async throws -> (helper: PersonID, mandate: MandateID, asked: String, booking: Booking) {
    let market = fixture.market
    let helper = try await market.person("许社工", [.socialWorker])
    let witness = try await market.person("林主任", [.supervisor])
    let terms = MandateTerms(
      matters: [.services], perOrder: .fen(6_000), perDay: .fen(12_000), perMonth: .fen(30_000),
      payWays: [.cash], expires: Market.start + .days(100), confirmations: [.pin])
    let asking = MandateAsking(
      by: Actor(person: witness, role: .supervisor),
      MandateEvidence(.signedPaper, witness: witness, place: .home))
    let mandate = try await market.database.write(in: market.community) {
      try Mandates.give(terms, by: market.wang, to: helper, asking: asking, in: $0)
    }
    let browser = try await market.browser(of: helper)
    #expect(try await browser.get("/assisted-orders").text.contains("给王阿姨约服务"))
    let services = "/assisted-orders/visits/\(mandate.id)"
    #expect(try await browser.get(services).text.contains("\(services)/\(fixture.service.id)"))
    let path = "\(services)/\(fixture.service.id)"
    let choice = "worker=\(fixture.worker.id)&at=\(Fixture.visit.seconds)"
    #expect(try await browser.get("\(path)?\(choice)").text.contains("念给本人听"))
    let answer = try await browser.post(
      path,
      [
        "worker": fixture.worker.id.description, "at": String(Fixture.visit.seconds), "note": "敲门重一点",
        "idempotency_key": "form-of-the-social-worker",
      ])
    let asked = try #require(answer.location)
    let wang = try await market.browser(of: market.wang)
    let page = try await wang.get(asked).text
    for part in ["¥30.00 一次，最多 ¥50.00", "王师傅", "敲门重一点", "许社工", "就约这个时间"] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(try await wang.post("\(asked)/agree").location == asked)
    let found = try await market.database.read {
      try BookingStore.list(
        of: try #require(try market.people.directory.household(of: market.wang, in: market.community, $0)),
        limit: 5, in: market.community, $0)
    }
    return (helper, mandate.id, asked, try #require(found.first))
  }

  @Test(
    "the code is on the slip once the visit is agreed, and gone for the helper with the mandate",
    arguments: TestEngine.available)
  func slip(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let made = try await booked(fixture)
      let helper = try await market.browser(of: made.helper)
      #expect(try await helper.get("\(made.asked)/receipt").text.contains("还在等商户答复"))
      try await fixture.perform(.accept, .merchant, made.booking)
      let code = try await fixture.code(made.booking)
      let spaced = "\(code.prefix(3)) \(code.suffix(3))"
      #expect(try await helper.get("\(made.asked)/receipt").text.contains(spaced))
      #expect(try await !helper.get(made.asked).text.contains(spaced), "on paper alone")
      #expect(try await market.browser(of: market.li).get("\(made.asked)/receipt").status == 404)
      try await market.database.write(in: market.community) {
        try Mandates.revoke(made.mandate, by: Actor(person: market.wang, role: .resident), in: $0)
      }
      market.clock.advance(by: .seconds(1))
      let late = try await helper.get("\(made.asked)/receipt")
      #expect(late.status == 200 && !late.text.contains(spaced))
      #expect(try await !helper.get(made.asked).text.contains("现在的情况"))
      #expect(try await helper.get("/assisted-orders/visits/\(made.mandate)").status == 404)
      let refused = try await helper.post(
        "\(made.asked)/visit/cancel", ["idempotency_key": "cancelling-after-the-end"])
      #expect(refused.status == 403 || refused.status == 409)
      #expect(try await fixture.find(made.booking).state == .accepted)
    }
  }

  @Test("a helper asks to cancel, and nobody else does by that door", arguments: TestEngine.available)
  func cancels(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let made = try await booked(fixture)
      for other in [market.wang, market.li] {
        let browser = try await market.browser(of: other)
        _ = try await browser.get("/assisted-orders")
        let answer = try await browser.post(
          "\(made.asked)/visit/cancel", ["idempotency_key": "cancelling-by-a-stranger"])
        #expect(answer.status == 404)
      }
      let helper = try await market.browser(of: made.helper)
      _ = try await helper.get(made.asked)
      let key = "cancelling-by-the-helper"
      let asked = try #require(
        try await helper.post("\(made.asked)/visit/cancel", ["idempotency_key": "\(key)"]).location)
      let again = try await helper.post("\(made.asked)/visit/cancel", ["idempotency_key": "\(key)"])
      #expect(again.location == asked && asked != made.asked)
      #expect(try await helper.post("\(asked)/agree").status == 404, "a helper's yes is none")
      let wang = try await market.browser(of: market.wang)
      #expect(try await wang.get(asked).text.contains("现在取消不收钱"))
      _ = try await wang.post("\(asked)/agree")
      #expect(try await fixture.find(made.booking).state == .cancelled)
      #expect(try await market.breaches().isEmpty)
    }
  }
}

/// What goes wrong between the drafting and the word, by how the word ends then.
private enum Spoiling: String, CaseIterable {
  case order = "mandate.over_order_cap"
  case day = "mandate.over_day_cap"
  case month = "mandate.over_month_cap"
  case matter = "mandate.matter_not_covered"
  case merchant = "mandate.merchant_barred"
  case confirmation = "mandate.confirmation"
  case payWay = "mandate.pay_way"
  case expired = "mandate.expired"
  case revoked = "mandate.revoked"
  case otherHelper = "mandate.other_helper"
  case member = "order.helper_is_merchant"
  case worker = "booking.helper_is_worker"
  case time = "booking.time_taken"
  case terms = "booking.terms_changed"

  func spoil(_ booker: HelpedBooker) async throws {
    switch self {
    case .order: booker.change { $0.perOrder = .fen(4_999) }
    case .day: booker.change { $0.perDay = .fen(4_999) }
    case .month: booker.change { $0.perMonth = .fen(4_999) }
    case .matter: booker.change { $0.matters = [.groceries, .dailyGoods] }
    case .merchant: booker.bar()
    case .confirmation: booker.change { $0.confirmations = [.callBack] }
    case .payWay: booker.change { $0.payWays = [.voucher] }
    case .expired: booker.expire()
    case .revoked: booker.revoke()
    case .otherHelper: booker.giveTo(booker.market.leader)
    case .member: try await booker.joinMerchant()
    case .worker: try await booker.write("UPDATE shop_worker SET person_id = \(booker.helper)")
    case .time: try await booker.loseTime()
    case .terms: try await booker.write("UPDATE shop_service SET price = 4000")
    }
  }
}
