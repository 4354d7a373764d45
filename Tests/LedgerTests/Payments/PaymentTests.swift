import Database
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

@Suite("Payments")
struct PaymentTests {
  private let community = CommunityID(rawValue: 3)
  private let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
  private let resident = Actor(person: PersonID(rawValue: 1), role: .resident)
  private let household = HouseholdID(rawValue: 7)
  private let order = OrderID(rawValue: 900)
  private let trade = Trade()
  private var payments: Payments { Payments(trade: trade.directory) }

  private func begin(_ channel: PaymentChannel, _ database: Database) async throws -> Payment {
    let (payments, order, household, resident) = (payments, order, household, resident)
    return try await database.write(in: community) {
      try payments.begin(order, by: channel, household: household, actor: resident, in: $0)
    }
  }

  private func receive(_ payment: Payment, _ database: Database) async throws -> Bool {
    let payments = payments
    return try await database.write(in: community) {
      try payments.receive(payment.id, transactionNumber: "T\(payment.id)", by: .machine, in: $0)
    }
  }

  private func refunds(_ database: Database) async throws -> [Refund] {
    try await database.read { try RefundStore.list(of: order, in: community, $0) }
  }

  private func expectWhole(_ database: Database) async throws {
    let breaches = try await database.read { try $0.breaches(of: LedgerInvariants.invariants) }
    #expect(breaches == [])
  }

  @Test("a second click is the same payment; another amount is another one", arguments: TestEngine.available)
  func again(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 7, total: 1_250)
      let first = try await begin(.weChatPay, database)
      #expect(try await begin(.weChatPay, database) == first)
      trade[order]?.total = 900
      let second = try await begin(.weChatPay, database)
      #expect(second.id != first.id)
      #expect(second.amount == .fen(900))
      #expect(first.tradeNumber != nil)
    }
  }

  @Test("told many times at once, a payment is received once", arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 7, total: 1_250)
      let payment = try await begin(.alipay, database)
      let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<24 { group.addTask { try await receive(payment, database) } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(taken == 1)
      let clearing = try await database.read {
        try JournalStore.balance(of: Account(.gatewayClearing, .gateway(.alipay)), in: community, $0)
      }
      #expect(clearing == .fen(1_250))
      #expect(try await refunds(database).isEmpty)
      try await expectWhole(database)
    }
  }

  @Test(
    "what comes late, twice or for nothing goes back once, the way it came", arguments: TestEngine.available)
  func tooMuch(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 7, total: 1_250)
      let first = try await begin(.weChatPay, database)
      let second = try await begin(.alipay, database)
      #expect(try await receive(first, database))
      #expect(try await receive(second, database))
      let promised = try await refunds(database)
      #expect(promised.map(\.channel) == [.alipay])
      #expect(promised.map(\.amount) == [.fen(1_250)])
      trade[order]?.isOpen = false
      let actor = resident
      try await database.write(in: community) {
        try OrderAccounts.settle(
          order, of: Trade.campaign, outstanding: .zero, because: .changed, by: actor, in: $0)
      }
      #expect(try await refunds(database).map(\.channel) == [.alipay, .weChatPay])
      let paid = try await database.read { try PaymentStore.paid(for: [order], in: community, $0) }
      #expect(paid[order] == .zero)
      try await expectWhole(database)
    }
  }

  @Test("nobody pays out in banknotes what came another way", arguments: TestEngine.available)
  func anotherWay(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 7, total: 1_250, isOpen: true)
      let payment = try await begin(.weChatPay, database)
      trade[order]?.isOpen = false
      #expect(try await receive(payment, database))
      let refund = try #require(try await refunds(database).first)
      let actor = resident
      for place in [Account(.cashBox), Account(.cashInHand, .person(actor.person)), Account(.bank)] {
        await #expect(throws: Problem.refundGoesAnotherWay(.weChatPay)) {
          try await database.write(in: community) {
            try Refunds.pay(refund.id, from: place, by: actor, in: $0)
          }
        }
      }
      #expect(try await refunds(database) == [refund])
      try await expectWhole(database)
    }
  }

  @Test("a payment that was given up is received all the same when it comes", arguments: TestEngine.available)
  func closed(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 7, total: 1_250)
      let payment = try await begin(.weChatPay, database)
      try await database.write(in: community) { try PaymentStore.markClosed(payment.id, in: $0) }
      #expect(try await receive(payment, database))
      #expect(try await !receive(payment, database))
      try await expectWhole(database)
    }
  }

  @Test(
    "is refused for another household, for nothing due, and where it is not taken",
    arguments: TestEngine.available)
  func refused(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      trade[order] = Trade.Order(household: 8, total: 1_250)
      await #expect(throws: Problem.notFound) { try await begin(.weChatPay, database) }
      trade[order] = Trade.Order(household: 7, total: 0)
      await #expect(throws: Problem.nothingToPay) { try await begin(.weChatPay, database) }
      trade[order] = Trade.Order(household: 7, total: 1_250)
      for channel in [PaymentChannel.bankTransfer, .cash, .voucher] {
        await #expect(throws: Problem.paymentNotTaken) { try await begin(channel, database) }
      }
    }
  }

  @Test(
    "a transfer has a reference of its own, once the community has an account",
    arguments: TestEngine.available)
  func transfer(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      try await database.write(in: community) {
        try MoneyRulesStore.save(
          MoneyRules(platform: .none, cashFloat: .zero, bankAccount: "桂花里居委会 示例银行 6222"), in: $0)
      }
      var references: Set<PaymentReference> = []
      for number in Int64(1)...40 {
        let (payments, resident, household) = (payments, resident, household)
        let order = OrderID(rawValue: number)
        trade[order] = Trade.Order(household: 7, total: number)
        let payment = try await database.write(in: community) {
          try payments.begin(order, by: .bankTransfer, household: household, actor: resident, in: $0)
        }
        references.insert(try #require(payment.reference))
      }
      #expect(references.count == 40)
    }
  }
}
