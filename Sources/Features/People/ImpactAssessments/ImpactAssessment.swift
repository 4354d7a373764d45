import Kernel

enum ImpactAssessmentKind {}
typealias ImpactAssessmentID = Identifier<ImpactAssessmentKind>

/// What a use of personal data means for the people it is about, thought through before it begins and again when it
/// changes: one version, never changed once it is written.
///
/// Source: PIPL art. 55 (when) and 56 (what it says; kept three years at least; here for good).
struct ImpactAssessment: Sendable, Equatable {
  let id: ImpactAssessmentID
  /// 1, 2, 3 …
  let version: Int64
  let content: Content
  let assessedAt: Timestamp
  let assessedBy: Actor

  struct Content: Sendable, Equatable {
    let title: String
    /// What is done with which data of whom.
    let handling: String
    /// Whether purpose and manner are lawful, justified and needed.
    let necessity: String
    /// What it could do to people's rights, and what could go wrong.
    let risks: String
    /// Whether the protection fits the risk.
    let measures: String
    let conclusion: Conclusion
    /// When it is looked at again at the latest.
    let reviewAt: Timestamp
  }

  enum Conclusion: String, Sendable, CaseIterable {
    case goAhead = "go_ahead"
    case withMeasures = "with_measures"
    case refrain

    var name: Phrase {
      switch self {
      case .goAhead: Phrase("可以做", "Go ahead")
      case .withMeasures: Phrase("做好这些保护才可以做", "Only with these measures")
      case .refrain: Phrase("不做", "Do not do it")
      }
    }
  }

  func isReviewDue(at moment: Timestamp) -> Bool { moment > content.reviewAt }

  /// Kinds of use for which the law asks for one, as reminders on the form. Source: PIPL art. 55.
  static let occasions: [Phrase] = [
    Phrase("用到敏感信息（健康、行踪、未成年人……）", "Sensitive data: health, whereabouts, minors …"),
    Phrase("让程序自动做决定", "Decisions made by a program"),
    Phrase("交给别人办、给别人看、公开", "Handing it to others, showing it, publishing it"),
    Phrase("传到境外", "Sending it abroad"),
    Phrase("别的对居民影响大的做法", "Anything else that weighs heavily on people"),
  ]
}
