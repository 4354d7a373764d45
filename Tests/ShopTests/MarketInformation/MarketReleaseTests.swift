import Database
import Kernel
import People
import Security
import Statistics
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Market information: a month")
struct MarketReleaseTests {
  @Test("is counted once, of those who agreed, from the second on", arguments: TestEngine.available)
  func once(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<30)
      let desk = MarketDesk(directory: sold.market.people.directory)
      let early = await Problem.code {
        try await sold.database.write(in: sold.community) { try desk.release(SoldMarket.november, in: $0) }
      }
      #expect(early == "needs.not_now")
      // The last of thirty agreed to reports for the sub-district alone.
      try await sold.agree(sold.persons[29], version: 1)
      try await sold.releaseMonth()
      let demand = try #require(try await sold.demand())
      #expect(demand.categories == [.vegetables] && !demand.hasRest)
      #expect(demand.released[nil, nil] == 29)
      let before = try await sold.month()
      try await sold.sell(0..<30)
      try await sold.releaseMonth()
      #expect(try await sold.month() == before)
    }
  }

  @Test(
    "tells nothing of few homes, of one merchant, of lost bags and other months",
    arguments: TestEngine.available)
  func small(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<9)
      try await sold.sell(9..<29, at: Market.start - .days(40))
      try await sold.sell(9..<29, method: "lost")
      try await sold.releaseMonth()
      let month = try #require(try await sold.month())
      #expect(month.demand == .refused(.nothingToShow))
      #expect(month.prices == [])
    }
    try await SoldMarket.with(engine) { sold in
      try await sold.sell(0..<29, merchants: 1)
      try await sold.releaseMonth()
      #expect(try await sold.month()?.demand == .refused(.nothingToShow))
    }
  }

  @Test("cannot be changed or removed", arguments: TestEngine.available)
  func appendOnly(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      try await sold.releaseMonth()
      for query: Query in ["DELETE FROM shop_market_month", "UPDATE shop_market_month SET content = ''"] {
        let code = await Problem.code {
          _ = try await sold.database.write(in: sold.community) { try $0.execute(query) }
        }
        #expect(code != nil)
      }
      #expect(try await sold.month() != nil)
    }
  }

  @Test("follows by the calendar once goods have arrived", arguments: TestEngine.available)
  func jobs(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      let desk = MarketDesk(directory: sold.market.people.directory)
      #expect(desk.handler.kinds == ["shop.goods_arrived"])
      try await sold.database.write(in: sold.community) { try desk.handler.handle($0, []) }
      let kind = MarketDesk.job.description
      #expect(try await sold.market.nextJob(kind) == SoldMarket.release)
      try await sold.sell(0..<29)
      sold.market.clock.move(to: SoldMarket.release)
      try await JobRunner(sold.database, handlers: desk.jobs).runDue()
      #expect(try await sold.demand() != nil)
      #expect(try await sold.market.nextJob(kind) == SoldMarket.release + .days(31))
    }
  }

  @Test(
    "tells merchants what ten homes looked for in vain, and nothing else of the needs",
    arguments: TestEngine.available)
  func searches(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      let farmer = try await sold.market.person("农场主", [.merchant], merchant: sold.merchants[0])
      let keys = DerivedKeys(root: [UInt8](repeating: 7, count: 32))
      let needs = NeedDesk(directory: sold.market.people.directory, keys: keys)
      let community = sold.community
      let card = try #require(
        try await sold.database.read { try sold.market.people.directory.community(community, $0) })
      for (word, homes) in [("鸵鸟蛋", 12), ("榴莲", 9)] as [(String, Int)] {
        let term = try #require(NeedTerm(word))
        for home in sold.homes.prefix(homes) {
          _ = try await needs.notes(sold.database).note(term, of: home, in: card)
        }
      }
      try await sold.sell(0..<29)
      try await sold.releaseMonth()
      let browser = try await sold.browser(of: farmer)
      let before = try await browser.get("/market-information").text
      #expect(before.contains("这个月没有数过") && !before.contains("鸵鸟蛋"))
      try await sold.database.write(in: community) { try needs.release(SoldMarket.november, by: nil, in: $0) }
      let page = try await browser.get("/market-information").text
      #expect(page.contains("鸵鸟蛋") && page.contains("12"))
      #expect(!page.contains("榴莲"), "nine homes are too few")
      for kind in [NeedTable.Kind.unservedBuildings, .assistedShare] {
        #expect(!page.contains(kind.name.chinese), "\(kind)")
      }
      #expect(!page.contains("href=\"/needs") && !UnmetNeeds.readers.contains(.merchant))
    }
  }

  @Test("is read by merchants, and names none of them", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await SoldMarket.with(engine) { sold in
      let farmer = try await sold.market.person("农场主", [.merchant], merchant: sold.merchants[0])
      let early = try await sold.browser(of: farmer)
      #expect(try await early.get("/market-information").text.contains("还没有哪个月的"))
      #expect(try await early.get("/market-information/print").status == 404)
      try await sold.sell(0..<29)
      try await sold.releaseMonth()
      let browser = try await sold.browser(of: farmer)
      for path in ["/market-information", "/market-information?month=2026-11", "/market-information/print"] {
        let page = try await browser.get(path)
        #expect(page.status == 200 && page.text.contains("<svg"), "\(path)")
        #expect(!page.text.contains("小店") && !page.text.contains("邻居1"), "\(path)")
      }
      #expect(try await browser.get("/market-information?month=2026-10").status == 404)
      #expect(try await sold.browser(of: sold.persons[0]).get("/market-information").status == 403)
    }
  }
}
