import Crypto
import Foundation
import HTTPTypes
import Kernel
import Security
import Synchronization
import Testing
import Web

@testable import Ledger

/// Answers requests as a test says, and remembers them.
final class ScriptedTransport: Sendable {
  typealias Answer = @Sendable (GatewayTransport.Request) async throws -> GatewayTransport.Response

  private let answer: Mutex<Answer>
  private let seen = Mutex<[GatewayTransport.Request]>([])

  init(_ answer: @escaping Answer) {
    self.answer = Mutex(answer)
  }

  var requests: [GatewayTransport.Request] { seen.withLock { $0 } }

  func paths(_ beginning: String = "") -> [String] {
    requests.map { String($0.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }) }
      .filter { $0.hasPrefix(beginning) }
  }

  func become(_ answer: @escaping Answer) {
    self.answer.withLock { $0 = answer }
  }

  var transport: GatewayTransport {
    GatewayTransport { request in
      self.seen.withLock { $0.append(request) }
      return try await self.answer.withLock { $0 }(request)
    }
  }
}

struct NoAnswer: Error {}

/// 2026-11-26T00:00:00Z, the moment of the vectors.
let stageMoment = Timestamp(seconds: 1_795_651_200)

/// Signs as WeChat Pay does.
struct WeChatPaySigner: Sendable {
  var key = GatewayKeys.platform
  var serial = WeChatPayStage.platformSerial
  var at = stageMoment
  var nonce = "c5ac7061fccab6bf3e254dcf98995b8c"

  static let pinned = WeChatPaySigner(key: GatewayKeys.pinned, serial: WeChatPayStage.pinnedID)
  static let next = WeChatPaySigner(
    key: GatewayKeys.nextPlatform, serial: WeChatPayStage.nextPlatformSerial)

  func headers(_ body: [UInt8]) throws -> HTTPFields {
    let signature = try #require(RSASigningKey(key))
      .signature(of: Array("\(at.seconds)\n\(nonce)\n".utf8) + body + [10])
    var headers = HTTPFields()
    headers[try name("Wechatpay-Timestamp")] = String(at.seconds)
    headers[try name("Wechatpay-Nonce")] = nonce
    headers[try name("Wechatpay-Signature")] = Base64.encode(signature)
    headers[try name("Wechatpay-Serial")] = serial
    return headers
  }

  func name(_ text: String) throws -> HTTPField.Name { try #require(HTTPField.Name(text)) }

  func answer(_ body: String, status: Int = 200) throws -> GatewayTransport.Response {
    let bytes = Array(body.utf8)
    return GatewayTransport.Response(status: status, headers: try headers(bytes), body: bytes)
  }
}

/// Encrypts as WeChat Pay does.
enum WeChatPaySeal {
  static func seal(
    _ content: String, key: [UInt8] = WeChatPayStage.apiKey, nonce: String, associatedData: String
  ) throws -> [UInt8] {
    let box = try AES.GCM.seal(
      Array(content.utf8), using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: Array(nonce.utf8)),
      authenticating: Array(associatedData.utf8))
    return Array(box.ciphertext + box.tag)
  }
}

/// The answer to `/v3/certificates`.
struct CertificateList: Sendable {
  var certificates = [(WeChatPayStage.platformSerial, GatewayKeys.platformCertificate)]
  var apiKey = WeChatPayStage.apiKey
  var signer = WeChatPaySigner()

  func answer() throws -> GatewayTransport.Response {
    let entries = try certificates.map { serial, pem in
      let sealed = try WeChatPaySeal.seal(
        pem, key: apiKey, nonce: "abcdefghijkl", associatedData: "certificate")
      return """
        {"serial_no":"\(serial)","effective_time":"2026-01-01T08:00:00+08:00",
        "expire_time":"2031-01-01T08:00:00+08:00","encrypt_certificate":{"algorithm":"AEAD_AES_256_GCM",
        "nonce":"abcdefghijkl","associated_data":"certificate","ciphertext":"\(Base64.encode(sealed))"}}
        """
    }
    return try signer.answer("{\"data\":[\(entries.joined(separator: ","))]}")
  }
}

