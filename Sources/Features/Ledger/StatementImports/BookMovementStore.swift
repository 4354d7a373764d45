import Database
import Kernel

/// The queries of what moved on an account and no statement tells of.
enum BookMovementStore {
  /// The movements of an account that no line explains, oldest first.
  ///
  /// Beside the lines' own journals, those are left out that a line is explained by, and what only takes money out of
  /// suspense and onto its way: with the line it comes to nothing. What goes back to a sender waits for its own line.
  static func open(
    on account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BookMovement] {
    let party = account.place.party.stored
    return try snapshot.all(
      """
      SELECT journal.source_kind, journal.source_id, CAST(sum(entry.amount) AS BIGINT), min(journal.posted_at)
      FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        JOIN ledger_journal AS journal ON journal.id = entry.journal_id
      WHERE account.community_id = \(community) AND account.kind = \(account.place.kind)
        AND account.party_kind = \(party.kind) AND account.party_id = \(party.id)
        AND journal.source_kind <> 'statement_line'
        AND NOT EXISTS (
          SELECT 1 FROM ledger_explanation AS told
          WHERE told.community_id = account.community_id AND told.source_kind = journal.source_kind
            AND told.source_id = journal.source_id AND (told.kind = 'payment' OR NOT EXISTS (
              SELECT 1 FROM ledger_explanation AS back WHERE back.withdraws_id = told.id)))
        AND NOT EXISTS (
          SELECT 1 FROM ledger_explanation AS own
          WHERE journal.source_kind = 'decision' AND own.id = journal.source_id AND (own.kind <> 'returned' OR EXISTS (
            SELECT 1 FROM ledger_explanation AS back WHERE back.withdraws_id = own.id)))
      GROUP BY journal.source_kind, journal.source_id HAVING sum(entry.amount) <> 0
      ORDER BY min(journal.posted_at), journal.source_id
      """
    ) { row in
      BookMovement(source: Journal.Source(try row[0], try row[1]), amount: try row[2], at: try row[3])
    }
  }
}
