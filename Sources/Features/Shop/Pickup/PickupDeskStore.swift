import Database
import Kernel
import People

/// What the pickup table reads: orders with who they are for.
enum PickupDeskStore {
  static func entries(
    _ orders: [Order], of campaign: Campaign, _ books: Bookkeeping, directory: Directory, doors: Doors,
    _ snapshot: Snapshot
  ) throws -> [PickupPages.DeskOrder] {
    let names = try directory.displayNames(
      of: orders.map(\.person), in: campaign.community, snapshot)
    let labels = try doors.labels(of: orders.map(\.household), snapshot).merging(
      JointPurchaseStore.buyerNames(of: orders, in: campaign.community, snapshot)
    ) { $1 }
    let paid = try books.paid(orders.map(\.id), campaign.community, snapshot)
    return orders.map { order in
      PickupPages.DeskOrder(
        order: order, campaign: campaign, name: names[order.person] ?? "",
        door: labels[order.household] ?? Phrase(same: ""), paid: paid[order.id] ?? .zero, pickups: [],
        fetchers: [], place: nil)
    }
  }

  /// One order with its handovers.
  static func entry(
    _ order: Order, of campaign: Campaign, _ books: Bookkeeping, directory: Directory, doors: Doors,
    _ snapshot: Snapshot
  ) throws -> PickupPages.DeskOrder {
    let pickups = try PickupStore.pickups(of: order.id, in: campaign.community, snapshot)
    let agreed = try PickupProxyStore.agreed(for: order, in: campaign.community, snapshot)
      .filter { $0.allows(order, at: snapshot.now) }
    let names = try directory.displayNames(
      of: [order.person] + pickups.map(\.handedBy) + pickups.compactMap(\.fetcher?.person)
        + agreed.compactMap(\.neighbour), in: campaign.community, snapshot)
    return PickupPages.DeskOrder(
      order: order, campaign: campaign, name: names[order.person] ?? "",
      door: try doors.labels(of: [order.household], snapshot)[order.household]
        ?? JointPurchaseStore.buyerNames(of: [order], in: campaign.community, snapshot)[order.household]
        ?? Phrase(same: ""),
      paid: try books.paid([order.id], campaign.community, snapshot)[order.id] ?? .zero,
      pickups: pickups.map { pickup in
        PickupPages.Past(
          pickup: pickup, by: names[pickup.handedBy] ?? "",
          fetchedBy: pickup.fetcher.map { names[$0.person] ?? "—" })
      },
      fetchers: agreed.map { ($0, $0.neighbour.flatMap { names[$0] } ?? "—") },
      place: try ShelfStore.place(of: order.id, in: campaign.community, snapshot)?.place)
  }

  /// The order with this number, or those of people whose telephone ends with these four digits; open ones first.
  static func find(
    _ typed: String, of campaign: Campaign, directory: Directory, _ snapshot: Snapshot
  ) throws -> [Order] {
    guard let number = DecimalText.parse(typed, decimals: 0) else { return [] }
    var found =
      try OrderStore.find(
        number: number, ofCampaign: campaign.id, in: campaign.community, snapshot
      ).map { [$0] } ?? []
    if typed.count == 4 {
      let orders = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
      let persons = Set(
        try directory.persons(
          withPhoneEnding: typed, among: orders.map(\.person), in: campaign.community, snapshot))
      found += orders.filter { persons.contains($0.person) && $0.number != number }
    }
    return found.filter { $0.fulfilment != .cancelled }
  }
}
