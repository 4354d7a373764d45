import Kernel

/// How a call went.
enum CallOutcome: String, Sendable, CaseIterable {
  case reached
  case noAnswer = "no_answer"
  case later

  var name: Phrase {
    switch self {
    case .reached: Phrase("接通，说到了", "Reached and told")
    case .noAnswer: Phrase("没人接", "No answer")
    case .later: Phrase("稍后再打", "Call again later")
    }
  }
}

/// The rules of calls: who has one in hand, and when it is tried again.
enum CallRules {
  /// For how long nobody else is shown a call that somebody has in hand.
  static let inHand = Duration.minutes(15)
  /// Calls that nobody answered, before the next way is taken.
  static let tries = 3
  private static let afterNoAnswer = Duration.hours(2)
  private static let whenAskedTo = Duration.hours(1)

  /// How a delivery stands after a call.
  static func after(_ outcome: CallOutcome, _ call: Delivery, at now: Timestamp) -> Delivery {
    var delivery = call
    delivery.turn += 1
    delivery.firstTriedAt = call.firstTriedAt ?? now
    switch outcome {
    case .reached:
      delivery.sentAt = now
      return delivery.ended(.delivered, nil, at: now)
    case .noAnswer:
      if call.attempts + 1 >= tries { return delivery.ended(.givenUp, "call.no_answer", at: now) }
      delivery.attempts += 1
      delivery.dueAt = now + afterNoAnswer
      delivery.reason = "call.no_answer"
    case .later: delivery.dueAt = now + whenAskedTo
    }
    return delivery
  }
}
