import Database
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

@Suite("The books")
struct JournalStoreTests {
  private static let community = CommunityID(rawValue: 3)
  private let community = Self.community
  private let actor = Actor(person: PersonID(rawValue: 8), role: .committee)
  private let clock = MovableClock(Timestamp(seconds: 1_800_000_000))

  private func deposit(_ amount: Int64, source: Int64, into account: Account = Account(.cashBox)) throws
    -> Journal
  {
    try Journal(
      .adjustment, from: .init(.decision, source),
      [Journal.Entry(account, .fen(amount)), Journal.Entry(Account(.writeOff), .fen(-amount))])
  }

  private func post(_ journals: [Journal], _ database: Database) async throws -> [PostedJournal] {
    try await database.write(in: community) { try JournalStore.post(journals, by: actor, in: $0) }
  }

  private func breaches(_ database: Database) async throws -> [Breach] {
    try await database.read { try $0.breaches(of: LedgerInvariants.invariants) }
  }

  @Test("one source posts once, and never differently", arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      #expect(try await post([deposit(5, source: 1)], database).count == 1)
      #expect(try await post([deposit(5, source: 1)], database).isEmpty)
      #expect(try await post([deposit(7, source: 2), deposit(7, source: 2)], database).count == 1)
      await #expect(throws: Problem.ledgerPostedDifferently) {
        try await post([deposit(6, source: 1)], database)
      }
      await #expect(throws: Problem.ledgerPostedDifferently) {
        try await post([deposit(1, source: 3), deposit(2, source: 3)], database)
      }
      let balance = try await database.read {
        try JournalStore.balance(of: Account(.cashBox), in: community, $0)
      }
      #expect(balance == .fen(12))
      #expect(try await breaches(database) == [])
    }
  }

  @Test("the same source from many sides at once is posted once", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      let posted = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<40 {
          group.addTask { try await post([deposit(5, source: Int64(number % 4))], database).count }
        }
        return try await group.reduce(0, +)
      }
      #expect(posted == 4)
      let balance = try await database.read {
        try JournalStore.balance(of: Account(.cashBox), in: community, $0)
      }
      #expect(balance == .fen(20))
    }
  }

  @Test("a balance that would leave its side leaves everything as it was", arguments: TestEngine.available)
  func notEnough(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      _ = try await post([deposit(5, source: 1)], database)
      await #expect(throws: Problem.ledgerNotEnough(.cashBox)) {
        try await post([deposit(1, source: 2), deposit(-7, source: 3)], database)
      }
      let balance = try await database.read {
        try JournalStore.balance(of: Account(.cashBox), in: community, $0)
      }
      #expect(balance == .fen(5))
      #expect(try await breaches(database) == [])
    }
  }

  @Test("what is read back is what was posted", arguments: TestEngine.available)
  func readBack(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      let campaign = CampaignID(rawValue: 77)
      let journal = try Journal(
        .sale, from: .init(.pickup, 9), campaign: campaign,
        [
          Journal.Entry(Account(.orderReceivable, .order(OrderID(rawValue: 5))), .fen(100)),
          Journal.Entry(Account(.earned, .merchant(MerchantID(rawValue: 6)), campaign: campaign), .fen(-90)),
          Journal.Entry(Account(.earned, .community, campaign: campaign), .fen(-10)),
        ])
      let posted = try await post([journal], database)
      let (found, listed) = try await database.read { snapshot in
        (
          try JournalStore.find(.sale, from: .init(.pickup, 9), in: community, snapshot),
          try JournalStore.list(ofCampaign: campaign, in: community, snapshot)
        )
      }
      #expect(found == posted.first)
      #expect(listed == posted)
      #expect(found?.journal == journal)
    }
  }

  @Test(
    "nothing is dated into a period that is closed, though the clock be turned back",
    arguments: TestEngine.available)
  func closing(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      clock.move(to: Timestamp(seconds: 1_800_000_000))
      let closed = clock.now
      try await database.write(in: community) { try JournalStore.close(until: closed, by: actor, in: $0) }
      clock.move(to: closed - .hours(5))
      let posted = try await post([deposit(5, source: 1)], database)
      #expect(posted.first?.datedAt == closed)
      await #expect(throws: Problem.ledgerPeriodClosed) {
        try await database.write(in: community) {
          try JournalStore.close(until: closed - .hours(6), by: actor, in: $0)
        }
      }
      #expect(try await breaches(database) == [])
    }
  }

  // MARK: - What the tables themselves refuse

  /// A journal of two entries with one thing wrong: `last_position`, then for each entry position, amount, sum before, sum
  /// after, balance before, balance, side, previous position, next position, previous sequence, sequence.
  private struct Forged: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var last: Int64 = 1
    var entries: [[Value]]

    init(_ name: String, _ change: (inout Forged) -> Void) {
      testDescription = name
      entries = [
        [
          .integer(0), .integer(5), .integer(0), .integer(5), .integer(0), .integer(5), .text("debit"), .null,
          .integer(1), .null, .integer(1),
        ],
        [
          .integer(1), .integer(-5), .integer(5), .integer(0), .integer(0), .integer(-5), .text("either"),
          .integer(0), .null, .null, .integer(1),
        ],
      ]
      change(&self)
    }

    static let honest = Forged("honest") { _ in }
    static let all: [Forged] = [
      Forged("the sum is not zero at the end") {
        $0.entries[1][1] = .integer(-4)
        $0.entries[1][3] = .integer(1)
        $0.entries[1][5] = .integer(-4)
      },
      Forged("the running sum does not follow") {
        $0.entries[1][2] = .integer(4)
        $0.entries[1][1] = .integer(-4)
        $0.entries[1][5] = .integer(-4)
      },
      Forged("the sum does not begin at zero") {
        $0.entries[0][2] = .integer(-5)
        $0.entries[0][3] = .integer(0)
        $0.entries[1][2] = .integer(0)
        $0.entries[1][3] = .integer(-5)
      },
      Forged("the last entry is missing") { $0.entries.removeLast() },
      Forged("the journal ends early") { $0.entries[0][8] = .null },
      Forged("a balance does not follow from its amount") { $0.entries[0][5] = .integer(6) },
      Forged("a balance begins somewhere") {
        $0.entries[0][4] = .integer(1)
        $0.entries[0][5] = .integer(6)
      },
      Forged("a balance leaves its side") {
        $0.entries[1][6] = .text("debit")
      },
      Forged("an entry of nothing") {
        $0.entries[0][1] = .integer(0)
        $0.entries[0][3] = .integer(0)
        $0.entries[0][5] = .integer(0)
        $0.entries[1][1] = .integer(0)
        $0.entries[1][2] = .integer(0)
        $0.entries[1][5] = .integer(0)
      },
      Forged("a link is left out of an account's chain") {
        $0.entries[0][10] = .integer(3)
        $0.entries[0][9] = .integer(2)
      },
      Forged("more entries than the journal says") { $0.last = 2 },
    ]
  }

  private func write(_ forged: Forged, _ database: Database) async throws {
    try await database.write(in: community) { transaction in
      for account in [Int64(1), 2] {
        try transaction.execute(
          """
          INSERT INTO ledger_account (id, community_id, kind, party_kind, party_id, campaign_id, currency, opened_at)
          VALUES (\(account), \(Self.community), \(account == 1 ? "cash_box" : "write_off"), 'community', 0, 0, 'CNY', 0)
          """)
      }
      try transaction.execute(
        """
        INSERT INTO ledger_journal (id, community_id, kind, source_kind, source_id, campaign_id, currency, last_position,
          actor_id, dated_at, posted_at)
        VALUES (1, \(Self.community), 'adjustment', 'decision', 1, 0, 'CNY', \(forged.last), 8, 0, 0)
        """)
      var rows = Rows(
        into: "ledger_entry", "position", "amount", "sum_before", "sum_after", "balance_before", "balance",
        "side",
        "previous_position", "next_position", "previous_sequence", "sequence", "journal_id", "community_id",
        "account_id", "currency", "last_position")
      for (index, entry) in forged.entries.enumerated() {
        rows.append(
          values: entry + [
            .integer(1), Self.community.storedValue, .integer(Int64(index + 1)), .text("CNY"), .integer(1),
          ])
      }
      try transaction.insert(rows)
    }
  }

  @Test(
    "the tables refuse a journal that is not whole, whoever writes it", arguments: TestEngine.available,
    Forged.all)
  private func refused(engine: TestEngine, forged: Forged) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      _ = await #expect(throws: DatabaseError.self) { try await write(forged, database) }
    }
  }

  @Test("the tables take an honest one, and refuse to change or remove it", arguments: TestEngine.available)
  func appendOnly(engine: TestEngine) async throws {
    try await engine.withDatabase(ledgerMigrations, clock: clock.clock) { database in
      try await write(.honest, database)
      let changes: [Query] = [
        "UPDATE ledger_entry SET amount = 6", "DELETE FROM ledger_entry",
        "UPDATE ledger_journal SET dated_at = 1",
        "DELETE FROM ledger_journal", "UPDATE ledger_account SET kind = 'bank'",
      ]
      for change in changes {
        await #expect(throws: DatabaseError.self) {
          try await database.write(in: community) { try $0.execute(change) }
        }
      }
      #expect(try await breaches(database) == [])
    }
  }
}
