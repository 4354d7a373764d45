package import HTTPTypes

/// A cookie as it is sent to the browser. Always `HttpOnly; SameSite=Lax; Path=/`, and `Secure` under `__Host-`.
package enum Cookies {
  /// The value of the first cookie with this name; nil when there is none.
  package static func value(_ name: String, in fields: HTTPFields) -> String? {
    for field in fields where field.name == .cookie {
      for pair in field.value.split(separator: ";") {
        let trimmed = pair.drop { $0 == " " }
        guard trimmed.utf8.count > name.utf8.count, trimmed.utf8.starts(with: name.utf8) else { continue }
        let rest = trimmed.utf8.dropFirst(name.utf8.count)
        if rest.first == UInt8(ascii: "=") { return String(Substring(rest.dropFirst())) }
      }
    }
    return nil
  }

  /// The name under which a cookie travels: `__Host-sid` where the site is secure, `sid` on plain-http development.
  static func name(_ plain: String, isSecure: Bool) -> String { isSecure ? "__Host-\(plain)" : plain }

  /// - Parameter maximumAge: seconds; nil lasts until the browser closes, 0 removes the cookie.
  static func field(_ plain: String, _ value: String, isSecure: Bool, maximumAge: Int? = nil) -> HTTPField {
    let age = maximumAge.map { "; Max-Age=\($0)" } ?? ""
    let secure = isSecure ? "; Secure" : ""
    return HTTPField(
      name: .setCookie,
      value: "\(name(plain, isSecure: isSecure))=\(value); Path=/\(age); HttpOnly; SameSite=Lax\(secure)")
  }
}

enum CookieName {
  static let session = "sid"
  static let anonymous = "pre"
  static let language = "lang"
  static let elderView = "elder"
  static let tablet = "tablet"
}
