import HTTPTypes
import Kernel
import Security
import Web

/// Sends signed requests to Alipay and believes an answer only when Alipay signed it.
struct AlipayWire: Sendable {
  let account: AlipayAccount
  let transport: GatewayTransport
  let clock: Clock

  /// Where a parameter stands beside the content.
  struct Extras: Sendable {
    var notifyURL: String?
    var returnURL: String?
  }

  /// - Parameter content: the JSON of `biz_content`.
  func call(
    _ method: String, _ content: String, _ extras: Extras = Extras()
  ) async throws(GatewayDoubt) -> AlipayAnswer {
    let parameters = try signed(method, content, extras)
    let request = GatewayTransport.Request(
      method: .post, url: "\(account.gatewayURL)?charset=utf-8",
      headers: [
        .contentType: "application/x-www-form-urlencoded;charset=utf-8", .userAgent: "Nuanlin",
      ],
      body: Array(parameters.encoded.utf8), limit: GatewayTransport.answerLimit)
    let response = try await send(request)
    guard response.status == 200 else { throw .said(code: "HTTP_\(response.status)") }
    let document: GatewayDocument
    do {
      document = try proven(response.body, method)
    } catch {
      throw .unproven(error)
    }
    return try AlipayAnswer(document)
  }

  private func proven(_ body: [UInt8], _ method: String) throws(GatewayRefusal) -> GatewayDocument {
    let answer = try AlipaySignedBody(body, method: method)
    try answer.verify(by: account.alipayKey)
    return try GatewayDocument(answer.node, part: "body")
  }

  /// Fetches what an answer pointed to.
  func download(_ url: String) async throws(GatewayDoubt) -> GatewayTransport.Response {
    try await send(GatewayTransport.Request(method: .get, url: url, limit: GatewayTransport.billLimit))
  }

  private func send(
    _ request: GatewayTransport.Request
  ) async throws(GatewayDoubt) -> GatewayTransport.Response {
    do {
      return try await transport.send(request)
    } catch {
      throw .noAnswer
    }
  }

  /// The address of a page at Alipay, for the browser.
  func page(_ method: String, _ content: String, _ extras: Extras) throws(GatewayDoubt) -> String {
    "\(account.gatewayURL)?\(try signed(method, content, extras).encoded)"
  }

  private func signed(
    _ method: String, _ content: String, _ extras: Extras
  ) throws(GatewayDoubt) -> AlipayParameters {
    var values = [
      "app_id": account.appID, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
      "timestamp": ChinaTime.spaced(clock.now()), "version": "1.0", "biz_content": content,
    ]
    values["notify_url"] = extras.notifyURL
    values["return_url"] = extras.returnURL
    return try AlipayParameters(values).signed(by: account.signingKey)
  }
}
