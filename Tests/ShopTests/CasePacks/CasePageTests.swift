import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Goods by the case on pages and in the API")
struct CasePageTests {
  /// A market whose first product comes in cases of six; its campaign offers it by the case and a second item by the piece.
  private func with(
    _ engine: TestEngine, limit: Int64? = nil,
    _ body: (Market, CampaignID, _ cases: CampaignItemID, _ pieces: CampaignItemID) async throws -> Void
  ) async throws {
    try await Market.with(engine) { market in
      try await setCaseSize(6, market)
      let variants = market.offers.prefix(2).map(\.variant)
      let drafts = [
        try CampaignItemDraft(
          price: .fen(500), stockKind: .onDemand, householdLimit: limit, isByTheCase: true),
        try CampaignItemDraft(price: .fen(300), stockKind: .onDemand),
      ]
      let actor = try market.actor()
      let id = try await market.database.write(in: market.community) { transaction in
        let campaign = try CampaignChanges.create(
          market.draft(), leader: actor.person, lotterySeed: LotterySeed.make(), by: actor, in: transaction)
        for (variant, draft) in zip(variants, drafts) {
          try CampaignItemChanges.add(variant, draft, to: campaign.id, by: actor, in: transaction)
        }
        try CampaignChanges.publish(campaign.id, .cashOnly, by: actor, in: transaction)
        return campaign.id
      }
      let items = try await market.items(id).map(\.item.id)
      try await body(market, id, items[0], items[1])
    }
  }

  private func setCaseSize(_ size: Int64, _ market: Market) async throws {
    let variant = try #require(market.offers.first?.variant)
    try await market.database.write(in: market.community) {
      try $0.execute("UPDATE shop_variant SET case_size = \(size) WHERE id = \(variant)")
    }
  }

  private func place(
    _ market: Market, _ person: PersonID, _ id: CampaignID, _ wishes: [OrderRequest.Wish], _ key: String
  ) async throws -> Order {
    try await market.shop.desk.submit(
      OrderRequest(
        community: market.community, campaign: id, person: person,
        household: try await market.household(of: person), actor: person, role: .resident,
        key: "case-page-key-\(key)", command: .place(wishes, note: ""))
    ).order
  }

