import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Ordering by pages and by the API")
struct OrderRoutesTests {
  private func limited(_ units: Int64, limit: Int64? = nil) throws -> CampaignItemDraft {
    try CampaignItemDraft(price: .fen(500), stockKind: .limited, units: units, householdLimit: limit)
  }

  private func checkout(
    _ browser: Browser, _ id: CampaignID, _ item: CampaignItemID, quantity: String = "2"
  ) async throws -> Browser.Answer {
    _ = try await browser.get("/campaigns/\(id)")
    _ = try await browser.post("/basket/add", ["add": "\(item)", "quantity": quantity])
    return try await browser.get("/campaigns/\(id)/checkout")
  }

  @Test(
    "From the basket to an order, corrected before it is sent; sent twice it is one",
    arguments: TestEngine.available)
  func places(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.wang)
      let review = try await checkout(browser, id, item)
      #expect(review.text.contains("¥10.00") && review.text.contains("取货时付现金"))
      let key = try #require(review.hidden("idempotency_key"))
      let corrected = try await browser.post(
        "/campaigns/\(id)/checkout",
        ["quantity-\(item)": "3", "note": "放门卫", "idempotency_key": key, "do": "recalculate"])
      #expect(corrected.status == 200 && corrected.text.contains("¥15.00") && corrected.text.contains("放门卫"))
      let fields: KeyValuePairs = [
        "quantity-\(item)": "3", "note": "放门卫", "idempotency_key": key, "do": "submit",
      ]
      let placed = try await browser.post("/campaigns/\(id)/checkout", fields)
      let again = try await browser.post("/campaigns/\(id)/checkout", fields)
      #expect(placed.status == 303 && placed.location == again.location)
      let order = try await browser.get(try #require(placed.location))
      #expect(order.text.contains("订好了！订单号 001") && order.text.contains("¥15.00"))
      #expect(try await market.orders(id).map(\.total) == [.fen(1500)])
      #expect(try await browser.get("/basket").text.contains("菜篮还空着"))
      #expect(try await browser.get("/orders").text.contains("青菜0号 × 3"))
    }
  }

  @Test(
    "What cannot be had is told at its line, with everything that was typed", arguments: TestEngine.available)
  func showsRefusals(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(2)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.wang)
      let review = try await checkout(browser, id, item, quantity: "5")
      let key = try #require(review.hidden("idempotency_key"))
      let refused = try await browser.post(
        "/campaigns/\(id)/checkout",
        ["quantity-\(item)": "5", "note": "谢谢", "idempotency_key": key, "do": "submit"])
      #expect(refused.status == 409)
      #expect(refused.text.contains("只剩 2 份") && refused.text.contains("谢谢"))
      #expect(refused.text.contains("field-quantity-\(item)-error"))
      let fresh = try #require(refused.hidden("idempotency_key"))
      #expect(fresh != key)
      let placed = try await browser.post(
        "/campaigns/\(id)/checkout", ["quantity-\(item)": "2", "idempotency_key": fresh, "do": "submit"])
      #expect(placed.status == 303)
      let empty = try await browser.post(
        "/campaigns/\(id)/checkout", ["quantity-\(item)": "0", "idempotency_key": key, "do": "submit"])
      #expect(empty.status == 422)
    }
  }

  @Test(
    "An order is changed by whoever saw it last, and cancelled after a question",
    arguments: TestEngine.available)
  func changes(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9), limited(9)])
      let items = try await market.items(id).map(\.item.id)
      let order = try await market.place(market.wang, id, [(items[0], 2)], key: "change-by-page-order")
      let browser = try await market.browser(of: market.wangSon)
      let edit = try await checkoutMore(browser, id, items[1], order)
      let key = try #require(edit.hidden("idempotency_key"))
      let fields: KeyValuePairs = [
        "quantity-\(items[0])": "1", "quantity-\(items[1])": "3", "revision": "1", "idempotency_key": key,
        "do": "submit",
      ]
      #expect(try await browser.post("/orders/\(order.id)/edit", fields).location == "/orders/\(order.id)")
      #expect(try await market.orders(id).first?.lines.map(\.quantity) == [1, 3])
      let stale = try await browser.post(
        "/orders/\(order.id)/edit",
        ["quantity-\(items[0])": "5", "revision": "1", "idempotency_key": key + "x", "do": "submit"])
      #expect(stale.status == 409 && stale.text.contains("订单刚刚被改过"))
      let question = try await browser.get("/orders/\(order.id)/cancel")
      #expect(question.text.contains("要取消订单 001 吗"))
      let cancelKey = try #require(question.hidden("idempotency_key"))
      let revision = try #require(question.hidden("revision"))
      _ = try await browser.post(
        "/orders/\(order.id)/cancel", ["idempotency_key": cancelKey, "revision": revision])
      #expect(try await market.orders(id).first?.fulfilment == .cancelled)
      #expect(try await market.breaches() == [])
    }
  }

  private func checkoutMore(
    _ browser: Browser, _ id: CampaignID, _ item: CampaignItemID, _ order: Order
  ) async throws -> Browser.Answer {
    _ = try await browser.get("/campaigns/\(id)")
    _ = try await browser.post("/basket/add", ["add": "\(item)", "quantity": "3"])
    let edit = try await browser.get("/orders/\(order.id)/edit")
    #expect(edit.text.contains("quantity-\(item)"))
    return edit
  }

  @Test("Another household's orders are not there", arguments: TestEngine.available)
  func hidesOthersOrders(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let order = try await market.place(market.wang, id, [(item, 2)], key: "not-your-order-key")
      let browser = try await market.browser(of: market.li)
      _ = try await browser.get("/basket")
      for path in ["", "/edit", "/cancel"] {
        #expect(try await browser.get("/orders/\(order.id)\(path)").status == 404)
      }
      for path in ["/edit", "/cancel"] {
        let answer = try await browser.post(
          "/orders/\(order.id)\(path)",
          ["idempotency_key": "abcdefghijklmnopq", "revision": "1", "do": "submit"])
        #expect(answer.status == 404)
      }
      #expect(try await browser.get("/api/v1/orders/\(order.id)").status == 404)
      #expect(!(try await browser.get("/orders").text.contains("\(order.id)")))
      #expect(try await market.browser().get("/orders/\(order.id)").status == 303)
      let family = try await market.browser(of: market.wangSon)
      #expect(try await family.get("/orders/\(order.id)").status == 200)
      #expect(try await family.get("/orders").text.contains("\(order.id)"))
    }
  }

  @Test("Who is not confirmed yet is told warmly what is missing", arguments: TestEngine.available)
  func explainsMembership(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.newcomer)
      let page = try await checkout(browser, id, item)
      #expect(page.status == 403 && page.text.contains("还差一步就能下单"))
      let answer = try await browser.post(
        "/campaigns/\(id)/checkout",
        ["quantity-\(item)": "1", "idempotency_key": "abcdefghijklmnopq", "do": "submit"])
      #expect(answer.status == 403)
      #expect(try await market.orders(id).isEmpty)
      #expect(try await browser.get("/orders").text.contains("还没有订单"))
    }
  }

  @Test("At a shared tablet every page ends with a way to sign out", arguments: TestEngine.available)
  func finishesAtATablet(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = try await market.browser(of: market.wang, level: .card)
      let review = try await checkout(browser, id, item)
      let key = try #require(review.hidden("idempotency_key"))
      let placed = try await browser.post(
        "/campaigns/\(id)/checkout", ["quantity-\(item)": "2", "idempotency_key": key, "do": "submit"])
      let location = try #require(placed.location)
      for path in [location, "/orders", "/basket"] {
        #expect(try await browser.get(path).text.contains("完成并退出"))
      }
      let own = try await market.browser(of: market.wang)
      #expect(!(try await own.get("/orders").text.contains("完成并退出")))
    }
  }

  // MARK: - API

  private static let keyName = HTTPField.Name("Idempotency-Key")
  private static let replayedName = HTTPField.Name("Idempotency-Replayed")

  private func headers(_ key: String) throws -> HTTPFields {
    var headers = HTTPFields()
    headers[try #require(Self.keyName)] = key
    return headers
  }

  @Test(
    "One key is one order: the repeat is the same byte for byte, even after a change",
    arguments: TestEngine.available)
  func repeats(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      let token = try await market.bearer(of: market.wang)
      let body = #"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":2}],"note":"谢谢"}"#
      let replayed = try #require(Self.replayedName)
      let first = try await browser.send(
        .post, "/api/v1/orders", json: body, bearer: token, headers: headers("api-order-key-0001"))
      #expect(first.status == 201 && first.headers[replayed] == nil)
      let order = try #require(try await market.orders(id).first)
      #expect(first.headers[.location] == "/api/v1/orders/\(order.id)")
      let change = try await browser.send(
        .put, "/api/v1/orders/\(order.id)",
        json: #"{"revision":1,"lines":[{"item":"\#(item)","quantity":5}],"note":"改了"}"#, bearer: token,
        headers: headers("api-change-key-0001"))
      #expect(change.status == 200)
      #expect(try JSON(change.bytes)["total"]?["amount"] == .integer(2500))
      let again = try await browser.send(
        .post, "/api/v1/orders", json: body, bearer: token, headers: headers("api-order-key-0001"))
      #expect(again.status == 201 && again.headers[replayed] == "true")
      #expect(again.bytes == first.bytes)
      let other = try await browser.send(
        .post, "/api/v1/orders",
        json: body.replacing("2", with: "3", maxReplacements: 0).replacing(":2}", with: ":3}"),
        bearer: token, headers: headers("api-order-key-0001"))
      #expect(other.status == 422)
      #expect(try await market.orders(id).count == 1)
    }
  }

  @Test(
    "Bad requests are refused with the field named, and nothing is ordered", arguments: TestEngine.available)
  func refuses(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9, limit: 3)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      let token = try await market.bearer(of: market.wang)
      func post(_ body: String, key: String? = "api-refusal-key-01") async throws -> Browser.Answer {
        try await browser.send(
          .post, "/api/v1/orders", json: body, bearer: token, headers: try key.map(headers) ?? [:])
      }
      let line = #"{"item":"\#(item)","quantity":1}"#
      let cases: [(String, Int)] = [
        ("{", 400), ("[]", 400), (#"{"campaign":"x","lines":[\#(line)]}"#, 422),
        (#"{"campaign":"\#(id)","lines":[]}"#, 422),
        (#"{"campaign":"\#(id)","lines":[\#(line)],"price":1}"#, 422),
        (#"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":0}]}"#, 422),
        (#"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":1.5}]}"#, 422),
        (#"{"campaign":"0000000000001","lines":[\#(line)]}"#, 404),
        (#"{"campaign":"\#(id)","lines":[{"item":"0000000000001","quantity":1}]}"#, 422),
      ]
      for (body, status) in cases { #expect(try await post(body).status == status, "\(body)") }
      market.clock.advance(by: .minutes(1))
      let good = #"{"campaign":"\#(id)","lines":[\#(line)]}"#
      #expect(try await post(good, key: nil).status == 400)
      #expect(try await post(good, key: "short").status == 400)
      let limited = try await post(
        #"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":4}]}"#, key: "api-limit-key-0001")
      #expect(limited.status == 409)
      #expect(try JSON(limited.bytes)["errors"]?.element(0)?["field"] == .string("item.\(item)"))
      #expect(
        try await market.browser().send(
          .post, "/api/v1/orders", json: good, headers: headers("nobody-is-here-01")
        ).status == 401)
      #expect(try await market.orders(id).isEmpty)
      #expect(try await post(good, key: "api-good-key-00001").status == 201)
    }
  }

  @Test("Somebody who orders too often waits; nothing is ordered meanwhile", arguments: TestEngine.available)
  func limits(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(99)])
      let item = try #require(try await market.items(id).first?.item.id)
      let browser = market.browser()
      let token = try await market.bearer(of: market.wang)
      func post(_ number: Int) async throws -> Browser.Answer {
        try await browser.send(
          .post, "/api/v1/orders", json: #"{"campaign":"\#(id)","lines":[{"item":"\#(item)","quantity":1}]}"#,
          bearer: token, headers: headers("api-limited-key-\(100 + number)"))
      }
      for number in 0..<10 { #expect(try await post(number).status == 201) }
      let refused = try await post(10)
      #expect(refused.status == 429 && refused.headers[.retryAfter] == "6")
      #expect(try await market.orders(id).count == 10)
      market.clock.advance(by: .seconds(6))
      #expect(try await post(10).status == 201)
    }
  }

  @Test("Orders are listed by cursor, read and cancelled", arguments: TestEngine.available)
  func listsAndCancels(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([limited(9)])
      let item = try #require(try await market.items(id).first?.item.id)
      var placed: [String] = []
      for number in 0..<3 {
        placed.append(
          "\(try await market.place(market.wang, id, [(item, 1)], key: "list-order-number-\(number)").id)")
      }
      let browser = market.browser()
      let token = try await market.bearer(of: market.wang)
      var headers = try headers("api-cancel-key-001")
      headers[.authorization] = "Bearer \(token)"
      let one = try JSON(try await browser.get("/api/v1/orders?limit=2", headers: headers).bytes)
      #expect(one["orders"]?.element(0)?["id"] == .string(placed[2]))
      #expect(one["next_cursor"] == .string(placed[1]))
      let two = try JSON(
        try await browser.get("/api/v1/orders?limit=2&cursor=\(placed[1])", headers: headers).bytes)
      #expect(two["orders"]?.element(0)?["id"] == .string(placed[0]) && two["next_cursor"] == .null)
      #expect(try await browser.send(.delete, "/api/v1/orders/\(placed[0])", headers: headers).status == 422)
      let gone = try await browser.send(.delete, "/api/v1/orders/\(placed[0])?revision=1", headers: headers)
      #expect(gone.status == 200)
      #expect(try JSON(gone.bytes)["fulfilment"] == .string("cancelled"))
      let again = try await browser.send(.delete, "/api/v1/orders/\(placed[0])?revision=1", headers: headers)
      #expect(again.status == 200 && again.bytes == gone.bytes)
      #expect(try await market.breaches() == [])
    }
  }
}
