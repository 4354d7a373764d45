import Database
import Foundation
import Kernel
import NuanlinServer
import TestKit
import Testing

/// Eight weeks of a neighbourhood, played through every feature: campaigns, orders, arrivals, handovers.
@Suite("The demo neighbourhood")
struct DemoJourneyTests {
  @Test("lives on either database, keeps every rule, and is built once", arguments: TestEngine.available)
  func livesByTheRules(_ engine: TestEngine) async throws {
    try await engine.withLocation { location in
      let keyFile = FileManager.default.temporaryDirectory.appending(path: "nuanlin-\(UUID().uuidString).key")
        .path(percentEncoded: false)
      defer {
        for path in [keyFile, Settings.defaultPersonKeyFolder(for: keyFile)] {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      // A Friday evening: the return windows of all that was collected lately are over, and money moves when they end.
      let clock = MovableClock(try #require(Timestamp(rfc3339: "2026-11-27T11:10:00Z")))
      let program = Program(Settings(database: location, keyFile: keyFile, clock: clock.clock))
      let first = try await Demo.buildIfEmpty(program) { _ in }
      let second = try await Demo.buildIfEmpty(program) { _ in }
      #expect(first != second)
      let report = try await program.check()
      #expect(report.breaches.isEmpty, "\(report.breaches.prefix(5))")
      #expect(try await Self.number("SELECT count(*) FROM shop_review", program) == DemoReviews.all.count)
      let inHand = try await Self.number(
        """
        SELECT CAST(sum(entry.amount) AS BIGINT) FROM ledger_entry AS entry
          JOIN ledger_account AS account ON account.id = entry.account_id WHERE account.kind = 'cash_in_hand'
        """, program)
      #expect(try #require(inHand) > 10_000, "the leader has banknotes of the last runs to hand over")
    }
  }

  private static func number(_ query: Query, _ program: Program) async throws -> Int? {
    let switchboard = try await program.open()
    let number = try await switchboard.database.read { snapshot in
      try snapshot.value(query, as: Int.self)
    }
    await switchboard.close()
    return number
  }
}