  @Test(
    "a household says in basket and order form how many more it would take", arguments: TestEngine.available)
  func asks(_ engine: TestEngine) async throws {
    try await with(engine) { market, id, cases, pieces in
      let browser = try await market.browser(of: market.wang)
      let shelf = try await browser.get("/campaigns/\(id)").text
      #expect(shelf.contains("整箱进货，6 份一箱") && shelf.contains("还没有人订"))
      for item in [cases, pieces] {
        _ = try await browser.post("/basket/add", ["add": "\(item)", "quantity": "2"])
      }
      let basket = try await browser.get("/basket").text
      #expect(basket.contains("tolerance-\(cases)") && !basket.contains("tolerance-\(pieces)"))
      #expect(basket.contains("data-live-source=\"/campaigns/\(id)/live?after=0\""))
      let wrong = try await browser.post(
        "/basket/\(id)", ["quantity-\(cases)": "2", "tolerance-\(cases)": "998", "do": "update"])
      #expect(wrong.status == 422 && wrong.text.contains("field-tolerance-\(cases)-error"))
      let checkout = try await browser.post(
        "/basket/\(id)", ["quantity-\(cases)": "2", "tolerance-\(cases)": "3", "do": "checkout"])
      #expect(checkout.location == "/campaigns/\(id)/checkout")
      #expect(try await browser.get("/basket").text.contains("凑成箱的话最多 ¥31.00"))
      let form = try await browser.get("/campaigns/\(id)/checkout")
      #expect(form.text.contains("合计 ¥16.00") && form.text.contains("最多 5 袋，最多 ¥25.00"))
      let key = try #require(form.hidden("idempotency_key"))
      let placed = try await browser.post(
        "/campaigns/\(id)/checkout",
        [
          "quantity-\(cases)": "2", "tolerance-\(cases)": "3", "quantity-\(pieces)": "2",
          "idempotency_key": key, "do": "submit",
        ])
      let order = try await browser.get(try #require(placed.location)).text
      #expect(order.contains("凑箱可多要 3") && order.contains("凑成箱的话最多 ¥31.00"))
      #expect(try await browser.get("/campaigns/\(id)").text.contains("还差 1 份成一箱"))
      #expect(try await browser.get("/campaigns/\(id)/items/\(cases)").text.contains("还差 1 份成一箱"))
      let edit = try await browser.get("\(try #require(placed.location).split(separator: "?")[0])/edit").text
      #expect(edit.contains("name=\"tolerance-\(cases)\"") && edit.contains("value=\"3\""))
      #expect(try await market.breaches() == [])
    }
  }

  @Test("a tolerance beyond the household's limit is told at its own field", arguments: TestEngine.available)
  func tellsTheLimit(_ engine: TestEngine) async throws {
    try await with(engine, limit: 3) { market, id, cases, _ in
      let browser = try await market.browser(of: market.wang)
      _ = try await browser.get("/campaigns/\(id)")
      _ = try await browser.post("/basket/add", ["add": "\(cases)", "quantity": "2"])
      let form = try await browser.get("/campaigns/\(id)/checkout")
      let key = try #require(form.hidden("idempotency_key"))
      let refused = try await browser.post(
        "/campaigns/\(id)/checkout",
        ["quantity-\(cases)": "2", "tolerance-\(cases)": "2", "idempotency_key": key, "do": "submit"])
      #expect(refused.status == 409)
      #expect(refused.text.contains("field-tolerance-\(cases)-error"))
      #expect(refused.text.contains("连同凑箱可多要的一起算"))
    }
  }

  @Test(
    "the close is told on the order, on the supplier's list and in the sharing report, in both languages",
    arguments: TestEngine.available)
  func tellsTheClose(_ engine: TestEngine) async throws {
    try await with(engine) { market, id, cases, pieces in
      let grown = try await place(
        market, market.wang, id, [.init(item: cases, quantity: 2, tolerance: 2)], "grown")
      _ = try await place(market, market.li, id, [.init(item: cases, quantity: 2)], "kept")
      let dropped = try await place(
        market, market.wangSon, id,
        [.init(item: cases, quantity: 1, tolerance: 1), .init(item: pieces, quantity: 1)], "third")
      let leader = try await market.browser(of: market.leader)
      let desk = try await leader.get("/desk/campaigns/\(id)").text
      #expect(desk.contains("已凑满 1 箱") && desk.contains("要 5，可多要 3"))
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let browser = try await market.browser(of: market.wang)
      #expect(try await browser.get("/orders/\(grown.id)").text.contains("订了 2，凑箱后是 3"))
      let english = try await market.browser(of: market.wang, language: "en")
      #expect(
        try await english.get("/orders/\(grown.id)").text.contains("2 ordered, 3 once cases were filled"))
      #expect(try await browser.get("/orders/\(dropped.id)").text.contains("¥8.00"))
      #expect(try await leader.get("/desk/campaigns/\(id)/lists/supplier").text.contains("1 箱 × 6 = 6 份"))
      let report = try await browser.get("/campaigns/\(id)/sharing").text
      #expect(report.contains("2 → 2") && report.contains("2 → 1") && report.contains("1 → 0"))
      #expect(try await browser.get("/campaigns/\(id)").text.contains("买了 1 箱"))
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "a line whose case was not filled stays on the order, with the reason", arguments: TestEngine.available)
  func tellsWhatWasNotBought(_ engine: TestEngine) async throws {
    try await with(engine) { market, id, cases, pieces in
      let order = try await place(
        market, market.wang, id,
        [.init(item: cases, quantity: 2), .init(item: pieces, quantity: 1)], "unfilled")
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let browser = try await market.browser(of: market.wang)
      let page = try await browser.get("/orders/\(order.id)").text
      #expect(page.contains("订了 2，没凑成整箱") && page.contains("合计 ¥3.00"))
      let token = try await market.bearer(of: market.wang)
      let json = try JSON(
        try await browser.send(.get, "/api/v1/orders/\(order.id)", json: "", bearer: token).bytes)
      let lines = try #require(json["lines"])
      guard case .array(let lines) = lines else {
        Issue.record("the lines are no list")
        return
      }
      #expect(lines.count == 2)
      #expect(lines[0]["quantity"] == .integer(0) && lines[0]["wanted"] == .integer(2))
      #expect(lines[0]["allocated"] == .integer(0) && lines[1]["wanted"] == nil)
    }
  }

  @Test("programs order with a tolerance and see what is missing", arguments: TestEngine.available)
  func servesPrograms(_ engine: TestEngine) async throws {
    try await with(engine) { market, id, cases, pieces in
      let browser = market.browser()
      let token = try await market.bearer(of: market.wang)
      func order(_ line: String, _ key: String) async throws -> Browser.Answer {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "api-case-key-\(key)-01"
        return try await browser.send(
          .post, "/api/v1/orders", json: #"{"campaign":"\#(id)","lines":[\#(line)]}"#, bearer: token,
          headers: headers)
      }
      let bad = try await order(#"{"item":"\#(pieces)","quantity":1,"tolerance":1}"#, "bad")
      #expect(bad.status == 422 && bad.text.contains("tolerance.\(pieces)"))
      #expect(try await order(#"{"item":"\#(cases)","quantity":1,"tolerance":-1}"#, "low").status == 422)
      #expect(try await order(#"{"item":"\#(cases)","quantity":3,"tolerance":1}"#, "good").status == 201)
      let shown = try JSON(try await browser.get("/api/v1/campaigns/\(id)").bytes)
      guard case .array(let items)? = shown["items"] else {
        Issue.record("the campaign has no items")
        return
      }
      #expect(items[0]["case_size"] == .integer(6) && items[0]["missing_to_case"] == .integer(2))
      #expect(items[0]["wanted"] == .integer(3) && items[0]["tolerated"] == .integer(1))
      #expect(items[0]["cases"] == .integer(0) && items[1]["case_size"] == nil)
    }
  }

  @Test("what is missing is a live figure", arguments: TestEngine.available)
  func isLive(_ engine: TestEngine) async throws {
    try await with(engine) { market, id, cases, pieces in
      let figures = LiveFigures(
        cache: StorefrontCache(market.database), campaign: id, community: market.community, after: 0,
        language: .chinese)
      var seen: [LiveEvent] = []
      for await event in figures.events() {
        seen.append(event)
        if seen.count == 3 {
          _ = try await place(
            market, market.wang, id, [.init(item: cases, quantity: 2, tolerance: 1)], "live")
        }
        if seen.count == 4 { break }
      }
      #expect(
        seen == [
          LiveEvent("left-\(cases)", "按订单备货，不限量"), LiveEvent("left-\(pieces)", "按订单备货，不限量"),
          LiveEvent("cases-\(cases)", "还没有人订"), LiveEvent("cases-\(cases)", "还差 3 份成一箱"),
        ])
    }
  }

  @Test("a leader buys by the case what has a case size, in whole cases", arguments: TestEngine.available)
  func offersCases(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      try await setCaseSize(6, market)
      let id = try await market.campaign([], publish: false)
      let items = "/desk/campaigns/\(id)/items"
      let browser = try await market.browser(of: market.leader)
      let add = "\(items)/add/\(market.offers[0].variant)"
      #expect(try await browser.get(add).text.contains("整箱进货"))
      #expect(!(try await browser.get("\(items)/add/\(market.offers[1].variant)").text.contains("整箱进货")))
      let loose = try await browser.post(
        "\(items)/add/\(market.offers[1].variant)",
        ["price": "3", "stock_kind": "on_demand", "by_the_case": "on"])
      #expect(loose.status == 422 && loose.text.contains("请先在商品里填「箱规」"))
      let part = try await browser.post(
        add, ["price": "3", "stock_kind": "limited", "units": "10", "by_the_case": "on"])
      #expect(part.status == 422 && part.text.contains("备货数要是 6 的倍数"))
      let whole = try await browser.post(
        add, ["price": "3", "stock_kind": "limited", "units": "12", "by_the_case": "on"])
      #expect(whole.status == 303)
      let entry = try #require(try await market.items(id).first)
      #expect(entry.item.caseSize == 6)
      #expect(try await browser.get("\(items)/\(entry.item.id)").text.contains("value=\"on\" checked"))
      let byPiece = try await browser.post(
        "\(items)/\(entry.item.id)", ["price": "3", "stock_kind": "limited", "units": "10"])
      #expect(byPiece.status == 303)
      #expect(try await market.items(id).first?.item.caseSize == 1)
      try await publishesWholeCases(market, id, browser, entry.item.id)
    }
  }

