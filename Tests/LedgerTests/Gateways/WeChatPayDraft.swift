import HTTPTypes
import Kernel
import Security
import Testing

@testable import Ledger

/// A notification that is right until a test changes something.
struct WeChatPayDraft: Sendable {
  var event = "TRANSACTION.SUCCESS"
  var content = Self.transaction
  var algorithm = "AEAD_AES_256_GCM"
  var sealNonce = "abcdefghijkl"
  var statedNonce: String?
  var associatedData = "transaction"
  var statedAssociatedData: String?
  var apiKey = WeChatPayStage.apiKey
  var signer = WeChatPaySigner()
  /// Changes ciphertext ‖ tag.
  var damage: @Sendable (inout [UInt8]) -> Void = { _ in }
  /// Changes the body before it is signed.
  var rewrite: @Sendable (String) -> String = { $0 }
  /// Changes the body after it was signed.
  var tamper: @Sendable (inout [UInt8]) -> Void = { _ in }
  var dress: @Sendable (inout HTTPFields) -> Void = { _ in }

  static let transaction = """
    {"transaction_id":"4200002026112600001","amount":{"payer_total":1999,"total":1999,"currency":"CNY",
    "payer_currency":"CNY"},"mchid":"1900000109","trade_state":"SUCCESS","bank_type":"OTHERS",
    "success_time":"2026-11-26T07:59:58+08:00","payer":{"openid":"o1"},"out_trade_no":"order_0000000001",
    "appid":"wxd678efh567hg6787","trade_state_desc":"支付成功","trade_type":"NATIVE"}
    """

  static let refund = """
    {"mchid":"1900000109","out_trade_no":"order_0000000001","transaction_id":"4200002026112600001",
    "out_refund_no":"refund_000000001","refund_id":"50300000012026112600001","refund_status":"SUCCESS",
    "success_time":"2026-11-26T07:59:58+08:00","user_received_account":"支付用户零钱",
    "amount":{"total":1999,"refund":500,"payer_total":1999,"payer_refund":500}}
    """

  func notification() throws -> IncomingNotification {
    var sealed = try WeChatPaySeal.seal(
      content, key: apiKey, nonce: sealNonce, associatedData: associatedData)
    damage(&sealed)
    let body = rewrite(
      """
      {"id":"EV-1","create_time":"2026-11-26T07:59:59+08:00","resource_type":"encrypt-resource",\
      "event_type":"\(event)","summary":"支付成功","resource":{"original_type":"transaction",\
      "algorithm":"\(algorithm)","ciphertext":"\(Base64.encode(sealed))",\
      "associated_data":"\(statedAssociatedData ?? associatedData)","nonce":"\(statedNonce ?? sealNonce)"}}
      """)
    var bytes = Array(body.utf8)
    var headers = try signer.headers(bytes)
    tamper(&bytes)
    dress(&headers)
    return IncomingNotification(headers: headers, body: bytes)
  }

  mutating func replace(_ old: String, _ new: String) {
    content = content.replacing(old, with: new)
  }
}

