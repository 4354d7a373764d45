import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("The storefront")
struct StorefrontTests {
  private func limited(_ units: Int64, limit: Int64? = nil) throws -> CampaignItemDraft {
    try CampaignItemDraft(price: .fen(500), stockKind: .limited, units: units, householdLimit: limit)
  }

  @Test(
    "The notice board tells of open, coming and past campaigns, and of no draft",
    arguments: TestEngine.available)
  func board(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let browser = market.browser()
      #expect(try await browser.get("/").text.contains("这会儿没有开着的团"))
      let open = try await market.campaign([limited(5)], market.draft(minimum: .households(3)))
      let draft = try await market.campaign([limited(5)], publish: false)
      let page = try await browser.get("/")
      #expect(page.status == 200)
      #expect(page.text.contains("/campaigns/\(open)"))
      #expect(!page.text.contains("/campaigns/\(draft)"))
      #expect(page.text.contains("今晚 22:00 截单"))
      #expect(page.text.contains("3号楼大堂"))
      #expect(page.text.contains("0 户已下单，满 3 户成团，还差 3 户"))
      market.clock.move(to: market.draft().cutOffAt)
      #expect(try await browser.get("/").text.contains("已截单，正在汇总"))
      let english = try await market.browser(language: "en").get("/")
      #expect(english.text.contains("Monday greens") && english.text.contains("Orders closed"))
    }
  }

  @Test("A shelf of 30 items has 24 on its first page and 6 on its second", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await Market.with(engine, products: 30) { market in
      let id = try await market.campaign(Array(repeating: limited(5), count: 30))
      let browser = market.browser()
      let first = try await browser.get("/campaigns/\(id)")
      #expect(first.text.components("class=\"product\"") == 24)
      #expect(first.text.components("name=\"form_token\"") == 2)
      #expect(first.text.contains("/campaigns/\(id)?after=24"))
      let second = try await browser.get("/campaigns/\(id)?after=24")
      #expect(second.text.components("class=\"product\"") == 6)
      #expect(try await browser.get("/campaigns/\(id)?after=nonsense").status == 200)
    }
  }

  @Test("What is left follows each order, and the words follow the clock", arguments: TestEngine.available)
  func staysTrue(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(3, limit: 2)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      let before = try await browser.get("/campaigns/\(id)").text
      #expect(before.contains("还剩 3 袋") && before.contains("每户限 2 袋"))
      _ = try await market.place(market.wang, id, [(item, 2)], key: "left-follows-order-1")
      #expect(try await browser.get("/campaigns/\(id)").text.contains("还剩 1 袋"))
      _ = try await market.place(market.li, id, [(item, 1)], key: "left-follows-order-2")
      let soldOut = try await browser.get("/campaigns/\(id)").text
      #expect(soldOut.contains("已售完") && !soldOut.contains("name=\"add\""))
      market.clock.move(to: market.draft().cutOffAt)
      let closed = try await browser.get("/campaigns/\(id)").text
      #expect(closed.contains("已截单") && !closed.contains("/basket/add"))
    }
  }

  @Test("A day later the same page says “today” of another day")
  func turnsOverAtMidnight() async throws {
    try await Market.with(.sqlite) { market in
      let id = try await market.campaign([limited(3)], market.draft(cutOffAt: Market.start + .hours(30)))
      let browser = market.browser()
      #expect(try await browser.get("/campaigns/\(id)").text.contains("明晚 22:00 截单"))
      market.clock.move(to: Market.start + .hours(8))
      #expect(try await browser.get("/campaigns/\(id)").text.contains("今晚 22:00 截单"))
    }
  }

  @Test("A page that is kept reads nothing from the database")
  func readsNothingWhenKept() async throws {
    try await Market.with(.sqlite) { market in
      let id = try await market.campaign([limited(3)])
      let browser = market.browser()
      let warm = [try await browser.get("/campaigns/\(id)"), try await browser.get("/")]
      // Changed behind the back of every cache: whoever reads again would see it.
      try await market.database.write(in: market.community) { transaction in
        try transaction.execute("UPDATE shop_product SET name_zh = '别的'")
        try transaction.execute("UPDATE shop_campaign SET title_zh = '别的'")
      }
      let again = [try await browser.get("/campaigns/\(id)"), try await browser.get("/")]
      #expect(again.map(\.status) == [200, 200])
      #expect(again.allSatisfy { !$0.text.contains("别的") })
      #expect(again.map(\.bytes.count) == warm.map(\.bytes.count))
      try await market.database.write(in: market.community) { CampaignChanges.touch(id, in: $0) }
      #expect(try await browser.get("/campaigns/\(id)").text.contains("别的"))
      #expect(try await browser.get("/").text.contains("别的"))
    }
  }

  @Test("Drafts, unknown and foreign campaigns and items are not there", arguments: TestEngine.available)
  func hides(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let draft = try await market.campaign([limited(5)], publish: false)
      let open = try await market.campaign([limited(5)])
      let item = try #require(try await market.items(draft).first?.item.id)
      let browser = market.browser()
      for path in [
        "/campaigns/\(draft)", "/campaigns/\(draft)/live", "/campaigns/0000000000001", "/campaigns/x",
        "/campaigns/\(open)/items/\(item)",
      ] { #expect(try await browser.get(path).status == 404) }
      for path in ["/api/v1/campaigns/\(draft)", "/api/v1/campaigns/0000000000001"] {
        #expect(try await browser.get(path).status == 404)
      }
    }
  }

  @Test(
    "A product's page tells origin, allergens and price, in both languages", arguments: TestEngine.available)
  func product(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(5)])
      let item = try #require(try await market.items(id).first?.item.id)
      let chinese = try await market.browser().get("/campaigns/\(id)/items/\(item)").text
      for words in ["青菜0号", "崇明", "大豆", "¥5.00", "江河农场", "当天现摘"] { #expect(chinese.contains(words)) }
      let english = try await market.browser(language: "en").get("/campaigns/\(id)/items/\(item)").text
      for words in ["Greens 0", "Chongming", "Soy", "River Farm"] { #expect(english.contains(words)) }
    }
  }

  @Test(
    "The search finds what can be ordered first, and the rest of the catalogue after",
    arguments: TestEngine.available)
  func search(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(5)])
      let item = try #require(try await market.items(id).first?.item.id)
      let found = try await market.browser().get("/search?q=%E9%9D%92%E8%8F%9C").text
      #expect(found.contains("/campaigns/\(id)/items/\(item)"))
      #expect(found.contains("这会儿没在团里") && found.contains("青菜5号"))
      market.clock.move(to: market.draft().cutOffAt)
      #expect(!(try await market.browser().get("/search?q=%E9%9D%92%E8%8F%9C").text.contains("现在就能订")))
      let nothing = try await market.browser().get("/search?q=%3Cscript%3E").text
      #expect(nothing.contains("没有找到") && !nothing.contains("<script>"))
    }
  }

  @Test("Live figures begin with all of them and go on with what changed", arguments: TestEngine.available)
  func live(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(3), limited(7)], market.draft(minimum: .households(2)))
      let items = try await market.items(id).map(\.item.id)
      let figures = LiveFigures(
        cache: StorefrontCache(market.database), campaign: id, community: market.community, after: 0,
        language: .chinese)
      var seen: [LiveEvent] = []
      for await event in figures.events() {
        seen.append(event)
        if seen.count == 3 {
          _ = try await market.place(market.wang, id, [(items[0], 2)], key: "live-figures-order-1")
        }
        if seen.count == 5 { break }
      }
      #expect(
        seen == [
          LiveEvent("left-\(items[0])", "还剩 3 袋"), LiveEvent("left-\(items[1])", "还剩 7 袋"),
          LiveEvent("progress", "0 户已下单，满 2 户成团，还差 2 户"), LiveEvent("left-\(items[0])", "还剩 1 袋"),
          LiveEvent("progress", "1 户已下单，满 2 户成团，还差 1 户"),
        ])
    }
  }

  @Test("The API lists campaigns and items by cursor, each once", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign(Array(repeating: limited(5), count: 5))
      _ = try await market.campaign([limited(5)], market.draft(cutOffAt: Market.start + .hours(1)))
      let browser = market.browser()
      let list = try JSON(try await browser.get("/api/v1/campaigns?limit=1").bytes)
      guard case .string(let cursor)? = list["next_cursor"] else {
        Issue.record("there is no next page")
        return
      }
      #expect(list["campaigns"]?.element(0)?["id"] == .string(id.description))
      let next = try JSON(try await browser.get("/api/v1/campaigns?limit=1&cursor=\(cursor)").bytes)
      #expect(next["next_cursor"] == .null)
      #expect(next["campaigns"]?.element(0)?["id"] != .string(id.description))
      var names: [JSON] = []
      var position = ""
      while true {
        let page = try JSON(try await browser.get("/api/v1/campaigns/\(id)?limit=2\(position)").bytes)
        guard case .array(let items)? = page["items"] else { break }
        names += items.compactMap { $0["id"] }
        guard case .string(let after)? = page["next_cursor"] else { break }
        position = "&cursor=\(after)"
      }
      #expect(names == (try await market.items(id)).map { .string($0.item.id.description) })
      for bad in ["?limit=0", "?limit=x", "?cursor=x", "?phase=late"] {
        #expect(try await browser.get("/api/v1/campaigns\(bad)").status == 422)
      }
    }
  }

  @Test("The storefront's queries use an index")
  func plans() async throws {
    try await Market.with(.sqlite) { market in
      let plans = try await market.database.read { snapshot in
        try CampaignStore.Filter.allCases.flatMap { filter in
          try snapshot.plan(
            CampaignStore.listQuery(
              filter, in: market.community,
              after: CampaignStore.Cursor(cutOffAt: snapshot.now, id: CampaignID(rawValue: 1)), limit: 5,
              now: snapshot.now))
        }
          + snapshot.plan(
            StorefrontStore.orderableQuery(
              market.offers.map(\.product), in: market.community, now: snapshot.now))
      }
      #expect(!plans.isEmpty)
      #expect(plans.filter { $0.hasPrefix("SCAN") } == [])
    }
  }
}

extension String {
  /// How often `part` occurs.
  func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}

extension JSON {
  func element(_ index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}
