import Crypto
import HTTPTypes
import Kernel
import Security
import Testing
import Web

@testable import Messages

@Suite("Messages through a WeChat official account")
struct WeChatTests {
  private static let moment = Station.start
  private static let encodingKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

  private func account() throws -> WeChatAccount {
    WeChatAccount(
      appID: "wx1", secret: try #require(ServiceSecret("app secret")),
      token: try #require(ServiceSecret("token")),
      cipher: try #require(CallbackCipher(encodingKey: Self.encodingKey)),
      template: .init(id: "T1", communityPlace: "thing1", matterPlace: "thing2", phonePlace: "phone_number3"))
  }

  private func gateway(_ service: ScriptedService) throws -> WeChatMessages {
    WeChatMessages(account: try account(), transport: service.transport, clock: Clock { Self.moment })
  }

  private func message(triedAt: Timestamp = moment) -> OutgoingMessage {
    let card = CommunityCard(
      id: CommunityID(rawValue: 1), name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123",
      hosts: [])
    return OutgoingMessage(
      id: DeliveryID(rawValue: 77), address: .openID("oTest_open-id_0001"),
      text: OutsideText(Station.arrived, from: card, in: .chinese),
      link: "https://maple.example/account/messages",
      firstTriedAt: triedAt)
  }

  private func service(_ sent: String...) -> ScriptedService {
    let answers = Answers(sent)
    return ScriptedService { request in
      request.url.contains("stable_token")
        ? .json(#"{"access_token":"TOKEN","expires_in":7200}"#) : .json(await answers.next())
    }
  }

  private actor Answers {
    private var left: [String]
    init(_ left: [String]) { self.left = left }
    func next() -> String { left.count > 1 ? left.removeFirst() : left.first ?? "" }
  }

  @Test("the template, three places, the inbox and our number are sent; the token is fetched once")
  func request() async throws {
    let service = service(#"{"errcode":0,"errmsg":"ok","msgid":4294967296123456789}"#)
    let gateway = try gateway(service)
    #expect(await gateway.send(message()) == .accepted(receipt: "4294967296123456789"))
    #expect(await gateway.send(message()) == .accepted(receipt: "4294967296123456789"))
    #expect(service.requests.count == 3)
    let sent = try #require(service.requests.last)
    #expect(sent.url == "https://api.weixin.qq.com/cgi-bin/message/template/send?access_token=TOKEN")
    #expect(
      String(decoding: sent.body, as: UTF8.self)
        == #"{"touser":"oTest_open-id_0001","template_id":"T1","url":"https://maple.example/account/messages","#
        + #""client_msg_id":"000000000002d","data":{"thing1":{"value":"枫林社区"},"thing2":{"value":"您订的东西到了"},"#
        + #""phone_number3":{"value":"021-5555 0123"}}}"#)
  }

  @Test("a token that is not valid any more is fetched anew, once")
  func staleToken() async throws {
    let service = service(#"{"errcode":42001,"errmsg":"expired"}"#, #"{"errcode":0,"msgid":5}"#)
    #expect(await (try gateway(service)).send(message()) == .accepted(receipt: "5"))
    #expect(service.requests.filter { $0.url.contains("stable_token") }.count == 2)
    let never = self.service(#"{"errcode":40001}"#)
    #expect(await (try gateway(never)).send(message()) == .later(code: "wechat.40001"))
  }

  @Test(
    "each answer is taken for what it is",
    arguments: [
      (#"{"errcode":43004}"#, SendingOutcome.refused(code: "wechat.43004")),
      (#"{"errcode":40037}"#, .refused(code: "wechat.40037")),
      (#"{"errcode":45009}"#, .later(code: "wechat.45009")),
      (#"{"errcode":-1}"#, .unknown(code: "wechat.busy")), ("nothing", .unknown(code: "wechat.no_answer")),
    ])
  func answers(body: String, outcome: SendingOutcome) async throws {
    #expect(await (try gateway(service(body))).send(message()) == outcome)
  }

  @Test("within ten minutes the same number may be sent again; later nobody knows")
  func again() async throws {
    let gateway = try gateway(service())
    #expect(await gateway.receipt(of: message(), receipt: nil) == .takesNumberOnce)
    let old = message(triedAt: Self.moment - .minutes(9))
    #expect(await gateway.receipt(of: old, receipt: nil) == .unknown(code: "wechat.in_doubt"))
    #expect(await gateway.receipt(of: old, receipt: "5") == .takesNumberOnce)
  }

  @Test("a code says who the person is to our account")
  func openID() async throws {
    let good = ScriptedService { _ in
      .json(#"{"access_token":"x","openid":"oTest_open-id_0001","scope":"snsapi_base"}"#)
    }
    #expect(await (try gateway(good)).openID(forCode: "c/1") == "oTest_open-id_0001")
    #expect(good.requests.first?.url.contains("code=c%2F1&grant_type=authorization_code") == true)
    let bad = ScriptedService { _ in .json(#"{"errcode":40029,"errmsg":"invalid code"}"#) }
    #expect(await (try gateway(bad)).openID(forCode: "c") == nil)
  }

  // MARK: - Callbacks

  private func callback(
    _ document: String, appID: String = "wx1", token: String = "token", at: Timestamp = moment,
    flip: Bool = false
  ) throws -> (body: [UInt8], proof: WeChatCallback.Proof) {
    let cipher = try #require(CallbackCipher(encodingKey: Self.encodingKey))
    let length = UInt32(document.utf8.count)
    let content =
      [UInt8](repeating: 9, count: 16)
      + (0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
      + Array(document.utf8) + Array(appID.utf8)
    var sealed = try cipher.seal(content)
    let text = Base64.encode(sealed)
    let parts = [token, String(at.seconds), "n1", text].sorted()
    let signature = Hexadecimal.encode(Array(Insecure.SHA1.hash(data: Array(parts.joined().utf8))))
    if flip { sealed[40] ^= 1 }
    let body =
      "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[\(Base64.encode(sealed))]]></Encrypt></xml>"
    return (
      Array(body.utf8),
      WeChatCallback.Proof(
        signature: nil, messageSignature: signature, timestamp: String(at.seconds), nonce: "n1")
    )
  }

  private func event(_ status: String) -> String {
    "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
      + "<MsgID>200163836</MsgID><Status><![CDATA[\(status)]]></Status></xml>"
  }

  @Test("what WeChat tells is believed when it is signed, sealed, recent and ours")
  func callbacks() throws {
    let reader = WeChatCallback(account: try account())
    let good = try callback(event("success"))
    #expect(
      try reader.report(good.body, good.proof, at: Self.moment)
        == .init(receipt: "200163836", outcome: .delivered))
    let blocked = try callback(event("failed:user block"))
    #expect(
      try reader.report(blocked.body, blocked.proof, at: Self.moment)?.outcome
        == .undelivered(code: "wechat.user_block"))
    let other = try callback("<xml><Event><![CDATA[subscribe]]></Event></xml>")
    #expect(try reader.report(other.body, other.proof, at: Self.moment) == nil)
    let bad = [
      try callback(event("success"), appID: "wx2"), try callback(event("success"), token: "other"),
      try callback(event("success"), at: Self.moment - .seconds(301)),
      try callback(event("success"), at: Self.moment + .seconds(301)),
      try callback(event("success"), flip: true),
    ]
    for one in bad {
      #expect(throws: Problem.callbackRefused) { try reader.report(one.body, one.proof, at: Self.moment) }
    }
    #expect(throws: Problem.callbackRefused) {
      try reader.report(Array(event("success").utf8), good.proof, at: Self.moment)
    }
  }

  @Test("the question whether the address is ours is answered for WeChat alone")
  func echo() throws {
    let reader = WeChatCallback(account: try account())
    let seconds = String(Self.moment.seconds)
    let text = ["token", seconds, "n1"].sorted().joined()
    let signature = Hexadecimal.encode(Array(Insecure.SHA1.hash(data: Array(text.utf8))))
    func proof(_ signature: String) -> WeChatCallback.Proof {
      .init(signature: signature, messageSignature: nil, timestamp: seconds, nonce: "n1")
    }
    #expect(reader.accepts(proof(signature), at: Self.moment))
    #expect(!reader.accepts(proof(String(signature.reversed())), at: Self.moment))
    #expect(!reader.accepts(proof(signature), at: Self.moment + .minutes(6)))
  }

  @Test("the way through WeChat is good for one person, for ten minutes")
  func binding() {
    let binding = WeChatBinding(key: MessageKey(bytes: [UInt8](repeating: 3, count: 32)))
    let (person, community) = (PersonID(rawValue: 5), CommunityID(rawValue: 6))
    let state = binding.state(for: person, in: community, at: Self.moment)
    #expect(
      state.utf8.count <= 128 && state.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) })
    #expect(binding.accepts(state, for: person, in: community, at: Self.moment + .minutes(10)))
    #expect(!binding.accepts(state, for: person, in: community, at: Self.moment + .minutes(11)))
    #expect(!binding.accepts(state, for: PersonID(rawValue: 7), in: community, at: Self.moment))
    #expect(!binding.accepts(state, for: person, in: CommunityID(rawValue: 7), at: Self.moment))
    #expect(!binding.accepts("1" + state, for: person, in: community, at: Self.moment))
  }
}
