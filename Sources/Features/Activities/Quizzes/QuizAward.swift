package import Kernel
package import People

/// That one entry number won one piece of a prize.
package struct QuizAward: Sendable, Equatable {
  package let id: QuizAwardID
  /// In the order of the draw, from 1.
  package let place: Int64
  /// Which piece of the prizes, from 1. Who follows somebody that did not fetch theirs has the same slot.
  package let slot: Int64
  package let number: Int64
  package let awardedAt: Timestamp
  /// The first moment at which it may go to the next.
  package let collectUntil: Timestamp
  /// Nil while it is still to be fetched.
  package let end: End?

  package struct End: Sendable, Equatable {
    package let kind: Kind
    /// Who fetched it; nil unless it was handed over.
    package let receiver: Receiver?
    package let at: Timestamp
    package let by: Actor
  }

  package enum Kind: String, Sendable, CaseIterable {
    case handed
    /// Nobody fetched it in time.
    case lapsed
    /// The winner does not want it.
    case declined

    package var name: Phrase {
      switch self {
      case .handed: Phrase("领走了", "Fetched")
      case .lapsed: Phrase("到期没领", "Not fetched in time")
      case .declined: Phrase("不要了", "Declined")
      }
    }
  }

  package enum Receiver: String, Sendable, CaseIterable {
    case winner
    case family
    /// Somebody else whom the winner sent; their name is kept beside.
    case sent

    package var name: Phrase {
      switch self {
      case .winner: Phrase("本人", "The winner")
      case .family: Phrase("家里人", "Somebody of the family")
      case .sent: Phrase("本人托来的人", "Somebody whom they sent")
      }
    }
  }
}

/// The draw of a quiz: the seed, and how many numbers were drawn.
package struct QuizDraw: Sendable, Equatable {
  package let seed: String
  package let numbers: Int64
  package let drawnAt: Timestamp
}

/// What may be done with a prize.
enum QuizAwardRules {
  static let receiverLength = 1...20

  /// - Returns: why it cannot be handed over; nil where it can. Late is well, as long as nobody has followed.
  static func refusal(toHandOver award: QuizAward) -> Problem? {
    award.end == nil ? nil : .quizAwardEnded
  }

  static func refusal(toPassOn award: QuizAward, because kind: QuizAward.Kind, at now: Timestamp) -> Problem?
  {
    guard award.end == nil, kind != .handed else { return .quizAwardEnded }
    return kind == .lapsed && now < award.collectUntil ? .quizAwardNotLapsed : nil
  }
}

extension Problem {
  static let quizAwardEnded = Problem(
    "activities.quiz_award_ended", status: 409,
    Phrase("这份奖品已经记过了。", "This prize has been dealt with already."),
    advice: Phrase("请刷新页面看一看。", "Please reload the page to see it."))

  static let quizAwardNotLapsed = Problem(
    "activities.quiz_award_not_lapsed", status: 409,
    Phrase("还没到期，不能给下一位。", "Its time is not over, so it cannot go to the next."),
    advice: Phrase("中奖的人说不要，就按“不要了”。", "If the winner does not want it, please press “Declined”."))
}
