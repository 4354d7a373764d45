import Kernel
import TestKit
import Testing
import Web

@testable import Shop

@Suite("The basket")
struct BasketTests {
  private func limited(_ units: Int64) throws -> CampaignItemDraft {
    try CampaignItemDraft(price: .fen(500), stockKind: .limited, units: units)
  }

  @Test(
    "Adding, changing and removing works by plain forms and keeps the place", arguments: TestEngine.available)
  func plainForms(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9), limited(9)])
      let items = try await market.items(id).map(\.item.id)
      let browser = try await market.browser(of: market.wang)
      #expect(try await browser.get("/basket").text.contains("菜篮还空着"))
      let shelf = try await browser.get("/campaigns/\(id)")
      #expect(shelf.hidden("back") == "/campaigns/\(id)")
      let added = try await browser.post(
        "/basket/add", ["add": "\(items[0])", "back": "/campaigns/\(id)?after=24"])
      #expect(added.location == "/campaigns/\(id)?after=24&added=\(items[0])#item-\(items[0])")
      _ = try await browser.post("/basket/add", ["add": "\(items[0])", "back": "/campaigns/\(id)"])
      _ = try await browser.post("/basket/add", ["add": "\(items[1])", "quantity": "4"])
      #expect(try await browser.get("/campaigns/\(id)?added=1").text.contains("已放进菜篮"))
      #expect(try await browser.get("/basket").text.contains("¥30.00"))
      let change = try await browser.post(
        "/basket/\(id)", ["quantity-\(items[0])": "1", "quantity-\(items[1])": "", "do": "update"])
      #expect(change.location == "/basket#campaign-\(id)")
      let page = try await browser.get("/basket").text
      #expect(page.contains("¥5.00") && !page.contains("quantity-\(items[1])"))
      let wrong = try await browser.post("/basket/\(id)", ["quantity-\(items[0])": "many", "do": "update"])
      #expect(wrong.status == 422 && wrong.text.contains("value=\"many\""))
      _ = try await browser.post("/basket/\(id)", ["remove": "\(items[0])"])
      #expect(try await browser.get("/basket").text.contains("菜篮还空着"))
    }
  }

  @Test("Who is not signed in signs in first and comes back to the shelf", arguments: TestEngine.available)
  func asksToSignIn(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      _ = try await browser.get("/campaigns/\(id)")
      let answer = try await browser.post("/basket/add", ["add": "\(item)", "back": "/campaigns/\(id)"])
      #expect(answer.location == "/sign-in?next=%2Fcampaigns%2F\(id)")
    }
  }

  @Test("Nobody sees or changes another's basket", arguments: TestEngine.available)
  func isOnesOwn(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let wang = try await market.browser(of: market.wang)
      _ = try await wang.get("/campaigns/\(id)")
      _ = try await wang.post("/basket/add", ["add": "\(item)"])
      let li = try await market.browser(of: market.li)
      #expect(try await li.get("/basket").text.contains("菜篮还空着"))
      _ = try await li.post("/basket/\(id)", ["remove": "\(item)"])
      #expect(try await wang.get("/basket").text.contains("¥5.00"))
    }
  }

  @Test(
    "What was not ordered in time is explained, and cleared away on request", arguments: TestEngine.available)
  func explainsWhatHasEnded(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.wang)
      _ = try await browser.get("/campaigns/\(id)")
      _ = try await browser.post("/basket/add", ["add": "\(item)"])
      market.clock.move(to: market.draft().cutOffAt)
      let page = try await browser.get("/basket").text
      #expect(page.contains("没来得及下单") && page.contains("青菜0号"))
      #expect(try await browser.post("/basket/add", ["add": "\(item)"]).status == 409)
      #expect(try await browser.get("/campaigns/\(id)/checkout").location == "/basket#campaign-\(id)")
      _ = try await browser.post("/basket/\(id)", ["do": "clear"])
      #expect(try await browser.get("/basket").text.contains("菜篮还空着"))
    }
  }
}
