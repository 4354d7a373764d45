import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Weighed goods by pages and by the API")
struct WeighInRoutesTests {
  /// A campaign of one item by weight and one by the piece, with an order of Mrs Wang's.
  private struct Scene {
    let market: Market
    let campaign: CampaignID
    let weighed: CampaignItemID
    let ordinary: CampaignItemID
  }

  private func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
    try await Market.with(engine) { market in
      let first = market.offers[0]
      try await market.database.write(in: market.community) { transaction in
        try transaction.execute(
          """
          UPDATE shop_variant SET weighed_basis = 'kilogram', typical_grams = 500, tolerance_percent = 10,
            label_code = '00042' WHERE id = \(first.variant)
          """)
        try transaction.execute(
          "UPDATE shop_merchant SET label_pattern = '22IIIIIWWWWWC' WHERE id = \(first.merchant)")
      }
      let id = try await market.campaign([], publish: false)
      let actor = try market.actor()
      try await market.database.write(in: market.community) { transaction in
        for (offer, price) in zip(market.offers, [Int64(1980), 500]) {
          try CampaignItemChanges.add(
            offer.variant, CampaignItemDraft(price: .fen(price), stockKind: .onDemand), to: id, by: actor,
            in: transaction)
        }
        try CampaignChanges.publish(id, .cashOnly, by: actor, in: transaction)
      }
      let items = try await market.items(id).map(\.item.id)
      try await body(Scene(market: market, campaign: id, weighed: items[0], ordinary: items[1]))
    }
  }

  @Test(
    "Shelf, basket and checkout say what it costs by weight, and that it is an estimate",
    arguments: TestEngine.available)
  func estimates(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let words = "一袋约 500 克，约 ¥9.90，称重后按实际算"
      let browser = try await scene.market.browser(of: scene.market.wang)
      let shelf = try await browser.get("/campaigns/\(scene.campaign)")
      #expect(shelf.text.contains("¥19.80") && shelf.text.contains("公斤") && shelf.text.contains(words))
      let item = try await browser.get("/campaigns/\(scene.campaign)/items/\(scene.weighed)")
      #expect(item.text.contains(words))
      _ = try await browser.post("/basket/add", ["add": "\(scene.weighed)", "quantity": "2"])
      let basket = try await browser.get("/basket")
      #expect(basket.text.contains(words) && basket.text.contains("约 ¥19.80"))
      let checkout = try await browser.get("/campaigns/\(scene.campaign)/checkout")
      #expect(checkout.text.contains("最多收 ¥21.78") && checkout.text.contains("称重后按实际重量收"))
      let key = try #require(checkout.hidden("idempotency_key"))
      let placed = try await browser.post(
        "/campaigns/\(scene.campaign)/checkout",
        ["quantity-\(scene.weighed)": "2", "idempotency_key": key, "do": "submit"])
      let order = try await browser.get(try #require(placed.location))
      #expect(
        order.text.contains("约 ¥19.80") && order.text.contains("最多 ¥21.78")
          && order.text.contains("¥19.80/公斤"))
      #expect(try await browser.get("/orders").text.contains("约 ¥19.80"))
      let id = try #require(try await scene.market.orders(scene.campaign).first?.id)
      let api = try await browser.get("/api/v1/orders/\(id)")
      #expect(
        api.text.contains(#""weighed_basis":"kilogram""#) && api.text.contains(#""most":{"amount":2178"#))
      #expect(!api.text.contains(#""grams""#))
      let items = try await browser.get("/api/v1/campaigns/\(scene.campaign)")
      #expect(
        items.text.contains(#""typical_grams":500"#) && items.text.contains(#""estimate":{"amount":990"#))
      let english = try await scene.market.browser(of: scene.market.wang, language: "en").get("/orders/\(id)")
      #expect(english.text.contains("¥19.80 per kg") && english.text.contains("about ¥19.80"))
    }
  }

  @Test(
    "The leader weighs by grams, kilograms and label; what is wrong stands at its line",
    arguments: TestEngine.available)
  func weighs(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let wang = try await market.place(
        market.wang, scene.campaign, [(scene.weighed, 2)], key: "weighed-order-wang")
      let li = try await market.place(
        market.li, scene.campaign, [(scene.weighed, 1), (scene.ordinary, 1)], key: "weighed-order-of-li")
      try await scene.market.arrive([(scene.weighed, 3), (scene.ordinary, 1)], for: scene.campaign)
      let browser = try await market.browser(of: market.leader)
      let desk = try await browser.get("/desk/campaigns/\(scene.campaign)")
      #expect(desk.text.contains("/desk/campaigns/\(scene.campaign)/weighing"))
      let path = "/desk/campaigns/\(scene.campaign)/weighing"
      #expect(try await browser.get(path).text.contains("称好 0 / 2 单"))
      let table = try await browser.get("/desk/campaigns/\(scene.campaign)/pickup")
      #expect(table.text.contains("有东西要先称重"))
      let form = try await browser.get("\(path)/\(scene.weighed)")
      #expect(form.text.contains("订单 001 · 2 袋") && !form.text.contains("王阿姨"))
      let wrong = try await browser.post(
        "\(path)/\(scene.weighed)", ["weight.\(wang.id)": "1030", "weight.\(li.id)": "五百"])
      #expect(wrong.status == 422 && wrong.text.contains("value=\"1030\"") && wrong.text.contains("重量不对"))
      #expect(try await market.orders(scene.campaign).allSatisfy(\.isEstimate))
      let label = try #require((0...9).map { "220004200600\($0)" }.first { TradeItemNumber($0) != nil })
      let done = try await browser.post(
        "\(path)/\(scene.weighed)", ["weight.\(wang.id)": "1.03", "weight.\(li.id)": label])
      #expect(done.status == 303)
      let orders = try await market.orders(scene.campaign)
      #expect(orders.map { $0.lines.compactMap { $0.weighed?.weight?.grams } } == [[1030], [600]])
      // ¥20.39, and at most ¥10.89 of ¥11.88 with ¥5.00.
      #expect(orders.map(\.total) == [.fen(2039), .fen(1089 + 500)])
      let list = try await browser.get(path)
      #expect(list.text.contains("称好 2 / 2 单") && list.text.contains("等邻居同意") && list.text.contains("订单 002"))
      #expect(try await browser.get("/desk/orders/\(li.id)/pickup").text.contains("等您同意"))
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "A campaign opened again keeps its price unless the goods are sold by another weight now",
    arguments: TestEngine.available)
  func clones(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let actor = try market.actor()
      func prices() async throws -> [Money] {
        let copy = try await market.database.write(in: market.community) {
          try CampaignChanges.clone(scene.campaign, lotterySeed: "a1b2", by: actor, in: $0)
        }
        return try await market.items(copy.id).map(\.item.price)
      }
      #expect(try await prices() == [.fen(1980), .fen(500)])
      try await market.database.write(in: market.community) {
        try $0.execute(
          "UPDATE shop_variant SET weighed_basis = 'jin', price = 950 WHERE id = \(market.offers[0].variant)")
      }
      #expect(try await prices() == [.fen(950), .fen(500)])
    }
  }

  @Test("The household agrees on its order's page, and nobody else does", arguments: TestEngine.available)
  func agrees(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let order = try await market.place(
        market.li, scene.campaign, [(scene.weighed, 1)], key: "weighed-order-of-li")
      try await scene.market.arrive([(scene.weighed, 1)], for: scene.campaign)
      let leader = try await market.browser(of: market.leader)
      let path = "/desk/campaigns/\(scene.campaign)/weighing/\(scene.weighed)"
      _ = try await leader.get(path)
      _ = try await leader.post(path, ["weight.\(order.id)": "600"])
      let agreement = "/orders/\(order.id)/lines/0/agreement"
      let wang = try await market.browser(of: market.wang)
      _ = try await wang.get("/orders")
      #expect(try await wang.post(agreement, ["amount": "1188"]).status == 404)
      let li = try await market.browser(of: market.li)
      let page = try await li.get("/orders/\(order.id)")
      #expect(page.text.contains("同意按 ¥11.88 付") && page.hidden("amount") == "1188")
      let stale = try await li.post(agreement, ["amount": "1200"])
      #expect(stale.status == 409 && stale.text.contains("重量刚刚改过") && stale.text.contains("同意按 ¥11.88 付"))
      for _ in 0..<2 { #expect(try await li.post(agreement, ["amount": "1188"]).status == 303) }
      let agreed = try #require(try await market.orders(scene.campaign).first)
      #expect(agreed.total == .fen(1188) && agreed.revision == 3)
      #expect(try await market.events("shop.weight_agreed") == 1)
      let after = try await li.get("/orders/\(order.id)")
      #expect(after.text.contains("您已同意") && !after.text.contains("同意按"))
      #expect(try await li.get("/api/v1/orders/\(order.id)").text.contains(#""agreed":{"amount":1188"#))
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "Whoever runs the campaign weighs all of it, a merchant its own, everyone else finds nothing",
    arguments: TestEngine.available)
  func access(_ engine: TestEngine) async throws {
    try await with(engine) { scene in
      let market = scene.market
      let order = try await market.place(
        market.wang, scene.campaign, [(scene.weighed, 1)], key: "weighed-order-wang")
      try await scene.market.arrive([(scene.weighed, 1)], for: scene.campaign)
      let other = MerchantID(rawValue: 77)
      try await market.database.write(in: market.community) { transaction in
        try transaction.insertMerchants([
          Merchant(
            id: other, community: market.community,
            details: .init(name: Phrase(same: "别家"), story: Phrase(same: ""), licence: "", phone: ""),
            createdAt: transaction.now)
        ])
      }
      let own = market.offers[0].merchant
      let people: [(PersonID, Int)] = [
        (market.leader, 200), (try await market.person("秤前的人", [.committee]), 200),
        (try await market.person("秤前的人", [.merchant], merchant: own), 200),
        (try await market.person("秤前的人", [.merchant], merchant: other), 404),
        (try await market.person("秤前的人", [.merchant]), 404), (market.otherLeader, 404),
        (try await market.person("秤前的人", [.leader], merchant: own), 404),
      ]
      let path = "/desk/campaigns/\(scene.campaign)/weighing"
      for (person, status) in people {
        let browser = try await market.browser(of: person, level: .secondFactor)
        #expect(try await browser.get(path).status == status)
        #expect(try await browser.get("\(path)/\(scene.weighed)").status == status)
        #expect(try await browser.get("\(path)/\(scene.ordinary)").status == 404)
        if status == 404 {
          _ = try await browser.get("/orders")
          #expect(
            try await browser.post("\(path)/\(scene.weighed)", ["weight.\(order.id)": "500"]).status == 404)
        }
      }
      let merchant = try await market.browser(of: people[2].0, level: .secondFactor)
      #expect(try await merchant.get("/supplier-lists/\(scene.campaign)").text.contains(path))
      _ = try await merchant.get("\(path)/\(scene.weighed)")
      #expect(
        try await merchant.post("\(path)/\(scene.weighed)", ["weight.\(order.id)": "510"]).status == 303)
      #expect(try await market.orders(scene.campaign).first?.total == .fen(1010))
      let roles: [String] = try await market.database.read {
        try $0.values("SELECT actor_role FROM platform_audit WHERE action = 'shop.weigh_in'")
      }
      #expect(roles == ["merchant"])
    }
  }
}
