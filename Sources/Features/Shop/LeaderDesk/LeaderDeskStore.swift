import Database
import Kernel

/// The figures of the leader's desk.
enum LeaderDeskStore {
  /// - Parameter leader: nil for every leader's campaigns.
  static func campaigns(
    leader: PersonID?, in community: CommunityID, limit: Int, _ snapshot: Snapshot
  ) throws -> [DeskCampaign] {
    try CampaignStore.deskList(leader: leader, in: community, limit: limit, snapshot).map { campaign in
      let figures = try snapshot.first(
        """
        SELECT count(*), count(DISTINCT household_id), CAST(coalesce(sum(total), 0) AS BIGINT),
          CAST(coalesce(sum(CASE WHEN fulfilment IN ('placed', 'partly_collected') THEN 1 ELSE 0 END), 0) AS BIGINT)
        FROM shop_order WHERE campaign_id = \(campaign.id) AND community_id = \(community)
          AND fulfilment NOT IN ('cancelled', 'released')
        """
      ) { row in
        (
          orders: try row[0] as Int64, households: try row[1] as Int64, amount: try row[2] as Money,
          open: try row[3] as Int64
        )
      }
      return DeskCampaign(
        campaign: campaign, orders: figures?.orders ?? 0, households: figures?.households ?? 0,
        amount: figures?.amount ?? .zero, waiting: figures?.open ?? 0,
        step: .next(for: campaign, open: figures?.open ?? 0, now: snapshot.now))
    }
  }
}
