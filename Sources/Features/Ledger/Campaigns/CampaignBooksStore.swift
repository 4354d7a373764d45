package import Database
package import Kernel
import People

/// What the books keep of a campaign: until when its goods may be returned, and whether its parts may be paid out.
package enum CampaignBooks {
  /// Says until when goods of the campaign may be returned; its parts mature then.
  package static func finish(
    _ campaign: CampaignID, returnsUntil: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_campaign (campaign_id, community_id, returns_until)
      VALUES (\(campaign), \(transaction.community), \(returnsUntil))
      ON CONFLICT (campaign_id) DO NOTHING
      """)
    try transaction.schedule(
      MatureCampaign.kind, key: campaign.description, at: returnsUntil, body: #"{"campaign":"\#(campaign)"}"#)
  }

  static func isMatured(_ campaign: CampaignID, in transaction: Transaction) throws -> Bool {
    try transaction.exists(
      """
      SELECT 1 FROM ledger_campaign WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
        AND matured_at IS NOT NULL
      """)
  }

  /// Until when goods may be returned, and when the parts matured; nil before the campaign finished.
  static func window(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (returnsUntil: Timestamp, maturedAt: Timestamp?)? {
    try snapshot.first(
      """
      SELECT returns_until, matured_at FROM ledger_campaign
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """
    ) { row in (returnsUntil: try row[0], maturedAt: try row[1]) }
  }

  /// The parts of one campaign that still wait for the end of its return window.
  static func earned(
    in campaign: CampaignID, _ transaction: Transaction
  ) throws -> [(party: Party, amount: Money)] {
    let parties = try transaction.all(
      """
      SELECT party_kind, party_id FROM ledger_account
      WHERE community_id = \(transaction.community) AND campaign_id = \(campaign) AND kind = 'earned' ORDER BY id
      """
    ) { row in try Party(kind: row[0], id: row[1]) }
    let accounts = parties.map { Account(.earned, $0, campaign: campaign) }
    let balances = try JournalStore.balances(of: accounts, in: transaction.community, transaction)
    return try parties.map { party in
      (party, try Money.zero.subtracting(balances[Account(.earned, party, campaign: campaign)] ?? .zero))
    }
  }

  static func markMatured(_ campaign: CampaignID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_campaign SET matured_at = \(transaction.now)
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community) AND matured_at IS NULL
      """)
  }
}
