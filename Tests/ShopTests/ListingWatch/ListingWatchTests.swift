import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Looking for reported numbers among what is on sale")
struct ListingWatchTests {
  private func search(
    _ market: Market, words: [String] = [], phones: [String] = [], links: [String] = [],
    accounts: [String] = []
  ) async throws -> [ListingWatcher.Hit] {
    let community = market.community
    return try await market.database.read {
      try ListingWatcher().search(
        ListingWatcher.Wanted(words: words, phones: phones, links: links, accounts: accounts),
        in: community, $0)
    }
  }

  private func write(_ query: Query, _ market: Market) async throws {
    try await market.database.write(in: market.community) { _ = try $0.execute(query) }
  }

  @Test("Goods, shops and group buys are found, and what is gone is not", arguments: TestEngine.available)
  func finds(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let product = market.offers[0].product
      try await write(
        "UPDATE shop_product SET description_zh = '订货１３８-００１３-８０００' WHERE id = \(product)", market)
      try await write("UPDATE shop_merchant SET story_zh = '看 bad-shop.example'", market)
      let campaign = try await market.campaign([try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)]
      )
      let phone = try await search(market, phones: ["+86 138 0013 8000"])
      #expect(phone.map(\.product) == [product])
      #expect(phone.first?.why == Phrase("写着这个电话", "The number stands there"))
      let shop = try await search(market, links: ["https://www.bad-shop.example/pay"])
      #expect(shop.count == 1 && shop.first?.product == nil && shop.first?.merchant != nil)
      let groups = try await search(market, words: ["周一 鲜菜"])
      #expect(groups.map(\.path) == ["/campaigns/\(campaign)"])
      try await write("UPDATE shop_product SET archived_at = 1 WHERE id = \(product)", market)
      #expect(try await search(market, phones: ["13800138000"]).isEmpty)
      #expect(try await search(market).isEmpty)
    }
  }

  @Test("What merchants buy together is found where they see it", arguments: TestEngine.available)
  func joint(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      let campaign = try await fixture.purchase([try fixture.limited(9)])
      let found = try await search(fixture.market, words: ["一起进面粉"])
      #expect(found.map(\.path) == ["/joint-purchases/\(campaign)"])
    }
  }

  @Test("What another community sells is never among it", arguments: TestEngine.available)
  func communities(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let found = try await search(market, words: ["青菜"])
      #expect(found.count == market.offers.count)
      let other = CommunityID(rawValue: 424_242)
      let strangers = try await market.database.read {
        try ListingWatcher().search(
          ListingWatcher.Wanted(words: ["青菜"], phones: [], links: [], accounts: []), in: other, $0)
      }
      #expect(strangers.isEmpty)
    }
  }
}
