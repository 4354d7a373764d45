import Database
import Kernel
import People

/// Once a day removes what people said in studies that were closed three years ago, as `NoteKeeping` says, with the quotes made
/// of it and with the link to who said it. Codes and counts stay.
enum ForgetNotes {
  static let kind: StaticString = "surveys.forget_notes"
  /// Texts, and quotes, that one run removes at most, so that no transaction holds others up for long.
  static let batch = 500
  private static let key = "daily"

  static let handler = JobHandler(kind) { transaction, _ in
    let moment = NoteKeeping.closedBefore(transaction.now)
    var gone = try QuoteStore.forget(closedBefore: moment, limit: batch, in: transaction)
    // Quotes first: none outlives the link of its record to who said it.
    if gone < batch {
      gone = try FieldRecordStore.forget(closedBefore: moment, limit: batch, in: transaction)
    }
    // Where there was more than one run may take, the rest follows at once.
    try transaction.schedule(
      kind, key: key, at: transaction.now + (gone < batch ? .days(1) : .seconds(1)))
  }

  /// Begins the daily round, with a study; from then on it goes on by itself.
  static func begin(in transaction: Transaction) throws {
    try transaction.schedule(kind, key: key, at: transaction.now + .days(1))
  }

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("访谈和观察的笔记、引用的话", "Notes of interviews and observation, and quotes"),
      term: Phrase(
        "研究结束三年以后删除；本人撤回的，当时就删",
        "Until three years after the study has ended; at once where it is taken back"),
      reason: Phrase(
        "个人信息保护法第十九条；申诉和追责的期限是三年（民法典第一百八十八条）",
        "PIPL art. 19; complaints and claims can be made for three years (Civil Code art. 188)")),
    RetentionRule(
      Phrase("访谈归成的主题和次数", "Themes of interviews and how often they came up"),
      term: Phrase("一直保留，里面没有说过的话", "Kept; no words are in them"),
      reason: Phrase("报告要查得到依据", "So that reports can be traced to what they rest on")),
  ]
}
