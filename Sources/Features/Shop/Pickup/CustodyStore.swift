package import Database
package import Kernel

/// The queries of the custody record.
package enum CustodyStore {
  /// Everything that changed hands in one campaign, in order of time.
  package static func records(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CustodyRecord] {
    try snapshot.all(
      """
      SELECT order_id, step, from_party, to_party, pieces, note, recorded_by_id, recorded_at FROM shop_custody
      WHERE campaign_id = \(campaign) AND community_id = \(community) ORDER BY recorded_at, id
      """
    ) { row in
      CustodyRecord(
        order: try row[0], step: try row[1], from: try .init(stored: try row[2]),
        to: try .init(stored: try row[3]), pieces: try row[4], note: try row[5], recordedBy: try row[6],
        recordedAt: try row[7])
    }
  }

  /// What the stock movements say is on hand of the items that were counted.
  package static func onHand(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    let counted: [CampaignItemID] = try snapshot.values(
      "SELECT item_id FROM shop_arrival WHERE campaign_id = \(campaign) AND community_id = \(community)")
    return try StockStore.levels(of: counted, in: snapshot).values.reduce(0) { $0 + $1.onHand }
  }

  /// - Parameter id: the pickup's identifier for a handover, a new one otherwise.
  static func append(
    _ draft: CustodyRecord.Draft, id: Int64, order: OrderID? = nil, campaign: CampaignID, by actor: PersonID,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_custody (id, community_id, campaign_id, order_id, step, from_party, to_party, pieces, note,
        recorded_by_id, recorded_at)
      VALUES (\(id), \(transaction.community), \(campaign), \(order), \(draft.step), \(draft.from.stored),
        \(draft.to.stored), \(draft.pieces), \(draft.note), \(actor), \(transaction.now))
      """)
  }
}
