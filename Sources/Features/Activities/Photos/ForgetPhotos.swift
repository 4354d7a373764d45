import Database
import Kernel
import People

/// Deletes, every day, the photos in which somebody can be recognised who does not agree: those that were published and whose
/// consent was taken back or ran out, which nobody could see any more already, and those that waited for it too long.
enum ForgetPhotos {
  static let kind: StaticString = "activities.forget_photos"
  /// Photos that one run deletes at most.
  private static let batch = 100
  private static let key = "daily"

  static let rule = RetentionRule(
    Phrase("活动照片", "Photos of activities"),
    term: Phrase(
      "收回同意马上看不到，一天内删掉；没等到同意的，30 天删掉",
      "Out of sight at once when consent is taken back and deleted within a day; after 30 days where nobody agreed"
    ),
    reason: Phrase(
      "《个人信息保护法》第十五条、第二十五条、第四十七条", "PIPL art. 15, 25 and 47"))

  static func handler(_ gate: PhotoGate) -> JobHandler {
    JobHandler(kind) { transaction, _ in
      let everybody = try PhotoStore.everybody(in: transaction.community, transaction)
      let agreed = try gate.agreed(Set(everybody), in: transaction.community, transaction)
      let overdue = try PhotoStore.overdue(
        everybody.filter { !agreed.contains($0) }, waitingSince: transaction.now - PhotoRules.waitingTime,
        limit: batch, in: transaction)
      try PhotoStore.delete(overdue, in: transaction)
      try transaction.schedule(
        kind, key: key, at: transaction.now + (overdue.count < batch ? .days(1) : .seconds(1)))
    }
  }

  /// Begins the daily round, with the first photo of a community.
  static func begin(in transaction: Transaction) throws {
    try transaction.schedule(kind, key: key, at: transaction.now + .days(1))
  }
}
