package import Database
package import Kernel

/// The queries of what communities have decided about their money.
package enum MoneyRulesStore {
  package static func find(in community: CommunityID, _ snapshot: Snapshot) throws -> MoneyRules {
    try snapshot.first(
      "SELECT platform_rate, cash_float, bank_account FROM ledger_rules WHERE community_id = \(community)"
    ) { row in MoneyRules(platform: try row[0], cashFloat: try row[1], bankAccount: try row[2]) } ?? .initial
  }

  static func save(_ rules: MoneyRules, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_rules (community_id, platform_rate, cash_float, bank_account)
      VALUES (\(transaction.community), \(rules.platform), \(rules.cashFloat), \(rules.bankAccount))
      ON CONFLICT (community_id) DO UPDATE SET platform_rate = excluded.platform_rate,
        cash_float = excluded.cash_float, bank_account = excluded.bank_account
      """)
  }
}
