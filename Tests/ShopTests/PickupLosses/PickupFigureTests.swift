import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("What the Shop tells others of bags that went astray")
struct PickupFigureTests {
  /// Bags of a campaign at the market's pickup point: so many handed over and so many lost, at one moment.
  private func bags(
    _ handedOver: Int64, lost: Int64, at moment: Timestamp, of campaign: CampaignID, _ market: Market
  ) async throws {
    let (point, community, person) = (market.point, market.community, market.leader)
    try await market.database.write(in: community) { transaction in
      for _ in 0..<handedOver {
        try transaction.execute(
          """
          INSERT INTO shop_pickup (id, community_id, order_id, campaign_id, handed_by_id, method, cash_received,
            handed_at)
          VALUES (\(transaction.newIdentifier(OrderKind.self)), \(community), 1, \(campaign), \(person), 'code', 0,
            \(moment))
          """)
      }
      for number in 0..<lost {
        try transaction.execute(
          """
          INSERT INTO shop_loss_report (id, community_id, order_id, campaign_id, pickup_point_id, household_id,
            reported_by_id, reported_at, state, due_at, found_at, sequence)
          VALUES (\(transaction.newIdentifier(OrderKind.self)), \(community), \(number), \(campaign), \(point), 1,
            \(person), \(moment), 'lost', \(moment), 'table', 1)
          """)
      }
    }
  }

  private func read(_ market: Market, limit: Int = 5) async throws -> PickupPatternFigures {
    let community = market.community
    return try await market.database.read {
      try PickupPatternFigures.read(limit: limit, offsetSeconds: 28_800, in: community, $0)
    }
  }

  @Test("The worst hours and the changes with their time before and since", arguments: TestEngine.available)
  func figures(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      #expect(try await read(market) == PickupPatternFigures(hours: [], fixes: []))
      let campaign = try await market.campaign([try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)]
      )
      // 17:00, 18:00 and 19:00 on the community's clock.
      let five = Market.start - .days(20) + .hours(1)
      try await bags(100, lost: 10, at: five, of: campaign, market)
      try await bags(100, lost: 20, at: five + .hours(1), of: campaign, market)
      // Too few to be told.
      try await bags(100, lost: 3, at: five + .hours(2), of: campaign, market)
      let (point, actor) = (market.point, Actor(person: market.leader, role: .leader))
      try await market.database.write(in: market.community) {
        try PickupPatternStore.add(
          .lamp, note: "", from: Market.start - .days(10), at: point, by: actor, in: $0)
      }
      let found = try await read(market)
      #expect(found.hours.map(\.hour) == [18, 17])
      #expect(found.hours.map(\.rate.astray) == [20, 10])
      let fix = try #require(found.fixes.first)
      #expect(fix.name == PickupFix.Kind.lamp.name && fix.place == Phrase("3号楼大堂", "Lobby of Building 3"))
      #expect(fix.before == AstrayRate(handedOver: 300, astray: 33))
      #expect(fix.since == nil)
      #expect(try await read(market, limit: 1).hours.map(\.hour) == [18])
    }
  }
}