/// A change after which a notification must be refused, and why.
struct BadWeChatPay: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let refusal: GatewayRefusal
  let change: @Sendable (inout WeChatPayDraft) -> Void

  init(
    _ name: String, _ refusal: GatewayRefusal, _ change: @escaping @Sendable (inout WeChatPayDraft) -> Void
  ) {
    testDescription = name
    self.refusal = refusal
    self.change = change
  }

  static func set(_ headers: inout HTTPFields, _ name: String, _ values: [String]) {
    guard let name = HTTPField.Name(name) else { return }
    headers[values: name] = values
  }

  static func value(_ headers: HTTPFields, _ name: String) -> String {
    HTTPField.Name(name).flatMap { headers[$0] } ?? ""
  }

  static let all: [BadWeChatPay] = signatures + bodies + headers + ciphertexts + contents

  static let signatures: [BadWeChatPay] = [
    .init("a signature of other bytes", .badSignature) { draft in
      draft.dress = { set(&$0, "Wechatpay-Signature", [Base64.encode([UInt8](repeating: 7, count: 256))]) }
    },
    .init("a signature that is no base64", .badSignature) { draft in
      draft.dress = { set(&$0, "Wechatpay-Signature", ["not base64!"]) }
    },
    .init("WeChat Pay's own trial of us", .badSignature) { draft in
      draft.dress = { headers in
        let right = value(headers, "Wechatpay-Signature")
        set(&headers, "Wechatpay-Signature", ["WECHATPAY/SIGNTEST/" + right.dropFirst(19)])
      }
    },
    .init("WeChat Pay's own trial before a right signature", .badSignature) { draft in
      draft.dress = { headers in
        let right = value(headers, "Wechatpay-Signature")
        set(&headers, "Wechatpay-Signature", ["WECHATPAY/SIGNTEST/" + right])
      }
    },
    .init("another's key under the right number", .badSignature) { $0.signer.key = GatewayKeys.merchant },
    .init("a known key under another known number", .badSignature) {
      $0.signer.serial = WeChatPayStage.nextPlatformSerial
    },
    .init("the next key under the number of the first", .badSignature) {
      $0.signer.key = GatewayKeys.nextPlatform
    },
    .init("a right signature under an unknown number", .unknownSerial) {
      $0.signer.serial = "00000000000000000000000000000000000000AA"
    },
    .init("a right signature under the number of an unknown public key", .unknownSerial) {
      $0.signer.serial = WeChatPayStage.pinnedID
    },
    .init("a number that is no number", .unknownSerial) { $0.signer.serial = "../../certificates" },
    .init("the number in small letters", .unknownSerial) {
      $0.signer.serial = WeChatPayStage.platformSerial.lowercased()
    },
    .init("a certificate that has run out", .unknownSerial) {
      $0.signer.serial = WeChatPayStage.expiredSerial
    },
    .init("301 seconds old", .staleTimestamp) { $0.signer.at = stageMoment - .seconds(301) },
    .init("301 seconds ahead", .staleTimestamp) { $0.signer.at = stageMoment + .seconds(301) },
    .init("another time than was signed", .badSignature) { draft in
      draft.dress = { set(&$0, "Wechatpay-Timestamp", [String(stageMoment.seconds + 1)]) }
    },
    .init("another nonce than was signed", .badSignature) { draft in
      draft.dress = { set(&$0, "Wechatpay-Nonce", ["00000000000000000000000000000000"]) }
    },
  ]

  static let bodies: [BadWeChatPay] = [
    .init("a body that was written anew", .badSignature) { draft in
      draft.tamper = { $0 = Array(String(decoding: $0, as: UTF8.self).replacing(":", with: ": ").utf8) }
    },
    .init("a line end after the body", .badSignature) { draft in draft.tamper = { $0.append(10) } },
    .init("one bit of the body", .badSignature) { draft in draft.tamper = { $0[20] ^= 1 } },
    .init("no body", .badSignature) { draft in draft.tamper = { $0 = [] } },
    .init("no body, signed", .malformed("body")) { draft in draft.rewrite = { _ in "" } },
    .init("no JSON, signed", .malformed("body")) { draft in draft.rewrite = { _ in "hello" } },
    .init("an array, signed", .malformed("body")) { draft in draft.rewrite = { "[\($0)]" } },
    .init("a name twice, signed", .malformed("body")) { draft in
      draft.rewrite = { $0.replacing("\"summary\"", with: "\"id\":\"EV-2\",\"summary\"") }
    },
    .init("65 KB, signed", .tooLarge) { draft in
      draft.rewrite = { $0 + String(repeating: " ", count: 65 * 1024 - $0.utf8.count) }
    },
    .init("one byte more than 64 KB, signed", .tooLarge) { draft in
      draft.rewrite = { $0 + String(repeating: " ", count: 64 * 1024 + 1 - $0.utf8.count) }
    },
    .init("no number of the notification", .malformed("id")) { draft in
      draft.rewrite = { $0.replacing("\"EV-1\"", with: "\"\"") }
    },
    .init("no resource", .malformed("resource")) { draft in
      draft.rewrite = { $0.replacing("\"resource\":", with: "\"resources\":") }
    },
    .init("an event of another kind", .malformed("event_type")) { $0.event = "PAYSCORE.USER_PAID" },
  ]

  static let headers: [BadWeChatPay] = {
    let names = ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial"]
    return names.flatMap { name in
      [
        BadWeChatPay("no \(name)", .missing(name)) { $0.dress = { set(&$0, name, []) } },
        BadWeChatPay("an empty \(name)", .missing(name)) { $0.dress = { set(&$0, name, [""]) } },
        BadWeChatPay("\(name) twice the same", .doubled(name)) { draft in
          draft.dress = { set(&$0, name, [value($0, name), value($0, name)]) }
        },
        BadWeChatPay("\(name) with another after it", .doubled(name)) { draft in
          draft.dress = { set(&$0, name, [value($0, name), "x"]) }
        },
      ]
    }
      + ["-1", "abc", "1795651200.0", "0x6B06E4C0", "99999999999999999999", "１７９５６５１２００"].map { time in
        BadWeChatPay("the time \(time)", .staleTimestamp) { draft in
          draft.dress = { set(&$0, "Wechatpay-Timestamp", [time]) }
        }
      }
  }()

  static let ciphertexts: [BadWeChatPay] = [
    .init("one bit of the tag", .badCiphertext) { draft in draft.damage = { $0[$0.count - 1] ^= 1 } },
    .init("one bit of the ciphertext", .badCiphertext) { draft in draft.damage = { $0[0] ^= 1 } },
    .init("a ciphertext without tag", .badCiphertext) { draft in draft.damage = { $0.removeLast(16) } },
    .init("a ciphertext of fifteen bytes", .badCiphertext) { draft in
      draft.damage = { $0 = Array($0.prefix(15)) }
    },
    .init("other associated data", .badCiphertext) { $0.statedAssociatedData = "refund" },
    .init("no associated data where there was some", .badCiphertext) { $0.statedAssociatedData = "" },
    .init("a nonce of eleven bytes", .badCiphertext) { $0.statedNonce = "abcdefghijk" },
    .init("a nonce of thirteen bytes, sealed with it", .badCiphertext) { $0.sealNonce = "abcdefghijklm" },
    .init("another nonce", .badCiphertext) { $0.statedNonce = "abcdefghijkm" },
    .init("another merchant's APIv3 key", .badCiphertext) { $0.apiKey[0] ^= 1 },
    .init("another algorithm", .unsupportedAlgorithm) { $0.algorithm = "AEAD_AES_128_GCM" },
    .init("no algorithm", .malformed("algorithm")) { $0.algorithm = "" },
    .init("content that is no JSON", .malformed("resource")) { $0.content = "hello" },
  ]

  static let contents: [BadWeChatPay] = [
    .init("another merchant", .otherMerchant) { $0.replace("1900000109", "1900000108") },
    .init("no merchant", .malformed("mchid")) { $0.replace("\"mchid\"", "\"mch\"") },
    .init("another application", .otherApplication) { $0.replace("wxd678efh567hg6787", "wx0") },
    .init("dollars", .wrongCurrency) { $0.replace("\"currency\":\"CNY\"", "\"currency\":\"USD\"") },
    .init("no currency", .wrongCurrency) { $0.replace("\"currency\":\"CNY\",", "") },
    .init("an amount with a fraction", .malformed("total")) {
      $0.replace("\"total\":1999", "\"total\":19.99")
    },
    .init("an amount in words", .malformed("total")) { $0.replace("\"total\":1999", "\"total\":\"1999\"") },
    .init("a negative amount", .malformed("total")) { $0.replace("\"total\":1999", "\"total\":-1999") },
    .init("an amount beyond all", .malformed("total")) {
      $0.replace("\"total\":1999", "\"total\":9223372036854775807")
    },
    .init("a trade number that cannot be ours", .malformed("out_trade_no")) {
      $0.replace("order_0000000001", "订单一号")
    },
    .init("a state that nobody knows", .malformed("trade_state")) { $0.replace("SUCCESS", "MAYBE") },
    .init("no time of payment", .malformed("success_time")) { $0.replace("success_time", "time") },
    .init("no transaction", .malformed("transaction_id")) { $0.replace("transaction_id", "id") },
  ]
}
