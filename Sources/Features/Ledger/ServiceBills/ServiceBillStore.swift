import Database
import Kernel

/// The queries of daily bills that are waited for.
enum ServiceBillStore {
  private static let columns: Query = "account, day, state, expected_at, ask_at, asked, doubt, import_id"

  /// The accounts that wait, or have waited, for the bill of a day, by community.
  static func expecting(_ day: Int64, _ snapshot: Snapshot) throws -> [CommunityID: Set<StatementAccount>] {
    var accounts: [CommunityID: Set<StatementAccount>] = [:]
    try snapshot.forEach(
      "SELECT community_id, account FROM ledger_service_bill WHERE day = \(day)"
    ) { row in accounts[try row[0], default: []].insert(try row[1]) }
    return accounts
  }

  /// The newest day of an account that is known in the community; nil while none is.
  static func lastDay(
    of account: StatementAccount, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try snapshot.value(
      "SELECT max(day) FROM ledger_service_bill WHERE community_id = \(community) AND account = \(account)")
  }

  /// The bills whose turn it is, whatever their community.
  static func due(limit: Int, _ snapshot: Snapshot) throws -> [(community: CommunityID, bill: ServiceBill)] {
    try snapshot.all(
      """
      SELECT \(columns), community_id FROM ledger_service_bill
      WHERE ask_at IS NOT NULL AND ask_at <= \(snapshot.now) ORDER BY ask_at LIMIT \(limit)
      """
    ) { row in (community: try row[8], bill: try ServiceBill(row)) }
  }

  /// The newest days of a community, newest first.
  static func list(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [ServiceBill] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_service_bill WHERE community_id = \(community)
      ORDER BY day DESC, account LIMIT \(limit)
      """, ServiceBill.init)
  }

  static func insert(_ bills: [ServiceBill], in transaction: Transaction) throws {
    for bill in bills {
      try transaction.execute(
        """
        INSERT INTO ledger_service_bill (community_id, account, day, state, expected_at, ask_at, asked)
        VALUES (\(transaction.community), \(bill.account), \(bill.day), \(bill.state), \(bill.expectedAt),
          \(bill.askAt), \(bill.asked))
        ON CONFLICT (community_id, day, account) DO NOTHING
        """)
    }
  }

  /// Takes a bill's turn until `moment`.
  /// - Returns: false when somebody else has it.
  static func claim(_ bill: ServiceBill, until moment: Timestamp, in transaction: Transaction) throws -> Bool
  {
    try transaction.execute(
      """
      UPDATE ledger_service_bill SET ask_at = \(moment)
      WHERE community_id = \(transaction.community) AND day = \(bill.day) AND account = \(bill.account)
        AND ask_at IS NOT NULL AND ask_at <= \(transaction.now)
      """) == 1
  }

  /// Moves a bill on, if it is still waited for.
  /// - Returns: whether it was.
  static func move(_ bill: ServiceBill, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_service_bill SET state = \(bill.state), ask_at = \(bill.askAt), asked = \(bill.asked),
        doubt = \(bill.doubt), import_id = \(bill.statement)
      WHERE community_id = \(transaction.community) AND day = \(bill.day) AND account = \(bill.account)
        AND state = 'waiting'
      """) == 1
  }

  /// Whose payments and refunds these lines name, by the numbers in them: one account may serve several communities, and
  /// the service knows none of them.
  static func owners(
    of lines: [StatementLine], _ channel: PaymentChannel, _ snapshot: Snapshot
  ) throws -> [String: CommunityID] {
    var owners: [String: CommunityID] = [:]
    let payments = Set(lines.compactMap { $0.numbers.payment.flatMap { PaymentID($0) } }).sorted()
    let refunds = Set(lines.compactMap { $0.numbers.refund.flatMap { RefundID($0) } }).sorted()
    let numbers = Set(lines.compactMap(\.numbers.transaction)).sorted()
    for some in snapshot.chunks(of: payments) {
      try snapshot.forEach(
        "SELECT id, community_id FROM ledger_payment WHERE id IN \(list: some) AND channel = \(channel)"
      ) { row in owners[(try row[0] as PaymentID).description] = try row[1] }
    }
    for some in snapshot.chunks(of: refunds) {
      try snapshot.forEach(
        "SELECT id, community_id FROM ledger_refund WHERE id IN \(list: some) AND channel = \(channel)"
      ) { row in owners[(try row[0] as RefundID).description] = try row[1] }
    }
    for some in snapshot.chunks(of: numbers) {
      try snapshot.forEach(
        """
        SELECT transaction_number, community_id FROM ledger_payment
        WHERE channel = \(channel) AND transaction_number IN \(list: some)
        """
      ) { row in owners[try row[0]] = try row[1] }
    }
    return owners
  }
}

extension ServiceBill {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      account: try row[0], day: try row[1], state: try row[2], expectedAt: try row[3], askAt: try row[4],
      asked: try row[5], doubt: try row[6], statement: try row[7])
  }
}
