import Crypto
import HTTPTypes
import Hummingbird
import Kernel
import Security

/// What form tokens of one visit are bound to: the session, or a cookie that this browser was given before signing in.
struct FormBinding: Sendable {
  let hash: [UInt8]
  /// The cookie that the browser does not have yet, to be sent with the page.
  let newCookie: String?

  init(session: Session) {
    hash = session.hash
    newCookie = nil
  }

  /// Takes up the browser's cookie, or makes a new one.
  init(anonymousCookie: String?) {
    if let token = anonymousCookie.flatMap({ SessionToken($0) }) {
      hash = token.hash
      newCookie = nil
    } else {
      let token = SessionToken()
      hash = token.hash
      newCookie = token.text
    }
  }

  /// A visit that shows no form.
  static let none = FormBinding(hash: [])

  private init(hash: [UInt8]) {
    self.hash = hash
    newCookie = nil
  }
}

/// Synchronizer tokens: `HMAC-SHA256(k, session hash ‖ nonce) ‖ nonce`, in base64url.
/// Source: field/reliability.md §3.3.
struct FormTokens: Sendable {
  private static let nonceBytes = 16
  private let key: SymmetricKey
  /// Has taken the key in already, which is half of the work of a short code.
  private let keyed: HMAC<SHA256>

  init(secret: [UInt8]) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), info: Array("form token".utf8), outputByteCount: 32)
    keyed = HMAC(key: key)
  }

  func make(for binding: [UInt8]) -> String {
    let nonce = RandomBytes.make(Self.nonceBytes)
    var code = keyed
    code.update(data: binding + nonce)
    return Base64URL.encode(Array(code.finalize()) + nonce)
  }

  /// Compares in constant time. An empty binding has no valid token.
  func isValid(_ token: String, for binding: [UInt8]) -> Bool {
    guard !binding.isEmpty, token.utf8.count == 64, let bytes = Base64URL.decode(token) else {
      return false
    }
    return HMAC<SHA256>.isValidAuthenticationCode(
      bytes.prefix(32), authenticating: binding + bytes.suffix(Self.nonceBytes), using: key)
  }
}

/// How a route that changes something makes sure that the person meant it.
package enum ForgeryProtection: Sendable, Equatable {
  /// The origin and the form token are checked.
  case checked
  /// The caller proves itself in another way, such as a signature. The reason is for readers.
  case exempt(because: String)
}

/// Decides whether a request that changes something came from one of our own pages.
enum OriginCheck {
  /// - Parameter origin: scheme and host of the site, as configured for the community.
  static func accepts(_ fields: HTTPFields, origin: String) -> Bool {
    if let site = fetchSite.flatMap({ fields[$0] }) { return site == "same-origin" }
    if let sent = fields[.origin] { return sent == origin }
    if let referer = fields[.referer] { return referer.hasPrefix(origin + "/") }
    return false
  }

  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
}

extension Problem {
  static let forgedRequest = Problem(
    "form.forged", status: 403,
    Phrase("这个页面已经过期，您的操作没有生效。", "This page has expired; nothing was changed."),
    advice: Phrase("请返回上一页，刷新后再提交一次。", "Please go back, reload the page and send it again."))
}
