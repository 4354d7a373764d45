package import Database
package import Kernel
import Web

/// Closes a campaign at its cut-off, exactly once.
///
/// It runs under the community's lock, as the order desk does, and looks at the marks again: whichever comes second
/// sees what the first has done, so that no order is taken after the close and none is lost before it.
package enum CloseCampaign {
  static let kind: StaticString = "shop.close_campaign"

  package static func handler(_ books: Bookkeeping) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["campaign"], let id = CampaignID(text)
      else { throw Problem.internalFault }
      try close(id, books, in: transaction)
    }
  }

  /// Schedules the close for the campaign's cut-off, or moves it there.
  static func schedule(_ campaign: Campaign, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: campaign.id.description, at: campaign.cutOffAt, body: #"{"campaign":"\#(campaign.id)"}"#)
  }

  /// Closes the campaign if its time has come; moves the job when it has been moved.
  package static func close(_ id: CampaignID, _ books: Bookkeeping, in transaction: Transaction) throws {
    guard var campaign = try CampaignStore.find(id, in: transaction.community, transaction) else { return }
    let closing = try campaign.closing(at: transaction.now) {
      try CampaignStore.progress(of: id, in: transaction.community, transaction)
    }
    switch closing {
    case .nothing: return
    case .later: return try schedule(campaign, in: transaction)
    case .succeeds:
      campaign.marks.closedAt = transaction.now
      try CampaignRowStore.update(campaign, in: transaction)
      try ReturnPaperHold.returnAll(of: campaign, in: transaction)
      try OrderRelease.dropScarceItems(of: campaign, books, by: campaign.leading, in: transaction)
      try CasePurchaseStore.buyCases(of: campaign, books, by: campaign.leading, in: transaction)
      try PriceTierCloseStore.settle(campaign, books, by: campaign.leading, in: transaction)
      try transaction.publish("shop.campaign_closed", subject: id.rawValue)
    case .fails:
      campaign.marks.failedAt = transaction.now
      try CampaignRowStore.update(campaign, in: transaction)
      try ReturnPaperHold.returnAll(of: campaign, in: transaction)
      try OrderRelease.releaseAll(of: campaign, books, by: campaign.leading, in: transaction)
      try transaction.publish("shop.campaign_failed", subject: id.rawValue)
    }
    try transaction.audit(
      AuditEntry(
        actor: campaign.leader, role: .leader, action: "shop.campaign_close", object: id.rawValue,
        purpose: "cut-off"))
    CampaignChanges.touch(id, in: transaction)
  }
}
