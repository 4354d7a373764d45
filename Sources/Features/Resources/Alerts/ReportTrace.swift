import Security

/// The one spelling of numbers, pages and accounts that people report, so that the same is found again.
enum ReportTrace {
  /// `+8613800138000`, and plain digits for short numbers such as 96110; nil where there is no number.
  static func phone(_ typed: String) -> String? {
    if let number = PhoneNumber(typed: typed) { return number.e164 }
    let digits = digits(typed)
    return (3...20).contains(digits.count) ? digits : nil
  }

  /// `shop.example.cn`, without `www.`; nil where there is no host.
  static func host(_ typed: String) -> String? {
    var text = Substring(plain(typed).lowercased().filter { !$0.isWhitespace })
    if let scheme = text.firstIndex(of: ":"), text[scheme...].hasPrefix("://") {
      text = text[scheme...].dropFirst(3)
    }
    text = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let user = text.lastIndex(of: "@") { text = text[text.index(after: user)...] }
    text = text.prefix { $0 != ":" }
    while text.hasSuffix(".") { text = text.dropLast() }
    if text.hasPrefix("www.") { text = text.dropFirst(4) }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
    return String(text)
  }

  /// An account in lower case without spaces and dashes; nil where nothing is left.
  static func account(_ typed: String) -> String? {
    let text = plain(typed).lowercased().filter { $0.isLetter || $0.isNumber || "@._".contains($0) }
    return text.count >= 4 ? text : nil
  }

  private static func digits(_ text: String) -> String { plain(text).filter { ("0"..."9").contains($0) } }

  /// Full-width letters and digits as the narrow ones.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          guard (0xFF01...0xFF5E).contains(scalar.value) else {
            return scalar.value == 0x3002 ? "." : scalar
          }
          return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        }))
  }
}

/// The keyed digests under which reports about the same are found.
struct ReportDigests: Sendable, Equatable {
  let phone: [UInt8]?
  let link: [UInt8]?
  let account: [UInt8]?

  init(_ details: ScamReport.Details, _ index: BlindIndex) {
    phone = ReportTrace.phone(details.phone).map { index.value(of: "phone/\($0)") }
    link = ReportTrace.host(details.link).map { index.value(of: "link/\($0)") }
    account = ReportTrace.account(details.account).map { index.value(of: "account/\($0)") }
  }
}
