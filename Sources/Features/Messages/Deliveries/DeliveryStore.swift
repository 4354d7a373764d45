import Database
import Kernel

/// The queries of deliveries.
enum DeliveryStore {
  private static let columns: Query = """
    id, message_id, recipient_id, way, position, state, due_at, turn, attempts, receipt, reason, first_tried_at,
    sent_at, ended_at
    """

  /// One whose turn it is.
  struct Due: Sendable, Equatable {
    let id: DeliveryID
    let community: CommunityID
  }

  /// What services are to be asked about, whatever their community.
  static func due(limit: Int, _ snapshot: Snapshot) throws -> [Due] {
    try snapshot.all(
      """
      SELECT id, community_id FROM messages_delivery
      WHERE due_at IS NOT NULL AND way IN ('sms', 'wechat') AND due_at <= \(snapshot.now)
      ORDER BY due_at LIMIT \(limit)
      """
    ) { row in Due(id: try row[0], community: try row[1]) }
  }

  static func find(
    _ id: DeliveryID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Delivery? {
    try snapshot.first(
      "SELECT \(columns) FROM messages_delivery WHERE id = \(id) AND community_id = \(community)",
      Delivery.init)
  }

  static func list(
    of message: MessageID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Delivery] {
    try snapshot.all(
      """
      SELECT \(columns) FROM messages_delivery WHERE message_id = \(message) AND community_id = \(community)
      ORDER BY position
      """, Delivery.init)
  }

  /// The delivery that a service names by its number, whatever its community: the service knows none.
  static func find(
    way: MessageWay, receipt: String, _ snapshot: Snapshot
  ) throws -> (delivery: Delivery, community: CommunityID)? {
    try snapshot.first(
      """
      SELECT \(columns), community_id FROM messages_delivery WHERE way = \(way) AND receipt = \(receipt)
      ORDER BY id LIMIT 1
      """
    ) { row in (delivery: try Delivery(row), community: try row[14]) }
  }

  /// Those that wait for a person of the community, by the way, in the order of their time.
  static func waiting(
    _ way: MessageWay, until moment: Timestamp, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Delivery] {
    try snapshot.all(
      """
      SELECT \(columns) FROM messages_delivery
      WHERE community_id = \(community) AND way = \(way) AND state = 'queued' AND way IN ('call', 'slip')
        AND due_at <= \(moment)
      ORDER BY due_at, id LIMIT \(limit)
      """, Delivery.init)
  }

  /// What waits for a person of a community and is not worth it any more, whatever its community.
  static func expired(limit: Int, _ snapshot: Snapshot) throws -> [Due] {
    try snapshot.all(
      """
      SELECT delivery.id, delivery.community_id FROM messages_delivery AS delivery
      JOIN messages_message AS message ON message.id = delivery.message_id
      WHERE delivery.state = 'queued' AND delivery.way IN ('call', 'slip') AND delivery.due_at IS NOT NULL
        AND message.expires_at <= \(snapshot.now)
      ORDER BY delivery.id LIMIT \(limit)
      """
    ) { row in Due(id: try row[0], community: try row[1]) }
  }

  static func insert(_ deliveries: [Delivery], in transaction: Transaction) throws {
    var rows = Rows(
      into: "messages_delivery", "id", "community_id", "message_id", "recipient_id", "way", "position",
      "state",
      "due_at", "created_at")
    rows.reserve(deliveries.count)
    for delivery in deliveries {
      rows.append(values: [
        delivery.id.storedValue, transaction.community.storedValue, delivery.message.storedValue,
        delivery.recipient.storedValue, delivery.way.storedValue, delivery.position.storedValue,
        delivery.state.storedValue, delivery.dueAt.storedValue, transaction.now.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// Writes how a delivery stands, if nobody has taken it up since.
  /// - Parameter turn: the one in which it was read.
  /// - Returns: whether it was written.
  static func move(_ delivery: Delivery, from turn: Int64, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      UPDATE messages_delivery SET state = \(delivery.state), due_at = \(delivery.dueAt), turn = \(delivery.turn),
        attempts = \(delivery.attempts), receipt = \(delivery.receipt), reason = \(delivery.reason),
        first_tried_at = \(delivery.firstTriedAt), sent_at = \(delivery.sentAt), ended_at = \(delivery.endedAt)
      WHERE id = \(delivery.id) AND community_id = \(transaction.community) AND turn = \(turn)
        AND ended_at IS NULL
      """) == 1
  }

  /// Moves the time of a delivery that could not be dealt with.
  static func putOff(_ id: DeliveryID, until moment: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE messages_delivery SET due_at = \(moment)
      WHERE id = \(id) AND community_id = \(transaction.community) AND ended_at IS NULL AND due_at <= \(moment)
      """)
  }

  // MARK: - For operators

  /// How many stand how since a moment, by way.
  static func counts(
    since moment: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MessageWay: [Delivery.State: Int]] {
    var counts: [MessageWay: [Delivery.State: Int]] = [:]
    try snapshot.forEach(
      """
      SELECT way, state, count(*) FROM messages_delivery
      WHERE community_id = \(community) AND created_at >= \(moment) GROUP BY way, state
      """
    ) { row in counts[try row[0], default: [:]][try row[1]] = try row[2] }
    return counts
  }

  /// The reasons for which deliveries stand still or ended badly since a moment, the most frequent first.
  static func reasons(
    since moment: Timestamp, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DeliveryReason] {
    try snapshot.all(
      """
      SELECT way, state, reason, count(*) AS number, max(created_at) FROM messages_delivery
      WHERE community_id = \(community) AND created_at >= \(moment) AND reason IS NOT NULL
      GROUP BY way, state, reason ORDER BY number DESC, reason, way, state LIMIT \(limit)
      """
    ) { row in
      DeliveryReason(
        way: try row[0], state: try row[1], reason: try row[2], count: try row[3], latest: try row[4])
    }
  }
}

/// Why some deliveries stand as they do.
struct DeliveryReason: Sendable, Equatable {
  let way: MessageWay
  let state: Delivery.State
  let reason: String
  let count: Int
  let latest: Timestamp
}

extension Delivery {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], message: try row[1], recipient: try row[2], way: try row[3], position: try row[4],
      state: try row[5], dueAt: try row[6], turn: try row[7], attempts: try row[8], receipt: try row[9],
      reason: try row[10], firstTriedAt: try row[11], sentAt: try row[12], endedAt: try row[13])
  }
}
