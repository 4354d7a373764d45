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
    // The day is not known here: what is older than a year beside the newest is so today as well.
    Invariant(
      "messages.kept_too_long", [.identifier("community"), "messages", "days older than the newest"],
      """
      SELECT old.community_id, count(*), (newest.sent_at - min(old.sent_at)) / 86400000000
      FROM (SELECT community_id, max(sent_at) AS sent_at FROM messages_message GROUP BY community_id) AS newest
      JOIN messages_message AS old ON old.community_id = newest.community_id
        AND old.sent_at < newest.sent_at - \(ForgetMessages.bound)
      GROUP BY old.community_id, newest.sent_at ORDER BY old.community_id LIMIT \(limit)
      """),
    Invariant(
      "messages.read_before_sent", [.identifier("message")],
      """
      SELECT id FROM messages_message WHERE read_at < sent_at OR expires_at < sent_at ORDER BY id LIMIT \(limit)
      """),
  ]
}
