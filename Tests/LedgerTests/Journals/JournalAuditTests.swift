import Database
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

@Suite("The books beside the audit chain")
struct JournalAuditTests {
  private static let community = CommunityID(rawValue: 3)
  private static let actor = Actor(person: PersonID(rawValue: 8), role: .committee)
  private static let clock = MovableClock(Timestamp(seconds: 1_800_000_000))

  private static func breaches(_ database: Database) async throws -> [Breach] {
    try await database.read { try JournalAudit.breaches(in: community, $0) }
  }

  /// Books of so many journals, and the identifier of the one in the middle.
  private static func fill(_ database: Database, _ count: Int64) async throws -> JournalID {
    let posted = try await database.write(in: community) { transaction in
      try JournalStore.post(
        (1...count).map { number in
          try Journal(
            .adjustment, from: .init(.decision, number),
            [
              Journal.Entry(Account(.cashBox), .fen(number)),
              Journal.Entry(Account(.payable, .merchant(MerchantID(rawValue: number))), .fen(-number)),
            ])
        }, by: actor, in: transaction)
    }
    return posted[posted.count / 2].id
  }

  /// What the check says after a change behind the program's back, which is then undone.
  private static func tampered(
    _ database: Database, _ table: StaticString, _ statement: Query
  ) async throws -> [Breach] {
    struct Undo: Error { let breaches: [Breach], changed: Int }
    return try await database.write(in: community) { transaction -> [Breach] in
      do {
        try transaction.nested {
          try transaction.liftAppendOnly(from: table)
          let changed = try transaction.execute(statement)
          throw Undo(breaches: try JournalAudit.breaches(in: community, transaction), changed: changed)
        }
        return []
      } catch let undo as Undo {
        #expect(undo.changed > 0)
        return undo.breaches
      }
    }
  }

  /// A change behind the program's back, and what the check then says of it.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let table: StaticString
    let breach: String
    let statement: @Sendable (JournalID) -> Query
  }

  static let changes = [
    Change(testDescription: "another kind", table: "ledger_journal", breach: "ledger.journal_changed") {
      "UPDATE ledger_journal SET kind = 'payout' WHERE id = \($0)"
    },
    Change(testDescription: "another day", table: "ledger_journal", breach: "ledger.journal_changed") {
      "UPDATE ledger_journal SET dated_at = dated_at + 1 WHERE id = \($0)"
    },
    Change(testDescription: "another person", table: "ledger_journal", breach: "ledger.journal_changed") {
      "UPDATE ledger_journal SET actor_id = 9 WHERE id = \($0)"
    },
    Change(testDescription: "what nobody can read", table: "ledger_journal", breach: "ledger.journal_changed")
    {
      "UPDATE ledger_journal SET kind = 'nonsense' WHERE id = \($0)"
    },
    Change(testDescription: "another merchant", table: "ledger_account", breach: "ledger.journal_changed") {
      """
      UPDATE ledger_account SET party_id = 99999 WHERE id = (
        SELECT account_id FROM ledger_entry WHERE journal_id = \($0) AND position = 1)
      """
    },
    Change(testDescription: "another community", table: "ledger_journal", breach: "ledger.journal_missing") {
      "UPDATE ledger_journal SET community_id = 4 WHERE id = \($0)"
    },
    Change(testDescription: "a journal more", table: "ledger_journal", breach: "ledger.journal_unaudited") {
      """
      INSERT INTO ledger_journal (id, community_id, kind, source_kind, source_id, campaign_id, currency, last_position,
        actor_id, dated_at, posted_at)
      SELECT id + 1, community_id, kind, source_kind, 777777, campaign_id, currency, last_position, actor_id, dated_at,
        posted_at FROM ledger_journal WHERE id = \($0)
      """
    },
  ]

  @Test("honest books agree with it, over many pages of the chain", arguments: TestEngine.available)
  func honest(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: Self.clock.clock) { database in
      _ = try await Self.fill(database, 2_500)
      #expect(try await Self.breaches(database) == [])
    }
  }

  @Test(
    "a journal that was changed behind the program's back is named", arguments: TestEngine.available, changes)
  func changed(engine: TestEngine, change: Change) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: Self.clock.clock) { database in
      let journal = try await Self.fill(database, 40)
      let found = try await Self.tampered(database, change.table, change.statement(journal))
      let named = found.filter { $0.name == change.breach }
      #expect(named.count == 1, "\(found)")
      let isMore = change.breach == "ledger.journal_unaudited"
      let expected = isMore ? JournalID(rawValue: journal.rawValue + 1) : journal
      #expect(named.first?.detail.hasPrefix("journal \(expected)") == true, "\(named)")
    }
  }

  @Test("a journal that is gone is named, and no more than a hundred are", arguments: TestEngine.available)
  func gone(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: Self.clock.clock) { database in
      _ = try await Self.fill(database, 300)
      let found = try await Self.tampered(
        database, "ledger_journal", "UPDATE ledger_journal SET community_id = 4")
      #expect(found.count == 100 && found.allSatisfy { $0.name == "ledger.journal_missing" })
    }
  }
}
