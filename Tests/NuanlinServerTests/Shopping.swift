import Database
import Kernel
import Ledger
import People
import Security
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// One campaign in the whole program, from the first order to the payout, with a hand on the clock.
struct Shopping: Sendable {
  /// What one item of it costs, on demand.
  struct Offer: Sendable {
    var price: Money
    var weighed: WeighedOffer?
    var tiers = PriceTiers.none
  }

  static let start = Timestamp(seconds: 1_900_000_000)

  let house: House
  let clock: MovableClock
  let leader: PersonID
  /// Works for the merchant.
  let seller: PersonID
  let committee: PersonID
  let merchant: MerchantID
  /// Has the part that was asked for.
  let fund: FundID?
  let campaign: Campaign
  let items: [CampaignItemID]
  let buyers: [(person: PersonID, household: HouseholdID)]

  var shop: Shop { house.switchboard.shop }
  var database: Database { house.switchboard.database }
  var runner: CampaignActor {
    get throws { try #require(CampaignActor(person: leader, roles: [.leader], leader: leader)) }
  }

  /// - Parameters:
  ///   - offers: one item each.
  ///   - terms: the platform's part is what the community's rules say.
  ///   - fundRate: the part of a fund that is made for it; nil for none.
  static func with(
    _ engine: TestEngine, offers: [Offer], terms: CampaignTerms = CampaignTerms(), fundRate: Rate? = nil,
    discountSteps: DiscountSteps = .none, buyers count: Int = 2, _ body: (Shopping) async throws -> Void
  ) async throws {
    let clock = MovableClock(start)
    try await House.with(engine, clock: clock.clock) { house in
      let leader = try await house.person(roles: [.leader])
      let seller = try await house.person(roles: [.merchant])
      let committee = try await house.person(roles: [.committee])
      var buyers: [(PersonID, HouseholdID)] = []
      for _ in 0..<count {
        let person = try await house.person(roles: [.resident])
        let household = try await house.switchboard.database.read {
          try house.switchboard.people.directory.household(of: person, in: house.community, $0)
        }
        buyers.append((person, try #require(household)))
      }
      var terms = terms
      if let fundRate {
        let fund = try await house.switchboard.database.write(in: house.community) {
          try Funds.create(
            name: Phrase(same: "冬菜"), donor: "基金会", purpose: "高龄独居",
            by: Actor(person: committee, role: .committee), in: $0)
        }
        terms.fund = CampaignTerms.FundPart(fund: fund.id, rate: fundRate)
      }
      let (merchant, campaign, items) = try await open(house, leader, seller, offers, terms, discountSteps)
      try await body(
        Shopping(
          house: house, clock: clock, leader: leader, seller: seller, committee: committee,
          merchant: merchant, fund: terms.fund?.fund, campaign: campaign, items: items, buyers: buyers))
    }
  }

  private static func open(
    _ house: House, _ leader: PersonID, _ seller: PersonID, _ offers: [Offer], _ terms: CampaignTerms,
    _ discountSteps: DiscountSteps
  ) async throws -> (MerchantID, Campaign, [CampaignItemID]) {
    let actor = try #require(CampaignActor(person: leader, roles: [.leader], leader: leader))
    return try await house.switchboard.database.write(in: house.community) { transaction in
      let merchant: MerchantID = transaction.newIdentifier()
      try transaction.insertMerchants([
        Merchant(
          id: merchant, community: house.community,
          details: .init(name: Phrase(same: "江禾农场"), story: Phrase(same: ""), licence: "", phone: ""),
          createdAt: transaction.now)
      ])
      try transaction.insertMembers([(seller, merchant)])
      let point: PickupPointID = transaction.newIdentifier()
      try transaction.insertPickupPoints([
        PickupPoint(
          id: point, community: house.community, details: .init(name: Phrase(same: "3号楼大堂")),
          createdAt: transaction.now)
      ])
      let product = try transaction.createProduct(
        ProductDraft(
          details: .init(name: Phrase(same: "土鸡蛋"), category: .eggs),
          variants: offers.enumerated().map { index, offer in
            VariantDraft(
              details: .init(sku: "E-\(index)", unit: .piece, price: offer.price, weighed: offer.weighed))
          }), by: .program(for: merchant, person: leader))
      let draft = try CampaignChanges.create(
        CampaignDraft(
          title: Phrase(same: "周三鲜蛋"), note: Phrase(same: ""), opensAt: start - .hours(1),
          cutOffAt: start + .hours(4), pickupPoint: point, pickupFrom: start + .hours(10),
          pickupUntil: start + .hours(14), minimum: .none, shortageRule: .firstCome, terms: terms,
          discountSteps: discountSteps),
        leader: leader, lotterySeed: "a1b2", by: actor, in: transaction)
      let items = try zip(product.variants, offers).map { variant, offer in
        try CampaignItemChanges.add(
          variant.id, CampaignItemDraft(price: offer.price, stockKind: .onDemand, tiers: offer.tiers),
          to: draft.id, by: actor, in: transaction)
      }
      try CampaignChanges.publish(draft.id, .ledger, by: actor, in: transaction)
      let campaign = try #require(
        try CampaignStore.find([draft.id], in: house.community, transaction).first)
      return (merchant, campaign, items)
    }
  }

  // MARK: - The way of an order

  func place(_ buyer: Int, _ quantities: [Int64], key: String? = nil) async throws -> OrderID {
    let (person, household) = buyers[buyer]
    let wishes = zip(items, quantities).filter { $0.1 > 0 }.map {
      OrderRequest.Wish(item: $0.0, quantity: $0.1)
    }
    return try await shop.desk.submit(
      try OrderRequest(
        community: house.community, campaign: campaign.id, person: person, household: household,
        actor: person, role: .resident, key: key ?? "shopping-order-of-buyer-\(buyer)",
        command: .place(wishes, note: ""))
    ).order.id
  }

  func order(_ id: OrderID) async throws -> Order {
    try #require(try await database.read { try OrderStore.find(id, in: house.community, $0) })
  }

  /// Pays all of an order ahead of the goods, into the leader's hands.
  func prepay(_ id: OrderID) async throws {
    let order = try await order(id)
    let actor = Actor(person: leader, role: .leader)
    try await database.write(in: house.community) { transaction in
      try OrderAccounts.take(
        .init(order: id, campaign: order.campaign, amount: order.total, takenBy: leader), by: actor,
        in: transaction)
      try OrderPayments.paymentCame(id, .ledger, by: actor, in: transaction)
    }
  }

  /// Past the cut-off.
  func close() async throws {
    clock.move(to: Self.start + .hours(10))
    try await database.write(in: house.community) {
      try CloseCampaign.close(campaign.id, .ledger, in: $0)
    }
  }

  /// Past the cut-off; so many pieces of each item come.
  func arrive(_ arrived: [Int64]) async throws {
    try await close()
    let actor = try runner
    try await database.write(in: house.community) { transaction in
      try ArrivalStore.record(
        zip(items, arrived).map { ArrivalEntry(item: $0.0, arrived: $0.1, surplusUse: .stock) },
        of: campaign.id, .ledger, by: actor, in: transaction)
    }
  }

  /// Hands over what is ready, or so many pieces of the lines at these positions, against all that is still owed in cash.
  func handOver(_ id: OrderID, pieces: [Int: Int64]? = nil) async throws {
    let order = try await order(id)
    let code = try #require(shop.pickupCodes.code(for: order))
    let owed = max(Money.zero, try order.total.subtracting(try await paid(id)))
    let actor = try runner
    let answer = try await database.write(in: house.community) {
      try HandoverDesk(codes: shop.pickupCodes, books: .ledger).handOver(
        HandoverRequest(
          order: id, revision: order.revision,
          pieces: pieces
            ?? Dictionary(uniqueKeysWithValues: order.lines.map { ($0.position, $0.due - $0.collected) }),
          cash: owed, proof: .code(code), key: "shopping-pickup-of-\(id)-\(order.revision)"),
        by: actor, in: $0)
    }
    guard case .handedOver = answer else {
      Issue.record("nothing was handed over: \(answer)")
      return
    }
  }

  func finish() async throws {
    clock.move(to: Self.start + .hours(15))
    let actor = try runner
    try await database.write(in: house.community) {
      try FinishCampaign.finish(campaign.id, .ledger, by: actor, in: $0)
    }
  }

  /// Past the return window: parts may be paid out.
  func mature() async throws {
    clock.move(to: campaign.returnsUntil + .hours(1))
    try await database.write(in: house.community) { try MatureCampaign.mature(campaign.id, in: $0) }
  }

  // MARK: - What the books say

  func paid(_ id: OrderID) async throws -> Money {
    try await database.read { try OrderAccounts.paid(for: [id], in: house.community, $0)[id] ?? .zero }
  }

  func parts() async throws -> [Party: Money] {
    let statement = try await statement()
    return Dictionary(uniqueKeysWithValues: statement.parts.map { ($0.party, $0.net) })
  }

  func statement() async throws -> CampaignStatement {
    let journals = try await database.read {
      try JournalStore.list(ofCampaign: campaign.id, in: house.community, $0)
    }
    return try CampaignStatement(journals)
  }

  func balance(_ account: Account) async throws -> Money {
    try await database.read { try JournalStore.balance(of: account, in: house.community, $0) }
  }

  /// What `nuanlin check` finds between goods and money, and inside each.
  func breaches() async throws -> [Breach] { try await house.switchboard.breaches() }
}
