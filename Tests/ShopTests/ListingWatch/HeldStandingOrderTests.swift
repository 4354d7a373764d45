import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Standing orders of goods that are held back")
struct HeldStandingOrderTests {
  @Test("They go without the goods and say why; the rest is ordered", arguments: TestEngine.available)
  func rest(_ engine: TestEngine) async throws {
    try await StandingFixture.with(engine) { fixture in
      let market = fixture.market
      try await fixture.write([fixture.need(0, 2), fixture.need(1, 3)])
      let (product, person) = (market.offers[0].product, market.leader)
      try await market.database.write(in: market.community) { transaction in
        let merchant: MerchantID? = try transaction.value(
          "SELECT merchant_id FROM shop_product WHERE id = \(product)")
        try ListingHoldStore.hold(
          product, of: try #require(merchant), for: 1, by: person,
          until: Market.start + .hours(48), in: transaction)
      }
      let campaign = try await fixture.serve([(350, nil), (351, nil)])
      #expect(try await fixture.pieces(campaign) == [[0, 3]])
      let turn = try #require(try await fixture.turn(campaign))
      #expect(turn.lines.map(\.state) == [.refused, .ordered])
      #expect(turn.refusal == Problem.listingHeld().title)
      #expect(try await market.breaches() == [])
    }
  }
}
