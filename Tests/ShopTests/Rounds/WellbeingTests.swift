import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("How carriers found those who agreed to it")
struct WellbeingTests {
  @Test(
    "Without consent nothing is kept, and what was withdrawn a second ago counts",
    arguments: TestEngine.available)
  func consent(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (round, wang) = (try await fixture.underWay(), fixture.market.wang)
      func tap(_ key: String) async throws -> OutcomeAnswer {
        try await fixture.report(.wellbeing(.concern, note: "声音很弱"), fixture.wang, round, key: key)
      }
      #expect(try await tap("tap-key-without-yes1") == .refused(.wellbeingNotAllowed))
      fixture.world.agree(wang)
      #expect(try await tap("tap-key-with-consent") == .recorded)
      #expect(try await tap("tap-key-with-consent") == .repeated)
      fixture.world.agree(wang, false)
      #expect(try await tap("tap-key-withdrawn-01") == .refused(.wellbeingNotAllowed))
      let taps: Int = try await fixture.database.read {
        try $0.value("SELECT count(*) FROM shop_wellbeing_tap") ?? 0
      }
      #expect(taps == 1)
      let plain: Int = try await fixture.database.read {
        try $0.value("SELECT count(*) FROM shop_wellbeing_tap WHERE note IS NULL") ?? 0
      }
      #expect(plain == 0, "the note is there, and sealed")
      // A round goes on as before where nobody agreed.
      #expect(
        try await fixture.report(
          .outcome(.given, cash: .zero), fixture.wang, round, key: "outcome-key-as-before") == .recorded)
    }
  }

  @Test(
    "Two rounds without an answer: family, building, social workers; answers stop it",
    arguments: TestEngine.available)
  func ladder(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, world) = (fixture.market, fixture.world)
      let worker = try await market.person("许社工", [.socialWorker])
      let stranger = try await market.person("路人", [.resident])
      world.agree(market.wang)
      let own = WishActor(person: market.wang, role: .resident)
      try await fixture.database.write(in: fixture.community) {
        try WellbeingStore.setContact(market.wangSon, as: .family, of: market.wang, by: own, in: $0)
        try WellbeingStore.setContact(market.li, as: .building, of: market.wang, by: own, in: $0)
      }
      for number in 1...2 {
        let round = try await fixture.underWay()
        try await fixture.report(
          .wellbeing(.notAnswered, note: ""), fixture.wang, round, key: "tap-key-of-round-0\(number)")
        #expect(world.sent.map(\.person) == (number == 1 ? [] : [market.wangSon]))
        try await fixture.end(round)
      }
      let path = try #require(world.sent.first?.path)
      #expect(try await market.browser(of: market.wangSon).get(path).status == 200)
      #expect(try await market.browser(of: stranger).get(path).status == 404)
      #expect(try await market.browser(of: market.li).get(path).status == 404, "nobody has asked them yet")
      market.clock.advance(by: .minutes(31))
      try await market.runJobs()
      #expect(world.sent.map(\.person) == [market.wangSon, market.li])
      let li = try await market.browser(of: market.li)
      _ = try await li.get(path)
      #expect(try await li.post(path, ["do": "care"]).status == 303)
      market.clock.advance(by: .minutes(60))
      try await market.runJobs()
      #expect(world.sent.count == 2, "somebody is looking after it")
      market.clock.advance(by: .minutes(61))
      try await market.runJobs()
      #expect(world.sent.last?.person == worker)
      let office = try await market.browser(of: worker, level: .secondFactor)
      let page = try await office.get(path)
      #expect(page.text.contains("120") && page.text.contains("110"))
      #expect(try await office.post(path, ["do": "well"]).status == 303)
      #expect(try await li.get(path).status == 404)
      market.clock.advance(by: .hours(5))
      try await market.runJobs()
      #expect(world.sent.count == 3)
      #expect(try await market.breaches() == [])
      // The two missed rounds are settled: one more is one.
      let round = try await fixture.underWay()
      try await fixture.report(
        .wellbeing(.notAnswered, note: ""), fixture.wang, round, key: "tap-key-of-round-03")
      #expect(world.sent.count == 3)
      market.clock.advance(by: .days(91))
      try await market.runJobs()
      for table: Query in ["shop_wellbeing_tap", "shop_wellbeing_concern", "shop_wellbeing_told"] {
        let rows: Int = try await fixture.database.read { try $0.value("SELECT count(*) FROM \(table)") ?? 0 }
        #expect(rows == 0)
      }
    }
  }

  @Test(
    "What is wrong goes to the social worker at once; it ends with the consent",
    arguments: TestEngine.available)
  func concern(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, world) = (fixture.market, fixture.world)
      let worker = try await market.person("许社工", [.socialWorker])
      world.agree(market.wang)
      let own = WishActor(person: market.wang, role: .resident)
      try await fixture.database.write(in: fixture.community) {
        try WellbeingStore.setContact(market.wangSon, as: .family, of: market.wang, by: own, in: $0)
      }
      let round = try await fixture.underWay()
      try await fixture.report(
        .wellbeing(.concern, note: "说话不清楚"), fixture.wang, round, key: "tap-key-concern-001")
      #expect(Set(world.sent.map(\.person)) == [market.wangSon, worker])
      let path = try #require(world.sent.first?.path)
      let office = try await market.browser(of: worker, level: .secondFactor)
      #expect(try await office.get(path).text.contains("说话不清楚"))
      #expect(try await office.get("/wellbeing").text.contains(path))
      world.agree(market.wang, false)
      #expect(try await office.get(path).status == 404)
      market.clock.advance(by: .hours(1))
      try await market.runJobs()
      #expect(world.sent.count == 2, "nobody else is told")
      #expect(
        try await fixture.database.read {
          try WellbeingStore.open(of: market.wang, in: fixture.community, $0)
        } == nil)
    }
  }
}
