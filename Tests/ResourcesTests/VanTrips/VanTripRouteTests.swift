import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Van trips: the pages")
struct VanTripRouteTests {
  private func key(_ number: Int) -> String { "van-trip-key-\(number)-0123456789" }

  private func onlyTrip(_ fixture: VanTripFixture) async throws -> VanTripID {
    let found = try await fixture.database.read {
      try $0.value("SELECT id FROM resources_van_trip", as: VanTripID.self)
    }
    return try #require(found)
  }

  private func onlyPart(_ fixture: VanTripFixture) async throws -> VanPartID {
    let found = try await fixture.database.read {
      try $0.value("SELECT id FROM resources_van_part", as: VanPartID.self)
    }
    return try #require(found)
  }

  private func trip(party: String, key: String) -> KeyValuePairs<String, String> {
    [
      "idempotency_key": key, "party": party, "from": "3号楼门口", "to": "农贸批发市场",
      "leaves_at": "2026-11-25T08:00", "way": "return", "vehicle": "白色面包车", "crates": "5",
      "kilograms": "100", "price": "分摊油费", "answers": "driver",
    ]
  }

  @Test("A shop plans, a neighbour asks, the driver says yes and prints", arguments: TestEngine.available)
  func shared(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let driver = try await fixture.browser(of: fixture.seller)
      let joiner = try await fixture.browser(of: fixture.neighbours[0])
      _ = try await driver.get("/van-trips/new")
      let shop = "merchant-\(VanTripFixture.shop.rawValue)"
      #expect(try await driver.post("/van-trips", trip(party: shop, key: key(1))).status == 303)
      let path = VanTrip.path(try await onlyTrip(fixture))
      let list = try await joiner.get("/van-trips").text
      #expect(list.contains("老王水果") && list.contains("5 筐"))
      #expect(try await joiner.get(path).status == 200)
      let wrong = try await joiner.post(
        "\(path)/parts", ["idempotency_key": key(2), "crates": "0", "kilograms": "10"])
      #expect(wrong.status == 422 && wrong.text.contains("field-ask-crates-error"))
      let asked = try await joiner.post(
        "\(path)/parts",
        [
          "idempotency_key": key(3), "crates": "2", "kilograms": "30", "what": "两筐苹果",
          "load_at": "南门岗亭",
        ])
      #expect(asked.status == 303)
      let part = try await onlyPart(fixture)
      let seen = try await driver.get(path).text
      #expect(seen.contains("两筐苹果") && seen.contains("一位邻居") && !seen.contains("邻居甲1"))
      #expect(try await !driver.get("\(path)/sheet").text.contains("邻居甲1"))
      let yes = try await driver.post(
        "/van-trips/parts/\(part)/confirm", ["idempotency_key": key(4), "seen": "0"])
      #expect(yes.status == 303)
      let sheet = try await driver.get("\(path)/sheet").text
      #expect(sheet.contains("邻居甲1") && sheet.contains("南门岗亭"))
      #expect(try await joiner.get("\(path)/sheet").status == 404)
      #expect(try await joiner.get("/van-trips").text.contains("说好了"))
    }
  }

  @Test("Others see neither what is carried nor the station’s desk", arguments: TestEngine.available)
  func others(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let id = try await fixture.plan()
      let part = try await fixture.ask(0, on: id)
      let (path, other) = (VanTrip.path(id), try await fixture.browser(of: fixture.neighbours[1]))
      let page = try await other.get(path)
      #expect(page.status == 200 && !page.text.contains("两筐苹果"))
      let refused = try await other.post(
        "/van-trips/parts/\(part)/cancel", ["idempotency_key": key(1), "seen": "0"])
      #expect(refused.status == 404)
      #expect(try await other.get("/van-desk").status == 403)
      fixture.clock.move(to: VanTripFixture.leavesAt)
      #expect(try await other.get(path).status == 404)
      #expect(try await other.get("/van-trips").text.contains("现在没有要出发的车"))
      let joiner = try await fixture.browser(of: fixture.neighbours[0])
      #expect(try await joiner.get(path).status == 200)
    }
  }

  @Test("The station enters trips and parts, and calls off", arguments: TestEngine.available)
  func station(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      _ = try await desk.get("/van-desk/new")
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": key(1), "phone": "13800138000", "shop": "老王", "from": "3号楼门口",
        "to": "农贸批发市场", "leaves_at": "2026-11-25T08:00", "way": "one_way", "vehicle": "白色面包车",
        "crates": "5", "kilograms": "100", "answers": "at_once",
      ]
      #expect(try await desk.post("/van-desk", fields).status == 303)
      let id = try await onlyTrip(fixture)
      let path = VanTrip.deskPath(id)
      #expect(try await fixture.trip(id).party == .merchant(VanTripFixture.shop))
      let entered = try await desk.post(
        "\(path)/parts",
        [
          "idempotency_key": key(2), "phone": "13800138001", "crates": "1", "kilograms": "5",
          "what": "菜苗", "load_at": "南门",
        ])
      #expect(entered.status == 303)
      let page = try await desk.get(path).text
      #expect(page.contains("邻居甲1") && page.contains("菜苗"))
      for list in VanTripList.allCases {
        #expect(try await desk.get("/van-desk?list=\(list.rawValue)").status == 200)
      }
      let unsaid = try await desk.post(
        "\(path)/call-off", ["idempotency_key": key(3), "seen": "0", "reason": ""])
      #expect(unsaid.status == 422)
      let off = try await desk.post(
        "\(path)/call-off", ["idempotency_key": key(4), "seen": "0", "reason": "下雪"])
      #expect(off.status == 303)
      #expect(try await desk.get(path).text.contains("下雪"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("The driver says who was there", arguments: TestEngine.available)
  func done(_ engine: TestEngine) async throws {
    try await VanTripFixture.with(engine) { fixture in
      let id = try await fixture.plan(
        VanTripFixture.terms(VanLoad(crates: 5, kilograms: 100), .atOnce))
      let parts = [try await fixture.ask(0, on: id), try await fixture.ask(1, on: id)]
      fixture.clock.move(to: VanTripFixture.leavesAt + .hours(1))
      let driver = try await fixture.browser(of: fixture.seller)
      #expect(try await driver.get(VanTrip.path(id)).text.contains("这趟跑完了"))
      let sent = try await driver.post(
        "\(VanTrip.path(id))/done",
        ["idempotency_key": key(1), "seen": "0", "carried": parts[0].description])
      #expect(sent.status == 303)
      let states = [try await fixture.state(parts[0]), try await fixture.state(parts[1])]
      #expect(states == [.carried, .notCarried])
    }
  }
}
