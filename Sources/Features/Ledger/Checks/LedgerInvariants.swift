import Database

/// What must always hold in the books: the Ledger's part of `nuanlin check`.
///
/// Most of it is refused by the tables themselves; it is checked again, because a file can be changed behind the program's
/// back. Source: field/reliability.md §3.10, I1–I6, I9–I12.
enum LedgerInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = journals + accounts + payments + cash + statements

  // MARK: - Journals

  private static let journals: [Invariant] = [
    Invariant(
      "ledger.journal_unbalanced", [.identifier("journal"), "sum", "entries", "expected"],
      """
      SELECT journal.id, CAST(coalesce(sum(entry.amount), 0) AS BIGINT), count(entry.position),
        journal.last_position + 1
      FROM ledger_journal AS journal LEFT JOIN ledger_entry AS entry ON entry.journal_id = journal.id
      GROUP BY journal.id, journal.last_position
      HAVING coalesce(sum(entry.amount), 0) <> 0 OR count(entry.position) <> journal.last_position + 1
      ORDER BY journal.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.entry_without_journal", [.identifier("journal"), "position"],
      """
      SELECT journal_id, position FROM ledger_entry
      WHERE journal_id NOT IN (SELECT id FROM ledger_journal) ORDER BY journal_id, position LIMIT \(limit)
      """),
    Invariant(
      "ledger.whole_sum", [.identifier("community"), "sum"],
      """
      SELECT community_id, CAST(sum(amount) AS BIGINT) FROM ledger_entry
      GROUP BY community_id, currency HAVING sum(amount) <> 0 ORDER BY community_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.dated_into_closed_period", [.identifier("journal")],
      """
      SELECT journal.id FROM ledger_journal AS journal JOIN ledger_closing AS closing
        ON closing.community_id = journal.community_id
      WHERE journal.dated_at < closing.closed_until AND journal.posted_at > closing.closed_at
      ORDER BY journal.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.reversal_differs", [.identifier("journal")],
      """
      SELECT reversal_id FROM (
        SELECT reversal.id AS reversal_id, entry.account_id AS account_id, entry.amount AS amount
        FROM ledger_journal AS reversal JOIN ledger_entry AS entry ON entry.journal_id = reversal.id
        WHERE reversal.reverses_id IS NOT NULL
        UNION ALL
        SELECT reversal.id, entry.account_id, entry.amount
        FROM ledger_journal AS reversal JOIN ledger_entry AS entry ON entry.journal_id = reversal.reverses_id) AS both_sides
      GROUP BY reversal_id, account_id HAVING sum(amount) <> 0 ORDER BY reversal_id LIMIT \(limit)
      """),
  ]

  // MARK: - Accounts

  private static let accounts: [Invariant] = [
    Invariant(
      "ledger.account_chain_broken", [.identifier("account"), "sequence"],
      """
      SELECT account_id, sequence FROM (
        SELECT account_id, sequence, amount, balance, lag(balance, 1, 0) OVER chain AS balance_before,
          lag(sequence, 1, 0) OVER chain AS sequence_before
        FROM ledger_entry WINDOW chain AS (PARTITION BY account_id ORDER BY sequence)) AS entry
      WHERE sequence <> sequence_before + 1 OR balance <> balance_before + amount
      ORDER BY account_id, sequence LIMIT \(limit)
      """),
    Invariant(
      "ledger.balance_on_wrong_side", [.identifier("account"), "sequence", "balance"],
      """
      SELECT account.id, entry.sequence, entry.balance
      FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
      WHERE (account.kind IN ('cash_in_hand', 'cash_box', 'order_receivable') AND entry.balance < 0)
        OR (account.kind IN ('order_deposit', 'refund_due', 'earned', 'fund', 'voucher') AND entry.balance > 0)
      ORDER BY account.id, entry.sequence LIMIT \(limit)
      """),
    Invariant(
      "ledger.earned_after_maturity", [.identifier("account"), "balance"],
      """
      SELECT account.id, CAST(sum(entry.amount) AS BIGINT)
      FROM ledger_campaign AS campaign JOIN ledger_account AS account
          ON account.campaign_id = campaign.campaign_id AND account.community_id = campaign.community_id
        JOIN ledger_entry AS entry ON entry.account_id = account.id
      WHERE campaign.matured_at IS NOT NULL AND account.kind = 'earned'
      GROUP BY account.id HAVING sum(entry.amount) <> 0 ORDER BY account.id LIMIT \(limit)
      """),
  ]

  // MARK: - Cash and payouts

  private static let cash: [Invariant] = [
    Invariant(
      "ledger.handover_differs", [.identifier("sheet"), "counted", "in the books"],
      """
      SELECT sheet.id, coalesce(sheet.counted, 0), CAST(coalesce(sum(entry.amount), 0) AS BIGINT)
      FROM ledger_cash_handover AS sheet LEFT JOIN ledger_journal AS journal
          ON journal.community_id = sheet.community_id AND journal.source_kind = 'cash_handover'
            AND journal.source_id = sheet.id
        LEFT JOIN ledger_entry AS entry ON entry.journal_id = journal.id AND entry.amount > 0
      GROUP BY sheet.id, sheet.state, sheet.counted
      HAVING CASE sheet.state WHEN 'received' THEN coalesce(sheet.counted, 0) ELSE 0 END <> coalesce(sum(entry.amount), 0)
      ORDER BY sheet.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.handover_by_one", [.identifier("sheet")],
      """
      SELECT id FROM ledger_cash_handover WHERE state = 'received' AND (counted_by_id IS NULL OR counted_by_id = giver_id)
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "ledger.voucher_without_journal", [.identifier("voucher")],
      """
      SELECT voucher.id FROM ledger_voucher AS voucher LEFT JOIN ledger_journal AS journal
        ON journal.community_id = voucher.community_id AND journal.source_kind = 'voucher'
          AND journal.source_id = voucher.id AND journal.kind = 'voucher_issued'
      WHERE journal.id IS NULL ORDER BY voucher.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.ended_voucher_holds_money", [.identifier("voucher"), "balance"],
      """
      SELECT voucher.id, CAST(sum(entry.amount) AS BIGINT)
      FROM ledger_voucher AS voucher JOIN ledger_account AS account
          ON account.community_id = voucher.community_id AND account.party_kind = 'voucher'
            AND account.party_id = voucher.id
        JOIN ledger_entry AS entry ON entry.account_id = account.id
      WHERE voucher.ended_at IS NOT NULL GROUP BY voucher.id HAVING sum(entry.amount) <> 0
      ORDER BY voucher.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.payout_differs", [.identifier("payout"), "amount", "in the books"],
      """
      SELECT payout.id, payout.amount, CAST(coalesce(sum(entry.amount), 0) AS BIGINT)
      FROM ledger_payout AS payout LEFT JOIN ledger_journal AS journal
          ON journal.community_id = payout.community_id AND journal.source_kind = 'payout'
            AND journal.source_id = payout.id
        LEFT JOIN ledger_entry AS entry ON entry.journal_id = journal.id AND entry.amount > 0
      GROUP BY payout.id, payout.amount HAVING payout.amount <> coalesce(sum(entry.amount), 0)
      ORDER BY payout.id LIMIT \(limit)
      """),
  ]

  // MARK: - Payments and refunds

  private static let payments: [Invariant] = [
    Invariant(
      "ledger.payment_without_journal", [.identifier("payment"), "journals"],
      """
      SELECT payment.id, count(journal.id) FROM ledger_payment AS payment LEFT JOIN ledger_journal AS journal
        ON journal.community_id = payment.community_id AND journal.source_kind = 'payment'
          AND journal.source_id = payment.id AND journal.kind = 'payment'
      GROUP BY payment.id, payment.state HAVING (payment.state = 'received') <> (count(journal.id) = 1)
      ORDER BY payment.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.refunded_differs", [.identifier("payment"), "refunded", "refunds"],
      """
      SELECT payment.id, payment.refunded, CAST(coalesce(sum(refund.amount), 0) AS BIGINT)
      FROM ledger_payment AS payment LEFT JOIN ledger_refund AS refund
        ON refund.payment_id = payment.id AND refund.state <> 'withdrawn'
      GROUP BY payment.id, payment.refunded HAVING payment.refunded <> coalesce(sum(refund.amount), 0)
      ORDER BY payment.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.refund_due_differs", [.identifier("order"), "promised", "in the books"],
      """
      SELECT order_id, CAST(sum(promised) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
        SELECT order_id, amount AS promised, 0 AS held FROM ledger_refund
        WHERE state IN ('due', 'sent', 'refused')
        UNION ALL
        SELECT account.party_id, 0, -entry.amount
        FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        WHERE account.kind = 'refund_due') AS both_sides
      GROUP BY order_id HAVING sum(promised) <> sum(held) ORDER BY order_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.refund_without_journal", [.identifier("refund")],
      """
      SELECT refund.id FROM ledger_refund AS refund LEFT JOIN ledger_journal AS journal
        ON journal.community_id = refund.community_id AND journal.source_kind = 'refund'
          AND journal.source_id = refund.id AND journal.kind = CASE refund.state WHEN 'paid' THEN 'refund_paid'
            WHEN 'withdrawn' THEN 'refund_withdrawn' ELSE 'refund_promised' END
      WHERE journal.id IS NULL ORDER BY refund.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.refund_by_another_way", [.identifier("refund")],
      """
      SELECT refund.id FROM ledger_refund AS refund JOIN ledger_journal AS journal
          ON journal.community_id = refund.community_id AND journal.source_kind = 'refund'
            AND journal.source_id = refund.id AND journal.kind = 'refund_paid'
        JOIN ledger_entry AS entry ON entry.journal_id = journal.id AND entry.amount < 0
        JOIN ledger_account AS account ON account.id = entry.account_id
      WHERE (refund.other_way IS NULL AND refund.channel IN ('wechat_pay', 'alipay')
          AND account.kind IN ('cash_in_hand', 'cash_box', 'bank'))
        OR (refund.other_way = 'cash' AND account.kind <> 'cash_box')
        OR (refund.other_way = 'bank' AND account.kind <> 'bank')
      ORDER BY refund.id LIMIT \(limit)
      """),
  ]
}
