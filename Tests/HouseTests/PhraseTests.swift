import Testing

/// Everything that a person reads is said in Chinese and in English.
@Suite struct PhraseTests {
  @Test func `every phrase is said in both languages`() {
    var phrases = 0
    for file in SourceTree.sources {
      for pair in file.source.pairs {
        phrases += 1
        if let fault = Self.fault(pair.chinese, pair.english) {
          Issue.record("\(file.path):\(pair.line): \(fault): “\(pair.chinese)” · “\(pair.english)”")
        }
      }
    }
    #expect(phrases > 500, "the phrases were not found")
  }

  /// What is wrong with a pair, if anything.
  static func fault(_ chinese: String, _ english: String) -> String? {
    if chinese.isBlank || english.isBlank { return "one language is missing" }
    if chinese == english, chinese.contains(where: \.isLetter) {
      return "the same text twice; write Phrase(same:)"
    }
    let plain = chinese.filter { $0 != "\u{FFFC}" }
    if plain.contains(where: \.isLetter), !chinese.hasHan { return "the Chinese wording is not Chinese" }
    return nil
  }

  @Test func `the reader of phrases sees what is missing`() {
    let source = SwiftSource(
      """
      let a = Phrase("", "Eggs"), b = Phrase("Eggs", "Eggs"), c = Phrase(same: "x"), d = Phrase(name, "Eggs")
      let e = "\\(say("鸡蛋", "Eggs")) \\(say("\\(count) 个", "\\(count)"))" // Phrase("", "")
      let f = Phrase(
        "鸡蛋",
        " ")
      """)
    let faults = source.pairs.map { Self.fault($0.chinese, $0.english) }
    #expect(faults.map { $0 != nil } == [true, true, true, false, false])
    #expect(source.pairs.map(\.line) == [1, 1, 3, 2, 2])
  }
}

extension SwiftSource {
  struct Pair {
    let line: Int
    let chinese: String
    let english: String
  }

  /// The literal pairs in `Phrase("…", "…")` and `say("…", "…")`; what is put together elsewhere is not seen.
  var pairs: [Pair] {
    let pair = /\b(?:Phrase|say)\(\s*\x22(\d+)\x22\s*,\s*\x22(\d+)\x22\s*\)/
    return codes.flatMap { code in
      code.text.matches(of: pair).compactMap { match in
        guard let first = Int(match.1), let second = Int(match.2) else { return nil }
        return Pair(
          line: line(of: match.range.lowerBound, in: code), chinese: literals[first].text,
          english: literals[second].text)
      }
    }
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
  fileprivate var hasHan: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }
}
