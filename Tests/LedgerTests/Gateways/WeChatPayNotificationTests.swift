import HTTPTypes
import Kernel
import Security
import TestKit
import Testing

@testable import Ledger

/// What comes to our address in WeChat Pay's name. Source: field/reliability.md §3.8.
struct WeChatPayNotificationTests {
  private static let twoCertificates = CertificateList(certificates: [
    (WeChatPayStage.platformSerial, GatewayKeys.platformCertificate),
    (WeChatPayStage.nextPlatformSerial, GatewayKeys.nextPlatformCertificate),
    (WeChatPayStage.expiredSerial, GatewayKeys.expiredCertificate),
  ])

  private func paid(_ id: String) throws -> GatewayEvent {
    .payment(
      PaymentNotice(
        notificationID: id, trade: try #require(TradeNumber("order_0000000001")),
        transactionID: "4200002026112600001", amount: .fen(1999), state: .paid,
        paidAt: stageMoment - .seconds(2)))
  }

  @Test func `what another implementation signed and encrypted is believed`() async throws {
    let stage = try WeChatPayStage()
    var headers = HTTPFields()
    for (name, value) in [
      ("wechatpay-timestamp", "1795651200"), ("wechatpay-nonce", GatewayVectors.nonce),
      ("wechatpay-signature", GatewayVectors.notificationSignature),
      ("wechatpay-serial", WeChatPayStage.platformSerial),
    ] { headers[try #require(HTTPField.Name(name))] = value }
    let body = Array(GatewayVectors.notification.utf8)
    let event = try await stage.gateway.verify(IncomingNotification(headers: headers, body: body))
    #expect(event == (try paid("EV-2018022511223320873")))
    for position in body.indices {
      var changed = body
      changed[position] ^= 1
      await #expect(throws: GatewayRefusal.badSignature) {
        try await stage.gateway.verify(IncomingNotification(headers: headers, body: changed))
      }
    }
  }

  @Test(arguments: [-300, -299, 0, 299, 300])
  func `a signature of the last and next five minutes is believed`(_ seconds: Int) async throws {
    let stage = try WeChatPayStage()
    var draft = WeChatPayDraft()
    draft.signer.at = stageMoment + .seconds(seconds)
    // The certificates are fetched at the present, whatever the time of the notification.
    #expect(try await stage.gateway.verify(draft.notification()) == paid("EV-1"))
  }

  @Test func `associated data may be empty, and 64 KB are not too much`() async throws {
    let stage = try WeChatPayStage()
    var draft = WeChatPayDraft()
    draft.associatedData = ""
    #expect(try await stage.gateway.verify(draft.notification()) == paid("EV-1"))
    draft.rewrite = { $0.replacing("\"associated_data\":\"\",", with: "") }
    #expect(try await stage.gateway.verify(draft.notification()) == paid("EV-1"))
    draft.rewrite = { $0 + String(repeating: " ", count: 64 * 1024 - $0.utf8.count) }
    #expect(try await stage.gateway.verify(draft.notification()) == paid("EV-1"))
  }

  @Test(arguments: BadWeChatPay.all)
  func `a bad notification is refused, and for the right reason`(_ bad: BadWeChatPay) async throws {
    let stage = try WeChatPayStage(certificates: Self.twoCertificates)
    var draft = WeChatPayDraft()
    #expect(try await stage.gateway.verify(draft.notification()) == paid("EV-1"))
    bad.change(&draft)
    let notification = try draft.notification()
    await #expect(throws: bad.refusal) { try await stage.gateway.verify(notification) }
  }

  @Test(arguments: [
    ("SUCCESS", PaymentNotice.State.paid), ("REFUND", .paid), ("NOTPAY", .notPaid), ("USERPAYING", .notPaid),
    ("PAYERROR", .notPaid), ("CLOSED", .closed), ("REVOKED", .closed),
  ])
  func `only a paid trade is paid`(_ word: String, _ state: PaymentNotice.State) async throws {
    let stage = try WeChatPayStage()
    var draft = WeChatPayDraft()
    draft.replace("SUCCESS", word)
    guard case .payment(let notice) = try await stage.gateway.verify(draft.notification()) else {
      Issue.record("no payment")
      return
    }
    #expect(notice.state == state)
    #expect((notice.paidAt != nil) == (state == .paid))
  }

  @Test(arguments: [
    ("SUCCESS", RefundNotice.State.succeeded), ("CLOSED", .closed), ("ABNORMAL", .abnormal),
  ])
  func `a refund's notification says what became of it`(
    _ word: String, _ state: RefundNotice.State
  ) async throws {
    let stage = try WeChatPayStage()
    var draft = WeChatPayDraft()
    draft.event = "REFUND.\(word)"
    draft.content = WeChatPayDraft.refund.replacing("SUCCESS", with: word)
    #expect(
      try await stage.gateway.verify(draft.notification())
        == .refund(
          RefundNotice(
            notificationID: "EV-1", trade: stage.trade, transactionID: "4200002026112600001",
            refund: stage.refund, amount: .refund(.fen(500)), state: state)))
    draft.replace("1900000109", "1900000108")
    let other = try draft.notification()
    await #expect(throws: GatewayRefusal.otherMerchant) { try await stage.gateway.verify(other) }
  }

  @Test func `a payment's content is none for a refund, nor a refund's for a payment`() async throws {
    let stage = try WeChatPayStage()
    var draft = WeChatPayDraft()
    draft.event = "REFUND.SUCCESS"
    let payment = try draft.notification()
    await #expect(throws: GatewayRefusal.malformed("out_refund_no")) {
      try await stage.gateway.verify(payment)
    }
    draft.event = "TRANSACTION.SUCCESS"
    draft.content = WeChatPayDraft.refund
    let refund = try draft.notification()
    await #expect(throws: GatewayRefusal.malformed("appid")) { try await stage.gateway.verify(refund) }
  }

  @Test func `the answers are what WeChat Pay expects`() throws {
    let gateway = try WeChatPayStage().gateway
    #expect(gateway.answer(.accepted) == NotificationAnswer(status: 204))
    let answers: [(NotificationVerdict, Int, String)] = [
      (.refused(.badSignature), 401, "gateway.bad_signature"),
      (.refused(.unknownSerial), 401, "gateway.unknown_serial"),
      (.refused(.otherAmount), 400, "gateway.other_amount"),
      (.refused(.tooLarge), 413, "gateway.too_large"), (.failed, 500, "gateway.failed"),
    ]
    for (verdict, status, message) in answers {
      #expect(
        gateway.answer(verdict)
          == NotificationAnswer(
            status: status, contentType: "application/json",
            body: "{\"code\":\"FAIL\",\"message\":\"\(message)\"}"))
    }
  }

  @Test func `noise is refused and ends nothing`() async throws {
    let stage = try WeChatPayStage()
    let good = try WeChatPayDraft().notification()
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<600 {
      var body = good.body
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
      // Once as somebody sends it, once as if the other's key had been lost.
      for headers in [good.headers, try WeChatPaySigner().headers(body)] {
        let event = try? await stage.gateway.verify(IncomingNotification(headers: headers, body: body))
        // Signed noise may have changed a word that nobody reads; what is read is encrypted and cannot.
        if headers == good.headers { #expect(event == nil) }
        if case .payment(let notice)? = event { #expect(notice.amount == .fen(1999)) }
      }
    }
  }
}
