import Database
import Foundation
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Rounds and deliveries on paper")
struct RoundSheetTests {
  @Test(
    "The sheet has what the telephone shows and nothing more, and is gone with the round",
    arguments: TestEngine.available)
  func sheet(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (market, round) = (fixture.market, try await fixture.underWay())
      fixture.world.agree(market.wang)
      let courier = try await market.browser(of: fixture.courier)
      let leader = try await market.browser(of: market.leader)
      let own = try await courier.get("/rounds/\(round.id)/print")
      let desk = try await leader.get("/desk/rounds/\(round.id)/print")
      #expect(own.status == 200 && desk.status == 200)
      for part in ["王阿姨", "李叔", "3号楼 2单元 501", "1 袋", "请慢点敲门", "要收现金 <strong>¥10.00"] {
        #expect(own.text.contains(part), "\(part) on the courier's")
        #expect(desk.text.contains(part), "\(part) on the leader's")
      }
      #expect(
        !own.text.contains("青菜") && !desk.text.contains("青菜"), "what is in the bags is nobody's business")
      #expect(own.text.components(separatedBy: "人怎么样").count == 2, "for her alone, who agreed")
      #expect(!desk.text.contains("人怎么样"), "whom the courier looks after is not the leader's to read")
      #expect(!own.text.contains("放在门口"), "nobody allowed it")

      #expect(try await market.browser(of: market.wang).get("/rounds/\(round.id)/print").status == 404)
      let prints: Int64? = try await fixture.database.read {
        try $0.value("SELECT count(*) FROM platform_audit WHERE action = 'shop.round_print'")
      }
      #expect(prints == 2)
      try await fixture.end(round)
      #expect(try await courier.get("/rounds/\(round.id)/print").status == 404)
      #expect(try await leader.get("/desk/rounds/\(round.id)/print").status == 409)
    }
  }

  @Test("A neighbour who helps reads of no money", arguments: TestEngine.available)
  func volunteer(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let market = fixture.market
      let (round, actor) = (try await fixture.make(), try market.actor())
      let desk = fixture.desk
      let helper = try await market.person("赵叔", [.resident])
      try await fixture.database.write(in: fixture.community) {
        try desk.give(round.id, to: helper, by: actor, in: $0)
      }
      let page = try await market.browser(of: market.leader).get("/desk/rounds/\(round.id)/print")
      #expect(page.text.contains("赵叔") && !page.text.contains("要收现金") && !page.text.contains("¥"))
    }
  }

  @Test("What is printed of an order says whether it is brought", arguments: TestEngine.available)
  func papers(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let cipher = try await fixture.market.shop.deliveryCipher(of: fixture.community)
      let campaign = try await fixture.market.find(fixture.campaign)
      let orders = [fixture.wang, fixture.li]
      func standings() async throws -> [DeliveryPaper.Standing?] {
        let papers = try await fixture.database.read {
          try DeliveryPaper.papers(of: orders, among: orders, of: campaign, opening: cipher, $0)
        }
        return orders.map { papers[$0.id]?.standing }
      }
      #expect(try await standings() == [.brought, .brought])
      try await fixture.offer(1)
      #expect(try await standings() == [.brought, .beyond])
      try await fixture.wish(DeliveryWish(mode: .asked), fixture.wang)
      #expect(try await standings() == [.collected, .brought])
      try await fixture.offer(0)
      #expect(try await standings() == [.collected, .beyond])
    }
  }
}
