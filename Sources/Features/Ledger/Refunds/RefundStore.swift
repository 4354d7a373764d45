package import Database
package import Kernel

/// The queries of refunds.
package enum RefundStore {
  static let columns: Query = """
    id, payment_id, order_id, campaign_id, channel, amount, reason, state, promised_at, paid_at, paid_by_id, refusal,
    other_way, paid_again_at
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
  package static func open(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Refund] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_refund WHERE community_id = \(community) AND state IN ('due', 'sent', 'refused')
      ORDER BY id LIMIT \(limit)
      """, Refund.init)
  }

  /// What is to be given back in banknotes for these campaigns, oldest first.
  static func dueInCash(
    of campaigns: [CampaignID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Refund] {
    try snapshot.chunks(of: campaigns).flatMap { some in
      try snapshot.all(dueInCash(of: some, in: community), Refund.init)
    }.sorted { $0.id < $1.id }
  }

  static func dueInCash(of campaigns: [CampaignID], in community: CommunityID) -> Query {
    """
    SELECT \(columns) FROM ledger_refund
    WHERE community_id = \(community) AND campaign_id IN \(list: campaigns) AND state = 'due' AND channel = 'cash'
    """
  }

  /// What a payment service has paid although it had been paid by another way, since a moment.
  static func paidAgain(
    since moment: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Refund] {
    try snapshot.all(
      """
      SELECT \(columns) FROM ledger_refund
      WHERE community_id = \(community) AND paid_again_at IS NOT NULL AND paid_again_at >= \(moment)
      ORDER BY paid_again_at
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

  /// Notes why a payment service does not do what it was asked, while the refund stays as it is.
  static func note(_ refusal: String, of id: RefundID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE ledger_refund SET refusal = \(refusal) WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps what the household agreed to, with the way by which a refund was paid instead.
  /// - Parameter agreement: encrypted.
  static func movePaidOtherwise(
    _ refund: Refund, agreement: [UInt8], from state: Refund.State, in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_refund SET state = \(refund.state), paid_at = \(refund.paidAt), paid_by_id = \(refund.paidBy),
        other_way = \(refund.otherWay), agreement = \(agreement), ask_at = NULL
      WHERE id = \(refund.id) AND community_id = \(transaction.community) AND state = \(state)
      """) == 1
  }

  /// What the household agreed to, encrypted; nil where the money went back by the way it came, and once it was cleared
  /// because the person was deleted.
  static func agreement(
    of id: RefundID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [UInt8]? {
    try snapshot.value(
      """
      SELECT agreement FROM ledger_refund
      WHERE id = \(id) AND community_id = \(community) AND length(agreement) > 1
      """)
  }

  /// Notes that a payment service has paid as well, once.
  /// - Returns: whether it was noted now.
  static func markPaidAgain(_ id: RefundID, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_refund SET paid_again_at = \(transaction.now), ask_at = NULL
      WHERE id = \(id) AND community_id = \(transaction.community) AND other_way IS NOT NULL
        AND paid_again_at IS NULL
      """) == 1
  }

  /// Moves a refund on, if it still stands where it was seen.
  /// - Returns: whether it did; when not, somebody else was faster.
  static func move(_ refund: Refund, from state: Refund.State, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE ledger_refund SET state = \(refund.state), paid_at = \(refund.paidAt), paid_by_id = \(refund.paidBy),
        refusal = \(refund.refusal)
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
    refusal = try row[11]
    otherWay = try row[12]
    paidAgainAt = try row[13]
  }
}
