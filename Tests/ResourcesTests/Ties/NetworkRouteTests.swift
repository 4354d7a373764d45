import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Network: the pages")
struct NetworkRouteTests {
  private static let pages = ["/network-desk", "/network-desk/table.csv", "/network-desk/sheet"]

  @Test(
    "The station has a quarter computed and reads it; no page names a person", arguments: TestEngine.available
  )
  func station(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      let group = Tie(
        .referred, from: .organisation(TieFixture.group), to: .merchant(TieFixture.shop),
        at: TieFixture.during, source: "referral", sourceID: 1)
      try await fixture.record(fixture.trades(0..<20) + [group])
      let desk = try await fixture.browser(of: fixture.worker)
      let key = try #require(try await desk.get("/network-desk").hidden("idempotency_key"))
      let asked = try await desk.post(
        "/network-desk/compute", ["idempotency_key": key, "quarter": TieFixture.quarter.description])
      #expect(asked.status == 303)
      #expect(try await desk.get("/network-desk").text.contains("<progress"))
      #expect(try await fixture.network.work.round() == 0, "ties are gathered first")
      try await fixture.gather()
      #expect(try await fixture.network.work.round() == 1)
      let page = try await desk.get("/network-desk")
      #expect(page.text.contains("老陈粮油") && page.text.contains("约 20") && page.text.contains("<svg"))
      #expect(page.text.ranges(of: "<h1").count == 1)
      for path in Self.pages { try await expectNobody(in: path, desk, fixture) }
      let anybody = try await fixture.browser()
      #expect(try await anybody.get("/network").text.contains("<svg"))
      try await expectNobody(in: "/network", anybody, fixture)
      for path in Self.pages {
        #expect(try await fixture.browser(of: fixture.neighbours[0]).get(path).status == 403)
      }
      #expect(try await desk.get("/network-desk?quarter=2027-Q1").status == 404, "it has not begun")
      #expect(try await fixture.breaches() == [])
    }
  }

  private func expectNobody(in path: String, _ browser: Browser, _ fixture: TieFixture) async throws {
    let answer = try await browser.get(path)
    #expect(answer.status == 200, "\(path)")
    let text = answer.text
    for (number, person) in fixture.neighbours.enumerated() {
      let names = [person.description, String(person.rawValue), "邻居甲\(number + 1)"]
      #expect(names.allSatisfy { !text.contains($0) }, "\(path)")
    }
  }

  @Test("Of few people the station sees nothing, and everybody less still", arguments: TestEngine.available)
  func few(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      try await fixture.record(fixture.trades(0..<4))
      try await fixture.compute()
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await !desk.get("/network-desk").text.contains("老陈粮油"))
      #expect(try await desk.get("/network-desk/table.csv").status == 404)
      try await fixture.record(fixture.trades(4..<8))
      try await fixture.compute()
      #expect(try await desk.get("/network-desk").text.contains("老陈粮油"))
      #expect(try await !fixture.browser().get("/network").text.contains("老陈粮油"))
    }
  }

  @Test("What is asked for anew while it is computed waits again", arguments: TestEngine.available)
  func again(_ engine: TestEngine) async throws {
    try await TieFixture.with(engine) { fixture in
      try await fixture.record(fixture.trades(0..<12))
      try await fixture.write { try NetworkRequests.ask(TieFixture.quarter, by: nil, in: $0) }
      let waiting = try await fixture.database.read { try NetworkReportStore.waiting($0) }
      let request = try #require(waiting.first)
      fixture.clock.move(to: fixture.clock.now + .seconds(1))
      try await fixture.write { try NetworkRequests.ask(TieFixture.quarter, by: nil, in: $0) }
      let isFinished = try await fixture.write {
        try NetworkReportStore.finish(request, NetworkFigures(), of: $0.now, in: $0)
      }
      #expect(!isFinished)
      try await fixture.gather()
      #expect(try await fixture.report()?.state == .asked)
      #expect(try await fixture.network.work.round() == 1)
      #expect(try await fixture.report()?.figures?.persons == 12)
      #expect(try await fixture.network.work.round() == 0)
    }
  }
}
