import Database
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

/// Somebody of whom the Ledger keeps something in every table that it keeps anything of persons in, all of it settled but a
/// transfer that never came.
struct PersonFile: Sendable {
  let stage: StatementStage
  let booth: RefundBooth
  var subject: DataSubject
  /// The orders that are the person's.
  var orders: [OrderID]

  /// The map for somebody whose orders are of no interest.
  static let records = MoneyRecords.all { _ in "NULL" }

  /// The map, with the person's orders.
  var records: PersonRecords {
    let orders = orders
    return MoneyRecords.all { _ in
      orders.isEmpty ? "NULL" : Query.joined(orders.map { "\($0)" }, by: ", ")
    }
  }

  static func open(_ stage: StatementStage) async throws -> PersonFile {
    let person = try await stage.person([.leader])
    let file = PersonFile(
      stage: stage, booth: RefundBooth(stage, ScriptedGateway()),
      subject: DataSubject(
        person: person, household: HouseholdID(rawValue: 5), community: stage.community),
      orders: [1, 4, 6, 8].map { StageOrders.order($0) })
    try await file.refundOtherwise()
    try await file.transfer()
    try await file.partInTheTrade()
    try await file.voucher()
    try await file.upload()
    _ = try await stage.awaiting(order: 6, 5_000)
    #expect(try await stage.breaches() == [])
    return file
  }

  /// Order 1 was paid too much at a payment service, which refused the refund; it was paid over the bank.
  private func refundOtherwise() async throws {
    let service = ScriptedGateway()
    service.answer { $0.refund = .failed(code: "NOT_ENOUGH") }
    let payment = try await stage.awaiting(order: 1, 7_000, by: .weChatPay)
    try await stage.receive(payment, transactionNumber: "42001")
    let booth = RefundBooth(stage, service)
    try await booth.gateways.round()
    try await booth.payOtherwise(.init(way: .bank, agreement: "电话里说转到工行卡"))
    try await sell(order: 1, 5_000)
  }

  /// Order 4 was paid over the bank, as the bank's statement tells.
  private func transfer() async throws {
    let payment = try await stage.awaiting(order: 4, 5_000)
    let reference = try #require(payment.reference)
    try await stage.take(StatementStage.file([.init(fen: 5_000, text: reference.description)]))
    #expect(try await stage.payments(of: 4).map(\.state) == [.received])
    try await sell(order: 4, 5_000)
  }

  private func sell(order number: Int, _ fen: Int64) async throws {
    try await stage.write { [actor = stage.actor] in
      try OrderAccounts.record(
        Sale(
          from: .init(.pickup, Int64(number)), order: StageOrders.order(number),
          campaign: StageOrders.campaign(number),
          terms: SaleTerms(leader: PersonID(rawValue: 77)),
          lines: [
            Sale.Line(
              merchant: MerchantID(rawValue: 31), leaderRate: .none, before: .zero, after: .fen(fen))
          ]), by: actor, in: $0)
    }
  }

  /// The person took banknotes and handed them over, and was paid what they had earned.
  private func partInTheTrade() async throws {
    let person = subject.person
    try await stage.write { [stage] transaction in
      try JournalStore.post(
        [
          Journal(
            .adjustment, from: .init(.decision, 800),
            [
              Journal.Entry(Account(.cashInHand, .person(person)), .fen(2_000)),
              Journal.Entry(Account(.payable, .person(person)), .fen(-2_000)),
            ])
        ], by: stage.actor, in: transaction)
      let sheet = try CashHandoverStore.declare(
        .fen(2_000), by: Actor(person: person, role: .leader), in: transaction)
      _ = try CashHandoverStore.count(sheet.id, .fen(2_000), by: stage.actor, in: transaction)
      try PayoutStore.pay(
        .fen(2_000), to: .person(person), by: .cash, reference: "R1", actor: stage.actor, in: transaction)
    }
  }

  private func voucher() async throws {
    try await stage.write { [actor = stage.actor] transaction in
      let fund = try Funds.create(
        name: Phrase("冬菜", "Winter greens"), donor: "基金会", purpose: "高龄独居", by: actor, in: transaction)
      try Funds.receive(.fen(9_000), for: fund.id, by: .bank, actor: actor, in: transaction)
      _ = try Funds.issue(
        .fen(3_000), of: fund.id, to: HouseholdID(rawValue: 5), until: transaction.now + .days(30), by: actor,
        in: transaction)
    }
  }

  private func upload() async throws {
    let cipher = try await stage.vault.statementCipher(in: stage.community)
    let upload = StatementUpload(
      id: stage.database.identifiers.next(), person: subject.person, account: .bank, fileName: "流水.csv",
      content: [1, 2, 3])
    try await stage.write { try StatementUploadStore.keep(upload, sealing: cipher, in: $0) }
  }

  // MARK: - What the map says

  func obstacles() async throws -> [Phrase] {
    try await stage.database.read { [records, subject] in try records.obstacles(subject, $0) }
  }

  /// How many rows of each table the person's copy has; every expression of the copy is asked for.
  func copies() async throws -> [String: Int] {
    try await stage.database.read { [records, subject] snapshot in
      var copies: [String: Int] = [:]
      for table in records.tables {
        let columns = Query.joined(table.columns.map(\.expression), by: ", ")
        copies[table.table.description] = try snapshot.all(
          """
          SELECT \(columns) FROM \(Query(stringLiteral: table.table))
          WHERE community_id = \(subject.community) AND (\(table.isAbout(subject))) ORDER BY 1
          """
        ) { _ in 1 }.count
      }
      return copies
    }
  }

  /// Deletes the person, and ends at once what otherwise ends after three years.
  func erase(in transaction: Transaction) throws {
    let (records, subject) = (records, subject)
    try records.erase(subject, transaction)
    for table in records.tables {
      let rows: Query = "community_id = \(subject.community) AND (\(table.isAbout(subject)))"
      let name = Query(stringLiteral: table.table)
      switch table.ending {
      case .deleted, .deletedLater: try transaction.execute("DELETE FROM \(name) WHERE \(rows)")
      case .cleared(let changes), .clearedLater(let changes):
        try transaction.execute("UPDATE \(name) SET \(changes) WHERE \(rows)")
      case .kept: break
      }
    }
  }

  /// What the books hold, by kind of account and whose it is.
  func totals() async throws -> [String] {
    try await stage.database.read { snapshot in
      try snapshot.all(
        """
        SELECT account.kind, account.party_kind, account.party_id, CAST(sum(entry.amount) AS BIGINT), count(*)
        FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        GROUP BY account.kind, account.party_kind, account.party_id
        ORDER BY account.kind, account.party_kind, account.party_id
        """
      ) { row in
        try "\(row.text(0)) \(row.text(1)) \(row.integer(2)) \(row.integer(3)) \(row.integer(4))"
      }
    }
  }
}
