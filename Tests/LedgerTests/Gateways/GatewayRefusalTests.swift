import Kernel
import Testing

@testable import Ledger

struct GatewayRefusalTests {
  /// Codes that programs and counters may depend on, with the status of the answer to WeChat Pay.
  private static let all: [(refusal: GatewayRefusal, code: String, status: Int)] = [
    (.missing("sign"), "gateway.missing", 401), (.doubled("sign"), "gateway.doubled", 401),
    (.staleTimestamp, "gateway.stale_timestamp", 401), (.unknownSerial, "gateway.unknown_serial", 401),
    (.badSignature, "gateway.bad_signature", 401), (.badCiphertext, "gateway.bad_ciphertext", 400),
    (.unsupportedAlgorithm, "gateway.unsupported_algorithm", 401),
    (.unsupportedCharset, "gateway.unsupported_charset", 400),
    (.otherMerchant, "gateway.other_merchant", 400),
    (.otherApplication, "gateway.other_application", 400), (.otherSeller, "gateway.other_seller", 400),
    (.wrongCurrency, "gateway.wrong_currency", 400), (.malformed("body"), "gateway.malformed", 400),
    (.tooLarge, "gateway.too_large", 413), (.unknownTrade, "gateway.unknown_trade", 400),
    (.otherAmount, "gateway.other_amount", 400),
  ]

  @Test func `every refusal has a code of its own, which stays`() {
    for (refusal, code, status) in Self.all {
      #expect(refusal.code == code)
      #expect(refusal.problem == Problem(code, status: status, refusal.title))
    }
    #expect(Set(Self.all.map(\.refusal.title)).count == Self.all.count)
  }

  @Test func `a refused notification makes no gateway believe that it was taken`() throws {
    for gateway in [try WeChatPayStage().gateway, try AlipayStage().gateway] as [any PaymentGateway] {
      for verdict in Self.all.map({ NotificationVerdict.refused($0.refusal) }) + [.failed] {
        let answer = gateway.answer(verdict)
        switch gateway.channel {
        case .weChatPay: #expect((400..<600).contains(answer.status))
        case .alipay: #expect(answer.body != "success")
        case .cash, .bankTransfer, .voucher: Issue.record("no gateway takes \(gateway.channel)")
        }
      }
    }
  }

  @Test func `every doubt has a code for logs, without what the gateway wrote`() {
    #expect(GatewayDoubt.noAnswer.code == "gateway.no_answer")
    #expect(GatewayDoubt.said(code: "SYSTEM_ERROR").code == "gateway.in_doubt")
    #expect(GatewayDoubt.notAsked.code == "gateway.not_asked")
    #expect(GatewayDoubt.unproven(.badSignature).code == "gateway.bad_signature")
  }
}
