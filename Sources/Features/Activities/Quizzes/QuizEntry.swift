import Database
package import Kernel
package import People

/// What one person answered, for good.
package struct QuizEntry: Sendable, Equatable {
  package let id: QuizEntryID
  package let quiz: QuizID
  package let rightCount: Int
  /// The public number under which it is drawn; nil for those who are not in the draw.
  package let number: Int64?
  /// Why it is not in the draw; nil for those who are.
  package let bar: Bar?
  package let way: Way
  package let enteredAt: Timestamp
  /// Who entered it for the person; nil where they did it themselves.
  package let enteredBy: Actor?

  /// Why somebody is not drawn.
  package enum Bar: String, Sendable, CaseIterable {
    /// Too few right answers.
    case score
    /// They work for the community, or somebody of their household does where households are drawn: who runs a draw wins
    /// nothing in it.
    case staff

    package var name: Phrase {
      switch self {
      case .score: Phrase("答对的题不够", "Too few right answers")
      case .staff: Phrase("社区工作人员不参加抽奖", "The community’s staff are not in the draw")
      }
    }
  }

  /// How it came in.
  package enum Way: String, Sendable, CaseIterable {
    case selfService = "self"
    case phone
    case paper

    package var name: Phrase {
      switch self {
      case .selfService: Phrase("自己答的", "By themselves")
      case .phone: Phrase("打电话、当面说的", "Told by telephone or in person")
      case .paper: Phrase("纸上写的", "On paper")
      }
    }

    /// Those that the station enters.
    static let entered: [Way] = [.paper, .phone]
  }
}

/// Whose an entry is: of the person, or of their household.
struct QuizEntrant: Sendable, Equatable {
  let unit: Quiz.Unit
  /// The number of the person or the household.
  let unitID: Int64
  /// Who answered; nil for those who were deleted.
  let person: PersonID?

  init(unit: Quiz.Unit, unitID: Int64, person: PersonID?) {
    self.unit = unit
    self.unitID = unitID
    self.person = person
  }

  /// As whom somebody answers a quiz; nil for people without a household where households are drawn.
  init?(
    _ person: PersonID, in quiz: Quiz, _ directory: Directory, community: CommunityID, _ snapshot: Snapshot
  ) throws {
    switch quiz.unit {
    case .person: self.init(unit: .person, unitID: person.rawValue, person: person)
    case .household:
      guard let household = try directory.household(of: person, in: community, snapshot) else { return nil }
      self.init(unit: .household, unitID: household.rawValue, person: person)
    }
  }
}

/// The options that somebody chose, in the order of the questions.
package struct QuizAnswers: Sendable, Hashable {
  /// Positions of options; nil where nothing was chosen, as it happens on paper.
  package let chosen: [Int?]

  package init(_ chosen: [Int?]) {
    self.chosen = chosen
  }

  /// `BA-C`: one letter for each question, a stroke for none.
  var text: String { chosen.map { $0.map(QuizOption.letter) ?? "-" }.joined() }

  /// Reads what `text` writes.
  init(text: String) {
    chosen = text.map { $0 == "-" ? nil : QuizOption.position(String($0)) }
  }

  /// How many are right.
  func rightCount(of questions: [QuizQuestion]) -> Int {
    zip(questions, chosen).count { question, answer in answer == question.content.right }
  }

  /// Whether each is an option of its question, or none.
  func fit(_ questions: [QuizQuestion]) -> Bool {
    chosen.count == questions.count
      && zip(questions, chosen).allSatisfy { question, answer in
        answer.map { question.content.options.indices.contains($0) } ?? true
      }
  }
}

/// How the questions of a quiz were answered, over all entries of which the answers are kept.
struct QuizTally: Sendable, Equatable {
  /// For each question how many were right.
  let right: [Int]
  let answers: Int

  init(_ all: [QuizAnswers], to questions: [QuizQuestion]) {
    var right = [Int](repeating: 0, count: questions.count)
    for answers in all {
      for (index, pair) in zip(questions, answers.chosen).enumerated()
      where pair.1 == pair.0.content.right { right[index] += 1 }
    }
    self.right = right
    answers = all.count
  }
}

extension Problem {
  static let quizHouseholdAnswered = Problem(
    "activities.quiz_household_answered", status: 409,
    Phrase("您家已经有人答过了，一户只能答一次。", "Somebody of your household has answered; each household does so once."),
    advice: Phrase("开奖的时候，看您家的抽奖号就行。", "Your household’s entry number is in the draw."))

  static let quizAlreadyEntered = Problem(
    "activities.quiz_already_entered", status: 409,
    Phrase("这位居民（或这一户）已经答过了，不能再录。", "This resident, or this household, has answered already."),
    advice: Phrase("先答的算数。", "The first answers count."))

  static let quizOwnEntry = Problem(
    "activities.quiz_own_entry", status: 409,
    Phrase("自己的答案请在自己的手机上答。", "Please give your own answers on your own page."))

  static let quizHouseholdNeeded = Problem(
    "activities.quiz_household_needed", status: 409,
    Phrase("这份问答一户答一次，要先登记住址。", "Households answer this quiz, so a home has to be entered first."),
    advice: Phrase("请联系居委会登记门牌号。", "Please ask the neighbourhood committee to add the address."))
}
