package import HTTPTypes
package import Hummingbird
package import Kernel
import NIOCore

extension Response {
  /// A page in its layout. Pages of signed-in people are never stored anywhere.
  package static func page(
    _ page: Page, _ visiting: some Visiting, status: HTTPResponse.Status = .ok
  ) -> Response {
    let visit = visiting.visit
    let bytes = visit.site.layout.document(page, visit)
    var response = html(bytes, status: status)
    response.headers.append(
      HTTPField(name: .cacheControl, value: visit.session == nil ? "private, no-cache" : "no-store"))
    if page.kind != .print,
      let copy = OfflineCopy.field(page, visit.session, isWell: status == .ok)
    {
      response.headers.append(copy)
    }
    if let cookie = visit.formBinding.newCookie {
      response.headers.append(Cookies.field(CookieName.anonymous, cookie, isSecure: visit.site.isSecure))
    }
    return response
  }

  /// A document that is complete as it is.
  package static func html(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    of(bytes, type: "text/html; charset=utf-8", status: status)
  }

  package static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    of(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
  }

  /// 303 to a path on this site; anything else leads to the start page.
  package static func redirect(to path: String) -> Response {
    var headers = HTTPFields()
    headers.append(HTTPField(name: .location, value: LocalPath.checked(path)))
    headers.append(HTTPField(name: .cacheControl, value: "no-store"))
    return Response(status: .seeOther, headers: headers)
  }

  /// A JSON document, never stored.
  package static func json(_ json: JSONWriter, status: HTTPResponse.Status = .ok) -> Response {
    .json(stored: json.bytes, status: status)
  }

  /// A JSON document that was written before and kept, as the answer to a repeated command is.
  package static func json(stored bytes: [UInt8], status: HTTPResponse.Status) -> Response {
    var response = of(bytes, type: "application/json", status: status)
    response.headers.append(HTTPField(name: .cacheControl, value: "no-store"))
    return response
  }

  /// `application/problem+json` (RFC 9457).
  package static func problem(_ problem: Problem, _ visiting: some Visiting) -> Response {
    .problem(problem, language: visiting.visit.language, requestID: visiting.visit.requestID)
  }

  static func problem(_ problem: Problem, language: Language, requestID: String) -> Response {
    var json = JSONWriter()
    json.object { json in
      json.field("type", "urn:nuanlin:problem:\(problem.code)")
      json.field("title", problem.title[language])
      json.field("status", problem.status)
      if let advice = problem.advice { json.field("detail", advice[language]) }
      json.field("code", problem.code)
      if !requestID.isEmpty { json.field("request_id", requestID) }
      if !problem.fields.isEmpty {
        json.array("errors", problem.fields) { json, field in
          json.object { json in
            json.field("field", field.field)
            if let line = field.line { json.field("line", line) }
            json.field("message", field.message[language])
          }
        }
      }
    }
    var response = of(
      json.bytes, type: "application/problem+json", status: HTTPResponse.Status(code: problem.status))
    response.headers.append(HTTPField(name: .cacheControl, value: "no-store"))
    return response
  }

  /// A file to be saved, in a sandbox should a browser show it all the same.
  ///
  /// - Parameter name: how it is called on the other side; any characters.
  package static func file(_ bytes: [UInt8], name: String, type: String) -> Response {
    var response = of(bytes, type: type, status: .ok)
    let plain = String(
      decoding: name.utf8.map { (33...126).contains($0) && $0 != 34 && $0 != 92 ? $0 : UInt8(ascii: "_") },
      as: UTF8.self)
    response.headers.append(
      HTTPField(
        name: .contentDisposition,
        value: "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(URLEncodedText.encode(name))"))
    response.headers.append(HTTPField(name: .cacheControl, value: "no-store"))
    response.headers.append(HTTPField(name: .contentSecurityPolicy, value: "sandbox; default-src 'none'"))
    return response
  }

  /// A picture that we drew or re-encoded ourselves, under a name that changes with its content.
  ///
  /// - Parameter isPrivate: whether only the one who asked may keep it, and only for as long as the page is open.
  package static func picture(_ bytes: [UInt8], type: String, isPrivate: Bool = false) -> Response {
    var response = of(bytes, type: type, status: .ok)
    let caching = isPrivate ? "private, no-store" : "public, max-age=31536000, immutable"
    response.headers.append(HTTPField(name: .cacheControl, value: caching))
    response.headers.append(HTTPField(name: .contentSecurityPolicy, value: "sandbox; default-src 'none'"))
    return response
  }

  static func of(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Response {
    var headers = HTTPFields()
    headers.reserveCapacity(4)
    headers.append(HTTPField(name: .contentType, value: type))
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Signs the browser in: the session's cookie, which dies with the session's absolute term at the latest.
  package mutating func signIn(_ token: SessionToken, terms: SessionTerms, isSecure: Bool) {
    let seconds = Int(terms.absolute.wholeMicroseconds / 1_000_000)
    headers.append(
      Cookies.field(CookieName.session, token.text, isSecure: isSecure, maximumAge: seconds))
    headers.append(SharedDevice.field(isTablet: terms == .card, isSecure: isSecure))
  }

  /// Signs the browser out: no cookie, nothing kept. The caller ends the session itself.
  package mutating func signOut(isSecure: Bool) {
    headers.append(Cookies.field(CookieName.session, "", isSecure: isSecure, maximumAge: 0))
    if let name = HTTPField.Name("Clear-Site-Data") {
      headers.append(HTTPField(name: name, value: "\"cache\", \"storage\""))
    }
  }
}
