import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Promotions by pages and by the API")
struct PromotionRoutesTests {
  private static let keyName = HTTPField.Name("Idempotency-Key")

  private func tiered(_ units: Int64? = nil) throws -> CampaignItemDraft {
    try CampaignItemDraft(
      price: .fen(800), stockKind: units == nil ? .onDemand : .limited, units: units ?? 0,
      tiers: PriceTiers([PriceTier(quantity: 5, price: .fen(750)), PriceTier(quantity: 9, price: .fen(690))]))
  }

  private func draft(_ market: Market) -> CampaignDraft {
    var draft = market.draft()
    draft.discountSteps = DiscountSteps([DiscountStep(threshold: .fen(4_000), discount: .fen(500))])
    return draft
  }

  @Test(
    "a leader types tiers on an item, and each wrong one is told in its row", arguments: TestEngine.available)
  func entersTiers(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()], publish: false)
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.leader)
      let path = "/desk/campaigns/\(id)/items/\(item)"
      let form = try await browser.get(path)
      #expect(form.text.contains("name=\"tier_quantity_2\" value=\"9\""))
      #expect(form.text.contains("name=\"tier_price_2\" value=\"6.90\""))
      let wrong = try await browser.post(
        path,
        [
          "price": "8", "stock_kind": "on_demand", "tier_quantity_2": "5", "tier_price_2": "7.5",
          "tier_quantity_4": "9", "tier_price_4": "7.5",
        ])
      #expect(wrong.status == 422 && wrong.text.contains("field-tier_price_4-error"))
      #expect(!wrong.text.contains("field-tier_price_2-error"))
      let half = try await browser.post(
        path, ["price": "8", "stock_kind": "on_demand", "tier_quantity_1": "5"])
      #expect(half.status == 422 && half.text.contains("field-tier_price_1-error"))
      let good = try await browser.post(
        path,
        ["price": "8", "stock_kind": "on_demand", "tier_quantity_2": "6", "tier_price_2": "7.2"])
      #expect(good.status == 303)
      #expect(try await market.items(id).first?.tiers == PriceTiers([.init(quantity: 6, price: .fen(720))]))
      #expect(try await browser.get("/desk/campaigns/\(id)/items").text.contains("满 6 袋 ¥7.20"))
      _ = try await browser.post("\(path)/place", ["do": "remove"])
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "a leader types what is taken off of larger orders, and sees who bears it",
    arguments: TestEngine.available)
  func entersSteps(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()], publish: false)
      let browser = try await market.browser(of: market.leader)
      let path = "/desk/campaigns/\(id)/edit"
      func fields(_ steps: [(String, String)]) -> [(String, String)] {
        [
          ("title_zh", "周三鲜菜"), ("opens_at", "2026-11-23T15:00"), ("cut_off_at", "2026-11-23T22:00"),
          ("pickup_point", "\(market.point)"), ("pickup_from", "2026-11-24T16:00"),
          ("pickup_until", "2026-11-24T19:00"), ("minimum_kind", "none"), ("shortage_rule", "pro_rata"),
          ("commission", "8"), ("return_hours", "48"),
        ] + steps
      }
      let wrong = try await post(
        browser, path, fields([("discount_threshold_1", "100"), ("discount_amount_1", "50")]))
      #expect(wrong.status == 422 && wrong.text.contains("field-discount_amount_1-error"))
      let good = try await post(
        browser, path,
        fields([
          ("discount_threshold_1", "100"), ("discount_amount_1", "10"), ("discount_threshold_2", "200"),
          ("discount_amount_2", "25"),
        ]))
      #expect(good.status == 303)
      let steps = DiscountSteps([
        .init(threshold: .fen(10_000), discount: .fen(1_000)),
        .init(threshold: .fen(20_000), discount: .fen(2_500)),
      ])
      #expect(try await market.find(id).discountSteps == steps)
      let desk = try await browser.get("/desk/campaigns/\(id)").text
      #expect(desk.contains("满 ¥100 减 ¥10 · 满 ¥200 减 ¥25") && desk.contains("由商户、团长和社区一起承担"))
      #expect(try await browser.get(path).text.contains("name=\"discount_amount_2\" value=\"25.00\""))
      _ = try await browser.post("/desk/campaigns/\(id)/publish")
      // Once published they stand: the form has no such fields any more, and what is sent changes nothing.
      _ = try await browser.post(
        path, ["note_zh": "", "cut_off_at": "2026-11-23T22:00", "discount_threshold_1": "1"])
      #expect(try await market.find(id).discountSteps == steps)
      let copy = try #require(try await browser.post("/desk/campaigns/\(id)/clone").location)
      let clone = try #require(CampaignID(String(copy.dropFirst("/desk/campaigns/".count))))
      #expect(try await market.find(clone).discountSteps == steps)
      #expect(try await market.items(clone).first?.tiers == (try await market.items(id)).first?.tiers)
      #expect(try await market.breaches() == [])
    }
  }

  private func post(
    _ browser: Browser, _ path: String, _ fields: [(String, String)]
  ) async throws -> Browser.Answer {
    let get = try await browser.get(path)
    let all = fields + [("form_token", get.hidden("form_token") ?? "")]
    let body = all.map { "\($0.0)=\(URLEncodedText.encode($0.1))" }.joined(separator: "&")
    return try await browser.send(
      .post, path,
      headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://\(Market.host)"],
      body: Array(body.utf8))
  }

  @Test(
    "buyers see what is reached and what is missing, everywhere they choose", arguments: TestEngine.available)
  func buyersSee(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()], draft(market))
      let item = try #require(try await market.items(id).first?.item.id)
      _ = try await market.place(market.li, id, [(item, 2)], key: "seen-order-number-one")
      let browser = try await market.browser(of: market.wang)
      let missing = "已订 2 袋。再有 3 袋，大家都按 ¥7.50"
      for path in ["/campaigns/\(id)", "/campaigns/\(id)/items/\(item)"] {
        let page = try await browser.get(path).text
        #expect(page.contains(missing) && page.contains("满 5 袋 ¥7.50<br>满 9 袋 ¥6.90<br>"))
        #expect(page.contains("data-live=\"tier-\(item)\"") && page.contains("满 ¥40 减 ¥5"))
      }
      _ = try await browser.post("/basket/add", ["add": "\(item)", "quantity": "4"])
      let basket = try await browser.get("/basket").text
      #expect(basket.contains(missing) && basket.contains("再买 ¥8 减 ¥5") && basket.contains("¥32.00"))
      let review = try await browser.get("/campaigns/\(id)/checkout")
      #expect(review.text.contains(missing) && review.text.components("再买 ¥8 减 ¥5") == 1)
      let key = try #require(review.hidden("idempotency_key"))
      let fields: KeyValuePairs = ["quantity-\(item)": "6", "idempotency_key": key, "do": "recalculate"]
      let more = try await browser.post("/campaigns/\(id)/checkout", fields).text
      #expect(more.contains("¥48.00") && more.contains("−¥5.00") && more.contains("¥43.00"))
      #expect(!more.contains("再买"))
      let placed = try await browser.post(
        "/campaigns/\(id)/checkout", ["quantity-\(item)": "6", "idempotency_key": key, "do": "submit"])
      let location = try #require(placed.location)
      let order = try await browser.get(location).text
      #expect(order.contains("¥48.00") && order.contains("−¥5.00") && order.contains("¥43.00"))
      #expect(
        try await browser.get("/campaigns/\(id)").text
          .contains("已订 8 袋，够 5 袋了，现在大家都按 ¥7.50。再有 1 袋，大家都按 ¥6.90"))
      market.clock.move(to: market.draft().cutOffAt)
      #expect(try await browser.get("/campaigns/\(id)").text.contains("一共订了 8 袋，正在汇总"))
      try await market.runJobs()
      #expect(
        try await browser.get("/campaigns/\(id)").text.contains("截单时一共订了 8 袋，大家都按 ¥7.50"))
      let after = try await browser.get(location).text
      #expect(after.contains("¥45.00") && after.contains("¥40.00") && after.contains("从 ¥8.00 降下来了"))
      let leader = try await market.browser(of: market.leader)
      let list = try await leader.get("/desk/campaigns/\(id)/lists/supplier").text
      #expect(list.contains("¥7.50") && list.contains("−¥5.00"))
      #expect(try await market.breaches() == [])
    }
  }

  @Test("a stock that is too small for the next tier says so", arguments: TestEngine.available)
  func outOfReach(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let leader = try await market.browser(of: market.leader)
      _ = try await leader.get("/desk/campaigns/\(id)/items")
      _ = try await leader.post("/desk/campaigns/\(id)/items/\(item)/stock", ["units": "4"])
      #expect(try await market.browser().get("/campaigns/\(id)").text.contains("备货 4 袋，到不了下一档"))
      let copy = try #require(try await leader.post("/desk/campaigns/\(id)/clone").location)
      #expect(try await leader.get(copy).status == 200)
      let draft = try await market.campaign([tiered(9)], publish: false)
      let entry = try #require(try await market.items(draft).first?.item.id)
      _ = try await leader.get("/desk/campaigns/\(draft)/items")
      _ = try await leader.post("/desk/campaigns/\(draft)/items/\(entry)/stock", ["units": "8"])
      let refused = try await leader.post("/desk/campaigns/\(draft)/publish")
      #expect(refused.status == 422 && refused.text.contains("到不了满 9 的那一档"))
    }
  }

  @Test("what people look at follows the orders of others", arguments: TestEngine.available)
  func live(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()])
      let item = try #require(try await market.items(id).first?.item.id)
      let figures = LiveFigures(
        cache: StorefrontCache(market.database), campaign: id, community: market.community, after: 0,
        language: .english)
      var seen: [LiveEvent] = []
      for await event in figures.events() {
        seen.append(event)
        if seen.count == 2 {
          _ = try await market.place(market.wang, id, [(item, 5)], key: "live-price-tier-order")
        }
        if seen.count == 3 { break }
      }
      #expect(
        seen == [
          LiveEvent("left-\(item)", "Made to order"),
          LiveEvent("tier-\(item)", "0 ordered. 5 more, and everyone pays ¥7.50"),
          LiveEvent(
            "tier-\(item)",
            "5 ordered, that is ¥7.50 for everyone as it stands. 4 more, and everyone pays ¥6.90"),
        ])
    }
  }

  // MARK: - API

  private func headers(_ key: String) throws -> HTTPFields {
    [try #require(Self.keyName): key]
  }

  @Test(
    "programs set promotions of a draft, and read them beside what is ordered",
    arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([tiered()], publish: false)
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      let leader = try await market.bearer(of: market.leader)
      let tiersPath = "/api/v1/campaigns/\(id)/items/\(item)/price-tiers"
      let stepsPath = "/api/v1/campaigns/\(id)/discount-steps"
      func put(_ path: String, _ body: String, _ key: String, _ bearer: String) async throws -> Browser.Answer
      {
        try await browser.send(.put, path, json: body, bearer: bearer, headers: headers(key))
      }
      let tier = #"{"quantity":4,"price":{"amount":700,"currency":"CNY"}}"#
      let dear = #"{"quantity":6,"price":{"amount":700,"currency":"CNY"}}"#
      let wrong = try await put(
        tiersPath, #"{"price_tiers":[\#(tier),\#(dear)]}"#, "put-tiers-key-0001", leader)
      #expect(wrong.status == 422)
      #expect(try JSON(wrong.bytes)["errors"]?.element(0)?["field"] == .string("price_tiers[1].price"))
      let set = try await put(tiersPath, #"{"price_tiers":[\#(tier)]}"#, "put-tiers-key-0002", leader)
      #expect(set.status == 200 && set.text == #"{"price_tiers":[\#(tier)]}"#)
      let step =
        #"{"threshold":{"amount":4000,"currency":"CNY"},"discount":{"amount":500,"currency":"CNY"}}"#
      let half =
        #"{"threshold":{"amount":1000,"currency":"CNY"},"discount":{"amount":500,"currency":"CNY"}}"#
      let refused = try await put(stepsPath, #"{"discount_steps":[\#(half)]}"#, "put-steps-key-0001", leader)
      #expect(
        try JSON(refused.bytes)["errors"]?.element(0)?["field"] == .string("discount_steps[0].discount"))
      let steps = try await put(stepsPath, #"{"discount_steps":[\#(step)]}"#, "put-steps-key-0002", leader)
      #expect(steps.status == 200 && steps.text == #"{"discount_steps":[\#(step)]}"#)
      let other = try await market.bearer(of: market.otherLeader)
      #expect(try await put(stepsPath, #"{"discount_steps":[]}"#, "put-steps-key-0003", other).status == 404)
      let resident = try await market.bearer(of: market.wang)
      #expect(
        try await put(stepsPath, #"{"discount_steps":[]}"#, "put-steps-key-0004", resident).status == 403)
      let actor = try market.actor()
      try await market.database.write(in: market.community) {
        try CampaignChanges.publish(id, .cashOnly, by: actor, in: $0)
      }
      #expect(try await put(tiersPath, #"{"price_tiers":[]}"#, "put-tiers-key-0003", leader).status == 409)
      // A repeat of what was done before is answered as it was then.
      #expect(
        try await put(tiersPath, #"{"price_tiers":[\#(tier)]}"#, "put-tiers-key-0002", leader).bytes
          == set.bytes)
      try await readsBack(id, item, market, browser, resident)
    }
  }

  private func readsBack(
    _ id: CampaignID, _ item: CampaignItemID, _ market: Market, _ browser: Browser, _ token: String
  ) async throws {
    let body = #"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":5}]}"#
    let placed = try await browser.send(
      .post, "/api/v1/orders", json: body, bearer: token, headers: headers("api-promoted-order-1"))
    let answer = try JSON(placed.bytes)
    #expect(answer["total"]?["amount"] == .integer(3_500) && answer["discount"]?["amount"] == .integer(500))
    let open = try JSON(try await browser.get("/api/v1/campaigns/\(id)").bytes)
    #expect(open["discount_steps"]?.element(0)?["threshold"]?["amount"] == .integer(4_000))
    let shown = open["items"]?.element(0)
    #expect(shown?["price_tiers"]?.element(0)?["quantity"] == .integer(4))
    #expect(shown?["pieces_ordered"] == .integer(5) && shown?["final_price"] == nil)
    market.clock.move(to: market.draft().cutOffAt)
    try await market.runJobs()
    let closed = try JSON(try await browser.get("/api/v1/campaigns/\(id)").bytes)["items"]?.element(0)
    #expect(
      closed?["final_price"]?["amount"] == .integer(700) && closed?["price"]?["amount"] == .integer(800))
    let order = try #require(try await market.orders(id).first)
    let standing = try JSON(
      try await browser.get("/api/v1/orders/\(order.id)", headers: [.authorization: "Bearer \(token)"]).bytes)
    #expect(standing["total"]?["amount"] == .integer(3_000))
    #expect(standing["lines"]?.element(0)?["placed_price"]?["amount"] == .integer(800))
    #expect(standing["lines"]?.element(0)?["discount"]?["amount"] == .integer(500))
    let again = try await browser.send(
      .post, "/api/v1/orders", json: body, bearer: token, headers: headers("api-promoted-order-1"))
    #expect(again.bytes == placed.bytes)
  }

  @Test("a campaign form gives back the steps that it was given", arguments: 1...20 as ClosedRange<UInt64>)
  func roundTrips(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let steps = anySteps(&random)
    let state = DiscountStepForm.state(steps)
    var reader = FormReader(Form(fields: state.map { Form.Field(name: $0.key, value: $0.value) }))
    #expect(DiscountStepForm.read(&reader) == steps)
    try reader.finish()
    let price = Money.fen(.random(in: 2...9_000, using: &random))
    let tiers = anyTiers(below: price, &random)
    var other = FormReader(
      Form(fields: PriceTierForm.state(tiers).map { Form.Field(name: $0.key, value: $0.value) }))
    #expect(PriceTierForm.read(&other, price: price, minimum: 0, units: nil) == tiers)
    try other.finish()
  }
}
