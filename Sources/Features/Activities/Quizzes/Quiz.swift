package import Kernel
package import People
package import Security

/// A prize quiz as it stands. Source: issue 6, “prize quizzes (有奖问答)”; field/socialwork.md §2.3.
package struct Quiz: Sendable, Equatable {
  package let id: QuizID
  /// Who has one entry; chosen once for all.
  package let unit: Unit
  package let state: State
  /// Of the terms: 1, 2, 3 …
  package let version: Int64
  package let terms: QuizTerms
  /// Nil for a draft.
  package let opening: QuizOpening?
  /// All who answered.
  package let entries: Int64
  /// Those of them who take part in the draw: their entry numbers are 1 to this, without a gap.
  package let numbers: Int64
  package let createdAt: Timestamp
  package let createdBy: Actor

  package enum Unit: String, Sendable, CaseIterable {
    case person
    case household

    package var name: Phrase {
      switch self {
      case .person: Phrase("一人一次", "One entry a person")
      case .household: Phrase("一户一次", "One entry a household")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable {
    /// Seen by the station alone.
    case draft
    /// Its questions stand and its seed is committed to; between its times people answer.
    case open
    case drawn
  }

  /// What the state and the time come to.
  package enum Phase: Sendable, CaseIterable {
    case draft
    /// Published, and not begun.
    case coming
    case open
    /// Over, and about to be drawn.
    case closed
    case drawn

    package var name: Phrase {
      switch self {
      case .draft: Phrase("草稿", "Draft")
      case .coming: Phrase("还没开始", "Not begun")
      case .open: Phrase("正在答题", "Open")
      case .closed: Phrase("答完了，等开奖", "Closed, to be drawn")
      case .drawn: Phrase("已开奖", "Drawn")
      }
    }
  }

  package func phase(at now: Timestamp) -> Phase {
    switch state {
    case .draft: .draft
    case .drawn: .drawn
    case .open: now < terms.opensAt ? .coming : now < terms.closesAt ? .open : .closed
    }
  }

  /// Where residents find it.
  package static func path(_ id: QuizID) -> String { "/quizzes/\(id)" }
}

/// What a quiz asks, when, and what it gives: what its form holds.
package struct QuizTerms: Sendable, Equatable {
  package var title: String
  package var opensAt: Timestamp
  /// The first moment at which nothing is taken any more, and that of the draw.
  package var closesAt: Timestamp
  /// Right answers that it takes to be in the draw.
  package var threshold: Int
  /// In the order in which they are won.
  package var prizes: [QuizPrize]
  /// Where a prize is fetched.
  package var collectPlace: String
  /// Days after which a prize that nobody fetched goes to the next in the list.
  package var collectDays: Int64
  /// The activity that it belongs to, if any.
  package var activity: ActivityID?
  /// In the order in which they are asked.
  package var questions: [QuizQuestionReference]

  package init(
    title: String, opensAt: Timestamp, closesAt: Timestamp, threshold: Int, prizes: [QuizPrize],
    collectPlace: String, collectDays: Int64, activity: ActivityID?, questions: [QuizQuestionReference]
  ) {
    self.title = title
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.threshold = threshold
    self.prizes = prizes
    self.collectPlace = collectPlace
    self.collectDays = collectDays
    self.activity = activity
    self.questions = questions
  }

  /// All pieces of all prizes: as many win.
  package var pieces: Int64 { prizes.reduce(0) { $0 + $1.pieces } }

  /// What the winner of a slot gets; slots count the pieces from 1, those of the first prize first.
  package func prize(ofSlot slot: Int64) -> QuizPrize? {
    var last: Int64 = 0
    return prizes.first { prize in
      last += prize.pieces
      return slot <= last
    }
  }
}

package struct QuizPrize: Sendable, Hashable {
  package let name: String
  /// How many there are of it.
  package let pieces: Int64

  package init(name: String, pieces: Int64) {
    self.name = name
    self.pieces = pieces
  }
}

/// That a quiz was published, with the digest of the seed that will decide it.
package struct QuizOpening: Sendable, Equatable {
  package let commitment: Digest
  package let openedAt: Timestamp
  package let openedBy: Actor
}

/// What may be done with a quiz.
///
/// draft → open → drawn; nothing leads back, and nothing of a quiz that was opened can be changed.
enum QuizRules {
  static let titleLength = 1...60
  static let prizeLength = 1...40
  static let placeLength = 1...60
  static let questionCount = 1...30
  /// Kinds of prizes, pieces of each, and pieces in all.
  static let prizeKinds = 6
  static let piecesOfOne: ClosedRange<Int64> = 1...200
  static let pieces: Int64 = 300
  static let collectDays: ClosedRange<Int64> = 3...90
  /// The longest that people may answer.
  static let longest = Duration.days(92)

  /// - Returns: why a draft cannot get these terms; nil where it can.
  static func refusal(toWrite quiz: Quiz) -> Problem? { quiz.state == .draft ? nil : .quizNotPossible }

  /// - Parameter current: the questions that may be asked now, as they stand.
  static func refusal(
    toOpen quiz: Quiz, current: Set<QuizQuestionReference>, at now: Timestamp
  ) -> Problem? {
    guard quiz.state == .draft else { return .quizNotPossible }
    if now >= quiz.terms.closesAt { return .quizTimeOver }
    return quiz.terms.questions.allSatisfy(current.contains) ? nil : .quizQuestionsChanged
  }

  static func refusal(toEnter quiz: Quiz, at now: Timestamp) -> Problem? {
    switch quiz.phase(at: now) {
    case .open: nil
    case .coming: .quizNotBegun
    case .closed, .drawn: .quizClosed
    case .draft: .notFound
    }
  }

  /// Whether its time for the draw has come.
  static func isDue(_ quiz: Quiz, at now: Timestamp) -> Bool { quiz.phase(at: now) == .closed }
}

extension Problem {
  static let quizNotPossible = Problem(
    "activities.quiz_not_possible", status: 409,
    Phrase("这份问答现在不能这样做。", "This cannot be done with the quiz as it stands."),
    advice: Phrase("开放以后，题目、奖品和时间都不能再改。", "Once it is open, questions, prizes and times stay as they are."))

  static let quizStale = Problem(
    "activities.quiz_stale", status: 409,
    Phrase("刚才有人改过这份问答。", "Somebody has just changed this quiz."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let quizTimeOver = Problem(
    "activities.quiz_time_over", status: 409,
    Phrase("截止时间已经过了。", "The time at which it closes is over."),
    advice: Phrase("请先改截止时间。", "Please change that time first."))

  static let quizQuestionsChanged = Problem(
    "activities.quiz_questions_changed", status: 409,
    Phrase("选好的题目里，有的改过或收起了。", "Some of the questions were changed or put away."),
    advice: Phrase(
      "请点“修改”，看一看题目再保存，然后开放。", "Please open “Change”, look at the questions, save, and open it then."))

  static let quizNotBegun = Problem(
    "activities.quiz_not_begun", status: 409, Phrase("还没到答题的时间。", "Answering has not begun yet."),
    advice: Phrase("请到时间再来。", "Please come back then."))

  static let quizClosed = Problem(
    "activities.quiz_closed", status: 409, Phrase("答题已经截止了。", "Answering is closed."),
    advice: Phrase("请看看开奖结果，下次早点来。", "Please see the draw, and come earlier next time."))
}
