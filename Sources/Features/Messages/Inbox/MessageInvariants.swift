import Database

/// What must always hold of messages and their deliveries: a part of `nuanlin check`.
enum MessageInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "messages.delivery_of_other_recipient", [.identifier("delivery"), .identifier("message")],
      """
      SELECT delivery.id, delivery.message_id FROM messages_delivery AS delivery
      LEFT JOIN messages_message AS message ON message.id = delivery.message_id
      WHERE message.id IS NULL OR message.recipient_id <> delivery.recipient_id
        OR message.community_id <> delivery.community_id
      ORDER BY delivery.id LIMIT \(limit)
      """),
    Invariant(
      "messages.two_ways_at_once", [.identifier("message"), "open ways"],
      """
      SELECT message_id, count(*) FROM messages_delivery
      WHERE state IN ('queued', 'sending') GROUP BY message_id HAVING count(*) > 1
      ORDER BY message_id LIMIT \(limit)
      """),
    Invariant(
      "messages.way_without_earlier_way", [.identifier("message"), "ways", "last"],
      """
      SELECT message_id, count(*), max(position) FROM messages_delivery
      GROUP BY message_id HAVING count(*) <> max(position) ORDER BY message_id LIMIT \(limit)
      """),
    Invariant(
      "messages.sent_without_try", [.identifier("delivery")],
      """
      SELECT id FROM messages_delivery
      WHERE way IN ('sms', 'wechat') AND state IN ('sending', 'sent', 'delivered') AND first_tried_at IS NULL
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "messages.read_before_sent", [.identifier("message")],
      """
      SELECT id FROM messages_message WHERE read_at < sent_at OR expires_at < sent_at ORDER BY id LIMIT \(limit)
      """),
  ]
}
