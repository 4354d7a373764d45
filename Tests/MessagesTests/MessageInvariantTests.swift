import Database
import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("What nuanlin check finds of messages")
struct MessageInvariantTests {
  private static let falsifications: [(breach: String, statement: Query)] = [
    ("messages.delivery_of_other_recipient", "UPDATE messages_delivery SET recipient_id = 5"),
    ("messages.way_without_earlier_way", "UPDATE messages_delivery SET position = 2"),
    ("messages.sent_without_try", "UPDATE messages_delivery SET first_tried_at = NULL"),
    ("messages.read_before_sent", "UPDATE messages_message SET read_at = sent_at - 1"),
    (
      "messages.two_ways_at_once",
      """
      INSERT INTO messages_delivery (id, community_id, message_id, recipient_id, way, position, state, due_at, created_at)
      SELECT delivery.id + other.number, delivery.community_id, delivery.message_id, delivery.recipient_id,
        CASE WHEN other.number = 1 THEN 'call' ELSE 'slip' END, delivery.position + other.number, 'queued', 1, 1
      FROM messages_delivery AS delivery, (SELECT 1 AS number UNION ALL SELECT 2) AS other
      """
    ),
  ]

  @Test("each falsified row is named, and an honest one is not", arguments: TestEngine.available)
  func falsifications(_ engine: TestEngine) async throws {
    for (breach, statement) in Self.falsifications {
      try await Station.with(engine) { station in
        try await station.send([station.message()])
        try await station.messages.deliveries.round()
        #expect(try await station.breaches() == [])
        try await station.database.write(in: station.community) { try $0.execute(statement) }
        let found = try await station.breaches()
        #expect(found.contains { $0.name == breach }, "\(breach) was not named among \(found)")
      }
    }
  }

  @Test("what every round asks is answered by an index", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let now = station.clock.now
      let queries: [Query] = [
        "SELECT id FROM messages_delivery WHERE due_at IS NOT NULL AND way IN ('sms', 'wechat') AND due_at <= \(now) ORDER BY due_at LIMIT 5",
        "SELECT id FROM messages_message WHERE community_id = \(station.community) AND recipient_id = \(station.wang) AND read_at IS NULL",
        """
        SELECT id FROM messages_message WHERE community_id = \(station.community) AND recipient_id = \(station.wang)
        ORDER BY sent_at DESC, id DESC LIMIT 20
        """,
        "SELECT id FROM messages_delivery WHERE way = 'wechat' AND receipt = \("r") ORDER BY id LIMIT 1",
        """
        SELECT id FROM messages_delivery WHERE community_id = \(station.community) AND way = 'call' AND state = 'queued'
          AND way IN ('call', 'slip') AND due_at <= \(now) ORDER BY due_at, id LIMIT 50
        """,
      ]
      try await station.database.read { snapshot in
        for query in queries {
          let plan = try snapshot.plan(query)
          #expect(!plan.isEmpty)
          if engine == .sqlite { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)") }
        }
        // Each of these runs on both engines.
        _ = try DeliveryStore.counts(since: now, in: station.community, snapshot)
        _ = try DeliveryStore.reasons(since: now, limit: 5, in: station.community, snapshot)
        _ = try DeliveryStore.expired(limit: 5, snapshot)
        _ = try CallStore.inHand(of: station.wang, in: station.community, snapshot)
      }
    }
  }
}
