import Database

/// What must always hold between statements and the books (reliability §3.10, I11): a line is explained, or waits where it
/// is seen.
extension LedgerInvariants {
  private static let limit = Invariant.limit

  static let statements: [Invariant] = [
    Invariant(
      "ledger.suspense_differs", [.identifier("community"), "waiting", "in the books"],
      """
      SELECT community_id, CAST(sum(waiting) AS BIGINT), CAST(sum(held) AS BIGINT) FROM (
        SELECT community_id, left_over AS waiting, 0 AS held FROM ledger_suspense_item
        UNION ALL
        SELECT account.community_id, 0, -entry.amount
        FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        WHERE account.kind = 'suspense') AS both_sides
      GROUP BY community_id HAVING sum(waiting) <> sum(held) ORDER BY community_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.suspense_item_differs", [.identifier("line"), "waiting", "explanations"],
      """
      SELECT item.line_id, item.left_over, item.explanations
      FROM ledger_suspense_item AS item LEFT JOIN ledger_explanation AS last
        ON last.line_id = item.line_id AND last.position = item.explanations - 1
      WHERE item.left_over <> coalesce(last.left_over, item.line_amount)
        OR (item.explanations > 0 AND last.id IS NULL)
        OR EXISTS (SELECT 1 FROM ledger_explanation AS later
          WHERE later.line_id = item.line_id AND later.position >= item.explanations)
      ORDER BY item.line_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.line_unexplained", [.identifier("line")],
      """
      SELECT line.id FROM ledger_statement_line AS line
        LEFT JOIN ledger_suspense_item AS item ON item.line_id = line.id
        LEFT JOIN ledger_explanation AS first ON first.line_id = line.id AND first.position = 0
      WHERE item.line_id IS NULL AND (first.id IS NULL OR first.left_over <> 0 OR first.source_id IS NULL)
      ORDER BY line.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.line_posted_differently", [.identifier("line"), "amount", "in the books"],
      """
      SELECT line.id, line.amount, CAST(coalesce(-sum(entry.amount), 0) AS BIGINT)
      FROM ledger_statement_line AS line JOIN ledger_suspense_item AS item ON item.line_id = line.id
        LEFT JOIN ledger_explanation AS first ON first.line_id = line.id AND first.position = 0
          AND first.source_kind = 'payment' AND line.finding = 'received'
        LEFT JOIN ledger_journal AS journal ON journal.community_id = line.community_id
          AND journal.source_kind = 'statement_line' AND journal.source_id = line.id
        LEFT JOIN ledger_entry AS entry ON entry.journal_id = journal.id AND entry.account_id IN (
          SELECT account.id FROM ledger_account AS account WHERE account.kind = 'suspense')
      WHERE first.id IS NULL
      GROUP BY line.id, line.amount HAVING line.amount <> coalesce(-sum(entry.amount), 0)
      ORDER BY line.id LIMIT \(limit)
      """),
    Invariant(
      "ledger.line_posted_without_waiting", [.identifier("line")],
      """
      SELECT journal.source_id FROM ledger_journal AS journal LEFT JOIN ledger_suspense_item AS item
        ON item.line_id = journal.source_id AND item.community_id = journal.community_id
      WHERE journal.source_kind = 'statement_line' AND item.line_id IS NULL
      ORDER BY journal.source_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.line_imported_twice", [.identifier("community"), "lines"],
      """
      SELECT community_id, count(*) FROM ledger_statement_line
      GROUP BY community_id, account, digest HAVING count(*) > 1 ORDER BY community_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.source_explains_twice", [.identifier("community"), .identifier("source"), "lines"],
      """
      SELECT told.community_id, told.source_id, count(*) FROM ledger_explanation AS told
      WHERE told.source_kind IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_explanation AS back WHERE back.withdraws_id = told.id)
      GROUP BY told.community_id, told.source_kind, told.source_id HAVING count(*) > 1
      ORDER BY told.community_id, told.source_id LIMIT \(limit)
      """),
    Invariant(
      "ledger.import_lines_differ", [.identifier("import"), "said", "lines"],
      """
      SELECT statement.id, statement.new_lines, count(line.id)
      FROM ledger_statement_import AS statement LEFT JOIN ledger_statement_line AS line
        ON line.import_id = statement.id
      GROUP BY statement.id, statement.new_lines HAVING statement.new_lines <> count(line.id)
      ORDER BY statement.id LIMIT \(limit)
      """),
  ]
}
