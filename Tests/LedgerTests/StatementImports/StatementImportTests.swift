import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Ledger

@Suite("A statement is imported")
struct StatementImportTests {
  private typealias Row = StatementStage.Row

  private static func kinds(_ plan: StatementPlan) -> [Finding.Kind] { plan.lines.map(\.finding.kind) }

  @Test("what is certain is booked, and everything else waits", arguments: TestEngine.available)
  func takes(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let exact = try await stage.awaiting(order: 1, 5_000)
      let other = try await stage.awaiting(order: 2, 5_000)
      let payout = try await stage.payout(3_000)
      let file = StatementStage.file([
        Row(fen: 5_000, text: "团购 \(exact.reference?.description ?? "")"),
        Row(fen: 4_500, text: other.reference?.spoken ?? ""), Row(fen: 777, text: "不知道"),
        Row(fen: -3_000, name: "江河农场"), Row(fen: -120, name: "手续费"),
      ])
      let plan = try await stage.plan(file)
      #expect(Self.kinds(plan) == [.received, .differs, .unknown, .recorded, .outgoing])
      let totals = try plan.totals()
      #expect(totals.reduce(0) { $0 + $1.count } == 5)
      #expect(totals.reduce(0) { $0 + $1.sum.minorUnits } == 7_157)
      #expect(try await stage.balance(Account(.bank)) == -3_000, "looking it over books nothing")

      guard case .imported = try await stage.take(file) else {
        Issue.record("it was not imported")
        return
      }
      #expect(try await stage.payments(of: 1).map(\.state) == [.received])
      #expect(stage.orders.isPaid(1) && !stage.orders.isPaid(2))
      #expect(try await stage.waiting().map(\.left.minorUnits).sorted() == [-120, 777, 4_500])
      #expect(try await stage.balance(Account(.suspense)) == -5_157)
      #expect(try await stage.balance(Account(.bank)) == 7_157)
      #expect(try await stage.movements() == [])
      let comparison = try await stage.comparison()
      #expect(comparison.stated == .fen(107_157) && comparison.before == .fen(100_000))
      #expect(comparison.difference == .fen(-100_000) && comparison.unexplained == .zero)
      #expect(payout.amount == .fen(3_000))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "the same file again, and a file that overlaps it, add nothing twice", arguments: TestEngine.available)
  func overlaps(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      let text = awaited.reference?.description ?? ""
      let rows = [
        Row(time: "2026-11-24 10:00:00", fen: 300), Row(time: "2026-11-24 10:00:00", fen: 300),
        Row(time: "2026-11-25 09:00:00", fen: 5_000, text: text), Row(time: "2026-11-25 11:00:00", fen: -40),
        Row(time: "2026-11-26 08:00:00", fen: 10),
      ]
      let first = StatementStage.file(Array(rows.prefix(3)))
      let outcome = try await stage.take(first)
      #expect(try await stage.take(first) == outcome, "a second click leads to what the first one did")
      #expect(try await stage.balance(Account(.bank)) == 5_600)
      let whole = try await stage.plan(StatementStage.file(rows))
      #expect(Self.kinds(whole).count { $0 == .alreadyImported } == 3)
      try await stage.take(StatementStage.file(rows))
      #expect(try await stage.balance(Account(.bank)) == 5_570)
      #expect(
        try await stage.take(StatementStage.file(Array(rows.dropFirst(2)), opening: 100_600)) == .nothingNew)
      #expect(try await stage.balance(Account(.bank)) == 5_570)
      #expect(try await stage.payments(of: 1).count == 1)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("two who import one file at once import it once", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      let file = StatementStage.file([
        Row(fen: 5_000, text: awaited.reference?.description ?? ""), Row(fen: 90),
      ])
      let seen = try await stage.plan(file).digest(ofFile: Digest(of: file)).description
      let outcomes = try await withThrowingTaskGroup(of: StatementImporter.Outcome.self) { group in
        for _ in 0..<8 { group.addTask { try await stage.take(file, seen: seen) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(outcomes.map { "\($0)" }).count == 1)
      #expect(try await stage.balance(Account(.bank)) == 5_090)
      #expect(try await stage.waiting().count == 1)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("nothing is imported that a person was not shown", arguments: TestEngine.available)
  func stale(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = StatementStage.file([
        Row(fen: 5_000, text: PaymentReference(number: 100_001)?.description ?? "")
      ])
      let seen = try await stage.plan(file).digest(ofFile: Digest(of: file)).description
      _ = try await stage.awaiting(order: 1, 5_000)
      #expect(try await stage.take(file, seen: seen) == .stale)
      #expect(try await stage.balance(Account(.bank)) == 0)
      try await stage.take(file)
      #expect(stage.orders.isPaid(1))
    }
  }

  @Test("a payment that was given up is received all the same", arguments: TestEngine.available)
  func closed(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let payment = try await stage.awaiting(order: 1, 5_000)
      try await stage.write { try PaymentStore.markClosed(payment.id, in: $0) }
      try await stage.take(StatementStage.file([Row(fen: 5_000, text: payment.reference?.description ?? "")]))
      #expect(try await stage.payments(of: 1).map(\.state) == [.received])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("each community has its own lines, and sees no other's", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = StatementStage.file([Row(fen: 100)])
      try await stage.take(file)
      let elsewhere = try await stage.plan(file, in: stage.otherCommunity)
      #expect(Self.kinds(elsewhere) == [.unknown])
      try await stage.take(file, in: stage.otherCommunity)
      let here = try #require(try await stage.waiting().first)
      await #expect(throws: Problem.notFound) {
        try await stage.explain(here, .fee, in: stage.otherCommunity)
      }
      #expect(try await stage.balance(Account(.suspense)) == -100)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "a file of another account, or of the same days in another kind, is refused",
    arguments: TestEngine.available)
  func refuses(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = StatementStage.file([Row(fen: 100)])
      let refused = await #expect(throws: Problem.self) { try await stage.plan(file, .alipay) }
      #expect(refused?.fields.map(\.field) == ["account"])
      try await stage.take(file)
      let same = Array("交易日期,交易金额,余额,附言\n2026-11-25,1.00,1001.00,菜".utf8)
      await #expect(throws: Problem.statementOverlapsAnotherFormat) { try await stage.plan(same) }
      let later = Array("交易日期,交易金额,余额,附言\n2026-11-26,1.00,1002.00,菜".utf8)
      #expect(Self.kinds(try await stage.plan(later)) == [.unknown])
    }
  }

  @Test(
    "who paid, from where and with which words is not readable where it is kept",
    arguments: TestEngine.available)
  func encrypted(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = StatementStage.file([
        Row(fen: 100, name: "王阿姨", account: "6222020200001234567", text: "给三号楼的菜钱")
      ])
      let cipher = try await stage.vault.statementCipher(in: stage.community)
      let upload = stage.upload(file)
      try await stage.write { try StatementUploadStore.keep(upload, sealing: cipher, in: $0) }
      try await stage.take(file)
      let kept: [[UInt8]] = try await stage.database.read { snapshot in
        try snapshot.values("SELECT details FROM ledger_statement_line")
          + snapshot.values("SELECT content FROM ledger_statement_upload")
      }
      #expect(kept.count == 2)
      for secret in ["王阿姨", "6222020200001234567", "给三号楼的菜钱"] {
        #expect(!kept.contains { $0.contains(Array(secret.utf8)) })
      }
      let found = try await stage.database.read {
        try StatementUploadStore.find(upload.id, of: stage.actor.person, in: stage.community, by: cipher, $0)
      }
      #expect(found?.content == file)
      let strangers = try await stage.database.read {
        try StatementUploadStore.find(
          upload.id, of: PersonID(rawValue: 1), in: stage.community, by: cipher, $0)
      }
      #expect(strangers == nil)
      let line = try #require(try await stage.waiting().first?.line)
      let details = try await stage.database.read {
        try StatementImportStore.lines([line], in: stage.community, by: cipher, $0).first?.details
      }
      #expect(details == LineDetails(name: "王阿姨", account: "6222020200001234567", remittance: "给三号楼的菜钱"))
    }
  }

  @Test(
    "what the tables keep cannot be changed, and what is changed behind the program shows",
    arguments: TestEngine.available)
  func tampering(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      try await stage.take(StatementStage.file([Row(fen: 100), Row(fen: -30)]))
      let item = try #require(try await stage.waiting().first { $0.isIncoming })
      try await stage.explain(item, .community, 60)
      for change: Query in [
        "UPDATE ledger_statement_line SET amount = 5", "DELETE FROM ledger_explanation",
        "UPDATE ledger_statement_import SET new_lines = 1",
      ] {
        await #expect(throws: DatabaseError.self) { try await stage.write { try $0.execute(change) } }
      }
      #expect(try await stage.breaches() == [])
      try await stage.write {
        try $0.execute("UPDATE ledger_suspense_item SET left_over = 1 WHERE left_over = 40")
      }
      #expect(
        Set(try await stage.breaches().map(\.name)) == [
          "ledger.suspense_differs", "ledger.suspense_item_differs",
        ])
      try await stage.write { try $0.execute("DELETE FROM ledger_suspense_item") }
      let found = Set(try await stage.breaches().map(\.name))
      #expect(found.isSuperset(of: ["ledger.line_unexplained", "ledger.line_posted_without_waiting"]))
    }
  }
}

