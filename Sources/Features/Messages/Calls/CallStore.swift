import Database
import Kernel

/// The queries of calls beyond those of deliveries.
enum CallStore {
  /// Gives a call into somebody's hands, if it is free.
  /// - Returns: false when somebody else has it, or it is no call that waits.
  static func take(
    _ call: Delivery, by person: PersonID, until moment: Timestamp, in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      UPDATE messages_delivery SET taken_by_id = \(person), due_at = \(moment), turn = turn + 1
      WHERE id = \(call.id) AND community_id = \(transaction.community) AND way = 'call' AND state = 'queued'
        AND (due_at <= \(transaction.now) OR taken_by_id = \(person))
      """) == 1
  }

  /// Who has a call in hand; nil where nobody has.
  static func holder(of call: DeliveryID, in community: CommunityID, _ snapshot: Snapshot) throws -> PersonID?
  {
    try snapshot.value(
      """
      SELECT taken_by_id FROM messages_delivery
      WHERE id = \(call) AND community_id = \(community) AND way = 'call' AND state = 'queued'
      """)
  }

  /// Whether the time is not over for which somebody has a call in hand.
  static func isInHand(_ call: DeliveryID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM messages_delivery
      WHERE id = \(call) AND community_id = \(community) AND taken_by_id IS NOT NULL AND due_at > \(snapshot.now)
      """)
  }

  static func release(_ call: DeliveryID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE messages_delivery SET taken_by_id = NULL
      WHERE id = \(call) AND community_id = \(transaction.community)
      """)
  }

  /// The calls that somebody has in hand and has not told the outcome of, the oldest first.
  static func inHand(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DeliveryID] {
    try snapshot.values(
      """
      SELECT id FROM messages_delivery WHERE community_id = \(community) AND way = 'call' AND state = 'queued'
        AND taken_by_id = \(person) AND due_at > \(snapshot.now)
      ORDER BY due_at LIMIT 20
      """)
  }
}
