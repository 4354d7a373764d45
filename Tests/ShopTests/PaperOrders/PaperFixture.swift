import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// A campaign whose catalogue was printed, with a slip for each household.
struct PaperFixture: Sendable {
  let market: Market
  let campaign: CampaignID
  let catalogue: PaperCatalogue
  let households: [(household: HouseholdID, person: PersonID)]
  let worker: PersonID

  static let workerRoles: Set<Role> = [.socialWorker]

  /// - Parameters:
  ///   - stock: of each item; nil for goods on demand.
  ///   - held: of each item for slips.
  static func with(
    _ engine: TestEngine, stock: [Int64?], held: [Int64] = [], households count: Int = 3,
    _ body: (PaperFixture) async throws -> Void
  ) async throws {
    try await Market.with(engine) { market in
      let items = try stock.map { units in
        try CampaignItemDraft(
          price: .fen(500), stockKind: units == nil ? .onDemand : .limited, units: units ?? 0)
      }
      let campaign = try await market.campaign(items)
      let worker = try await market.person("社工", workerRoles)
      let households = try await market.people.createHouseholds(
        try (0..<count).map { try HouseholdDraft(door: Door(building: "5", unit: "1", room: "\(101 + $0)")) },
        in: market.community)
      let persons = try await market.people.createPersons(
        try households.enumerated().map {
          try PersonDraft(displayName: "邻居\($0)", household: $1, phone: nil)
        }, in: market.community)
      let buyers = Array(zip(households, persons)).map { (household: $0.0, person: $0.1) }
      let catalogue = try await print(market, campaign, held, buyers)
      try await body(
        PaperFixture(
          market: market, campaign: campaign, catalogue: catalogue, households: buyers, worker: worker))
    }
  }

  private static func print(
    _ market: Market, _ campaign: CampaignID, _ held: [Int64],
    _ buyers: [(household: HouseholdID, person: PersonID)]
  ) async throws -> PaperCatalogue {
    let (actor, codes) = (try market.actor(), market.shop.slipCodes)
    let items = try await market.items(campaign).map(\.item.id)
    return try await market.database.write(in: market.community) { transaction in
      let catalogue = try PaperCatalogueChanges.print(
        PaperCatalogueDraft(
          slipsUntil: Market.start + .hours(4), holds: Dictionary(uniqueKeysWithValues: zip(items, held))),
        of: campaign, by: actor, in: transaction)
      _ = try PaperCatalogueChanges.printSlips(
        Dictionary(uniqueKeysWithValues: buyers.map { ($0.household, $0.person) }), of: catalogue.id, codes,
        by: actor, in: transaction)
      return catalogue
    }
  }

  func sheet() async throws -> PaperSheet {
    let found = try await market.find(campaign)
    return try #require(try await market.database.read { try PaperCatalogueStore.latest(of: found, $0) })
  }

  func slips() async throws -> [PaperSlip] {
    try await market.database.read { try PaperSlipStore.list(of: catalogue, $0) }
  }

  /// Lines by the position of the item: `[(0, 2)]` is two of the first.
  func reading(_ lines: [(Int, Int64)], most: Money? = nil, acceptsPrices: Bool = false) async throws
    -> SlipReading
  {
    let items = try await sheet().items
    return SlipReading(
      lines: lines.map { (items[$0.0].code, $0.1) }, most: most, acceptsPrices: acceptsPrices)
  }

  @discardableResult
  func key(
    _ slip: PaperSlip, _ reading: SlipReading, by person: PersonID? = nil,
    roles: Set<Role> = workerRoles
  ) async throws -> SlipOutcome {
    let keyer = person ?? worker
    return try await market.database.write(in: market.community) {
      try market.shop.slipDesk.key(slip.code, reading, by: keyer, roles: roles, transaction: $0)
    }
  }

  func level(_ item: Int) async throws -> StockLevel {
    let items = try await market.items(campaign)
    return items[item].level
  }

  /// What `nuanlin check` says of the Shop, by name.
  func breaches() async throws -> [String] { try await market.breaches().map { "\($0)" } }
}

extension SlipOutcome {
  var order: Order? { if case .placed(let order) = self { order } else { nil } }
  var conflicts: [SlipConflict.Kind] { if case .conflict(let all) = self { all.map(\.kind) } else { [] } }
  var isAlready: Bool { if case .already = self { true } else { false } }
}
