import Database
import Kernel
import People

/// Which rows of the Ledger are about a person: as conditions on its tables.
///
/// Payments and what they are booked on name an order and no person; whose order it is, only trade knows.
struct MoneySubject: Sendable {
  /// Whose data is meant.
  let subject: DataSubject
  /// Selects the identifiers of the orders that are the person's.
  let orders: Query

  /// Rows whose `order_id` is one of the person's orders.
  var ofOrders: Query { "order_id IN (\(orders))" }

  /// Vouchers of the household.
  var vouchers: Query { "household_id = \(subject.household)" }

  /// Accounts of the person, of their orders and of the household's vouchers.
  var accounts: Query {
    """
    (party_kind = 'person' AND party_id = \(subject.person))
    OR (party_kind = 'order' AND party_id IN (\(orders)))
    OR (party_kind = 'voucher' AND party_id IN (
      SELECT id FROM ledger_voucher WHERE community_id = \(subject.community) AND \(vouchers)))
    """
  }

  /// Entries on those accounts.
  var entries: Query {
    """
    account_id IN (
      SELECT id FROM ledger_account WHERE community_id = \(subject.community) AND (\(accounts)))
    """
  }

  /// Journals with such an entry, and those that somebody posted on the person's behalf.
  var journals: Query {
    """
    on_behalf_of_id = \(subject.person) OR id IN (
      SELECT journal_id FROM ledger_entry WHERE community_id = \(subject.community) AND \(entries))
    """
  }

  /// Payouts to the person.
  var payouts: Query { "party_kind = 'person' AND party_id = \(subject.person)" }

  /// Lines of statements that turned out to be a payment or refund of the person's orders, or a payout to the person.
  var lines: Query {
    """
    id IN (
      SELECT told.line_id FROM ledger_explanation AS told
      WHERE told.community_id = \(subject.community) AND \(explained) AND NOT EXISTS (
        SELECT 1 FROM ledger_explanation AS back WHERE back.withdraws_id = told.id))
    """
  }

  /// Explanations by what happened to the person's money.
  private var explained: Query {
    let community = subject.community
    return """
      ((told.source_kind = 'payment' AND told.source_id IN (
          SELECT id FROM ledger_payment WHERE community_id = \(community) AND \(ofOrders)))
        OR (told.source_kind = 'refund' AND told.source_id IN (
          SELECT id FROM ledger_refund WHERE community_id = \(community) AND \(ofOrders)))
        OR (told.source_kind = 'payout' AND told.source_id IN (
          SELECT id FROM ledger_payout WHERE community_id = \(community) AND \(payouts))))
      """
  }

  /// Gives up waiting for transfers of the person's orders; should one come all the same, it is received and goes back.
  func stopWaiting(in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_payment SET state = 'closed', ask_at = NULL
      WHERE community_id = \(transaction.community) AND state = 'pending' AND \(ofOrders)
      """)
  }
}

/// What the copy shows of the Ledger's rows where it is more than a column.
enum MoneyCopy {
  /// What an account holds, as the person reads it: what they earned is positive, as is the cash in their hand.
  static let balance: Query = """
    CASE WHEN kind IN ('cash_in_hand', 'order_receivable') THEN 1 ELSE -1 END * (
      SELECT CAST(coalesce(sum(entry.amount), 0) AS BIGINT) FROM ledger_entry AS entry
      WHERE entry.account_id = ledger_account.id)
    """

  /// What is left on a voucher.
  static let voucherBalance: Query = """
    (SELECT CAST(coalesce(-sum(entry.amount), 0) AS BIGINT)
    FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
    WHERE account.community_id = ledger_voucher.community_id AND account.party_kind = 'voucher'
      AND account.party_id = ledger_voucher.id)
    """

  /// What a voucher's fund is called, in both languages.
  static let fund: Query = """
    (SELECT CASE WHEN fund.name_zh = fund.name_en THEN fund.name_zh ELSE fund.name_zh || ' / ' || fund.name_en END
    FROM ledger_fund AS fund WHERE fund.id = ledger_voucher.fund_id)
    """

  /// What kind of account an entry stands on.
  static let accountOfEntry: Query =
    "(SELECT account.kind FROM ledger_account AS account WHERE account.id = ledger_entry.account_id)"

  /// What happened to the money of an entry.
  static let journalOfEntry: Query =
    "(SELECT journal.kind FROM ledger_journal AS journal WHERE journal.id = ledger_entry.journal_id)"

  /// The moment under which an entry counts.
  static let momentOfEntry: Query =
    "(SELECT journal.dated_at FROM ledger_journal AS journal WHERE journal.id = ledger_entry.journal_id)"
}

/// What of a person's money is not settled yet.
enum UnsettledMoneyStore {
  /// The accounts of the person and of their orders that do not stand at zero, added up by kind; positive on the debit side.
  static func balances(of money: MoneySubject, _ snapshot: Snapshot) throws -> [Account.Kind: Money] {
    var balances: [Account.Kind: Money] = [:]
    try snapshot.forEach(
      """
      SELECT account.kind, CAST(sum(entry.amount) AS BIGINT)
      FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
      WHERE account.community_id = \(money.subject.community)
        AND ((account.party_kind = 'person' AND account.party_id = \(money.subject.person))
          OR (account.party_kind = 'order' AND account.party_id IN (\(money.orders))))
      GROUP BY account.kind HAVING sum(entry.amount) <> 0
      """
    ) { row in balances[try row[0]] = try row[1] }
    return balances
  }

  /// Whether a payment service is still asked how a payment for one of the person's orders stands.
  static func hasPaymentUnderWay(of money: MoneySubject, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM ledger_payment WHERE community_id = \(money.subject.community) AND state = 'pending'
        AND ask_at IS NOT NULL AND \(money.ofOrders)
      """)
  }

  /// Whether banknotes that the person wants to hand over wait to be counted.
  static func hasOpenHandover(of money: MoneySubject, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM ledger_cash_handover WHERE community_id = \(money.subject.community)
        AND giver_id = \(money.subject.person) AND state IN ('declared', 'differs')
      """)
  }
}
