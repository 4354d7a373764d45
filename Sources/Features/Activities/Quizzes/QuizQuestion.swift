package import Kernel
package import People

/// A single-choice question of the bank as it stands. Source: issue 6, “question bank”.
package struct QuizQuestion: Sendable, Equatable {
  package let id: QuizQuestionID
  /// 1, 2, 3 …: a quiz asks one version for good, whatever is written later.
  package let version: Int64
  package let content: Content
  package let writtenAt: Timestamp
  package let writtenBy: Actor
  /// Nil as long as new quizzes may ask it.
  package let retiredAt: Timestamp?

  /// What somebody reads of it.
  package struct Content: Sendable, Hashable {
    package var wording: String
    /// Two to six, all different.
    package var options: [String]
    /// The position of the right one in `options`.
    package var right: Int
    /// One sentence, shown once somebody has answered.
    package var explanation: String
    /// Where it can be looked up, such as the number and article of a policy; empty for nothing.
    package var source: String
    /// What it is about in a word, by which the bank is ordered.
    package var topic: String

    package init(
      wording: String, options: [String], right: Int, explanation: String, source: String, topic: String
    ) {
      self.wording = wording
      self.options = options
      self.right = right
      self.explanation = explanation
      self.source = source
      self.topic = topic
    }
  }

  /// The one version that a quiz asks.
  package var reference: QuizQuestionReference { QuizQuestionReference(question: id, version: version) }
}

/// One version of a question.
package struct QuizQuestionReference: Sendable, Hashable {
  package let question: QuizQuestionID
  package let version: Int64

  package init(question: QuizQuestionID, version: Int64) {
    self.question = question
    self.version = version
  }
}

/// The letters by which options are called: on paper, on the telephone and in tables.
enum QuizOption {
  static let letters = ["A", "B", "C", "D", "E", "F"]

  static func letter(_ option: Int) -> String { letters.indices.contains(option) ? letters[option] : "?" }

  /// The position of an option by its letter, in either case and width, or by its number from 1; nil for anything else.
  static func position(_ typed: String) -> Int? {
    guard let scalar = typed.unicodeScalars.first, typed.unicodeScalars.count == 1 else { return nil }
    let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
    switch narrow {
    case 65...70: return Int(narrow) - 65
    case 97...102: return Int(narrow) - 97
    case 49...54: return Int(narrow) - 49
    default: return nil
    }
  }
}

/// What a question may be.
enum QuizQuestionRules {
  static let optionCount = 2...6
  static let wordingLength = 1...200
  static let optionLength = 1...60
  static let explanationLength = 1...200
  static let sourceLength = 1...120
  static let topicLength = 1...20
  /// Questions that may be asked at a time: all of them stand in one list to choose from.
  static let bankLimit = 500

  /// What is wrong with the options and the right one among them, by field; nil where nothing is.
  ///
  /// - Parameter options: as they were typed, those that are empty included.
  static func fault(_ options: [String], right: Int?) -> FieldProblem? {
    let given = options.prefix { !$0.isEmpty }
    if given.count != options.count(where: { !$0.isEmpty }) {
      return FieldProblem(
        "option-\(given.count + 1)", Phrase("前面的选项空着。", "An option before the last one is empty."))
    }
    if !optionCount.contains(given.count) {
      return FieldProblem(
        "option-\(min(given.count + 1, 2))", Phrase("请写 2 到 6 个选项。", "Please give 2 to 6 options."))
    }
    if let position = given.indices.first(where: { given[..<$0].contains(given[$0]) }) {
      return FieldProblem(
        "option-\(position + 1)", Phrase("有两个选项一样。", "Two options are the same."))
    }
    if let right, !given.indices.contains(right) {
      return FieldProblem("right", Phrase("答案不在选项里。", "The right answer is none of the options."))
    }
    return nil
  }
}

extension Problem {
  static let quizBankFull = Problem(
    "activities.quiz_bank_full", status: 409,
    Phrase(
      "题库满了，最多 \(QuizQuestionRules.bankLimit) 道。",
      "The bank is full: it holds \(QuizQuestionRules.bankLimit) questions."),
    advice: Phrase("请先收起一些旧题。", "Please put old ones away first."))

  static let quizQuestionStale = Problem(
    "activities.quiz_question_stale", status: 409,
    Phrase("刚才有人改过这道题。", "Somebody has just changed this question."),
    advice: Phrase("请刷新页面，看一看再改。", "Please reload the page, look and change it again."))
}
