import Database
package import Kernel

/// A number that says how somebody does, measured the same way before, during and after. Source: field/socialwork.md §2.14.
package struct OutcomeScore: Sendable, Equatable {
  package let measure: Measure
  package let phase: Phase
  package let value: Int64
  package let by: Rater
  package let at: Timestamp
  package let recordedBy: PersonID

  package enum Measure: String, Sendable, CaseIterable, Storable {
    case goalAttainment = "goal_attainment"
    case shoppingEfficacy = "shopping_efficacy"
    case scamQuiz = "scam_quiz"
    case satisfaction

    package var name: Phrase {
      switch self {
      case .goalAttainment: Phrase("目标达成（−2 到 +2）", "Goal attainment (−2 to +2)")
      case .shoppingEfficacy: Phrase("网上买菜的把握（5 到 25）", "Confidence in ordering online (5 to 25)")
      case .scamQuiz: Phrase("识骗小测（0 到 10）", "Scam quiz (0 to 10)")
      case .satisfaction: Phrase("满意程度（1 到 5）", "Satisfaction (1 to 5)")
      }
    }

    /// Goal attainment scaling after Kiresuk and Sherman; five questions of one to five; ten questions; one of five faces.
    package var range: ClosedRange<Int64> {
      switch self {
      case .goalAttainment: -2...2
      case .shoppingEfficacy: 5...25
      case .scamQuiz: 0...10
      case .satisfaction: 1...5
      }
    }
  }

  package enum Phase: String, Sendable, CaseIterable, Storable {
    case baseline
    case middle
    case end
    case followUp = "follow_up"

    package var name: Phrase {
      switch self {
      case .baseline: Phrase("开始", "At the start")
      case .middle: Phrase("中间", "On the way")
      case .end: Phrase("结束", "At the end")
      case .followUp: Phrase("回访", "Later")
      }
    }
  }

  /// Whose judgement it is.
  package enum Rater: String, Sendable, CaseIterable, Storable {
    case client
    case worker

    package var name: Phrase {
      switch self {
      case .client: Phrase("本人打分", "By the person")
      case .worker: Phrase("社工打分", "By the worker")
      }
    }
  }
}
