import Database
import Kernel
import People

/// Forgets messages that are older than a year, read or not, with what became of them on their way: nobody needs them any
/// longer, and what is not kept cannot get out. Source: PIPL art. 19; field/reliability.md on keeping no more than is needed.
///
/// What a message told of is kept where it belongs, such as an order with its journal.
enum ForgetMessages {
  static let kind: StaticString = "messages.forget"
  /// How long a message is kept.
  static let keepingTime = Duration.days(365)
  /// Older than this, beside the newest, none may be: the job may be two days late. In microseconds.
  static let bound: Int64 = 367 * 86_400_000_000
  /// Messages that one run forgets at most, so that no transaction holds others up for long.
  static let batch = 500
  private static let key = "daily"
  /// What people are told of it.
  static let rule = RetentionRule(
    Phrase("消息，和怎么送给您的记录", "Messages, and how they were brought to you"),
    term: Phrase("一年", "One year"),
    reason: Phrase(
      "过了一年谁也不再需要（《个人信息保护法》第十九条）；订单等事情本身记在别处。",
      "After a year nobody needs them any longer (Personal Information Protection Law art. 19); orders and the like are kept where they belong."
    ))

  static let handler = JobHandler(kind) { transaction, _ in
    let forgotten = try RetentionStore.forget(
      sentBefore: transaction.now - keepingTime, limit: batch, in: transaction)
    // Where there was more than one run may take, the rest follows at once.
    try transaction.schedule(
      kind, key: key, at: transaction.now + (forgotten < batch ? .days(1) : .seconds(1)))
  }

  /// Begins the daily round, with the first message of a community; from then on it goes on by itself.
  static func begin(in transaction: Transaction) throws {
    try transaction.schedule(kind, key: key, at: transaction.now + .days(1))
  }
}
