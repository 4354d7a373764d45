/// Keeps spreadsheet programs from running text as a formula (CSV injection; OWASP, ASVS 5.0 1.2.10).
///
/// Text that begins with one of the dangerous characters gets an apostrophe in front; the importer takes exactly that
/// apostrophe away. Text that would look guarded already gets one more, so that every text comes back as it was.
enum FormulaGuard {
  private static let dangerous: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  static func guarded(_ text: String) -> String {
    beginsDangerously(text.unicodeScalars[...]) ? "'" + text : text
  }

  static func unguarded(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", beginsDangerously(scalars.dropFirst()) else { return text }
    return String(scalars.dropFirst())
  }

  private static func beginsDangerously(_ scalars: Substring.UnicodeScalarView) -> Bool {
    guard let first = scalars.first(where: { $0 != "'" }) else { return false }
    return dangerous.contains(first)
  }
}
