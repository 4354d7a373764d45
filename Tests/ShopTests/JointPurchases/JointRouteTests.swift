import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Joint purchases: pages")
struct JointRouteTests {
  private func order(
    _ browser: Browser, _ campaign: CampaignID, _ item: CampaignItemID, _ buyer: MerchantID?, quantity: String
  ) async throws -> Browser.Answer {
    let page = try await browser.get("/joint-purchases/\(campaign)")
    let key = try #require(page.hidden("idempotency_key"))
    return try await browser.post(
      "/joint-purchases/\(campaign)",
      [
        "quantity-\(item)": quantity, "merchant": buyer?.description ?? "", "idempotency_key": key,
        "do": "submit",
      ])
  }

  @Test("a merchant sees what is missing, orders, changes and cancels", arguments: TestEngine.available)
  func ordering(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)], minimum: .households(2))
      let item = try await fixture.items(campaign)[0]
      let browser = try await fixture.market.browser(of: fixture.baker)
      let list = try await browser.get("/joint-purchases").text
      #expect(list.contains("一起进面粉") && list.contains("还差 2 家商户"))
      let page = try await browser.get("/joint-purchases/\(campaign)").text
      #expect(page.contains("替「弄堂面包房」订") && page.contains("还剩 9"))
      let placed = try await order(browser, campaign, item, fixture.bakery, quantity: "3")
      #expect(placed.status == 303)
      let path = String(try #require(placed.location).prefix { $0 != "?" })
      let shown = try await browser.get(path).text
      #expect(shown.contains("弄堂面包房") && shown.contains("/joint-purchases/\(campaign)"))
      #expect(!shown.contains("/standing-orders/edit") && !shown.contains("\(path)/delivery"))
      #expect(shown.contains("取货时付现金") && !shown.contains("action=\"/payments\""))
      #expect(try await browser.get("/joint-purchases").text.contains(path))
      let edit = try await browser.get("\(path)/edit")
      #expect(edit.text.contains("quantity-\(item)"))
      let key = try #require(edit.hidden("idempotency_key"))
      let changed = try await browser.post(
        "\(path)/edit", ["quantity-\(item)": "5", "revision": "1", "idempotency_key": key, "do": "submit"])
      #expect(changed.location == path)
      #expect(try await fixture.market.orders(campaign).first?.lines.map(\.quantity) == [5])
      let question = try await browser.get("\(path)/cancel")
      let cancelKey = try #require(question.hidden("idempotency_key"))
      _ = try await browser.post("\(path)/cancel", ["idempotency_key": cancelKey, "revision": "2"])
      #expect(try await fixture.market.orders(campaign).first?.fulfilment == .cancelled)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("what cannot be had stands at its line; a merchant has to be chosen", arguments: TestEngine.available)
  func refusals(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(2), try fixture.limited(9, limit: 3)])
      let item = try await fixture.items(campaign)[0]
      let browser = try await fixture.market.browser(of: fixture.baker)
      let much = try await order(browser, campaign, item, fixture.bakery, quantity: "5")
      #expect(much.status == 409 && much.text.contains("只剩 2"))
      let limited = try await fixture.items(campaign)[1]
      let most = try await order(browser, campaign, limited, fixture.bakery, quantity: "4")
      #expect(most.status == 409 && most.text.contains("每家商户限购 3 份，您店里已订 0 份"))
      #expect(most.text.contains("每家商户限 3"))
      let nobody = try await order(browser, campaign, item, nil, quantity: "1")
      #expect(nobody.status == 422)
      let other = try await order(browser, campaign, item, fixture.noodles, quantity: "1")
      #expect(other.status == 403 && other.text.contains("不是这家商户的人"))
      let farmer = try await fixture.market.browser(of: fixture.farmer)
      let own = try await order(farmer, campaign, item, fixture.farm, quantity: "1")
      #expect(own.status == 409 && own.text.contains("不能向自己进货"))
      #expect(try await fixture.market.orders(campaign).isEmpty)
    }
  }

  @Test("residents do not find it, and are told why they cannot order", arguments: TestEngine.available)
  func residents(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let browser = try await fixture.market.browser(of: fixture.market.wang)
      for path in ["/", "/campaigns", "/api/v1/campaigns"] {
        let text = try await browser.get(path).text
        #expect(!text.contains("一起进面粉"), "\(path)")
      }
      for path in ["/campaigns/\(campaign)", "/campaigns/\(campaign)/live", "/api/v1/campaigns/\(campaign)"] {
        #expect(try await browser.get(path).status == 404, "\(path)")
      }
      for path in ["/joint-purchases", "/joint-purchases/\(campaign)"] {
        #expect(try await browser.get(path).status == 403, "\(path)")
      }
      let groupBuy = try await fixture.market.campaign([try fixture.limited(9)])
      _ = try await browser.get("/campaigns/\(groupBuy)")
      let refused = try await browser.post(
        "/campaigns/\(campaign)/checkout",
        ["quantity-\(item)": "1", "idempotency_key": "a-resident-at-the-till", "do": "submit"])
      #expect(refused.status == 403 && refused.text.contains("只能替商户下单"))
      let looking = try await browser.post(
        "/campaigns/\(campaign)/checkout", ["quantity-\(item)": "1", "do": "recalculate"])
      #expect(looking.status == 403 && !looking.text.contains("quantity-\(item)"), "nor are its goods shown")
      #expect(try await fixture.market.orders(campaign).isEmpty)
    }
  }

  @Test("an order belongs to all of the merchant, and to nobody else", arguments: TestEngine.available)
  func colleagues(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let order = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "of-all-of-the-bakery-1", [(item, 2)])
      let early = try await market.browser(of: fixture.apprentice)
      #expect(try await early.get("/orders/\(order.id)").status == 200)
      for other in [fixture.cook, fixture.farmer, market.wang] {
        let browser = try await market.browser(of: other)
        #expect(try await browser.get("/orders/\(order.id)").status == 404)
      }
      try await fixture.close()
      try await fixture.arrive([(item, 2)], for: campaign)
      market.clock.move(to: Market.start + .hours(25))
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get("/desk/orders/\(order.id)/pickup").text.contains("弄堂面包房"))
      let apprentice = try await market.browser(of: fixture.apprentice)
      let passed = try await apprentice.get("/joint-purchases/\(campaign)").text
      #expect(passed.contains("/campaigns/\(campaign)/sharing"))
      #expect(try await apprentice.get("/campaigns/\(campaign)/sharing").status == 200)
      #expect(try await market.browser(of: fixture.cook).get("/campaigns/\(campaign)/sharing").status == 404)
      try await fixture.handOver(order.id, key: "handed-to-the-bakery-1")
      let page = try await apprentice.get("/orders/\(order.id)/lines/0/claim")
      let key = try #require(page.hidden("idempotency_key"))
      let sent = try await apprentice.post(
        "/orders/\(order.id)/claims",
        ["line": "0", "fault": "damaged", "pieces": "1", "wish": "refund", "idempotency_key": key])
      let claim = String(try #require(sent.location).prefix { $0 != "?" })
      let baker = try await market.browser(of: fixture.baker)
      #expect(try await baker.get(claim).status == 200)
      #expect(try await market.browser(of: fixture.cook).get(claim).status == 404)
      let withdrawn = try await baker.post("\(claim)/withdraw", ["sequence": "1"])
      #expect(withdrawn.location == claim)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("what is for homes alone is closed; the shelf is seen by who bought", arguments: TestEngine.available)
  func homesAlone(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let leader = try await market.browser(of: market.leader)
      let desk = "/desk/campaigns/\(campaign)"
      for path in ["chat-text", "chat"] {
        let refused = try await leader.get("\(desk)/\(path)")
        #expect(refused.status == 403 && refused.text.contains("只能替商户下单"), "\(path)")
      }
      #expect(try await leader.get("/desk").text.contains("商户数"))
      _ = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "seen-on-the-shelf-001", [(item, 2)])
      let shelf = "/campaigns/\(campaign)/shelf"
      #expect(try await market.browser(of: fixture.apprentice).get(shelf).status == 200)
      #expect(try await market.browser(of: fixture.cook).get(shelf).status == 404)
      try await fixture.close()
      let page = try await market.browser(of: market.leader).get(desk).text
      #expect(page.contains("\(desk)/lists"))
      #expect(!page.contains("\(desk)/rounds") && !page.contains("\(desk)/chat-text"))
    }
  }

  @Test("a leader opens one with a tick, and the desk says for whom it is", arguments: TestEngine.available)
  func opening(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let browser = try await market.browser(of: market.leader)
      #expect(try await browser.get("/desk/campaigns/new").text.contains("只给商户一起进货"))
      let created = try await browser.post(
        "/desk/campaigns",
        [
          "title_zh": "一起进包装", "opens_at": "2026-11-23T15:00", "cut_off_at": "2026-11-23T22:00",
          "pickup_point": "\(market.point)", "pickup_from": "2026-11-24T16:00",
          "pickup_until": "2026-11-24T19:00",
          "minimum_kind": "none", "shortage_rule": "pro_rata", "commission": "0", "return_hours": "48",
          "for_merchants": "on",
        ])
      let path = String(try #require(created.location).dropLast("/items".count))
      let id = try #require(CampaignID(String(path.dropFirst("/desk/campaigns/".count))))
      #expect(try await market.find(id).audience == .merchants)
      let edit = try await browser.get("\(path)/edit").text
      #expect(edit.contains("name=\"for_merchants\" value=\"on\" checked"))
      _ = try await browser.post(
        "\(path)/items/add/\(market.offers[0].variant)", ["price": "3.2", "stock_kind": "on_demand"])
      #expect(try await browser.post("\(path)/publish").location == path)
      let desk = try await browser.get(path).text
      #expect(desk.contains("只给商户一起进货") && desk.contains("/joint-purchases/\(id)"))
      #expect(!desk.contains("\(path)/catalogue"))
      #expect(try await browser.get("/joint-purchases/\(id)").text.contains("青菜0号"))
    }
  }
}
