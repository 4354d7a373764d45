import HTTPTypes
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import Ledger

/// A notification of Alipay that is right until a test changes something.
struct AlipayDraft: Sendable {
  var fields = [
    "notify_time": "2026-11-26 08:00:00", "notify_type": "trade_status_sync", "notify_id": "n-1",
    "charset": "utf-8", "version": "1.0", "sign_type": "RSA2", "app_id": "2021000000000001",
    "trade_no": "2026112622001400000000000001", "out_trade_no": "order_0000000001",
    "buyer_id": "2088000000000009", "seller_id": "2088000000000001", "trade_status": "TRADE_SUCCESS",
    "total_amount": "19.99", "subject": "团购 & 11=26 +1 %41", "gmt_payment": "2026-11-26 07:59:58",
    "body": "",
  ]
  var key = GatewayKeys.alipay
  /// Changes the pairs after they were signed.
  var tamper: @Sendable (inout [(String, String)]) -> Void = { _ in }
  /// Changes the body after it was signed.
  var rewrite: @Sendable (String) -> String = { $0 }

  func notification() throws -> IncomingNotification {
    let signed = fields.filter { $0.key != "sign_type" && $0.key != "sign" }
    let message = signed.keys.sorted().map { "\($0)=\(signed[$0] ?? "")" }.joined(separator: "&")
    let signature = try #require(RSASigningKey(key)).signature(of: Array(message.utf8))
    var pairs = fields.map { ($0.key, $0.value) } + [("sign", Base64.encode(signature))]
    tamper(&pairs)
    let body = pairs.map { "\(URLEncodedText.encode($0))=\(URLEncodedText.encode($1))" }
    return IncomingNotification(headers: [:], body: Array(rewrite(body.joined(separator: "&")).utf8))
  }

  static func set(_ pairs: inout [(String, String)], _ name: String, _ value: String) {
    for index in pairs.indices where pairs[index].0 == name { pairs[index].1 = value }
  }
}