/// WeChat Pay and our account there, with the time in hand.
struct WeChatPayStage {
  static let platformSerial = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
  static let nextPlatformSerial = "6257F09EFDC096DE15EBE81A47057A7232F1B8E2"
  static let expiredSerial = "7357F09EFDC096DE15EBE81A47057A7232F1B8E3"
  static let pinnedID = "PUB_KEY_ID_0000000000000024101100397200000006"
  static let apiKey = Array("0123456789abcdefghijklmnopqrstuv".utf8)

  let time = MovableClock(stageMoment)
  let script: ScriptedTransport
  let gateway: WeChatPay
  let trade: TradeNumber
  let refund: RefundNumber

  /// - Parameter answer: to everything but the certificates, which are there unless it answers for them.
  init(
    isPinned: Bool = false, certificates: CertificateList = CertificateList(),
    _ answer: @escaping ScriptedTransport.Answer = { _ in throw NoAnswer() }
  ) throws {
    script = ScriptedTransport { request in
      if request.url.hasSuffix("/v3/certificates") { return try certificates.answer() }
      return try await answer(request)
    }
    let account = WeChatPayAccount(
      merchantID: "1900000109", appID: "wxd678efh567hg6787", certificateSerial: "1DDE55AD98ED71D6EDD4A4A1",
      signingKey: try #require(RSASigningKey(GatewayKeys.merchant)),
      apiKey: try #require(SharedCipherKey(bytes: Self.apiKey)),
      pinnedKey: isPinned
        ? .init(
          id: Self.pinnedID, key: try #require(RSASigningKey(GatewayKeys.pinned)).verifyingKey)
        : nil,
      baseURL: "https://wechat.example/")
    gateway = WeChatPay(
      account: account, transport: script.transport, clock: time.clock, makeNonce: { GatewayVectors.nonce })
    trade = try #require(TradeNumber("order_0000000001"))
    refund = try #require(RefundNumber("refund_000000001"))
  }

  func request(_ presentation: PaymentPresentation = .code) -> PaymentRequest {
    PaymentRequest(
      trade: trade, amount: .fen(1999), subject: "团购 11 月 26 日", expiresAt: stageMoment + .minutes(15),
      notifyURL: "https://shop.example/pay/wechat", presentation: presentation)
  }

  var refundRequest: RefundRequest {
    RefundRequest(
      refund: refund, trade: trade, amount: .fen(500), total: .fen(1999), reason: "缺货",
      notifyURL: "https://shop.example/pay/wechat/refunds")
  }
}

/// Alipay and our account there, with the time in hand.
struct AlipayStage {
  let time = MovableClock(stageMoment)
  let script: ScriptedTransport
  let gateway: Alipay
  let trade: TradeNumber
  let refund: RefundNumber

  init(_ answer: @escaping ScriptedTransport.Answer = { _ in throw NoAnswer() }) throws {
    script = ScriptedTransport(answer)
    let account = AlipayAccount(
      appID: "2021000000000001", sellerID: "2088000000000001",
      signingKey: try #require(RSASigningKey(GatewayKeys.application)),
      alipayKey: try #require(RSASigningKey(GatewayKeys.alipay)).verifyingKey,
      gatewayURL: "https://alipay.example/gateway.do")
    gateway = Alipay(account: account, transport: script.transport, clock: time.clock)
    trade = try #require(TradeNumber("order_0000000001"))
    refund = try #require(RefundNumber("refund_000000001"))
  }

  func request(_ presentation: PaymentPresentation = .code) -> PaymentRequest {
    PaymentRequest(
      trade: trade, amount: .fen(1999), subject: "团购 11 月 26 日", expiresAt: stageMoment + .minutes(15),
      notifyURL: "https://shop.example/pay/alipay", presentation: presentation)
  }

  var refundRequest: RefundRequest {
    RefundRequest(
      refund: refund, trade: trade, amount: .fen(500), total: .fen(1999), reason: "缺货",
      notifyURL: "https://shop.example/pay/alipay")
  }

  /// An answer as Alipay signs it.
  static func answer(
    _ method: String, _ node: String, key: String = GatewayKeys.alipay
  ) throws -> GatewayTransport.Response {
    let signature = Base64.encode(try #require(RSASigningKey(key)).signature(of: Array(node.utf8)))
    let name = method.replacing(".", with: "_") + "_response"
    return GatewayTransport.Response(
      status: 200, body: Array("{\"\(name)\":\(node),\"sign\":\"\(signature)\"}".utf8))
  }
}
