import Database
import Kernel
import People
import Synchronization
import TestKit
import Testing

@testable import Ledger

@Suite("Refunds that a leader gives back in banknotes")
struct LeaderRefundTests {
  /// Ten yuan too much in cash for one order, taken by the leader.
  private static func overpay(_ number: Int, _ leader: PersonID, _ stage: StatementStage) async throws {
    try await stage.write { [trade = stage.trade] transaction in
      let order = StageOrders.order(number)
      let actor = Actor(person: leader, role: .leader)
      try OrderAccounts.take(
        .init(order: order, campaign: StageOrders.campaign(number), amount: .fen(6_000), takenBy: leader),
        by: actor, in: transaction)
      try trade.paymentCame(order, actor, transaction)
    }
  }

  @Test(
    "are those of the campaigns that they lead, in cash, and no others; a merchant leads its visits",
    arguments: TestEngine.available, [Role.leader, .merchant])
  func own(engine: TestEngine, role: Role) async throws {
    try await StatementStage.with(engine) { stage in
      let leader = try await stage.person([role])
      stage.orders.firstLeader.withLock { $0 = leader }
      for number in [2, 3, 4] { try await Self.overpay(number, leader, stage) }
      // Over the bank, and one that was paid: neither is for the leader's hand.
      let transfer = try await stage.awaiting(order: 6, 7_000)
      try await stage.receive(transfer)
      let all = try await stage.database.read { try RefundStore.open(limit: 50, in: stage.community, $0) }
      #expect(all.count == 4)
      let browser = try await stage.browser(of: leader)
      let page = try await browser.get("/money").text
      let mine = all.filter { $0.channel == .cash && $0.campaign == StatementStage.campaigns[0] }
      #expect(mine.count == 2)
      for refund in all {
        #expect(page.contains("/money/refunds/\(refund.id)/pay") == mine.contains(refund))
      }
      let stranger = try await stage.browser(of: try await stage.person([role]))
      #expect(try await !stranger.get("/money").text.contains("/money/refunds/"))
      #expect(try await stranger.post("/money/refunds/\(mine[0].id)/pay").status == 404)
      #expect(try await browser.post("/money/refunds/\(mine[0].id)/pay").status == 303)
      #expect(try await browser.post("/money/refunds/\(mine[0].id)/pay").status == 409)
      let rest = try await browser.get("/money").text
      #expect(!rest.contains("\(mine[0].id)") && rest.contains("\(mine[1].id)"))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("are found by their index, and read no more than they are", arguments: TestEngine.available)
  func plan(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let plan = try await stage.database.read {
        try $0.plan(RefundStore.dueInCash(of: StatementStage.campaigns, in: stage.community))
      }
      #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
      if engine == .sqlite { #expect(plan.contains { $0.contains("ledger_refund_due_in_cash") }, "\(plan)") }
    }
  }
}
