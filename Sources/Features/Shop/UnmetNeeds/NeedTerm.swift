import Foundation

/// What somebody looked for and did not find, in one agreed spelling: a word for goods, and nothing that looks like a
/// person, a telephone number or a door. Whatever does is not kept at all.
///
/// Source: field/socialwork.md §4, no. 11 (needs from failed search) and §2.12 (no free text about persons).
struct NeedTerm: Sendable, Hashable {
  /// The longest term, in Unicode scalars; what is longer is a sentence and not kept.
  static let lengthLimit = 20

  let text: String

  /// - Parameter typed: as it was typed into the search.
  /// - Returns: nil for what is not kept.
  init?(_ typed: String) {
    guard typed.utf8.count <= 400 else { return nil }
    let text = NeedSpelling.plain(typed)
    // A term is read again from where it was written: it has to be the same term then.
    guard (1...Self.lengthLimit).contains(text.unicodeScalars.count), NeedSpelling.plain(text) == text,
      !NeedSpelling.isTooShort(text), !PersonalLook.isFound(in: text, typed: typed),
      !PersonalLook.isFound(in: text, typed: text)
    else { return nil }
    self.text = text
  }

  /// A term as it was stored.
  init(stored text: String) {
    self.text = text
  }
}

/// One spelling for the many ways in which people type the same word.
enum NeedSpelling {
  /// Signs that may stand inside a word: `7-up`, `1.5l`, `b&b`.
  private static let joints: Set<Character> = ["-", ".", "+", "/", "&", "%", "'"]

  /// Narrow forms, lower case, no signs and no spaces but where a word would run into the next.
  static func plain(_ typed: String) -> String {
    var plain = ""
    var between = ""
    for character in folded(typed) {
      guard character.isLetter || character.isNumber else {
        between.append(character)
        continue
      }
      if let last = plain.last, !between.isEmpty {
        if between.count == 1, joints.isSuperset(of: between) {
          plain += between
        } else if !isHan(last), !isHan(character) {
          plain += " "
        }
      }
      between = ""
      plain.append(character)
    }
    return plain
  }

  /// Narrow and lower case, without signs that nobody sees.
  static func folded(_ typed: String) -> String {
    var seen = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .format, .privateUse, .surrogate, .unassigned: continue
      default: seen.append(scalar)
      }
    }
    return String(seen).precomposedStringWithCompatibilityMapping.lowercased()
      .precomposedStringWithCompatibilityMapping
  }

  /// A single letter of an alphabet says nothing; a single character of Chinese is a word.
  static func isTooShort(_ text: String) -> Bool {
    guard let first = text.first, text.count == 1 else { return text.isEmpty }
    return !isHan(first)
  }

  static func isHan(_ character: Character) -> Bool {
    character.unicodeScalars.first?.properties.isIdeographic ?? false
  }
}
