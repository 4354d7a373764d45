import Database
import Kernel
import Ledger
import People
import Security
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// Promotions against the books that the program keeps.
@Suite("What many orders together cost, in the books")
struct PromotionMoneyTests {
  private static let start = Timestamp(seconds: 1_900_000_000)

  /// A campaign with one item at ¥20.00, ¥17.00 from 4 on, and ¥5.00 off of orders from ¥50.00 on; two neighbours order.
  private struct Sale {
    let house: House
    let clock: MovableClock
    let leader: CampaignActor
    let campaign: CampaignID
    let item: CampaignItemID
    let orders: [OrderID]

    var database: Database { house.switchboard.database }

    func order(_ number: Int) async throws -> Order {
      try #require(try await database.read { try OrderStore.find(orders[number], in: house.community, $0) })
    }

    /// What came in for it and was not promised back.
    func paid(_ number: Int) async throws -> Money {
      try await database.read {
        try OrderAccounts.paid(for: orders, in: house.community, $0)[orders[number]] ?? .zero
      }
    }

    func prepay(_ number: Int) async throws {
      let order = try await order(number)
      let actor = leader.actor
      try await database.write(in: house.community) { transaction in
        try OrderAccounts.take(
          .init(order: order.id, campaign: campaign, amount: order.total, takenBy: actor.person), by: actor,
          in: transaction)
        try OrderPayments.paymentCame(order.id, .ledger, by: actor, in: transaction)
      }
    }

    func close() async throws {
      clock.move(to: PromotionMoneyTests.start + .hours(10))
      try await database.write(in: house.community) {
        try CloseCampaign.close(campaign, .ledger, in: $0)
      }
    }

    func arrive(_ pieces: Int64) async throws {
      try await database.write(in: house.community) {
        try ArrivalStore.record(
          [ArrivalEntry(item: item, arrived: pieces)], of: campaign, .ledger, by: leader, in: $0)
      }
    }

    func handOver(_ number: Int, cash: Money) async throws {
      let order = try await order(number)
      let codes = house.switchboard.shop.pickupCodes
      let code = try #require(codes.code(for: order))
      let answer = try await database.write(in: house.community) {
        try HandoverDesk(codes: codes, books: .ledger).handOver(
          HandoverRequest(
            order: order.id, revision: order.revision, pieces: [0: order.lines[0].due], cash: cash,
            proof: .code(code), key: "promotion-handover-\(number)"),
          by: leader, in: $0)
      }
      guard case .handedOver = answer else {
        Issue.record("nothing was handed over: \(answer)")
        return
      }
    }

    /// What is told of the money that goes back, for all orders.
    func refunds() async throws -> [String] {
      try await database.read { snapshot in
        try orders.flatMap { order in
          try OrderAccounts.story(of: order, in: house.community, snapshot).filter { $0.amount < .zero }
            .map { "\($0.what.chinese) \($0.amount.display)" }
        }
      }
    }
  }

