import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Merchants: on the map of what the neighbourhood has")
struct MerchantMapTests {
  @Test("A new merchant is handed on with its tick, and not without", arguments: TestEngine.available)
  func tick(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let basket = GiftBasket()
      let browser = try await Self.desk(market, basket.proposals)
      let form = try await browser.get("/desk/merchants/new")
      #expect(form.text.contains("name=\"on_map\""))
      let silent = try await browser.post("/desk/merchants", ["name_zh": "东街面馆"])
      #expect(silent.status == 303)
      #expect(basket.gifts.isEmpty)
      let wanted = try await browser.post(
        "/desk/merchants", ["name_zh": "老李修鞋", "story_zh": "三十年了", "phone": "139 1", "on_map": "on"])
      #expect(wanted.status == 303)
      let merchants = try await market.database.read { try $0.merchants(in: market.community) }
      let shoes = try #require(merchants.first { $0.name.chinese == "老李修鞋" })
      let gift = try #require(basket.gifts.first)
      #expect(basket.gifts.count == 1)
      #expect(gift.holder == .merchant(shoes.id) && gift.sourceID == shoes.id.rawValue)
      #expect(gift.source == .merchantSignUp && gift.kind == .exchange)
      #expect(gift.name.chinese == "老李修鞋" && gift.words == "三十年了")
    }
  }

  @Test("Where nobody keeps a map, nobody is asked", arguments: TestEngine.available)
  func nobody(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let browser = try await Self.desk(market, .none)
      let form = try await browser.get("/desk/merchants/new")
      #expect(form.status == 200 && !form.text.contains("on_map"))
      let sent = try await browser.post("/desk/merchants", ["name_zh": "东街面馆", "on_map": "on"])
      #expect(sent.status == 303)
    }
  }

  /// A browser of somebody of the committee.
  private static func desk(_ market: Market, _ gifts: GiftProposals) async throws -> Browser {
    var draft = try PersonDraft(displayName: "顾主任", household: nil, phone: nil)
    draft.roles = [.committee]
    let persons = try await market.people.createPersons([draft], in: market.community)
    var routes = Routes()
    market.people.routes(&routes)
    MerchantDesk(market.database, directory: market.people.directory, hints: .none, gifts: gifts)
      .register(on: &routes)
    let browser = Browser(
      routes.responder(site: market.site), host: Market.host, acceptLanguage: "zh", address: "203.0.113.9")
    let session = try await market.people.openSession(
      of: persons[0], level: .secondFactor, in: market.community)
    browser.setCookie("sid", session.token.text)
    return browser
  }
}
