import Database
import HTTPTypes
import Kernel
import Messages
import TestKit
import Testing
import Web

@testable import Care
@testable import People

@Suite("Care: gifts of those who are worked with")
struct CareGiftTests {
  private static let wish: KeyValuePairs<String, String> = [
    "gift_name": "包饺子", "gift_words": "会几种馅", "gift_times": "周末",
  ]

  @Test("At a visit: handed on with the yes, never without", arguments: TestEngine.available)
  func visit(_ engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let basket = GiftBasket()
      try await station.askForGifts()
      try await station.consent()
      let path = "/cases/\(try await station.openCase())"
      let xu = try await station.giftBrowser(of: station.xu, basket.proposals)
      #expect(try await xu.get(path).text.contains("\(path)/gift"))
      try await Self.go(through: "\(path)/gift", xu, basket, station)
      // Nothing of the case goes along.
      for gift in basket.gifts {
        #expect(gift.source == .visit && gift.sourceID == nil)
        #expect(!gift.words.contains("一个人住"))
      }
      let zheng = try await station.giftBrowser(of: station.zheng, basket.proposals)
      #expect(try await zheng.get("\(path)/gift").status == 403)
      let lin = try await station.giftBrowser(of: station.lin, basket.proposals)
      #expect(try await lin.get("\(path)/gift").status == 404)
      #expect(try await lin.post("\(path)/gift", ["gift_name": "包饺子"]).status == 404)
    }
  }

  @Test("After a meeting of a group: the same", arguments: TestEngine.available)
  func group(_ engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let basket = GiftBasket()
      try await station.askForGifts()
      let id = try await station.openGroup()
      let member = try await station.join(station.wang, id)
      let page = "/groups/\(id)/members/\(member)"
      let xu = try await station.giftBrowser(of: station.xu, basket.proposals)
      #expect(try await xu.get(page).text.contains("\(page)/gift"))
      try await Self.go(through: "\(page)/gift", xu, basket, station)
      for gift in basket.gifts { #expect(gift.source == .groupWork && gift.sourceID == nil) }
      let lin = try await station.giftBrowser(of: station.lin, basket.proposals)
      #expect(try await lin.get("\(page)/gift").status == 404)
    }
  }

  @Test("Where nobody keeps a map, nobody is asked", arguments: TestEngine.available)
  func nobody(_ engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      try await station.askForGifts()
      try await station.consent()
      let path = "/cases/\(try await station.openCase())"
      let xu = try await station.giftBrowser(of: station.xu, .none)
      #expect(try await !xu.get(path).text.contains("\(path)/gift"))
      #expect(try await xu.get("\(path)/gift").status == 404)
    }
  }

  /// Asks in the three ways in which it can go: without an answer, with a no, with a yes; then again, when nothing is asked.
  private static func go(
    through path: String, _ browser: Browser, _ basket: GiftBasket, _ station: CareStation
  ) async throws {
    let evidence: [(String, String)] = [
      ("span", "year"), ("given_by", "self"), ("giver", ""), ("method", "spoken_with_witness"),
      ("witness", station.committee.description), ("place", "home"),
    ]
    let asked = try await browser.get(path)
    #expect(asked.status == 200 && asked.text.contains("gift_name"))
    let silent = try await send(browser, path, wish.map { $0 })
    #expect(silent.status == 409, "nobody was asked")
    let refused = try await send(browser, path, evidence + [("answer", "refused")])
    #expect(refused.status == 303, "\(refused.text)")
    #expect(basket.gifts.isEmpty)
    let agreed = try await send(browser, path, wish.map { $0 } + evidence + [("answer", "given")])
    #expect(agreed.status == 303, "\(agreed.text)")
    #expect(basket.gifts.map(\.name.chinese) == ["包饺子"])
    let again = try await send(browser, path, [("gift_name", "补衣服")])
    #expect(again.status == 303, "the yes still holds")
    let names = basket.gifts.map(\.name.chinese)
    #expect(names == ["包饺子", "补衣服"])
    let first = try #require(basket.gifts.first)
    #expect(first.holder == .person(station.wang) && first.words == "会几种馅" && first.times == "周末")
  }

  private static func send(
    _ browser: Browser, _ path: String, _ fields: [(String, String)]
  ) async throws -> Browser.Answer {
    let shown = try await browser.get(path)
    var pairs = fields
    pairs.append(("idempotency_key", shown.hidden("idempotency_key") ?? "abcdefabcdef0000"))
    pairs.append(("form_token", shown.hidden("form_token") ?? ""))
    let body = pairs.map { "\(URLEncodedText.encode($0))=\(URLEncodedText.encode($1))" }
      .joined(separator: "&")
    return try await browser.send(
      .post, path,
      headers: [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://\(CareStation.host)",
      ], body: Array(body.utf8))
  }
}

extension CareStation {
  /// From now on the community asks whether neighbours may see what somebody offers.
  func askForGifts() async throws {
    try await database.write(in: community) { try Consents.addNotices([NoticeTexts.gifts], in: $0) }
  }

  /// A browser before the doors of Care that hand gifts on.
  func giftBrowser(of person: PersonID, _ gifts: GiftProposals) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    Care(
      database: database, directory: people.directory, vault: vault, messenger: messages.messenger,
      gifts: gifts
    ).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Care.navigation,
      community: { people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: Self.host, acceptLanguage: "zh", address: "203.0.113.9")
    browser.setCookie(
      "sid", try await people.openSession(of: person, level: .secondFactor, in: community).token.text)
    return browser
  }
}
