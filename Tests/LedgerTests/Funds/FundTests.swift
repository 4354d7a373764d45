import Database
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

@Suite("Funds and vouchers")
struct FundTests {
  private let community = CommunityID(rawValue: 3)
  private let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
  private let worker = Actor(person: PersonID(rawValue: 20), role: .socialWorker)
  private let trade = Trade()

  private func report(_ fund: FundID, _ database: Database) async throws -> FundReport {
    try await database.read { snapshot in
      let found = try #require(try FundStore.find(fund, in: community, snapshot))
      return try #require(try FundStore.reports([found], in: community, snapshot).first)
    }
  }

  private func fund(_ amount: Int64, _ database: Database) async throws -> FundID {
    let worker = worker
    return try await database.write(in: community) { transaction in
      let fund = try Funds.create(
        name: Phrase("冬菜", "Winter greens"), donor: "基金会", purpose: "高龄独居", by: worker, in: transaction)
      try Funds.receive(.fen(amount), for: fund.id, by: .cash, actor: worker, in: transaction)
      return fund.id
    }
  }

  @Test(
    "every fen of a fund is spent, on a voucher or left, whatever happens", arguments: TestEngine.available)
  func addsUp(engine: TestEngine) async throws {
    for seed in UInt64(1)...4 {
      try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
        var random = SeededGenerator(seed: seed)
        let fund = try await fund(200_000, database)
        for step in 0..<60 {
          clock.advance(by: .hours(Int64.random(in: 0...30, using: &random)))
          try await play(fund, Int.random(in: 0..<6, using: &random), step, &random, database)
          let report = try await report(fund, database)
          #expect(report.addsUp, "seed \(seed) step \(step): \(report)")
        }
        let breaches = try await database.read { try $0.breaches(of: LedgerInvariants.invariants) }
        #expect(breaches == [])
        #expect(try await report(fund, database).spent > .zero)
      }
    }
  }

  private func play(
    _ fund: FundID, _ choice: Int, _ step: Int, _ random: inout SeededGenerator, _ database: Database
  ) async throws {
    let household = HouseholdID(rawValue: Int64.random(in: 1...3, using: &random))
    let order = OrderID(rawValue: Int64(1_000 + Int.random(in: 0...max(0, step / 3), using: &random)))
    let amount = Int64.random(in: 1...9_000, using: &random)
    let days = Int64.random(in: 1...5, using: &random)
    let (worker, payments, trade) = (worker, Payments(trade: trade.directory), trade)
    do {
      try await database.write(in: community) { transaction in
        switch choice {
        case 0, 1:
          _ = try Funds.issue(
            .fen(amount), of: fund, to: household, until: transaction.now + .days(days), by: worker,
            in: transaction)
        case 2, 3:
          if trade[order] == nil { trade[order] = Trade.Order(household: household.rawValue, total: amount) }
          let owner = HouseholdID(rawValue: trade[order]?.household ?? 0)
          _ = try payments.begin(order, by: .voucher, household: owner, actor: worker, in: transaction)
        case 4:
          // Less came than was ordered: what was paid too much is back on the voucher, or in the fund.
          trade[order]?.total = (trade[order]?.total ?? 0) / 2
          try trade.directory.paymentCame(order, worker, transaction)
        default:
          let vouchers = try FundStore.vouchers(of: fund, limit: 100, in: transaction.community, transaction)
          for voucher in vouchers where voucher.expiresAt <= transaction.now {
            try Funds.end(voucher.id, in: transaction)
          }
        }
      }
    } catch let problem as Problem {
      #expect(
        ["payment.nothing_due", "payment.not_taken", "form.invalid"].contains(problem.code), "\(problem.code)"
      )
    }
  }

  @Test("no more is given out than the fund holds, though many give at once", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      let fund = try await fund(10_000, database)
      let worker = worker
      let given = await withTaskGroup(of: Bool.self) { group in
        for number in Int64(0)..<30 {
          group.addTask {
            let voucher = try? await database.write(in: community) {
              try Funds.issue(
                .fen(1_000), of: fund, to: HouseholdID(rawValue: number), until: $0.now + .days(9),
                by: worker, in: $0)
            }
            return voucher != nil
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(given == 10)
      #expect(try await report(fund, database).left == .zero)
    }
  }

  @Test("an ended voucher pays nothing, and a closed fund gives none", arguments: TestEngine.available)
  func ended(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      let fund = try await fund(10_000, database)
      let (worker, payments) = (worker, Payments(trade: trade.directory))
      let (household, order) = (HouseholdID(rawValue: 7), OrderID(rawValue: 1))
      trade[order] = Trade.Order(household: 7, total: 500)
      let voucher = try await database.write(in: community) {
        try Funds.issue(.fen(800), of: fund, to: household, until: $0.now + .days(1), by: worker, in: $0)
      }
      clock.advance(by: .days(2))
      let jobs = JobRunner(database, handlers: [Funds.handler])
      #expect(try await jobs.runDue() == 1)
      await #expect(throws: Problem.paymentNotTaken) {
        try await database.write(in: community) {
          try payments.begin(order, by: .voucher, household: household, actor: worker, in: $0)
        }
      }
      let report = try await report(fund, database)
      #expect(report.returned == voucher.amount)
      #expect(report.left == .fen(10_000))
      try await database.write(in: community) { try Funds.close(fund, by: worker, in: $0) }
      await #expect(throws: Problem.fundClosed) {
        try await database.write(in: community) {
          try Funds.issue(.fen(1), of: fund, to: household, until: $0.now + .days(1), by: worker, in: $0)
        }
      }
    }
  }
}
