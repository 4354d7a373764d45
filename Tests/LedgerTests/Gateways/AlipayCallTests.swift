import HTTPTypes
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import Ledger

/// What we ask Alipay, and what we make of its answers. Source: field/reliability.md §3.9.
struct AlipayCallTests {
  private static let query = "alipay.trade.query"
  private static let paid = """
    {"code":"10000","msg":"Success","out_trade_no":"order_0000000001","send_pay_date":"2026-11-26 07:59:58",
    "total_amount":"19.99","trade_no":"2026112622001400000000000001","trade_status":"TRADE_SUCCESS"}
    """
  private static let trade = PaidTrade(
    transactionID: "2026112622001400000000000001", amount: .fen(1999), paidAt: stageMoment - .seconds(2))

  private func stage(_ method: String, _ node: String) throws -> AlipayStage {
    try AlipayStage { _ in try AlipayStage.answer(method, node) }
  }

  private func refusal(_ method: String, _ subcode: String, code: String = "40004") throws -> AlipayStage {
    try stage(method, "{\"code\":\"\(code)\",\"msg\":\"m\",\"sub_code\":\"\(subcode)\"}")
  }

  private func fields(_ encoded: some StringProtocol) throws -> [String: String] {
    let pairs = try #require(URLEncodedText.pairs(Array(encoded.utf8), maximum: 50))
    return Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `a code is asked for as another implementation signs it`() async throws {
    let stage = try stage(
      "alipay.trade.precreate",
      "{\"code\":\"10000\",\"out_trade_no\":\"order_0000000001\",\"qr_code\":\"https:\\/\\/qr.example\\/1\"}")
    #expect(await stage.gateway.begin(stage.request()) == .prompt(.code("https://qr.example/1")))
    let request = try #require(stage.script.requests.first)
    #expect(request.method == .post)
    #expect(request.url == "https://alipay.example/gateway.do?charset=utf-8")
    let sent = try fields(String(decoding: request.body, as: UTF8.self))
    #expect(sent["sign"] == GatewayVectors.precreateSignature)
    #expect(sent["timestamp"] == "2026-11-26 08:00:00")
    #expect(sent["notify_url"] == "https://shop.example/pay/alipay")
    #expect(sent["sign_type"] == "RSA2")
  }

  @Test func `a page is an address that we signed`() async throws {
    let stage = try AlipayStage()
    let back = "https://shop.example/orders/1?a=b&c=d"
    guard case .prompt(.page(let address)) = await stage.gateway.begin(stage.request(.page(returnURL: back)))
    else {
      Issue.record("no page")
      return
    }
    #expect(stage.script.requests.isEmpty)
    let query = try #require(address.split(separator: "?", maxSplits: 1).last)
    #expect(address.hasPrefix("https://alipay.example/gateway.do?"))
    var sent = try fields(query)
    let signature = try #require(Base64.decode(sent.removeValue(forKey: "sign") ?? "x"))
    let message = sent.keys.sorted().map { "\($0)=\(sent[$0] ?? "")" }.joined(separator: "&")
    let key = try #require(RSASigningKey(GatewayKeys.application)).verifyingKey
    #expect(key.isValid(signature, of: Array(message.utf8)))
    #expect(sent["method"] == "alipay.trade.wap.pay" && sent["return_url"] == back)
    let content = try JSON(Array((sent["biz_content"] ?? "").utf8))
    #expect(content["product_code"] == .string("QUICK_WAP_WAY"))
    #expect(content["total_amount"] == .string("19.99"))
    #expect(content["time_expire"] == .string("2026-11-26 08:15:00"))
  }

  @Test func `a call inside WeChat is not among the ways of Alipay`() async throws {
    let stage = try AlipayStage()
    #expect(
      await stage.gateway.begin(stage.request(.inWeChat(openID: "o1")))
        == .refused(code: "UNSUPPORTED_PRESENTATION"))
  }

  @Test func `an answer that another implementation signed is believed as it was sent`() async throws {
    let body = Array(GatewayVectors.alipayAnswer.utf8)
    var stage = try AlipayStage { _ in GatewayTransport.Response(status: 200, body: body) }
    #expect(await stage.gateway.query(stage.trade) == .paid(Self.trade))
    let spaced = Array("\n { \"sign\" : ".utf8)
    let text = GatewayVectors.alipayAnswer
    let parts = try #require(text.firstRange(of: ",\"sign\":"))
    let moved =
      spaced + Array(text[parts.upperBound...].dropLast().utf8) + Array(" , ".utf8)
      + Array(text[text.index(after: text.startIndex)..<parts.lowerBound].utf8) + Array(" \n}".utf8)
    stage = try AlipayStage { _ in GatewayTransport.Response(status: 200, body: moved) }
    #expect(await stage.gateway.query(stage.trade) == .paid(Self.trade))
  }

