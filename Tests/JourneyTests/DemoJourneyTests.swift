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
      defer { try? FileManager.default.removeItem(atPath: keyFile) }
      let clock = MovableClock(try #require(Timestamp(rfc3339: "2026-11-24T02:00:00Z")))
      let program = Program(Settings(database: location, keyFile: keyFile, clock: clock.clock))
      let first = try await Demo.buildIfEmpty(program) { _ in }
      let second = try await Demo.buildIfEmpty(program) { _ in }
      #expect(first != second)
      let report = try await program.check()
      #expect(report.breaches.isEmpty, "\(report.breaches.prefix(5))")
      #expect(try await Self.reviews(program) == DemoReviews.all.count)
    }
  }

  private static func reviews(_ program: Program) async throws -> Int? {
    let switchboard = try await program.open()
    let count = try await switchboard.database.read { snapshot in
      try snapshot.value("SELECT count(*) FROM shop_review", as: Int.self)
    }
    await switchboard.close()
    return count
  }
}
