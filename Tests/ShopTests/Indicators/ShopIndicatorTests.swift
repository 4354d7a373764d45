import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Indicators of the shop: a month")
struct ShopIndicatorTests {
  private static let month = SoldMarket.november

  private func figure(
    _ measure: ShopIndicators.Measure, _ sold: SoldMarket, elders: ElderReaders? = nil
  ) async throws -> ShopIndicators.Figure? {
    let indicators = ShopIndicators(directory: sold.market.people.directory, elders: elders)
    let (from, until) = (
      Self.month.start(offsetSeconds: 28_800), Self.month.next.start(offsetSeconds: 28_800)
    )
    return try await sold.database.read {
      try indicators.figure(measure, from: from, until: until, in: sold.community, $0)
    }
  }

  @Test("counts who was reached, and shares only of those who agreed", arguments: TestEngine.available)
  func orders(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<30)
      try await sold.sell(0..<6, helper: sold.market.leader)
      try await sold.sell(0..<5, at: Market.start - .days(40))
      try await sold.sell(0..<5, method: "lost")
      let reached = try await figure(.householdsReached, sold)
      #expect(reached == ShopIndicators.Figure(30, households: 30))
      // The last of thirty agreed to reports for the sub-district alone.
      try await sold.agree(sold.persons[29], version: 1)
      let assisted = try await figure(.assistedShare, sold)
      #expect(assisted == ShopIndicators.Figure(6, of: 35, households: 6, otherHouseholds: 29))
      #expect(try await figure(.elderShare, sold) == nil, "nobody can tell")
      let readers = Set(sold.persons.suffix(4))
      let elders = ElderReaders { persons, _, _ in persons.intersection(readers) }
      let share = try await figure(.elderShare, sold, elders: elders)
      #expect(share == ShopIndicators.Figure(3, of: 29, households: 3, otherHouseholds: 26))
      try await sold.agree(sold.persons[29])
      #expect(try await figure(.assistedShare, sold)?.denominator == 36, "now to everybody's totals")
    }
  }

  @Test("counts lines of campaigns that ended in the month", arguments: TestEngine.available)
  func fulfilment(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<8)
      #expect(try await figure(.fulfilment, sold) == nil, "it has not ended")
      try await sold.database.write(in: sold.community) { transaction in
        try transaction.execute(
          "UPDATE shop_campaign SET finished_at = \(Market.start + .days(1)) WHERE id = \(sold.campaign)")
        try transaction.execute(
          "UPDATE shop_order_line SET allocated = 0, collected = 0 WHERE item_id = \(sold.items[0])")
      }
      let figure = try await figure(.fulfilment, sold)
      #expect(figure == ShopIndicators.Figure(6, of: 8, households: 6, otherHouseholds: 2))
    }
  }

  @Test("tells spending apart once districts are entered", arguments: TestEngine.available)
  func spending(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<25)
      #expect(try await figure(.localSpending, sold) == nil, "nobody said where home is")
      let keeper = try await sold.market.person("郑主任", [.committee])
      let browser = try await sold.browser(of: keeper)
      func enter(_ path: String, _ district: String) async throws -> Int {
        let key = try #require(try await browser.get("/desk/districts").hidden("idempotency_key"))
        return try await browser.post(path, ["idempotency_key": key, "district": district]).status
      }
      #expect(try await enter("/desk/districts/home", "崇明区") == 303)
      for merchant in sold.merchants.prefix(3) {
        #expect(try await enter("/desk/districts/merchants/\(merchant)", "崇明区") == 303)
      }
      let only = try await figure(.localSpending, sold)
      #expect(only == ShopIndicators.Figure(7_500, of: 7_500, households: 15, otherHouseholds: 0))
      for merchant in sold.merchants.suffix(2) {
        #expect(try await enter("/desk/districts/merchants/\(merchant)", "浦东新区") == 303)
      }
      let both = try #require(try await figure(.localSpending, sold))
      #expect(both.numerator == 7_500 && both.denominator == 12_500)
      #expect(both.isDominated, "what is spent elsewhere is of two merchants")
      #expect(try await enter("/desk/districts/home", "区") == 422)
      let page = try await browser.get("/desk/districts").text
      #expect(page.contains("本区") && page.contains("外区") && page.contains("还没写"))
      let other = MerchantID(rawValue: 77)
      #expect(try await enter("/desk/districts/merchants/\(other)", "崇明区") == 404)
      #expect(try await sold.browser(of: sold.persons[0]).get("/desk/districts").status == 403)
      let breaches = try await sold.database.read {
        try $0.breaches(of: MarketInformationInvariants.invariants)
      }
      #expect(breaches.isEmpty)
    }
  }

  @Test("tells each trade once, and none of lost bags and joint purchases", arguments: TestEngine.available)
  func trades(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      let (start, later) = (Market.start, Market.start + .hours(3))
      try await sold.sell(0..<4, at: start)
      try await sold.sell(4..<6, at: start, method: "lost")
      try await sold.sell(6..<8, at: later, helper: sold.market.leader)
      try await sold.sell(8..<9, at: later)
      try await sold.database.write(in: sold.community) { transaction in
        try transaction.execute(
          "UPDATE shop_order SET authority = 'merchant' WHERE person_id = \(sold.persons[8])")
      }
      func trades(_ from: Timestamp, _ until: Timestamp) async throws -> [ShopTrades.Trade] {
        try await sold.database.read {
          try ShopTrades().handedOver(from: from, until: until, in: sold.community, $0)
        }
      }
      let all = try await trades(start, later + .hours(1))
      #expect(Set(all.map(\.person)) == Set(sold.persons[0..<4] + sold.persons[6..<8]))
      #expect(Set(all.map(\.order)).count == 6 && all.count == 6)
      let merchants = Dictionary(all.map { ($0.person, $0.merchant) }) { first, _ in first }
      #expect(merchants[sold.persons[3]] == sold.merchants[3])
      #expect(merchants[sold.persons[6]] == sold.merchants[1], "for whom a helper ordered")
      #expect(try await trades(start, later).allSatisfy { $0.at == start })
      #expect(try await trades(later + .hours(1), later + .days(1)).isEmpty)
      let reached = try await figure(.householdsReached, sold)
      #expect(reached == ShopIndicators.Figure(6, households: 6), "what merchants buy reaches no home")
    }
  }

  @Test("asks what both databases understand", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      let (from, until, community) = (Market.start, Market.start + .days(30), sold.community)
      let queries = [
        ShopIndicatorStore.handedOver(from: from, until: until, in: community),
        ShopIndicatorStore.lines(from: from, until: until, in: community),
        ShopIndicatorStore.turns(dueFrom: from, until: until, in: community),
        ShopIndicatorStore.spending(from: from, until: until, in: community),
        ShopIndicatorStore.trades(from: from, until: until, in: community),
        MarketMonthStore.lines(from: from, until: until, in: community),
      ]
      for query in queries {
        let plan = try await sold.database.read { try $0.plan(query) }
        #expect(!plan.isEmpty)
      }
    }
  }
}
