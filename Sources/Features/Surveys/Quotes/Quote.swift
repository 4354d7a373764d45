import Kernel
import People
import Security

/// A passage, or part of one, in words that give nobody away. It may be shown only while whoever said it allows it.
///
/// Source: field/socialwork.md §2.4; PIPL art. 25 (separate consent to publish) and 15 (taking it back).
struct Quote: Sendable, Equatable {
  let id: QuoteID
  let study: StudyID
  let record: FieldRecordID
  /// The number of the passage.
  let passage: Int64
  let kind: MaterialKind
  /// Who said it, where that is known to the system.
  let speaker: PersonID?
  let words: String
  /// Names these exact words of this quote.
  let digest: Digest
  /// Raised with every rewording; whoever rewords says which they saw.
  let revision: Int64
}

/// What somebody who is not known to the system said to one quote, word by word.
struct QuoteAgreement: Sendable, Equatable {
  let kind: Kind
  /// Of the words that they were read.
  let digest: Digest
  /// Who heard it beside whoever wrote it down; nil for what is taken back.
  let witness: PersonID?
  let at: Timestamp
  let actor: Actor

  enum Kind: String, Sendable, CaseIterable {
    case given
    case withdrawn

    var name: Phrase {
      switch self {
      case .given: Phrase("同意引用", "Agreed to it")
      case .withdrawn: Phrase("收回了", "Took it back")
      }
    }
  }
}

/// Whether a quote may be shown now, and what is missing.
enum QuoteStanding: Sendable, Equatable {
  case usable
  /// The speaker is known and has not agreed to their story being told, or not any more.
  case needsConsent
  /// The speaker is not known, and nobody heard them agree to these very words, or they took it back.
  case needsAgreement
}

enum QuoteRules {
  /// Longest run of digits that a quote may have: longer ones are numbers by which somebody is found.
  static let longestNumber = 5

  static func digest(_ words: String, of id: QuoteID) -> Digest {
    Digest(domain: 53, fields: [Array(id.description.utf8), Array(words.utf8)])
  }

  /// - Parameters:
  ///   - allowed: those known speakers who allow it at this moment.
  ///   - agreement: the newest word of somebody unknown.
  static func standing(
    of quote: Quote, allowed: Set<PersonID>, agreement: QuoteAgreement?
  ) -> QuoteStanding {
    if let speaker = quote.speaker { return allowed.contains(speaker) ? .usable : .needsConsent }
    guard let agreement, agreement.kind == .given, agreement.digest == quote.digest else {
      return .needsAgreement
    }
    return .usable
  }

  /// Why words give somebody away, or nil: names that are known, and long numbers.
  static func fault(of words: String, names: [String]) -> Phrase? {
    var run = 0
    for character in words {
      run = character.isNumber ? run + 1 : 0
      if run > longestNumber {
        return Phrase("里面有一长串数字，会认出人来。", "There is a long number in it, by which somebody could be made out.")
      }
    }
    return names.contains { !$0.isEmpty && words.contains($0) }
      ? Phrase("里面有本人的称呼，请改一改。", "It has the name of whoever said it; please reword it.") : nil
  }
}

extension Problem {
  static let quoteKnown = Problem(
    "quote.known_speaker", status: 409,
    Phrase(
      "说话的人是登记过的居民，要本人在“公开讲您的故事”里同意。",
      "Whoever said this is a known resident, who has to agree under “Telling your story in public”."))

  static let quoteWitness = Problem(
    "quote.witness", status: 422,
    Phrase("见证人要是另一位同事。", "The witness has to be another colleague."))
}