struct BadAlipay: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let refusal: GatewayRefusal
  let change: @Sendable (inout AlipayDraft) -> Void

  init(_ name: String, _ refusal: GatewayRefusal, _ change: @escaping @Sendable (inout AlipayDraft) -> Void) {
    testDescription = name
    self.refusal = refusal
    self.change = change
  }

  static let all: [BadAlipay] = signatures + bodies + contents

  static let signatures: [BadAlipay] = [
    .init("a signature of other bytes", .badSignature) { draft in
      draft.tamper = { AlipayDraft.set(&$0, "sign", Base64.encode([UInt8](repeating: 7, count: 256))) }
    },
    .init("a signature that is no base64", .badSignature) { draft in
      draft.tamper = { AlipayDraft.set(&$0, "sign", "not base64!") }
    },
    .init("no signature", .missing("sign")) { draft in
      draft.tamper = { $0.removeAll { $0.0 == "sign" } }
    },
    .init("our own key", .badSignature) { $0.key = GatewayKeys.application },
    .init("another's key", .badSignature) { $0.key = GatewayKeys.merchant },
    .init("the older signature type", .unsupportedAlgorithm) { $0.fields["sign_type"] = "RSA" },
    .init("the signature type in small letters", .unsupportedAlgorithm) { $0.fields["sign_type"] = "rsa2" },
    .init("no signature type", .missing("sign_type")) { $0.fields["sign_type"] = nil },
    .init("another character set", .unsupportedCharset) { $0.fields["charset"] = "gbk" },
    .init("no character set", .missing("charset")) { $0.fields["charset"] = nil },
    .init("one fen more", .badSignature) { draft in
      draft.tamper = { AlipayDraft.set(&$0, "total_amount", "20.00") }
    },
    .init("another trade", .badSignature) { draft in
      draft.tamper = { AlipayDraft.set(&$0, "out_trade_no", "order_0000000002") }
    },
    .init("one parameter more", .badSignature) { draft in
      draft.tamper = { $0.append(("extra", "1")) }
    },
    .init("one parameter less, though it is empty", .badSignature) { draft in
      draft.tamper = { $0.removeAll { $0.0 == "body" } }
    },
  ]

  static let bodies: [BadAlipay] = [
    .init("no body", .malformed("body")) { draft in draft.rewrite = { _ in "" } },
    .init("only separators", .malformed("body")) { draft in draft.rewrite = { _ in "&&&" } },
    .init("JSON", .missing("sign_type")) { draft in draft.rewrite = { _ in "{\"sign\":\"\"}" } },
    .init("an escape that is none", .malformed("body")) { draft in draft.rewrite = { $0 + "&a=%zz" } },
    .init("bytes that are no UTF-8", .malformed("body")) { draft in draft.rewrite = { $0 + "&a=%ff" } },
    .init("a parameter twice", .doubled("out_trade_no")) { draft in
      draft.rewrite = { $0 + "&out_trade_no=order_0000000001" }
    },
    .init("the signature twice", .doubled("sign")) { draft in draft.rewrite = { $0 + "&sign=" } },
    .init("a parameter twice in two spellings", .doubled("app_id")) { draft in
      draft.rewrite = { $0 + "&%61pp_id=2021000000000001" }
    },
    .init("65 KB", .tooLarge) { draft in
      draft.rewrite = { $0 + "&a=" + String(repeating: "a", count: 65 * 1024) }
    },
    .init("201 parameters", .malformed("body")) { draft in
      draft.rewrite = { body in body + (0..<201).map { "&p\($0)=" }.joined() }
    },
    .init("the body of one form decoded twice", .badSignature) { draft in
      draft.rewrite = { $0.replacing("%2541", with: "A") }
    },
  ]

  static let contents: [BadAlipay] =
    [
      .init("another application", .otherApplication) { $0.fields["app_id"] = "2021000000000002" },
      .init("no application", .missing("app_id")) { $0.fields["app_id"] = nil },
      .init("another seller", .otherSeller) { $0.fields["seller_id"] = "2088000000000002" },
      .init("no seller", .missing("seller_id")) { $0.fields["seller_id"] = nil },
      .init("no number of the notification", .missing("notify_id")) { $0.fields["notify_id"] = nil },
      .init("no trade", .missing("out_trade_no")) { $0.fields["out_trade_no"] = nil },
      .init("a trade number that cannot be ours", .malformed("out_trade_no")) {
        $0.fields["out_trade_no"] = "1"
      },
      .init("no transaction", .missing("trade_no")) { $0.fields["trade_no"] = "" },
      .init("a state that nobody knows", .malformed("trade_status")) { $0.fields["trade_status"] = "PAID" },
      .init("no time of payment", .missing("gmt_payment")) { $0.fields["gmt_payment"] = nil },
      .init("a time that does not exist", .malformed("gmt_payment")) {
        $0.fields["gmt_payment"] = "2026-02-30 00:00:00"
      },
    ]
    + [
      "19.999", "1999e-2", "-19.99", "0", "0.00", "１９.99", "19,99", " 19.99", "", "abc",
      "99999999999999999999",
    ]
    .map { amount in
      BadAlipay(
        "the amount “\(amount)”", amount.isEmpty ? .missing("total_amount") : .malformed("total_amount")
      ) { $0.fields["total_amount"] = amount }
    }
}

/// What comes to our address in Alipay's name. Source: field/reliability.md §3.9.
struct AlipayNotificationTests {
  private func paid(_ id: String, _ amount: Money = .fen(1999)) throws -> GatewayEvent {
    .payment(
      PaymentNotice(
        notificationID: id, trade: try #require(TradeNumber("order_0000000001")),
        transactionID: "2026112622001400000000000001", amount: amount, state: .paid,
        paidAt: stageMoment - .seconds(2)))
  }

  @Test func `what another implementation signed is believed`() async throws {
    let stage = try AlipayStage()
    let body = Array(GatewayVectors.alipayNotification.utf8)
    let event = try await stage.gateway.verify(IncomingNotification(headers: [:], body: body))
    #expect(event == (try paid("2026112600222080000000001")))
    for position in body.indices {
      var changed = body
      changed[position] ^= 1
      let event = try? await stage.gateway.verify(IncomingNotification(headers: [:], body: changed))
      #expect(event == nil, "byte \(position)")
    }
  }

