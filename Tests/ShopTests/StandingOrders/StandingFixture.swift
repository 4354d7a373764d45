import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// A neighbourhood whose people need things every week.
struct StandingFixture {
  let market: Market
  var desk: StandingOrderDesk { market.shop.standingOrderDesk }

  static func with(_ engine: TestEngine, _ body: (StandingFixture) async throws -> Void) async throws {
    try await Market.with(engine) { try await body(StandingFixture(market: $0)) }
  }

  /// So many of the market's goods, by their number, at the price of the catalogue unless another is agreed.
  func need(
    _ number: Int, _ quantity: Int64, _ rhythm: StandingRhythm = .everyWeek, price: Int64? = nil
  ) -> StandingNeed {
    let offer = market.offers[number]
    return StandingNeed(
      variant: offer.variant, quantity: quantity, rhythm: rhythm,
      price: StandingPrice(price.map { .fen($0) } ?? offer.price))
  }

  @discardableResult
  func write(
    _ needs: [StandingNeed], for person: PersonID? = nil, seen: Int64? = nil
  ) async throws -> StandingOrder? {
    let person = person ?? market.wang
    let household = try await market.household(of: person)
    return try await market.database.write(in: market.community) {
      try desk.set(needs, of: household, by: person, seen: seen, in: $0)
    }
  }

  func standing(of person: PersonID? = nil) async throws -> StandingOrder? {
    let household = try await market.household(of: person ?? market.wang)
    return try await market.database.read {
      try StandingOrderStore.find(of: household, in: market.community, $0)
    }
  }

  /// A campaign of the first goods, at these prices and stocks, `weeks` after the first one.
  func campaign(
    _ items: [(price: Int64, stock: Int64?)], weeks: Int64 = 0, opensIn wait: Duration = .hours(-1),
    limit: Int64? = nil
  ) async throws -> CampaignID {
    let start = Market.start + .days(7 * weeks)
    let drafts = try items.map { item in
      try CampaignItemDraft(
        price: .fen(item.price), stockKind: item.stock == nil ? .onDemand : .limited, units: item.stock ?? 0,
        householdLimit: limit)
    }
    return try await market.campaign(
      drafts, market.draft(opensAt: start + wait, cutOffAt: start + wait + .hours(7)))
  }

  /// Publishes, opens and lets the standing orders be served.
  func serve(
    _ items: [(price: Int64, stock: Int64?)], weeks: Int64 = 0, limit: Int64? = nil
  ) async throws -> CampaignID {
    market.clock.move(to: Market.start + .days(7 * weeks))
    let campaign = try await campaign(items, weeks: weeks, limit: limit)
    try await market.runJobs()
    return campaign
  }

  func turn(_ campaign: CampaignID, of person: PersonID? = nil) async throws -> StandingTurn? {
    guard let standing = try await standing(of: person) else { return nil }
    return try await market.database.read {
      try StandingTurnStore.find(of: standing.id, in: campaign, community: market.community, $0)
    }
  }

  /// What the household has in a campaign: pieces by the number of the goods.
  func pieces(_ campaign: CampaignID) async throws -> [[Int64]] {
    let items = try await market.items(campaign).map(\.item.id)
    return try await market.orders(campaign).filter { $0.fulfilment == .placed }.map { order in
      items.map { id in order.lines.first { $0.item == id }?.quantity ?? 0 }
    }
  }

  func answer(
    _ answer: StandingOrderDesk.Answer, _ number: Int, in campaign: CampaignID
  ) async throws {
    let turn = try #require(try await turn(campaign))
    let household = try await market.household(of: market.wang)
    try await market.database.write(in: market.community) {
      try desk.answer(
        turn.id, market.offers[number].variant, answer, of: household, by: market.wang, in: $0)
    }
  }

  func pause(until: Timestamp?) async throws {
    let household = try await market.household(of: market.wang)
    try await market.database.write(in: market.community) {
      try desk.pause(
        household, until: until, by: Actor(person: market.wang, role: .resident), in: $0)
    }
  }

  /// The code of the problem that a call ends with; nil where it went well.
  func problem(_ call: () async throws -> Void) async -> String? {
    do {
      try await call()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }
}
