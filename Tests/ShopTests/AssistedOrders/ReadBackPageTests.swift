import Database
import Kernel
import TestKit
import Testing

@testable import People
@testable import Shop

@Suite("What is read out before a yes")
struct ReadBackPageTests {
  /// A helper of Mrs Wang's by these ways, and the path of what was asked for her.
  private func asked(
    _ market: Market, _ name: String, _ ways: Set<ConfirmationWay>, note: String = "",
    until: Timestamp? = nil,
    printing: Bool = false
  ) async throws -> (helper: PersonID, path: String) {
    let item = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
    let campaign = try await market.campaign([item])
    let wish = OrderRequest.Wish(
      item: try #require(try await market.items(campaign).first?.item.id), quantity: 2)
    let helper = try await market.person(name, [.socialWorker])
    let actor = Actor(person: helper, role: .socialWorker)
    if printing {
      _ = try await market.people.printSpokenSheet(of: market.wang, in: market.community, by: actor)
    }
    let terms = MandateTerms(
      matters: [.groceries, .dailyGoods], perOrder: .fen(6_000), perDay: .fen(6_000), perMonth: .fen(30_000),
      payWays: [.cash], expires: until ?? market.clock.now + .days(100), confirmations: ways)
    let asked = try await market.database.write(in: market.community) { transaction in
      let mandate = try Mandates.give(
        terms, by: market.wang, to: helper,
        asking: MandateAsking(by: Actor(person: market.wang, role: .resident), .electronic),
        in: transaction)
      return try market.shop.assistedOrderDesk.draft(
        AssistedOrderDesk.Draft(
          mandate: mandate.id, matter: .goods(campaign, .place([wish], note: note)),
          key: "form-of-the-helper-\(helper)"), by: actor, in: transaction)
    }
    return (helper, "/assisted-orders/\(asked.id)")
  }

  @Test("the note to the leader is read out too, and a last day is the last")
  func note() async throws {
    try await Market.with(.sqlite) { market in
      let (helper, path) = try await asked(
        market, "许社工", [.pin], note: "放在门口的凳子上", until: Timestamp(rfc3339: "2027-02-28T16:00:00Z"))
      let wang = try await market.browser(of: market.wang)
      let page = try await wang.get(path).text
      #expect(page.contains("放在门口的凳子上") && page.contains("\(path)/agree"))
      let browser = try await market.browser(of: helper)
      #expect(try await browser.get(path).text.contains("放在门口的凳子上"))
      let overview = try await browser.get("/assisted-orders").text
      #expect(overview.contains("2月28日") && !overview.contains("3月1日"))
      try await market.database.write(in: market.community) { transaction in
        let given = try market.people.directory.mandates(
          of: market.wang, in: market.community, transaction)
        try Mandates.revoke(
          try #require(given.first).id, by: Actor(person: market.wang, role: .resident), in: transaction)
      }
      market.clock.advance(by: .seconds(1))
      #expect(try await !wang.get(path).text.contains("\(path)/agree"), "no yes counts any more")
    }
  }

  @Test("nobody is offered a yes that counts for nothing")
  func ways() async throws {
    try await Market.with(.sqlite) { market in
      let (helper, path) = try await asked(market, "许社工", [.paper])
      let own = try await market.browser(of: market.wang).get(path).text
      #expect(!own.contains("\(path)/agree") && own.contains("\(path)/decline"))
      let heard = try await market.browser(of: helper).get(path).text
      #expect(heard.contains("请用纸单") && !heard.contains("\(path)/pin"))
    }
  }

  @Test("a helper who printed the sheet of codes is asked for a new one")
  func ownSheet() async throws {
    try await Market.with(.sqlite) { market in
      let (helper, path) = try await asked(market, "许社工", [.callBack], printing: true)
      let browser = try await market.browser(of: helper)
      let page = try await browser.get(path).text
      #expect(page.contains("请先给一张新的") && !page.contains("\(path)/code"))
      let colleague = try await market.person("郑督导", [.supervisor])
      _ = try await market.people.printSpokenSheet(
        of: market.wang, in: market.community, by: Actor(person: colleague, role: .supervisor))
      #expect(try await browser.get(path).text.contains("\(path)/code"))
    }
  }
}