  @Test(arguments: BadAlipay.all)
  func `a bad notification is refused, and for the right reason`(_ bad: BadAlipay) async throws {
    let stage = try AlipayStage()
    var draft = AlipayDraft()
    #expect(try await stage.gateway.verify(draft.notification()) == paid("n-1"))
    bad.change(&draft)
    let notification = try draft.notification()
    await #expect(throws: bad.refusal) { try await stage.gateway.verify(notification) }
  }

  @Test(arguments: [("19.9", 1990), ("19", 1900), ("0.01", 1), ("9999999.99", 999_999_999), ("19.90", 1990)])
  func `an amount is read by its digits`(_ text: String, _ fen: Int64) async throws {
    var draft = AlipayDraft()
    draft.fields["total_amount"] = text
    #expect(try await AlipayStage().gateway.verify(draft.notification()) == paid("n-1", .fen(fen)))
  }

  @Test(arguments: [
    ("TRADE_SUCCESS", PaymentNotice.State.paid), ("TRADE_FINISHED", .paid), ("WAIT_BUYER_PAY", .notPaid),
    ("TRADE_CLOSED", .closed),
  ])
  func `only success and finished are paid`(_ word: String, _ state: PaymentNotice.State) async throws {
    var draft = AlipayDraft()
    draft.fields["trade_status"] = word
    guard case .payment(let notice) = try await AlipayStage().gateway.verify(draft.notification()) else {
      Issue.record("no payment")
      return
    }
    #expect(notice.state == state)
    #expect((notice.paidAt != nil) == (state == .paid))
  }

  @Test(arguments: ["TRADE_SUCCESS", "TRADE_CLOSED"])
  func `a refund's notification is no payment, whatever the state of the trade`(
    _ word: String
  ) async throws {
    let stage = try AlipayStage()
    var draft = AlipayDraft()
    draft.fields["trade_status"] = word
    draft.fields["refund_fee"] = "5.00"
    draft.fields["out_biz_no"] = "refund_000000001"
    func notice(_ refund: RefundNumber?) -> GatewayEvent {
      .refund(
        RefundNotice(
          notificationID: "n-1", trade: stage.trade, transactionID: "2026112622001400000000000001",
          refund: refund, amount: .allRefunds(.fen(500)), state: .succeeded))
    }
    #expect(try await stage.gateway.verify(draft.notification()) == notice(stage.refund))
    draft.fields["out_biz_no"] = nil
    #expect(try await stage.gateway.verify(draft.notification()) == notice(nil))
    draft.fields["out_biz_no"] = "refund_000000001"
    draft.fields["refund_fee"] = nil
    let unfinished = try draft.notification()
    await #expect(throws: GatewayRefusal.missing("refund_fee")) {
      try await stage.gateway.verify(unfinished)
    }
  }

  @Test func `the order of parameters and the way they are escaped do not matter`() async throws {
    let stage = try AlipayStage()
    var draft = AlipayDraft()
    draft.tamper = { $0.reverse() }
    draft.rewrite = { $0.replacing("%20", with: "+").replacing("%2D", with: "-") }
    #expect(try await stage.gateway.verify(draft.notification()) == paid("n-1"))
    draft.fields["charset"] = "UTF-8"
    #expect(try await stage.gateway.verify(draft.notification()) == paid("n-1"))
  }

  @Test func `the answer is seven letters, or others`() throws {
    let gateway = try AlipayStage().gateway
    #expect(
      gateway.answer(.accepted) == NotificationAnswer(status: 200, contentType: "text/plain", body: "success")
    )
    for verdict in [NotificationVerdict.failed, .refused(.badSignature), .refused(.otherAmount)] {
      #expect(
        gateway.answer(verdict) == NotificationAnswer(status: 200, contentType: "text/plain", body: "fail"))
    }
  }

  @Test func `noise is refused and ends nothing`() async throws {
    let stage = try AlipayStage()
    let good = try AlipayDraft().notification().body
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<2000 {
      var body = good
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        body = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
          .random(in: 0...255, using: &generator)
        }
      case 1: body.removeLast(Int.random(in: 1...body.count, using: &generator))
      default:
        body[Int.random(in: body.indices, using: &generator)] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
      }
      guard let event = try? await stage.gateway.verify(IncomingNotification(headers: [:], body: body)) else {
        continue
      }
      // A hexadecimal digit of an escape may change its case, which says the same.
      #expect(event == (try paid("n-1")))
    }
  }
}
