import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("The leader's desk for campaigns")
struct CampaignDeskTests {
  @Test(
    "A leader opens, fills and publishes a campaign by plain forms, and calls it off",
    arguments: TestEngine.available)
  func opensACampaign(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let browser = try await market.browser(of: market.leader)
      let new = try await browser.get("/desk/campaigns/new")
      #expect(new.text.contains("value=\"2026-11-23T22:00\""))
      let fields = fields(market)
      let wrong = try await post(
        browser, "/desk/campaigns", fields + [("note_zh", String(repeating: "长", count: 1001))])
      #expect(wrong.status == 422 && wrong.text.contains("周三鲜菜"))
      let created = try await post(browser, "/desk/campaigns", fields)
      let items = try #require(created.location)
      let path = String(items.dropLast("/items".count))
      let early = try await browser.post("\(path)/publish")
      #expect(early.status == 422 && early.text.contains("请先加商品"))
      #expect(try await browser.get("\(items)?q=%E9%9D%92%E8%8F%9C").text.contains("青菜3号"))
      let variant = market.offers[3].variant
      let form = try await browser.get("\(items)/add/\(variant)")
      #expect(form.text.contains("value=\"3.53\""))
      let noUnits = try await browser.post(
        "\(items)/add/\(variant)", ["price": "3.2", "stock_kind": "limited"])
      #expect(noUnits.status == 422 && noUnits.text.contains("value=\"3.2\""))
      let added = try await browser.post(
        "\(items)/add/\(variant)",
        [
          "price": "3.2", "stock_kind": "limited", "units": "20", "household_limit": "2",
          "minimum_quantity": "5",
        ])
      #expect(added.status == 303)
      #expect(try await browser.post("\(path)/publish").location == path)
      let id = try #require(CampaignID(String(path.dropFirst("/desk/campaigns/".count))))
      #expect(try await market.find(id).phase(at: market.clock.now) == .open)
      #expect(try await browser.get(items).text.contains("备货 20，已订 0"))
      #expect(try await browser.get("/desk/campaigns").text.contains(path))
      let item = try #require(try await market.items(id).first?.item.id)
      #expect(try await browser.post("\(items)/\(item)/stock", ["units": "30"]).status == 303)
      #expect(try await browser.post("\(items)/\(item)/stock", ["units": "-1"]).status == 422)
      let late = try await browser.post("\(path)/edit", ["note_zh": "改说明", "cut_off_at": "2026-11-24T17:00"])
      #expect(late.status == 422)
      #expect(
        try await browser.post("\(path)/edit", ["note_zh": "改说明", "cut_off_at": "2026-11-23T23:00"]).status
          == 303)
      #expect(try await browser.post("\(path)/clone").status == 303)
      #expect(try await browser.get("\(path)/cancel").text.contains("取消这个团"))
      #expect(try await browser.post("\(path)/cancel").location == path)
      #expect(try await market.find(id).phase(at: market.clock.now) == .cancelled)
    }
  }

  @Test(
    "A courier's part is chosen on the form, stands on every page, and is fixed by publishing",
    arguments: TestEngine.available)
  func carrier(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let browser = try await market.browser(of: market.leader)
      #expect(try await !browser.get("/desk/campaigns/new").text.contains("carrier_rate"))
      let courier = try await market.person("小马", [.courier])
      #expect(try await browser.get("/desk/campaigns/new").text.contains("小马"))
      let fields = fields(market)
      let wrong: [([(String, String)], String)] = [
        ([("carrier", "\(courier)")], "必须填写"),
        ([("carrier", "\(courier)"), ("carrier_rate", "10.01")], "0 到 10"),
        ([("carrier", "\(market.wang)"), ("carrier_rate", "2")], "请从列表里选一位送货员"),
        ([("carrier", "none"), ("carrier_rate", "2")], "请选是谁送货"),
      ]
      for (more, words) in wrong {
        let answer = try await post(browser, "/desk/campaigns", fields + more)
        #expect(answer.status == 422 && answer.text.contains(words), "\(more)")
      }
      for nobody in [[], [("carrier", "none")], [("carrier", "none"), ("carrier_rate", "0")]] {
        #expect(try await post(browser, "/desk/campaigns", fields + nobody).status == 303)
      }
      let created = try await post(
        browser, "/desk/campaigns", fields + [("carrier", "\(courier)"), ("carrier_rate", "2.5")])
      let path = String(try #require(created.location).dropLast("/items".count))
      let edit = try await browser.get("\(path)/edit").text
      #expect(edit.contains("value=\"2.5\"") && edit.contains("value=\"\(courier)\" selected"))
      let added = try await browser.post(
        "\(path)/items/add/\(market.offers[3].variant)", ["price": "3.2", "stock_kind": "on_demand"])
      #expect(added.status == 303)
      try await market.database.write(in: market.community) { [market] in
        try $0.execute(
          "DELETE FROM people_role WHERE community_id = \(market.community) AND person_id = \(courier)")
      }
      let late = try await browser.post("\(path)/publish")
      #expect(late.status == 422 && late.text.contains("送货员"), "who is no courier any more has no part")
      try await market.database.write(in: market.community) { [market] in
        try $0.execute(
          """
          INSERT INTO people_role (community_id, person_id, role, granted_by_id, granted_at)
          VALUES (\(market.community), \(courier), 'courier', 0, 0)
          """)
      }
      #expect(try await browser.post("\(path)/publish").location == path)
      #expect(try await browser.get(path).text.contains("小马 · 2.5%"))
      let id = try #require(CampaignID(String(path.dropFirst("/desk/campaigns/".count))))
      #expect(try await browser.get("/campaigns/\(id)").text.contains("送货的 2.5%"))
      #expect(
        try await browser.get("/api/v1/campaigns/\(id)").text.contains(
          #""parts":{"leader":800,"community":0,"carrier":250,"fund":0}"#))
      _ = try await browser.post(
        "\(path)/edit",
        ["note_zh": "改", "cut_off_at": "2026-11-23T22:00", "carrier": "none", "carrier_rate": "0"])
      #expect(try await market.find(id).terms.carrier?.rate.basisPoints == 250)
    }
  }

  private func fields(_ market: Market) -> [(String, String)] {
    [
      ("title_zh", "周三鲜菜"), ("opens_at", "2026-11-23T15:00"), ("cut_off_at", "2026-11-23T22:00"),
      ("pickup_point", "\(market.point)"), ("pickup_from", "2026-11-24T16:00"),
      ("pickup_until", "2026-11-24T19:00"), ("minimum_kind", "none"), ("shortage_rule", "pro_rata"),
      ("commission", "8"), ("return_hours", "48"),
    ]
  }

  @Test(
    "A fund's part is chosen on the form and named to the neighbours", arguments: TestEngine.available)
  func fund(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let browser = try await market.browser(of: market.leader)
      let form = try await browser.get("/desk/campaigns/new").text
      #expect(form.contains("暖邻厨房基金") && !form.contains("旧基金"))
      let (open, closed) = ("\(FundChoice.open.id)", "\(FundChoice.closed.id)")
      let wrong: [([(String, String)], String)] = [
        ([("fund", open)], "必须填写"),
        ([("fund", open), ("fund_rate", "10.01")], "0 到 10"),
        ([("fund", closed), ("fund_rate", "1")], "请从列表里选一项资金"),
        ([("fund", "none"), ("fund_rate", "1")], "请选给哪项资金"),
      ]
      for (more, words) in wrong {
        let answer = try await post(browser, "/desk/campaigns", fields(market) + more)
        #expect(answer.status == 422 && answer.text.contains(words), "\(more)")
      }
      let created = try await post(
        browser, "/desk/campaigns", fields(market) + [("fund", open), ("fund_rate", "1.5")])
      let path = String(try #require(created.location).dropLast("/items".count))
      let edit = try await browser.get("\(path)/edit").text
      #expect(edit.contains("value=\"1.5\"") && edit.contains("value=\"\(open)\" selected"))
      _ = try await browser.post(
        "\(path)/items/add/\(market.offers[3].variant)", ["price": "3.2", "stock_kind": "on_demand"])
      #expect(try await browser.post("\(path)/publish").location == path)
      #expect(try await browser.get(path).text.contains("暖邻厨房基金 · 1.5%"))
      let id = try #require(CampaignID(String(path.dropFirst("/desk/campaigns/".count))))
      #expect(try await browser.get("/campaigns/\(id)").text.contains("社区专项资金 1.5%"))
      #expect(try await browser.get("/api/v1/campaigns/\(id)").text.contains(#""carrier":0,"fund":150}"#))
      let copy = try #require(try await browser.post("\(path)/clone").location)
      #expect(try await browser.get(copy).text.contains("暖邻厨房基金 · 1.5%"))
    }
  }

  private func post(
    _ browser: Browser, _ path: String, _ fields: [(String, String)]
  ) async throws -> Browser.Answer {
    let get = try await browser.get("/desk/campaigns/new")
    let all = fields + [("form_token", get.hidden("form_token") ?? "")]
    let body = all.map { "\($0.0)=\(URLEncodedText.encode($0.1))" }.joined(separator: "&")
    return try await browser.send(
      .post, path,
      headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://\(Market.host)"],
      body: Array(body.utf8))
  }

  @Test("After the cut-off the desk leads to lists and arrivals", arguments: TestEngine.available)
  func leadsOn(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(1), stockKind: .onDemand)])
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let browser = try await market.browser(of: market.leader)
      let desk = try await browser.get("/desk/campaigns/\(id)").text
      for path in ["lists", "arrival"] {
        #expect(desk.contains("/desk/campaigns/\(id)/\(path)"))
        #expect(try await browser.get("/desk/campaigns/\(id)/\(path)").status == 200)
      }
    }
  }

  @Test("Other leaders and residents do not get to it", arguments: TestEngine.available)
  func keepsOthersOut(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(1), stockKind: .onDemand)])
      let other = try await market.browser(of: market.otherLeader)
      _ = try await other.get("/desk/campaigns")
      for path in ["", "/edit", "/items", "/cancel"] {
        #expect(try await other.get("/desk/campaigns/\(id)\(path)").status == 404)
      }
      for path in ["/edit", "/publish", "/cancel", "/clone"] {
        #expect(try await other.post("/desk/campaigns/\(id)\(path)").status == 404)
      }
      #expect(!(try await other.get("/desk/campaigns").text.contains("\(id)")))
      let resident = try await market.browser(of: market.wang)
      #expect(try await resident.get("/desk/campaigns/\(id)").status == 403)
    }
  }
}