  private func with(_ engine: TestEngine, _ body: (Sale) async throws -> Void) async throws {
    let clock = MovableClock(Self.start)
    try await House.with(engine, clock: clock.clock) { house in
      let leader = try await house.person(roles: [.leader])
      let actor = try #require(CampaignActor(person: leader, roles: [.leader], leader: leader))
      let (campaign, item) = try await open(house, actor)
      var orders: [OrderID] = []
      for (number, quantity) in [Int64(3), 2].enumerated() {
        let buyer = try await house.person(roles: [.resident])
        let household = try #require(
          try await house.switchboard.database.read {
            try house.switchboard.people.directory.household(of: buyer, in: house.community, $0)
          })
        orders.append(
          try await house.switchboard.shop.desk.submit(
            try OrderRequest(
              community: house.community, campaign: campaign, person: buyer, household: household,
              actor: buyer, role: .resident, key: "promotion-money-order-\(number)",
              command: .place([.init(item: item, quantity: quantity)], note: ""))
          ).order.id)
      }
      try await body(
        Sale(house: house, clock: clock, leader: actor, campaign: campaign, item: item, orders: orders))
    }
  }

  private func open(_ house: House, _ actor: CampaignActor) async throws -> (CampaignID, CampaignItemID) {
    try await house.switchboard.database.write(in: house.community) { transaction in
      let merchant: MerchantID = transaction.newIdentifier()
      try transaction.insertMerchants([
        Merchant(
          id: merchant, community: house.community,
          details: .init(name: Phrase(same: "西山果园"), story: Phrase(same: ""), licence: "", phone: ""),
          createdAt: transaction.now)
      ])
      let point: PickupPointID = transaction.newIdentifier()
      try transaction.insertPickupPoints([
        PickupPoint(
          id: point, community: house.community, details: .init(name: Phrase(same: "3号楼大堂")),
          createdAt: transaction.now)
      ])
      let product = try transaction.createProduct(
        ProductDraft(
          details: .init(name: Phrase(same: "蜜橘"), category: .fruit),
          variants: [VariantDraft(details: .init(sku: "M-1", unit: .bag, price: .fen(2_000)))]),
        by: .program(for: merchant, person: actor.person))
      let campaign = try CampaignChanges.create(
        CampaignDraft(
          title: Phrase(same: "周末水果"), opensAt: Self.start - .hours(1), cutOffAt: Self.start + .hours(4),
          pickupPoint: point, pickupFrom: Self.start + .hours(10), pickupUntil: Self.start + .hours(14),
          terms: CampaignTerms(commission: Rate(basisPoints: 800) ?? .none),
          discountSteps: DiscountSteps([DiscountStep(threshold: .fen(5_000), discount: .fen(500))])),
        leader: actor.person, lotterySeed: "a1b2", by: actor, in: transaction)
      let item = try CampaignItemChanges.add(
        try #require(product.variants.first?.id),
        CampaignItemDraft(
          price: .fen(2_000), stockKind: .onDemand,
          tiers: PriceTiers([PriceTier(quantity: 4, price: .fen(1_700))])),
        to: campaign.id, by: actor, in: transaction)
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      return (campaign.id, item)
    }
  }

  @Test("exactly the difference is promised back, once", arguments: TestEngine.available)
  func refundsTheDifference(engine: TestEngine) async throws {
    try await with(engine) { sale in
      #expect(try await sale.order(0).total == .fen(5_500))
      try await sale.prepay(0)
      #expect(try await sale.house.switchboard.breaches().isEmpty)
      try await sale.close()
      #expect(try await sale.order(0).total == .fen(4_600))
      #expect(try await sale.order(0).payment == .received)
      #expect(try await sale.paid(0) == .fen(4_600))
      #expect(try await sale.order(1).total == .fen(3_400))
      #expect(try await sale.order(1).payment == .due)
      let refunds = try await sale.refunds()
      #expect(refunds == ["待退（订的人多，价格降了） -¥9.00"])
      try await sale.close()
      #expect(try await sale.refunds() == refunds)
      #expect(try await sale.house.switchboard.breaches().isEmpty)
    }
  }

  @Test("a discount, a price that fell and a shortage agree with the books", arguments: TestEngine.available)
  func reconciles(engine: TestEngine) async throws {
    try await with(engine) { sale in
      try await sale.prepay(0)
      try await sale.close()
      try await sale.arrive(2)
      // ¥5.00 off of ¥51.00 is ¥3.33 off of the ¥34.00 that came.
      #expect(try await sale.order(0).total == .fen(3_067))
      #expect(try await sale.paid(0) == .fen(3_067))
      #expect(try await sale.refunds() == ["待退（订的人多，价格降了） -¥9.00", "待退（缺货） -¥15.33"])
      #expect(try await sale.house.switchboard.breaches().isEmpty)
      try await sale.arrive(5)
      #expect(try await sale.order(0).total == .fen(4_600))
      #expect(try await sale.order(1).total == .fen(3_400))
      try await sale.handOver(1, cash: .fen(3_400))
      try await sale.handOver(0, cash: try await sale.order(0).total.subtracting(sale.paid(0)))
      #expect(try await sale.order(0).fulfilment == .collected)
      #expect(try await sale.order(1).fulfilment == .collected)
      #expect(try await sale.house.switchboard.breaches().isEmpty)
      // Everybody's part is taken of what was paid: 92 % to the merchant, 8 % to the leader.
      let sold = try await sale.database.read {
        try OrderAccounts.sold(for: sale.orders, in: sale.house.community, $0)
      }
      #expect(sold == [sale.orders[0]: .fen(4_600), sale.orders[1]: .fen(3_400)])
    }
  }
}
