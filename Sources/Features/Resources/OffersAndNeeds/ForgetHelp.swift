import Database
import Kernel
import People
import Web

/// Forgets what was written of offers, needs and matches half a year after they are over; counts stay.
/// Source: PIPL art. 19.
enum ForgetHelp {
  static let kind: StaticString = "resources.forget_help"
  static let keepingTime = Duration.days(180)

  static let rule = RetentionRule(
    Phrase("互助里写的话：帮什么、留言、评价", "What was written of offers, needs and matches"),
    term: Phrase("办完或过期后 180 天", "180 days after they are over"),
    reason: Phrase(
      "两边商量用得着，以后只留次数（《个人信息保护法》第十九条）",
      "Both sides arrange things with it; afterwards counts alone stay (PIPL art. 19)"))

  static let handler = JobHandler(kind) { transaction, job in
    let body = try JSON(Array(job.body.utf8))
    if case .string(let text)? = body["posting"], let id = PostingID(text) {
      try PostingStore.forgetWords(of: id, in: transaction)
    }
    if case .string(let text)? = body["match"], let id = MatchID(text) {
      try MatchTalkStore.forget(id, in: transaction)
    }
  }

  /// - Parameter end: when it is over; what ends sooner is moved here as well.
  static func schedule(posting id: PostingID, over end: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: "posting-\(id)", at: end + keepingTime, body: #"{"posting":"\#(id)"}"#)
  }

  static func schedule(match id: MatchID, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: "match-\(id)", at: transaction.now + keepingTime, body: #"{"match":"\#(id)"}"#)
  }
}

/// Writes down that a match lapsed that nobody answered. Pages show it from the very moment on, whether or
/// not this ran.
enum LapseMatch {
  static let kind: StaticString = "resources.lapse_match"

  static func handler(_ ground: ResourceGround) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["match"], let id = MatchID(text),
        let match = try MatchStore.find(id, in: transaction.community, transaction),
        match.state.isWaiting, match.state(at: transaction.now) == .lapsed
      else { return }
      try MatchStore.move(id, to: .lapsed, in: transaction)
      try MatchStore.note(id, .lapsed, side: nil, by: nil, .clock, in: transaction)
      try ForgetHelp.schedule(match: id, in: transaction)
      try MatchNotices(ground: ground).moved(match, to: .lapsed, exceptFor: nil, in: transaction)
    }
  }

  static func schedule(_ id: MatchID, at moment: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(kind, key: id.description, at: moment, body: #"{"match":"\#(id)"}"#)
  }
}
