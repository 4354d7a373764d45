import HTTPTypes

/// A browser on which somebody used a household card: a tablet that neighbours share. It leads back to the card's page,
/// and never to the sign-in with a telephone number, until somebody signs in with a password there.
package enum SharedDevice {
  /// Where a card session begins, and where the tablet returns to.
  package static let start = "/card"
  /// Ends a card session that nobody uses any more, and returns to the start.
  package static let left = "/card/left"

  static func isOne(_ fields: HTTPFields, isSecure: Bool) -> Bool {
    Cookies.value(Cookies.name(CookieName.tablet, isSecure: isSecure), in: fields) == "on"
  }

  static func field(isTablet: Bool, isSecure: Bool) -> HTTPField {
    Cookies.field(
      CookieName.tablet, isTablet ? "on" : "", isSecure: isSecure, maximumAge: isTablet ? 31_536_000 : 0)
  }
}
