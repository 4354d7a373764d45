import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// A neighbourhood in which a bakery and a noodle shop buy together of River Farm. None of their people live there.
struct JointFixture: Sendable {
  let market: Market
  /// Who supplies everything.
  let farm: MerchantID
  let bakery: MerchantID
  let noodles: MerchantID
  /// Two of the bakery, one of the noodle shop, one of the farm.
  let baker: PersonID
  let apprentice: PersonID
  let cook: PersonID
  let farmer: PersonID

  var database: Database { market.database }
  var community: CommunityID { market.community }

  static func with<T>(_ engine: TestEngine, _ body: (JointFixture) async throws -> T) async throws -> T {
    try await Market.with(engine) { market in
      let farm = try #require(market.offers.first?.merchant)
      let shops = try await open(
        [Phrase("弄堂面包房", "Lane Bakery"), Phrase("老街面馆", "Old Street Noodles")], market)
      let fixture = JointFixture(
        market: market, farm: farm, bakery: shops[0], noodles: shops[1],
        baker: try await market.person("唐师傅", [.merchant], merchant: shops[0]),
        apprentice: try await market.person("小徒弟", [.merchant], merchant: shops[0]),
        cook: try await market.person("面馆老板", [.merchant], merchant: shops[1]),
        farmer: try await market.person("江农", [.merchant], merchant: farm))
      return try await body(fixture)
    }
  }

  private static func open(_ names: [Phrase], _ market: Market) async throws -> [MerchantID] {
    let (identifiers, community) = (market.database.identifiers, market.community)
    return try await market.database.write(in: community) { transaction in
      let merchants = names.map { name in
        Merchant(
          id: identifiers.next(), community: community,
          details: Merchant.Details(name: name, story: Phrase(same: ""), licence: "", phone: ""),
          createdAt: transaction.now)
      }
      try transaction.insertMerchants(merchants)
      return merchants.map(\.id)
    }
  }

  // MARK: - Joint purchases

  /// A published joint purchase of these items.
  func purchase(
    _ items: [CampaignItemDraft], minimum: Campaign.Minimum = .none, rule: ShortageRule = .firstCome
  ) async throws -> CampaignID {
    var draft = market.draft(minimum: minimum, rule: rule)
    draft.title = Phrase("一起进面粉", "Flour together")
    draft.audience = .merchants
    return try await market.campaign(items, draft)
  }

  func limited(_ units: Int64, limit: Int64? = nil) throws -> CampaignItemDraft {
    try CampaignItemDraft(price: .fen(500), stockKind: .limited, units: units, householdLimit: limit)
  }

  func items(_ campaign: CampaignID) async throws -> [CampaignItemID] {
    try await market.items(campaign).map(\.item.id)
  }

  func request(
    _ person: PersonID, for buyer: MerchantID, in campaign: CampaignID, key: String,
    _ wishes: [(CampaignItemID, Int64)]
  ) throws -> OrderRequest {
    try OrderRequest(
      community: community, campaign: campaign, buyer: buyer, person: person, actor: person, key: key,
      command: .place(wishes.map { OrderRequest.Wish(item: $0.0, quantity: $0.1) }, note: ""))
  }

  func place(
    _ person: PersonID, for buyer: MerchantID, in campaign: CampaignID, key: String,
    _ wishes: [(CampaignItemID, Int64)]
  ) async throws -> Order {
    try await market.shop.desk.submit(request(person, for: buyer, in: campaign, key: key, wishes)).order
  }

  /// The code of the problem with which something is refused; nil where it is done.
  func refusal(_ act: () async throws -> Void) async throws -> String? {
    do {
      try await act()
      return nil
    } catch let problem as Problem { return problem.code }
  }

  /// Past the cut-off, with every campaign closed by its own job, and on to when goods come.
  func close() async throws {
    market.clock.move(to: Market.start + .hours(6))
    try await market.runJobs()
    market.clock.move(to: Market.start + .hours(20))
  }

  func arrive(_ pieces: [(CampaignItemID, Int64)], for campaign: CampaignID) async throws {
    let actor = try market.actor()
    try await database.write(in: community) { transaction in
      try ArrivalStore.record(
        pieces.map { ArrivalEntry(item: $0.0, arrived: $0.1) }, of: campaign, .cashOnly, by: actor,
        in: transaction)
    }
  }

  /// Everything that is ready of an order goes over the table, against its right code.
  func handOver(_ order: OrderID, key: String) async throws {
    let found = try #require(try await find(order))
    let codes = market.shop.pickupCodes
    let request = HandoverRequest(
      order: order, revision: found.revision,
      pieces: Dictionary(uniqueKeysWithValues: found.lines.map { ($0.position, $0.ready) }),
      cash: found.total, proof: .code(codes.code(for: found) ?? ""), key: key)
    let (desk, actor) = (HandoverDesk(codes: codes, books: .cashOnly), try market.actor())
    _ = try await database.write(in: community) { try desk.handOver(request, by: actor, in: $0) }
  }

  func find(_ order: OrderID) async throws -> Order? {
    try await database.read { try OrderStore.find(order, in: community, $0) }
  }

  func write(_ query: Query) async throws {
    try await database.write(in: community) { _ = try $0.execute(query) }
  }
}
