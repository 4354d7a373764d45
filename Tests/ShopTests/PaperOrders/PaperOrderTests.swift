import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Orders on paper")
struct PaperOrderTests {
  @Test("What is held back is for slips alone, and a slip takes it first", arguments: TestEngine.available)
  func heldGoods(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [10, nil], held: [4]) { paper in
      #expect(try await paper.level(0) == StockLevel(sequence: 2, kind: .limited, onHand: 10, held: 4))
      await #expect(throws: Problem.self) {
        let items = try await paper.market.items(paper.campaign)
        _ = try await paper.market.place(
          paper.market.li, paper.campaign, [(items[0].item.id, 7)], key: "more-than-is-left")
      }
      let items = try await paper.market.items(paper.campaign)
      _ = try await paper.market.place(
        paper.market.li, paper.campaign, [(items[0].item.id, 6)], key: "all-that-is-left-1")
      let slips = try await paper.slips()
      #expect(try await paper.key(slips[0], paper.reading([(0, 3), (1, 2)])).order != nil)
      let level = try await paper.level(0)
      #expect(level.held == 1 && level.promised == 9 && level.left == 0)
      let short = try await paper.key(slips[1], paper.reading([(0, 2)]))
      #expect(short.conflicts == [.short])
      #expect(try await paper.key(slips[1], paper.reading([(0, 1)])).order != nil)
      #expect(try await paper.breaches().isEmpty)
      #expect(try await paper.market.events("shop.slip_keyed") == 2)
    }
  }

  @Test("A slip that two people key is one order, and the second is told", arguments: TestEngine.available)
  func keyedTwice(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil]) { paper in
      let slip = try await paper.slips()[0]
      let first = try await paper.key(slip, paper.reading([(0, 2)]))
      let leader = paper.market.leader
      let again = try await paper.key(slip, paper.reading([(0, 2)]), by: leader, roles: [.leader])
      guard case .already(let keyed, isSame: true) = again else { Issue.record("\(again)"); return }
      #expect(keyed.by == paper.worker && keyed.order == first.order?.id)
      let other = try await paper.key(slip, paper.reading([(0, 3)]), by: leader, roles: [.leader])
      guard case .already(_, isSame: false) = other else { Issue.record("\(other)"); return }
      let orders = try await paper.market.orders(paper.campaign)
      #expect(orders.count == 1)
      #expect(orders[0].authority == .slip(slip.id) && orders[0].placedBy == paper.worker)
      #expect(orders[0].household == slip.household && orders[0].person == slip.person)
      #expect(try await paper.breaches().isEmpty)
    }
  }

  @Test(
    "What stands against a slip is all told at once, and nothing is ordered", arguments: TestEngine.available)
  func conflicts(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [2, nil]) { paper in
      let slip = try await paper.slips()[0]
      let dearer = try await paper.market.items(paper.campaign)[1].item.id
      try await paper.market.database.write(in: paper.market.community) {
        try $0.execute("UPDATE shop_campaign_item SET price = 600 WHERE id = \(dearer)")
      }
      let all = try await paper.reading([(0, 3), (1, 1)], most: .fen(100))
      #expect(try await paper.key(slip, all).conflicts == [.short, .priceHigher, .overMost])
      let unknown = SlipReading(lines: [("999", 1)])
      #expect(try await paper.key(slip, unknown).conflicts == [.unknownItem])
      #expect(try await paper.market.orders(paper.campaign).isEmpty)
      let agreed = try await paper.reading([(1, 1)], acceptsPrices: true)
      #expect(try await paper.key(slip, agreed).order?.total == .fen(600))
      #expect(try await paper.breaches().isEmpty)
    }
  }

  @Test("A price that fell since is the one that is paid", arguments: TestEngine.available)
  func cheaper(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil]) { paper in
      let item = try await paper.market.items(paper.campaign)[0].item.id
      try await paper.market.database.write(in: paper.market.community) {
        try $0.execute("UPDATE shop_campaign_item SET price = 450 WHERE id = \(item)")
      }
      let slip = try await paper.slips()[0]
      #expect(try await paper.key(slip, paper.reading([(0, 2)])).order?.total == .fen(900))
    }
  }

  @Test("What was not needed returns to everyone once", arguments: TestEngine.available)
  func returned(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [10], held: [6]) { paper in
      let slips = try await paper.slips()
      try await paper.key(slips[0], paper.reading([(0, 2)]))
      paper.market.clock.move(to: Market.start + .hours(4))
      try await paper.market.runJobs()
      try await paper.market.runJobs()
      #expect(try await paper.level(0) == StockLevel(sequence: 4, kind: .limited, onHand: 10, promised: 2))
      #expect(try await paper.market.events("shop.paper_hold_returned") == 1)
      let campaign = try await paper.market.find(paper.campaign)
      try await paper.market.database.write(in: paper.market.community) {
        try ReturnPaperHold.returnAll(of: campaign, in: $0)
      }
      #expect(try await paper.market.events("shop.paper_hold_returned") == 1)
      #expect(
        try await paper.key(slips[1], paper.reading([(0, 8)])).order != nil, "late, but there is enough")
      paper.market.clock.move(to: Market.start + .hours(7))
      try await paper.market.runJobs()
      #expect(try await paper.key(slips[2], paper.reading([(0, 1)])).conflicts == [.late])
      #expect(try await paper.breaches().isEmpty)
    }
  }

  @Test("A campaign that closes or is called off holds nothing back", arguments: TestEngine.available)
  func calledOff(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [10], held: [6]) { paper in
      let actor = try paper.market.actor()
      try await paper.market.database.write(in: paper.market.community) {
        try CampaignChanges.cancel(paper.campaign, .cashOnly, by: actor, in: $0)
      }
      #expect(try await paper.level(0).held == 0)
      #expect(try await paper.breaches().isEmpty)
    }
  }

  @Test("Who may not key a slip is told that there is none; a merchant's own people are refused")
  func strangers() async throws {
    try await PaperFixture.with(.sqlite, stock: [nil]) { paper in
      let slip = try await paper.slips()[0]
      let reading = try await paper.reading([(0, 1)])
      let other = try await paper.key(slip, reading, by: paper.market.otherLeader, roles: [.leader])
      #expect(other.conflicts == [.unknownSlip])
      let resident = try await paper.key(slip, reading, by: paper.market.li, roles: [.resident])
      #expect(resident.conflicts == [.unknownSlip])
      let merchant = try await paper.market.items(paper.campaign)[0].item.merchant
      let seller = try await paper.market.person("卖家", [.leader, .socialWorker], merchant: merchant)
      let refused = try await paper.key(slip, reading, by: seller)
      #expect(refused.conflicts == [.refused])
      #expect(try await paper.key(slip, reading).order != nil, "a refusal uses nothing up")
    }
  }

  @Test("Stock cannot be set below what is held and ordered")
  func stockIsKept() async throws {
    try await PaperFixture.with(.sqlite, stock: [10], held: [6]) { paper in
      let actor = try paper.market.actor()
      let item = try await paper.market.items(paper.campaign)[0].item.id
      await #expect(throws: Problem.self) {
        try await paper.market.database.write(in: paper.market.community) {
          try CampaignItemChanges.setStock(item, of: paper.campaign, to: 5, by: actor, in: $0)
        }
      }
      await #expect(throws: Problem.self) {
        try await paper.market.database.write(in: paper.market.community) {
          try PaperCatalogueChanges.print(
            PaperCatalogueDraft(slipsUntil: Market.start + .hours(2), holds: [item: 5]), of: paper.campaign,
            by: actor, in: $0)
        }
      }
    }
  }

  @Test("The codes stay the same in the next version, and its prices are those of its day")
  func versions() async throws {
    try await PaperFixture.with(.sqlite, stock: [nil, nil, nil]) { paper in
      let first = try await paper.sheet()
      let actor = try paper.market.actor()
      let second = try await paper.market.database.write(in: paper.market.community) {
        try PaperCatalogueChanges.print(
          PaperCatalogueDraft(slipsUntil: Market.start + .hours(5)), of: paper.campaign, by: actor, in: $0)
      }
      #expect(second.number == 2)
      #expect(try await paper.sheet().items.map(\.code) == first.items.map(\.code))
    }
  }

  @Test("Slips and online orders at once never promise more than there is", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [20], held: [8], households: 12) { paper in
      let slips = try await paper.slips()
      let item = try await paper.market.items(paper.campaign)[0].item.id
      let reading = try await paper.reading([(0, 2)])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, slip) in slips.enumerated() {
          for _ in 0..<2 { group.addTask { try await paper.key(slip, reading) } }
          group.addTask {
            _ = try? await paper.market.place(
              slip.person, paper.campaign, [(item, 1)], key: "online-order-\(index)-000")
          }
        }
        try await group.waitForAll()
      }
      let level = try await paper.level(0)
      #expect(level.promised + level.held <= 20 && level.promised >= 19)
      let orders = try await paper.market.orders(paper.campaign)
      let fromSlips = orders.filter { $0.authority != .household }
      #expect(Set(fromSlips.map(\.authority)).count == fromSlips.count && fromSlips.count >= 4)
      #expect(try await paper.breaches().isEmpty)
    }
  }
}
