import Database
import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("The desk of places")
struct PlaceDeskTests {
  @Test("A place is shown for a year after it was confirmed", arguments: TestEngine.available)
  func confirmed(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make(PlaceFixture.terms())
      _ = try await fixture.make(PlaceFixture.terms(.residents))
      let before = try await fixture.publicPlaces()
      #expect(before.map(\.id) == [id])
      fixture.clock.advance(by: .days(366))
      let after = try await fixture.publicPlaces()
      #expect(after.isEmpty)
      try await fixture.write {
        try fixture.places.desk.confirm(id, seen: 0, by: fixture.actor, in: $0)
      }
      let again = try await fixture.publicPlaces()
      #expect(again.map(\.id) == [id])
    }
  }

  @Test("Stale forms and closed places are refused", arguments: TestEngine.available)
  func refusals(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make(PlaceFixture.terms())
      var terms = PlaceFixture.terms()
      terms.address = "5号楼"
      let changed = terms
      let desk = fixture.places.desk
      try await fixture.write { try desk.write(changed, to: id, seen: 0, by: fixture.actor, in: $0) }
      await #expect(throws: Problem.placeStale) {
        try await fixture.write { try desk.close(id, seen: 0, by: fixture.actor, in: $0) }
      }
      try await fixture.write { try desk.close(id, seen: 1, by: fixture.actor, in: $0) }
      await #expect(throws: Problem.placeClosed) {
        try await fixture.write { try desk.confirm(id, seen: 2, by: fixture.actor, in: $0) }
      }
    }
  }

  @Test("What a plan names becomes a place once", arguments: TestEngine.available)
  func plan(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let desk = fixture.places.desk
      try await fixture.write {
        try desk.keep(Array(PlaceFixture.plan.utf8), by: fixture.actor, in: $0)
      }
      let outlines = try await fixture.outlines()
      let proposed = try #require(outlines.first { $0.isProposed })
      let id = try await fixture.write { try desk.accept(proposed.id, by: fixture.actor, in: $0) }
      let place = try await fixture.place(id)
      #expect(place.terms.name == Phrase("3号楼", "Building 3"))
      #expect(place.terms.shape?.form == .area)
      #expect(place.terms.position != nil)
      await #expect(throws: Problem.placeTaken) {
        try await fixture.write { _ = try desk.accept(proposed.id, by: fixture.actor, in: $0) }
      }
      // A plan vouches for nothing.
      #expect(!place.isConfirmed && !place.isCurrent(at: fixture.clock.now))
      try await fixture.write { try desk.confirm(id, seen: 0, by: fixture.actor, in: $0) }
      let confirmed = try await fixture.place(id)
      #expect(confirmed.isConfirmed && confirmed.isCurrent(at: fixture.clock.now))
      // A new plan takes the place of the old one and knows what was taken.
      try await fixture.write {
        try desk.keep(Array(PlaceFixture.plan.utf8), by: fixture.actor, in: $0)
      }
      let again = try await fixture.outlines()
      #expect(again.map(\.place) == [id, nil])
      #expect(!again.contains { $0.isProposed })
      let breaches = try await fixture.database.read { try $0.breaches(of: Places.invariants).map(\.name) }
      #expect(breaches.isEmpty)
    }
  }

  @Test("What is closed or for the station alone is on nobody’s map", arguments: TestEngine.available)
  func hiddenOutlines(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let desk = fixture.places.desk
      func drawn(_ seen: Set<Place.Visibility>) async throws -> Int {
        try await fixture.database.read {
          try PlanStore.outlines(seenBy: seen, in: fixture.community, $0).count
        }
      }
      try await fixture.write {
        try desk.keep(Array(PlaceFixture.plan.utf8), by: fixture.actor, in: $0)
      }
      #expect(try await drawn([.everybody]) == 2)
      let outlines = try await fixture.outlines()
      let proposed = try #require(outlines.first { $0.isProposed })
      let id = try await fixture.write { try desk.accept(proposed.id, by: fixture.actor, in: $0) }
      #expect(try await drawn([.everybody]) == 1)
      #expect(try await drawn([.everybody, .residents]) == 2)
      var terms = try await fixture.place(id).terms
      terms.visibility = .station
      let secret = terms
      try await fixture.write { try desk.write(secret, to: id, seen: 0, by: fixture.actor, in: $0) }
      #expect(try await drawn([.everybody, .residents]) == 1)
      let all = Set(Place.Visibility.allCases)
      #expect(try await drawn(all) == 2)
      try await fixture.write { try desk.close(id, seen: 1, by: fixture.actor, in: $0) }
      #expect(try await drawn(all) == 1)
      #expect(try await fixture.outlines().count == 2)
    }
  }
}
