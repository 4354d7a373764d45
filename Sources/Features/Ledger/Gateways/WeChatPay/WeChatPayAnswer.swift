import Web

/// An answer that was proven to be WeChat Pay's.
struct WeChatPayAnswer: Sendable {
  /// Why WeChat Pay will not do it; nil when it did.
  let errorCode: String?
  private let body: [UInt8]

  /// - Throws: `said` where WeChat Pay does not know itself (5xx, too many requests), and so nobody does.
  init(_ response: GatewayTransport.Response) throws(GatewayDoubt) {
    body = response.body
    if (200..<300).contains(response.status) {
      errorCode = nil
      return
    }
    let document = try? GatewayDocument(response.body, part: "body")
    let code = document?.optionalText("code") ?? "HTTP_\(response.status)"
    guard (400..<500).contains(response.status), response.status != 429, response.status != 408,
      code != "SYSTEM_ERROR", code != "FREQUENCY_LIMITED"
    else { throw .said(code: code) }
    errorCode = code
  }

  /// - Throws: `unproven` with the reader's refusal.
  func read<Value>(
    _ reader: (GatewayDocument) throws(GatewayRefusal) -> Value
  ) throws(GatewayDoubt) -> Value {
    do {
      return try reader(GatewayDocument(body, part: "body"))
    } catch {
      throw .unproven(error)
    }
  }

  func text(_ name: String) throws(GatewayDoubt) -> String {
    try read { (document) throws(GatewayRefusal) in try document.text(name) }
  }
}
