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
      let outlines = try await fixture.database.read {
        try PlanStore.outlines(in: fixture.community, $0)
      }
      let proposed = try #require(outlines.first { $0.isProposed })
      let id = try await fixture.write { try desk.accept(proposed.id, by: fixture.actor, in: $0) }
      let place = try await fixture.place(id)
      #expect(place.terms.name == Phrase("3号楼", "Building 3"))
      #expect(place.terms.shape?.form == .area)
      #expect(place.terms.position != nil)
      await #expect(throws: Problem.placeTaken) {
        try await fixture.write { _ = try desk.accept(proposed.id, by: fixture.actor, in: $0) }
      }
    }
  }
}
