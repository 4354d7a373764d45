import Database
import Kernel
import Messages
import People
import Web

/// What people are told of quizzes.
struct QuizNotices: Sendable {
  let directory: Directory
  let messenger: Messenger

  static let won = MessageKind(
    "activities.quiz_won", name: ("有奖问答中奖了", "You won a prize"), headline: ("您中奖了，请来领奖", "you won a prize"),
    isWorthACall: true, patience: .days(7))
  static let entered = MessageKind(
    "activities.quiz_entered", name: ("帮您交了有奖问答", "Your answers were entered"),
    headline: ("帮您交了有奖问答", "your answers are in"))

  static let kinds = [won, entered]

  /// Those behind the numbers are told what they won, where it is and until when.
  func won(_ awards: [QuizAward], of quiz: Quiz, in transaction: Transaction) throws {
    let community = transaction.community
    let persons = try QuizEntryStore.persons(
      behind: awards.map(\.number), of: quiz.id, in: community, transaction)
    let messages = try awards.compactMap { award -> Message? in
      guard let person = persons[award.number], let prize = quiz.terms.prize(ofSlot: award.slot) else {
        return nil
      }
      let day = try day(award.collectUntil, in: transaction)
      return Message(
        to: person, Self.won, about: award.id.rawValue, occasion: "won",
        Phrase(
          "“\(quiz.terms.title)”开奖了，您的 \(award.number) 号中了：\(prize.name)。请在 \(day.chinese) 以前到\(quiz.terms.collectPlace)领，可以托人来。",
          "“\(quiz.terms.title)” was drawn and your number \(award.number) won: \(prize.name). Please fetch it before \(day.english) at \(quiz.terms.collectPlace), or send somebody."
        ), path: Quiz.path(quiz.id))
    }
    try messenger.send(messages, in: transaction)
  }

  /// The station entered somebody's answers: nobody's name is used behind their back.
  func entered(
    _ entry: QuizEntry, of quiz: Quiz, for person: PersonID, in transaction: Transaction
  ) throws {
    let text =
      entry.number.map { number in
        Phrase(
          "社区帮您交了“\(quiz.terms.title)”的答案。您的抽奖号是 \(number) 号。",
          "The station entered your answers to “\(quiz.terms.title)”. Your entry number is \(number).")
      }
      ?? Phrase(
        "社区帮您交了“\(quiz.terms.title)”的答案，这次不参加抽奖。",
        "The station entered your answers to “\(quiz.terms.title)”. They are not in the draw.")
    try messenger.send(
      [
        Message(
          to: person, Self.entered, about: entry.id.rawValue, occasion: "entered", text,
          path: Quiz.path(quiz.id))
      ], in: transaction)
  }

  private func day(_ moment: Timestamp, in transaction: Transaction) throws -> Phrase {
    guard let card = try directory.community(transaction.community, transaction) else {
      throw Problem.internalFault
    }
    func day(_ language: Language) -> String {
      Wording(language, offsetSeconds: card.offsetSeconds).dateTime(moment)
    }
    return Phrase(day(.chinese), day(.english))
  }
}
