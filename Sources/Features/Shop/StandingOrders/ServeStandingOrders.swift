import Database
import Kernel
import Web

/// Lets a campaign give what is needed again and again: once when it is published, so that households can be asked about
/// prices in time, and once when it opens, so that they order with everybody else.
enum ServeStandingOrders {
  static let kind: StaticString = "shop.serve_standing_orders"
  /// Standing orders in one transaction; nobody waits for the lock longer than that takes.
  private static let batchSize = 25

  static func handler(_ desk: StandingOrderDesk) -> JobHandler {
    JobHandler(kind) { transaction, job in
      let body = try JSON(Array(job.body.utf8))
      guard case .string(let campaignText)? = body["campaign"], let id = CampaignID(campaignText),
        case .string(let lastText)? = body["after"], let last = Int64(lastText)
      else { throw Problem.internalFault }
      guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction) else { return }
      let next = try StandingOrderStore.needing(
        id, after: StandingOrderID(rawValue: last), limit: batchSize, in: transaction.community, transaction)
      try desk.serve(
        campaign, try StandingOrderStore.running(next, in: transaction.community, transaction),
        in: transaction)
      if next.count == batchSize, let last = next.last {
        try schedule(campaign, after: last.rawValue, at: transaction.now, in: transaction)
      }
    }
  }

  /// To be called when a campaign is published.
  static func schedule(_ campaign: Campaign, in transaction: Transaction) throws {
    try schedule(campaign, after: 0, at: transaction.now, in: transaction)
    if campaign.opensAt > transaction.now {
      try schedule(campaign, after: 0, at: campaign.opensAt, in: transaction)
    }
  }

  private static func schedule(
    _ campaign: Campaign, after last: Int64, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: "\(campaign.id)-\(moment.microseconds)-\(last)", at: moment,
      body: #"{"campaign":"\#(campaign.id)","after":"\#(last)"}"#)
  }
}
