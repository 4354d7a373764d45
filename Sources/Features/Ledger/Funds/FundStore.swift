package import Database
package import Kernel
import People

/// The queries of funds and their vouchers.
package enum FundStore {
  private static let voucherColumns: Query = """
    id, fund_id, household_id, amount, expires_at, issued_by_id, issued_at, ended_at
    """

  /// All of a community, the newest first.
  package static func funds(in community: CommunityID, _ snapshot: Snapshot) throws -> [Fund] {
    try snapshot.all(
      """
      SELECT id, name_zh, name_en, donor, purpose, created_at, closed_at FROM ledger_fund
      WHERE community_id = \(community) ORDER BY id DESC
      """, Fund.init)
  }

  static func names(
    of funds: [FundID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [FundID: Phrase] {
    if funds.isEmpty { return [:] }
    let names = try snapshot.all(
      """
      SELECT id, name_zh, name_en FROM ledger_fund WHERE community_id = \(community) AND id IN \(list: funds)
      """
    ) { row in (try row[0] as FundID, Phrase(try row[1], try row[2])) }
    return Dictionary(uniqueKeysWithValues: names)
  }

  static func find(_ id: FundID, in community: CommunityID, _ snapshot: Snapshot) throws -> Fund? {
    try snapshot.first(
      """
      SELECT id, name_zh, name_en, donor, purpose, created_at, closed_at FROM ledger_fund
      WHERE id = \(id) AND community_id = \(community)
      """, Fund.init)
  }

  /// The funds that had a part in what is sold and can no longer be returned.
  static func withParts(in community: CommunityID, _ snapshot: Snapshot) throws -> [FundID] {
    try snapshot.values(
      """
      SELECT party_id FROM ledger_account
      WHERE community_id = \(community) AND party_kind = 'fund' AND kind = 'payable' ORDER BY party_id
      """)
  }

  static func insert(_ fund: Fund, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_fund (id, community_id, name_zh, name_en, donor, purpose, created_at)
      VALUES (\(fund.id), \(transaction.community), \(fund.name.chinese), \(fund.name.english), \(fund.donor),
        \(fund.purpose), \(fund.createdAt))
      """)
  }

  static func markClosed(_ fund: FundID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_fund SET closed_at = \(transaction.now)
      WHERE id = \(fund) AND community_id = \(transaction.community) AND closed_at IS NULL
      """)
  }

  // MARK: - Vouchers

  static func voucher(_ id: VoucherID, in community: CommunityID, _ snapshot: Snapshot) throws -> Voucher? {
    try snapshot.first(
      "SELECT \(voucherColumns) FROM ledger_voucher WHERE id = \(id) AND community_id = \(community)",
      Voucher.init)
  }

  /// The vouchers of one fund, the newest first.
  static func vouchers(
    of fund: FundID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Voucher] {
    try snapshot.all(
      """
      SELECT \(voucherColumns) FROM ledger_voucher WHERE fund_id = \(fund) AND community_id = \(community)
      ORDER BY id DESC LIMIT \(limit)
      """, Voucher.init)
  }

  /// What a household can spend now, what ends first first; vouchers without a balance are left out.
  static func usable(
    by household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(voucher: Voucher, balance: Money)] {
    let vouchers = try snapshot.all(
      """
      SELECT \(voucherColumns) FROM ledger_voucher WHERE household_id = \(household) AND community_id = \(community)
        AND ended_at IS NULL AND expires_at > \(snapshot.now)
      ORDER BY expires_at, id
      """, Voucher.init)
    let balances = try JournalStore.balances(of: vouchers.map(\.account), in: community, snapshot)
    return try vouchers.map { ($0, try Money.zero.subtracting(balances[$0.account] ?? .zero)) }
      .filter { $0.1 > .zero }
  }

  static func insert(_ voucher: Voucher, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_voucher (id, community_id, fund_id, household_id, amount, expires_at, issued_by_id, issued_at)
      VALUES (\(voucher.id), \(transaction.community), \(voucher.fund), \(voucher.household), \(voucher.amount),
        \(voucher.expiresAt), \(voucher.issuedBy), \(voucher.issuedAt))
      """)
  }

  static func markEnded(_ voucher: VoucherID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_voucher SET ended_at = \(transaction.now)
      WHERE id = \(voucher) AND community_id = \(transaction.community) AND ended_at IS NULL
      """)
  }

  // MARK: - Reports

  /// What became of each fund's money, in the order of the funds.
  static func reports(_ funds: [Fund], in community: CommunityID, _ snapshot: Snapshot) throws -> [FundReport]
  {
    try funds.map { fund in
      let counts = try snapshot.first(
        """
        SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM ledger_voucher
        WHERE fund_id = \(fund.id) AND community_id = \(community)
        """
      ) { row in (count: try row[0] as Int64, issued: try row[1] as Money) }
      let issued = counts?.issued ?? .zero
      let left = try Money.zero.subtracting(
        JournalStore.balance(of: Account(.fund, .fund(fund.id)), in: community, snapshot))
      let onVouchers = try sum(of: fund.id, in: community, snapshot)
      let received = try flow(.fundReceived, of: fund.id, in: community, snapshot)
      let fromSales = try flow(.fundReceived, from: .campaign, of: fund.id, in: community, snapshot)
      let returned = try flow(.voucherEnded, of: fund.id, in: community, snapshot)
      let spent = try received.subtracting(left).subtracting(onVouchers)
      return FundReport(
        fund: fund, received: received, fromSales: fromSales, issued: issued, spent: spent,
        returned: returned,
        onVouchers: onVouchers,
        left: left, vouchers: counts?.count ?? 0)
    }
  }

  /// What is still on the fund's vouchers.
  private static func sum(of fund: FundID, in community: CommunityID, _ snapshot: Snapshot) throws -> Money {
    try snapshot.value(
      """
      SELECT CAST(coalesce(-sum(entry.amount), 0) AS BIGINT)
      FROM ledger_voucher AS voucher JOIN ledger_account AS account
          ON account.community_id = voucher.community_id AND account.party_kind = 'voucher'
            AND account.party_id = voucher.id
        JOIN ledger_entry AS entry ON entry.account_id = account.id
      WHERE voucher.fund_id = \(fund) AND voucher.community_id = \(community)
      """) ?? .zero
  }

  /// What came to the fund by journals of one kind, from one kind of source where it is named.
  private static func flow(
    _ kind: Journal.Kind, from source: Journal.Source.Kind? = nil, of fund: FundID, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Money {
    let fromThere: Query = source.map { "AND journal.source_kind = \($0)" } ?? ""
    return try snapshot.value(
      """
      SELECT CAST(coalesce(-sum(entry.amount), 0) AS BIGINT)
      FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        JOIN ledger_journal AS journal ON journal.id = entry.journal_id
      WHERE account.community_id = \(community) AND account.party_kind = 'fund' AND account.party_id = \(fund)
        AND account.kind = 'fund' AND journal.kind = \(kind) \(fromThere)
      """) ?? .zero
  }
}

extension Fund {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], name: Phrase(try row[1], try row[2]), donor: try row[3], purpose: try row[4],
      createdAt: try row[5], closedAt: try row[6])
  }
}

extension Voucher {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], fund: try row[1], household: try row[2], amount: try row[3], expiresAt: try row[4],
      issuedBy: try row[5], issuedAt: try row[6], endedAt: try row[7])
  }
}
