import Database
import Kernel

/// The queries that end what has been kept long enough.
enum RetentionStore {
  /// Deletes the oldest messages with their deliveries and receipts.
  /// - Returns: how many messages were deleted.
  static func forget(sentBefore moment: Timestamp, limit: Int, in transaction: Transaction) throws -> Int {
    let old: [MessageID] = try transaction.values(
      messages(sentBefore: moment, limit: limit, in: transaction.community))
    if old.isEmpty { return 0 }
    try transaction.execute(
      """
      DELETE FROM messages_delivery
      WHERE community_id = \(transaction.community) AND message_id IN \(list: old)
      """)
    try transaction.execute(
      """
      DELETE FROM messages_message WHERE community_id = \(transaction.community) AND id IN \(list: old)
      """)
    return old.count
  }

  static func messages(sentBefore moment: Timestamp, limit: Int, in community: CommunityID) -> Query {
    """
    SELECT id FROM messages_message WHERE community_id = \(community) AND sent_at < \(moment)
    ORDER BY sent_at, id LIMIT \(limit)
    """
  }

  /// Whether the community has been told anything yet.
  static func isEmpty(in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    let first: MessageID? = try snapshot.value(
      "SELECT id FROM messages_message WHERE community_id = \(community) LIMIT 1")
    return first == nil
  }
}
