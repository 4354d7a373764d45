import Database
import Kernel

/// The queries of payments.
enum PaymentStore {
  static let columns: Query = """
    id, order_id, campaign_id, channel, amount, state, taken_by_id, voucher_id, created_at, received_at, refunded,
    reference, prompt, transaction_number, expires_at
    """

  static func find(_ id: PaymentID, in community: CommunityID, _ snapshot: Snapshot) throws -> Payment? {
    try snapshot.first(
      "SELECT \(columns) FROM ledger_payment WHERE id = \(id) AND community_id = \(community)", Payment.init)
  }

  /// The payments of one order, oldest first.
  static func list(of order: OrderID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Payment] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_payment WHERE order_id = \(order) AND community_id = \(community) ORDER BY id
      """, Payment.init)
  }

  /// What came in for each of these orders and was not promised back; orders without a payment are left out.
  static func paid(
    for orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Money] {
    var paid: [OrderID: Money] = [:]
    for some in snapshot.chunks(of: orders) {
      try snapshot.forEach(
        """
        SELECT order_id, CAST(sum(amount - refunded) AS BIGINT) FROM ledger_payment
        WHERE order_id IN \(list: some) AND community_id = \(community)
          AND state = 'received'
        GROUP BY order_id
        """
      ) { row in paid[try row[0]] = try row[1] }
    }
    return paid
  }

  static func insert(_ payment: Payment, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_payment (id, community_id, order_id, campaign_id, channel, amount, state, taken_by_id,
        voucher_id, created_at, received_at, refunded, reference, prompt, transaction_number, expires_at)
      VALUES (\(payment.id), \(transaction.community), \(payment.order), \(payment.campaign), \(payment.channel),
        \(payment.amount), \(payment.state), \(payment.takenBy), \(payment.voucher), \(payment.createdAt),
        \(payment.receivedAt), \(payment.refunded), \(payment.reference?.description), \(payment.prompt),
        \(payment.transactionNumber), \(payment.expiresAt))
      """)
  }

  /// The payments of one way that are waited for, oldest first.
  static func pending(
    _ channel: PaymentChannel, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Payment] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_payment WHERE community_id = \(community) AND channel = \(channel)
        AND state = 'pending' ORDER BY id
      """, Payment.init)
  }

  static func isTaken(_ reference: PaymentReference, in community: CommunityID, _ snapshot: Snapshot) throws
    -> Bool
  {
    try snapshot.exists(
      "SELECT 1 FROM ledger_payment WHERE community_id = \(community) AND reference = \(reference.description)"
    )
  }

  /// Marks a payment as received, if it was not before.
  /// - Returns: whether it was marked now; when not, somebody else was faster.
  static func markReceived(
    _ id: PaymentID, transactionNumber: String?, in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_payment SET state = 'received', received_at = \(transaction.now), ask_at = NULL,
        transaction_number = \(transactionNumber)
      WHERE id = \(id) AND community_id = \(transaction.community) AND state <> 'received'
      """) == 1
  }

  /// Gives up waiting for a payment; should it come all the same, it is received then.
  static func markClosed(_ id: PaymentID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_payment SET state = 'closed', ask_at = NULL
      WHERE id = \(id) AND community_id = \(transaction.community) AND state = 'pending'
      """)
  }

  /// Counts what is given back of a payment. The table refuses more than was received, and less than nothing.
  static func addRefunded(_ amount: Money, to id: PaymentID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_payment SET refunded = refunded + \(amount)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}

extension Payment {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], order: try row[1], campaign: try row[2], channel: try row[3], amount: try row[4],
      state: try row[5], takenBy: try row[6], voucher: try row[7], createdAt: try row[8],
      receivedAt: try row[9],
      refunded: try row[10])
    reference = (try row[11] as String?).flatMap { PaymentReference($0) }
    prompt = try row[12]
    transactionNumber = try row[13]
    expiresAt = try row[14]
  }
}
