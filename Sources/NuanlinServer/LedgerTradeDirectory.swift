import Database
import Kernel
import Ledger
import Shop

extension TradeDirectory {
  /// What the Ledger asks about trade, answered by the Shop.
  static let shop = shop { _ in false }

  /// - Parameter isPractice: where orders are played, so that nothing can be paid for them and no service is ever asked.
  static func shop(_ isPractice: @escaping @Sendable (CommunityID) -> Bool) -> TradeDirectory {
    TradeDirectory(
      bill: { try isPractice($1) ? nil : bill(of: $0, in: $1, $2) },
      paymentCame: { try OrderPayments.paymentCame($0, .ledger, by: $1, in: $2) },
      campaigns: { ids, community, snapshot in
        let found = try CampaignStore.find(ids, in: community, snapshot)
        return Dictionary(
          found.map { ($0.id, Campaign(title: $0.title, leader: $0.leader, pickupFrom: $0.pickupFrom)) }
        ) { first, _ in
          first
        }
      },
      orders: { ids, community, snapshot in
        let found = try OrderStore.labels(of: ids, in: community, snapshot)
        return Dictionary(
          found.map { ($0.id, Order(number: $0.number, campaign: $0.campaign, person: $0.person)) }
        ) { first, _ in first }
      },
      merchants: { ids, community, snapshot in
        let wanted = Set(ids)
        let found = try snapshot.merchants(in: community, includesClosed: true).filter {
          wanted.contains($0.id)
        }
        return Dictionary(found.map { ($0.id, $0.name) }) { first, _ in first }
      },
      merchantsOf: { person, community, snapshot in
        try snapshot.merchants(of: person, in: community).map(\.id)
      },
      recentCampaigns: { community, snapshot in
        try CampaignStore.list(.all, for: nil, in: community, limit: 60, snapshot).map(\.id)
      },
      ledBy: { try CampaignStore.led(by: $0, in: $1, $2) },
      orderNumbered: { number, campaign, community, snapshot in
        try OrderStore.find(number: number, ofCampaign: campaign, in: community, snapshot)?.id
      }, ordersOf: { Shop.orders(of: $0) })
  }

  private static func bill(
    of id: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bill? {
    try OrderStore.find(id, in: community, snapshot).map { order in
      Bill(
        campaign: order.campaign, household: order.household, person: order.person, number: order.number,
        total: order.total, isOpen: order.fulfilment.isOpen)
    }
  }
}
