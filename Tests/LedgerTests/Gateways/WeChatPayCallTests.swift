import Crypto
import HTTPTypes
import Kernel
import Security
import Testing
import Web

@testable import Ledger

/// What we ask WeChat Pay, and what we make of its answers. Source: field/reliability.md §3.8.
struct WeChatPayCallTests {
  private static let paid = WeChatPayDraft.transaction

  private func stage(_ body: String, status: Int = 200) throws -> WeChatPayStage {
    try WeChatPayStage { _ in try WeChatPaySigner().answer(body, status: status) }
  }

  private func error(_ code: String, _ status: Int) throws -> WeChatPayStage {
    try stage("{\"code\":\"\(code)\",\"message\":\"m\"}", status: status)
  }

  private func authorization(_ signature: String) -> String {
    "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\",nonce_str=\"\(GatewayVectors.nonce)\","
      + "signature=\"\(signature)\",timestamp=\"1795651200\",serial_no=\"1DDE55AD98ED71D6EDD4A4A1\""
  }

  @Test func `a code is asked for as another implementation signs it`() async throws {
    let stage = try stage("{\"code_url\":\"weixin://wxpay/bizpayurl?pr=1\"}")
    #expect(await stage.gateway.begin(stage.request()) == .prompt(.code("weixin://wxpay/bizpayurl?pr=1")))
    let request = try #require(stage.script.requests.first)
    #expect(request.method == .post)
    #expect(request.url == "https://wechat.example/v3/pay/transactions/native")
    #expect(String(decoding: request.body, as: UTF8.self) == GatewayVectors.nativeOrder)
    #expect(request.headers[.authorization] == authorization(GatewayVectors.nativeOrderSignature))
    #expect(request.headers[.accept] == "application/json")
    #expect(request.headers[.contentType] == "application/json")
  }

  @Test func `a payment inside WeChat names the person, and its call is signed`() async throws {
    let stage = try stage("{\"prepay_id\":\"wx201410272009395522657a690389285100\"}")
    let beginning = await stage.gateway.begin(stage.request(.inWeChat(openID: "o\"1")))
    let call = WeChatPayCall(
      appID: "wxd678efh567hg6787", timestamp: "1795651200", nonce: GatewayVectors.nonce,
      package: "prepay_id=wx201410272009395522657a690389285100", signature: GatewayVectors.callSignature)
    #expect(beginning == .prompt(.inWeChat(call)))
    #expect(stage.script.paths().first == "/v3/pay/transactions/jsapi")
    let body = try JSON(try #require(stage.script.requests.first).body)
    #expect(body["payer"]?["openid"] == .string("o\"1"))
    var json = JSONWriter()
    json.value(call)
    #expect(try JSON(json.bytes)["timeStamp"] == .string("1795651200"))
    #expect(try JSON(json.bytes)["signType"] == .string("RSA"))
  }

  @Test func `a page is not among the ways of WeChat Pay`() async throws {
    let stage = try WeChatPayStage()
    #expect(
      await stage.gateway.begin(stage.request(.page(returnURL: "https://shop.example/")))
        == .refused(code: "UNSUPPORTED_PRESENTATION"))
    #expect(stage.script.requests.isEmpty)
  }

  @Test func `a refusal is told, a failure is unknown`() async throws {
    var stage = try error("PARAM_ERROR", 400)
    #expect(await stage.gateway.begin(stage.request()) == .refused(code: "PARAM_ERROR"))
    stage = try error("SYSTEM_ERROR", 500)
    #expect(await stage.gateway.begin(stage.request()) == .unknown(.said(code: "SYSTEM_ERROR")))
    stage = try error("FREQUENCY_LIMITED", 429)
    #expect(await stage.gateway.begin(stage.request()) == .unknown(.said(code: "FREQUENCY_LIMITED")))
  }

