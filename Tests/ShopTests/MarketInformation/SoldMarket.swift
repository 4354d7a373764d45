import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

/// A neighbourhood of thirty homes with somebody in each, of whom all but the last agreed to be counted, and of five
/// merchants who sell greens. The clock stands at Monday, 23 November 2026.
struct SoldMarket: Sendable {
  static let november = Month(Market.start, offsetSeconds: 28_800)
  /// The second of December, at four in the morning.
  static let release = Timestamp(rfc3339: "2026-12-01T20:00:00Z") ?? Market.start

  let market: Market
  let homes: [HouseholdID]
  let persons: [PersonID]
  let merchants: [MerchantID]
  /// One of each merchant.
  let items: [CampaignItemID]
  let campaign: CampaignID

  var database: Database { market.database }
  var community: CommunityID { market.community }

  static func with(_ engine: TestEngine, _ body: (SoldMarket) async throws -> Void) async throws {
    try await Market.with(engine) { market in
      let homes = try await market.people.createHouseholds(
        try (1...30).map { try HouseholdDraft(door: Door(building: "7", unit: "1", room: "\($0)")) },
        in: market.community)
      let persons = try await market.people.createPersons(
        try homes.enumerated().map {
          try PersonDraft(displayName: "邻居\($0.offset + 1)", household: $0.element, phone: nil)
        }, in: market.community)
      let campaign = try await market.campaign([CampaignItemDraft(price: .fen(500), stockKind: .onDemand)])
      let merchants = try await open(5, market)
      let items = try await offer(merchants, in: campaign, market)
      let sold = SoldMarket(
        market: market, homes: homes, persons: persons, merchants: merchants, items: items, campaign: campaign
      )
      for person in persons.dropLast() { try await sold.agree(person) }
      try await body(sold)
    }
  }

  private static func open(_ count: Int, _ market: Market) async throws -> [MerchantID] {
    let (identifiers, community) = (market.database.identifiers, market.community)
    return try await market.database.write(in: community) { transaction in
      let merchants = (0..<count).map { number in
        Merchant(
          id: identifiers.next(), community: community,
          details: Merchant.Details(
            name: Phrase("小店\(number)", "Shop \(number)"), story: Phrase(same: ""), licence: "", phone: ""),
          createdAt: transaction.now)
      }
      try transaction.insertMerchants(merchants)
      return merchants.map(\.id)
    }
  }

  private static func offer(
    _ merchants: [MerchantID], in campaign: CampaignID, _ market: Market
  ) async throws -> [CampaignItemID] {
    let (community, offer) = (market.community, market.offers[0])
    return try await market.database.write(in: community) { transaction in
      try merchants.enumerated().map { number, merchant in
        let id: CampaignItemID = transaction.newIdentifier()
        try transaction.execute(
          """
          INSERT INTO shop_campaign_item (id, community_id, campaign_id, position, product_id, variant_id,
            merchant_id, price, stock_kind, minimum_quantity)
          VALUES (\(id), \(community), \(campaign), \(Int64(number + 100)), \(offer.product),
            \(transaction.newIdentifier(VariantKind.self)), \(merchant), 500, 'on_demand', 1)
          """)
        return id
      }
    }
  }

  /// - Parameter version: of the notice that they said yes to; nil for the newest.
  func agree(_ person: PersonID, version: Int64? = nil) async throws {
    try await database.write(in: community) { transaction in
      let code = "order-statistics"
      let earlier: NoticeID? = try version.flatMap {
        try transaction.value(
          "SELECT id FROM people_notice WHERE community_id = \(community) AND code = \(code) AND version = \($0)"
        )
      }
      let notice = try #require(
        version == nil ? try Consents.notice(code, in: transaction) : earlier)
      let draft = Consents.Draft(
        subject: person, notice: notice, expires: transaction.now + .days(90), evidence: .electronic(person))
      _ = try Consents.record(
        draft, isGiven: true, by: Actor(person: person, role: .resident), in: transaction)
    }
  }

  /// Each of some homes is handed one line of a merchant in turn.
  ///
  /// - Parameter helper: who ordered for them; nil for themselves.
  func sell(
    _ buyers: Range<Int>, merchants: Int = 5, price: Int64 = 500, at moment: Timestamp = Market.start,
    helper: PersonID? = nil, method: String = "code"
  ) async throws {
    try await database.write(in: community) { transaction in
      for place in buyers {
        let (order, pickup): (OrderID, PickupID) = (transaction.newIdentifier(), transaction.newIdentifier())
        try transaction.execute(
          """
          INSERT INTO shop_order (id, community_id, campaign_id, number, household_id, person_id, placed_by_id,
            client_key, request_digest, placed_at, placed_total, total, note, fulfilment, payment_method,
            payment, revision, pickup_generation, pickup_failures, changed_at, authority)
          VALUES (\(order), \(community), \(campaign), \(order.rawValue), \(homes[place]), \(persons[place]),
            \(helper ?? persons[place]), \(order.description), \([1] as [UInt8]), \(moment), \(price), \(price),
            '', 'collected', 'cash_at_pickup', 'received', 1, 1, 0, \(moment),
            \(helper == nil ? "household" : "assisted"))
          """)
        try transaction.execute(
          """
          INSERT INTO shop_order_line (order_id, position, community_id, item_id, name_zh, name_en, pack_zh,
            pack_en, unit_code, price, placed_quantity, quantity, allocated, collected)
          VALUES (\(order), 0, \(community), \(items[place % merchants]), '青菜', 'Greens', '', '', 'XBG',
            \(price), 1, 1, 1, 1)
          """)
        try transaction.execute(
          """
          INSERT INTO shop_pickup (id, community_id, order_id, campaign_id, handed_by_id, method, cash_received,
            handed_at)
          VALUES (\(pickup), \(community), \(order), \(campaign), 1, \(method), 0, \(moment))
          """)
        try transaction.execute(
          """
          INSERT INTO shop_pickup_line (pickup_id, position, community_id, quantity)
          VALUES (\(pickup), 0, \(community), 1)
          """)
      }
    }
  }

  // MARK: - Reading

  func month(_ month: Month = november) async throws -> MarketMonth? {
    try await database.read { try MarketMonthStore.find(month, in: community, $0) }
  }

  func releaseMonth() async throws {
    let desk = MarketDesk(directory: market.people.directory)
    market.clock.move(to: Self.release)
    try await database.write(in: community) { try desk.release(Self.november, in: $0) }
  }

  func demand() async throws -> MarketMonth.Demand? {
    guard case .released(let demand)? = try await month()?.demand else { return nil }
    return demand
  }

  /// A browser before the doors of market information and of districts alone.
  func browser(of person: PersonID) async throws -> Browser {
    var routes = Routes()
    market.people.routes(&routes)
    MarketInformation(database, directory: market.people.directory).register(on: &routes)
    MerchantDistricts(database).register(on: &routes)
    let browser = Browser(
      routes.responder(site: market.site), host: Market.host, acceptLanguage: "zh", address: "203.0.113.9")
    browser.setCookie("sid", try await market.bearer(of: person, level: .secondFactor))
    return browser
  }
}
