import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Joint purchases on the order desk")
struct JointDeskTests {
  @Test(
    "a merchant's own account orders, without a home in the neighbourhood", arguments: TestEngine.available)
  func orders(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let items = try await fixture.items(campaign)
      let order = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "flour-of-the-bakery-1", [(items[0], 4)])
      let stored = try await fixture.find(order.id)
      #expect(stored?.buyer == fixture.bakery)
      #expect(stored?.authority == .merchant)
      #expect(stored?.helper == nil)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("nobody else orders in it, and merchants in no other", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let resident = try await fixture.refusal {
        _ = try await market.place(market.wang, campaign, [(item, 1)], key: "a-resident-in-a-joint-1")
      }
      #expect(resident == "joint_purchase.merchants_only")
      let other = try await fixture.refusal {
        _ = try await fixture.place(
          fixture.cook, for: fixture.bakery, in: campaign, key: "of-another-merchant-1", [(item, 1)])
      }
      #expect(other == "joint_purchase.not_your_merchant")
      let own = try await fixture.refusal {
        _ = try await fixture.place(
          fixture.farmer, for: fixture.farm, in: campaign, key: "the-farm-of-itself-01", [(item, 1)])
      }
      #expect(own == "joint_purchase.own_goods")
      try await fixture.write(
        "UPDATE shop_merchant SET closed_at = \(market.clock.now) WHERE id = \(fixture.noodles)")
      let closed = try await fixture.refusal {
        _ = try await fixture.place(
          fixture.cook, for: fixture.noodles, in: campaign, key: "a-shop-that-closed-01", [(item, 1)])
      }
      #expect(closed == "joint_purchase.merchant_closed")
      let groupBuy = try await market.campaign([try fixture.limited(9)])
      let greens = try await fixture.items(groupBuy)[0]
      let merchant = try await fixture.refusal {
        _ = try await fixture.place(
          fixture.baker, for: fixture.bakery, in: groupBuy, key: "a-merchant-among-homes", [(greens, 1)])
      }
      #expect(merchant == "joint_purchase.households_only")
      #expect(try await market.orders(campaign).isEmpty)
      #expect(try await market.orders(groupBuy).isEmpty)
    }
  }

  @Test(
    "a basket takes nothing of it, and no catalogue of it comes to paper", arguments: TestEngine.available)
  func otherWays(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let market = fixture.market
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      let basket = try await fixture.refusal {
        _ = try await market.database.write(in: market.community) {
          try BasketStore.add(item, 1, for: market.wang, in: $0)
        }
      }
      #expect(basket == "joint_purchase.merchants_only")
      let actor = try market.actor()
      let paper = try await fixture.refusal {
        _ = try await market.database.write(in: market.community) {
          try PaperCatalogueChanges.print(
            PaperCatalogueDraft(slipsUntil: Market.start + .hours(5), holds: [:]), of: campaign, by: actor,
            in: $0)
        }
      }
      #expect(paper == "joint_purchase.merchants_only")
    }
  }

  @Test("two of one merchant count as one: for the minimum and for a limit", arguments: TestEngine.available)
  func counting(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(20, limit: 5)], minimum: .households(2))
      let item = try await fixture.items(campaign)[0]
      _ = try await fixture.place(
        fixture.baker, for: fixture.bakery, in: campaign, key: "first-of-the-bakery-1", [(item, 3)])
      let much = try await fixture.refusal {
        _ = try await fixture.place(
          fixture.apprentice, for: fixture.bakery, in: campaign, key: "too-much-for-bakery-1", [(item, 3)])
      }
      #expect(much == "order.limit_reached")
      _ = try await fixture.place(
        fixture.apprentice, for: fixture.bakery, in: campaign, key: "second-of-the-bakery", [(item, 2)])
      let progress = try await fixture.database.read {
        try CampaignStore.progress(of: campaign, in: fixture.community, $0)
      }
      #expect(progress.households == 1)
      try await fixture.close()
      #expect(try await fixture.market.find(campaign).marks.failedAt != nil)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("of two merchants who want the last lot, one gets it", arguments: TestEngine.available)
  func lastLot(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let desk = fixture.market.shop.desk
      for turn in 0..<5 {
        let campaign = try await fixture.purchase([try fixture.limited(1)])
        let item = try await fixture.items(campaign)[0]
        let one = try fixture.request(
          fixture.baker, for: fixture.bakery, in: campaign, key: "last-lot-of-bakery-\(turn)", [(item, 1)])
        let other = try fixture.request(
          fixture.cook, for: fixture.noodles, in: campaign, key: "last-lot-of-noodles-\(turn)", [(item, 1)])
        async let first = fixture.refusal { _ = try await desk.submit(one) }
        async let second = fixture.refusal { _ = try await desk.submit(other) }
        let answers = try await [first, second]
        #expect(answers.count { $0 == nil } == 1)
        #expect(answers.count { $0 == "order.sold_out" } == 1)
        #expect(try await fixture.market.orders(campaign).count == 1)
      }
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test(
    "the same request sent often is one order; another merchant's is not the same",
    arguments: TestEngine.available)
  func idempotent(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let desk = fixture.market.shop.desk
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let item = try await fixture.items(campaign)[0]
      // Whoever works for both may order for either.
      try await fixture.database.write(in: fixture.community) {
        try $0.insertMembers([(person: fixture.baker, merchant: fixture.noodles)])
      }
      let key = "sent-again-and-again-1"
      let request = try fixture.request(
        fixture.baker, for: fixture.bakery, in: campaign, key: key, [(item, 2)])
      let first = try await desk.submit(request)
      let again = try await desk.submit(request)
      #expect(again.isRepeated)
      #expect(again.order.id == first.order.id)
      let other = try fixture.request(
        fixture.baker, for: fixture.noodles, in: campaign, key: key, [(item, 2)])
      await #expect(throws: Problem.idempotencyMismatch) { try await desk.submit(other) }
      #expect(try await fixture.market.orders(campaign).count == 1)
    }
  }

  @Test("a copy of it is for merchants too; once published it stays so", arguments: TestEngine.available)
  func copies(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let actor = try fixture.market.actor()
      let copy = try await fixture.database.write(in: fixture.community) {
        try CampaignChanges.clone(campaign, lotterySeed: LotterySeed.make(), by: actor, in: $0)
      }
      #expect(try await fixture.market.find(copy.id).audience == .merchants)
      var draft = CampaignDraft(copy)
      draft.audience = .households
      let changed = draft
      try await fixture.database.write(in: fixture.community) {
        try CampaignChanges.change(copy.id, to: changed, by: actor, in: $0)
      }
      #expect(try await fixture.market.find(copy.id).audience == .households)
      let late = try await fixture.refusal {
        try await fixture.database.write(in: fixture.community) {
          try CampaignChanges.change(campaign, to: changed, by: actor, in: $0)
        }
      }
      #expect(late == "campaign.published")
    }
  }
}