@Suite("What a bank's lines are")
struct BankReconciliationTests {
  private func line(_ fen: Int64, day: Int64, balance: Int64? = nil) -> StatementLine {
    StatementLine.lines([
      StatementLine.Draft(
        line: 2, moment: StatementStage.start + .days(day), hasTime: true, amount: .fen(fen),
        counterparty: .init(), remittance: "", serial: nil, balance: balance.map { .fen($0) })
    ])[0]
  }

  private func movement(_ id: Int64, _ fen: Int64, day: Int64) -> BookMovement {
    BookMovement(source: .init(.payout, id), amount: .fen(fen), at: StatementStage.start + .days(day))
  }

  private func paired(_ lines: [StatementLine], _ movements: [BookMovement]) -> [Int: Int64] {
    BookMovement.pairs(
      lines.enumerated().map { (position: $0, line: $1) }, movements, offsetSeconds: 28_800
    ).mapValues(\.source.id)
  }

  @Test("five days reach, six do not")
  func reach() {
    for day in Int64(-7)...7 {
      let pairs = paired([line(-100, day: day)], [movement(1, -100, day: 0)])
      #expect(pairs == (abs(day) <= 5 ? [0: 1] : [:]), "\(day)")
    }
  }

  @Test("what could be two is neither, whichever side has them")
  func doubt() {
    let one = movement(1, -100, day: 0)
    #expect(paired([line(-100, day: 0), line(-100, day: 1)], [one]) == [:])
    #expect(paired([line(-100, day: 0)], [one, movement(2, -100, day: 2)]) == [:])
    #expect(paired([line(-100, day: 0), line(-100, day: 20)], [one]) == [0: 1])
    #expect(paired([line(-101, day: 0)], [one]) == [:])
  }

  @Test("the balance after the last line is found in either order of the file")
  func closing() throws {
    func statement(_ rows: [String]) throws -> Money? {
      try BankStatement.read(
        Array((["交易日期,交易金额,余额,附言"] + rows).joined(separator: "\n").utf8), offsetSeconds: 28_800
      ).closingBalance
    }
    let rows = ["2026-11-24,1.00,11.00,", "2026-11-24,5.00,16.00,", "2026-11-25,-2.00,14.00,"]
    #expect(try statement(rows) == .fen(1_400))
    #expect(try statement(rows.reversed()) == .fen(1_400))
    #expect(try statement([rows[1], rows[0], rows[2]]) == .fen(1_400))
    #expect(try statement(["2026-11-24,1.00,,", "2026-11-24,5.00,,"]) == nil)
  }
}
