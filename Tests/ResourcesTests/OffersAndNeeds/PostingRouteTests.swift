import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Offers and needs: the doors")
struct PostingRouteTests {
  private static func key(_ name: String) -> String { "posting-route-key-\(name)" }

  private static func need(_ name: String, _ text: String = "陪我去医院") -> KeyValuePairs<String, String> {
    ["idempotency_key": key(name), "kind": "need", "category": "errands", "text": text]
  }

  @Test(
    "What is sent twice is posted once, and what is wrong is shown again", arguments: TestEngine.available)
  func post(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let browser = try await fixture.browser(of: fixture.needer)
      let form = try await browser.get("/neighbour-help/new").text
      for category in ResourceCategory.allCases {
        #expect(form.contains("value=\"\(category.rawValue)\""), "\(category)")
      }
      #expect(form.contains("枫林助老会"), "for whom somebody acts")
      let wrong = try await browser.post(
        "/neighbour-help", ["idempotency_key": Self.key("1"), "kind": "need", "text": "只有几句"])
      #expect(wrong.status == 422 && wrong.text.contains("只有几句"))
      #expect(wrong.text.contains("field-category-error"))
      let number = try await browser.post("/neighbour-help", Self.need("2", "打 138 0013 8001"))
      #expect(number.status == 422 && number.text.contains("field-text-error"))
      let made = try await browser.post("/neighbour-help", Self.need("3"))
      let again = try await browser.post("/neighbour-help", Self.need("3"))
      #expect(made.status == 303 && made.location == again.location)
      #expect(try await fixture.count("SELECT count(*) FROM resources_posting") == 1)
      let group: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("4"), "kind": "need", "category": "hands", "text": "要两个人手",
        "party": fixture.group.formValue, "units": "2", "measure": "人", "radius": "500",
      ]
      let forGroup = try await browser.post("/neighbour-help", group)
      #expect(forGroup.status == 303)
      #expect(try await browser.get("/neighbour-help").text.contains("枫林助老会"))
      let stranger = try await fixture.browser(of: fixture.stranger)
      _ = try await stranger.get("/neighbour-help/new")
      let foreign: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("5"), "kind": "need", "category": "hands", "text": "不是我的",
        "party": fixture.group.formValue,
      ]
      #expect(try await stranger.post("/neighbour-help", foreign).status == 403)
    }
  }

  @Test("Each takes back their own, once it is what they saw", arguments: TestEngine.available)
  func withdraw(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let path = "/neighbour-help/\(try await fixture.need())/withdraw"
      let stranger = try await fixture.browser(of: fixture.stranger)
      _ = try await stranger.get("/neighbour-help/new")
      let seen: KeyValuePairs<String, String> = ["idempotency_key": Self.key("w1"), "seen": "0"]
      #expect(try await stranger.post(path, seen).status == 404)
      let own = try await fixture.browser(of: fixture.needer)
      _ = try await own.get("/neighbour-help/new")
      let stale: KeyValuePairs<String, String> = ["idempotency_key": Self.key("w2"), "seen": "7"]
      #expect(try await own.post(path, stale).status == 409)
      #expect(try await own.post(path, seen).status == 303)
      #expect(try await own.post(path, seen).status == 303, "sent twice")
    }
  }

  @Test("From the first look to the last word by way of pages alone", arguments: TestEngine.available)
  func match(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let (need, offer) = (try await fixture.need(), try await fixture.offer())
      let (needer, offerer) = (
        try await fixture.browser(of: fixture.needer), try await fixture.browser(of: fixture.offerer)
      )
      let page = try await needer.get("/neighbour-help/\(need)/matches").text
      #expect(page.contains("offer-\(offer)"))
      let proposed = try await needer.post(
        "/neighbour-help/\(need)/matches", ["idempotency_key": Self.key("m1"), "other": "offer-\(offer)"])
      let path = try #require(proposed.location)
      #expect(path.hasPrefix("/matches/"))
      _ = try await offerer.get(path)
      try await Self.refused(path, ["phone", "message", "feedback", "begin", "done", "failed"], offerer)
      #expect(try await Self.send("agree", path, "give", "0", offerer) == 303)
      #expect(try await Self.send("agree", path, "give", "1", needer) == 404, "not that side")
      try await Self.refused(path, ["phone", "message"], offerer)
      let early = try await needer.get(path).text
      #expect(!early.contains(PostingFixture.offererName) && !PostingFixture.showsNumber(early))
      #expect(try await Self.send("agree", path, "need", "1", needer) == 303)
      #expect(try await Self.send("begin", path, "give", "2", offerer) == 303)
      #expect(try await Self.send("phone", path, "give", "2", offerer) == 303)
      let shown = try await needer.get(path).text
      #expect(shown.contains(PostingFixture.offererName) && PostingFixture.showsNumber(shown))
      #expect(try await Self.send("message", path, "need", "3", needer) == 303)
      #expect(try await offerer.get(path).text.contains("谢谢您"))
      #expect(try await Self.send("done", path, "need", "3", needer) == 303)
      #expect(try await Self.send("feedback", path, "need", "4", needer) == 303)
      let last = try await offerer.get(path).text
      #expect(last.contains("谢谢您") && last.contains(MatchFeedback.Rating.good.name.chinese))
      #expect(try await fixture.breaches() == [])
    }
  }

  private static func send(
    _ step: String, _ path: String, _ side: String, _ seen: String, _ browser: Browser
  ) async throws -> Int {
    let fields: KeyValuePairs<String, String> = [
      "idempotency_key": key("\(step)-\(side)-\(seen)"), "side": side, "seen": seen, "text": "谢谢您",
      "share_phone": "on", "rating": "good", "reason": "no_time",
    ]
    return try await browser.post("\(path)/\(step)", fields).status
  }

  private static func refused(_ path: String, _ steps: [String], _ browser: Browser) async throws {
    for step in steps {
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": key("early-\(step)"), "side": "give", "seen": "0", "text": "早了一点",
        "share_phone": "on", "rating": "good", "reason": "no_time",
      ]
      #expect(try await browser.post("\(path)/\(step)", fields).status == 409, "\(step)")
    }
  }

  @Test(
    "What did not work out is said with a reason, and counted for the station",
    arguments: TestEngine.available)
  func failing(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let path = Match.path(try await fixture.agreed())
      let needer = try await fixture.browser(of: fixture.needer)
      _ = try await needer.get(path)
      let silent: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("f1"), "side": "need", "seen": "2", "text": "等了一上午",
      ]
      let wrong = try await needer.post("\(path)/failed", silent)
      #expect(wrong.status == 422 && wrong.text.contains("field-failed-need-reason-error"))
      #expect(wrong.text.contains("等了一上午"), "nothing typed is lost")
      let said: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("f2"), "side": "need", "seen": "2", "reason": "nobody_came",
        "text": "等了一上午",
      ]
      #expect(try await needer.post("\(path)/failed", said).status == 303)
      for person in [fixture.needer, fixture.offerer] {
        let page = try await fixture.browser(of: person).get(path).text
        #expect(page.contains(MatchFailure.nobodyCame.name.chinese) && page.contains("等了一上午"))
      }
      let desk = try await fixture.browser(of: fixture.worker).get("/help-desk").text
      #expect(desk.contains("\(MatchFailure.nobodyCame.name.chinese) 1") && !desk.contains("等了一上午"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("From an entry of the map to a need that asks for it first", arguments: TestEngine.available)
  func asset(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let asset = try await fixture.asset()
      var better = PostingFixture.terms("也能运")
      better.category = .transport
      _ = try await fixture.post(.offer, better, of: fixture.offerer)
      let browser = try await fixture.browser(of: fixture.needer)
      let form = try await browser.get("/needs/new?asset=\(asset)")
      #expect(form.status == 200 && form.text.contains("送货小车"))
      #expect(form.hidden("asset") == asset.description && form.hidden("category") == "transport")
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("a1"), "kind": "need", "category": "transport", "text": "搬一袋米",
        "asset": asset.description,
      ]
      let made = try await browser.post("/neighbour-help", fields)
      let path = try #require(made.location)
      #expect(path.contains("/matches"))
      let page = try await browser.get(path)
      #expect(page.hidden("other") == "asset-\(asset)", "what was asked for stands first")
      let (own, other) = (
        try await fixture.browser(of: fixture.offerer), try await fixture.browser(of: fixture.stranger)
      )
      let held = try await own.get("/neighbour-help/new").text
      #expect(held.contains("field-asset") && held.contains("送货小车"), "of what is one’s own")
      let stolen: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("a2"), "kind": "offer", "category": "transport", "text": "别人的车",
        "asset": asset.description,
      ]
      _ = try await other.get("/neighbour-help/new")
      #expect(try await other.post("/neighbour-help", stolen).status == 422)
      #expect(try await other.get("/needs/new?asset=\(asset)").text.contains("送货小车"))
      try await fixture.endAsset(asset)
      #expect(try await !other.get("/needs/new?asset=\(asset)").text.contains("送货小车"))
    }
  }
}
