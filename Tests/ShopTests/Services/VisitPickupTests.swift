import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Visits are nothing to fetch")
struct VisitPickupTests {
  private typealias Fixture = BookingFixture

  @Test(
    "a visit that has begun shows no pickup code, is fetched by nobody and is no bag that is lost",
    arguments: TestEngine.available)
  func nothing(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      let household = booking.household
      let draft = PickupProxyDraft(order: booking.order, until: nil)
      let neighbours = try await market.household(of: market.li)
      let refused = await bookingProblem {
        try await market.database.write(in: market.community) {
          _ = try PickupProxyStore.ask(
            .household(neighbours), draft, for: household, by: market.wang, in: $0)
        }
      }
      #expect(refused == "not_found")
      market.clock.move(to: Fixture.visit)
      _ = try await fixture.arrive(booking)
      let order = try await fixture.order(booking)
      #expect(order.isReadyForPickup, "only what is ready could be taken for a bag")
      #expect(
        market.shop.pickupCodes.code(for: order) == nil && market.shop.pickupCodes.qrPath(for: order) == nil)
      let wang = try await market.browser(of: market.wang)
      let code = try await fixture.code(booking)
      let codes = try await wang.get("/pickup-code")
      #expect(!codes.text.contains("\(code.prefix(3)) \(code.suffix(3))") && codes.text.contains("现在没有要取的东西"))
      #expect(try await !wang.get("/pickup-proxies/new").text.contains("上门理发"))
      _ = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(3_000)))
      for time in [Duration.minutes(0), .hours(25)] {
        market.clock.advance(by: time)
        let lost = await bookingProblem {
          try await market.database.write(in: market.community) {
            _ = try market.shop.lossDesk.report(order.id, household: household, by: market.wang, in: $0)
          }
        }
        #expect(lost == "loss.nothing_there")
      }
      #expect(try await market.breaches().isEmpty)
    }
  }
}
