import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Reviews by pages and by the API")
struct ReviewRoutesTests {
  /// A campaign of two products whose orders of Mrs Wang and Mr Li were collected, and the farm's own person.
  private struct Scene {
    let market: Market
    let campaign: CampaignID
    let items: [CampaignItem]
    let wang: Order
    let li: Order
    let farmer: PersonID

    var product: ProductID { items[0].product }
    func path(_ order: Order, _ position: Int = 0) -> String {
      "/orders/\(order.id)/lines/\(position)/review"
    }
  }

  private func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
    try await Market.with(engine) { market in
      let item = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
      let campaign = try await market.campaign([item, item])
      let items = try await market.items(campaign).map(\.item)
      let placed = [
        try await market.place(
          market.wang, campaign, items.map { ($0.id, 1) }, key: "order-to-be-reviewed-1"),
        try await market.place(
          market.li, campaign, items.map { ($0.id, 1) }, key: "order-to-be-reviewed-2"),
      ]
      try await collect(placed.map(\.id), campaign, items, market)
      let orders = try await market.orders(campaign)
      let farmer = try await market.person("农场的人", [.merchant], merchant: items[0].merchant)
      try await body(
        Scene(
          market: market, campaign: campaign, items: items, wang: orders[0], li: orders[1], farmer: farmer))
    }
  }

  private func collect(
    _ orders: [OrderID], _ campaign: CampaignID, _ items: [CampaignItem], _ market: Market
  ) async throws {
    try await market.arrive(items.map { ($0.id, Int64(orders.count)) }, for: campaign)
    market.clock.move(to: Market.start + .hours(24))
    let actor = try market.actor()
    try await market.database.write(in: market.community) { transaction in
      for id in orders {
        let order = try #require(try OrderStore.find(id, in: market.community, transaction))
        _ = try HandoverDesk(codes: market.shop.pickupCodes, books: .cashOnly).handOver(
          HandoverRequest(
            order: id, revision: order.revision,
            pieces: Dictionary(uniqueKeysWithValues: order.lines.map { ($0.position, $0.due) }),
            cash: order.total, proof: .code(market.shop.pickupCodes.code(for: order) ?? ""),
            key: "handover-of-\(id)"), by: actor, in: transaction)
      }
    }
  }

  // MARK: - Writing

  @Test(
    "From the order's page to the product's pages: written once, shown at once, naming nobody",
    arguments: TestEngine.available)
  func writes(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let stranger = market.browser()
      let places = ["/campaigns/\(scene.campaign)/items/\(scene.items[0].id)", "/products/\(scene.product)"]
      for place in places { #expect(try await stranger.get(place).text.contains("还没有评价")) }
      let wang = try await market.browser(of: market.wang)
      let order = try await wang.get("/orders/\(scene.wang.id)")
      #expect(order.text.contains(scene.path(scene.wang)) && order.text.contains(scene.path(scene.wang, 1)))
      let form = try await wang.get(scene.path(scene.wang))
      #expect(form.text.contains("5 星，很好") && form.text.contains("1 星，不好"))
      #expect(!form.text.contains("checked"), "no stars are chosen for anybody")
      let wrong = try await wang.post(scene.path(scene.wang), ["text": "打 138 0013 8000 找我"])
      #expect(
        wrong.status == 422 && wrong.text.contains("请选几颗星") && wrong.text.contains("打 138 0013 8000 找我"))
      for _ in 0..<2 {
        let sent = try await wang.post(scene.path(scene.wang), ["stars": "4", "text": "很嫩<b>"])
        #expect(sent.location == scene.path(scene.wang) + "?done=1")
      }
      for place in places + ["/products/\(scene.product)/reviews"] {
        let page = try await stranger.get(place).text
        #expect(page.contains("4 星，好") && page.contains("很嫩&lt;b&gt;") && page.contains("2026年11月购买"))
        #expect(page.contains("一位邻居") && page.contains("满 3 条再算平均") && !page.contains("平均 4"))
        #expect(!page.contains("王阿姨") && !page.contains("单元") && !page.contains(scene.wang.id.description))
      }
      let english = try await market.browser(language: "en").get("/products/\(scene.product)/reviews")
      #expect(english.text.contains("4 stars, good") && english.text.contains("a neighbour"))
      #expect(english.text.contains("bought in Nov 2026") && english.text.contains("Reviews of “Greens 0”"))
      let second = try await wang.post(scene.path(scene.wang), ["stars": "1", "text": "反悔了"])
      #expect(second.status == 409 && second.text.contains("已经评价过了") && second.text.contains("4 星，好"))
      #expect(try await market.events("shop.review_written") == 1)
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "The household adds to its review once; another household finds nothing", arguments: TestEngine.available)
  func followsUp(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let son = try await market.browser(of: market.wangSon)
      _ = try await son.get(scene.path(scene.wang))
      #expect(try await son.post(scene.path(scene.wang), ["stars": "3"]).status == 303)
      let page = try await son.get(scene.path(scene.wang) + "?done=1")
      #expect(page.text.contains("谢谢") && page.text.contains("3 星，一般") && page.text.contains("后来怎么样"))
      let path = scene.path(scene.wang) + "/follow-up"
      let empty = try await son.post(path, ["follow_up": " "])
      #expect(empty.status == 422 && empty.text.contains("请写几个字"))
      for _ in 0..<2 { #expect(try await son.post(path, ["follow_up": "放了三天还行"]).status == 303) }
      #expect(try await son.post(path, ["follow_up": "再来一句"]).status == 409)
      let product = try await market.browser().get("/products/\(scene.product)").text
      #expect(product.contains("追评") && product.contains("放了三天还行"))
      let li = try await market.browser(of: market.li)
      _ = try await li.get(scene.path(scene.li))
      #expect(try await li.get(scene.path(scene.wang)).status == 404)
      #expect(try await li.post(scene.path(scene.wang), ["stars": "1"]).status == 404)
      #expect(try await li.post(path, ["follow_up": "别人的"]).status == 404)
      #expect(try await li.get("/orders/\(scene.li.id)/lines/7/review").status == 404)
      #expect(try await li.get("/orders/\(scene.li.id)/lines/x/review").status == 404)
      #expect(try await market.browser(of: market.newcomer).get(scene.path(scene.wang)).status == 404)
    }
  }

  @Test(
    "Whose household sells the goods or leads the campaign is told that neighbours should praise them",
    arguments: TestEngine.available)
  func own(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let household = try await market.household(of: market.li)
      let brother = try await market.person("农场的兄弟", [.merchant], household: household)
      try await market.database.write(in: market.community) {
        try $0.insertMembers([(person: brother, merchant: scene.items[0].merchant)])
      }
      let li = try await market.browser(of: market.li)
      let page = try await li.get(scene.path(scene.li))
      #expect(page.status == 200 && page.text.contains("自己家不能评价") && !page.text.contains("name=\"stars\""))
      let sent = try await li.post(scene.path(scene.li), ["stars": "5"])
      #expect(sent.status == 409 && sent.text.contains("自己家不能评价"))
      let api = try await send(
        #"{"stars":5}"#, scene.path(scene.li), by: market.li, key: "own-goods-review-1", market)
      #expect(api.status == 409 && api.text.contains(#""code":"review.own""#))
      #expect(try await market.events("shop.review_written") == 0)
    }
  }

  // MARK: - Answering

  @Test(
    "Merchant and leader see what concerns them, without an answer first, and answer once",
    arguments: TestEngine.available)
  func answers(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let wang = try await market.browser(of: market.wang)
      _ = try await wang.get("/orders")
      _ = try await wang.post(scene.path(scene.wang), ["stars": "2", "text": "叶子黄了"])
      market.clock.advance(by: .minutes(5))
      _ = try await wang.post(scene.path(scene.wang, 1), ["stars": "5", "text": "很甜"])
      let reviews = try await market.database.read { snapshot in
        try [0, 1].compactMap { try ReviewStore.find($0, of: scene.wang.id, in: market.community, snapshot) }
      }
      let farmer = try await market.browser(of: scene.farmer)
      let desk = try await farmer.get("/desk/reviews").text
      #expect(desk.position("很甜") < desk.position("叶子黄了") && desk.contains("还没有回复的"))
      #expect(!desk.contains("王阿姨") && !desk.contains(scene.wang.id.description))
      let field = ReviewForm.answerField(reviews[1].review.id)
      let path = "/desk/reviews/\(reviews[1].review.id)/answer"
      #expect(try await farmer.post(path, [field: ""]).text.contains("请写几个字"))
      for _ in 0..<2 { #expect(try await farmer.post(path, [field: "谢谢王阿姨家常来"]).status == 303) }
      let refused = try await farmer.post(path, [field: "另一句"])
      #expect(refused.status == 409 && refused.text.contains("已经回复过了"))
      let after = try await farmer.get("/desk/reviews?done=1").text
      #expect(after.position("叶子黄了") < after.position("很甜") && after.contains("回复过的"))
      let leader = try await market.browser(of: market.leader)
      let led = try await leader.get("/desk/reviews").text
      #expect(led.contains("叶子黄了") && led.contains("商户回复"))
      #expect(try await leader.post(path, [field: "团长也说一句"]).status == 303)
      let shown = try await market.browser().get("/products/\(scene.items[1].product)").text
      #expect(shown.contains("商户回复") && shown.contains("团长回复") && shown.contains("团长也说一句"))
      #expect(try await market.events("shop.review_answered") == 2)
      let strangers: [(PersonID, Int)] = [
        (market.otherLeader, 404), (try await market.person("别家", [.merchant]), 404), (market.li, 403),
      ]
      for (person, status) in strangers {
        let browser = try await market.browser(of: person)
        _ = try await browser.get("/account")
        #expect(try await browser.post(path, [field: "不该能回"]).status == status)
        #expect(try await browser.get("/desk/reviews").text.contains("叶子黄了") == false)
      }
    }
  }

  // MARK: - Reading

  @Test("From three reviews on there is an average, on every page at once", arguments: TestEngine.available)
  func averages(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      for (person, order, stars) in [
        (market.wang, scene.wang, ["5", "4"]), (market.li, scene.li, ["4", "2"]),
      ] {
        let browser = try await market.browser(of: person)
        _ = try await browser.get("/orders")
        for (position, stars) in stars.enumerated() {
          #expect(try await browser.post(scene.path(order, position), ["stars": stars]).status == 303)
        }
      }
      let browser = market.browser()
      let merchant = "/merchants/\(scene.items[0].merchant)"
      #expect(try await browser.get("/products/\(scene.product)").text.contains("评价还只有 2 条"))
      let page = try await browser.get(merchant).text
      // 15 stars of four reviews: 3.75.
      #expect(page.contains("平均 3.8 星，共 4 条评价") && page.contains("\(merchant)/reviews"))
      let all = try await browser.get("\(merchant)/reviews").text
      #expect(all.contains("4 星，好：2 条，50%") && all.contains("3 星，一般：0 条，0%") && all.contains("评价是怎么来的"))
      let english = try await market.browser(language: "en").get("\(merchant)/reviews").text
      #expect(english.contains("3.8 stars on average") && english.contains("2 stars, not so good: 1, 25%"))
      for path in [
        "/products/0000000000001/reviews", "/merchants/0000000000001/reviews", "/products/x/reviews",
      ] {
        #expect(try await browser.get(path).status == 404)
      }
    }
  }

  @Test("A product's page keeps its reviews as they are drawn until one is written")
  func keeps() async throws {
    try await with(.sqlite) { scene in
      let market = scene.market
      let places = ["/campaigns/\(scene.campaign)/items/\(scene.items[0].id)", "/products/\(scene.product)"]
      let browser = market.browser()
      for place in places { #expect(try await browser.get(place).text.contains("还没有评价")) }
      // Behind the back of every cache: whoever reads again would see it.
      try await market.database.write(in: market.community) { transaction in
        try transaction.execute(
          """
          INSERT INTO shop_review (id, community_id, order_id, position, product_id, merchant_id, leader_id, stars,
            body, written_at)
          VALUES (1, \(market.community), \(scene.li.id), 0, \(scene.product), \(scene.items[0].merchant),
            \(market.leader), 5, '悄悄写的', 1)
          """)
      }
      for place in places { #expect(try await browser.get(place).text.contains("还没有评价")) }
      let wang = try await market.browser(of: market.wang)
      _ = try await wang.get("/orders")
      _ = try await wang.post(scene.path(scene.wang, 1), ["stars": "4"])
      for place in places { #expect(try await browser.get(place).text.contains("还没有评价"), "another product") }
      _ = try await wang.post(scene.path(scene.wang), ["stars": "4"])
      for place in places { #expect(try await browser.get(place).text.contains("悄悄写的")) }
    }
  }

  // MARK: - The API

  private func send(
    _ json: String, _ path: String, by person: PersonID, key: String?, _ market: Market
  ) async throws -> Browser.Answer {
    var fields = HTTPFields()
    if let name = HTTPField.Name("Idempotency-Key"), let key { fields[name] = key }
    return try await market.browser().send(
      .post, "/api/v1\(path)", json: json,
      bearer: try await market.bearer(of: person), headers: fields)
  }

  @Test("Programs write a review once for each key and read it page by page", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let path = scene.path(scene.wang)
      let body = #"{"stars":4,"text":"很嫩"}"#
      func wang(_ json: String, _ path: String, key: String?) async throws -> Browser.Answer {
        try await send(json, path, by: market.wang, key: key, market)
      }
      #expect(try await wang(body, path, key: nil).text.contains("idempotency.key"))
      let first = try await wang(body, path, key: "review-of-mrs-wang-1")
      #expect(first.status == 201 && first.text.contains(#""bought_in":"2026-11""#))
      let again = try await wang(body, path, key: "review-of-mrs-wang-1")
      #expect(again.status == 201 && again.bytes == first.bytes)
      let other = try await wang(#"{"stars":1}"#, path, key: "review-of-mrs-wang-1")
      #expect(other.status == 422 && other.text.contains("idempotency.mismatch"))
      let second = try await wang(#"{"stars":1}"#, path, key: "review-of-mrs-wang-2")
      #expect(second.status == 409 && second.text.contains("review.exists"))
      let unusable = [
        #"{"stars":6}"#, #"{"text":"x"}"#, #"{"stars":5,"text":"13800138000"}"#, #"{"stars":5,"x":1}"#,
      ]
      for json in unusable {
        let answer = try await wang(json, scene.path(scene.wang, 1), key: "wrong-review-of-wang")
        #expect(answer.status == 422 && answer.text.contains("form.invalid"), "\(json)")
      }
      func li(_ path: String, key: String) async throws -> Int {
        try await send(#"{"stars":5}"#, path, by: market.li, key: key, market).status
      }
      #expect(try await li(scene.path(scene.li), key: "review-of-mr-li-1") == 201)
      #expect(try await li(path, key: "review-of-mr-li-2") == 404)
      let list = "/api/v1/products/\(scene.product)/reviews"
      let page = try await market.browser().get("\(list)?limit=1")
      #expect(
        page.text.contains(#""summary":{"count":2,"average":null"#)
          && page.text.contains(#""stars":5,"text":"""#))
      guard case .string(let cursor)? = try JSON(page.bytes)["next_cursor"] else {
        Issue.record("there is no next page")
        return
      }
      let rest = try await market.browser().get("\(list)?limit=1&cursor=\(cursor)").text
      #expect(rest.contains("很嫩") && rest.contains(#""next_cursor":null"#))
      #expect(!rest.contains(scene.wang.id.description) && !rest.contains(market.wang.description))
      #expect(try await market.browser().get("\(list)?cursor=x").status == 422)
      #expect(try await market.browser().get("/api/v1/products/0000000000001/reviews").status == 404)
    }
  }
}

extension String {
  /// How many characters stand before a text; the length of all where it is missing.
  fileprivate func position(_ text: String) -> Int {
    firstRange(of: text).map { distance(from: startIndex, to: $0.lowerBound) } ?? count
  }
}
