import Database
package import Kernel
package import People

/// What a client asks of the station about their own record.
package enum RightsRequestKind {}
package typealias RightsRequestID = Identifier<RightsRequestKind>

/// A client's request about the record of their case: to have a copy of it, or to have it corrected.
///
/// It is answered within fifteen working days, and a no names its reason. Source: PIPL art. 45, 46 and 50.
package struct RightsRequest: Sendable, Equatable {
  package let id: RightsRequestID
  package let caseID: CaseID
  package let kind: Kind
  /// What is wrong and how it should be; nil for a copy.
  package let text: CareTextID?
  /// The worker's task, which the answer ends.
  package let task: CaseTaskID
  package let askedAt: Timestamp
  /// The end of the last day on which it may be answered.
  package let dueAt: Timestamp
  package let answer: RightsAnswer?

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case copy
    case correction

    package var name: Phrase {
      switch self {
      case .copy: Phrase("要一份我的记录", "A copy of my record")
      case .correction: Phrase("更正我的记录", "A correction of my record")
      }
    }

    var task: CaseTask.Kind {
      switch self {
      case .copy: .copyAsked
      case .correction: .correctionAsked
      }
    }

    /// How a worker may answer.
    package var answers: [RightsAnswer.Kind] {
      switch self {
      case .copy: [.copyHanded, .refused]
      case .correction: [.corrected, .refused]
      }
    }
  }

  /// Working days within which it is answered.
  package static let answerDays = 15

  package static func due(after moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    WorkingDays.end(of: answerDays, after: moment, offsetSeconds: offsetSeconds)
  }

  /// The last day on which it may be answered, as a moment of that day.
  package var lastDay: Timestamp { dueAt - .seconds(1) }

  package func isOverdue(at moment: Timestamp) -> Bool { answer == nil && dueAt <= moment }

  /// Why it may not be answered so, or nil: a pure function.
  ///
  /// - Parameter handed: when a copy was handed over.
  package func refusal(of kind: RightsAnswer.Kind, handed: Timestamp?, at now: Timestamp) -> Problem? {
    if answer != nil { return .rightsAnswered }
    guard self.kind.answers.contains(kind) else { return .rightsOtherAnswer }
    guard let handed else { return kind == .copyHanded ? .rightsHandedWhen : nil }
    // A day is named without its hour, so the whole day of the request counts.
    return handed > now || handed < askedAt - .days(1) ? .rightsHandedWhen : nil
  }
}

/// What became of a request.
package struct RightsAnswer: Sendable, Equatable {
  package let kind: Kind
  /// How a copy was handed over, and when; nil for all else.
  package let handing: Handing?
  package let handedAt: Timestamp?
  /// What the client is told, or why not.
  package let text: CareTextID?
  package let at: Timestamp
  package let actor: Actor

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case copyHanded = "copy_handed"
    case corrected
    case refused
    /// It waits no more because the client had everything deleted.
    case withdrawn

    package var name: Phrase {
      switch self {
      case .copyHanded: Phrase("给了一份", "A copy was handed over")
      case .corrected: Phrase("更正了", "Corrected")
      case .refused: Phrase("没有同意", "Refused")
      case .withdrawn: Phrase("不用再办了", "No longer needed")
      }
    }
  }

  package enum Handing: String, Sendable, CaseIterable, Storable {
    case paper
    case readAloud = "read_aloud"
    case electronic

    package var name: Phrase {
      switch self {
      case .paper: Phrase("打印出来给的", "On paper")
      case .readAloud: Phrase("念给本人听的", "Read aloud")
      case .electronic: Phrase("电子文件", "Electronically")
      }
    }
  }
}

extension Problem {
  static let rightsWaiting = Problem(
    "rights.waiting", status: 409,
    Phrase("您已经要过一份了，社工正在准备。", "You have asked for a copy already; your worker is preparing it."),
    advice: Phrase("请看上面写的答复日期。", "Please see above by when it is answered."))

  static let rightsAnswered = Problem(
    "rights.answered", status: 409,
    Phrase("这个要求已经答复过了。", "This request has been answered already."),
    advice: Phrase("请刷新页面。", "Please reload the page."))

  static let rightsOtherAnswer = Problem.invalid([
    FieldProblem("answer", Phrase("这个要求不能这样答复。", "This request cannot be answered so."))
  ])

  static let rightsHandedWhen = Problem.invalid([
    FieldProblem(
      "handed_at",
      Phrase("请写给的那一天：不早于提出的那天，不晚于今天。", "Please give the day: not before the request, and not after today."))
  ])
}
