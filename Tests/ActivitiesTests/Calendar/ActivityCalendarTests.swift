import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Activities in calendars")
struct ActivityCalendarTests {
  /// The address that a person is given.
  private func address(_ fixture: ActivityFixture, _ person: PersonID) async throws -> String {
    let browser = try await fixture.browser(of: person)
    _ = try await browser.get("/activity-calendar")
    let page = try await browser.post("/activity-calendar/renew")
    let mark = "http://maple.test/activity-calendars/"
    let found = page.text.split(separator: "href=\"\(mark)").dropFirst().first?.prefix { $0 != "\"" }
    return "/activity-calendars/\(try #require(found))"
  }

  @Test(
    "A secret address shows what is published, and what was cancelled as such",
    arguments: TestEngine.available)
  func feed(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 5)
      let draft = try await fixture.make(fixture.terms(), publish: false)
      let person = fixture.neighbours[0]
      try await fixture.take(person, id)
      let path = try await address(fixture, person)
      let anybody = try await fixture.browser()
      let feed = try await anybody.get(path)
      #expect(feed.status == 200 && feed.headers[.contentType] == "text/calendar; charset=utf-8")
      for part in [
        "UID:activity-\(id)@maple.test", "DTSTART:20261125T080000Z", "DTEND:20261125T100000Z",
        "SUMMARY:冬天怎么防骗", "LOCATION:3号楼活动室", "SEQUENCE:1", "STATUS:CONFIRMED",
        "URL:http://maple.test/activities/\(id)", "报上了",
      ] {
        #expect(feed.text.contains(part), "\(part)")
      }
      #expect(!feed.text.contains("\(draft)") && !feed.text.contains("邻居1"))
      let stranger = try await anybody.get(try await address(fixture, fixture.neighbours[1]))
      #expect(stranger.text.contains("UID:activity-\(id)") && !stranger.text.contains("报上了"))
      try await fixture.write {
        try fixture.programme.desk.cancel(id, because: "下大雪", seen: 1, by: fixture.actor, in: $0)
      }
      let cancelled = try await anybody.get(path)
      #expect(cancelled.text.contains("STATUS:CANCELLED") && cancelled.text.contains("SEQUENCE:2"))
    }
  }

  @Test("The address is stored as a digest, renewed and ended by its owner", arguments: TestEngine.available)
  func renewal(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      let anybody = try await fixture.browser()
      let first = try await address(fixture, person)
      let second = try await address(fixture, person)
      #expect(try await anybody.get(first).status == 404)
      #expect(try await anybody.get(second).status == 200)
      #expect(try await fixture.count("SELECT count(*) FROM activities_calendar") == 1)
      let token = String(second.dropFirst("/activity-calendars/".count))
      let stored = try await fixture.database.read {
        try $0.values("SELECT token_digest FROM activities_calendar", as: [UInt8].self)
      }
      #expect(stored[0].count == 32 && stored[0].firstRange(of: Array(token.utf8)) == nil)
      let browser = try await fixture.browser(of: person)
      let page = try await browser.get("/activity-calendar")
      #expect(!page.text.contains(token))
      let key = try #require(page.hidden("idempotency_key"))
      #expect(try await browser.post("/activity-calendar/stop", ["idempotency_key": key]).status == 303)
      #expect(try await anybody.get(second).status == 404)
      for strange in ["AAAA", String(repeating: "A", count: 22)] {
        #expect(try await anybody.get("/activity-calendars/\(strange)").status == 404)
      }
    }
  }
}
