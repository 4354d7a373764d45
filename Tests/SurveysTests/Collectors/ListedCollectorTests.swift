import Database
import Kernel
import People
import TestKit
import Testing

@testable import Surveys

@Suite("Questionnaires that are listed on the site")
struct ListedCollectorTests {
  private static let limit = 20

  private func listed(_ fixture: AnswerFixture) async throws -> [CollectorID] {
    try await fixture.database.read { [community = fixture.community, now = fixture.clock.now] in
      try CollectorStore.listed(at: now, limit: Self.limit, in: community, $0).map(\.id)
    }
  }

  @Test(arguments: TestEngine.available)
  func `those that are over by their time do not push open ones from the list`(engine: TestEngine)
    async throws
  {
    try await AnswerFixture.with(engine) { fixture in
      let lasting = try await fixture.open("楼道的灯亮不亮")
      let open = try await fixture.collect(lasting.questionnaire, by: .site)
      let short = try await fixture.open("明天去不去春游")
      let end = fixture.clock.now + .hours(1)
      var over: [CollectorID] = []
      for _ in 0..<25 {
        over.append(try await fixture.collect(short.questionnaire, by: .site, until: end).id)
      }
      #expect(try await listed(fixture) == over.suffix(Self.limit).reversed())
      fixture.clock.move(to: end)
      #expect(try await listed(fixture) == [open.id])
      let browser = try await fixture.browser()
      let page = try await browser.get(AnswerPages.base)
      #expect(page.status == 200 && page.text.contains("楼道的灯亮不亮") && !page.text.contains("明天去不去春游"))
      let token = fixture.staff.keys.token(of: open, in: fixture.community)
      #expect(page.text.contains("href=\"\(AnswerPages.base)/\(token)\""))
      #expect(try await browser.get("\(AnswerPages.base)/\(token)").status == 200)
    }
  }

  @Test(arguments: TestEngine.available)
  func `only what takes answers now is listed, the newest first`(engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let version = try await fixture.open()
      let id = version.questionnaire
      let first = try await fixture.collect(id, by: .site)
      let ended = try await fixture.collect(id, by: .site)
      _ = try await fixture.collect(id, by: .link)
      let closed = try await fixture.open("收完了")
      _ = try await fixture.collect(closed.questionnaire, by: .site)
      try await fixture.close(closed.questionnaire)
      let last = try await fixture.collect(id, by: .site, until: fixture.clock.now + .hours(1))
      try await fixture.write { [worker = fixture.worker] in
        try CollectorDesk().end(ended.id, of: id, by: worker, in: $0)
      }
      #expect(try await listed(fixture) == [last.id, first.id])
      let other = try await fixture.station.otherCommunity()
      let elsewhere = try await fixture.database.read { [now = fixture.clock.now] in
        try CollectorStore.listed(at: now, limit: Self.limit, in: other, $0)
      }
      #expect(elsewhere.isEmpty)
    }
  }
}
