import Database
import Kernel
import Messages
import People

/// Once a day whoever works a case hears of tasks that are over their day, and the supervisor of those that have been so
/// for three days.
struct RemindOfTasks: Sendable {
  static let kind: StaticString = "care.remind_of_tasks"
  private static let supervisorHears: Duration = .days(3)

  let messenger: Messenger
  let directory: Directory

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, _ in
      try remind(in: transaction)
      try Self.schedule(at: transaction.now + .days(1), in: transaction)
    }
  }

  /// Begins with the first case of a community, and with it the other round that is done every day.
  static func begin(in transaction: Transaction) throws {
    try schedule(at: transaction.now + .days(1), in: transaction)
    try ForgetCareTexts.begin(in: transaction)
  }

  private static func schedule(at moment: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(kind, key: "daily", at: moment)
  }

  private func remind(in transaction: Transaction) throws {
    let overdue = try CaseTaskStore.overdue(
      at: transaction.now, in: transaction.community, transaction)
    var counts: [PersonID: Int] = [:]
    for entry in overdue {
      if let worker = entry.worker { counts[worker, default: 0] += 1 }
      if let supervisor = entry.supervisor, entry.oldest + Self.supervisorHears <= transaction.now {
        counts[supervisor, default: 0] += 1
      }
    }
    let day = transaction.now.seconds / 86_400
    try messenger.send(
      counts.sorted { $0.key < $1.key }.map { person, count in
        Message(
          to: person, CaseNotices.overdue, about: person.rawValue, occasion: "day-\(day)",
          Phrase("\(count) 个个案有任务过了期限。", "Tasks of \(count) cases are overdue."), path: "/cases")
      }, in: transaction)
  }
}
