import Database
import Kernel
import People

/// The conditions of Messages' part of the map of data, and what deletion means beyond its tables.
enum MessageRecordsRows {
  /// Deliveries of messages to the person, found by way of the messages, which alone are indexed by recipient.
  static func deliveries(to subject: DataSubject) -> Query {
    """
    recipient_id = \(subject.person) AND message_id IN (
      SELECT id FROM messages_message
      WHERE community_id = \(subject.community) AND recipient_id = \(subject.person))
    """
  }

  /// Takes back whatever waits to be brought to the person, and gives the calls that the person has in hand to others.
  ///
  /// Whoever has a delivery in hand finds it gone and writes nothing of it any more, so no other way begins either.
  static func erase(_ subject: DataSubject, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM messages_delivery
      WHERE community_id = \(transaction.community) AND \(deliveries(to: subject))
      """)
    try transaction.execute(
      """
      UPDATE messages_delivery SET taken_by_id = NULL, due_at = \(transaction.now), turn = turn + 1
      WHERE community_id = \(transaction.community) AND way = 'call' AND state = 'queued'
        AND taken_by_id = \(subject.person)
      """)
  }
}
