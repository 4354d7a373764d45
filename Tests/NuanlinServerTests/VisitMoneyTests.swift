import Database
import Kernel
import Ledger
import People
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// Visits against the books that the program keeps: what was held, what is charged and what goes back.
@Suite("What a visit costs, in the books")
struct VisitMoneyTests {
  private static let offset = 28_800

  /// A haircut at ¥30.00, ¥50.00 at most, a fifth kept when cancelled late; agreed with the first buyer.
  private func with(
    _ engine: TestEngine, _ body: (Shopping, Booking, BookingActor) async throws -> Void
  ) async throws {
    try await Shopping.with(engine, offers: [Shopping.Offer(price: .fen(100))]) { shopping in
      let actor = MerchantActor.program(for: shopping.merchant, person: shopping.seller)
      let details = Service.Details(
        kind: .hairdressing, title: Phrase("理发", "Haircut"),
        price: ServicePrice(basis: .visit, amount: .fen(3_000), cap: .fen(5_000)),
        times: ServiceTimes(minutes: 60, bufferMinutes: 0, leadHours: 2, horizonDays: 3),
        rules: VisitRules(answerHours: 1, freeHours: 4, lateRate: Rate(basisPoints: 2_000) ?? .none))
      let (person, household) = shopping.buyers[0]
      let desk = shopping.shop.bookingDesk
      let (booking, merchant) = try await shopping.database.write(in: shopping.house.community) {
        transaction in
        let service = try ServiceChanges.create(details, by: actor, in: transaction)
        let worker = try ServiceChanges.save(
          Worker.Details(
            name: Phrase("王师傅", "Mr Wang"), services: [service.id],
            hours: (1...7).compactMap { WeeklyHours(weekday: $0, opens: 0, closes: 1_440) }),
          as: nil, by: actor, in: transaction)
        let free = FreeTimes(
          service.details.times, of: try WorkerStore.times(of: worker, transaction), now: transaction.now,
          offsetSeconds: Self.offset)
        let start = try #require(free.all().first { $0 > transaction.now + .hours(8) })
        let asked = try desk.book(
          .init(
            service: service.id, worker: worker.id, startsAt: start, note: "", key: "visit-in-the-books-1"),
          for: person, of: household, offsetSeconds: Self.offset, in: transaction
        ).booking
        let merchant = try #require(
          BookingActor(
            try transaction.merchantActor(
              shopping.seller, roles: [.merchant], for: shopping.merchant, in: shopping.house.community),
            for: asked))
        let agreed = try desk.perform(.accept, by: merchant, offsetSeconds: Self.offset, in: transaction)
        return (agreed, merchant)
      }
      try await body(shopping, booking, merchant)
    }
  }

  private func refunds(of order: OrderID, _ shopping: Shopping) async throws -> [String] {
    try await shopping.database.read {
      try OrderAccounts.story(of: order, in: shopping.house.community, $0).filter { $0.amount < .zero }
        .map { "\($0.what.chinese) \($0.amount.display)" }
    }
  }

  private func visit(
    _ shopping: Shopping, _ booking: Booking, _ actor: BookingActor, _ report: VisitReport
  ) async throws {
    shopping.clock.move(to: booking.startsAt)
    let desk = shopping.shop.bookingDesk
    try await shopping.database.write(in: shopping.house.community) { transaction in
      let id = try #require(booking.order)
      let order = try #require(try OrderStore.find(id, in: shopping.house.community, transaction))
      let code = try #require(desk.arrivalCode(of: booking, order))
      _ = try desk.arrive(code: code, by: actor, offsetSeconds: Self.offset, in: transaction)
      _ = try desk.finish(report, by: actor, offsetSeconds: Self.offset, in: transaction)
    }
  }

  @Test(
    "The limit was paid before: the visit is sold at what it cost, and the rest is promised back",
    arguments: TestEngine.available)
  func prepaid(engine: TestEngine) async throws {
    try await with(engine) { shopping, booking, actor in
      let order = try #require(booking.order)
      try await shopping.prepay(order)
      #expect(try await shopping.breaches().isEmpty)
      try await visit(shopping, booking, actor, VisitReport(minutes: 50))
      #expect(try await refunds(of: order, shopping) == ["待退（服务实际费用低于上限） -¥20.00"])
      let sold = try await shopping.database.read {
        try OrderAccounts.sold(for: [order], in: shopping.house.community, $0)
      }
      #expect(sold == [order: .fen(3_000)])
      #expect(try await shopping.breaches().isEmpty)
    }
  }

  @Test("Cash at the door, and a visit for nothing", arguments: TestEngine.available)
  func cash(engine: TestEngine) async throws {
    for charge in [Money.fen(3_000), .zero] {
      try await with(engine) { shopping, booking, actor in
        try await visit(
          shopping, booking, actor, VisitReport(minutes: 50, charge: charge, cash: charge))
        let order = try #require(booking.order)
        #expect(try await shopping.paid(order) == charge)
        #expect(try await refunds(of: order, shopping).isEmpty)
        #expect(try await shopping.breaches().isEmpty)
      }
    }
  }

  @Test(
    "Cancelled late by whoever paid: a fifth of ¥30.00 is sold, ¥44.00 of the ¥50.00 go back",
    arguments: TestEngine.available)
  func late(engine: TestEngine) async throws {
    try await with(engine) { shopping, booking, _ in
      let order = try #require(booking.order)
      try await shopping.prepay(order)
      shopping.clock.move(to: booking.startsAt - .hours(1))
      let (person, household) = shopping.buyers[0]
      let actor = try #require(BookingActor(householdOf: booking, person: person, household: household))
      try await shopping.database.write(in: shopping.house.community) {
        _ = try shopping.shop.bookingDesk.perform(
          .cancel(reason: ""), by: actor, offsetSeconds: Self.offset, in: $0)
      }
      let sold = try await shopping.database.read {
        try OrderAccounts.sold(for: [order], in: shopping.house.community, $0)
      }
      #expect(sold == [order: .fen(600)])
      #expect(try await refunds(of: order, shopping) == ["待退（预约没有成行） -¥44.00"])
      #expect(try await shopping.breaches().isEmpty)
    }
  }

  @Test("The merchant cancels: everything goes back", arguments: TestEngine.available)
  func called(engine: TestEngine) async throws {
    try await with(engine) { shopping, booking, actor in
      let order = try #require(booking.order)
      try await shopping.prepay(order)
      try await shopping.database.write(in: shopping.house.community) {
        _ = try shopping.shop.bookingDesk.perform(
          .cancel(reason: "师傅病了"), by: actor, offsetSeconds: Self.offset, in: $0)
      }
      #expect(try await refunds(of: order, shopping) == ["待退（预约没有成行） -¥50.00"])
      #expect(try await shopping.breaches().isEmpty)
    }
  }
}
