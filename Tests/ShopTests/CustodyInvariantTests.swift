import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("What nuanlin check finds in the Shop")
struct CustodyInvariantTests {
  private let fixture = PickupFixture()

  /// Each way to falsify what is stored, and the invariant that names it.
  private static let falsifications: [(breach: String, statement: Query)] = [
    ("shop.stock_chain_broken", "UPDATE shop_stock_movement SET on_hand = on_hand + 1 WHERE sequence = 1"),
    ("shop.stock_promised_differs", "UPDATE shop_stock_movement SET promised_change = 9 WHERE sequence = 2"),
    ("shop.shortage_not_shared_out", "UPDATE shop_arrival SET arrived = 1, ordered = 9"),
    (
      "shop.household_quantity_differs",
      "UPDATE shop_campaign SET closed_at = NULL, arrived_at = NULL"
    ),
    ("shop.order_total_differs", "UPDATE shop_order SET total = total + 1"),
    ("shop.collected_more_than_allocated", "UPDATE shop_order_line SET allocated = 0"),
    ("shop.fulfilment_differs", "UPDATE shop_order SET fulfilment = 'placed'"),
    ("shop.collected_without_pickup", "UPDATE shop_order_line SET collected = 1 WHERE position = 0"),
    ("shop.pickup_without_custody", "DELETE FROM shop_custody WHERE step = 'handed_over'"),
    ("shop.arrival_without_custody", "DELETE FROM shop_custody WHERE step = 'arrived'"),
    ("shop.custody_differs_from_stock", "UPDATE shop_custody SET pieces = pieces + 1 WHERE step = 'arrived'"),
  ]

  @Test("each falsified account is named, and an honest one is not", arguments: TestEngine.available)
  func falsifications(engine: TestEngine) async throws {
    for (breach, statement) in Self.falsifications {
      try await engine.withDatabase(shopMigrations, clock: fixture.clock.clock) { database in
        fixture.clock.move(to: DeskFixture.start)
        try await fixture.seed(database, items: [(10, 5), (nil, nil)])
        let placed = try #require(try await fixture.place(database, person: 11, [(0, 2), (1, 3)]))
        try await fixture.close(database)
        try await fixture.arrive(database, [(0, 2), (1, 3)])
        let order = try await fixture.order(placed.id, database)
        _ = try await fixture.handOver(fixture.request(order, cash: order.total), database)
        #expect(try await fixture.breaches(database) == [])
        try await database.write(in: fixture.community) { try $0.execute(statement) }
        let found = try await fixture.breaches(database)
        #expect(found.contains { $0.name == breach }, "\(breach) was not named among \(found)")
      }
    }
  }

  @Test("the check reads each table by sets, never once for each order", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations) { database in
      for invariant in ShopInvariants.invariants {
        let plan = try await database.read { try $0.plan(invariant.query) }
        #expect(
          !plan.contains { $0.contains("CORRELATED") || $0.contains("SubPlan") && !$0.contains("hashed") })
      }
    }
  }
}
