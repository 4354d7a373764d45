import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("What the check says of goods by the case")
struct CasePackInvariantTests {
  private let fixture = CaseFixture()

  /// Two orders, closed: three pieces became four, two stayed two.
  private func withClosed(
    _ engine: TestEngine, _ body: @Sendable (Database) async throws -> Void
  ) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await fixture.place(database, 1, fixture.wish(3, 1))
      try await fixture.place(database, 2, fixture.wish(2))
      try await fixture.close(database)
      #expect(try await fixture.lines(database).mapValues(\.quantity) == [1: 4, 2: 2])
      #expect(try await fixture.pickup.breaches(database) == [])
      try await body(database)
    }
  }

  @Test("each breach is named", arguments: TestEngine.available)
  func names(_ engine: TestEngine) async throws {
    let breaches: [(Query, String)] = [
      ("UPDATE shop_order_line SET quantity = 5 WHERE wanted = 3", "shop.more_than_tolerated"),
      ("UPDATE shop_order_line SET quantity = 3 WHERE wanted = 3", "shop.cases_not_whole"),
      ("UPDATE shop_order_line SET wanted = NULL WHERE wanted = 2", "shop.cases_not_whole"),
      ("UPDATE shop_order_line SET tolerance = 2 WHERE wanted = 3", "shop.case_claims_differ"),
      ("UPDATE shop_order_line SET wanted = 1 WHERE wanted = 2", "shop.case_claims_differ"),
      (
        """
        INSERT INTO shop_case_claim (item_id, sequence, community_id, order_id, position, quantity_change,
          tolerance_change, wanted, tolerated, asked_at)
        SELECT item_id, sequence + 1, community_id, order_id, position, 0, 0, wanted + 1, tolerated, asked_at
        FROM shop_case_claim WHERE sequence = 2
        """, "shop.case_claims_broken"
      ),
    ]
    for (statement, name) in breaches {
      try await withClosed(engine) { database in
        try await database.write(in: fixture.desk.community) { _ = try $0.execute(statement) }
        let names = Set(try await fixture.pickup.breaches(database).map(\.name))
        #expect(names.contains(name), "\(names)")
      }
    }
  }

  @Test("what was asked when is never changed or taken away", arguments: TestEngine.available)
  func isAppendOnly(_ engine: TestEngine) async throws {
    try await withClosed(engine) { database in
      for statement: Query in [
        "UPDATE shop_case_claim SET asked_at = 0 WHERE sequence = 1", "DELETE FROM shop_case_claim",
      ] {
        await #expect(throws: DatabaseError.self) {
          try await database.write(in: fixture.desk.community) { try $0.execute(statement) }
        }
      }
    }
  }
}
