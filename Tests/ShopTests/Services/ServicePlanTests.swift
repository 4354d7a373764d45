import Database
import Kernel
import Security
import TestKit
import Testing

@testable import Shop

@Suite("How the questions about services are answered")
struct ServicePlanTests {
  @Test("what people wait for is searched, not scanned", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { fixture in
      let (market, community) = (fixture.market, fixture.market.community)
      let (worker, service) = (fixture.worker, fixture.service)
      let booking = try await fixture.book(market.wang)
      let (start, end) = (Market.start, Market.start + .days(90))
      let queries: [(String, Query)] = [
        (
          "my bookings",
          BookingStore.ofHousehold(booking.household, before: nil, limit: 20, in: community)
        ),
        ("my requests", BookingStore.waiting(of: booking.household, in: community)),
        ("today's visits", BookingStore.ofWorkers([worker.id], from: start, until: end, in: community)),
        ("yesterday's visits", BookingStore.unfinishedOf([worker.id], before: end, in: community)),
        ("what an order pays for", BookingStore.ofOrder(try #require(booking.order), in: community)),
        ("objections", BookingStore.objectedTo(in: community)),
        ("who does it", WorkerStore.selecting(WorkerStore.doing(service.id, in: community))),
        ("as whom", WorkerStore.selecting(WorkerStore.ofPerson(fixture.barber, in: community))),
        ("free times", WorkerStore.blocks(of: worker, from: 5, except: booking.id)),
        ("whose calendar", VisitCalendarStore.holder(of: SecretToken.make(.bits128), in: community)),
        ("last steps", VisitCalendarStore.lastSteps(of: [booking.id], in: community)),
      ]
      let desk = BookingStore.DeskList.allCases.map { list -> (String, Query) in
        (
          "the merchant's desk: \(list)",
          BookingStore.ofMerchant(service.merchant, list, from: start, in: community)
        )
      }
      for (name, query) in queries + desk {
        let plan = try await market.database.read { try $0.plan(query) }
        #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(name): \(plan)")
      }
      let everything = try await market.database.read {
        try $0.plan("SELECT id FROM shop_booking WHERE note = \("x")")
      }
      #expect(everything.contains { $0.hasPrefix("SCAN") }, "a scan would be seen: \(everything)")
    }
  }
}
