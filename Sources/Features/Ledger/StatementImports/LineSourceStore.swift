import Database
import Kernel

/// What the sources of movements are called on pages.
struct LineSources: Sendable {
  fileprivate(set) var orders: [Journal.Source: (order: OrderID, campaign: CampaignID)] = [:]
  fileprivate(set) var parties: [Journal.Source: Party] = [:]
}

/// The queries of what the lines of statements come from.
enum LineSourceStore {
  static func find(
    _ sources: some Sequence<Journal.Source>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> LineSources {
    var found = LineSources()
    let byKind = Dictionary(grouping: Set(sources), by: \.kind).mapValues { $0.map(\.id).sorted() }
    for some in snapshot.chunks(of: byKind[.payment] ?? []) {
      try snapshot.forEach(
        """
        SELECT id, order_id, campaign_id FROM ledger_payment
        WHERE id IN \(list: some) AND community_id = \(community)
        """
      ) { row in found.orders[.init(.payment, try row[0] as Int64)] = (try row[1], try row[2]) }
    }
    for some in snapshot.chunks(of: byKind[.refund] ?? []) {
      try snapshot.forEach(
        """
        SELECT id, order_id, campaign_id FROM ledger_refund
        WHERE id IN \(list: some) AND community_id = \(community)
        """
      ) { row in found.orders[.init(.refund, try row[0] as Int64)] = (try row[1], try row[2]) }
    }
    for some in snapshot.chunks(of: byKind[.payout] ?? []) {
      try snapshot.forEach(
        """
        SELECT id, party_kind, party_id FROM ledger_payout
        WHERE id IN \(list: some) AND community_id = \(community)
        """
      ) { row in found.parties[.init(.payout, try row[0] as Int64)] = try Party(kind: row[1], id: row[2]) }
    }
    return found
  }
}
