package import Database
package import Kernel
import Web

/// Ends a campaign after its pickup: what was not fetched is noted, and nothing more is handed over.
package enum FinishCampaign {
  static let kind: StaticString = "shop.finish_campaign"
  /// How long after the end of the pickup window the campaign finishes by itself.
  package static let grace: Duration = .hours(12)

  package static func handler(_ books: Bookkeeping) -> JobHandler {
    JobHandler(kind) { try perform($1, books, in: $0) }
  }

  private static func perform(_ job: Job, _ books: Bookkeeping, in transaction: Transaction) throws {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["campaign"], let id = CampaignID(text)
    else { throw Problem.internalFault }
    guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction),
      campaign.phase(at: transaction.now) == .pickup
    else { return }
    guard transaction.now >= campaign.pickupUntil + grace else {
      return try schedule(campaign, in: transaction)
    }
    guard let actor = CampaignActor(person: campaign.leader, roles: [.leader], leader: campaign.leader)
    else { throw Problem.internalFault }
    try finish(id, books, by: actor, purpose: "end of pickup", in: transaction)
  }

  /// Schedules the finish, or moves it there.
  static func schedule(_ campaign: Campaign, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: campaign.id.description, at: campaign.pickupUntil + grace,
      body: #"{"campaign":"\#(campaign.id)"}"#)
  }

  /// Finishes the campaign. Items that nobody counted count as not arrived.
  /// - Parameter isOver: whether nobody is waited for any more, whatever the pickup window says.
  /// - Throws: `not_found`, `campaign.not_in_pickup`, `campaign.pickup_goes_on` before the end of the pickup window
  ///   while there are orders to be fetched.
  package static func finish(
    _ id: CampaignID, _ books: Bookkeeping, by actor: CampaignActor, purpose: String = "",
    isOver: Bool = false,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard campaign.phase(at: transaction.now) == .pickup else { throw Problem.campaignNotInPickup }
    let counted = try ArrivalStore.arrivals(of: id, in: transaction.community, transaction)
    let missing = try CampaignStore.items(of: id, in: transaction.community, transaction)
      .filter { counted[$0.id] == nil }
    try ArrivalStore.record(
      missing.map { ArrivalEntry(item: $0.id, arrived: 0) }, of: id, books, by: actor, in: transaction)
    // A bag that somebody said is not there was not left behind by its household.
    for order in try LossStore.openOrders(of: id, in: transaction.community, transaction) {
      try HandoverWriter(books: books).lose(order, campaign, by: actor, in: transaction)
    }
    let open = try PickupStore.openOrders(ofCampaign: id, in: transaction.community, transaction)
    guard open.isEmpty || isOver || transaction.now >= campaign.pickupUntil else {
      throw Problem.campaignPickupGoesOn
    }
    try RoundDesk.endAll(of: id, by: actor, in: transaction)
    try release(open, of: id, actor: actor.person, in: transaction)
    let items = try CampaignStore.items(of: id, in: transaction.community, transaction)
    let merchants = Dictionary(items.map { ($0.id, $0.merchant) }) { first, _ in first }
    for order in open {
      try UncollectedGoods.settle(
        order, of: campaign, merchants: merchants, books, by: actor.actor, in: transaction)
    }
    try CampaignRowStore.markFinished(id, in: transaction)
    try books.finish(id, max(campaign.returnsUntil, transaction.now), transaction)
    try transaction.cancelJob(kind, key: id.description)
    if campaign.booking == nil { try tell(campaign, open, by: actor, purpose, in: transaction) }
  }

  /// The pieces stay on hand, with the leader; they are no longer promised to anybody.
  private static func release(
    _ orders: [OrderID], of campaign: CampaignID, actor: PersonID, in transaction: Transaction
  ) throws {
    if orders.isEmpty { return }
    let items = try CampaignStore.items(of: campaign, in: transaction.community, transaction).map(\.id)
    let levels = try StockStore.levels(of: items, in: transaction)
    try StockStore.append(
      levels.filter { $0.value.promised > 0 }.sorted { $0.key < $1.key }.map { item, level in
        StockMovement(
          item: item, reason: .released, order: nil, onHandChange: 0, promisedChange: -level.promised,
          level: level.promising(-level.promised), actor: actor)
      }, in: transaction)
    try PickupStore.markUncollected(ofCampaign: campaign, in: transaction)
  }

  private static func tell(
    _ campaign: Campaign, _ uncollected: [OrderID], by actor: CampaignActor, _ purpose: String,
    in transaction: Transaction
  ) throws {
    var events: [(kind: String, subject: Int64, body: String)] = uncollected.map {
      ("shop.order_uncollected", $0.rawValue, #"{"campaign":"\#(campaign.id)"}"#)
    }
    events.append(
      ("shop.campaign_finished", campaign.id.rawValue, #"{"uncollected":\#(uncollected.count)}"#))
    try transaction.publish(events)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.campaign_finish", object: campaign.id.rawValue,
        purpose: purpose))
    CampaignChanges.touch(campaign.id, in: transaction)
  }
}

extension Problem {
  static let campaignNotInPickup = Problem(
    "campaign.not_in_pickup", status: 409,
    Phrase("这个团购现在不在取货阶段。", "This group-buy is not in its pickup phase."),
    advice: Phrase("请先登记到货。", "Please record the arrival first."))

  static let campaignPickupGoesOn = Problem(
    "campaign.pickup_goes_on", status: 409,
    Phrase("取货时间还没过，还有邻居没来取。", "The pickup window is still open and some neighbours have yet to come."),
    advice: Phrase("都取完了，或取货时间过了，再收尾。", "Finish once all is collected, or when the window is over."))
}
