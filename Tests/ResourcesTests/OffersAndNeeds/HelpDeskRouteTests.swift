import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Offers and needs: the station’s desk")
struct HelpDeskRouteTests {
  private static func key(_ name: String) -> String { "help-desk-route-key-\(name)" }

  @Test("A worker posts and answers for somebody without a telephone", arguments: TestEngine.available)
  func onBehalf(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get("/help-desk/new").text.contains("field-room"))
      let nobody: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("1"), "kind": "need", "category": "errands", "text": "帮忙取药",
      ]
      let wrong = try await desk.post("/help-desk", nobody)
      #expect(wrong.status == 422 && wrong.text.contains("field-phone-error"))
      let door: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("2"), "kind": "need", "category": "errands", "text": "帮忙取药",
        "building": "5", "unit": "1", "room": "301",
      ]
      let several = try await desk.post("/help-desk", door)
      #expect(several.status == 422 && several.text.contains(PostingFixture.offererName), "two live there")
      let one: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("3"), "kind": "need", "category": "errands", "text": "帮忙取药",
        "building": "3", "unit": "2", "room": "501",
      ]
      let made = try await desk.post("/help-desk", one)
      let again = try await desk.post("/help-desk", one)
      #expect(made.status == 303 && made.location == again.location)
      let noted = try await fixture.count(
        """
        SELECT count(*) FROM platform_audit
        WHERE action = 'resources.post' AND on_behalf_of_id = \(fixture.needer)
          AND actor_id = \(fixture.worker)
        """)
      #expect(noted == 1)
      try await answer(made, desk, fixture)
    }
  }

  private func answer(_ made: Browser.Answer, _ desk: Browser, _ fixture: PostingFixture) async throws {
    let offer = try await fixture.offer()
    let posting = String(try #require(made.location).prefix { $0 != "?" })
    let proposed = try await desk.post(
      "\(posting)/matches", ["idempotency_key": Self.key("4"), "other": "offer-\(offer)"])
    let path = try #require(proposed.location)
    #expect(path.hasPrefix("/help-desk/matches/"))
    let list = try await desk.get("/help-desk").text
    #expect(list.contains(path) && list.contains(Match.State.proposed.name.chinese))
    for (side, seen) in [("need", "0"), ("give", "1")] {
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("agree-\(side)"), "side": side, "seen": seen,
      ]
      #expect(try await desk.post("\(path)/agree", fields).status == 303, "\(side)")
    }
    let view = try await desk.get(path).text
    #expect(view.ranges(of: "没有电话").count == 1, "of one of the two")
    let ways = try await fixture.count(
      "SELECT count(*) FROM resources_match_step WHERE way = 'worker' AND side = 'need'")
    #expect(ways == 2)
    let message: KeyValuePairs<String, String> = [
      "idempotency_key": Self.key("message"), "side": "need", "seen": "2", "text": "她说三点在家",
    ]
    #expect(try await desk.post("\(path)/message", message).status == 303)
    let resident = String(path.dropFirst("/help-desk".count))
    let offerer = try await fixture.browser(of: fixture.offerer).get(resident).text
    #expect(offerer.contains("她说三点在家") && offerer.contains("服务站代写"))
    #expect(try await desk.post("\(path)/phone", message).status == 404, "no door for that")
    #expect(try await fixture.breaches() == [])
  }

  @Test("The desk is the station’s, at every door of it", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let need = try await fixture.need()
      let id = try await fixture.propose(need, try await fixture.offer())
      let neighbour = try await fixture.browser(of: fixture.needer)
      _ = try await neighbour.get("/neighbour-help/new")
      let pages = [
        "/help-desk", "/help-desk/new", "/help-desk/\(need)", "/help-desk/\(need)/matches",
        "/help-desk/matches/\(id)", "/time-credit-desk",
      ]
      let desk = try await fixture.browser(of: fixture.worker)
      for path in pages {
        #expect(try await neighbour.get(path).status == 403, "\(path)")
        #expect(try await desk.get(path).status == 200, "\(path)")
      }
      let steps = ["agree", "decline", "begin", "done", "failed", "message", "feedback"]
      let doors =
        ["/help-desk", "/help-desk/\(need)/withdraw", "/help-desk/\(need)/matches", "/time-credit-desk"]
        + steps.map { "/help-desk/matches/\(id)/\($0)" }
      for path in doors {
        let fields: KeyValuePairs<String, String> = [
          "idempotency_key": Self.key("rights"), "side": "need", "seen": "0",
        ]
        #expect(try await neighbour.post(path, fields).status == 403, "\(path)")
      }
      #expect(try await fixture.match(id).state == .proposed)
      // What the two write is theirs: the station reads it where it answered for one of them.
      let other = try await fixture.agreed()
      let cipher = try await fixture.help.ground.cipher(fixture.community)
      let acting = fixture.acting(.need)
      try await fixture.write {
        try fixture.help.matches.write("悄悄话一句", in: other, sealing: cipher, by: acting, in: $0)
      }
      #expect(try await !desk.get("/help-desk/matches/\(other)").text.contains("悄悄话一句"))
    }
  }

  @Test("Limits of hours are the station’s; gifts have no balance", arguments: TestEngine.available)
  func credits(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let needer = try await fixture.browser(of: fixture.needer)
      let gift = try await fixture.agreed()
      try await fixture.step(gift, .done, .need, seen: 2)
      let none = try await needer.get("/time-credits").text
      #expect(none.contains("您还没有记过时间") && !none.contains("0 小时</strong>"))
      #expect(none.contains("10 小时") && none.contains("20 小时"), "the limits are explained")
      let counted = try await fixture.agreed(.credit)
      try await fixture.step(counted, .done, .need, seen: 2)
      let page = try await needer.get("/time-credits").text
      #expect(page.contains("−1 小时") && page.contains(Match.path(counted)))
      let desk = try await fixture.browser(of: fixture.worker)
      _ = try await desk.get("/time-credit-desk")
      let narrow: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("c1"), "owed": "30", "kept": "600", "seen": "0",
      ]
      #expect(try await desk.post("/time-credit-desk", narrow).status == 409)
      let wide: KeyValuePairs<String, String> = [
        "idempotency_key": Self.key("c2"), "owed": "120", "kept": "600", "seen": "0",
      ]
      #expect(try await desk.post("/time-credit-desk", wide).status == 303)
      #expect(try await desk.post("/time-credit-desk", wide).status == 303, "sent twice")
      #expect(try await needer.get("/time-credits").text.contains("2 小时"))
    }
  }
}
