import Database
import Kernel
import Ledger
import People
import Security
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// Goods by weight against the books that the program keeps.
@Suite("What weighed goods cost, in the books")
struct WeighedMoneyTests {
  /// A campaign with two items at ¥20.00 a kilogram, 500 g a piece and 10 % tolerance, in its pickup phase.
  private struct Sale {
    let house: House
    let leader: CampaignActor
    let scale: WeighInActor
    let items: [CampaignItemID]
    let order: OrderID

    private var shop: Shop { house.switchboard.shop }

    func current() async throws -> Order {
      try #require(
        try await house.switchboard.database.read { try OrderStore.find(order, in: house.community, $0) })
    }

    func weigh(_ grams: Int64, of item: Int, seen: Int64? = nil) async throws {
      try await house.switchboard.database.write(in: house.community) {
        try WeighInStore.record(
          [WeighInEntry(order: order, grams: grams, seen: seen)], of: items[item], .ledger, by: scale, in: $0)
      }
    }

    func handOver(_ pieces: [Int: Int64], cash: Money, key: String) async throws {
      let order = try await current()
      let code = try #require(shop.pickupCodes.code(for: order))
      let answer = try await house.switchboard.database.write(in: house.community) {
        try HandoverDesk(codes: shop.pickupCodes, books: .ledger).handOver(
          HandoverRequest(
            order: order.id, revision: order.revision, pieces: pieces, cash: cash, proof: .code(code),
            key: key),
          by: leader, in: $0)
      }
      guard case .handedOver = answer else {
        Issue.record("nothing was handed over: \(answer)")
        return
      }
    }

    func agree(to amount: Int64, at position: Int) async throws {
      let order = try await current()
      _ = try await house.switchboard.database.write(in: house.community) {
        try WeighInStore.agree(
          to: .fen(amount), at: position, of: order.id, household: order.household, by: order.person, .ledger,
          in: $0)
      }
    }

    func takeCash(_ amount: Money, key: String) async throws {
      try await house.switchboard.database.write(in: house.community) {
        try OutstandingCash.take(
          amount, for: order, key: "weighed-money-\(key)", .ledger, by: leader, in: $0)
      }
    }

    func paid() async throws -> Money {
      try await house.switchboard.database.read {
        try OrderAccounts.paid(for: [order], in: house.community, $0)[order] ?? .zero
      }
    }

