import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Shop

@Suite("Buying whole cases at the close")
struct CasePurchaseTests {
  private let fixture = CaseFixture()

  @Test("tolerances fill the second case, and everybody is told", arguments: TestEngine.available)
  func fillsACase(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      let first = try await fixture.place(database, 1, fixture.wish(3, 2))
      try await fixture.place(database, 2, fixture.wish(4))
      try await fixture.place(database, 3, fixture.wish(1, 4), fixture.wish(2, of: 1))
      try await fixture.close(database)
      let lines = try await fixture.lines(database)
      #expect(lines.mapValues(\.quantity) == [1: 5, 2: 4, 3: 3])
      #expect(lines.mapValues(\.wanted) == [1: 3, 2: 4, 3: 1])
      #expect(lines.values.allSatisfy { $0.allocated == nil })
      let orders = try await fixture.pickup.orders(database)
      #expect(orders.map(\.total.minorUnits) == [1750, 1400, 1750])
      #expect(orders.map(\.revision) == [2, 1, 2])
      #expect(try await fixture.desk.level(0, in: database)?.promised == 12)
      #expect(try await fixture.events("shop.order_rounded_to_cases", database).count == 2)
      let bought = try await fixture.events("shop.cases_bought", database)
      #expect(bought.count == 1 && bought[0].contains(#""case_size":6,"cases":2,"units":12"#))
      #expect(first.lines[0].wanted == nil)
      let outstanding = fixture.told.settlements.withLock { $0.map(\.outstanding.minorUnits) }
      #expect(outstanding == [1750, 1750])
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test(
    "a case that is not filled is not bought: the last to ask get nothing of it",
    arguments: TestEngine.available)
  func buysNoPartOfACase(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await fixture.place(database, 1, fixture.wish(4, 1))
      try await fixture.place(database, 2, fixture.wish(3))
      let only = try await fixture.place(database, 3, fixture.wish(2))
      let both = try await fixture.place(database, 4, fixture.wish(1), fixture.wish(2, of: 1))
      try await fixture.close(database)
      let lines = try await fixture.lines(database)
      #expect(lines.mapValues(\.quantity) == [1: 4, 2: 2, 3: 0, 4: 0])
      #expect(lines.mapValues(\.wanted) == [1: 4, 2: 3, 3: 2, 4: 1])
      #expect(lines[3]?.allocated == 0 && lines[4]?.allocated == 0 && lines[2]?.allocated == nil)
      let released = try await fixture.pickup.order(only.id, database)
      #expect(released.fulfilment == .released && released.payment == .void && released.total == .zero)
      let kept = try await fixture.pickup.order(both.id, database)
      #expect(kept.fulfilment == .placed && kept.total == .fen(2 * 350))
      #expect(try await fixture.events("shop.order_released", database).count == 1)
      #expect(try await fixture.pickup.breaches(database) == [])
      // What was not bought is no claim when goods are counted, nor when they are counted anew.
      for arrived in [Int64(6), 5, 6] {
        try await fixture.arrive(database, arrived)
        #expect(try await fixture.lines(database).mapValues(\.due) == [1: 4, 2: arrived - 4, 3: 0, 4: 0])
        #expect(try await fixture.pickup.breaches(database) == [])
      }
    }
  }

  @Test(
    "no case is opened on tolerance alone, and nothing at all may be bought", arguments: TestEngine.available)
  func opensNoCaseOnTolerance(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await fixture.place(database, 1, fixture.wish(6, 6))
      try await fixture.close(database)
      #expect(try await fixture.lines(database).mapValues(\.quantity) == [1: 6])
      #expect(try await fixture.pickup.breaches(database) == [])
    }
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await fixture.place(database, 1, fixture.wish(3, 2))
      try await fixture.close(database)
      #expect(try await fixture.lines(database).mapValues(\.quantity) == [1: 0])
      #expect(try await fixture.desk.level(0, in: database)?.promised == 0)
      try await fixture.arrive(database, 0)
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test(
    "tolerances may reach the merchant's minimum; below it nothing is bought", arguments: TestEngine.available
  )
  func reachesTheMinimum(_ engine: TestEngine) async throws {
    for (tolerance, units) in [(Int64(5), Int64(12)), (4, 0)] {
      try await fixture.with(engine) { database in
        try await fixture.seed(database, minimum: 10)
        try await fixture.place(database, 1, fixture.wish(4, tolerance))
        try await fixture.place(database, 2, fixture.wish(3))
        try await fixture.close(database)
        let lines = try await fixture.lines(database)
        #expect(lines.values.reduce(0) { $0 + $1.quantity } == units)
        #expect(lines[2]?.quantity == (units > 0 ? 3 : 0))
        #expect(try await fixture.events("shop.campaign_item_dropped", database).isEmpty)
        #expect(try await fixture.pickup.breaches(database) == [])
      }
    }
  }

  @Test(
    "an order that grew and was paid before owes the rest; one that shrank gets it back",
    arguments: TestEngine.available)
  func settles(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      let grown = try await fixture.place(database, 1, fixture.wish(2, 4))
      let same = try await fixture.place(database, 2, fixture.wish(3))
      fixture.told.paid.withLock { $0 = [grown.id: grown.total, same.id: same.total] }
      for order in [grown, same] {
        try await database.write(in: fixture.desk.community) {
          try OrderPayments.paymentCame(order.id, fixture.told.books, by: .machine, in: $0)
        }
      }
      try await fixture.close(database)
      let after = try await fixture.pickup.orders(database)
      #expect(after.map(\.payment) == [.due, .received])
      #expect(after.map(\.total.minorUnits) == [1050, 1050])
    }
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await fixture.place(database, 1, fixture.wish(5))
      let shrunk = try await fixture.place(database, 2, fixture.wish(3))
      fixture.told.paid.withLock { $0 = [shrunk.id: shrunk.total] }
      fixture.told.settlements.withLock { $0 = [] }
      try await fixture.close(database)
      let after = try await fixture.pickup.order(shrunk.id, database)
      #expect(after.total == .fen(350) && after.payment == .received)
      let settlement = try #require(fixture.told.settlements.withLock { $0.first { $0.order == shrunk.id } })
      #expect(settlement.outstanding == .fen(350) && settlement.reason == .shortage)
    }
  }

  @Test("limited stock in whole cases is never exceeded on the way", arguments: TestEngine.available)
  func keepsToLimitedStock(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database, stock: 12)
      try await fixture.place(database, 1, fixture.wish(1, 5))
      try await fixture.place(database, 2, fixture.wish(6, 3))
      try await fixture.place(database, 3, fixture.wish(1, 4))
      try await fixture.close(database)
      #expect(try await fixture.lines(database).mapValues(\.quantity) == [1: 5, 2: 6, 3: 1])
      #expect(try await fixture.desk.level(0, in: database)?.left == 0)
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("a campaign that fails rounds nothing", arguments: TestEngine.available)
  func roundsNothingWhenItFails(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      try await database.write(in: fixture.desk.community) {
        try $0.execute(
          "UPDATE shop_campaign SET minimum_kind = 'households', minimum_amount = 9 WHERE id = \(fixture.desk.campaign)"
        )
      }
      try await fixture.place(database, 1, fixture.wish(4, 2))
      try await fixture.close(database)
      #expect(try await fixture.lines(database).mapValues(\.wanted) == [1: nil])
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }
}
