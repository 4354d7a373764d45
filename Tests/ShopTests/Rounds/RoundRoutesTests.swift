import Database
import Foundation
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Rounds by pages and by the API")
struct RoundRoutesTests {
  private func count(_ query: Query, _ fixture: RoundFixture) async throws -> Int {
    try await fixture.database.read { try $0.value(query) ?? 0 }
  }

  @Test(
    "The courier sees name, door and bags, and nothing once the round is over",
    arguments: TestEngine.available)
  func courier(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, round) = (fixture.market, try await fixture.underWay())
      let path = "/rounds/\(round.id)"
      let courier = try await market.browser(of: fixture.courier)
      #expect(try await courier.get("/rounds").text.contains(path))
      let page = try await courier.get(path)
      #expect(page.status == 200)
      for part in ["王阿姨", "李叔", "3号楼 2单元 501", "1 袋", "请慢点敲门", "¥10.00"] {
        #expect(page.text.contains(part), "\(part)")
      }
      #expect(!page.text.contains("人怎么样") && !page.text.contains("青菜"))
      #expect(!page.text.contains("value=\"left_at_door\"") && !page.text.contains("value=\"neighbour\""))
      let viewed = try await count(
        "SELECT count(*) FROM platform_audit WHERE action = 'shop.round_view'", fixture)
      #expect(viewed == 1)
      #expect(try await market.browser(of: market.wang).get(path).status == 404)
      fixture.world.agree(market.wang)
      let asked = try await courier.get(path).text
      #expect(asked.components(separatedBy: "人怎么样").count == 2, "at one stop only")

