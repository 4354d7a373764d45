import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("One household and its paper")
struct PaperHomeTests {
  @Test("Its slip is printed again, keyed, and ticked off", arguments: TestEngine.available)
  func slips(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil, nil]) { fixture in
      let market = fixture.market
      let worker = try await market.browser(of: fixture.worker, level: .secondFactor)
      let home = fixture.households[0].household
      let path = "/desk/paper-households/\(home)"
      let slip = try #require(try await fixture.slips().first { $0.household == home })
      let before = try await worker.get(path)
      #expect(before.status == 200)
      #expect(before.text.contains(slip.code.spaced) && before.text.contains("等着收回来录"))
      let paper = try await worker.get("/desk/slips/\(slip.code)/print")
      #expect(paper.status == 200 && paper.text.contains(slip.code.spaced) && paper.text.contains("邻居0"))
      #expect(try await fixture.slips().count == 3, "printing it again makes no other slip")

      let order = try #require(try await fixture.key(slip, fixture.reading([(0, 2)])).order)
      let after = try await worker.get(path)
      #expect(after.text.contains("录好了") && after.text.contains("confirmations?order=\(order.id)"))
      let other = try await worker.get("/desk/paper-households/\(fixture.households[1].household)")
      #expect(!other.text.contains("录好了"))
      let back = try await worker.get(
        "/desk/campaigns/\(fixture.campaign)/paper/confirmations?order=\(order.id)")
      #expect(back.text.contains("请到取货点取"), "nobody asked for it to be brought")
    }
  }

  @Test("It is put on the list and taken off from its own page", arguments: TestEngine.available)
  func listing(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil]) { fixture in
      let worker = try await fixture.market.browser(of: fixture.worker, level: .secondFactor)
      let home = fixture.households[1].household.description
      let path = "/desk/paper-households/\(home)"
      #expect(try await worker.get(path).text.contains("不在名单上"))
      let added = try await worker.post("/desk/paper-households", ["household": home, "back": "household"])
      #expect(added.location == path)
      #expect(try await !worker.get(path).text.contains("不在名单上"))
      _ = try await worker.post(
        "/desk/paper-households", ["household": home, "back": "household", "remove": "on"])
      #expect(try await worker.get(path).text.contains("不在名单上"))
      let nowhere = try await worker.post("/desk/paper-households", ["household": "0000000000001"])
      #expect(nowhere.status == 404)
      #expect(try await worker.get("/desk/paper-households/0000000000001").status == 404)
    }
  }

  @Test("Only those who bring paper see it", arguments: TestEngine.available)
  func access(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil]) { fixture in
      let market = fixture.market
      let slip = try #require(try await fixture.slips().first)
      let resident = try await market.browser(of: market.wang)
      #expect(
        try await resident.get("/desk/paper-households/\(fixture.households[0].household)").status == 403)
      #expect(try await resident.get("/desk/slips/\(slip.code)/print").status == 403)
    }
  }
}
