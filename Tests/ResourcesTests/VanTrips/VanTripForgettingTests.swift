import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Van trips: what comes later")
struct VanTripForgettingTests {
  @Test("Reminded the evening before; unanswered ones lapse as it leaves", arguments: TestEngine.available)
  func leaving(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let trip = try await fixture.plan()
      let agreed = try await fixture.ask(0, on: trip)
      let waiting = try await fixture.ask(1, on: trip)
      try await fixture.move(agreed, .confirmed, by: VanTripFixture.resident(fixture.seller))
      try await fixture.runJobs(at: VanTripFixture.leavesAt - .hours(14))
      for person in [fixture.seller, fixture.neighbours[0]] {
        #expect(try await fixture.told(VanTripNotices.tomorrow, person) == 1)
      }
      #expect(try await fixture.told(VanTripNotices.tomorrow, fixture.neighbours[1]) == 0)
      try await fixture.runJobs(at: VanTripFixture.leavesAt)
      #expect(try await fixture.state(waiting) == .declined)
      #expect(try await fixture.state(agreed) == .confirmed)
      #expect(try await fixture.told(VanTripNotices.declined, fixture.neighbours[1]) == 1)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Words are sealed, and forgotten after ninety days", arguments: TestEngine.available)
  func words(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let trip = try await fixture.plan()
      let part = try await fixture.ask(0, on: trip)
      let read = try await fixture.part(part)
      #expect(read.words == VanTripFixture.wish().words)
      let sealed = try await fixture.database.read { snapshot in
        try snapshot.all("SELECT note FROM resources_van_trip") { try $0.bytes(0) }
          + snapshot.all("SELECT what FROM resources_van_part") { try $0.bytes(0) }
          + snapshot.all("SELECT load_place FROM resources_van_part") { try $0.bytes(0) }
      }
      #expect(sealed.count == 3)
      for bytes in sealed {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("后门") && !text.contains("苹果") && !text.contains("南门"))
      }
      let end = VanTripFixture.leavesAt + .hours(6) + VanTripJobs.keepingTime
      try await fixture.runJobs(at: end - .minutes(1))
      #expect(try await fixture.part(part).words.what == "两筐苹果")
      try await fixture.runJobs(at: end)
      let after = try await fixture.trip(trip)
      #expect(try await fixture.part(part).words == .none)
      #expect(after.terms.note.isEmpty && after.terms.vehicle.isEmpty && after.terms.price.isEmpty)
      #expect(after.terms.from.isEmpty && after.terms.to.isEmpty)
      #expect(after.terms.route.chinese == "路线不再保留")
      #expect(after.terms.room == VanTripFixture.terms().room)
    }
  }

  @Test("Nothing names somebody who was deleted", arguments: TestEngine.available)
  func deleted(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let gone = fixture.neighbours[0]
      let own = try await fixture.plan(by: gone)
      let other = try await fixture.plan()
      let theirs = try await fixture.ask(1, on: own)
      let asked = try await fixture.ask(0, on: other)
      try await fixture.erase(gone)
      let (trip, part) = (try await fixture.trip(own), try await fixture.part(asked))
      #expect(trip.state == .calledOff && trip.party == nil)
      let terms = trip.terms
      #expect(terms.from.isEmpty && terms.to.isEmpty && terms.vehicle.isEmpty)
      #expect(terms.note.isEmpty && terms.price.isEmpty && trip.reason.isEmpty)
      #expect(part.state == .cancelled && part.party == nil && part.words == .none)
      #expect(try await fixture.state(theirs) == .cancelled)
      #expect(try await fixture.told(VanTripNotices.calledOff, fixture.neighbours[1]) == 1)
      #expect(try await fixture.told(VanTripNotices.cancelled, fixture.seller) == 1)
      #expect(try await fixture.told(VanTripNotices.calledOff, gone) == 0)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("A trip on which something was carried took place, whoever is gone", arguments: TestEngine.available)
  func carried(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let driver = VanTripFixture.resident(fixture.neighbours[0])
      let trip = try await fixture.plan(by: fixture.neighbours[0])
      let parts = [try await fixture.ask(1, on: trip), try await fixture.ask(2, on: trip)]
      for part in parts { try await fixture.move(part, .confirmed, by: driver) }
      fixture.clock.move(to: VanTripFixture.leavesAt)
      try await fixture.move(parts[0], .carried, seen: 1, by: driver)
      try await fixture.erase(fixture.neighbours[0])
      #expect(try await fixture.trip(trip).state == .done)
      #expect(try await fixture.state(parts[1]) == .notCarried)
      #expect(try await fixture.breaches() == [])
    }
  }
}
