import Database
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Shop

/// A neighbourhood of many households that look for things in vain; it is Monday, 23 November.
struct NeedMarket: Sendable {
  static let november = Month(Market.start, offsetSeconds: 28_800)
  /// The second of December, at three in the morning.
  static let release = Timestamp(rfc3339: "2026-12-01T19:00:00Z") ?? Market.start
  /// The first of February, at midnight.
  static let forgetting = Timestamp(rfc3339: "2027-01-31T16:00:00Z") ?? Market.start

  let market: Market
  /// Twenty in Building 7, beside the two of the market.
  let households: [HouseholdID]
  let desk: NeedDesk
  let notes: NeedNotes
  let card: CommunityCard
  let campaign: CampaignID
  /// Greens.
  let item: CampaignItemID

  var database: Database { market.database }
  var community: CommunityID { market.community }

  static func with(_ engine: TestEngine, _ body: (NeedMarket) async throws -> Void) async throws {
    try await Market.with(engine) { market in
      let households = try await market.people.createHouseholds(
        try (1...20).map { try HouseholdDraft(door: Door(building: "7", unit: "1", room: "\($0)")) },
        in: market.community)
      let desk = NeedDesk(
        directory: market.people.directory, keys: DerivedKeys(root: [UInt8](repeating: 7, count: 32)))
      let card = try #require(
        try await market.database.read { try market.people.directory.community(market.community, $0) })
      let campaign = try await market.campaign([CampaignItemDraft(price: .fen(500), stockKind: .onDemand)])
      let item = try #require(try await market.items(campaign).first?.item.id)
      try await body(
        NeedMarket(
          market: market, households: households, desk: desk, notes: desk.notes(market.database), card: card,
          campaign: campaign, item: item))
    }
  }

  func term(_ text: String) throws -> NeedTerm { try #require(NeedTerm(text)) }

  @discardableResult
  func note(_ text: String, _ household: HouseholdID) async throws -> NeedNotes.Outcome {
    try await notes.note(try term(text), of: household, in: card)
  }

  func note(_ text: String, homes: Int) async throws {
    for household in households.prefix(homes) { try await note(text, household) }
  }

  func release(
    _ month: Month = november,
    by actor: Actor? = Actor(person: PersonID(rawValue: 9), role: .supervisor)
  ) async throws {
    try await database.write(in: community) { [desk] in try desk.release(month, by: actor, in: $0) }
  }

  func tables(_ month: Month = november) async throws -> [NeedTable] {
    try await database.read { try NeedTableStore.tables(of: month, in: community, $0) }
  }

  func table(_ kind: NeedTable.Kind) async throws -> NeedTable {
    try #require(try await tables().first { $0.kind == kind })
  }

  /// Marks that stand there, with their terms.
  func marks() async throws -> [String] {
    try await database.read { try $0.values("SELECT term FROM shop_need_mark ORDER BY term") }
  }

  func allowances() async throws -> [Int64] {
    try await database.read { try $0.values("SELECT terms FROM shop_need_allowance ORDER BY terms") }
  }

  func breaches() async throws -> [Breach] {
    try await database.read { try $0.breaches(of: NeedInvariants.invariants) }
  }

  func problem(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  // MARK: - What else happened in the month

  /// Spoiled greens, a case for each household, of so many merchants in turn.
  func claims(homes: Int, merchants: Int64, at moment: Timestamp = Market.start) async throws {
    try await database.write(in: community) { transaction in
      for (number, household) in households.prefix(homes).enumerated() {
        let (order, claim): (OrderID, ClaimID) = (transaction.newIdentifier(), transaction.newIdentifier())
        try transaction.execute(
          """
          INSERT INTO shop_order_line (order_id, position, community_id, item_id, name_zh, name_en, pack_zh,
            pack_en, unit_code, price, placed_quantity, quantity, collected)
          VALUES (\(order), 0, \(community), \(item), '青菜', 'Greens', '', '', 'XBG', 500, 1, 1, 1)
          """)
        try transaction.execute(
          """
          INSERT INTO shop_claim (id, community_id, order_id, campaign_id, household_id, reported_by_id, position,
            merchant_id, leader_id, fault, pieces, wish, note, has_picture, reported_at, state, level, due_at,
            refunded, sequence)
          VALUES (\(claim), \(community), \(order), \(campaign), \(household), 1, 0,
            \(Int64(number) % merchants + 1), 1, 'spoiled', 1, 'refund', '', 0, \(moment), 'refunded', 'leader',
            NULL, 0, 1)
          """)
      }
    }
  }

  /// Households that always want their bags brought.
  func wishes(homes: Int) async throws {
    let cipher = try await market.shop.deliveryCipher(of: community)
    try await database.write(in: community) { transaction in
      for household in households.prefix(homes) {
        try DeliveryWishStore.save(
          DeliveryWish(mode: .always), of: household, by: WishActor(person: market.wang, role: .resident),
          sealing: cipher, in: transaction)
      }
    }
  }
}
