package import Database
package import Kernel
import Security

/// The queries of arrivals, and how what follows from one is written.
package enum ArrivalStore {
  /// What was counted in one campaign.
  package static func arrivals(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CampaignItemID: Arrival] {
    let arrivals = try snapshot.all(
      """
      SELECT item_id, campaign_id, ordered, arrived, reserved, surplus_use, note, recorded_by_id, recorded_at
      FROM shop_arrival WHERE campaign_id = \(campaign) AND community_id = \(community)
      """, Arrival.init)
    return Dictionary(uniqueKeysWithValues: arrivals.map { ($0.item, $0) })
  }

  /// Records what came, shares it out, and writes everything that follows.
  ///
  /// - Throws: `not_found`, `arrival.too_early`, `arrival.too_late`, `form.invalid` naming the items.
  package static func record(
    _ entries: [ArrivalEntry], of id: CampaignID, _ books: Bookkeeping, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    let state = try state(of: campaign, books, transaction)
    let outcome = try ArrivalDecider(state: state, actor: actor.person).decide(entries)
    if outcome.arrivals.isEmpty { return }
    try store(outcome, of: campaign, by: actor.person, in: transaction)
    for order in outcome.orders {
      try books.settle(Settlement(order, because: .shortage), actor.actor, transaction)
    }
    if campaign.marks.arrivedAt == nil {
      try transaction.execute(
        """
        UPDATE shop_campaign SET arrived_at = \(transaction.now)
        WHERE id = \(id) AND community_id = \(transaction.community)
        """)
    }
    // A visit is told and ended by its booking.
    if campaign.booking == nil {
      try FinishCampaign.schedule(campaign, in: transaction)
      try tell(outcome, of: campaign, by: actor, in: transaction)
    }
  }

  static func state(of campaign: Campaign, _ books: Bookkeeping, _ snapshot: Snapshot) throws -> ArrivalState
  {
    let community = campaign.community
    let items = try CampaignStore.items(of: campaign.id, in: community, snapshot)
    let orders = try OrderStore.list(ofCampaign: campaign.id, in: community, snapshot)
    return ArrivalState(
      campaign: campaign, items: items, arrivals: try arrivals(of: campaign.id, in: community, snapshot),
      levels: try StockStore.levels(of: items.map(\.id), in: snapshot),
      orders: orders, paid: try books.paid(orders.map(\.id), community, snapshot),
      protected: campaign.shortageRule == .needFirst
        ? try HouseholdListStore.all(.protected, in: community, snapshot) : [],
      caseClaims: try CaseClaimStore.standing(on: items.filter(\.isByTheCase).map(\.id), in: snapshot),
      now: snapshot.now)
  }

  private static func store(
    _ outcome: ArrivalOutcome, of campaign: Campaign, by actor: PersonID, in transaction: Transaction
  ) throws {
    for arrival in outcome.arrivals { try store(arrival, in: transaction) }
    for item in outcome.shares.keys.sorted() {
      try store(outcome.shares[item] ?? [:], of: item, in: transaction)
    }
    for order in outcome.orders {
      try transaction.execute(
        """
        UPDATE shop_order SET total = \(order.total), fulfilment = \(order.fulfilment),
          payment = \(order.payment), revision = \(order.revision), changed_at = \(transaction.now)
        WHERE id = \(order.id) AND community_id = \(transaction.community)
        """)
    }
    for (item, changes) in Dictionary(grouping: outcome.changes.filter(\.wasWeighed), by: \.item) {
      try WeighInStore.forgetWeights(of: item, in: changes.map(\.order), in: transaction)
    }
    try StockStore.append(outcome.movements, in: transaction)
    for draft in outcome.custody {
      try CustodyStore.append(
        draft, id: transaction.newIdentifier(PickupKind.self).rawValue, campaign: campaign.id, by: actor,
        in: transaction)
    }
  }

  private static func store(_ arrival: Arrival, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_arrival (item_id, community_id, campaign_id, ordered, arrived, reserved, surplus_use, note,
        recorded_by_id, recorded_at)
      VALUES (\(arrival.item), \(transaction.community), \(arrival.campaign), \(arrival.ordered),
        \(arrival.arrived), \(arrival.reserved), \(arrival.surplusUse), \(arrival.note), \(arrival.recordedBy),
        \(arrival.recordedAt))
      ON CONFLICT (item_id) DO UPDATE SET ordered = excluded.ordered, arrived = excluded.arrived,
        reserved = excluded.reserved, surplus_use = excluded.surplus_use, note = excluded.note,
        recorded_by_id = excluded.recorded_by_id, recorded_at = excluded.recorded_at
      """)
  }

  /// One statement for all orders that get the same number, so that a large campaign is shared in a few.
  private static func store(
    _ shares: [OrderID: Int64], of item: CampaignItemID, in transaction: Transaction
  ) throws {
    let byShare = Dictionary(grouping: shares.keys.sorted()) { shares[$0] ?? 0 }
    for (share, orders) in byShare.sorted(by: { $0.key < $1.key }) {
      for start in stride(from: 0, to: orders.count, by: 512) {
        try transaction.execute(
          """
          UPDATE shop_order_line SET allocated = \(share)
          WHERE order_id IN \(list: orders[start..<min(start + 512, orders.count)]) AND item_id = \(item)
          """)
      }
    }
  }

  private static func tell(
    _ outcome: ArrivalOutcome, of campaign: Campaign, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let items = outcome.arrivals.map {
      #"{"item":"\#($0.item)","ordered":\#($0.ordered),"arrived":\#($0.arrived)}"#
    }
    var events: [(kind: String, subject: Int64, body: String)] = [
      ("shop.goods_arrived", campaign.id.rawValue, "{\"items\":[\(items.joined(separator: ","))]}")
    ]
    for change in outcome.changes {
      let difference = try change.after.subtracting(change.before)
      events.append(
        (
          change.to < change.from ? "shop.line_shortened" : "shop.line_restored", change.order.rawValue,
          #"{"campaign":"\#(campaign.id)","item":"\#(change.item)","position":\#(change.position),"#
            + #""from":\#(change.from),"to":\#(change.to),"amount":\#(abs(difference.minorUnits))}"#
        ))
    }
    try transaction.publish(events)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.arrival_record", object: campaign.id.rawValue,
        detailDigest: Digest(of: items.joined(separator: ",")).bytes))
    CampaignChanges.touch(campaign.id, in: transaction)
  }
}

extension Arrival {
  init(_ row: borrowing Row) throws {
    item = try row[0]
    campaign = try row[1]
    ordered = try row[2]
    arrived = try row[3]
    reserved = try row[4]
    surplusUse = try row[5]
    note = try row[6]
    recordedBy = try row[7]
    recordedAt = try row[8]
  }
}
