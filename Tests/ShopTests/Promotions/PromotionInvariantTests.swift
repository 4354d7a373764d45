import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("What nuanlin check finds of promotions")
struct PromotionInvariantTests {
  /// Each way to falsify what is stored, whether it is done after the close, and the invariant that names it.
  private static let falsifications: [(breach: String, isClosed: Bool, statement: Query)] = [
    ("shop.line_price_differs", true, "UPDATE shop_order_line SET price = price - 1 WHERE position = 0"),
    ("shop.line_price_differs", false, "UPDATE shop_order_line SET price = price - 1 WHERE position = 0"),
    (
      "shop.final_price_differs", true, "UPDATE shop_campaign_item SET final_price = 600 WHERE tier_count > 0"
    ),
    ("shop.final_price_differs", true, "UPDATE shop_campaign_item SET final_price = NULL"),
    (
      "shop.final_price_differs", false,
      "UPDATE shop_campaign_item SET final_price = 700 WHERE tier_count > 0"
    ),
    ("shop.tier_pieces_differ", true, "UPDATE shop_campaign_item SET tier_pieces = 9 WHERE tier_count > 0"),
    ("shop.tier_pieces_differ", true, "UPDATE shop_campaign_item SET tier_pieces = NULL"),
    ("shop.price_tier_not_lower", false, "UPDATE shop_price_tier SET price = 800 WHERE quantity = 5"),
    ("shop.price_tier_not_lower", false, "UPDATE shop_price_tier SET price = 700"),
    ("shop.price_tiers_differ", false, "DELETE FROM shop_price_tier WHERE quantity = 9"),
    ("shop.price_tiers_differ", false, "UPDATE shop_campaign_item SET tier_count = 0"),
    ("shop.discount_differs", false, "UPDATE shop_order_line SET discount = 0"),
    ("shop.discount_differs", false, "UPDATE shop_order_line SET discount = discount + 1 WHERE position = 1"),
    ("shop.discount_base_differs", false, "UPDATE shop_order_line SET discount_base = 9999"),
    (
      "shop.discount_base_differs", true,
      "UPDATE shop_order_line SET discount = discount_base + 1 WHERE position = 1"
    ),
  ]

  @Test("each falsified price is named, and an honest one is not", arguments: TestEngine.available)
  func falsifications(_ engine: TestEngine) async throws {
    for (breach, isClosed, statement) in Self.falsifications {
      try await Market.with(engine) { market in
        var draft = market.draft()
        draft.discountSteps = DiscountSteps([DiscountStep(threshold: .fen(3_000), discount: .fen(500))])
        let tiers = PriceTiers([
          PriceTier(quantity: 5, price: .fen(700)), PriceTier(quantity: 9, price: .fen(600)),
        ])
        let id = try await market.campaign(
          [
            CampaignItemDraft(price: .fen(800), stockKind: .onDemand, tiers: tiers),
            CampaignItemDraft(price: .fen(350), stockKind: .onDemand),
          ], draft)
        let items = try await market.items(id).map(\.item.id)
        _ = try await market.place(
          market.wang, id, [(items[0], 6), (items[1], 2)], key: "falsified-order-one")
        if isClosed {
          market.clock.move(to: market.draft().cutOffAt)
          try await market.runJobs()
        }
        #expect(try await market.breaches() == [])
        try await market.database.write(in: market.community) { try $0.execute(statement) }
        let found = try await market.breaches()
        #expect(found.contains { $0.name == breach }, "\(breach) was not named among \(found)")
      }
    }
  }

  @Test(
    "tiers are found by an index, and nothing is asked where there are none", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let id = try await market.campaign([CampaignItemDraft(price: .fen(350), stockKind: .onDemand)])
      let item = try #require(try await market.items(id).first?.item)
      try await market.database.read { snapshot in
        let plan = try snapshot.plan(PriceTierStore.query([item.id]))
        #expect(!plan.isEmpty)
        if engine == .sqlite { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }) }
        #expect(try PriceTierStore.tiers(of: [item], snapshot).isEmpty)
      }
    }
  }
}
