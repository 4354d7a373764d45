import Database
import Kernel
import People
import Web

/// What is done later about entries. Nothing here makes an entry vanish: that every query does by itself.
enum AssetJobs {
  static let reminding: StaticString = "resources.remind_asset"
  static let forgetting: StaticString = "resources.forget_asset"
  static let forgettingQuestion: StaticString = "resources.forget_asset_question"

  static let rule = RetentionRule(
    Phrase(
      "居民登的本事和故事，还有邻居问到每一条的话", "Gifts and stories of residents, and what neighbours asked about any entry"),
    term: Phrase("撤下或到期后 90 天", "90 days after they were withdrawn or ran out"),
    reason: Phrase(
      "撤下马上看不到；留 90 天只为弄清有没有问题（《个人信息保护法》第十九条）",
      "They are out of sight at once; 90 days are for questions that come late (PIPL art. 19)"))

  /// What is asked about a group's or a shop's entry would stay as long as that is renewed; so it has a term of its own.
  static let questionRule = RetentionRule(
    Phrase("问邻居的话和回话", "What neighbours asked each other, and the answers"),
    term: Phrase("问了以后 180 天", "180 days after it was asked"),
    reason: Phrase(
      "够把事情约好；以后用不着（《个人信息保护法》第十九条）", "Enough to arrange it; nobody needs it afterwards (PIPL art. 19)"))

  static func handlers(_ notices: AssetNotices) -> [JobHandler] {
    [
      JobHandler(reminding) { transaction, job in
        guard let asset = try asset(job, in: transaction), AssetRules.isOpen(asset, at: transaction.now),
          transaction.now + AssetRules.reminding >= asset.expiresAt
        else { return }
        // What a holder neither wrote nor agreed to is not theirs to prolong.
        let keepers = try notices.keepers(of: asset, in: transaction).filter {
          asset.verifiedAt != nil || asset.createdBy.person == $0
        }
        try notices.runsOut(asset, to: keepers, in: transaction)
      },
      JobHandler(forgetting) { transaction, job in
        guard let asset = try asset(job, in: transaction) else { return }
        let end = min(asset.withdrawnAt ?? asset.expiresAt, asset.expiresAt)
        guard transaction.now >= end + AssetRules.keeping else { return }
        if asset.terms.isPersonal {
          try AssetStore.delete(asset.id, in: transaction)
        } else {
          // That there was a group or a place names nobody; what neighbours asked about it is theirs.
          try AssetQuestionStore.delete(about: asset.id, in: transaction)
        }
      },
      JobHandler(forgettingQuestion) { transaction, job in
        guard case .string(let text)? = try JSON(Array(job.body.utf8))["question"],
          let id = AssetQuestionID(text)
        else { return }
        try AssetQuestionStore.delete(id, in: transaction)
      },
    ]
  }

  /// Sees to a question that was asked now.
  static func schedule(_ id: AssetQuestionID, in transaction: Transaction) throws {
    try transaction.schedule(
      forgettingQuestion, key: id.description, at: transaction.now + AssetRules.keepingQuestions,
      body: #"{"question":"\#(id)"}"#)
  }

  private static func asset(_ job: Job, in transaction: Transaction) throws -> Asset? {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["asset"], let id = AssetID(text) else {
      return nil
    }
    return try AssetStore.find(id, in: transaction.community, transaction)
  }

  /// Sees to both; an entry with another end is moved here as well.
  static func schedule(_ id: AssetID, end: Timestamp, isWithdrawn: Bool, in transaction: Transaction) throws {
    let body = #"{"asset":"\#(id)"}"#
    try transaction.schedule(forgetting, key: id.description, at: end + AssetRules.keeping, body: body)
    if isWithdrawn { return }
    try transaction.schedule(
      reminding, key: id.description, at: max(transaction.now, end - AssetRules.reminding), body: body)
  }
}
