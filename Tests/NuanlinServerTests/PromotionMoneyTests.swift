import Database
import Kernel
import Ledger
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// Promotions against the books that the program keeps.
@Suite("What many orders together cost, in the books")
struct PromotionMoneyTests {
  /// A campaign with one item at ¥20.00, ¥17.00 from 4 on, and ¥5.00 off of orders from ¥50.00 on; two neighbours order 3
  /// and 2.
  private func with(
    _ engine: TestEngine, _ body: (Shopping, _ three: OrderID, _ two: OrderID) async throws -> Void
  ) async throws {
    let offer = Shopping.Offer(
      price: .fen(2_000), tiers: PriceTiers([PriceTier(quantity: 4, price: .fen(1_700))]))
    try await Shopping.with(
      engine, offers: [offer], terms: CampaignTerms(commission: Rate(basisPoints: 800) ?? .none),
      discountSteps: DiscountSteps([DiscountStep(threshold: .fen(5_000), discount: .fen(500))])
    ) { shopping in
      try await body(shopping, try await shopping.place(0, [3]), try await shopping.place(1, [2]))
    }
  }

  /// What is told of the money that goes back.
  private func refunds(of order: OrderID, _ shopping: Shopping) async throws -> [String] {
    try await shopping.database.read {
      try OrderAccounts.story(of: order, in: shopping.house.community, $0).filter { $0.amount < .zero }
        .map { "\($0.what.chinese) \($0.amount.display)" }
    }
  }

  @Test("exactly the difference is promised back, once", arguments: TestEngine.available)
  func refundsTheDifference(engine: TestEngine) async throws {
    try await with(engine) { shopping, three, two in
      #expect(try await shopping.order(three).total == .fen(5_500))
      try await shopping.prepay(three)
      #expect(try await shopping.breaches().isEmpty)
      try await shopping.close()
      #expect(try await shopping.order(three).total == .fen(4_600))
      #expect(try await shopping.order(three).payment == .received)
      #expect(try await shopping.paid(three) == .fen(4_600))
      #expect(try await shopping.order(two).total == .fen(3_400))
      #expect(try await shopping.order(two).payment == .due)
      let refunds = try await refunds(of: three, shopping)
      #expect(refunds == ["待退（订的人多，价格降了） -¥9.00"])
      try await shopping.close()
      #expect(try await self.refunds(of: three, shopping) == refunds)
      #expect(try await self.refunds(of: two, shopping).isEmpty)
      #expect(try await shopping.breaches().isEmpty)
    }
  }

  @Test("a discount, a price that fell and a shortage agree with the books", arguments: TestEngine.available)
  func reconciles(engine: TestEngine) async throws {
    try await with(engine) { shopping, three, two in
      try await shopping.prepay(three)
      try await shopping.arrive([2])
      // ¥5.00 off of ¥51.00 is ¥3.33 off of the ¥34.00 that came.
      #expect(try await shopping.order(three).total == .fen(3_067))
      #expect(try await shopping.paid(three) == .fen(3_067))
      #expect(try await refunds(of: three, shopping) == ["待退（订的人多，价格降了） -¥9.00", "待退（缺货） -¥15.33"])
      #expect(try await shopping.breaches().isEmpty)
      try await shopping.arrive([5])
      #expect(try await shopping.order(three).total == .fen(4_600))
      #expect(try await shopping.order(two).total == .fen(3_400))
      try await shopping.handOver(two)
      try await shopping.handOver(three)
      #expect(try await shopping.order(three).fulfilment == .collected)
      #expect(try await shopping.order(two).fulfilment == .collected)
      #expect(try await shopping.breaches().isEmpty)
      // Everybody's part is taken of what was paid: 8 % to the leader, 2 % to the community, the rest to the merchant.
      let sold = try await shopping.database.read {
        try OrderAccounts.sold(for: [three, two], in: shopping.house.community, $0)
      }
      #expect(sold == [three: .fen(4_600), two: .fen(3_400)])
      #expect(
        try await shopping.parts().filter { $0.value != .zero } == [
          .merchant(shopping.merchant): .fen(7_200), .person(shopping.leader): .fen(640),
          .community: .fen(160),
        ])
    }
  }
}
