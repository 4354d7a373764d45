import Kernel

/// Looks for words in findings that say more than figures can.
///
/// A questionnaire or an interview shows that two things go together, or what those who were asked say. It does not show that
/// one brings the other about, nor what everybody thinks. Source: field/socialwork.md §2.7: "a link was found / no link was
/// seen", never "proves". The list is short on purpose: it advises, whoever writes decides.
enum FindingWords {
  /// A word, and what may be said in its place.
  struct Advice: Sendable, Equatable {
    let word: String
    let instead: Phrase
  }

  private static let link = Phrase(
    "可以写“看到有关系”或“没看到关系”。", "It may say “a link was found” or “no link was seen”.")
  private static let few = Phrase(
    "可以写“回答的人里有多少”。", "It may say how many of those who answered.")
  private static let sure = Phrase("可以写“看来”或“可能”。", "It may say “it seems” or “may”.")

  /// Words of Chinese stand anywhere; those of English as words of their own.
  private static let words: [(word: String, instead: Phrase)] = [
    ("证明", link), ("证实", link), ("导致", link), ("造成", link), ("使得", link), ("引起", link),
    ("一定", sure), ("必然", sure), ("毫无疑问", sure), ("所有居民", few), ("全体居民", few), ("居民都", few),
    ("大家都", few), ("没有人", few), ("prove", link), ("proves", link), ("proved", link), ("cause", link),
    ("causes", link), ("caused", link), ("because of", link), ("leads to", link), ("led to", link),
    ("certainly", sure), ("undoubtedly", sure), ("all residents", few), ("every resident", few),
    ("everybody", few), ("everyone", few), ("nobody", few),
  ]

  /// What is said differently in this text, each word once, in the order of the list. `不一定` says the contrary and is well.
  static func advice(on text: String) -> [Advice] {
    let said = text.lowercased().replacing("不一定", with: "")
    return words.filter { contains($0.word, said) }.map { Advice(word: $0.word, instead: $0.instead) }
  }

  private static func contains(_ word: String, _ text: String) -> Bool {
    guard word.utf8.allSatisfy({ $0 < 128 }) else { return text.contains(word) }
    return text.ranges(of: word).contains { range in
      let before = text[..<range.lowerBound].unicodeScalars.last
      let after = text[range.upperBound...].unicodeScalars.first
      return !isLetter(before) && !isLetter(after)
    }
  }

  /// Whether it goes on the English word beside it; a Chinese sign does not.
  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.isASCII && $0.properties.isAlphabetic } ?? false
  }
}
