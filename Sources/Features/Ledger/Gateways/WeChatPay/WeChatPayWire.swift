import HTTPTypes
import Kernel
import Security
import Web

/// Sends requests that are signed with our key; believes nothing of what comes back.
/// Source: field/reliability.md §3.8, “Outgoing”.
struct WeChatPayWire: Sendable {
  let account: WeChatPayAccount
  let transport: GatewayTransport
  let clock: Clock
  let makeNonce: @Sendable () -> String

  /// - Parameter path: with the query.
  func send(
    _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = []
  ) async throws(GatewayDoubt) -> GatewayTransport.Response {
    try await send(
      method, url: account.baseURL + path, path: path, body: body, limit: GatewayTransport.answerLimit)
  }

  /// Fetches what an answer pointed to.
  func download(_ url: String) async throws(GatewayDoubt) -> GatewayTransport.Response {
    guard let host = url.firstRange(of: "://")?.upperBound, let path = url[host...].firstIndex(of: "/") else {
      throw .unproven(.malformed("download_url"))
    }
    return try await send(
      .get, url: url, path: String(url[path...]), body: [], limit: GatewayTransport.billLimit)
  }

  private func send(
    _ method: HTTPRequest.Method, url: String, path: String, body: [UInt8], limit: Int
  ) async throws(GatewayDoubt) -> GatewayTransport.Response {
    var headers: HTTPFields = [.accept: "application/json", .userAgent: "Nuanlin"]
    headers[.authorization] = try authorization(method, path, body)
    if !body.isEmpty { headers[.contentType] = "application/json" }
    // Tells which of its keys the answer is to be signed with.
    if let pinned = account.pinnedKey, let name = HTTPField.Name("Wechatpay-Serial") {
      headers[name] = pinned.id
    }
    let request = GatewayTransport.Request(
      method: method, url: url, headers: headers, body: body, limit: limit)
    do {
      return try await transport.send(request)
    } catch {
      throw .noAnswer
    }
  }

  private func authorization(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]
  ) throws(GatewayDoubt) -> String {
    let timestamp = String(clock.now().seconds)
    let nonce = makeNonce()
    let message =
      Array("\(method.rawValue)\n\(path)\n\(timestamp)\n\(nonce)\n".utf8) + body + [UInt8(ascii: "\n")]
    let signature = try sign(message)
    return "WECHATPAY2-SHA256-RSA2048 mchid=\"\(account.merchantID)\",nonce_str=\"\(nonce)\","
      + "signature=\"\(signature)\",timestamp=\"\(timestamp)\",serial_no=\"\(account.certificateSerial)\""
  }

  /// The call that the page makes inside WeChat, over `appId\n timeStamp\n nonceStr\n package\n`.
  func call(prepayID: String) throws(GatewayDoubt) -> WeChatPayCall {
    let timestamp = String(clock.now().seconds)
    let nonce = makeNonce()
    let package = "prepay_id=\(prepayID)"
    let signature = try sign(Array("\(account.appID)\n\(timestamp)\n\(nonce)\n\(package)\n".utf8))
    return WeChatPayCall(
      appID: account.appID, timestamp: timestamp, nonce: nonce, package: package, signature: signature)
  }

  private func sign(_ message: [UInt8]) throws(GatewayDoubt) -> String {
    guard let signature = try? account.signingKey.signature(of: message) else { throw .notAsked }
    return Base64.encode(signature)
  }
}
