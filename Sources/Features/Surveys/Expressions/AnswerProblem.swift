package import Kernel

/// What is wrong with the answer to one question.
package enum AnswerProblem: Sendable, Hashable {
  /// It has to be answered and is not.
  case missing
  case integer
  case number
  /// More digits than ``AnswerNumber/mostDigits``.
  case digits
  case range(start: String, end: String)
  case step(start: String, step: String)
  case date
  case time
  case dateTime
  /// Something was chosen that is not offered.
  case choice
  /// Something was chosen twice.
  case twice
  /// Not everything that is offered has its place.
  case rank
  case acknowledge
  /// More characters than ``AnswerText/longest``.
  case long
  /// The author's own rule is not met.
  case constraint

  /// Its name for the page; see `survey-logic.js`.
  package var code: String {
    switch self {
    case .missing: "missing"
    case .integer: "integer"
    case .number: "number"
    case .digits: "digits"
    case .range: "range"
    case .step: "step"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date_time"
    case .choice: "choice"
    case .twice: "twice"
    case .rank: "rank"
    case .acknowledge: "acknowledge"
    case .long: "long"
    case .constraint: "constraint"
    }
  }

  /// What to say of it where the author of the form says nothing.
  package var message: Phrase {
    switch self {
    case .missing: Phrase("这一题要回答。", "Please answer this question.")
    case .integer: Phrase("请填一个整数，如 3。", "Please enter a whole number, such as 3.")
    case .number: Phrase("请填一个数，如 3 或 2.5。", "Please enter a number, such as 3 or 2.5.")
    case .digits:
      Phrase(
        "数字太长了，最多 \(AnswerNumber.mostDigits) 位。",
        "The number is too long; it may have at most \(AnswerNumber.mostDigits) digits.")
    case .range(let start, let end):
      Phrase("请填 \(start) 到 \(end) 之间的数。", "Please enter a number from \(start) to \(end).")
    case .step(let start, let step):
      Phrase("请从 \(start) 起，每次加 \(step)。", "Please count from \(start) in steps of \(step).")
    case .date: Phrase("请填一个日期，如 2026-11-28。", "Please enter a date, such as 2026-11-28.")
    case .time: Phrase("请填一个时间，如 09:30。", "Please enter a time, such as 09:30.")
    case .dateTime: Phrase("请填日期和时间。", "Please enter a date and a time.")
    case .choice: Phrase("请在给出的选项里选。", "Please choose from what is offered.")
    case .twice: Phrase("有一项选了两次。", "Something was chosen twice.")
    case .rank: Phrase("请给每一项都排个先后。", "Please give everything its place.")
    case .acknowledge: Phrase("看过以后请打勾。", "Please tick this once you have read it.")
    case .long:
      Phrase("最多 \(AnswerText.longest) 个字。", "This may have at most \(AnswerText.longest) characters.")
    case .constraint:
      Phrase("这个答案不合要求，请再看一看。", "This answer does not meet what is asked; please look again.")
    }
  }
}
