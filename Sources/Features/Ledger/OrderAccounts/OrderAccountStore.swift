import Database
import Kernel

/// The queries of what the books hold for orders.
enum OrderAccountStore {
  /// The sum of each order's side of its sales.
  static func sold(
    for orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Money] {
    var sold: [OrderID: Money] = [:]
    for some in snapshot.chunks(of: orders) {
      try snapshot.forEach(
        """
        SELECT account.party_id, CAST(sum(entry.amount) AS BIGINT)
        FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
          JOIN ledger_journal AS journal ON journal.id = entry.journal_id
        WHERE account.community_id = \(community) AND account.party_kind = 'order'
          AND account.party_id IN \(list: some) AND journal.kind = 'sale'
        GROUP BY account.party_id
        """
      ) { row in sold[try row[0]] = try row[1] }
    }
    return sold
  }
}
