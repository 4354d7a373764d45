import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Joint purchases: where they are counted, and where not")
struct JointFigureTests {
  private let from = Market.start - .days(1)
  private let until = Market.start + .days(30)

  /// A joint purchase and a group-buy of the same goods, each with one order that was handed over.
  private func traded(_ fixture: JointFixture) async throws -> (joint: Order, home: Order) {
    let market = fixture.market
    let campaign = try await fixture.purchase([try fixture.limited(9)])
    let groupBuy = try await market.campaign([try fixture.limited(9)])
    let (item, greens) = (try await fixture.items(campaign)[0], try await fixture.items(groupBuy)[0])
    let joint = try await fixture.place(
      fixture.baker, for: fixture.bakery, in: campaign, key: "traded-in-a-joint-one", [(item, 4)])
    let home = try await market.place(market.wang, groupBuy, [(greens, 2)], key: "traded-in-a-group-buy")
    try await fixture.close()
    try await fixture.arrive([(item, 4)], for: campaign)
    try await fixture.arrive([(greens, 2)], for: groupBuy)
    market.clock.move(to: Market.start + .hours(25))
    try await fixture.handOver(joint.id, key: "the-bakery-fetches-it-1")
    try await fixture.handOver(home.id, key: "the-home-fetches-it-001")
    return (joint, home)
  }

  @Test("figures of households leave them out", arguments: TestEngine.available)
  func figures(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let (_, home) = try await traded(fixture)
      let community = fixture.community
      let (from, until) = (from, until)
      let handed = try await fixture.database.read {
        try ShopIndicatorStore.handedOver(from: from, until: until, in: community, $0)
      }
      #expect(handed.map(\.order) == [home.id])
      let spending = try await fixture.database.read {
        try ShopIndicatorStore.spending(from: from, until: until, in: community, $0)
      }
      #expect(spending.map(\.household) == [home.household])
      let sold = try await fixture.database.read {
        try MarketMonthStore.lines(from: from, until: until, in: community, $0)
      }
      #expect(sold.map(\.order) == [home.id])
      let people = [fixture.baker, fixture.market.wang]
      let counted = try await fixture.database.read {
        try $0.all(IndependenceReportStore.orders(of: people, since: from, in: community)) { row in
          try row[0] as PersonID
        }
      }
      #expect(counted == [fixture.market.wang])
      let shares = try await fixture.database.read {
        try $0.all(NeedFiguresStore.orders(of: people, from: from, until: until, in: community)) { row in
          try row[1] as PersonID
        }
      }
      #expect(shares == [fixture.market.wang])
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("the network of ties sees who bought of whom, once an order", arguments: TestEngine.available)
  func trades(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let (joint, _) = try await traded(fixture)
      let community = fixture.community
      let (from, until) = (from, until)
      let trades = try await fixture.database.read {
        try JointPurchaseStore.trades(from: from, until: until, in: community, $0)
      }
      let handed = Market.start + .hours(25)
      let expected = JointTrade(supplier: fixture.farm, buyer: fixture.bakery, at: handed, order: joint.id)
      #expect(trades == [expected])
      let before = try await fixture.database.read {
        try JointPurchaseStore.trades(from: from, until: handed, in: community, $0)
      }
      #expect(before.isEmpty)
    }
  }

  @Test("no list of residents shows one; the desk and the statements do", arguments: TestEngine.available)
  func lists(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let community = fixture.community
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let product = try #require(fixture.market.offers.first?.product)
      try await fixture.database.read { (snapshot) throws -> Void in
        for filter in CampaignStore.Filter.allCases {
          let found = try CampaignStore.list(filter, in: community, limit: 9, snapshot)
          #expect(found.isEmpty, "\(filter)")
        }
        let all = try CampaignStore.list(.all, for: nil, in: community, limit: 9, snapshot)
        #expect(all.map(\.id) == [campaign])
        #expect(try StorefrontStore.board(of: community, snapshot).isEmpty)
        #expect(try StorefrontStore.orderable([product], in: community, snapshot).isEmpty)
        #expect(try StorefrontStore.front(campaign, in: community, snapshot) == nil)
        #expect(try StorefrontStore.front(campaign, for: .merchants, in: community, snapshot) != nil)
        let desk = try CampaignStore.deskList(leader: nil, in: community, limit: 9, snapshot)
        #expect(desk.map(\.id) == [campaign])
        let joint = try JointPurchaseStore.campaigns(limit: 9, in: community, snapshot)
        #expect(joint.map(\.id) == [campaign])
      }
    }
  }

  @Test("what contradicts the rules is found", arguments: TestEngine.available)
  func invariants(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let (joint, home) = try await traded(fixture)
      try await fixture.write("UPDATE shop_order SET authority = 'household' WHERE id = \(joint.id)")
      #expect(try await codes(fixture) == ["shop.joint_order_out_of_place"])
      try await fixture.write("UPDATE shop_order SET authority = 'merchant' WHERE id = \(joint.id)")
      try await fixture.write("UPDATE shop_order SET household_id = \(home.household) WHERE id = \(joint.id)")
      #expect(try await codes(fixture) == ["shop.joint_order_without_merchant"])
      try await fixture.write("UPDATE shop_order SET household_id = \(fixture.farm) WHERE id = \(joint.id)")
      #expect(try await codes(fixture) == ["shop.merchant_buys_from_itself"])
    }
  }

  private func codes(_ fixture: JointFixture) async throws -> [String] {
    let found = try await fixture.market.database.read {
      try $0.breaches(of: JointPurchaseInvariants.invariants)
    }
    return found.map { "\($0.name)" }
  }

  @Test("whoever goes leaves the merchant's order without their words", arguments: TestEngine.available)
  func deletion(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let order = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "of-somebody-who-goes-1", [(item, 1)])
      try await fixture.write("UPDATE shop_order SET note = '唐师傅来取' WHERE id = \(order.id)")
      let file = try await PersonFile(fixture.market, fixture.baker)
      #expect(try await file.rows()["shop_order"] == 1)
      #expect(try await !file.obstacles().isEmpty)
      try await fixture.write("UPDATE shop_order SET fulfilment = 'cancelled' WHERE id = \(order.id)")
      try await file.erase(isLater: true)
      #expect(try await fixture.find(order.id)?.note == "")
    }
  }
}
