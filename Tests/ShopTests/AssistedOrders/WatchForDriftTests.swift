import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Alarms about orders for somebody")
struct WatchForDriftTests {
  private static func watch(_ order: OrderID, _ elder: HelpedElder, _ database: Database) async throws {
    try await database.write(in: elder.desk.community) { transaction in
      let found = try #require(try OrderStore.find(order, in: transaction.community, transaction))
      try WatchForDrift.watch(found, elder.people, in: transaction)
    }
  }

  private static func alarms(_ elder: HelpedElder, _ database: Database) async throws -> [DriftAlarm] {
    try await database.read {
      try DriftAlarmStore.list(toldTo: HelpedElder.daughter, limit: 9, in: elder.desk.community, $0)
    }
  }

  private static func told(_ database: Database) async throws -> [String] {
    try await database.read {
      try $0.values(
        "SELECT body FROM platform_event WHERE kind = 'shop.drift_alarm' ORDER BY sequence", as: String.self)
    }
  }

  @Test("an order is told of once, and again when more about it is unusual", arguments: TestEngine.available)
  func again(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      for index in 0..<3 {
        let asked = try await elder.ask(database, 1, key: "one-of-the-usual-forms-\(index)")
        try await Self.watch(try await elder.agree(database, to: asked).id, elder, database)
      }
      #expect(try await Self.alarms(elder, database).isEmpty)
      // Eleven at night on the community's clock.
      elder.clock.advance(by: .hours(7))
      let order = try await elder.agree(
        database, to: elder.ask(database, 1, key: "the-form-of-the-night"))
      for _ in 0..<2 { try await Self.watch(order.id, elder, database) }
      let first = try #require(try await Self.alarms(elder, database).first)
      #expect(first.kinds == [.atNight] && first.helper == HelpedElder.worker)
      #expect(try await Self.told(database).count == 1)
      try await database.write(in: elder.desk.community) {
        _ = try DriftAlarmStore.markSeen(first.id, by: HelpedElder.daughter, in: $0)
      }
      try await Self.watch(order.id, elder, database)
      #expect(try await Self.alarms(elder, database).first?.seenAt != nil)
      #expect(try await Self.told(database).count == 1)
      elder.clock.advance(by: .minutes(5))
      let more = OrderRequest.Command.change(
        order.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 10)], note: "")
      try await elder.agree(database, to: elder.ask(database, more, key: "form-that-changes-it"))
      for _ in 0..<2 { try await Self.watch(order.id, elder, database) }
      let alarms = try await Self.alarms(elder, database)
      #expect(alarms.map(\.id) == [first.id])
      #expect(alarms.first?.kinds == [.unusualSum, .atNight] && alarms.first?.seenAt == nil)
      #expect(alarms.first?.raisedAt == elder.clock.clock.now())
      let bodies = try await Self.told(database)
      #expect(bodies.count == 2 && Set(bodies).count == 2)
    }
  }

  @Test("looking at what somebody ordered and returned walks no table", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let plan = try await database.read {
        try $0.plan(
          DriftAlarmStore.claims(of: HelpedElder.elder, since: DeskFixture.start, in: elder.desk.community))
      }
      #expect(engine == .postgres || plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)")
    }
  }
}
