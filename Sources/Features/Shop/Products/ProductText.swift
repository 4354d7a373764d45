import Kernel

/// The one form in which a product's texts are stored, whichever way they came.
enum ProductText {
  static let oneLineRule = Phrase("请写在一行里。", "Please write this on one line.")

  static func isOneLine(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
  }

  /// Control characters other than tab and line ends, and characters that reverse the direction of text.
  static func hasControlCharacters(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 9, 10, 13: false
      case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
      default: false
      }
    }
  }

  /// Without white space at either end, and with one form of line ends.
  static func trimmed(_ text: String) -> String {
    let scalars = plainLines(text).unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  static func trimmed(_ phrase: Phrase) -> Phrase {
    Phrase.typed(trimmed(phrase.chinese), trimmed(phrase.english))
  }

  /// Browsers send line ends as CRLF; one form of them is stored.
  static func plainLines(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }
}