  @Test(arguments: [
    ("TRADE_SUCCESS", PaymentOutcome.paid(trade)), ("TRADE_FINISHED", .paid(trade)),
    ("WAIT_BUYER_PAY", .notPaid), ("TRADE_CLOSED", .closed),
  ])
  func `a query tells whether it is paid`(_ word: String, _ outcome: PaymentOutcome) async throws {
    let stage = try stage(Self.query, Self.paid.replacing("TRADE_SUCCESS", with: word))
    #expect(await stage.gateway.query(stage.trade) == outcome)
  }

  @Test(arguments: ["19.99", "1999e-2", "\"19.990\"", "\"１９.99\""])
  func `an amount is a number or text of two decimals`(_ amount: String) async throws {
    let stage = try stage(Self.query, Self.paid.replacing("\"19.99\"", with: amount))
    #expect(
      await stage.gateway.query(stage.trade)
        == (amount == "19.99" ? .paid(Self.trade) : .unknown(.unproven(.malformed("total_amount")))))
  }

  @Test func `an unknown trade is not paid`() async throws {
    let stage = try refusal(Self.query, "ACQ.TRADE_NOT_EXIST")
    #expect(await stage.gateway.query(stage.trade) == .notPaid)
  }

  @Test func `an answer that is not proven, or about something else, is never success`() async throws {
    let right = try AlipayStage.answer(Self.query, Self.paid)
    func changed(_ old: String, _ new: String) -> GatewayTransport.Response {
      let text = String(decoding: right.body, as: UTF8.self).replacing(old, with: new)
      return .init(status: 200, body: Array(text.utf8))
    }
    let answers: [(GatewayTransport.Response, GatewayRefusal)] = [
      (changed("\"sign\"", "\"sing\""), .missing("sign")),
      (changed("19.99", "29.99"), .badSignature), (changed(",\n", ","), .badSignature),
      (try AlipayStage.answer(Self.query, Self.paid, key: GatewayKeys.application), .badSignature),
      (try AlipayStage.answer("alipay.trade.close", Self.paid), .malformed("alipay_trade_query_response")),
      (
        try AlipayStage.answer(Self.query, Self.paid.replacing("order_0000000001", with: "order_0000000002")),
        .unknownTrade
      ),
      (try AlipayStage.answer(Self.query, "{}"), .malformed("code")),
      (try AlipayStage.answer(Self.query, "[]"), .malformed("body")),
      (.init(status: 200), .malformed("body")),
      // Two nodes of the name: the signature could be over the one and the reading of the other.
      (changed("\"sign\"", "\"alipay_trade_query_response\":{},\"sign\""), .malformed("body")),
    ]
    for (answer, refusal) in answers {
      let stage = try AlipayStage { _ in answer }
      #expect(await stage.gateway.query(stage.trade) == .unknown(.unproven(refusal)))
    }
    let failing = try AlipayStage { _ in .init(status: 502, body: right.body) }
    #expect(await failing.gateway.query(failing.trade) == .unknown(.said(code: "HTTP_502")))
    let silent = try AlipayStage()
    #expect(await silent.gateway.query(silent.trade) == .unknown(.noAnswer))
    #expect(await silent.gateway.begin(silent.request()) == .unknown(.noAnswer))
    #expect(await silent.gateway.close(silent.trade) == .unknown(.noAnswer))
    #expect(await silent.gateway.refund(silent.refundRequest) == .unknown(.noAnswer))
    #expect(await silent.gateway.queryRefund(silent.refund, of: silent.trade) == .unknown(.noAnswer))
  }

  @Test func `noise is never a payment and ends nothing`() async throws {
    let right = try AlipayStage.answer(Self.query, Self.paid).body
    var generator = SeededGenerator(seed: 13)
    for round in 0..<1500 {
      var body = right
      let place = Int.random(in: body.indices, using: &generator)
      switch round % 3 {
      case 0: body.removeLast(place + 1)
      case 1: body[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      default: body.insert(contentsOf: Array("{\"\\,}".utf8).shuffled(using: &generator), at: place)
      }
      let changed = body
      let stage = try AlipayStage { _ in GatewayTransport.Response(status: 200, body: changed) }
      guard case .unknown(.unproven) = await stage.gateway.query(stage.trade) else {
        Issue.record("\(String(decoding: body, as: UTF8.self))")
        return
      }
    }
  }

  @Test(arguments: [("20000", "isp.unknow-error"), ("40004", "ACQ.SYSTEM_ERROR"), ("10003", "WAIT")])
  func `what Alipay does not know itself nobody knows`(_ code: String, _ subcode: String) async throws {
    for method in ["alipay.trade.precreate", "alipay.trade.refund", Self.query] {
      let stage = try refusal(method, subcode, code: code)
      let doubt = GatewayDoubt.said(code: subcode)
      switch method {
      case Self.query: #expect(await stage.gateway.query(stage.trade) == .unknown(doubt))
      case "alipay.trade.refund":
        #expect(await stage.gateway.refund(stage.refundRequest) == .unknown(doubt))
      default: #expect(await stage.gateway.begin(stage.request()) == .unknown(doubt))
      }
    }
  }

  @Test func `closing tells whether it can still be paid`() async throws {
    let method = "alipay.trade.close"
    var stage = try stage(method, "{\"code\":\"10000\",\"out_trade_no\":\"order_0000000001\"}")
    #expect(await stage.gateway.close(stage.trade) == .closed)
    stage = try refusal(method, "ACQ.TRADE_NOT_EXIST")
    #expect(await stage.gateway.close(stage.trade) == .absent)
    for (word, outcome) in [("TRADE_SUCCESS", ClosingOutcome.paid), ("TRADE_CLOSED", .closed)] {
      stage = try AlipayStage { request in
        String(decoding: request.body, as: UTF8.self).contains("alipay.trade.close")
          ? try AlipayStage.answer(method, "{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_STATUS_ERROR\"}")
          : try AlipayStage.answer(Self.query, Self.paid.replacing("TRADE_SUCCESS", with: word))
      }
      #expect(await stage.gateway.close(stage.trade) == outcome)
    }
  }

  @Test func `a refund tells whether money moved`() async throws {
    let method = "alipay.trade.refund"
    let done = """
      {"code":"10000","out_trade_no":"order_0000000001","trade_no":"2026112622001400000000000001",
      "fund_change":"Y","refund_fee":"9.00","gmt_refund_pay":"2026-11-26 07:59:58"}
      """
    var stage = try stage(method, done)
    #expect(
      await stage.gateway.refund(stage.refundRequest)
        == .succeeded(
          SettledRefund(
            transactionID: "2026112622001400000000000001", amount: .fen(500), at: stageMoment - .seconds(2))))
    let sent = try fields(String(decoding: try #require(stage.script.requests.first).body, as: UTF8.self))
    let content = try JSON(Array((sent["biz_content"] ?? "").utf8))
    #expect(content["out_request_no"] == .string("refund_000000001"))
    #expect(content["refund_amount"] == .string("5.00"))
    stage = try self.stage(method, done.replacing("\"Y\"", with: "\"N\""))
    #expect(await stage.gateway.refund(stage.refundRequest) == .processing)
    stage = try refusal(method, "ACQ.SELLER_BALANCE_NOT_ENOUGH")
    #expect(
      await stage.gateway.refund(stage.refundRequest) == .failed(code: "ACQ.SELLER_BALANCE_NOT_ENOUGH"))
  }

  @Test func `a refund's query tells what became of it`() async throws {
    let method = "alipay.trade.fastpay.refund.query"
    let done = """
      {"code":"10000","out_trade_no":"order_0000000001","trade_no":"2026112622001400000000000001",
      "out_request_no":"refund_000000001","refund_status":"REFUND_SUCCESS","refund_amount":"5.00"}
      """
    var stage = try stage(method, done)
    #expect(
      await stage.gateway.queryRefund(stage.refund, of: stage.trade)
        == .succeeded(
          SettledRefund(transactionID: "2026112622001400000000000001", amount: .fen(500), at: nil)))
    let other = try #require(RefundNumber("refund_000000002"))
    #expect(
      await stage.gateway.queryRefund(other, of: stage.trade) == .unknown(.unproven(.unknownTrade)))
    stage = try self.stage(method, done.replacing("REFUND_SUCCESS", with: "REFUND_PROCESSING"))
    #expect(await stage.gateway.queryRefund(stage.refund, of: stage.trade) == .processing)
    stage = try self.stage(method, "{\"code\":\"10000\",\"msg\":\"Success\"}")
    #expect(await stage.gateway.queryRefund(stage.refund, of: stage.trade) == .absent)
  }

  @Test func `a bill is fetched from the address that Alipay signed`() async throws {
    let method = "alipay.data.dataservice.bill.downloadurl.query"
    let file: [UInt8] = [0x50, 0x4B, 3, 4]
    let stage = try AlipayStage { request in
      request.method == .get
        ? GatewayTransport.Response(status: 200, body: file)
        : try AlipayStage.answer(
          method, "{\"code\":\"10000\",\"bill_download_url\":\"https://bill.example/1?a=b\"}")
    }
    let day = CivilDateTime(year: 2026, month: 11, day: 25)
    #expect(await stage.gateway.downloadBill(of: day) == .bill(DailyBill(format: .alipay, bytes: file)))
    #expect(stage.script.requests.last?.url == "https://bill.example/1?a=b")
    let none = try refusal(method, "isp.bill_not_exist")
    #expect(await none.gateway.downloadBill(of: day) == .none)
  }
}