      let stop = try fixture.stop(fixture.wang, round).id
      let given = try await courier.post(
        "\(path)/stops/\(stop)",
        ["idempotency_key": "form-key-of-mrs-wang", "kind": "given", "cash": "10.00"])
      #expect(given.status == 303)
      #expect(try await fixture.order(fixture.wang).fulfilment == .collected)
      #expect(try await courier.post("\(path)/end").status == 303)
      #expect(try await courier.get(path).status == 404)
      #expect(try await courier.get("/rounds").text.contains(path) == false)
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get("/desk/rounds/\(round.id)").text.contains("交给本人"))
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "What a telephone kept arrives by the page's own forms, and as often as it is sent",
    arguments: TestEngine.available)
  func kept(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, round) = (fixture.market, try await fixture.underWay())
      let path = "/rounds/\(round.id)"
      let courier = try await market.browser(of: fixture.courier)
      let copy = try #require(HTTPField.Name("Offline-Copy"))
      #expect(try await courier.get(path).headers[copy]?.hasSuffix(" 86400") == true)
      let json: HTTPFields = [.accept: "application/json"]
      let stop = try fixture.stop(fixture.wang, round).id
      func report(_ kind: String, _ key: String, at moment: String) async throws -> Browser.Answer {
        try await courier.post(
          "\(path)/stops/\(stop)",
          ["idempotency_key": key, "kind": kind, "cash": "10.00", "happened_at": moment], headers: json)
      }
      let refused = try await report("left_at_door", "kept-key-number-01", at: "2026-11-24T08:10:00Z")
      #expect(refused.status == 422 || refused.status == 409)
      #expect(refused.text.contains("round.door_not_allowed"))
      #expect(try await report("given", "kept-key-number-02", at: "yesterday").status == 422)
      let given = try await report("given", "kept-key-number-02", at: "2026-11-24T08:10:00.5Z")
      #expect(given.status == 200 && given.text.contains("\"recorded\""))
      let again = try await report("given", "kept-key-number-02", at: "2026-11-24T08:10:00.5Z")
      #expect(again.text.contains("\"repeated\"") && again.text.contains("\"under_way\""))
      let happened = try await fixture.database.read {
        try $0.values("SELECT happened_at FROM shop_stop_outcome", as: Timestamp.self)
      }
      #expect(happened == [Timestamp(rfc3339: "2026-11-24T08:10:00.5Z")])
      for _ in 1...2 {
        #expect(try await courier.post("\(path)/end", headers: json).location == "/rounds")
        #expect(try await courier.get(path).status == 404)
      }
      let late = try await report("not_answered", "kept-key-number-03", at: "2026-11-24T08:20:00Z")
      #expect(late.text.contains("\"ended\"") && late.text.contains("\"late\""))
      let stranger = try await market.browser(of: market.wang)
      _ = try await stranger.get("/delivery")
      #expect(try await stranger.post("\(path)/end").status == 404)
      let ends = try await count(
        "SELECT count(*) FROM platform_audit WHERE action = 'shop.round_end'", fixture)
      #expect(ends == 1)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("Reports by the API: each has its answer, late ones are kept", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, round) = (fixture.market, try await fixture.underWay())
      let path = "/api/v1/rounds/\(round.id)/outcomes"
      let bearer = try await market.bearer(of: fixture.courier)
      let (wang, li) = (
        try fixture.stop(fixture.wang, round).id, try fixture.stop(fixture.li, round).id
      )
      func entry(_ key: String, _ stop: RoundStopID, _ word: String) -> String {
        """
        {"key":"\(key)","stop":"\(stop)","happened_at":"2026-11-24T08:10:00Z",\(word)}
        """
      }
      let entries = [
        entry("api-key-number-0001", wang, #""kind":"given","cash":{"amount":1000,"currency":"CNY"}"#),
        entry("api-key-number-0001", wang, #""kind":"given","cash":{"amount":1000,"currency":"CNY"}"#),
        entry("api-key-number-0002", li, #""kind":"left_at_door""#),
        entry("api-key-number-0003", li, #""finding":"seen""#),
      ].joined(separator: ",")
      let browser = market.browser()
      let answer = try await browser.send(.post, path, json: "{\"outcomes\":[\(entries)]}", bearer: bearer)
      #expect(answer.status == 200)
      for part in [
        "\"round_state\":\"under_way\"", "\"recorded\"", "\"repeated\"", "round.door_not_allowed",
        "wellbeing.not_allowed",
      ] { #expect(answer.text.contains(part), "\(part) in \(answer.text)") }
      try await fixture.end(round)
      let late = try await browser.send(
        .post, path, json: "{\"outcomes\":[\(entry("api-key-number-0004", li, #""kind":"given""#))]}",
        bearer: bearer)
      #expect(late.text.contains("\"late\"") && late.text.contains("\"ended\""))
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get("/desk/rounds/\(round.id)").text.contains("收回以后才到的记录"))
      let stranger = try await browser.send(
        .post, path, json: "{\"outcomes\":[\(entry("api-key-number-0005", li, #""kind":"given""#))]}",
        bearer: try await market.bearer(of: market.wang))
      #expect(stranger.status == 404)
    }
  }

  @Test("A household says how it wants its bags; another address is refused", arguments: TestEngine.available)
  func wish(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine, wish: DeliveryWish()) { fixture in
      let market = fixture.market
      let wang = try await market.browser(of: market.wang, level: .card)
      #expect(try await wang.get("/delivery").status == 200)
      let saved = try await wang.post(
        "/delivery", ["mode": "always", "window": "evening", "note": "家里有狗", "may_leave_at_door": "on"])
      #expect(saved.location == "/delivery?saved=1")
      let page = try await wang.get("/delivery")
      #expect(page.text.contains("家里有狗"))
      let other = try await wang.post(
        "/delivery", ["mode": "always", "window": "any", "note": "", "address": "7号楼 1501"])
      #expect(other.status == 422)
      #expect(try await fixture.make().stops.map(\.household) == [fixture.wang.household])
      let notes = try await count(
        "SELECT count(*) FROM shop_delivery_wish WHERE note IS NOT NULL", fixture)
      #expect(notes == 1)

      let order = try await wang.get("/orders/\(fixture.wang.id)")
      #expect(order.text.contains("会送到您家门口"))
      #expect(try await wang.post("/orders/\(fixture.wang.id)/delivery", ["wished": "no"]).status == 303)
      #expect(try await wang.get("/orders/\(fixture.wang.id)").text.contains("请送到家"))
      #expect(try await wang.post("/orders/\(fixture.li.id)/delivery", ["wished": "yes"]).status == 404)
    }
  }

  @Test("A neighbour takes the bags only after their own yes", arguments: TestEngine.available)
  func neighbour(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let market = fixture.market
      let (wang, li) = (try await market.browser(of: market.wang), try await market.browser(of: market.li))
      _ = try await wang.get("/delivery")
      #expect(
        try await wang.post("/delivery/neighbour", ["building": "3", "unit": "2", "room": "999"]).status
          == 422)
      #expect(
        try await wang.post("/delivery/neighbour", ["building": "3号楼", "unit": "2", "room": "502"]).status
          == 303)
      #expect(try await wang.get("/delivery").text.contains("等他们点头"))
      let asked = try await li.get("/delivery")
      #expect(asked.text.contains("3号楼 2单元 501"))
      let household = fixture.wang.household.description
      #expect(
        try await li.post("/delivery/neighbour/answer", ["household": household, "answer": "yes"]).status
          == 303)
      #expect(try await wang.get("/delivery").text.contains("已经答应"))
      let round = try await fixture.underWay()
      #expect(try fixture.stop(fixture.wang, round).terms.neighbour?.person == market.li)
      _ = try await li.post("/delivery/neighbour/answer", ["household": household, "answer": "no"])
      #expect(try await wang.get("/delivery").text.contains("请他们帮忙"))
    }
  }

  @Test(
    "On the household's word by those who run the campaign, written down for whom",
    arguments: TestEngine.available)
  func onBehalf(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine, wish: DeliveryWish()) { fixture in
      let market = fixture.market
      let path = "/desk/orders/\(fixture.li.id)/delivery"
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get(path).status == 200)
      #expect(try await leader.post(path, ["wished": "yes"]).status == 303)
      #expect(try await leader.post(path, ["mode": "asked", "window": "any", "note": "按两下门铃"]).status == 303)
      #expect(try await leader.get(path).text.contains("按两下门铃"))
      let audited = try await count(
        """
        SELECT count(*) FROM platform_audit WHERE action IN ('shop.delivery_of_order', 'shop.delivery_wish')
          AND on_behalf_of_id = \(market.li) AND actor_id = \(market.leader)
        """, fixture)
      #expect(audited == 2)
      let other = try await market.browser(of: market.otherLeader)
      #expect(try await other.get(path).status == 404)
      let overview = try await leader.get("/desk/campaigns/\(fixture.campaign)/rounds")
      #expect(overview.text.contains("有 1 单可以送了"))
      let made = try await leader.post("/desk/campaigns/\(fixture.campaign)/rounds")
      #expect(made.location?.hasPrefix("/desk/rounds/") == true)
    }
  }

  @Test(
    "Every statement prepares on both databases, and none reads a whole table",
    arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let here = fixture.community
      try await fixture.database.read { snapshot in
        for invariant in RoundInvariants.invariants { _ = try snapshot.plan(invariant.query) }
        let hot: [Query] = [
          "SELECT id FROM shop_round WHERE community_id = \(here) AND courier_id = 1 AND state = 'under_way'",
          "SELECT 1 FROM shop_round_order AS carried JOIN shop_round AS round ON round.id = carried.round_id WHERE carried.order_id = 1 AND carried.is_open = 1 AND round.state = 'under_way'",
          "SELECT id FROM shop_stop_outcome WHERE community_id = \(here) AND reported_by_id = 1 AND client_key = 'k'",
          "SELECT id FROM shop_wellbeing_concern WHERE community_id = \(here) AND person_id = 1 AND state <> 'closed'",
        ]
        for query in hot {
          let plan = try snapshot.plan(query)
          if case .sqlite = engine { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)") }
        }
      }
    }
  }
}
