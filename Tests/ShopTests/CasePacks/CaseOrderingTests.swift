import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Ordering goods by the case")
struct CaseOrderingTests {
  private let fixture = CaseFixture()

  private func standing(_ database: Database) async throws -> [CasePack.Claim] {
    try await database.read { try CaseClaimStore.standing(on: [fixture.item], in: $0)[fixture.item] ?? [] }
  }

  @Test("what is wanted is promised, what is tolerated is only noted", arguments: TestEngine.available)
  func notesTolerance(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      let order = try await fixture.place(database, 1, fixture.wish(2, 3), fixture.wish(4, of: 1))
      #expect(order.total == .fen(6 * 350))
      #expect(try order.lines.most() == .fen(9 * 350))
      #expect(try await fixture.desk.level(0, in: database)?.promised == 2)
      #expect(try await fixture.demand(database) == CasePack.Demand(wanted: 2, tolerated: 3))
      #expect(try await fixture.pickup.order(order.id, database) == order)
      let claims = try await database.read {
        try $0.value("SELECT count(*) FROM shop_case_claim", as: Int.self)
      }
      #expect(claims == 1, "ordinary goods leave no claim")
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("an order that is changed keeps its place with what remains", arguments: TestEngine.available)
  func keepsItsPlace(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      var order = try await fixture.place(database, 1, fixture.wish(3, 1))
      try await fixture.place(database, 2, fixture.wish(2))
      order = try await fixture.change(database, order, fixture.wish(5, 2))
      order = try await fixture.change(database, order, fixture.wish(4))
      let kept = try await standing(database)
      #expect(kept.map(\.number) == [1, 2, 3] && kept.map(\.quantity) == [3, 2, 1])
      #expect(kept.allSatisfy { $0.tolerance == 0 })
      order = try await fixture.change(database, order, fixture.wish(1, of: 1))
      order = try await fixture.change(database, order, fixture.wish(2, 1))
      let id = order.id
      let claims = try await standing(database)
      #expect(claims.map(\.number) == [2, 6])
      #expect(claims.map(\.quantity) == [2, 2])
      #expect(claims.last?.order == id && claims.last?.tolerance == 1)
      #expect(try await fixture.demand(database) == CasePack.Demand(wanted: 4, tolerated: 1))
      let cancel = try fixture.request(1, "cancel", .cancel(id, revision: order.revision))
      try await fixture.decide(cancel, database)
      #expect(try await fixture.demand(database) == CasePack.Demand(wanted: 2, tolerated: 0))
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("a household's limit counts what it would take as well", arguments: TestEngine.available)
  func limitsTolerance(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database, limit: 5)
      let tooMuch = await #expect(throws: Problem.self) {
        try await fixture.place(database, 1, fixture.wish(3, 3))
      }
      #expect(tooMuch?.code == "order.limit_reached")
      #expect(tooMuch?.fields.map(\.field) == ["tolerance.\(fixture.item)"])
      let order = try await fixture.decide(
        fixture.request(1, "less", .place([fixture.wish(2, 2)], note: "")), database)
      let wanted = await #expect(throws: Problem.self) {
        try await fixture.decide(fixture.request(1, "more", .place([fixture.wish(2)], note: "")), database)
      }
      #expect(wanted?.fields.map(\.field) == ["item.\(fixture.item)"])
      // What was tolerated is wanted now: the same number of pieces.
      let changed = try await fixture.change(database, order, fixture.wish(4))
      let last = try await fixture.change(database, changed, fixture.wish(4, 1))
      #expect(last.lines.map(\.tolerance) == [1])
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test(
    "goods by the piece take no tolerance, and limited goods are sold by what is wanted",
    arguments: TestEngine.available)
  func refusesToleranceByThePiece(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database, stock: 6)
      let refused = await #expect(throws: Problem.self) {
        try await fixture.place(database, 1, fixture.wish(1, 1, of: 1))
      }
      #expect(refused?.code == "form.invalid")
      #expect(refused?.fields.map(\.field) == ["tolerance.\(fixture.desk.item(1))"])
      let order = try await fixture.place(database, 2, fixture.wish(4, 5))
      let changed = await #expect(throws: Problem.self) {
        try await fixture.change(database, order, fixture.wish(4, 5), fixture.wish(1, 2, of: 1))
      }
      #expect(changed?.fields.map(\.field) == ["tolerance.\(fixture.desk.item(1))"])
      let soldOut = await #expect(throws: Problem.self) {
        try await fixture.place(database, 3, fixture.wish(3))
      }
      #expect(soldOut?.code == "order.sold_out")
      try await fixture.place(database, 4, fixture.wish(2))
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("lines of one item are one line, and their parts are summed and checked")
  func mergesWishes() throws {
    func merged(_ wishes: [OrderRequest.Wish]) throws -> [OrderRequest.Wish] {
      try fixture.request(1, "merge", .place(wishes, note: "")).command.wishes
    }
    #expect(
      try merged([fixture.wish(2, 1), fixture.wish(1, of: 1), fixture.wish(3, 4)])
        == [fixture.wish(5, 5), fixture.wish(1, of: 1)])
    for (wishes, field) in [
      ([fixture.wish(1, -1)], "lines[0].tolerance"),
      ([fixture.wish(900, 100)], "lines[0].tolerance"),
      ([fixture.wish(1), fixture.wish(1, .max)], "lines[1].tolerance"),
      ([fixture.wish(500, 100), fixture.wish(300, 100)], "lines[1].tolerance"),
    ] {
      let problem = #expect(throws: Problem.self) { try merged(wishes) }
      #expect(problem?.fields.map(\.field) == [field])
    }
  }

  @Test("a request without tolerance has the digest that it always had; tolerance makes another request")
  func digests() throws {
    func digest(_ wishes: OrderRequest.Wish...) throws -> [UInt8] {
      try fixture.request(1, "digest", .place(wishes, note: "轻放")).digest
    }
    let plain = try digest(fixture.wish(2), fixture.wish(1, of: 1))
    let before = "3ec99b4fb35b58dbbd707c062c6018c1eeb77c019bfcbf1bd8ab2671e7d29484"
    #expect(plain.map { String(UInt32($0) + 256, radix: 16).dropFirst() }.joined() == before)
    #expect(try digest(fixture.wish(2, 1), fixture.wish(1, of: 1)) != plain)
    #expect(
      try digest(fixture.wish(2, 1), fixture.wish(1, of: 1))
        != digest(fixture.wish(2), fixture.wish(1, 1, of: 1)))
  }

  @Test(
    "what is asked of a case is found by its last change, and ordinary items are not asked about",
    arguments: TestEngine.available)
  func readsFewRows(_ engine: TestEngine) async throws {
    try await fixture.with(engine) { database in
      try await fixture.seed(database)
      let plan = try await database.read { try $0.plan(CaseClaimStore.levelsQuery(of: [fixture.item])) }
      #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
      let levels = try await database.read { snapshot in
        let items = try CampaignStore.items(of: fixture.desk.campaign, in: fixture.desk.community, snapshot)
        return try CaseClaimStore.levels(of: items, in: snapshot)
      }
      #expect(levels == [fixture.item: CaseLevel()])
    }
  }
}
