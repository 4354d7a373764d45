import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Dashboard: months and pages")
struct DashboardTests {
  private static let october = DashboardFixture.october
  private static let doors = [
    "/figures-desk", "/figures-desk/sheet", "/figures-desk.csv", "/figures-desk.xlsx",
  ]

  @Test("A month is frozen once for each meaning, and never changes", arguments: TestEngine.available)
  func freezing(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      let value = IndicatorValue(numerator: 12, denominator: 40)
      fixture.figures.set("elder_share", Self.october, value)
      try await fixture.freeze(Self.october)
      fixture.figures.set("elder_share", Self.october, IndicatorValue(numerator: 30, denominator: 40))
      try await fixture.freeze(Self.october)
      let frozen = try await fixture.frozen()
      #expect(frozen.map(\.value) == [value])
      #expect(frozen.map(\.code) == ["elder_share"])
      let code = await DashboardFixture.code {
        try await fixture.write { try $0.execute("UPDATE resources_indicator_value SET numerator = 1") }
      }
      #expect(code != nil)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("A new meaning is written beside the old one", arguments: TestEngine.available)
  func versions(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      func source(_ version: Int64, _ number: Int64) -> IndicatorSource {
        IndicatorSource(
          code: "reached", name: Phrase(same: "r"),
          definition: IndicatorDefinition(
            meaning: Phrase(same: "m"), origin: Phrase(same: "o"), unit: .count, counted: Phrase(same: "c"),
            earlier: (1..<version).map { Phrase(same: "meaning \($0)") }),
          read: { _, _, _, _ in IndicatorValue(numerator: number) })
      }
      for (version, number) in [(1, 20), (2, 23), (3, 60)] as [(Int64, Int64)] {
        try await fixture.freeze(Self.october, sources: [source(version, number)])
      }
      let frozen = try await fixture.frozen()
      #expect(frozen.map(\.version) == [1, 2, 3])
      let series = IndicatorSeries(source(3, 0), Array(frozen.prefix(2)), last: Self.october, least: 10)
      #expect(series.points.last?.shown == .count(20), "three more would be seen in the difference")
      let point = try #require(series.points.last)
      #expect(point.version == 1 && series.isEarlier(point))
      let page = DashboardPages(say: Wording(.english), token: "").one(series).main.text
      #expect(page.contains("by its earlier meaning") && page.contains("meaning 2"))
      let later = IndicatorSeries(source(3, 0), frozen, last: Self.october, least: 10)
      #expect(later.points.last?.shown == .count(60))
    }
  }

  @Test("It begins at the desk and goes on by the calendar", arguments: TestEngine.available)
  func jobs(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      for month in [Self.october, Self.october.next, Self.october.next.next] {
        fixture.figures.set("households_reached", month, IndicatorValue(numerator: 33))
      }
      let desk = try await fixture.browser(of: fixture.worker)
      let key = try #require(try await desk.get("/figures-desk").hidden("idempotency_key"))
      for _ in 0..<2 {
        #expect(try await desk.post("/figures-desk/begin", ["idempotency_key": key]).status == 303)
      }
      let jobs = JobRunner(fixture.database, handlers: fixture.dashboard.jobs + fixture.people.jobs)
      try await jobs.runDue()
      #expect(try await fixture.frozen().map(\.month) == [Self.october])
      #expect(try await !desk.get("/figures-desk").text.contains("/figures-desk/begin"))
      // The first of December is too early, the second is not.
      fixture.clock.move(to: Self.october.next.next.start(offsetSeconds: 28_800) + .hours(6))
      try await jobs.runDue()
      #expect(try await fixture.frozen().count == 1)
      fixture.clock.move(to: fixture.clock.now + .days(1))
      try await jobs.runDue()
      #expect(try await fixture.frozen().map(\.month) == [Self.october, Self.october.next])
      // After a standstill what was missed is made up for.
      fixture.clock.move(to: fixture.clock.now + .days(62))
      try await jobs.runDue()
      #expect(try await fixture.frozen().count == 3, "January has no figure")
    }
  }

  @Test(
    "Everybody sees what ten homes stand behind, the station what five do", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      fixture.figures.set("elder_share", Self.october, IndicatorValue(numerator: 7, denominator: 47))
      fixture.figures.set("assisted_share", Self.october, IndicatorValue(numerator: 30, denominator: 90))
      fixture.figures.set("households_reached", Self.october, IndicatorValue(numerator: 4))
      try await fixture.freeze(Self.october)
      let (anybody, desk) = (try await fixture.browser(), try await fixture.browser(of: fixture.worker))
      let everybody = try await anybody.get("/community-figures").text
      #expect(everybody.contains("33%") && !everybody.contains("15%"))
      #expect(everybody.contains("<details>") && everybody.contains("还没有开始量"))
      let one = try await anybody.get("/community-figures/assisted_share")
      #expect(one.status == 200 && one.text.contains("<svg") && one.text.contains("scope=\"row\""))
      #expect(try await !anybody.get("/community-figures/elder_share").text.contains("15%"))
      #expect(try await anybody.get("/community-figures/nothing").status == 404)
      let station = try await desk.get("/figures-desk").text
      #expect(station.contains("15%") && station.contains("33%"))
      let sheet = try await desk.get("/figures-desk/sheet?size=a3").text
      #expect(sheet.contains("large-paper") && sheet.contains("33%") && !sheet.contains("15%"))
      let file = try await desk.get("/figures-desk.csv").text
      #expect(file.contains("elder_share,") && file.contains(",7,47,15,1,"))
      #expect(!file.contains(",4,"), "four homes are too few for anybody")
      #expect(file.contains("2026-Q3,ties_new,"))
      for path in Self.doors {
        #expect(try await desk.get(path).status == 200, "\(path)")
        #expect(try await fixture.browser(of: fixture.neighbour).get(path).status == 403, "\(path)")
      }
    }
  }

  @Test("Programs read no more than everybody may know", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      fixture.figures.set("elder_share", Self.october, IndicatorValue(numerator: 7, denominator: 47))
      fixture.figures.set("assisted_share", Self.october, IndicatorValue(numerator: 30, denominator: 90))
      try await fixture.freeze(Self.october)
      let answer = try await fixture.browser().get("/api/v1/indicators")
      #expect(answer.status == 200)
      let text = answer.text
      #expect(
        text.contains(#""period":"2026-10","state":"shown","numerator":30,"denominator":90,"version":1"#))
      #expect(text.contains(#""period":"2026-10","state":"hidden","numerator":null,"denominator":null"#))
      #expect(!text.contains(":47") && text.contains("jobs_kept"))
      #expect(text.contains(#""period":"2026-Q3","state":"missing""#))
    }
  }

  @Test("Who did not agree to be counted is not told by two figures", arguments: TestEngine.available)
  func agreed(_ engine: TestEngine) async throws {
    try await DashboardFixture.with(engine) { fixture in
      fixture.figures.set("households_reached", Self.october, IndicatorValue(numerator: 60))
      fixture.figures.set("elder_share", Self.october, IndicatorValue(numerator: 20, denominator: 53))
      try await fixture.freeze(Self.october)
      let everybody = try await fixture.browser().get("/api/v1/indicators").text
      #expect(everybody.contains(#""numerator":60"#) && !everybody.contains(#""denominator":53"#))
      let station = try await fixture.browser(of: fixture.worker).get("/figures-desk.csv").text
      #expect(station.contains(",20,53,38,"), "seven homes are enough for the station")
    }
  }
}
