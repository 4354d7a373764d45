import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Services by pages and by the API")
struct ServiceRoutesTests {
  private typealias Fixture = BookingFixture

  @Test(
    "From the list to the booking: price, limit and rules stand before the last button",
    arguments: TestEngine.available)
  func books(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let stranger = market.browser()
      #expect(try await stranger.get("/services").text.contains("上门理发"))
      let page = try await stranger.get("/services/\(fixture.service.id)")
      for part in ["¥30.00 一次，最多 ¥50.00", "王师傅", "开始前 4 小时，取消都不收钱", "留 ¥6.00", "10:00"] {
        #expect(page.text.contains(part), "\(part)")
      }
      let wang = try await market.browser(of: market.wang)
      let choice = "worker=\(fixture.worker.id)&at=\(Fixture.visit.seconds)"
      let path = "/services/\(fixture.service.id)/book"
      #expect(try await wang.get(path).location == "/services/\(fixture.service.id)")
      let confirm = try await wang.get("\(path)?\(choice)")
      #expect(confirm.text.contains("就约这个时间") && confirm.text.contains("最多 ¥50.00"))
      func send(_ browser: Browser, _ key: String) async throws -> Browser.Answer {
        try await browser.post(
          path,
          [
            "worker": fixture.worker.id.description, "at": String(Fixture.visit.seconds), "note": "敲门重一点",
            "idempotency_key": key,
          ])
      }
      let location = try #require(try await send(wang, "booking-by-the-page-1").location)
      #expect(location.hasPrefix("/bookings/") && location.hasSuffix("?asked=1"))
      let again = try await send(wang, "booking-by-the-page-1")
      #expect(again.location == location, "the same form twice is one booking")
      let booking = try await wang.get(location)
      #expect(booking.text.contains("等商户答复") && booking.text.contains("敲门重一点"))
      #expect(!booking.text.contains("取货"), "pickup words do not appear")
      let li = try await market.browser(of: market.li)
      _ = try await li.get("/services")
      let taken = try await send(li, "booking-by-the-page-2")
      #expect(taken.status == 409 && taken.text.contains("刚刚被别人约走了") && taken.text.contains("离您选的最近的是"))
      #expect(try await li.get(String(location.prefix { $0 != "?" })).status == 404)
      let english = try await market.browser(of: market.wang, language: "en").get(location)
      #expect(english.text.contains("Waiting for the merchant") && english.text.contains("$") == false)
      let orders = try await wang.get("/orders")
      #expect(orders.text.contains("预约中") && !orders.text.contains("取货"))
    }
  }

  @Test(
    "The worker sees today's door, begins with the code and nothing of another day",
    arguments: TestEngine.available)
  func worker(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      let owner = try await market.browser(of: fixture.owner)
      let desk = try await owner.get("/desk/services")
      #expect(desk.text.contains("等您答复") && desk.text.contains("/desk/bookings/\(booking.id)"))
      let page = try await owner.get("/desk/bookings/\(booking.id)")
      #expect(page.text.contains("3号楼") && !page.text.contains("单元"), "a building is enough to answer")
      let accepted = try await owner.post("/desk/bookings/\(booking.id)/accept", ["revision": "1"])
      #expect(accepted.status == 303)
      let barber = try await market.browser(of: fixture.barber)
      #expect(try await barber.get("/visits").text.contains("今天没有约好的上门"))
      #expect(try await barber.get("/visits/\(booking.id)").status == 404, "it is tomorrow's")
      market.clock.move(to: Fixture.visit - .minutes(10))
      let today = try await barber.get("/visits")
      #expect(today.text.contains("501") && today.text.contains("王阿姨") && today.text.contains("10:00"))
      let visit = "/visits/\(booking.id)"
      _ = try await barber.get(visit)
      let wrong = try await barber.post("\(visit)/arrive", ["code": "000000"])
      #expect(wrong.status == 422 && wrong.text.contains("到达码不对"))
      let wang = try await market.browser(of: market.wang)
      let code = try await fixture.code(booking)
      #expect(
        try await wang.get("/bookings/\(booking.id)").text.contains("\(code.prefix(3)) \(code.suffix(3))"))
      #expect(try await barber.post("\(visit)/arrive", ["code": code]).location == visit)
      let over = try await barber.post("\(visit)/finish", ["minutes": "40", "charged": "50.01"])
      #expect(over.status == 422 && over.text.contains("最多收 ¥30.00"))
      let done = try await barber.post(
        "\(visit)/finish", ["minutes": "40", "cash": "30", "after_note": "六个星期后再剪"])
      #expect(done.location == visit)
      let household = try await wang.get("/bookings/\(booking.id)")
      for part in ["做好了", "六个星期后再剪", "¥30.00", "已付款", "做得不好？", "/lines/0/review"] {
        #expect(household.text.contains(part), "\(part)")
      }
      let order = try #require(booking.order)
      #expect(try await wang.get("/orders/\(order)").location == "/bookings/\(booking.id)")
      let claim = try await wang.get("/orders/\(order)/lines/0/claim")
      #expect(claim.text.contains("没做好") && !claim.text.contains("不新鲜"))
      let stranger = try await market.browser(of: market.li)
      #expect(try await stranger.get(visit).status == 404)
      #expect(try await stranger.get("/visits").status == 200)
      market.clock.advance(by: .days(1))
      #expect(try await barber.get(visit).status == 404, "nothing is left of yesterday's household")
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test(
    "A visit late in the evening is begun and ended after midnight", arguments: TestEngine.available,
    [false, true])
  func midnight(_ engine: TestEngine, _ arrivesBefore: Bool) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      try await market.database.write(in: market.community) {
        var details = fixture.worker.details
        details.hours = (1...7).compactMap { WeeklyHours(weekday: $0, opens: 540, closes: 1_440) }
        let actor = MerchantActor.program(for: fixture.service.merchant, person: fixture.owner)
        _ = try ServiceChanges.save(details, as: fixture.worker.id, by: actor, in: $0)
      }
      // From 23:00 to midnight.
      let booking = try await fixture.book(market.wang, at: Fixture.visit + .hours(13))
      try await fixture.perform(.accept, .merchant, booking)
      let barber = try await market.browser(of: fixture.barber)
      let visit = "/visits/\(booking.id)"
      let code = try await fixture.code(booking)
      market.clock.move(to: arrivesBefore ? booking.startsAt : booking.endsAt + .minutes(5))
      #expect(try await barber.get("/visits").text.contains(visit))
      _ = try await barber.get(visit)
      #expect(try await barber.post("\(visit)/arrive", ["code": code]).location == visit)
      market.clock.move(to: booking.endsAt + .hours(1))
      #expect(try await barber.get("/visits").text.contains(visit))
      let done = try await barber.post("\(visit)/finish", ["minutes": "60"])
      #expect(done.location == visit)
      let after = try await barber.get(visit)
      #expect(after.status == 200 && after.text.contains("/cash"), "what is owed can still be taken")
      #expect(try await barber.get("/visits").text.contains("11月24日"), "the day that it began on is told")
      market.clock.advance(by: .days(1))
      #expect(try await barber.get(visit).status == 404)
      #expect(try await !barber.get("/visits").text.contains(visit))
      #expect(try await market.breaches().isEmpty)
    }
  }

  @Test("Thirty codes an hour may be tried, however often they are renewed", arguments: TestEngine.available)
  func tries(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      market.clock.move(to: Fixture.visit)
      let barber = try await market.browser(of: fixture.barber)
      let path = "/visits/\(booking.id)/arrive"
      _ = try await barber.get("/visits/\(booking.id)")
      for _ in 0..<30 {
        #expect(try await barber.post(path, ["code": "nothing"]).status == 422)
        market.clock.advance(by: .seconds(2))
      }
      #expect(try await barber.post(path, ["code": "nothing"]).status == 429)
      market.clock.advance(by: .hours(1))
      #expect(try await barber.post(path, ["code": "nothing"]).status == 422)
    }
  }

  @Test("A merchant's people keep services and workers; nobody else's", arguments: TestEngine.available)
  func desk(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let owner = try await market.browser(of: fixture.owner)
      let path = "/desk/merchants/\(fixture.service.merchant)"
      #expect(try await owner.get("\(path)/services").text.contains("上门理发"))
      _ = try await owner.get("\(path)/services/new")
      func create(cap: String, minutes: String, late: String) async throws -> Browser.Answer {
        try await owner.post(
          "\(path)/services/new",
          [
            "kind": "cleaning", "title_zh": "擦玻璃", "place": "home", "basis": "hour", "price": "60",
            "cap": cap,
            "minutes": minutes, "buffer_minutes": "30", "lead_hours": "2", "horizon_days": "14",
            "answer_hours": "12", "free_hours": "4", "late_rate": late,
          ])
      }
      let wrong = try await create(cap: "50", minutes: "50", late: "80")
      #expect(wrong.status == 422)
      for part in ["上限不能低于价格", "15 分钟的倍数", "0 到 50"] { #expect(wrong.text.contains(part), "\(part)") }
      #expect(try await create(cap: "240", minutes: "120", late: "20").status == 303)
      let services = try await market.database.read {
        try ServiceStore.list(of: fixture.service.merchant, in: market.community, $0)
      }
      let glass = try #require(services.last)
      #expect(glass.details.title == Phrase(same: "擦玻璃") && glass.details.price.cap == .fen(24_000))
      let worker: KeyValuePairs<String, String> = [
        "name_zh": "何阿姨", "service_\(glass.id)": "on", "hours_1": "09:00-12:00", "certificate": "家政证 1号",
        "certificate_until": "2027-01-01",
      ]
      #expect(try await owner.post("\(path)/workers/new", worker).status == 303)
      #expect(try await owner.post("\(path)/workers/new", ["name_zh": "x", "hours_2": "9点"]).status == 422)
      #expect(try await market.browser().get("/services/\(glass.id)").text.contains("何阿姨"))
      let barber = try await owner.get("/desk/workers/\(fixture.worker.id)")
      #expect(barber.text.contains("09:00-17:00"))
      let away: KeyValuePairs<String, String> = [
        "kind": "away", "from": "2026-11-24T00:00", "until": "2026-11-25T00:00",
      ]
      #expect(try await owner.post("/desk/workers/\(fixture.worker.id)/exceptions", away).status == 303)
      #expect(try await !fixture.free().contains(Fixture.visit))
      let other = try await market.person("别家", [.merchant])
      let stranger = try await market.browser(of: other)
      _ = try await stranger.get("/desk/services")
      for place in [
        "\(path)/services", "/desk/services/\(glass.id)", "/desk/workers/\(fixture.worker.id)",
      ] { #expect(try await stranger.get(place).status == 404, "\(place)") }
      #expect(try await stranger.post("/desk/services/\(glass.id)/close", [:]).status == 404)
      let products = try await owner.get("\(path)/products?archived=1")
      #expect(!products.text.contains("擦玻璃"), "its product is in no list of goods")
      #expect(try await !market.browser().get("/products").text.contains("擦玻璃"))
    }
  }

  @Test("A household moves, cancels and reports by its pages", arguments: TestEngine.available)
  func household(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.perform(.accept, .merchant, try await fixture.book(market.wang))
      let wang = try await market.browser(of: market.wang)
      let path = "/bookings/\(booking.id)"
      #expect(try await wang.get("/bookings").text.contains("约好了"))
      let later = Fixture.visit + .hours(24)
      let choose = try await wang.get("\(path)/move?worker=\(fixture.worker.id)&at=\(later.seconds)")
      #expect(choose.text.contains("请商户改到这个时间"))
      let moved = try await wang.post(
        "\(path)/move",
        ["worker": fixture.worker.id.description, "at": String(later.seconds), "revision": "2"])
      #expect(moved.location == path)
      #expect(try await wang.get(path).text.contains("等商户同意"))
      let owner = try await market.browser(of: fixture.owner)
      #expect(try await owner.get("/desk/bookings/\(booking.id)").text.contains("住户想改到"))
      #expect(
        try await owner.post("/desk/bookings/\(booking.id)/move/agree", ["revision": "3"]).status == 303)
      #expect(try await fixture.find(booking).startsAt == later)
      let stale = try await wang.post("\(path)/cancel", ["revision": "3"])
      #expect(stale.status == 409 && stale.text.contains("刚刚有人改过"))
      let confirm = try await wang.get("\(path)/cancel")
      #expect(confirm.text.contains("现在取消不收钱"))
      #expect(try await wang.post("\(path)/cancel", ["revision": "4"]).location == path)
      #expect(try await wang.get(path).text.contains("取消了"))
    }
  }

  @Test(
    "The API lists, books once for its key, and answers 409 to the loser", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let open = market.browser()
      #expect(try await open.get("/api/v1/services").text.contains(#""cap":"#))
      let times = try await open.get("/api/v1/services/\(fixture.service.id)/times")
      #expect(times.text.contains(#""starts_at":"2026-11-24T02:00:00Z""#))
      #expect(try await open.get("/api/v1/bookings").status == 401)
    }
  }
}
