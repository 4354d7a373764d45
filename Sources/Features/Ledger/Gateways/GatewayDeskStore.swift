import Database
import Kernel

/// What is to be asked of payment services, and when.
enum GatewayDeskStore {
  /// One payment or refund whose turn it is.
  struct Due<Kind>: Sendable {
    let id: Identifier<Kind>
    let community: CommunityID
    /// How often it was asked for before.
    let asked: Int
  }

  static func duePayments(limit: Int, _ snapshot: Snapshot) throws -> [Due<PaymentKind>] {
    try snapshot.all(
      """
      SELECT id, community_id, asked FROM ledger_payment WHERE ask_at IS NOT NULL AND ask_at <= \(snapshot.now)
      ORDER BY ask_at LIMIT \(limit)
      """
    ) { row in Due(id: try row[0], community: try row[1], asked: try row[2]) }
  }

  static func dueRefunds(limit: Int, _ snapshot: Snapshot) throws -> [Due<RefundKind>] {
    try snapshot.all(
      """
      SELECT id, community_id, asked FROM ledger_refund WHERE ask_at IS NOT NULL AND ask_at <= \(snapshot.now)
      ORDER BY ask_at LIMIT \(limit)
      """
    ) { row in Due(id: try row[0], community: try row[1], asked: try row[2]) }
  }

  /// Sets when a payment is asked for next; nil for never.
  static func ask(
    _ payment: PaymentID, at moment: Timestamp?, asked: Int, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE ledger_payment SET ask_at = \(moment), asked = \(asked)
      WHERE id = \(payment) AND community_id = \(transaction.community) AND state = 'pending'
      """)
  }

  static func ask(
    _ refund: RefundID, at moment: Timestamp?, asked: Int, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE ledger_refund SET ask_at = \(moment), asked = \(asked)
      WHERE id = \(refund) AND community_id = \(transaction.community)
        AND (state IN ('due', 'sent', 'refused') OR other_way IS NOT NULL)
      """)
  }

  /// Keeps what the payer is shown.
  static func keep(_ prompt: String, of payment: PaymentID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_payment SET prompt = \(prompt) WHERE id = \(payment) AND community_id = \(transaction.community)
      """)
  }

  /// The payment that a trade number names, whatever its community: the gateway knows none.
  static func payment(_ trade: TradeNumber, _ snapshot: Snapshot) throws -> (Payment, CommunityID)? {
    guard let id = PaymentID(trade.text) else { return nil }
    let community: CommunityID? = try snapshot.value(
      "SELECT community_id FROM ledger_payment WHERE id = \(id)")
    guard let community, let payment = try PaymentStore.find(id, in: community, snapshot) else { return nil }
    return (payment, community)
  }
}
