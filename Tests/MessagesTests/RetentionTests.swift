import Database
import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("Messages are not kept for ever")
struct RetentionTests {
  private func counts(_ station: Station) async throws -> (messages: Int, deliveries: Int) {
    try await station.database.read { snapshot in
      (
        try snapshot.value("SELECT count(*) FROM messages_message") ?? 0,
        try snapshot.value("SELECT count(*) FROM messages_delivery") ?? 0
      )
    }
  }

  private func runJobs(_ station: Station) async throws {
    try await JobRunner(station.database, handlers: station.messages.jobs).runDue()
  }

  @Test(
    "A year later a message is gone with its delivery; a younger one stays", arguments: TestEngine.available)
  func forgotten(_ engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message(about: 1)])
      try await station.messages.deliveries.round()
      station.clock.advance(by: .days(10))
      try await station.send([station.message(about: 2)])
      try await station.messages.deliveries.round()
      #expect(try await counts(station) == (2, 2))
      station.clock.move(to: Station.start + .days(365))
      try await runJobs(station)
      #expect(try await counts(station) == (2, 2), "a year is not over yet")
      station.clock.advance(by: .days(1))
      try await runJobs(station)
      #expect(try await counts(station) == (1, 1))
      #expect(try await station.breaches() == [])
      // By itself, day after day.
      for _ in 0..<10 {
        station.clock.advance(by: .days(1))
        try await runJobs(station)
      }
      #expect(try await counts(station) == (0, 0))
      // And again after a silence.
      try await station.send([station.message(about: 3)])
      station.clock.advance(by: .days(367))
      try await runJobs(station)
      #expect(try await counts(station) == (0, 0))
    }
  }

  @Test("Many are forgotten in turns, none of another community", arguments: TestEngine.available)
  func many(_ engine: TestEngine) async throws {
    try await Station.with(engine, ways: []) { station in
      let count = Int64(ForgetMessages.batch + 20)
      try await station.send((1...count).map { station.message(Station.placed, about: $0) })
      try await station.database.write(in: CommunityID(rawValue: 99)) {
        try $0.execute(
          """
          INSERT INTO messages_message (id, community_id, recipient_id, kind, subject_id, occasion, text_zh, text_en,
            sent_at, expires_at) VALUES (1, 99, 1, 'test.placed', 1, 'a', '', '', 1, 2)
          """)
      }
      station.clock.advance(by: .days(366))
      try await runJobs(station)
      #expect(try await counts(station).messages == 21, "one turn")
      station.clock.advance(by: .seconds(1))
      try await runJobs(station)
      #expect(try await counts(station).messages == 1, "the rest, a moment later")
    }
  }

  @Test("What is kept too long is named", arguments: TestEngine.available)
  func checked(_ engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      try await station.send([station.message(about: 1)])
      station.clock.advance(by: .days(368))
      try await station.send([station.message(about: 2)])
      #expect(try await station.breaches().map(\.name.description) == ["messages.kept_too_long"])
      try await runJobs(station)
      #expect(try await station.breaches() == [])
    }
  }

  @Test("The daily question walks no table", arguments: TestEngine.available)
  func plan(_ engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      let plan = try await station.database.read {
        try $0.plan(
          RetentionStore.messages(sentBefore: station.clock.now, limit: 5, in: station.community))
      }
      #expect(!plan.isEmpty)
      if engine == .sqlite { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)") }
    }
  }
}
