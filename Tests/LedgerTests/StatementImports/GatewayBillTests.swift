import Database
import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("A payment service's bill is compared with the books")
struct GatewayBillTests {
  private static let clearing = Account(.gatewayClearing, .gateway(.weChatPay))

  struct Trade {
    var number = ""
    var transaction: String
    var paid: Int64 = 0
    var refund = "0"
    var refunded: Int64 = 0
  }

  /// A trade bill of WeChat Pay.
  static func bill(_ trades: [Trade]) -> [UInt8] {
    func yuan(_ fen: Int64) -> String { Money.fen(fen).decimal }
    let rows = trades.map { trade in
      "`2026-11-26 10:00:00,`\(trade.transaction),`\(trade.number),`oA,`CNY,`\(yuan(trade.paid)),`\(trade.refund),`\(yuan(trade.refunded)),`\(trade.refunded > 0 ? "SUCCESS" : ""),`青菜,`"
    }
    let (paid, refunded) = (trades.reduce(0) { $0 + $1.paid }, trades.reduce(0) { $0 + $1.refunded })
    return Array(
      """
      交易时间,微信订单号,商户订单号,用户标识,货币种类,应结订单金额,商户退款单号,退款金额,退款状态,商品名称,商户数据包
      \(rows.joined(separator: "\n"))
      总交易单数,应结订单总金额,退款总金额
      `\(trades.count),`\(yuan(paid)),`\(yuan(refunded))
      """.utf8)
  }

  private static func kinds(_ plan: StatementPlan) -> [Finding.Kind] { plan.lines.map(\.finding.kind) }

  @Test(
    "lines that agree are marked, missed ones received, and strange ones wait",
    arguments: TestEngine.available)
  func compares(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let known = try await stage.awaiting(order: 1, 5_000, by: .weChatPay)
      try await stage.receive(known, transactionNumber: "42001")
      let missed = try await stage.awaiting(order: 2, 5_000, by: .weChatPay)
      let given = try await stage.awaiting(order: 3, 5_000, by: .weChatPay)
      try await stage.write { try PaymentStore.markClosed(given.id, in: $0) }
      let lacking = try await stage.awaiting(order: 4, 5_000, by: .weChatPay)
      try await stage.receive(lacking, transactionNumber: "42009")
      let file = Self.bill([
        Trade(transaction: "42001", paid: 5_000),
        Trade(number: missed.id.description, transaction: "42002", paid: 5_000),
        Trade(number: given.id.description, transaction: "42003", paid: 5_000),
        Trade(number: "SOMEBODY-ELSE", transaction: "42004", paid: 310),
        Trade(number: missed.id.description, transaction: "42005", paid: 5_000),
        Trade(number: known.id.description, transaction: "42001", paid: 4_999),
      ])
      let plan = try await stage.plan(file, .weChatPay)
      #expect(Self.kinds(plan) == [.recorded, .received, .received, .unknown, .paidAgain, .differs])
      try await stage.take(file, .weChatPay)
      #expect((2...3).allSatisfy { stage.orders.isPaid($0) })
      #expect(try await stage.payments(of: 2).map(\.transactionNumber) == ["42002"])
      #expect(try await stage.balance(Self.clearing) == 20_000 + 310 + 5_000 + 4_999)
      #expect(try await stage.waiting().count == 3)
      #expect(try await stage.movements(.weChatPay).map(\.source) == [.init(.payment, lacking.id)])
      #expect(try await stage.breaches() == [])
      // The day after, the bill has it.
      try await stage.take(Self.bill([Trade(transaction: "42009", paid: 5_000)]), .weChatPay)
      #expect(try await stage.movements(.weChatPay) == [])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("refunds are known by their own number, or by payment and amount", arguments: TestEngine.available)
  func refunds(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let payment = try await stage.awaiting(order: 1, 7_000, by: .weChatPay)
      try await stage.receive(payment, transactionNumber: "42001")
      let promised = try await stage.database.read {
        try RefundStore.list(of: payment.order, in: stage.community, $0)
      }
      let refund = try #require(promised.first)
      #expect(refund.amount == .fen(2_000), "what the order does not need was promised back")
      try await stage.write { [stage] transaction in
        var sent = refund
        sent.state = .sent
        #expect(try RefundStore.move(sent, from: .due, in: transaction))
        try Refunds.markPaid(sent, by: stage.actor, in: transaction)
      }
      let file = Self.bill([
        Trade(number: payment.id.description, transaction: "42001", paid: 7_000),
        Trade(
          number: payment.id.description, transaction: "42001", refund: refund.id.description, refunded: 2_000
        ),
        Trade(number: payment.id.description, transaction: "42001", refund: "R2", refunded: 2_000),
        Trade(number: "NOBODY", transaction: "42002", refund: "R3", refunded: 1),
      ])
      #expect(
        Self.kinds(try await stage.plan(file, .weChatPay)) == [.recorded, .recorded, .differs, .outgoing])
      try await stage.take(file, .weChatPay)
      #expect(try await stage.movements(.weChatPay) == [])
      #expect(try await stage.balance(Self.clearing) == 7_000 - 2_000 - 2_000 - 1)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "money from a bill that waits is received for an order by the same way", arguments: TestEngine.available)
  func assigned(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      try await stage.take(
        Self.bill([Trade(number: "LOST", transaction: "42007", paid: 5_000)]), .weChatPay)
      let item = try #require(try await stage.waiting().first)
      try await stage.explain(item, .order(campaign: StageOrders.campaign(5), number: 5))
      #expect(try await stage.payments(of: 5).map(\.channel) == [.weChatPay])
      #expect(stage.orders.isPaid(5))
      #expect(try await stage.balance(Self.clearing) == 5_000)
      #expect(try await stage.balance(Account(.suspense)) == 0)
      #expect(try await stage.breaches() == [])
    }
  }
}
