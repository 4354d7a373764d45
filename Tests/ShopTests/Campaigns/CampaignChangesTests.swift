import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Campaigns begin, change and end")
struct CampaignChangesTests {
  private func limited(_ units: Int64, limit: Int64? = nil, minimum: Int64 = 0) throws -> CampaignItemDraft {
    try CampaignItemDraft(
      price: .fen(500), stockKind: .limited, units: units, householdLimit: limit, minimumQuantity: minimum)
  }

  @Test("A draft is published only when it can be ordered from", arguments: TestEngine.available)
  func publishesWhatIsComplete(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let actor = try market.actor()
      let empty = try await market.campaign([], publish: false)
      let refused = await #expect(throws: Problem.self) {
        try await market.database.write(in: market.community) {
          try CampaignChanges.publish(empty, .cashOnly, by: actor, in: $0)
        }
      }
      #expect(refused?.fields.map(\.field) == ["items"])
      let noStock = try await market.campaign([limited(0)], publish: false)
      let items = try await market.items(noStock)
      let refusedAgain = await #expect(throws: Problem.self) {
        try await market.database.write(in: market.community) {
          try CampaignChanges.publish(noStock, .cashOnly, by: actor, in: $0)
        }
      }
      #expect(refusedAgain?.fields.map(\.field) == items.map { "item.\($0.item.id)" })
      let good = try await market.campaign([limited(3)])
      #expect(try await market.find(good).phase(at: Market.start) == .open)
      #expect(try await market.nextJob() == market.draft().cutOffAt)
      #expect(try await market.find(good).lotterySeed.count == 32)
      #expect(try await market.events("shop.campaign_published") == 1)
    }
  }

  @Test("Only its own leader or staff may run a campaign", arguments: TestEngine.available)
  func belongsToItsLeader(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let campaign = try await market.campaign([limited(3)])
      let other = try market.actor(market.otherLeader)
      await #expect(throws: Problem.notFound) {
        try await market.database.write(in: market.community) {
          try CampaignChanges.cancel(campaign, .cashOnly, by: other, in: $0)
        }
      }
      #expect(CampaignActor(person: market.wang, roles: [.resident], leader: market.leader) == nil)
      #expect(
        CampaignActor(person: market.wang, roles: [.committee], leader: market.leader)?.role == .committee)
    }
  }

  @Test(
    "After publishing, items and prices stand; note, later cut-off and stock may change",
    arguments: TestEngine.available)
  func amendsWhatIsSafe(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let actor = try market.actor()
      let id = try await market.campaign([limited(5)])
      let item = try #require(try await market.items(id).first?.item.id)
      func write(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
        try await market.database.write(in: market.community, body)
      }
      let draft = try limited(9)
      await #expect(throws: Problem.campaignIsPublished) {
        try await write { try CampaignItemChanges.change(item, of: id, to: draft, by: actor, in: $0) }
      }
      await #expect(throws: Problem.campaignIsPublished) {
        try await write { try CampaignItemChanges.remove(item, of: id, by: actor, in: $0) }
      }
      let later = CampaignAmendment(
        note: Phrase("加时", "Longer"), cutOffAt: market.draft().cutOffAt + .hours(2))
      try await write { try CampaignChanges.amend(id, to: later, by: actor, in: $0) }
      #expect(try await market.nextJob() == later.cutOffAt)
      #expect(try await market.find(id).note.chinese == "加时")
      let past = CampaignAmendment(note: later.note, cutOffAt: Market.start - .minutes(1))
      await #expect(throws: Problem.self) {
        try await write { try CampaignChanges.amend(id, to: past, by: actor, in: $0) }
      }
      _ = try await market.place(market.wang, id, [(item, 4)], key: "amend-stock-order-1")
      await #expect(throws: Problem.stockBelowPromised(StockLevel(kind: .limited, promised: 4))) {
        try await write { try CampaignItemChanges.setStock(item, of: id, to: 3, by: actor, in: $0) }
      }
      try await write { try CampaignItemChanges.setStock(item, of: id, to: 10, by: actor, in: $0) }
      #expect(try await market.items(id).first?.level.left == 6)
      #expect(try await market.breaches() == [])
    }
  }

  @Test("Items of a draft move, go and come without ever sharing a place", arguments: TestEngine.available)
  func reordersItems(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let actor = try market.actor()
      let id = try await market.campaign(Array(repeating: limited(2), count: 4), publish: false)
      var model = try await market.items(id).map(\.item.id)
      var chance = SeededGenerator(seed: 11)
      for _ in 0..<25 {
        let index = Int(chance.next() % UInt64(model.count))
        let item = model[index]
        let direction: CampaignItemChanges.Direction = chance.next().isMultiple(of: 2) ? .up : .down
        try await market.database.write(in: market.community) {
          try CampaignItemChanges.move(item, direction, of: id, by: actor, in: $0)
        }
        let other = direction == .up ? index - 1 : index + 1
        if model.indices.contains(other) { model.swapAt(index, other) }
        #expect(try await market.items(id).map(\.item.id) == model)
      }
      let gone = model.removeFirst()
      let again = market.offers[4].variant
      let draft = try limited(1)
      let added = try await market.database.write(in: market.community) { transaction in
        try CampaignItemChanges.remove(gone, of: id, by: actor, in: transaction)
        return try CampaignItemChanges.add(again, draft, to: id, by: actor, in: transaction)
      }
      model.append(added)
      #expect(try await market.items(id).map(\.item.id) == model)
      await #expect(throws: Problem.itemIsThere) {
        try await market.database.write(in: market.community) {
          try CampaignItemChanges.add(again, draft, to: id, by: actor, in: $0)
        }
      }
    }
  }

  @Test("Calling it off releases every order and what it held", arguments: TestEngine.available)
  func cancelReleasesAll(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let actor = try market.actor()
      let id = try await market.campaign([limited(5, limit: 3)])
      let item = try #require(try await market.items(id).first?.item.id)
      _ = try await market.place(market.wang, id, [(item, 3)], key: "cancel-all-order-1")
      _ = try await market.place(market.li, id, [(item, 2)], key: "cancel-all-order-2")
      try await market.database.write(in: market.community) {
        try CampaignChanges.cancel(id, .cashOnly, by: actor, in: $0)
      }
      let orders = try await market.orders(id)
      #expect(orders.map(\.fulfilment) == [.released, .released])
      #expect(orders.map(\.payment) == [.void, .void])
      #expect(try await market.items(id).first?.level.promised == 0)
      #expect(try await market.nextJob() == nil)
      #expect(try await market.events("shop.order_released") == 2)
      #expect(try await market.breaches() == [])
      await #expect(throws: Problem.self) {
        try await market.place(market.wang, id, [(item, 1)], key: "cancel-all-order-3")
      }
    }
  }

  @Test(
    "A clone opens at the next slot with the same items, stock and a seed of its own",
    arguments: TestEngine.available)
  func clones(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let actor = try market.actor()
      let items = try [
        limited(5, limit: 2, minimum: 3), CampaignItemDraft(price: .fen(700), stockKind: .onDemand),
      ]
      let id = try await market.campaign(items, market.draft(minimum: .households(2), rule: .lottery))
      let first = try #require(try await market.items(id).first?.item.id)
      _ = try await market.place(market.wang, id, [(first, 2)], key: "clone-first-order-1")
      market.clock.advance(by: .days(9))
      let copy = try await market.database.write(in: market.community) {
        try CampaignChanges.clone(id, lotterySeed: LotterySeed.make(), by: actor, in: $0)
      }
      let earlier = try await market.find(id)
      #expect(copy.opensAt == earlier.opensAt + .days(14))
      #expect(copy.pickupUntil - copy.opensAt == earlier.pickupUntil - earlier.opensAt)
      #expect(copy.lotterySeed != earlier.lotterySeed)
      #expect(copy.clonedFrom == id && copy.isDraft && copy.minimum == .households(2))
      let entries = try await market.items(copy.id)
      #expect(entries.map(\.item.price) == [.fen(500), .fen(700)])
      #expect(entries.map(\.item.householdLimit) == [2, nil])
      #expect(entries.map(\.level.onHand) == [5, 0])
      #expect(entries.map(\.level.promised) == [0, 0])
    }
  }

  @Test("Lists show what is open, to come and past, page by page", arguments: TestEngine.available)
  func lists(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let open = try await market.campaign([limited(1)])
      let upcoming = try await market.campaign(
        [limited(1)], market.draft(opensAt: Market.start + .hours(2), cutOffAt: Market.start + .hours(3)))
      _ = try await market.campaign([limited(1)], publish: false)
      let soon = try await market.campaign([limited(1)], market.draft(cutOffAt: Market.start + .hours(1)))
      func list(_ filter: CampaignStore.Filter) async throws -> [CampaignID] {
        var all: [CampaignID] = []
        var cursor: CampaignStore.Cursor?
        while true {
          let after = cursor
          let page = try await market.database.read {
            try CampaignStore.list(filter, in: market.community, after: after, limit: 1, $0)
          }
          guard let last = page.last else { return all }
          all += page.map(\.id)
          cursor = CampaignStore.Cursor(cutOffAt: last.cutOffAt, id: last.id)
        }
      }
      #expect(try await list(.open) == [soon, open])
      #expect(try await list(.upcoming) == [upcoming])
      #expect(try await list(.past) == [])
      market.clock.advance(by: .hours(4))
      #expect(try await list(.open) == [open])
      #expect(try await list(.past) == [upcoming, soon])
      #expect(try await list(.all).count == 3)
    }
  }
}
