import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Closing at the cut-off")
struct CampaignCloseTests {
  private func item(_ units: Int64?, minimum: Int64 = 0, price: Int64 = 500) throws -> CampaignItemDraft {
    try CampaignItemDraft(
      price: .fen(price), stockKind: units == nil ? .onDemand : .limited, units: units ?? 0,
      minimumQuantity: minimum)
  }

  @Test("A campaign closes once, however often its job runs", arguments: TestEngine.available)
  func closesOnce(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([item(5)])
      try await market.runJobs()
      #expect(try await market.find(id).marks.closedAt == nil)
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let closed = try await market.find(id)
      #expect(closed.marks.closedAt == market.draft().cutOffAt)
      market.clock.advance(by: .hours(1))
      for _ in 0..<3 {
        try await market.database.write(in: market.community) {
          try CloseCampaign.close(id, .cashOnly, in: $0)
        }
      }
      try await market.runJobs()
      #expect(try await market.find(id) == closed)
      #expect(try await market.events("shop.campaign_closed") == 1)
    }
  }

  @Test("A job that comes before a moved cut-off waits for it", arguments: TestEngine.available)
  func waitsForAMovedCutOff(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([item(5)])
      let later = Market.start + .hours(8)
      try await market.database.write(in: market.community) {
        try $0.execute("UPDATE shop_campaign SET cut_off_at = \(later) WHERE id = \(id)")
      }
      market.clock.move(to: Market.start + .hours(6))
      try await market.runJobs()
      #expect(try await market.find(id).phase(at: market.clock.now) == .open)
      #expect(try await market.nextJob() == later)
      market.clock.move(to: later)
      try await market.runJobs()
      #expect(try await market.find(id).marks.closedAt == later)
    }
  }

  @Test("A minimum that is not reached releases all orders", arguments: TestEngine.available)
  func failsBelowItsMinimum(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([item(5)], market.draft(minimum: .households(2)))
      let entry = try #require(try await market.items(id).first?.item.id)
      // Two orders of one household are one household.
      _ = try await market.place(market.wang, id, [(entry, 1)], key: "minimum-order-one")
      _ = try await market.place(market.wangSon, id, [(entry, 1)], key: "minimum-order-two")
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      #expect(try await market.find(id).phase(at: market.clock.now) == .failed)
      #expect(try await market.orders(id).allSatisfy { $0.fulfilment == .released && $0.payment == .void })
      #expect(try await market.items(id).first?.level.promised == 0)
      #expect(try await market.events("shop.campaign_failed") == 1)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("Items of which too few were ordered are dropped, and totals follow", arguments: TestEngine.available)
  func dropsScarceItems(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([item(9), item(nil, minimum: 5)])
      let items = try await market.items(id).map(\.item.id)
      let both = try await market.place(
        market.wang, id, [(items[0], 2), (items[1], 1)], key: "scarce-order-one")
      let only = try await market.place(market.li, id, [(items[1], 3)], key: "scarce-order-two")
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let orders = Dictionary(uniqueKeysWithValues: try await market.orders(id).map { ($0.id, $0) })
      #expect(orders[both.id]?.total == .fen(1000))
      #expect(orders[both.id]?.fulfilment == .placed)
      #expect(orders[both.id]?.lines.first { $0.item == items[1] }?.allocated == 0)
      #expect(orders[only.id]?.fulfilment == .released)
      #expect(orders[only.id]?.payment == .void)
      #expect(try await market.items(id).map(\.level.promised) == [2, 0])
      #expect(try await market.events("shop.campaign_item_dropped") == 1)
      #expect(try await market.events("shop.order_reduced") == 1)
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "Whatever was ordered, the close agrees with a model of it",
    arguments: TestEngine.available, 1...6 as ClosedRange<UInt64>)
  func agreesWithTheModel(_ engine: TestEngine, _ seed: UInt64) async throws {
    try await Market.with(engine) { market in
      var chance = SeededGenerator(seed: seed)
      let drafts = try (0..<4).map { number in
        try item(
          chance.next().isMultiple(of: 2) ? 20 : nil, minimum: Int64(chance.next() % 9),
          price: 100 + Int64(number))
      }
      let minimum: Campaign.Minimum =
        seed.isMultiple(of: 2) ? .amount(.fen(Int64(chance.next() % 4000))) : .none
      let id = try await market.campaign(drafts, market.draft(minimum: minimum))
      let items = try await market.items(id).map(\.item.id)
      let buyers = [market.wang, market.wangSon, market.li]
      var placed: [(order: Order, wishes: [Int: Int64])] = []
      for number in 0..<8 {
        var wishes: [Int: Int64] = [:]
        for index in items.indices where chance.next().isMultiple(of: 2) {
          wishes[index] = 1 + Int64(chance.next() % 3)
        }
        if wishes.isEmpty { wishes[0] = 1 }
        let order = try? await market.place(
          buyers[number % 3], id, wishes.map { (items[$0.key], $0.value) },
          key: "model-\(seed)-order-\(number)")
        if let order { placed.append((order, wishes)) }
      }
      let total = placed.reduce(Int64(0)) { $0 + $1.order.total.minorUnits }
      var ordered = [Int64](repeating: 0, count: items.count)
      for entry in placed { for (index, quantity) in entry.wishes { ordered[index] += quantity } }
      market.clock.move(to: market.draft().cutOffAt)
      try await market.runJobs()
      let succeeds = CampaignProgress(households: 2, amount: .fen(total)).reaches(minimum)
      let campaign = try await market.find(id)
      #expect((campaign.marks.closedAt != nil) == succeeds && (campaign.marks.failedAt != nil) != succeeds)
      let supplied = items.indices.map { succeeds && ordered[$0] >= drafts[$0].minimumQuantity }
      let after = Dictionary(uniqueKeysWithValues: try await market.orders(id).map { ($0.id, $0) })
      for entry in placed {
        let owed = entry.wishes.reduce(Int64(0)) { sum, wish in
          supplied[wish.key] ? sum + wish.value * drafts[wish.key].price.minorUnits : sum
        }
        let order = try #require(after[entry.order.id])
        #expect(order.fulfilment == (owed > 0 ? .placed : .released))
        if succeeds { #expect(order.total == .fen(owed)) }
        #expect(order.payment == (owed > 0 ? .due : .void))
      }
      #expect(
        try await market.items(id).map(\.level.promised)
          == items.indices.map { supplied[$0] ? ordered[$0] : 0 })
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "While the close runs among a rush of orders, none is taken after it", arguments: TestEngine.available)
  func takesNoneAfterTheClose(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([item(nil)])
      let entry = try #require(try await market.items(id).first?.item.id)
      let cutOffAt = market.draft().cutOffAt
      market.clock.move(to: cutOffAt - .microseconds(1))
      let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<120 {
          group.addTask {
            if number == 60 {
              market.clock.move(to: cutOffAt)
              try await market.runJobs()
              return 0
            }
            do {
              _ = try await market.place(
                number.isMultiple(of: 2) ? market.wang : market.li, id, [(entry, 1)],
                key: "rush-order-number-\(number)")
              return 1
            } catch let problem as Problem {
              #expect(problem.code == "campaign.closed")
              return 0
            }
          }
        }
        return try await group.reduce(0, +)
      }
      let campaign = try await market.find(id)
      let closedAt = try #require(campaign.marks.closedAt)
      let orders = try await market.orders(id)
      #expect(orders.count == accepted)
      #expect(orders.allSatisfy { $0.placedAt < cutOffAt && $0.placedAt <= closedAt })
      #expect(try await market.items(id).first?.level.promised == Int64(accepted))
      #expect(try await market.breaches() == [])
      await #expect(throws: Problem.self) {
        try await market.place(market.wang, id, [(entry, 1)], key: "rush-order-too-late")
      }
    }
  }
}
