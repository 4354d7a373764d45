import Database
import Kernel

/// The queries of refunds.
enum RefundStore {
  static let columns: Query = """
    id, payment_id, order_id, campaign_id, channel, amount, reason, state, promised_at, paid_at, paid_by_id
    """

  static func find(_ id: RefundID, in community: CommunityID, _ snapshot: Snapshot) throws -> Refund? {
    try snapshot.first(
      "SELECT \(columns) FROM ledger_refund WHERE id = \(id) AND community_id = \(community)", Refund.init)
  }

  /// The refunds of one order, oldest first.
  static func list(of order: OrderID, in community: CommunityID, _ snapshot: Snapshot) throws -> [Refund] {
    try snapshot.all(
      "SELECT \(columns) FROM ledger_refund WHERE order_id = \(order) AND community_id = \(community) ORDER BY id",
      Refund.init)
  }

  /// What is still to be paid out in the whole community, oldest first.
  static func open(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Refund] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_refund WHERE community_id = \(community) AND state IN ('due', 'sent')
      ORDER BY id LIMIT \(limit)
      """, Refund.init)
  }

  static func insert(_ refund: Refund, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO ledger_refund (id, community_id, payment_id, order_id, campaign_id, channel, amount, reason, state,
        promised_at, paid_at, paid_by_id)
      VALUES (\(refund.id), \(transaction.community), \(refund.payment), \(refund.order), \(refund.campaign),
        \(refund.channel), \(refund.amount), \(refund.reason), \(refund.state), \(refund.promisedAt),
        \(refund.paidAt), \(refund.paidBy))
      """)
  }

  /// Moves a refund on, if it still stands where it was seen.
  /// - Returns: whether it did; when not, somebody else was faster.
  static func move(_ refund: Refund, from state: Refund.State, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_refund SET state = \(refund.state), paid_at = \(refund.paidAt), paid_by_id = \(refund.paidBy)
      WHERE id = \(refund.id) AND community_id = \(transaction.community) AND state = \(state)
      """) == 1
  }
}

extension Refund {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    payment = try row[1]
    order = try row[2]
    campaign = try row[3]
    channel = try row[4]
    amount = try row[5]
    reason = try row[6]
    state = try row[7]
    promisedAt = try row[8]
    paidAt = try row[9]
    paidBy = try row[10]
  }
}
