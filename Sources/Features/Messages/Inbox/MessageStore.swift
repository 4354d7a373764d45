import Database
import Kernel

/// The queries of messages as they lie in the inbox.
enum MessageStore {
  private static let columns: Query =
    "id, recipient_id, kind, text_zh, text_en, path, sent_at, expires_at, read_at"

  /// Those that were not sent before, each once.
  static func new(among messages: [Message], in transaction: Transaction) throws -> [Message] {
    var seen: Set<Key> = []
    let different = messages.filter { seen.insert(Key($0)).inserted }
    var keys = Rows(
      into: "messages_message", "community_id", "recipient_id", "kind", "subject_id", "occasion")
    for message in different {
      keys.append(values: [
        transaction.community.storedValue, message.recipient.storedValue, .text(message.kind.code),
        .integer(message.subject), .text(message.occasion),
      ])
    }
    let known = try transaction.found(keys)
    return different.enumerated().filter { !known.contains($0.offset) }.map(\.element)
  }

  private struct Key: Hashable {
    let recipient: PersonID
    let kind: String
    let subject: Int64
    let occasion: String

    init(_ message: Message) {
      recipient = message.recipient
      kind = message.kind.code
      subject = message.subject
      occasion = message.occasion
    }
  }

  static func insert(
    _ messages: [(id: MessageID, message: Message)], in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "messages_message", "id", "community_id", "recipient_id", "kind", "subject_id", "occasion",
      "text_zh", "text_en", "path", "sent_at", "expires_at")
    rows.reserve(messages.count)
    for (id, message) in messages {
      rows.append(values: [
        id.storedValue, transaction.community.storedValue, message.recipient.storedValue,
        .text(message.kind.code), .integer(message.subject), .text(message.occasion),
        .text(message.text.chinese), .text(message.text.english), message.path.storedValue,
        transaction.now.storedValue, (transaction.now + message.kind.patience).storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  static func find(
    _ id: MessageID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> InboxMessage? {
    try snapshot.first(
      "SELECT \(columns) FROM messages_message WHERE id = \(id) AND community_id = \(community)",
      InboxMessage.init)
  }

  static func find(
    _ ids: [MessageID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MessageID: InboxMessage] {
    var found: [MessageID: InboxMessage] = [:]
    for some in snapshot.chunks(of: ids) {
      let messages = try snapshot.all(
        """
        SELECT \(columns) FROM messages_message WHERE id IN \(list: some) AND community_id = \(community)
        """, InboxMessage.init)
      for message in messages { found[message.id] = message }
    }
    return found
  }

  /// A person's messages, the newest first.
  /// - Parameter last: the message after which to go on; nil from the newest on.
  static func inbox(
    of person: PersonID, after last: InboxMessage?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [InboxMessage] {
    let rest: Query = last.map { "AND (sent_at, id) < (\($0.sentAt), \($0.id))" } ?? ""
    return try snapshot.all(
      """
      SELECT \(columns) FROM messages_message
      WHERE community_id = \(community) AND recipient_id = \(person) \(rest)
      ORDER BY sent_at DESC, id DESC LIMIT \(limit)
      """, InboxMessage.init)
  }

  static func unread(of person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    try snapshot.value(
      """
      SELECT count(*) FROM messages_message
      WHERE community_id = \(community) AND recipient_id = \(person) AND read_at IS NULL
      """) ?? 0
  }

  /// Marks a person's messages as read, up to the newest that they have seen.
  static func markRead(
    upTo last: Timestamp, of person: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE messages_message SET read_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND recipient_id = \(person) AND read_at IS NULL
        AND sent_at <= \(last)
      """)
  }
}

extension InboxMessage {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    recipient = try row[1]
    kind = try row[2]
    text = Phrase(try row[3], try row[4])
    path = try row[5]
    sentAt = try row[6]
    expiresAt = try row[7]
    readAt = try row[8]
  }
}
