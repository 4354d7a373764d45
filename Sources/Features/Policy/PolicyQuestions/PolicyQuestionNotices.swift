import Database
import Kernel
import Messages
import People

/// What people are told of questions about policies: that there is one, never what was passed on with it.
struct PolicyQuestionNotices: Sendable {
  let directory: Directory
  let messenger: Messenger

  static let asked = MessageKind(
    "policy.question_asked", name: ("有人问政策", "Question about a policy"),
    headline: ("有居民问政策", "a policy question"))
  static let overdue = MessageKind(
    "policy.question_overdue", name: ("政策问题没人答", "Policy question waits"),
    headline: ("有政策问题没人答", "a question waits"))
  static let answered = MessageKind(
    "policy.question_answered", name: ("政策问题有结果", "Your policy question"),
    headline: ("您问的政策有结果", "question dealt with"))

  static let kinds = [asked, overdue, answered]

  /// Workers are told once a day, however many ask.
  func asked(_ question: PolicyQuestion, in transaction: Transaction) throws {
    let day = transaction.now.seconds / 86_400
    let workers = try directory.persons(holding: .socialWorker, in: transaction.community, transaction)
    try messenger.send(
      workers.filter { $0 != question.person }.map {
        Message(
          to: $0, Self.asked, about: transaction.community.rawValue, occasion: "asked-\(day)",
          Phrase("有居民想问问政策，请和他们联系。", "Residents ask about policies; please get in touch."),
          path: "/policy-questions")
      }, in: transaction)
  }

  /// Nobody got in touch in time.
  func overdue(_ question: PolicyQuestion, in transaction: Transaction) throws {
    let supervisors = try directory.persons(holding: .supervisor, in: transaction.community, transaction)
    try messenger.send(
      supervisors.filter { $0 != question.person }.map {
        Message(
          to: $0, Self.overdue, about: question.id.rawValue, occasion: "overdue",
          Phrase("有一个政策问题到期还没人联系。", "Nobody got in touch about a policy question in time."),
          path: "/policy-questions/\(question.id)")
      }, in: transaction)
  }

  func answered(_ question: PolicyQuestion, in transaction: Transaction) throws {
    try messenger.send(
      [
        Message(
          to: question.person, Self.answered, about: question.id.rawValue, occasion: "answered",
          Phrase("您问的政策，社工记下办好了。", "A worker has dealt with your question about a policy."),
          path: "/my-policy-questions")
      ], in: transaction)
  }
}
