import Kernel
import People
import Security
import TestKit
import Testing

@testable import Database
@testable import Ledger

@Suite("What the Ledger keeps of persons")
struct PersonRecordsTests {
  /// A table as its migration declares it.
  private struct DeclaredTable {
    let name: String
    /// The columns that name a person or a household.
    let naming: [String]
  }

  private static var declared: [DeclaredTable] {
    ledgerMigrations.flatMap(\.statements).compactMap { statement in
      guard case .text(let text) = statement,
        let match = text.firstMatch(of: /CREATE TABLE ([a-z_]+)/)
      else { return nil }
      let columns =
        /\b((?:[a-z]+_)?by_id|person_id|actor_id|giver_id|on_behalf_of_id|household_id|party_id)\s+BIGINT/
      return DeclaredTable(
        name: String(match.1), naming: text.matches(of: columns).map { String($0.1) })
    }
  }

  @Test("is named in the map, each table once, and each column that names somebody")
  func complete() {
    let records = PersonFile.records
    let tables = Set(records.tables.map(\.table.description))
    let acts = Set(records.acts.map(\.table.description))
    let impersonal = Set(records.impersonal.map(\.table.description))
    #expect(tables.count == records.tables.count && impersonal.count == records.impersonal.count)
    #expect(impersonal.isDisjoint(with: tables.union(acts)))
    #expect(tables.union(acts).union(impersonal) == Set(Self.declared.map(\.name)))
    let subject = DataSubject(
      person: PersonID(rawValue: 1), household: HouseholdID(rawValue: 2), community: CommunityID(rawValue: 3))
    for table in Self.declared {
      #expect(!impersonal.contains(table.name) || table.naming.isEmpty, "\(table.name) names somebody")
      let condition = records.tables.first { $0.table.description == table.name }?.isAbout(subject).text ?? ""
      let roles = records.acts.filter { $0.table.description == table.name }.map(\.by.description)
      for column in table.naming {
        #expect(
          condition.contains(column) || roles.contains(column), "\(table.name).\(column) is not in the map")
      }
    }
  }

  @Test("stays in the books to the last fen when the person is deleted", arguments: TestEngine.available)
  func totals(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = try await PersonFile.open(stage)
      let before = try await file.totals()
      let copies = try await file.copies()
      let all: Set = [
        "ledger_payment", "ledger_refund", "ledger_voucher", "ledger_account", "ledger_journal",
        "ledger_entry", "ledger_statement_line", "ledger_payout", "ledger_cash_handover",
        "ledger_statement_upload",
      ]
      #expect(Set(copies.filter { $0.value > 0 }.keys) == all)
      for _ in 0..<2 {
        try await stage.write { try file.erase(in: $0) }
        #expect(try await file.totals() == before)
        #expect(try await stage.breaches() == [])
        let audit = try await stage.database.read { try JournalAudit.breaches(in: stage.community, $0) }
        #expect(audit == [])
      }
      let after = try await file.copies()
      #expect(after["ledger_statement_upload"] == 0)
      for table in all.subtracting(["ledger_statement_upload"]) {
        #expect(after[table] == copies[table], "\(table) stays")
      }
      let booth = file.booth
      #expect(try await booth.desk.agreement(to: booth.refund().id, in: stage.community) == nil)
      #expect(try await stage.payments(of: 6).map(\.state) == [.closed], "nobody waits for it any more")
    }
  }

  @Test("of somebody else is nothing of theirs", arguments: TestEngine.available)
  func stranger(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = try await PersonFile.open(stage)
      var other = file
      other.subject = DataSubject(
        person: try await stage.person([.resident]), household: nil, community: stage.community)
      other.orders = []
      #expect(try await other.copies().values.allSatisfy { $0 == 0 })
      #expect(try await other.obstacles() == [])
      let before = try await stage.payments(of: 6)
      try await stage.write { [other] in try other.erase(in: $0) }
      #expect(try await stage.payments(of: 6) == before)
      #expect(try await file.copies()["ledger_statement_upload"] == 1)
    }
  }

  @Test("stands in the way of deletion while money is not settled", arguments: TestEngine.available)
  func obstacles(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let file = try await PersonFile.open(stage)
      #expect(try await file.obstacles() == [])
      let person = file.subject.person
      let actor = Actor(person: person, role: .leader)
      try await stage.write { transaction in
        try JournalStore.post(
          [
            Journal(
              .adjustment, from: .init(.decision, 900),
              [
                Journal.Entry(Account(.cashInHand, .person(person)), .fen(1_234)),
                Journal.Entry(Account(.payable, .person(person)), .fen(-1_134)),
                Journal.Entry(
                  Account(.earned, .person(person), campaign: StatementStage.campaigns[0]), .fen(-100)),
              ])
          ], by: actor, in: transaction)
        _ = try CashHandoverStore.declare(.fen(1_234), by: actor, in: transaction)
      }
      _ = try await stage.awaiting(order: 8, 5_000, by: .weChatPay)
      try await stage.write {
        try $0.execute("UPDATE ledger_payment SET ask_at = 1 WHERE order_id = \(StageOrders.order(8))")
      }
      let found = try await file.obstacles()
      #expect(found.count == 5, "\(found.map(\.english))")
      #expect(found.contains { $0.chinese.contains("¥12.34 现金") })
      #expect(found.contains { $0.english.contains("¥11.34 to pay you") })
      #expect(found.contains { $0.english.contains("¥1.00 that you earned") })
    }
  }
}
