import Database
import Kernel
import Messages
import People

/// What the station's people are told of cases: never who or what, only that there is something to see.
struct CaseNotices: Sendable {
  let messenger: Messenger
  let directory: Directory

  static let opened = MessageKind(
    "care.case_opened", name: ("个案待分派", "Case waiting"),
    headline: ("有一个个案等您分派", "a case is waiting"))
  static let assigned = MessageKind(
    "care.case_assigned", name: ("个案分派", "Case assigned"),
    headline: ("有一个个案交给您了", "a case is yours"))
  static let waiting = MessageKind(
    "care.approval_waiting", name: ("等您审核", "For your approval"),
    headline: ("有一份报告等您审核", "a paper waits for you"))
  static let decided = MessageKind(
    "care.approval_decided", name: ("督导答复", "Supervisor’s answer"),
    headline: ("督导已经答复", "your paper has an answer"))
  static let another = MessageKind(
    "care.case_beside", name: ("同一位居民的个案", "Two cases of one person"),
    headline: ("有两个个案要商量", "two cases to talk about"))
  static let glassBroken = MessageKind(
    "care.glass_broken", name: ("紧急查看个案", "Emergency look"),
    headline: ("有人紧急查看了个案", "a case was opened"), isUrgent: true, isWorthACall: true)
  static let overdue = MessageKind(
    "care.tasks_overdue", name: ("个案任务过期", "Tasks overdue"),
    headline: ("有个案任务过了期限", "case tasks are overdue"))
  static let referral = MessageKind(
    "care.referral_sent", name: ("转介单", "Referral"),
    headline: ("有一张转介单等您答复", "a referral waits"))
  static let referralAnswered = MessageKind(
    "care.referral_answered", name: ("转介答复", "Answer to a referral"),
    headline: ("转介有了答复", "a referral has its answer"))
  static let doorUnanswered = MessageKind(
    "care.door_unanswered", name: ("送货没人应门", "No answer at a door"),
    headline: ("有一户送货没人应门", "nobody answered a door"))

  static let kinds = [
    opened, assigned, waiting, decided, another, glassBroken, overdue, referral, referralAnswered,
    doorUnanswered,
  ]

  /// Those who may assign a case that waits, and whoever supervises another case of the same person.
  func opened(
    _ file: CaseFile, beside others: [CaseFile], by actor: PersonID, in transaction: Transaction
  ) throws {
    var messages: [Message] = []
    if file.standing.worker == nil {
      messages += try directory.persons(holding: .supervisor, in: transaction.community, transaction)
        .filter { $0 != actor && $0 != file.person }
        .map {
          Message(
            to: $0, Self.opened, about: file.id.rawValue, occasion: "opened",
            Phrase("个案 \(file.label) 等待分派。", "Case \(file.label) waits for a worker."),
            path: "/cases/\(file.id)")
        }
    } else {
      messages += assignedMessages(file, by: actor)
    }
    let supervisors = Set(
      others.filter { $0.standing.stage != .closure }.compactMap(\.standing.supervisor))
    messages += supervisors.filter { $0 != file.person }.map {
      Message(
        to: $0, Self.another, about: file.id.rawValue, occasion: "beside",
        Phrase(
          "您督导的一位服务对象又开了个案 \(file.label)，请和同事商量由谁来办。",
          "Somebody whose case you supervise has another one, \(file.label); please agree with your colleagues who works it."
        ))
    }
    try messenger.send(messages, in: transaction)
  }

  func assigned(_ file: CaseFile, by actor: PersonID, in transaction: Transaction) throws {
    try messenger.send(assignedMessages(file, by: actor), in: transaction)
  }

  private func assignedMessages(_ file: CaseFile, by actor: PersonID) -> [Message] {
    [file.standing.worker, file.standing.supervisor].compactMap(\.self).filter { $0 != actor }.map {
      Message(
        to: $0, Self.assigned, about: file.id.rawValue, occasion: "assigned-\(file.standing.events)",
        Phrase("个案 \(file.label) 交给您了。", "Case \(file.label) is yours now."), path: "/cases/\(file.id)")
    }
  }

  /// The supervisor has something to approve.
  func waiting(_ file: CaseFile, occasion: String, in transaction: Transaction) throws {
    guard let supervisor = file.standing.supervisor else { return }
    try messenger.send(
      [
        Message(
          to: supervisor, Self.waiting, about: file.id.rawValue, occasion: occasion,
          Phrase("个案 \(file.label) 有一份报告等您审核。", "A paper of case \(file.label) waits for your approval."),
          path: "/cases/\(file.id)")
      ], in: transaction)
  }

  /// The worker hears what the supervisor said.
  func decided(_ file: CaseFile, occasion: String, in transaction: Transaction) throws {
    guard let worker = file.standing.worker else { return }
    try messenger.send(
      [
        Message(
          to: worker, Self.decided, about: file.id.rawValue, occasion: occasion,
          Phrase(
            "个案 \(file.label) 的报告有了督导的答复。", "The supervisor has answered a paper of case \(file.label)."),
          path: "/cases/\(file.id)")
      ], in: transaction)
  }
}
