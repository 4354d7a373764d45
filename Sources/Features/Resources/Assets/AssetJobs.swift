import Database
import Kernel
import People
import Web

/// What is done later about entries. Nothing here makes an entry vanish: that every query does by itself.
enum AssetJobs {
  static let reminding: StaticString = "resources.remind_asset"
  static let forgetting: StaticString = "resources.forget_asset"

  static let rule = RetentionRule(
    Phrase(
      "居民登的本事和故事，还有邻居问到每一条的话", "Gifts and stories of residents, and what neighbours asked about any entry"),
    term: Phrase("撤下或到期后 90 天", "90 days after they were withdrawn or ran out"),
    reason: Phrase(
      "撤下马上看不到；留 90 天只为弄清有没有问题（《个人信息保护法》第十九条）",
      "They are out of sight at once; 90 days are for questions that come late (PIPL art. 19)"))

  static func handlers(_ notices: AssetNotices) -> [JobHandler] {
    [
      JobHandler(reminding) { transaction, job in
        guard let asset = try asset(job, in: transaction), let holder = asset.terms.holder?.person,
          AssetRules.isOpen(asset, at: transaction.now),
          // What a holder neither wrote nor agreed to is not theirs to prolong.
          asset.verifiedAt != nil || asset.createdBy.person == holder,
          transaction.now + AssetRules.reminding >= asset.expiresAt
        else { return }
        try notices.runsOut(asset, to: holder, in: transaction)
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
    ]
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
