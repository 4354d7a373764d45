package import Database
package import Kernel
package import People

/// The queries of payouts.
package enum PayoutStore {
  /// Pays out to a party.
  /// - Throws: `form.invalid` naming `amount` when the party may not have so much or the cash box does not hold it, or
  ///   `party` for a fund, whose part goes into the fund by itself.
  @discardableResult
  package static func pay(
    _ amount: Money, to party: Party, by way: Payout.Way, reference: String, actor: Actor,
    in transaction: Transaction
  ) throws -> Payout {
    guard party.isPaidOut else { throw Problem.payoutToFund }
    let balances = try JournalStore.balances(
      of: [Account(.payable, party), Account(.cashBox)], in: transaction.community, transaction)
    let payable = try Money.zero.subtracting(balances[Account(.payable, party)] ?? .zero)
    guard amount > .zero, amount <= payable else { throw Problem.payoutMoreThanPayable(payable) }
    let box = balances[Account(.cashBox)] ?? .zero
    guard way == .bank || amount <= box else { throw Problem.cashBoxTooLow(box) }
    let payout = Payout(
      id: transaction.newIdentifier(), party: party, amount: amount, way: way, reference: reference,
      paidBy: actor.person, paidAt: transaction.now)
    let stored = party.stored
    try transaction.execute(
      """
      INSERT INTO ledger_payout (id, community_id, party_kind, party_id, amount, way, reference, paid_by_id, paid_at)
      VALUES (\(payout.id), \(transaction.community), \(stored.kind), \(stored.id), \(amount), \(way), \(reference),
        \(payout.paidBy), \(payout.paidAt))
      """)
    try JournalStore.post([payout.journal()], by: actor, in: transaction)
    return payout
  }

  /// The payouts to one party, the newest first.
  static func list(
    to party: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Payout] {
    let stored = party.stored
    return try snapshot.all(
      """
      SELECT id, party_kind, party_id, amount, way, reference, paid_by_id, paid_at FROM ledger_payout
      WHERE community_id = \(community) AND party_kind = \(stored.kind) AND party_id = \(stored.id)
      ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      Payout(
        id: try row[0], party: try Party(kind: row[1], id: row[2]), amount: try row[3], way: try row[4],
        reference: try row[5], paidBy: try row[6], paidAt: try row[7])
    }
  }
}
