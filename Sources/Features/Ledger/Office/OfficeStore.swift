import Database
import Kernel

/// What the money office reads at once.
enum OfficeStore {
  /// Refunds that one page lists.
  private static let refundLimit = 200
  /// For so long a refund that was paid twice stands at the top of the page.
  private static let paidAgainShown = Duration.days(30)

  static func content(in community: CommunityID, _ snapshot: Snapshot) throws -> OfficePages.Content {
    let places = try JournalStore.balances(
      of: [Account(.cashBox), Account(.bank)], in: community, snapshot)
    return OfficePages.Content(
      box: places[Account(.cashBox)] ?? .zero, bank: places[Account(.bank)] ?? .zero,
      holders: try PartyAccountStore.cashHolders(in: community, snapshot),
      sheets: try CashHandoverStore.open(in: community, snapshot),
      refunds: try RefundStore.open(limit: refundLimit, in: community, snapshot),
      paidAgain: try RefundStore.paidAgain(since: snapshot.now - paidAgainShown, in: community, snapshot),
      parties: try PartyAccountStore.all(in: community, snapshot),
      rules: try MoneyRulesStore.find(in: community, snapshot),
      closedUntil: try JournalStore.closedUntil(in: community, snapshot),
      campaigns: try PartyAccountStore.campaigns(of: .community, limit: 30, in: community, snapshot))
  }

  /// The newest journals before one, newest first.
  static func journals(
    before last: JournalID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PostedJournal] {
    let ids: [JournalID] = try snapshot.values(
      """
      SELECT id FROM ledger_journal WHERE community_id = \(community) AND id < \(last ?? JournalID(rawValue: .max))
      ORDER BY id DESC LIMIT \(limit)
      """)
    return try JournalStore.find(ids, in: community, snapshot).reversed()
  }
}
