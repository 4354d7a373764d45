import HTTPTypes
import Kernel
import Security
import Synchronization
import Testing
import Web

@testable import Messages

@Suite("Text messages through Alibaba Cloud")
struct AlibabaSMSTests {
  /// 2023-10-26T10:22:32Z, the moment of the example in Alibaba Cloud's description of the signature.
  private static let moment = Timestamp(rfc3339: "2023-10-26T10:22:32Z") ?? Timestamp(seconds: 0)

  @Test("the signature is the one of Alibaba Cloud's own example")
  func knownAnswer() throws {
    let digest = AlibabaSignature.digest([])
    let request = AlibabaSignature.Request(
      method: "POST", path: "/",
      query: [
        ("RegionId", "cn-shanghai"), ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"),
      ],
      headers: [
        ("x-acs-version", "2014-05-26"), ("host", "ecs.cn-shanghai.aliyuncs.com"),
        ("x-acs-action", "RunInstances"),
        ("x-acs-content-sha256", digest), ("x-acs-date", "2023-10-26T10:22:32Z"),
        ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
      ])
    let signature = AlibabaSignature(
      accessKeyID: "YourAccessKeyId", secret: try #require(ServiceSecret("YourAccessKeySecret")))
    let canonical = signature.canonicalRequest(request, bodyDigest: digest)
    #expect(
      AlibabaSignature.digest(Array(canonical.utf8))
        == "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259")
    #expect(
      signature.authorization(request, bodyDigest: digest)
        == "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        + "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
  }

  private func gateway(_ service: ScriptedService) throws -> AlibabaSMS {
    AlibabaSMS(
      account: AlibabaSMSAccount(
        accessKeyID: "key", secret: try #require(ServiceSecret("secret")), signName: "枫林社区",
        templates: [.chinese: "SMS_1", .english: "SMS_2"]),
      transport: service.transport, clock: Clock { Self.moment }, makeNonce: { "nonce" })
  }

  private func message(_ phone: String = "13800138000", _ language: Language = .chinese) throws
    -> OutgoingMessage
  {
    let card = CommunityCard(
      id: CommunityID(rawValue: 1), name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123",
      hosts: [])
    return OutgoingMessage(
      id: DeliveryID(rawValue: 77), address: .phone(try #require(PhoneNumber(typed: phone))),
      text: OutsideText(Station.arrived, from: card, in: language), link: nil, firstTriedAt: Self.moment)
  }

  @Test("what is sent is the number, the template and its three values, under our number")
  func request() async throws {
    let service = ScriptedService { _ in .json(#"{"Code":"OK","Message":"OK","BizId":"9^0","RequestId":"r"}"#)
    }
    let outcome = await (try gateway(service)).send(try message())
    #expect(outcome == .accepted(receipt: "9^0"))
    let request = try #require(service.requests.first)
    let query = try #require(request.url.split(separator: "?").last)
    let pairs = try #require(URLEncodedText.pairs(query.utf8, maximum: 20))
    #expect(
      Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $0.value) }) == [
        "PhoneNumbers": "13800138000", "SignName": "枫林社区", "TemplateCode": "SMS_1",
        "TemplateParam": #"{"community":"枫林社区","matter":"您订的东西到了","phone":"021-5555 0123"}"#,
        "OutId": "000000000002d",
      ])
    #expect(request.url.hasPrefix("https://dysmsapi.aliyuncs.com/?OutId="))
    #expect(request.headers[try #require(HTTPField.Name("x-acs-action"))] == "SendSms")
    #expect(
      request.headers[.authorization]?.hasPrefix(
        "ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host;x-acs-action;") == true)
  }

  @Test("numbers go out as the service wants them")
  func numbers() throws {
    for (typed, sent) in [("+86 138 0013 8000", "13800138000"), ("+852 9123 4567", "85291234567")] {
      #expect(AlibabaSMS.number(try #require(PhoneNumber(typed: typed))) == sent)
    }
  }

  @Test(
    "each answer is taken for what it is",
    arguments: [
      (
        200, #"{"Code":"isv.MOBILE_NUMBER_ILLEGAL"}"#,
        SendingOutcome.refused(code: "isv.MOBILE_NUMBER_ILLEGAL")
      ),
      (200, #"{"Code":"isv.BUSINESS_LIMIT_CONTROL"}"#, .later(code: "isv.BUSINESS_LIMIT_CONTROL")),
      (200, #"{"Code":"isv.AMOUNT_NOT_ENOUGH"}"#, .later(code: "isv.AMOUNT_NOT_ENOUGH")),
      (200, #"{"Code":"isp.RAM_PERMISSION_DENY"}"#, .unknown(code: "isp.RAM_PERMISSION_DENY")),
      (400, #"{"Code":"SignatureDoesNotMatch"}"#, .later(code: "SignatureDoesNotMatch")),
      (503, #"{"Code":"ServiceUnavailable"}"#, .unknown(code: "ServiceUnavailable")),
      (502, "<html>", .unknown(code: "sms.no_answer")), (404, "", .later(code: "HTTP_404")),
      (200, "", .unknown(code: "sms.no_answer")),
    ])
  func answers(status: Int, body: String, outcome: SendingOutcome) async throws {
    let service = ScriptedService { _ in .json(body, status: status) }
    #expect(await (try gateway(service)).send(try message()) == outcome)
    let silent = ScriptedService { _ in throw NoAnswer() }
    #expect(await (try gateway(silent)).send(try message()) == .unknown(code: "sms.no_answer"))
  }

  @Test("a message is found again by our number, and another's is not it")
  func receipts() async throws {
    func receipt(_ entry: String) async throws -> ReceiptOutcome {
      let service = ScriptedService { _ in
        .json(#"{"Code":"OK","TotalCount":"1","SmsSendDetailDTOs":{"SmsSendDetailDTO":[\#(entry)]}}"#)
      }
      let outcome = await (try gateway(service)).receipt(of: try message(), receipt: nil)
      #expect(service.requests.first?.url.contains("SendDate=20231026") == true)
      return outcome
    }
    #expect(
      try await receipt(#"{"OutId":"000000000002d","SendStatus":3,"ErrCode":"DELIVERED"}"#) == .delivered)
    #expect(try await receipt(#"{"OutId":"000000000002d","SendStatus":1}"#) == .pending)
    #expect(
      try await receipt(#"{"OutId":"000000000002d","SendStatus":2,"ErrCode":"MK:0001"}"#)
        == .undelivered(code: "MK:0001"))
    #expect(try await receipt(#"{"OutId":"000000000002e","SendStatus":3}"#) == .absent)
    #expect(try await receipt("") == .absent)
  }
}

struct NoAnswer: Error {}

/// Answers requests as a test says, and remembers them.
final class ScriptedService: Sendable {
  typealias Answer = @Sendable (GatewayTransport.Request) async throws -> GatewayTransport.Response

  private let answer: Answer
  private let seen = Mutex<[GatewayTransport.Request]>([])

  init(_ answer: @escaping Answer) {
    self.answer = answer
  }

  var requests: [GatewayTransport.Request] { seen.withLock { $0 } }

  var transport: GatewayTransport {
    GatewayTransport { request in
      self.seen.withLock { $0.append(request) }
      return try await self.answer(request)
    }
  }
}

extension GatewayTransport.Response {
  static func json(_ text: String, status: Int = 200) -> Self {
    Self(status: status, headers: [.contentType: "application/json"], body: Array(text.utf8))
  }
}
