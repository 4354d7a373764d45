import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("After-sales of visits")
struct VisitClaimTests {
  private typealias Fixture = BookingFixture

  private static let wordsOfGoods = ["换一份", "换好", "换货", "换的东西", "退给团长", "团长承担", "东西退回来"]

  /// A claim of a visit that was done, wished to be done again.
  private func claim(_ fixture: Fixture) async throws -> (path: String, wang: Browser) {
    let market = fixture.market
    let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
    market.clock.move(to: Fixture.visit)
    _ = try await fixture.arrive(booking)
    _ = try await fixture.finish(booking, VisitReport(minutes: 45, cash: .fen(3_000)))
    let wang = try await market.browser(of: market.wang)
    let order = try #require(booking.order)
    let form = try await wang.get("/orders/\(order)/lines/0/claim").text
    #expect(form.contains("再来做一次") && !form.contains("换一份好的"))
    let sent = try await wang.post(
      "/orders/\(order)/claims",
      ["line": "0", "fault": "done_badly", "wish": "replacement", "idempotency_key": "claim-of-the-haircut"])
    return (String(try #require(sent.location).prefix { $0 != "?" }), wang)
  }

  private func expectNoGoods(_ text: String) {
    for word in Self.wordsOfGoods { #expect(!text.contains(word), "\(word)") }
  }

  @Test(
    "the merchant promises to do it again, finds it as its own and says when it was done",
    arguments: TestEngine.available)
  func again(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let (path, wang) = try await claim(fixture)
      let owner = try await fixture.market.browser(of: fixture.owner)
      let open = try await owner.get(path).text
      #expect(open.contains("再来做一次") && open.contains("答应再来做"))
      expectNoGoods(open)
      let until = Wording(.chinese, offsetSeconds: Fixture.offset).civil(Fixture.visit + .days(2)).isoLocal
      let promised = try await owner.post(
        "\(path)/answer", ["sequence": "1", "remedy": "replacement", "until": until])
      #expect(promised.location == path)
      let desk = try await owner.get("/desk/claims").text
      #expect(desk.contains("等您处理") && !desk.contains("别人在处理") && desk.contains(path))
      expectNoGoods(desk)
      for reader in [owner, wang] {
        let page = try await reader.get(path).text
        #expect(page.contains("答应再来做一次") && page.contains("前再来做好，没来就退钱"))
        expectNoGoods(page)
      }
      let done = try await owner.post("\(path)/replaced", ["sequence": "2"])
      #expect(done.location == path)
      let page = try await wang.get(path).text
      #expect(page.contains("再做好了"))
      expectNoGoods(page)
    }
  }

  @Test("the committee is not offered the leader, who has no part in it", arguments: TestEngine.available)
  func bearers(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let (path, _) = try await claim(fixture)
      // The merchant lets its day go by.
      fixture.market.clock.advance(by: .hours(25))
      try await fixture.market.runJobs()
      let staff = try await fixture.market.person("周主任", [.committee])
      let page = try await fixture.market.browser(of: staff, level: .secondFactor).get(path).text
      #expect(page.contains("社区承担"))
      expectNoGoods(page)
    }
  }
}
