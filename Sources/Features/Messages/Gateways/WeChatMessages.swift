import HTTPTypes
package import Kernel
import Security
import Synchronization
package import Web

/// Messages of our official account to those who follow it.
///
/// WeChat takes `client_msg_id` once for each person, for ten minutes: within them a message in doubt is sent again under the
/// same number and arrives once. Whether it arrived comes back as a callback.
package final class WeChatMessages: MessageGateway {
  /// WeChat promises ten minutes; the clocks may differ.
  static let numberIsTakenOnceFor = Duration.minutes(9)

  private struct Token {
    let text: String
    let until: Timestamp
  }

  let account: WeChatAccount
  private let transport: GatewayTransport
  private let clock: Clock
  private let token = Mutex<Token?>(nil)

  package init(account: WeChatAccount, transport: GatewayTransport, clock: Clock) {
    self.account = account
    self.transport = transport
    self.clock = clock
  }

  package var way: MessageWay { .wechat }

  // MARK: - Sending

  package func send(_ message: OutgoingMessage) async -> SendingOutcome {
    guard case .openID(let openID) = message.address else { return .refused(code: "wechat.no_account") }
    let body = body(message, to: openID)
    for isSecond in [false, true] {
      guard let token = await accessToken() else { return .later(code: "wechat.no_token") }
      let path = "/cgi-bin/message/template/send?access_token=\(URLEncodedText.encode(token))"
      guard let answer = await post(path, body) else { return .unknown(code: "wechat.no_answer") }
      if !isSecond, Self.staleToken.contains(answer.code) {
        self.token.withLock { $0 = nil }
        continue
      }
      return Self.outcome(answer)
    }
    return .later(code: "wechat.no_token")
  }

  package func receipt(of message: OutgoingMessage, receipt: String?) async -> ReceiptOutcome {
    let isWithinPromise = clock.now() < message.firstTriedAt + Self.numberIsTakenOnceFor
    return receipt != nil || isWithinPromise ? .takesNumberOnce : .unknown(code: "wechat.in_doubt")
  }

  private func body(_ message: OutgoingMessage, to openID: String) -> [UInt8] {
    let places = [
      (account.template.communityPlace, message.text.community),
      (account.template.matterPlace, message.text.matter),
      (account.template.phonePlace, message.text.phoneNumber),
    ]
    let data = places.map { "\(Self.quoted($0.0)):{\"value\":\(Self.quoted($0.1))}" }.joined(separator: ",")
    let link = message.link.map { ",\"url\":\(Self.quoted($0))" } ?? ""
    return Array(
      ("{\"touser\":\(Self.quoted(openID)),\"template_id\":\(Self.quoted(account.template.id))\(link),"
        + "\"client_msg_id\":\(Self.quoted(message.id.description)),\"data\":{\(data)}}").utf8)
  }

  private static func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.value(text)
    return json.text
  }

  /// The access token is not valid any more.
  private static let staleToken: Set<Int64> = [40001, 40014, 42001]
  /// The person does not follow us, does not want it, or is not known; the template or its content is not taken.
  private static let refused: Set<Int64> = [
    40003, 40037, 41028, 41029, 43004, 43101, 43019, 47001, 47003, 50002,
  ]

  /// Source: Weixin, “全局返回码说明”.
  private static func outcome(_ answer: Answer) -> SendingOutcome {
    let code = "wechat.\(answer.code)"
    switch answer.code {
    case 0: return .accepted(receipt: answer.messageID)
    case -1: return .unknown(code: "wechat.busy")
    case let code where Self.refused.contains(code): return .refused(code: "wechat.\(code)")
    default: return answer.status >= 500 ? .unknown(code: code) : .later(code: code)
    }
  }

  // MARK: - Recognising people

  /// Where a person is sent so that WeChat tells us who they are to our account.
  /// - Parameters:
  ///   - back: the page of ours they come back to.
  ///   - state: comes back with them.
  package func authorizeURL(back: String, state: String) -> String {
    "\(account.authorizeURL)?appid=\(account.appID)&redirect_uri=\(URLEncodedText.encode(back))"
      + "&response_type=code&scope=snsapi_base&state=\(URLEncodedText.encode(state))#wechat_redirect"
  }

  /// Who came back with a code; nil where WeChat does not know, or does not answer. A code is good once.
  package func openID(forCode code: String) async -> String? {
    let query =
      "appid=\(account.appID)&secret=\(URLEncodedText.encode(account.secret.text))"
      + "&code=\(URLEncodedText.encode(code))&grant_type=authorization_code"
    guard let json = await fetch(.get, "/sns/oauth2/access_token?\(query)", [])?.json,
      case .string(let openID)? = json["openid"], Self.isOpenID(openID)
    else { return nil }
    return openID
  }

  /// Letters, digits, `-` and `_`, as WeChat makes them.
  private static func isOpenID(_ text: String) -> Bool {
    (10...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
      }
  }

  // MARK: - The wire

  private struct Answer {
    let status: Int
    let json: JSON

    var code: Int64 {
      if case .integer(let code)? = json["errcode"] { return code }
      return status == 200 ? 0 : Int64(status)
    }

    /// Longer than 53 bits, so it comes as a number that is kept as text.
    var messageID: String? {
      switch json["msgid"] {
      case .integer(let number): String(number)
      case .decimal(let text), .string(let text): text
      default: nil
      }
    }
  }

  /// The token of every call. `stable_token` gives the same to all our programs until it is about to expire.
  private func accessToken() async -> String? {
    let now = clock.now()
    if let held = token.withLock({ $0 }), held.until > now { return held.text }
    var json = JSONWriter()
    json.object { json in
      json.field("grant_type", "client_credential")
      json.field("appid", account.appID)
      json.field("secret", account.secret.text)
      json.field("force_refresh", false)
    }
    guard let answer = await post("/cgi-bin/stable_token", json.bytes),
      case .string(let text)? = answer.json["access_token"],
      case .integer(let seconds)? = answer.json["expires_in"]
    else { return nil }
    let until = now + .seconds(max(30, seconds - 300))
    token.withLock { $0 = Token(text: text, until: until) }
    return text
  }

  private func post(_ path: String, _ body: [UInt8]) async -> Answer? { await fetch(.post, path, body) }

  private func fetch(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]) async -> Answer? {
    var headers: HTTPFields = [.accept: "application/json", .userAgent: "Nuanlin"]
    if !body.isEmpty { headers[.contentType] = "application/json" }
    let request = GatewayTransport.Request(
      method: method, url: account.baseURL + path, headers: headers, body: body,
      limit: GatewayTransport.answerLimit)
    guard let response = try? await transport.send(request) else { return nil }
    guard let json = try? JSON(response.body) else {
      return (400..<500).contains(response.status) ? Answer(status: response.status, json: .null) : nil
    }
    return Answer(status: response.status, json: json)
  }
}