  /// The case size is the one that was there when the item was ticked, and stock stays whole cases.
  private func publishesWholeCases(
    _ market: Market, _ id: CampaignID, _ browser: Browser, _ item: CampaignItemID
  ) async throws {
    let items = "/desk/campaigns/\(id)/items"
    let again = try await browser.post(
      "\(items)/\(item)", ["price": "3", "stock_kind": "limited", "units": "12", "by_the_case": "on"])
    #expect(again.status == 303)
    try await setCaseSize(5, market)
    try await market.database.write(in: market.community) {
      try StockStore.setOnHand(item, kind: .limited, to: 13, reason: .set, actor: market.leader, in: $0)
    }
    let early = try await browser.post("/desk/campaigns/\(id)/publish")
    #expect(early.status == 422 && early.text.contains("备货数要是 6 的倍数"))
    #expect(try await browser.post("\(items)/\(item)/stock", ["units": "20"]).status == 422)
    #expect(try await browser.post("\(items)/\(item)/stock", ["units": "18"]).status == 303)
    #expect(try await browser.post("/desk/campaigns/\(id)/publish").status == 303)
    #expect(try await browser.post("\(items)/\(item)/stock", ["units": "19"]).status == 422)
    #expect(try await market.items(id).first?.item.caseSize == 6)
    // Repeated, the cases are those that the merchant has now.
    let actor = try market.actor()
    let repeated = try await market.database.write(in: market.community) {
      try CampaignChanges.clone(id, lotterySeed: LotterySeed.make(), by: actor, in: $0).id
    }
    #expect(try await market.items(repeated).first?.item.caseSize == 5)
  }

  @Test("goods by weight are not bought by the case")
  func refusesWeighedGoods() throws {
    let draft = try CampaignItemDraft(price: .fen(2_000), stockKind: .onDemand, isByTheCase: true)
    let terms = try #require(WeighedTerms(per: .kilogram, typicalGrams: 500, tolerancePercent: 10))
    let offer = VariantOffer(
      variant: VariantID(rawValue: 1), product: ProductID(rawValue: 1), merchant: MerchantID(rawValue: 1),
      productName: Phrase(same: "鲫鱼"), variantName: Phrase(same: ""), merchantName: Phrase(same: ""),
      sku: "F",
      pack: Phrase(same: ""), unit: .piece, caseSize: 10, price: .fen(2_000), weighed: WeighedOffer(terms),
      picture: nil, category: .seafood, isListed: true)
    let problem = #expect(throws: Problem.self) { try CaseOffer.check(draft, of: offer) }
    #expect(problem?.fields.map(\.field) == ["by_the_case"])
    #expect(CaseOffer.size(of: draft, offer) == 1)
  }
}
