import Database
import Kernel
import People

/// Reads what lists are made of.
enum ListStore {
  /// - Parameter doors: nil for readers who must not learn who ordered: names and doors stay empty.
  static func content(
    of campaign: Campaign, _ books: Bookkeeping, directory: Directory, doors: Doors?, _ snapshot: Snapshot
  ) throws -> ListContent {
    let community = campaign.community
    let standing: Set<Order.Fulfilment> = [.placed, .partlyCollected, .collected]
    let orders = try OrderStore.list(ofCampaign: campaign.id, in: community, snapshot)
      .filter { standing.contains($0.fulfilment) }
    let households = Set(orders.map(\.household))
    let homes = try doors?.households(households, snapshot) ?? [:]
    let names =
      doors == nil ? [:] : try directory.displayNames(of: orders.map(\.person), in: community, snapshot)
    let buyers = doors == nil ? [:] : try JointPurchaseStore.buyerNames(of: orders, in: community, snapshot)
    let paid = try books.paid(orders.map(\.id), community, snapshot)
    let listed = try orders.compactMap { order -> ListOrder? in
      let lines = order.lines.filter { $0.due > 0 }
      guard !lines.isEmpty else { return nil }
      let door = homes[order.household]?.door
      return ListOrder(
        number: order.number, name: names[order.person] ?? "",
        door: door?.label ?? buyers[order.household] ?? Phrase(same: ""),
        building: door?.building ?? "", note: doors == nil ? "" : order.note,
        owed: max(.zero, try order.total.subtracting(paid[order.id] ?? .zero)), lines: lines)
    }
    let point = try snapshot.pickupPoint(campaign.pickupPoint, in: community)?.name ?? Phrase(same: "")
    return ListContent(
      campaign: campaign, point: point, printedAt: snapshot.now,
      items: try items(of: campaign, listed, snapshot), orders: listed)
  }

  private static func items(
    of campaign: Campaign, _ orders: [ListOrder], _ snapshot: Snapshot
  ) throws -> [ListItem] {
    var held: [CampaignItemID: Int64] = [:]
    var discounts: [CampaignItemID: Money] = [:]
    for line in orders.flatMap(\.lines) {
      held[line.item, default: 0] += line.due
      discounts[line.item] = try (discounts[line.item] ?? .zero).adding(line.discountNow())
    }
    let arrivals = try ArrivalStore.arrivals(of: campaign.id, in: campaign.community, snapshot)
    return try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot).map { desk in
      ListItem(
        id: desk.item.id, merchant: desk.item.merchant, merchantName: desk.offer.merchantName,
        name: desk.offer.name, pack: desk.offer.pack, unit: desk.offer.unit,
        caseSize: desk.item.isByTheCase ? desk.item.caseSize : desk.offer.caseSize,
        isByTheCase: desk.item.isByTheCase,
        price: desk.item.settledPrice, weighed: desk.item.weighed?.terms,
        ordered: arrivals[desk.item.id]?.ordered ?? held[desk.item.id] ?? 0,
        discount: discounts[desk.item.id] ?? .zero)
    }
  }

  /// Closed campaigns with goods of these merchants, the latest first.
  static func campaigns(
    supplying merchants: [MerchantID], in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [Campaign] {
    try snapshot.all(
      """
      SELECT \(CampaignStore.columns) FROM shop_campaign
      WHERE community_id = \(community) AND booking_id IS NULL AND closed_at IS NOT NULL AND cancelled_at IS NULL
        AND id IN (
        SELECT campaign_id FROM shop_campaign_item WHERE merchant_id IN \(list: merchants))
      ORDER BY cut_off_at DESC, id DESC LIMIT \(limit)
      """, Campaign.init)
  }
}
