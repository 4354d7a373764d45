import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Ties: keeping and gathering")
struct TieRecorderTests {
  @Test("Whoever did not agree to be counted is in no tie", arguments: TestEngine.available)
  func consent(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      let last = fixture.neighbours.count - 1
      try await fixture.record(fixture.trades(0..<2) + fixture.trades(last..<last + 1))
      #expect(try await fixture.stored() == 2)
      let between = Tie(
        .helped, from: .person(fixture.neighbours[0]), to: .person(fixture.neighbours[last]),
        at: TieFixture.during, source: "match", sourceID: 1)
      try await fixture.record([between])
      #expect(try await fixture.stored() == 2, "both have to agree")
      // What was taken back counts no more, though it was kept.
      try await fixture.takeBack(fixture.neighbours[0])
      let counted = try await fixture.counted()
      #expect(counted.persons == [fixture.neighbours[1]])
    }
  }

  @Test(
    "To be counted with one’s orders is not to be counted with one’s neighbours",
    arguments: TestEngine.available)
  func ownNotice(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      let last = fixture.neighbours.count - 1
      try await fixture.agree(fixture.neighbours[last], to: "order-statistics")
      try await fixture.record(fixture.trades(last..<last + 1))
      #expect(try await fixture.stored() == 0)
      try await fixture.agree(fixture.neighbours[last])
      try await fixture.record(fixture.trades(last..<last + 1))
      #expect(try await fixture.stored() == 1)
      try await fixture.takeBack(fixture.neighbours[last])
      #expect(try await fixture.counted() == [])
    }
  }

  @Test("A tie is kept once, and nobody has one with themselves", arguments: TestEngine.available)
  func once(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      let own = Tie(
        .helped, from: .person(fixture.neighbours[0]), to: .person(fixture.neighbours[0]),
        at: TieFixture.during, source: "match", sourceID: 7)
      let ties = fixture.trades(0..<3) + [own]
      try await fixture.record(ties)
      try await fixture.record(ties)
      #expect(try await fixture.stored() == 3)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Two who were at a small gathering have a tie, at a large one not")
  func gatherings() {
    let persons = (1...31).map { PersonID(rawValue: $0) }
    func ties(_ count: Int) -> [Tie] {
      CoAttendance.ties(
        of: Set(persons.prefix(count)), at: TieFixture.during, source: "activity", gathering: 5)
    }
    for (count, expected) in [(0, 0), (1, 0), (2, 1), (30, 435), (31, 0)] {
      #expect(ties(count).count == expected)
    }
    #expect(ties(30).allSatisfy { $0.from < $0.to })
  }

  @Test(
    "The daily round gathers all days once and asks for the last quarter", arguments: TestEngine.available)
  func gathering(_ engine: TestEngine) async throws {
    let (shop, group) = (Party.merchant(TieFixture.shop), Party.organisation(TieFixture.group))
    let ties = (0..<20).map { day in
      Tie(
        .referred, from: shop, to: group, at: TieFixture.during + .days(Int64(day)), source: "referral",
        sourceID: Int64(day))
    }
    try await TieFixture.with(engine, together: ties) { fixture in
      try await fixture.write { try GatherTies.begin(offsetSeconds: 28_800, in: $0) }
      let jobs = JobRunner(fixture.database, handlers: fixture.network.jobs + fixture.people.jobs)
      for _ in 0..<60 {
        try await jobs.runDue()
        fixture.clock.move(to: fixture.clock.now + .seconds(1))
      }
      #expect(try await fixture.stored() == 20)
      #expect(try await fixture.network.work.round() == 1)
      let report = try #require(try await fixture.report())
      #expect(report.state == .ready)
      fixture.clock.move(to: fixture.clock.now + .days(1))
      try await jobs.runDue()
      #expect(try await fixture.stored() == 20)
      fixture.clock.move(to: fixture.clock.now + GatherTies.keepingTime)
      try await jobs.runDue()
      #expect(try await fixture.stored() == 0)
    }
  }
}
