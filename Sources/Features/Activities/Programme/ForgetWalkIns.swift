import Database
import Kernel
import People
import Web

/// Forgets what people without an account called themselves, ninety days after the activity: by then nobody has to be told
/// apart any more, and the counts stay. Source: PIPL art. 19.
enum ForgetWalkIns {
  static let kind: StaticString = "activities.forget_walk_ins"
  static let keepingTime = Duration.days(90)

  static let rule = RetentionRule(
    Phrase("没有账号的人在活动上写的称呼", "What people without an account called themselves at an activity"),
    term: Phrase("活动结束后 90 天", "90 days after the activity"),
    reason: Phrase(
      "签到对得上人就够了，以后只留人数（《个人信息保护法》第十九条）",
      "It is for the desk at the door; afterwards counts alone stay (PIPL art. 19)"))

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["activity"],
      let id = ActivityID(text)
    else { return }
    try SignUpChangeStore.forgetNames(in: id, transaction)
  }

  /// Sees to it that it is done; an activity that was moved is moved here as well.
  static func schedule(_ activity: Activity, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: activity.id.description, at: activity.terms.endsAt + keepingTime,
      body: #"{"activity":"\#(activity.id)"}"#)
  }
}
