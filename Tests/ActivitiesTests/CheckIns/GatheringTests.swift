import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Check-ins: who was together")
struct GatheringTests {
  private func over(
    _ from: Timestamp, _ until: Timestamp, _ fixture: ActivityFixture, in community: CommunityID? = nil
  ) async throws -> [Gathering] {
    try await fixture.database.read {
      try ActivityGatherings().over(from: from, until: until, in: community ?? fixture.community, $0)
    }
  }

  @Test("Those who came, with a place or without, once it is over", arguments: TestEngine.available)
  func came(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 2)
      let neighbours = fixture.neighbours
      for person in neighbours.prefix(4) { try await fixture.take(person, id) }
      try await fixture.cancel(neighbours[3], id)
      fixture.clock.move(to: ActivityFixture.begins)
      for person in [neighbours[0], neighbours[2]] {
        try await fixture.write(id) { activity, transaction in
          _ = try fixture.programme.checkIns.arrive(person, at: activity, in: transaction)
        }
      }
      let cipher = try await fixture.programme.cipher(fixture.community)
      var marks = DoorMarks()
      marks.nameless = 2
      let ticked = marks
      try await fixture.write(id) { activity, transaction in
        _ = try fixture.programme.checkIns.tick(
          ticked, at: activity, sealing: cipher, by: fixture.actor, in: transaction)
      }
      let (begins, ends) = (ActivityFixture.begins, ActivityFixture.ends)
      #expect(try await over(begins - .days(1), ends, fixture).isEmpty, "it is not over")
      let found = try await over(ends - .hours(1), ends + .hours(1), fixture)
      #expect(found.map(\.activity) == [id] && found.first?.startedAt == begins)
      #expect(found.first?.persons == [neighbours[0], neighbours[2]])
      #expect(found.first?.size == 4, "two more came whom nobody knows")
      #expect(try await over(ends + .days(1), ends + .days(2), fixture).isEmpty)
      #expect(try await over(ends - .days(1), ends + .days(1), fixture, in: fixture.other).isEmpty)
      // Who was ticked when it was closed is told again then.
      fixture.clock.move(to: ends + .days(9))
      let closing = ActivityClosing(
        satisfaction: ActivitySatisfaction(veryGood: 1, good: 0, fair: 0, poor: 0), leads: "",
        closedAt: fixture.clock.now, closedBy: fixture.actor)
      try await fixture.write { transaction in
        try ActivityClosingStore.set(closing, of: id, sealing: cipher, in: transaction)
      }
      #expect(try await over(ends + .days(8), ends + .days(10), fixture).count == 1)
    }
  }
}
