import Database
import Kernel
import People
import Security
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
      #expect(
        try await fixture.report(
          .wellbeing(.notAnswered, note: ""), fixture.wang, round, key: "tap-key-with-consent")
          == .refused(.idempotencyMismatch), "another finding is not the same report")
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

  @Test(
    "Social workers are reminded until somebody answers, and a new finding reaches them",
    arguments: TestEngine.available)
  func reminded(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, world) = (fixture.market, fixture.world)
      let worker = try await market.person("许社工", [.socialWorker])
      world.agree(market.wang)
      var round = try await fixture.underWay()
      try await fixture.report(
        .wellbeing(.concern, note: ""), fixture.wang, round, key: "tap-key-reminded-01")
      #expect(world.sent.map(\.person) == [worker])
      for reminder in 1...4 {
        market.clock.advance(by: .minutes(30))
        try await market.runJobs()
        #expect(world.sent.count == 1 + reminder)
      }
      market.clock.advance(by: .hours(3))
      try await market.runJobs()
      #expect(world.sent.count == 5, "from here on it is once a day")
      try await fixture.end(round)
      for number in 1...2 {
        round = try await fixture.underWay()
        try await fixture.report(
          .wellbeing(.notAnswered, note: ""), fixture.wang, round, key: "tap-key-missed-again\(number)",
          minute: 300 * Int64(number))
        try await fixture.end(round)
      }
      #expect(world.sent.count == 6, "nobody has answered, so the missed rounds are told of")
      let office = try await market.browser(of: worker, level: .secondFactor)
      let path = try #require(world.sent.first?.path)
      _ = try await office.get(path)
      #expect(try await office.post(path, ["do": "care"]).status == 303)
      market.clock.advance(by: .hours(2))
      try await market.runJobs()
      #expect(world.sent.count == 7, "two hours without a word")
      #expect(world.sent.allSatisfy { $0.person == worker })
      // Consent ends it, however long nobody has answered.
      world.agree(market.wang, false)
      market.clock.advance(by: .days(1))
      try await market.runJobs()
      #expect(world.sent.count == 7)
      #expect(
        try await fixture.database.read {
          try WellbeingStore.open(of: market.wang, in: fixture.community, $0)
        } == nil)
      #expect(try await market.breaches() == [])
    }
  }

  @Test(
    "Staff enter contacts only of those who agreed, and what is left empty stays",
    arguments: TestEngine.available)
  func contacts(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, world) = (fixture.market, fixture.world)
      let worker = try await market.person("许社工", [.socialWorker])
      let persons = try await market.people.createPersons(
        try ["13800138001", "13800138002", "13800138003"].map {
          try PersonDraft(displayName: $0, household: nil, phone: PhoneNumber(typed: $0))
        }, in: fixture.community)
      let office = try await market.browser(of: worker, level: .secondFactor)
      func save(_ fields: KeyValuePairs<String, String>) async throws -> Int {
        _ = try await office.get("/wellbeing")
        return try await office.post("/wellbeing/contacts", fields).status
      }
      func contacts() async throws -> [WellbeingStep: PersonID] {
        try await fixture.database.read {
          try WellbeingStore.contacts(of: persons[0], in: fixture.community, $0)
        }
      }
      #expect(try await save(["phone": "13800138001", "family": "13800138002"]) == 422)
      #expect(try await contacts().isEmpty)
      world.agree(persons[0])
      #expect(try await save(["phone": "13800138001", "family": "13800138002"]) == 303)
      #expect(try await save(["phone": "13800138001", "building": "13800138003"]) == 303)
      #expect(try await contacts() == [.family: persons[1], .building: persons[2]])
      #expect(try await save(["phone": "13800138001", "family": "", "no_family": "on"]) == 303)
      #expect(try await contacts() == [.building: persons[2]])
    }
  }
}
