import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Bookings: many at once")
struct BookingRaceTests {
  @Test(
    "Of eight that book two of seven at once three get them, and nobody more",
    arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.capacity = 7 }) { (fixture) async throws -> Void in
      // All of them share the hour from eleven to twelve.
      let wishes = (0..<8).map { number in
        let from: Int64 = number % 2 == 0 ? 10 : 11
        return BookingFixture.time(from, from + 2, amount: 2)
      }
      let codes = await withTaskGroup(of: String?.self) { group in
        for wish in wishes { group.addTask { await fixture.refusal(wish) } }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      let won = codes.filter { $0 == nil }.count
      #expect(won == 3)
      let refusals = Set(codes.compactMap(\.self))
      #expect(refusals == ["resources.booking_full"])
      let rows = try await fixture.count("SELECT count(*) FROM resources_booking")
      #expect(rows == 3)
      let taken = try await fixture.database.read {
        try BookingStore.occupied(
          at: fixture.yard, from: BookingFixture.hour(9), to: nil, in: fixture.community, $0)
      }
      let peak = Occupancy(capacity: 7, times: taken)
        .peak(from: BookingFixture.hour(9), to: BookingFixture.hour(17))
      #expect(peak == 6)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test("A yes and a cancellation that race leave one of them", arguments: TestEngine.available)
  func answers(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 11))
      async let yes = BookingFixture.code {
        try await fixture.move(id, to: .confirmed, by: fixture.keeper)
      }
      async let back = BookingFixture.code {
        try await fixture.move(id, to: .cancelled, by: fixture.booker)
      }
      let codes: [String?] = [await yes, await back]
      let refusals = codes.compactMap(\.self)
      #expect(refusals == ["resources.booking_stale"])
      let booking = try await fixture.booking(id)
      #expect(booking.state == .confirmed || booking.state == .cancelled)
      #expect(booking.revision == 1)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }
}