  @Test(arguments: [
    ("SUCCESS", true, false), ("REFUND", true, false), ("NOTPAY", false, false),
    ("USERPAYING", false, false), ("PAYERROR", false, false), ("CLOSED", false, true),
    ("REVOKED", false, true),
  ])
  func `a query tells whether it is paid`(_ word: String, _ isPaid: Bool, _ isClosed: Bool) async throws {
    let stage = try stage(Self.paid.replacing("SUCCESS", with: word))
    let trade = PaidTrade(
      transactionID: "4200002026112600001", amount: .fen(1999), paidAt: stageMoment - .seconds(2))
    #expect(
      await stage.gateway.query(stage.trade) == (isPaid ? .paid(trade) : isClosed ? .closed : .notPaid))
    let request = try #require(stage.script.requests.first)
    #expect(request.headers[.authorization] == authorization(GatewayVectors.querySignature))
    #expect(
      request.url
        == "https://wechat.example/v3/pay/transactions/out-trade-no/order_0000000001?mchid=1900000109")
  }

  @Test func `an unknown trade is not paid`() async throws {
    let stage = try error("ORDER_NOT_EXIST", 404)
    #expect(await stage.gateway.query(stage.trade) == .notPaid)
  }

  @Test func `an answer that is not proven, or about something else, is never success`() async throws {
    let right = try WeChatPaySigner().answer(Self.paid)
    var old = WeChatPaySigner()
    old.at = stageMoment - .seconds(301)
    let answers: [(GatewayTransport.Response, GatewayRefusal)] = [
      (.init(status: 200, body: right.body), .missing("Wechatpay-Timestamp")),
      (.init(status: 200, headers: right.headers, body: right.body + [32]), .badSignature),
      (try WeChatPaySigner(key: GatewayKeys.merchant).answer(Self.paid), .badSignature),
      (try WeChatPaySigner.next.answer(Self.paid), .unknownSerial),
      (try old.answer(Self.paid), .staleTimestamp),
      (try WeChatPaySigner().answer(Self.paid.replacing("1900000109", with: "1")), .otherMerchant),
      (try WeChatPaySigner().answer(Self.paid.replacing("wxd678", with: "wx")), .otherApplication),
      (
        try WeChatPaySigner().answer(Self.paid.replacing("order_0000000001", with: "order_0000000002")),
        .unknownTrade
      ),
      (try WeChatPaySigner().answer(Self.paid.replacing("\"CNY\"", with: "\"HKD\"")), .wrongCurrency),
      (try WeChatPaySigner().answer("{}"), .malformed("mchid")),
      (try WeChatPaySigner().answer(""), .malformed("body")),
    ]
    for (answer, refusal) in answers {
      let stage = try WeChatPayStage { _ in answer }
      #expect(await stage.gateway.query(stage.trade) == .unknown(.unproven(refusal)))
    }
    let silent = try WeChatPayStage()
    #expect(await silent.gateway.query(silent.trade) == .unknown(.noAnswer))
    #expect(await silent.gateway.begin(silent.request()) == .unknown(.noAnswer))
    #expect(await silent.gateway.close(silent.trade) == .unknown(.noAnswer))
    #expect(await silent.gateway.refund(silent.refundRequest) == .unknown(.noAnswer))
    #expect(await silent.gateway.queryRefund(silent.refund, of: silent.trade) == .unknown(.noAnswer))
  }

  @Test(arguments: [
    (204, "", ClosingOutcome.closed), (400, "ORDER_CLOSED", .closed), (400, "ORDER_PAID", .paid),
    (404, "ORDER_NOT_EXIST", .absent), (500, "SYSTEM_ERROR", .unknown(.said(code: "SYSTEM_ERROR"))),
    (400, "PARAM_ERROR", .unknown(.said(code: "PARAM_ERROR"))),
  ])
  func `closing tells whether it can still be paid`(
    _ status: Int, _ code: String, _ outcome: ClosingOutcome
  ) async throws {
    let stage = code.isEmpty ? try stage("", status: status) : try error(code, status)
    #expect(await stage.gateway.close(stage.trade) == outcome)
    let request = try #require(stage.script.requests.first)
    #expect(request.url.hasSuffix("/out-trade-no/order_0000000001/close"))
    #expect(String(decoding: request.body, as: UTF8.self) == "{\"mchid\":\"1900000109\"}")
  }

  private static let refunded = WeChatPayDraft.refund.replacing("refund_status", with: "status")
    .replacing("\"refund\":500", with: "\"refund\":500,\"currency\":\"CNY\"")

  @Test(arguments: [
    (
      "SUCCESS",
      RefundOutcome.succeeded(
        SettledRefund(
          transactionID: "50300000012026112600001", amount: .fen(500), at: stageMoment - .seconds(2)))
    ),
    ("PROCESSING", .processing), ("CLOSED", .failed(code: "CLOSED")), ("ABNORMAL", .abnormal),
  ])
  func `a refund and its query tell what became of it`(
    _ word: String, _ outcome: RefundOutcome
  ) async throws {
    let stage = try stage(Self.refunded.replacing("SUCCESS", with: word))
    #expect(await stage.gateway.refund(stage.refundRequest) == outcome)
    #expect(await stage.gateway.queryRefund(stage.refund, of: stage.trade) == outcome)
    let other = try #require(RefundNumber("refund_000000002"))
    #expect(
      await stage.gateway.queryRefund(other, of: stage.trade) == .unknown(.unproven(.unknownTrade)))
    let body = try JSON(try #require(stage.script.requests.first).body)
    #expect(body["out_refund_no"] == .string("refund_000000001"))
    #expect(body["amount"]?["refund"] == .integer(500))
    #expect(body["amount"]?["total"] == .integer(1999))
    #expect(
      stage.script.requests.last?.url
        == "https://wechat.example/v3/refund/domestic/refunds/refund_000000002")
  }

  @Test func `a refund that was refused has failed, one that nobody knows may be asked for again`()
    async throws
  {
    var stage = try error("NOT_ENOUGH", 403)
    #expect(await stage.gateway.refund(stage.refundRequest) == .failed(code: "NOT_ENOUGH"))
    stage = try error("SYSTEM_ERROR", 500)
    #expect(await stage.gateway.refund(stage.refundRequest) == .unknown(.said(code: "SYSTEM_ERROR")))
    stage = try error("RESOURCE_NOT_EXISTS", 404)
    #expect(await stage.gateway.queryRefund(stage.refund, of: stage.trade) == .absent)
    stage = try error("PARAM_ERROR", 400)
    #expect(
      await stage.gateway.queryRefund(stage.refund, of: stage.trade)
        == .unknown(.said(code: "PARAM_ERROR")))
  }

  @Test func `a bill is believed by its digest`() async throws {
    let file = Array("交易时间,公众账号ID\n`2026-11-25 10:00:00,`wx\n".utf8)
    let digest = Hexadecimal.encode(Array(Insecure.SHA1.hash(data: file)))
    let link = """
      {"hash_type":"SHA1","hash_value":"\(digest)",
      "download_url":"https://wechat.example/v3/billdownload/file?token=a%20b"}
      """
    let stage = try WeChatPayStage { request in
      request.url.contains("/v3/bill/tradebill")
        ? try WeChatPaySigner().answer(link) : GatewayTransport.Response(status: 200, body: file)
    }
    let day = CivilDateTime(year: 2026, month: 11, day: 25)
    #expect(await stage.gateway.downloadBill(of: day) == .bill(DailyBill(format: .weChatPay, bytes: file)))
    #expect(
      stage.script.paths() == [
        "/v3/bill/tradebill?bill_date=2026-11-25&bill_type=ALL", "/v3/certificates",
        "/v3/billdownload/file?token=a%20b",
      ])
    #expect(
      stage.script.requests.last?.headers[.authorization]?.hasPrefix("WECHATPAY2-SHA256-RSA2048 ") == true)
    stage.script.become { request in
      request.url.contains("/v3/bill/tradebill")
        ? try WeChatPaySigner().answer(link) : GatewayTransport.Response(status: 200, body: file + [10])
    }
    #expect(await stage.gateway.downloadBill(of: day) == .unknown(.unproven(.badSignature)))
    let none = try error("NO_STATEMENT_EXIST", 400)
    #expect(await none.gateway.downloadBill(of: day) == .none)
  }

  @Test func `with a pinned key WeChat Pay is told to use it`() async throws {
    let stage = try WeChatPayStage(isPinned: true) { _ in try WeChatPaySigner.pinned.answer(Self.paid) }
    guard case .paid = await stage.gateway.query(stage.trade) else {
      Issue.record("not paid")
      return
    }
    let name = try #require(HTTPField.Name("Wechatpay-Serial"))
    #expect(stage.script.requests.map { $0.headers[name] } == [WeChatPayStage.pinnedID])
  }

  @Test func `numbers are what both gateways take, and a subject is cut between characters`() throws {
    for text in ["", "order", "order-000001", "订单000001", "order 0001", String(repeating: "a", count: 33)] {
      #expect(TradeNumber(text) == nil && RefundNumber(text) == nil, "\(text)")
    }
    for text in ["orders", String(repeating: "a", count: 32), "0A_z09"] {
      #expect(TradeNumber(text)?.text == text && RefundNumber(text)?.text == text)
    }
    let long = PaymentRequest(
      trade: try #require(TradeNumber("order_0000000001")), amount: .fen(1),
      subject: String(repeating: "菜", count: 60) + "\n", expiresAt: stageMoment, notifyURL: "",
      presentation: .code)
    #expect(long.shortSubject == String(repeating: "菜", count: 42))
  }
}
