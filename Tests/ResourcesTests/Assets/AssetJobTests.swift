import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Assets: what time does")
struct AssetJobTests {
  @Test(
    "The holder is reminded two weeks before the end, once, and what ended is deleted 90 days later",
    arguments: TestEngine.available)
  func gift(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      try await fixture.answer(person, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: person))
      try await fixture.verify(id)
      for (days, told): (Int64, Int) in [(165, 0), (166, 1), (170, 1), (180, 1)] {
        fixture.clock.move(to: AssetFixture.start + .days(days))
        try await fixture.runJobs()
        let messages = try await fixture.count("SELECT count(*) FROM messages_message")
        #expect(messages == told, "day \(days)")
      }
      for (days, isThere): (Int64, Bool) in [(269, true), (270, false)] {
        fixture.clock.move(to: AssetFixture.start + .days(days))
        try await fixture.runJobs()
        let asset = try await fixture.asset(id)
        #expect((asset != nil) == isThere, "day \(days)")
      }
    }
  }

  @Test(
    "“It still holds” begins the time anew, and an earlier reminder says nothing",
    arguments: TestEngine.available)
  func prolonged(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      try await fixture.answer(person, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: person))
      try await fixture.verify(id)
      fixture.clock.move(to: AssetFixture.start + .days(100))
      try await fixture.write {
        let seen = try AssetStore.find(id, in: $0.community, $0)?.revision ?? 0
        try fixture.map.desk.confirm(id, seen: seen, by: person, in: $0)
      }
      fixture.clock.move(to: AssetFixture.start + .days(200))
      try await fixture.runJobs()
      #expect(try await fixture.count("SELECT count(*) FROM messages_message") == 0)
      #expect(try await fixture.seen(by: .residents) == [id])
      fixture.clock.move(to: AssetFixture.start + .days(280))
      #expect(try await fixture.seen(by: .residents) == [])
    }
  }

  @Test(
    "Questions about a group's entry go after half a year, however long the entry stays",
    arguments: TestEngine.available)
  func questions(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      let id = try await fixture.make(AssetFixture.terms(of: nil))
      try await fixture.verify(id)
      try await fixture.write {
        _ = try fixture.map.questions.ask(
          "几点唱", about: id, sealing: cipher, by: fixture.neighbours[2], in: $0)
      }
      for (days, kept): (Int64, Int) in [(179, 1), (180, 0)] {
        fixture.clock.move(to: AssetFixture.start + .days(days))
        try await fixture.runJobs()
        let questions = try await fixture.count("SELECT count(*) FROM resources_asset_question")
        #expect(questions == kept, "day \(days)")
      }
      #expect(try await fixture.asset(id) != nil)
      fixture.clock.move(to: AssetFixture.start + .days(500))
      try await fixture.runJobs()
      #expect(try await fixture.asset(id) != nil, "that there was a group names nobody")
    }
  }
}
