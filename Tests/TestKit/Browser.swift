package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Synchronization
package import Web

/// A browser that a test makes visits with: keeps cookies, finds form tokens, follows nothing by itself.
///
/// It calls the router without a network, so a test of a page costs what the page costs.
package final class Browser: Sendable {
  /// What came back.
  package struct Answer: Sendable {
    package let status: Int
    package let headers: HTTPFields
    package let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Where a redirect leads.
    package var location: String? { headers[.location] }

    /// The value of the first hidden field of this name on the page.
    package func hidden(_ name: String) -> String? {
      let start = Array("name=\"\(name)\" value=\"".utf8)
      guard let found = bytes.indices.first(where: { bytes[$0...].starts(with: start) }) else { return nil }
      return String(
        decoding: bytes[(found + start.count)...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
  }

  private let responder: any HTTPResponder<WebContext>
  private let host: String
  private let scheme: String
  private let cookies = Mutex<[String: String]>([:])
  /// Sent with every request; `Accept-Language: zh` unless the test asks otherwise.
  private let fields: HTTPFields
  private let address: String

  package init(
    _ responder: some HTTPResponder<WebContext>, host: String, isSecure: Bool = false,
    acceptLanguage: String = "zh", address: String = "127.0.0.1"
  ) {
    self.responder = responder
    self.host = host
    self.address = address
    scheme = isSecure ? "https" : "http"
    var fields = HTTPFields()
    fields[.acceptLanguage] = acceptLanguage
    self.fields = fields
  }

  package func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
    try await send(.get, path, headers: headers)
  }

  /// Posts a form as a page of the site would: same origin, and the token of the last page that showed one unless the
  /// fields bring their own.
  package func post(
    _ path: String, _ form: KeyValuePairs<String, String> = [:], headers: HTTPFields = [:]
  ) async throws -> Answer {
    var pairs = form.map { ($0.key, $0.value) }
    if !pairs.contains(where: { $0.0 == "form_token" }), let token = token.withLock({ $0 }) {
      pairs.append(("form_token", token))
    }
    let body = pairs.map { "\(URLEncodedText.encode($0))=\(URLEncodedText.encode($1))" }
      .joined(separator: "&")
    var fields = headers
    fields[.contentType] = "application/x-www-form-urlencoded"
    return try await send(.post, path, headers: sameOrigin(fields), body: Array(body.utf8))
  }

  /// Sends JSON to the API.
  package func send(
    _ method: HTTPRequest.Method, _ path: String, json: String, bearer: String? = nil,
    headers: HTTPFields = [:]
  ) async throws -> Answer {
    var fields = headers
    fields[.contentType] = "application/json"
    if let bearer { fields[.authorization] = "Bearer \(bearer)" }
    return try await send(method, path, headers: sameOrigin(fields), body: Array(json.utf8))
  }

  /// Sends exactly this and nothing more but the browser's cookies.
  package func send(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = []
  ) async throws -> Answer {
    var all = fields
    for field in headers { all[field.name] = field.value }
    for (name, value) in cookies.withLock({ $0 }) {
      all.append(HTTPField(name: .cookie, value: "\(name)=\(value)"))
    }
    if !body.isEmpty { all[.contentLength] = String(body.count) }
    let head = HTTPRequest(method: method, scheme: scheme, authority: host, path: path, headerFields: all)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
    var logger = Logger(label: "browser")
    logger.logLevel = .critical
    let context = WebContext(logger: logger, remoteAddress: address)
    let response = try await responder.respond(to: request, context: context)
    keep(response.headers)
    let collector = Collector()
    try await response.body.write(collector)
    let answer = Answer(
      status: response.status.code, headers: response.headers,
      bytes: collector.bytes.withLock { $0 })
    if let found = answer.hidden("form_token") { token.withLock { $0 = found } }
    return answer
  }

  /// The value of a cookie; nil when the browser has none of this name.
  package func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

  /// Forgets all cookies, as a new private window does.
  package func forgetCookies() { cookies.withLock { $0 = [:] } }

  package func setCookie(_ name: String, _ value: String) { cookies.withLock { $0[name] = value } }

  private let token = Mutex<String?>(nil)

  private func sameOrigin(_ fields: HTTPFields) -> HTTPFields {
    var fields = fields
    if fields[.origin] == nil { fields[.origin] = "\(scheme)://\(host)" }
    return fields
  }

  private func keep(_ fields: HTTPFields) {
    for field in fields where field.name == .setCookie {
      let parts = field.value.split(separator: ";").map { $0.drop { $0 == " " } }
      guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
      let name = String(pair[..<equals])
      let value = String(pair[pair.index(after: equals)...])
      let isRemoval = parts.contains { $0.lowercased() == "max-age=0" }
      cookies.withLock { $0[name] = isRemoval ? nil : value }
    }
  }
}

/// Collects a body. A class, because Hummingbird writes through copies.
private final class Collector: ResponseBodyWriter, Sendable {
  let bytes = Mutex<[UInt8]>([])

  func write(_ buffer: ByteBuffer) async throws {
    bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
