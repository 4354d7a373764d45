import HTTPTypes
import Security

/// Tells the service worker, with every page, which copies it may keep on this device.
///
/// The value is `keep KEY` (keep this page; `keep KEY SECONDS` where not for longer than that), `only KEY` (keep what belongs to this session, not this page) or `none` (keep
/// nothing at all). KEY names the session, so that no copy outlives it: a page that says another key, or none, makes the
/// worker forget all others.
enum OfflineCopy {
  static func field(_ page: Page, _ session: Session?, isWell: Bool) -> HTTPField? {
    name.map { HTTPField(name: $0, value: value(page, session, isWell: isWell)) }
  }

  /// A shared tablet keeps nothing, whatever the page says of itself.
  static func value(_ page: Page, _ session: Session?, isWell: Bool) -> String {
    guard let session, !session.isCardSession else { return "none" }
    guard page.offline, isWell else { return "only \(key(session))" }
    let seconds = page.offlineTerm.map { " \($0.components.seconds)" } ?? ""
    return "keep \(key(session))\(seconds)"
  }

  /// The first bytes of the hash of the session's token: tells nothing to the one browser that knows the token itself.
  private static func key(_ session: Session) -> String {
    Hexadecimal.encode(Array(session.hash.prefix(6)))
  }

  private static let name = HTTPField.Name("Offline-Copy")
}
