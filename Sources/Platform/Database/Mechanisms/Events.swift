package import Kernel
import Metrics

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
  /// For how long an event is given to the handler after it was published; nil for ever.
  ///
  /// A handler that tells people of things must not tell old news: after the program stood still for days, or with a
  /// database that it opens for the first time, what happened long ago would come as if it had happened now.
  package let freshFor: Duration?
  /// Is given events of one community that have its kinds, in their order: one or many, so that what it has to know of
  /// them is read for all at once. Runs in the transaction that also moves the cursor: its changes happen exactly once.
  package let handle: @Sendable (Transaction, [Event]) throws -> Void

  /// - Parameter freshFor: events that were published longer ago are passed over, for whoever tells people of them.
  package init(
    _ name: StaticString, kinds: Set<String>, freshFor: Duration? = nil,
    handle: @escaping @Sendable (Transaction, [Event]) throws -> Void
  ) {
    self.name = name.description
    self.kinds = kinds
    self.freshFor = freshFor
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
    var sequence = try EventPump.lastSequence(community, in: self)
    var rows = Rows(
      into: "platform_event", "community_id", "sequence", "kind", "subject_id", "body", "published_at")
    rows.reserve(events.count)
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

/// Hands events to the handlers that want them, to each in a transaction of its own together with its cursor.
///
/// Nobody waits for what handlers do, so they give way to those who wait for an answer: while writes wait, a pass over
/// the handlers begins a second after the last one. In a rush that leaves the writer no moment a handler still gets 200
/// events a second, and what was left follows when there is room.
package struct EventPump: Sendable {
  /// Events that one turn of a handler takes at most: it holds the writer for some milliseconds.
  private static let batchLimit = 200
  /// Events of other kinds that one turn looks through.
  private static let window: Int64 = 5000
  private static let patience = Duration.seconds(1)
  private let database: Database
  private let handlers: [EventHandler]
  /// Events that some handler has not got yet: what is still to be done of what has happened.
  private let behind = Gauge(label: "events_behind")

  package init(_ database: Database, handlers: [EventHandler]) {
    self.database = database
    self.handlers = handlers
  }

  private struct Turn: Sendable {
    let community: CommunityID
    let handler: EventHandler
  }

  /// Hands on what is waiting now, in every community.
  /// - Returns: how many events were put behind a handler, those included that it does not want.
  @discardableResult
  package func drain() async throws -> Int {
    if handlers.isEmpty { return 0 }
    var handed = 0
    while case let turns = try await turns(), !turns.isEmpty {
      try await database.waitForLull(atMost: Self.patience)
      // One turn each, so that a handler or a community with much to do does not keep the others waiting.
      for turn in turns { handed += try await take(turn) }
    }
    return handed
  }

  /// Every handler that has something left, in the order of the communities.
  private func turns() async throws -> [Turn] {
    let (turns, behind) = try await database.read { snapshot in
      var turns: [Turn] = []
      var behind: Int64 = 0
      for community in try Self.communitiesWithEvents(snapshot) {
        let last = try Self.lastSequence(community, in: snapshot)
        let cursors = try EventCursor.all(community, in: snapshot)
        var slowest = last
        for handler in handlers {
          let cursor = cursors[handler.name] ?? EventCursor()
          slowest = min(slowest, cursor.sequence)
          guard cursor.sequence < last, cursor.notBefore <= snapshot.now else { continue }
          turns.append(Turn(community: community, handler: handler))
        }
        behind += last - slowest
      }
      return (turns, behind)
    }
    self.behind.record(behind)
    return turns
  }

  /// Walks from community to community by the primary key, instead of reading every event.
  private static func communitiesWithEvents(_ snapshot: Snapshot) throws -> [CommunityID] {
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

  private func take(_ turn: Turn) async throws -> Int {
    let (handler, community) = (turn.handler, turn.community)
    do {
      return try await database.write(in: community) { transaction in
        let cursor = try EventCursor.find(handler.name, community, in: transaction)
        let last = try Self.lastSequence(community, in: transaction)
        // Another program may have taken this turn.
        guard cursor.sequence < last, cursor.notBefore <= transaction.now else { return 0 }
        let end = min(last, cursor.sequence + Self.window)
        let events = try Self.events(
          for: handler, after: cursor.sequence, through: end, community, in: transaction)
        if !events.isEmpty { try handler.handle(transaction, events) }
        let reached = events.count == Self.batchLimit ? events.last?.sequence ?? end : end
        try EventCursor(sequence: reached).save(handler.name, in: transaction)
        return Int(reached - cursor.sequence)
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

  fileprivate static func lastSequence(_ community: CommunityID, in snapshot: Snapshot) throws -> Int64 {
    try snapshot.value(
      """
      SELECT sequence FROM platform_event WHERE community_id = \(community)
      ORDER BY sequence DESC LIMIT 1
      """) ?? 0
  }

  /// The events that a handler wants; those that are no news to it any more are left out.
  private static func events(
    for handler: EventHandler, after first: Int64, through last: Int64, _ community: CommunityID,
    in snapshot: Snapshot
  ) throws -> [Event] {
    let fresh: Query = handler.freshFor.map { "AND published_at > \(snapshot.now - $0)" } ?? ""
    return try snapshot.all(
      """
      SELECT sequence, kind, subject_id, body, published_at FROM platform_event
      WHERE community_id = \(community) AND sequence > \(first) AND sequence <= \(last)
        AND kind IN \(list: handler.kinds.sorted()) \(fresh) ORDER BY sequence LIMIT \(batchLimit)
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
    try all(community, in: snapshot)[handler] ?? EventCursor()
  }

  /// By the names of the handlers.
  static func all(_ community: CommunityID, in snapshot: Snapshot) throws -> [String: EventCursor] {
    var cursors: [String: EventCursor] = [:]
    try snapshot.forEach(
      """
      SELECT handler, sequence, attempts, not_before, last_error FROM platform_event_cursor
      WHERE community_id = \(community)
      """
    ) { row in
      cursors[try row[0]] = EventCursor(
        sequence: try row[1], attempts: try row[2], notBefore: try row[3], lastError: try row[4])
    }
    return cursors
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
