import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Van trips: the desk")
struct VanTripDeskTests {
  @Test("Each does what is theirs, and the station all", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let trip = try await fixture.plan()
      let part = try await fixture.ask(0, on: trip)
      let (joiner, stranger) = (
        VanTripFixture.resident(fixture.neighbours[0]), VanTripFixture.resident(fixture.neighbours[1])
      )
      let driver = VanTripFixture.resident(fixture.seller)
      let unknown = await VanTripFixture.code { try await fixture.move(part, .cancelled, by: stranger) }
      #expect(unknown == "not_found")
      let own = await VanTripFixture.code { try await fixture.move(part, .confirmed, by: joiner) }
      #expect(own == "forbidden")
      try await fixture.move(part, .confirmed, by: driver)
      let stale = await VanTripFixture.code { try await fixture.move(part, .cancelled, by: joiner) }
      #expect(stale == "resources.van_stale")
      fixture.clock.move(to: VanTripFixture.joinUntil)
      let late = await VanTripFixture.code {
        try await fixture.move(part, .cancelled, seen: 1, by: joiner)
      }
      #expect(late == "resources.van_too_late")
      let foreign = await VanTripFixture.code { try await fixture.callOff(trip, by: stranger) }
      #expect(foreign == "forbidden")
      try await fixture.move(part, .cancelled, seen: 1, by: fixture.byWorker)
      #expect(try await fixture.state(part) == .cancelled)
      try await fixture.callOff(trip, by: fixture.byWorker)
      #expect(try await fixture.trip(trip).reason == "车坏了")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Nobody asks twice, for a stranger, or on their own trip", arguments: TestEngine.available)
  func asking(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let trip = try await fixture.plan()
      _ = try await fixture.ask(0, on: trip)
      let twice = await VanTripFixture.code { try await fixture.ask(0, on: trip) }
      #expect(twice == "resources.van_twice")
      let other = Party.person(fixture.neighbours[1])
      let foreign = await VanTripFixture.code {
        try await fixture.ask(
          on: trip, for: other, by: VanTripFixture.resident(fixture.neighbours[2]))
      }
      #expect(foreign == "forbidden")
      let own = await VanTripFixture.code {
        try await fixture.ask(
          on: trip, for: .merchant(VanTripFixture.shop), by: VanTripFixture.resident(fixture.seller))
      }
      #expect(own == "resources.van_own")
      let nobody = await VanTripFixture.code {
        try await fixture.ask(on: trip, for: .person(PersonID(rawValue: 9)), by: fixture.byWorker)
      }
      #expect(nobody == "not_found")
      let much = await VanTripFixture.code {
        try await fixture.ask(1, on: trip, VanTripFixture.wish(5, 10))
      }
      #expect(much == "resources.van_full")
      let heavy = await VanTripFixture.code {
        try await fixture.ask(1, on: trip, VanTripFixture.wish(1, 91))
      }
      #expect(heavy == "resources.van_full")
      _ = try await fixture.ask(on: trip, for: other, by: fixture.byWorker)
      #expect(try await fixture.told(VanTripNotices.asked, fixture.seller) == 2)
    }
  }

  @Test("Of eight who race for five crates exactly five get one", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let room = VanLoad(crates: 5, kilograms: 1000)
      let trip = try await fixture.plan(VanTripFixture.terms(room, .atOnce))
      let codes = await withTaskGroup(of: String?.self) { group in
        for neighbour in 0..<8 {
          group.addTask { await VanTripFixture.code { try await fixture.ask(neighbour, on: trip) } }
        }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      let refusals = codes.compactMap(\.self)
      #expect(refusals == Array(repeating: "resources.van_full", count: 3))
      let confirmed = try await fixture.count(
        "SELECT count(*) FROM resources_van_part WHERE state = 'confirmed'")
      #expect(confirmed == 5)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("What was carried makes a tie, and what was not makes none", arguments: TestEngine.available)
  func done(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let (trip, driver) = (try await fixture.plan(), VanTripFixture.resident(fixture.seller))
      var parts: [VanPartID] = []
      for neighbour in 0..<4 { parts.append(try await fixture.ask(neighbour, on: trip)) }
      for part in parts.prefix(3) { try await fixture.move(part, .confirmed, by: driver) }
      let early = await VanTripFixture.code {
        try await fixture.finish(trip, carried: [], by: driver)
      }
      #expect(early == "resources.van_not_possible")
      fixture.clock.move(to: VanTripFixture.leavesAt + .hours(7))
      try await fixture.move(parts[0], .carried, seen: 1, by: driver)
      let isOver = await VanTripFixture.code { try await fixture.callOff(trip, by: driver) }
      #expect(isOver == "resources.van_not_possible")
      try await fixture.finish(trip, carried: [parts[1]], by: driver)
      var states: [VanPart.State] = []
      for part in parts { states.append(try await fixture.state(part)) }
      #expect(states == [.carried, .carried, .notCarried, .declined])
      let ties = try await fixture.database.read { snapshot in
        try snapshot.values(
          "SELECT to_id FROM resources_tie WHERE from_kind = 'merchant' ORDER BY to_id", as: PersonID.self)
      }
      #expect(ties == fixture.neighbours.prefix(2).sorted())
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("When a trip is called off all who counted on it are told", arguments: TestEngine.available)
  func calledOff(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let trip = try await fixture.plan()
      let first = try await fixture.ask(0, on: trip)
      let second = try await fixture.ask(1, on: trip)
      try await fixture.move(second, .cancelled, by: VanTripFixture.resident(fixture.neighbours[1]))
      try await fixture.callOff(trip, by: VanTripFixture.resident(fixture.seller))
      #expect(try await fixture.state(first) == .cancelled)
      #expect(try await fixture.told(VanTripNotices.calledOff, fixture.neighbours[0]) == 1)
      #expect(try await fixture.told(VanTripNotices.calledOff, fixture.neighbours[1]) == 0)
      #expect(try await fixture.told(VanTripNotices.calledOff, fixture.seller) == 0)
      #expect(try await fixture.breaches() == [])
    }
  }
}