    /// What `nuanlin check` finds between goods and money, and inside each.
    func breaches() async throws -> [Breach] {
      try await house.switchboard.breaches()
    }
  }

  private static let start = Timestamp(seconds: 1_900_000_000)

  private func with(_ engine: TestEngine, _ body: (Sale) async throws -> Void) async throws {
    let clock = MovableClock(Self.start)
    try await House.with(engine, clock: clock.clock) { house in
      let leader = try await house.person(roles: [.leader])
      let buyer = try await house.person(roles: [.resident])
      let actor = try #require(CampaignActor(person: leader, roles: [.leader], leader: leader))
      let (campaign, items) = try await open(house, actor)
      let database = house.switchboard.database
      let household = try #require(
        try await database.read {
          try house.switchboard.people.directory.household(of: buyer, in: house.community, $0)
        })
      let order = try await house.switchboard.shop.desk.submit(
        try OrderRequest(
          community: house.community, campaign: campaign.id, person: buyer, household: household,
          actor: buyer,
          role: .resident, key: "weighed-money-order-1",
          command: .place(items.map { .init(item: $0, quantity: 1) }, note: "")
        )
      ).order
      clock.move(to: Self.start + .hours(10))
      try await database.write(in: house.community) { transaction in
        try CloseCampaign.close(campaign.id, .ledger, in: transaction)
        try ArrivalStore.record(
          items.map { ArrivalEntry(item: $0, arrived: 1) }, of: campaign.id, .ledger, by: actor,
          in: transaction)
      }
      try await body(
        Sale(
          house: house, leader: actor, scale: try #require(WeighInActor(actor, campaign)), items: items,
          order: order.id))
    }
  }

  private func open(_ house: House, _ actor: CampaignActor) async throws -> (Campaign, [CampaignItemID]) {
    try await house.switchboard.database.write(in: house.community) { transaction in
      let merchant: MerchantID = transaction.newIdentifier()
      try transaction.insertMerchants([
        Merchant(
          id: merchant, community: house.community,
          details: .init(name: Phrase(same: "陈记水产"), story: Phrase(same: ""), licence: "", phone: ""),
          createdAt: transaction.now)
      ])
      let point: PickupPointID = transaction.newIdentifier()
      try transaction.insertPickupPoints([
        PickupPoint(
          id: point, community: house.community, details: .init(name: Phrase(same: "3号楼大堂")),
          createdAt: transaction.now)
      ])
      let weighed = WeighedTerms(per: .kilogram, typicalGrams: 500, tolerancePercent: 10).flatMap {
        WeighedOffer($0)
      }
      let product = try transaction.createProduct(
        ProductDraft(
          details: .init(name: Phrase(same: "鲫鱼"), category: .seafood),
          variants: ["F-1", "F-2"].map { sku in
            VariantDraft(details: .init(sku: sku, unit: .piece, price: .fen(2_000), weighed: weighed))
          }), by: .program(for: merchant, person: actor.person))
      let campaign = try CampaignChanges.create(
        CampaignDraft(
          title: Phrase(same: "周六鲜鱼"), note: Phrase(same: ""), opensAt: Self.start - .hours(1),
          cutOffAt: Self.start + .hours(4), pickupPoint: point, pickupFrom: Self.start + .hours(10),
          pickupUntil: Self.start + .hours(14), minimum: .none, shortageRule: .firstCome),
        leader: actor.person, lotterySeed: "a1b2", by: actor, in: transaction)
      let items = try product.variants.map { variant in
        try CampaignItemChanges.add(
          variant.id, CampaignItemDraft(price: .fen(2_000), stockKind: .onDemand), to: campaign.id, by: actor,
          in: transaction)
      }
      try CampaignChanges.publish(campaign.id, .ledger, by: actor, in: transaction)
      return (campaign, items)
    }
  }

  @Test(
    "what was paid too much is promised back, and taken back when the weight is corrected",
    arguments: TestEngine.available)
  func weighedLess(engine: TestEngine) async throws {
    try await with(engine) { sale in
      try await sale.weigh(500, of: 0)
      // Everything is paid at the first bag; the second is not weighed yet.
      try await sale.handOver([0: 1], cash: .fen(2_000), key: "weighed-money-first-bag")
      #expect(try await sale.current().payment == .received)
      try await sale.weigh(400, of: 1)
      #expect(try await sale.current().total == .fen(1_800))
      #expect(try await sale.paid() == .fen(1_800))
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.breaches().isEmpty)
      try await sale.weigh(450, of: 1, seen: 400)
      #expect(try await sale.current().total == .fen(1_900))
      #expect(try await sale.paid() == .fen(1_900))
      #expect(try await sale.current().payment == .received)
      try await sale.handOver([1: 1], cash: .zero, key: "weighed-money-second-bag")
      #expect(try await sale.current().fulfilment == .collected)
      #expect(try await sale.breaches().isEmpty)
    }
  }

  @Test(
    "what a household agrees to after it carried the goods home is owed, and the books say so",
    arguments: TestEngine.available)
  func agreedLater(engine: TestEngine) async throws {
    try await with(engine) { sale in
      try await sale.weigh(700, of: 0)
      try await sale.weigh(500, of: 1)
      #expect(try await sale.current().total == .fen(1_100 + 1_000))
      try await sale.handOver([0: 1, 1: 1], cash: .fen(2_100), key: "weighed-money-both-bags")
      #expect(try await sale.current().payment == .received)
      try await sale.agree(to: 1_400, at: 0)
      #expect(try await sale.current().total == .fen(2_400))
      #expect(try await sale.current().payment == .due)
      #expect(try await sale.paid() == .fen(2_100))
      #expect(try await sale.breaches().isEmpty)
      let tooMuch = await #expect(throws: Problem.self) {
        try await sale.takeCash(.fen(301), key: "cash-301")
      }
      #expect(tooMuch?.fields.map(\.field) == ["cash"])
      // One who clicks twice has taken the banknotes once.
      try await sale.takeCash(.fen(100), key: "cash-100")
      try await sale.takeCash(.fen(100), key: "cash-100")
      #expect(try await sale.paid() == .fen(2_200))
      try await sale.takeCash(.fen(200), key: "cash-200")
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.breaches().isEmpty)
    }
  }
}
