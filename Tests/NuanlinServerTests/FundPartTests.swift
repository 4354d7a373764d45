import Database
import Kernel
import People
import Shop
import TestKit
import Testing

@testable import Ledger
@testable import NuanlinServer

/// A fund with a part in what a campaign sells, from the first order to what the fund holds.
@Suite("A fund's part in a campaign")
struct FundPartTests {
  private func report(_ shopping: Shopping) async throws -> FundReport {
    try await shopping.database.read { snapshot in
      let funds = try FundStore.funds(in: shopping.house.community, snapshot)
      return try #require(try FundStore.reports(funds, in: shopping.house.community, snapshot).first)
    }
  }

  private func with(_ engine: TestEngine, _ body: (Shopping, FundID) async throws -> Void) async throws {
    try await Shopping.with(
      engine, offers: [.init(price: .fen(1_000))],
      terms: CampaignTerms(commission: Rate(basisPoints: 800) ?? .none), fundRate: Rate(basisPoints: 200)
    ) { shopping in try await body(shopping, try #require(shopping.fund)) }
  }

  @Test(
    "it is kept until the return window ends and can be given out from then on; a late refund waits for the next",
    arguments: TestEngine.available)
  func takesIn(engine: TestEngine) async throws {
    try await with(engine) { shopping, fund in
      let order = try await shopping.place(0, [5])
      try await shopping.arrive([5])
      try await shopping.handOver(order)
      #expect(try await shopping.parts()[.fund(fund)] == .fen(100))
      #expect(try await shopping.statement().addsUp)
      #expect(try await report(shopping).received == .zero)
      try await shopping.finish()
      let claim = try await shopping.report(order, line: 0, pieces: 1)
      try await shopping.mature()
      let matured = try await report(shopping)
      #expect(matured.received == .fen(100) && matured.fromSales == .fen(100) && matured.left == .fen(100))
      #expect(matured.addsUp)
      try await shopping.mature()
      #expect(try await report(shopping) == matured, "once only")
      _ = try await shopping.answer(claim, .refund(.init(amount: .fen(1_000), bearer: .merchant)))
      #expect(try await report(shopping) == matured, "what is in the fund stays in it")
      #expect(try await shopping.balance(Account(.payable, .fund(fund))) == .fen(20))
      #expect(try await shopping.parts()[.fund(fund)] == .fen(80))
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test(
    "a campaign opened again for a fund that was closed meanwhile is not published",
    arguments: TestEngine.available)
  func needsAnOpenFund(engine: TestEngine) async throws {
    try await with(engine) { shopping, fund in
      let actor = Actor(person: shopping.committee, role: .committee)
      let runner = try shopping.runner
      let problem = await #expect(throws: Problem.self) {
        try await shopping.database.write(in: shopping.house.community) {
          try Funds.close(fund, by: actor, in: $0)
          let copy = try CampaignChanges.clone(shopping.campaign.id, lotterySeed: "a1b2", by: runner, in: $0)
          try CampaignChanges.publish(copy.id, .ledger, by: runner, in: $0)
        }
      }
      #expect(problem?.fields.map(\.field).contains("fund") == true)
    }
  }

  @Test("nobody pays it out by hand", arguments: TestEngine.available)
  func isNotPaidOut(engine: TestEngine) async throws {
    try await with(engine) { shopping, fund in
      let actor = Actor(person: shopping.committee, role: .committee)
      let problem = await #expect(throws: Problem.self) {
        try await shopping.database.write(in: shopping.house.community) {
          _ = try PayoutStore.pay(.fen(1), to: .fund(fund), by: .bank, reference: "", actor: actor, in: $0)
        }
      }
      #expect(problem?.fields.map(\.field) == ["party"])
    }
  }
}
