import Database
package import Kernel

/// What a household found of one line of its order, once: such records are only added, by nobody changed or removed.
///
/// It names nobody, and no page of reviews leads to its order. Who wrote it is kept for the one who agreed to be named
/// (`ReviewNaming`).
package struct Review: Sendable, Equatable {
  package let id: ReviewID
  package let order: OrderID
  package let position: Int
  package let product: ProductID
  /// Whose people may answer.
  package let merchant: MerchantID
  /// Who led the campaign, and may answer as well.
  package let leader: PersonID
  package let rating: Rating
  /// At most 500 characters; may be empty.
  package let text: String
  package let writtenAt: Timestamp
  /// Nil for reviews from before names could be shown.
  package var writtenBy: PersonID?

  /// One to five stars. They are never shown without their word.
  package enum Rating: Int, Sendable, CaseIterable, Comparable {
    case bad = 1
    case poor, fair, good, veryGood

    package var stars: Int { rawValue }

    package var name: Phrase {
      switch self {
      case .bad: Phrase("不好", "bad")
      case .poor: Phrase("不太好", "not so good")
      case .fair: Phrase("一般", "so-so")
      case .good: Phrase("好", "good")
      case .veryGood: Phrase("很好", "very good")
      }
    }

    package static func < (left: Rating, right: Rating) -> Bool { left.rawValue < right.rawValue }
  }
}

/// What was said to a review after it was written; each voice speaks once.
package struct ReviewRemark: Sendable, Equatable {
  package let text: String
  package let writtenAt: Timestamp

  package enum Voice: String, Sendable, CaseIterable, Storable {
    /// The household that wrote the review, later.
    case household
    case merchant
    case leader

    package var name: Phrase {
      switch self {
      case .household: Phrase("追评", "Later")
      case .merchant: Phrase("商户回复", "The merchant answers")
      case .leader: Phrase("团长回复", "The group leader answers")
      }
    }
  }
}

/// A review as pages and programs show it: with what was bought, and when, and what was said since.
package struct ShownReview: Sendable, Equatable {
  package let review: Review
  /// Product and variant as they were ordered.
  package let name: Phrase
  package let pack: Phrase
  /// Shown by its month alone, so that nobody is found by the day.
  package let boughtAt: Timestamp
  package var remarks: [ReviewRemark.Voice: ReviewRemark]
  /// What its writer is called, where they agree to be named now; nil for "a neighbour". Never stored.
  package var signature: String?

  /// What was said, in the order in which it was said.
  package var said: [(voice: ReviewRemark.Voice, remark: ReviewRemark)] {
    remarks.map { (voice: $0.key, remark: $0.value) }.sorted {
      ($0.remark.writtenAt, $0.voice.rawValue) < ($1.remark.writtenAt, $1.voice.rawValue)
    }
  }

  /// Whether merchant or leader have answered.
  package var isAnswered: Bool { remarks[.merchant] != nil || remarks[.leader] != nil }
}

/// What people write about goods and to each other: without white space round it and with one form of line ends.
package struct ReviewText: Sendable, Equatable {
  /// The most characters.
  package static let limit = 500
  package static let none = ReviewText(text: "")
  static let needed = Phrase("请写几个字。", "Please write a few words.")
  package let text: String

  private init(text: String) {
    self.text = text
  }

  /// - Parameter field: what the problem names.
  /// - Throws: `form.invalid` for what `fault` finds.
  package init(_ typed: String, by voice: ReviewRemark.Voice, in field: String = "text") throws {
    let text = ProductText.trimmed(typed)
    if let fault = Self.fault(text, by: voice) { throw Problem.invalid([FieldProblem(field, fault)]) }
    self.text = text
  }

  /// What keeps these words from being shown to everybody; nil for nothing.
  static func fault(_ text: String, by voice: ReviewRemark.Voice) -> Phrase? {
    if text.unicodeScalars.count > limit {
      return Phrase("最多写 \(limit) 个字。", "Please write at most \(limit) characters.")
    }
    if voice == .household, hasPersonalNumber(text) {
      return Phrase(
        "评价大家都看得到，请别写电话或证件号。",
        "Everybody reads reviews; please leave out telephone and identity numbers.")
    }
    return nil
  }

  /// Eleven digits or more in a row, spaces and hyphens aside, are a telephone's or a person's.
  private static func hasPersonalNumber(_ text: String) -> Bool {
    var digits = 0
    for scalar in text.unicodeScalars {
      if scalar.properties.numericType == .decimal {
        digits += 1
        if digits >= 11 { return true }
      } else if scalar != " ", scalar != "-" {
        digits = 0
      }
    }
    return false
  }
}

/// A review before it is stored.
package struct ReviewDraft: Sendable, Equatable {
  package let rating: Review.Rating
  package let text: ReviewText

  package init(_ rating: Review.Rating, _ text: ReviewText) {
    self.rating = rating
    self.text = text
  }
}
