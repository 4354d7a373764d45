import Kernel

/// Finds words in opened texts. Nothing is kept: texts are opened, looked through in memory and let go, so that no
/// plaintext and no index of it ever lies on a disk.
enum CaseSearch {
  /// Words of a query: what stands between spaces, folded; at most five.
  static func words(_ query: String) -> [[UInt8]] {
    fold(query).split(separator: UInt8(ascii: " ")).prefix(5).map(Array.init)
  }

  /// Whether every word stands somewhere in the text.
  static func matches(_ document: CareDocument, _ words: [[UInt8]]) -> Bool {
    guard !words.isEmpty else { return false }
    let folded = fold(document.written.map(\.text).joined(separator: "\n"))
    return words.allSatisfy { contains(folded, $0) }
  }

  /// The text that holds the first of the words, cut to a line around it.
  static func excerpt(_ document: CareDocument, _ words: [[UInt8]], around: Int = 30) -> String {
    for (_, text) in document.written {
      for word in words {
        let folded = fold(text)
        guard let place = position(folded, word) else { continue }
        // Folding keeps the number of code points, so the place is counted in them.
        let start = scalars(folded[..<place])
        let unicode = Array(text.unicodeScalars)
        let from = max(0, start - around)
        let to = min(unicode.count, start + scalars(word[...]) + around)
        var excerpt = String.UnicodeScalarView()
        excerpt.append(contentsOf: unicode[from..<to])
        let line = String(excerpt).split(whereSeparator: \.isNewline).joined(separator: " ")
        return (from > 0 ? "…" : "") + line + (to < unicode.count ? "…" : "")
      }
    }
    return ""
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0b1100_0000 != 0b1000_0000 }
  }

  /// Lower case for ASCII letters, full-width forms as their narrow ones, line ends as spaces. Over bytes, because a case
  /// load of notes is looked through while somebody waits.
  static func fold(_ text: String) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      // U+FF01 … U+FF5E: EF BC 81 … EF BC BF and EF BD 80 … EF BD 9E.
      if byte == 0xEF, place + 2 < bytes.count, let narrow = narrow(bytes[place + 1], bytes[place + 2]) {
        folded.append(lower(narrow))
        place += 3
      } else {
        folded.append(byte == 10 || byte == 13 || byte == 9 ? 32 : lower(byte))
        place += 1
      }
    }
    return folded
  }

  private static func narrow(_ second: UInt8, _ third: UInt8) -> UInt8? {
    switch (second, third) {
    case (0xBC, 0x81...0xBF): third - 0x81 + 0x21
    case (0xBD, 0x80...0x9E): third - 0x80 + 0x60
    default: nil
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

  private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool { position(text, word) != nil }

  private static func position(_ text: [UInt8], _ word: [UInt8]) -> Int? {
    guard let first = word.first, text.count >= word.count else { return nil }
    var place = 0
    let last = text.count - word.count
    while place <= last {
      guard let next = text[place...last].firstIndex(of: first) else { return nil }
      if text[next..<next + word.count].elementsEqual(word) { return next }
      place = next + 1
    }
    return nil
  }
}
