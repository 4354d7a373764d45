import Database
import Kernel

/// How the shortages of one campaign were shared, for everyone who bought there.
struct SharingReport: Sendable {
  struct Entry: Sendable {
    let order: OrderID
    let number: Int64
    let household: HouseholdID
    let quantity: Int64
    /// Of these, pieces that were taken along to fill a case.
    let extra: Int64
    let share: Int64
    /// The lottery's ticket; empty under other rules.
    let ticket: String
  }

  struct Item: Sendable {
    let name: Phrase
    let arrival: Arrival
    /// In the order in which they were served.
    let entries: [Entry]
    /// Those of the visitor's household.
    let own: [Entry]
  }

  let campaign: Campaign
  /// Items of which less came than was ordered.
  let items: [Item]
  /// How the cases of items that were bought by the case were filled.
  let cases: [CaseReport]

  /// - Throws: `not_found` unless the visitor's household bought there, or they run the campaign.
  static func read(
    _ id: CampaignID, household: HouseholdID?, mayRun: (Campaign) -> Bool, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> SharingReport {
    guard let campaign = try CampaignStore.find(id, in: community, snapshot) else { throw Problem.notFound }
    let orders = try OrderStore.list(ofCampaign: id, in: community, snapshot)
      .filter { $0.fulfilment != .cancelled }
    guard mayRun(campaign) || orders.contains(where: { $0.household == household }) else {
      throw Problem.notFound
    }
    let short = try ArrivalStore.arrivals(of: id, in: community, snapshot).values
      .filter { $0.missing > 0 }.sorted { $0.item < $1.item }
    return SharingReport(
      campaign: campaign, items: short.map { item($0, of: campaign, orders, household) },
      cases: try CaseReport.read(orders, of: campaign, household: household, snapshot))
  }

  private static func item(
    _ arrival: Arrival, of campaign: Campaign, _ orders: [Order], _ household: HouseholdID?
  ) -> Item {
    var name = Phrase(same: "")
    let isLottery = campaign.shortageRule == .lottery
    var entries = orders.flatMap { order in
      order.lines.filter { $0.item == arrival.item && $0.quantity > 0 }.map { line in
        name = line.name
        return Entry(
          order: order.id, number: order.number, household: order.household, quantity: line.quantity,
          extra: line.extra, share: line.due,
          ticket: isLottery
            ? ShortageSharing.ticket(of: order.id, for: arrival.item, seed: campaign.lotterySeed) : "")
      }
    }
    if isLottery { entries.sort { $0.ticket < $1.ticket } }
    return Item(
      name: name, arrival: arrival, entries: entries, own: entries.filter { $0.household == household })
  }
}
