import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Assets: what holders do themselves")
struct AssetOwnTests {
  @Test("Other words wait for the station, and only the holder writes them", arguments: TestEngine.available)
  func rewrite(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      try await fixture.answer(person, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: person))
      try await fixture.verify(id)
      let path = "/assets/mine/\(id)/change"
      let own = try await fixture.browser(of: person)
      let page = try await own.get(path)
      #expect(page.status == 200 && page.text.contains("修自行车") && page.text.contains("周末在楼下修车"))
      let other = try await fixture.browser(of: fixture.neighbours[2])
      #expect(try await other.get(path).status == 404)
      let seen = page.hidden("seen") ?? ""
      #expect(try await Self.send(own, path, seen: seen, key: "asset-owner-key-1").status == 303)
      #expect(try await fixture.seen(by: .residents) == [])
      let changed = try #require(try await fixture.asset(id))
      #expect(changed.terms.name.chinese == "修电动车" && changed.terms.holder == .person(person))
      #expect(changed.terms.kind == .personGift && changed.verifiedAt == nil)
      #expect(try await Self.send(own, path, seen: seen, key: "asset-owner-key-2").status == 409)
      try await fixture.verify(id)
      #expect(try await fixture.seen(by: .residents) == [id])
    }
  }

  private static func send(
    _ browser: Browser, _ path: String, seen: String, key: String
  ) async throws -> Browser.Answer {
    try await browser.post(
      path,
      [
        "idempotency_key": key, "seen": seen, "gift": "hand", "name_zh": "修电动车", "category": "repair",
        "contact": "message",
      ])
  }

  @Test(
    "Whoever acts for a merchant offers what it has, keeps it and is reminded; others do not",
    arguments: TestEngine.available)
  func merchants(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let (owner, other) = (fixture.neighbours[0], fixture.neighbours[2])
      let map = Self.map(fixture, of: owner)
      let browser = try await fixture.station.browser(of: owner) { map.register(on: &$0) }
      #expect(try await browser.get("/assets/mine").text.contains("merchant-71"))
      let stranger = try await fixture.station.browser(of: other) { map.register(on: &$0) }
      #expect(try await !stranger.get("/assets/mine").text.contains("merchant-71"))
      #expect(try await Self.offer(stranger, key: "asset-shop-key-1").status == 422)
      #expect(try await Self.offer(browser, key: "asset-shop-key-2").status == 303)
      let held = try await fixture.database.read {
        try AssetStore.held(
          by: .merchant(MerchantID(rawValue: 71)), limit: 5, in: fixture.community, $0)
      }
      let id = try #require(held.first?.id)
      try await fixture.verify(id)
      #expect(try await fixture.seen(by: .residents) == [id])
      fixture.clock.move(to: AssetFixture.start + .days(352))
      try await JobRunner(fixture.database, handlers: map.jobs + fixture.people.jobs).runDue()
      #expect(try await fixture.count("SELECT count(*) FROM messages_message") == 1)
      let seen = try #require(try await fixture.asset(id)).revision
      let foreign = await AssetFixture.code {
        try await fixture.write { try map.desk.confirm(id, seen: seen, by: other, in: $0) }
      }
      #expect(foreign == "not_found")
      try await fixture.write { try map.desk.confirm(id, seen: seen, by: owner, in: $0) }
      fixture.clock.move(to: AssetFixture.start + .days(400))
      #expect(try await fixture.seen(by: .residents) == [id])
      #expect(try await fixture.breaches() == [])
    }
  }

  private static func offer(_ browser: Browser, key: String) async throws -> Browser.Answer {
    try await browser.post(
      "/assets/mine",
      [
        "idempotency_key": key, "holder": "merchant-71", "kind": "exchange", "name_zh": "旧鞋换新底",
        "category": "repair", "contact": "message",
      ])
  }

  /// The map where one person acts for the one merchant that there is.
  private static func map(_ fixture: AssetFixture, of owner: PersonID) -> AssetMap {
    let shop = MerchantDirectory.Card(id: MerchantID(rawValue: 71), name: "老李修鞋")
    let merchants = MerchantDirectory(
      cards: { ids, _, _ in ids.contains(shop.id) ? [shop.id: shop] : [:] },
      represented: { person, _, _ in person == owner ? [shop] : [] },
      persons: { id, _, _ in id == shop.id ? [owner] : [] }, choices: { _, _ in [shop] })
    let ground = fixture.map.ground
    return AssetMap(
      ground: ResourceGround(
        database: ground.database, directory: ground.directory, vault: ground.vault,
        messenger: ground.messenger, pictures: ground.pictures, ports: ResourcePorts(merchants: merchants)))
  }
}
