package import Kernel

/// Something that happened in a feature, told to others: a row written in the same transaction as the change.
///
/// Within a community events have a gapless order, and each handler sees each event exactly once.
package struct Event: Sendable {
  package let community: CommunityID
  /// 1, 2, 3 … within the community.
  package let sequence: Int64
  /// `feature.what_happened`, such as `shop.order_placed`.
  package let kind: String
  /// The identifier of the thing it happened to.
  package let subject: Int64
  /// JSON in the publisher's own words; ids and amounts, no personal data.
  package let body: String
  package let publishedAt: Timestamp
}

/// What a feature does when something happens elsewhere.
package struct EventHandler: Sendable {
  /// Stable name: its cursor is stored under it.
  package let name: String
  package let kinds: Set<String>
  /// Runs in the transaction that also moves the cursor: its changes happen exactly once.
  package let handle: @Sendable (Transaction, Event) throws -> Void

  package init(
    _ name: StaticString, kinds: Set<String>,
    handle: @escaping @Sendable (Transaction, Event) throws -> Void
  ) {
    self.name = name.description
    self.kinds = kinds
    self.handle = handle
  }
}

extension Topic {
  /// Touched by every transaction that publishes an event.
  package static let events = Topic("platform.event")
}

extension Transaction {
  /// Publishes an event. Ids and amounts only: events outlive the deletion of a person.
  package func publish(_ kind: StaticString, subject: Int64, body: String = "{}") throws {
    try publish([(kind: kind.description, subject: subject, body: body)])
  }

  /// Publishes several events, in order, in one go.
  package func publish(_ events: [(kind: String, subject: Int64, body: String)]) throws {
    if events.isEmpty { return }
    let last: Int64? = try value(
      """
      SELECT sequence FROM platform_event WHERE community_id = \(community)
      ORDER BY sequence DESC LIMIT 1
      """)
    var rows = Rows(
      into: "platform_event", "community_id", "sequence", "kind", "subject_id", "body", "published_at")
    rows.reserve(events.count)
    var sequence = last ?? 0
    for event in events {
      sequence += 1
      rows.append(values: [
        community.storedValue, .integer(sequence), .text(event.kind), .integer(event.subject),
        .text(event.body), now.storedValue,
      ])
    }
    try insert(rows)
    touch(.events)
  }
}

/// Hands each event to the handlers that want it, each in its own transaction together with the cursor.
package struct EventPump: Sendable {
  private static let batchLimit = 200
  private let database: Database
  private let handlers: [EventHandler]

  package init(_ database: Database, handlers: [EventHandler]) {
    self.database = database
    self.handlers = handlers
  }

  /// Hands on what is waiting now, in every community.
  /// - Returns: how many events were handed to a handler.
  @discardableResult
  package func drain() async throws -> Int {
    if handlers.isEmpty { return 0 }
    var handed = 0
    for community in try await communitiesWithEvents() {
      for handler in handlers {
        while case let count = try await drainOnce(handler, community), count > 0 { handed += count }
      }
    }
    return handed
  }

  /// Walks from community to community by the primary key, instead of reading every event.
  private func communitiesWithEvents() async throws -> [CommunityID] {
    try await database.read { snapshot in
      try snapshot.values(
        """
        WITH RECURSIVE community(id) AS (
          SELECT min(community_id) FROM platform_event
          UNION ALL
          SELECT (SELECT min(community_id) FROM platform_event WHERE community_id > community.id)
          FROM community WHERE community.id IS NOT NULL)
        SELECT id FROM community WHERE id IS NOT NULL
        """)
    }
  }

  private func drainOnce(_ handler: EventHandler, _ community: CommunityID) async throws -> Int {
    let hasWork = try await database.read { snapshot in
      let cursor = try EventCursor.find(handler.name, community, in: snapshot)
      return try cursor.notBefore <= snapshot.now
        && snapshot.exists(
          "SELECT 1 FROM platform_event WHERE community_id = \(community) AND sequence > \(cursor.sequence) LIMIT 1"
        )
    }
    guard hasWork else { return 0 }
    do {
      return try await database.write(in: community) { transaction in
        var cursor = try EventCursor.find(handler.name, community, in: transaction)
        let events = try Self.events(after: cursor.sequence, community, in: transaction)
        for event in events where handler.kinds.contains(event.kind) {
          try handler.handle(transaction, event)
        }
        guard let last = events.last else { return 0 }
        cursor = EventCursor(sequence: last.sequence)
        try cursor.save(handler.name, in: transaction)
        return events.count
      }
    } catch {
      try await postpone(handler, community, because: error)
      return 0
    }
  }

  /// The handler failed: its changes are undone, and it is tried again after a growing pause.
  private func postpone(
    _ handler: EventHandler, _ community: CommunityID, because error: any Error
  ) async throws {
    let reason = FailureText.of(error)
    try await database.write(in: community) { transaction in
      var cursor = try EventCursor.find(handler.name, community, in: transaction)
      cursor.attempts += 1
      cursor.notBefore = transaction.now + Backoff.pause(after: cursor.attempts)
      cursor.lastError = reason
      try cursor.save(handler.name, in: transaction)
    }
  }

  private static func events(
    after sequence: Int64, _ community: CommunityID, in snapshot: Snapshot
  ) throws -> [Event] {
    try snapshot.all(
      """
      SELECT sequence, kind, subject_id, body, published_at FROM platform_event
      WHERE community_id = \(community) AND sequence > \(sequence) ORDER BY sequence LIMIT \(batchLimit)
      """
    ) { row in
      Event(
        community: community, sequence: try row[0], kind: try row[1], subject: try row[2],
        body: try row[3], publishedAt: try row[4])
    }
  }
}

private struct EventCursor {
  var sequence: Int64 = 0
  var attempts: Int = 0
  var notBefore = Timestamp(seconds: 0)
  var lastError: String?

  static func find(
    _ handler: String, _ community: CommunityID, in snapshot: Snapshot
  ) throws -> EventCursor {
    try snapshot.first(
      """
      SELECT sequence, attempts, not_before, last_error FROM platform_event_cursor
      WHERE community_id = \(community) AND handler = \(handler)
      """
    ) { row in
      EventCursor(sequence: try row[0], attempts: try row[1], notBefore: try row[2], lastError: try row[3])
    } ?? EventCursor()
  }

  func save(_ handler: String, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO platform_event_cursor (community_id, handler, sequence, attempts, not_before, last_error)
      VALUES (\(transaction.community), \(handler), \(sequence), \(attempts), \(notBefore), \(lastError))
      ON CONFLICT (community_id, handler) DO UPDATE SET sequence = excluded.sequence,
        attempts = excluded.attempts, not_before = excluded.not_before, last_error = excluded.last_error
      """)
  }
}
