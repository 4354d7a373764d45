import Kernel
import TestKit
import Testing

@testable import Database

@Suite("Jobs, on both databases")
struct JobTests {
  private static let start = Timestamp(seconds: 1_800_000_000)

  private func schedule(
    _ database: Database, _ key: String, at due: Timestamp, body: String = "{}",
    in place: CommunityID = community
  ) async throws {
    try await database.write(in: place) { try $0.schedule("test.work", key: key, at: due, body: body) }
  }

  /// Leaves a thing for each job done, named by its body.
  private static let recording = JobHandler("test.work") { transaction, job in
    let next: Int64 = (try transaction.value("SELECT COALESCE(MAX(id), 0) FROM test_thing") ?? 0) + 1
    try transaction.execute(
      """
      INSERT INTO test_thing (id, community_id, name, amount)
      VALUES (\(next), \(job.community), \(job.body), \(job.attempts))
      """)
  }

  @Test("are done when they are due, in order, and once", arguments: TestEngine.available)
  func due(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let runner = JobRunner(database, handlers: [Self.recording])
      for number in [3, 1, 2] {
        try await schedule(
          database, "\(number)", at: Self.start + .minutes(Int64(number)), body: "job \(number)")
      }
      #expect(try await runner.runDue() == 0)
      #expect(try await runner.nextDue() == Self.start + .minutes(1))
      clock.advance(by: .minutes(2))
      #expect(try await runner.runDue() == 2)
      #expect(try await database.thingNames == ["job 1", "job 2"])
      clock.advance(by: .days(1))
      #expect(try await runner.runDue() == 1)
      #expect(try await runner.runDue() == 0)
      #expect(try await runner.nextDue() == nil)
      #expect(try await database.thingNames == ["job 1", "job 2", "job 3"])
    }
  }

  @Test("with one key are one job, at the time and with the body given last", arguments: TestEngine.available)
  func rescheduled(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let runner = JobRunner(database, handlers: [Self.recording])
      try await schedule(database, "a", at: Self.start + .minutes(1), body: "early")
      try await schedule(database, "a", at: Self.start + .minutes(5), body: "late")
      try await schedule(database, "a", at: Self.start + .minutes(5), body: "elsewhere", in: otherCommunity)
      try await schedule(database, "b", at: Self.start, body: "cancelled")
      try await database.write(in: community) { try $0.cancelJob("test.work", key: "b") }
      clock.advance(by: .minutes(2))
      #expect(try await runner.runDue() == 0)
      clock.advance(by: .minutes(3))
      #expect(try await runner.runDue() == 2)
      #expect(Set(try await database.thingNames) == ["late", "elsewhere"])
      try await schedule(database, "a", at: clock.now, body: "again")
      #expect(try await runner.runDue() == 1)
      #expect(try await database.thingNames.last == "again")
    }
  }

  @Test("that fail leave nothing and come again after growing pauses", arguments: TestEngine.available)
  func backOff(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let calls = Counter()
      let failing = JobHandler("test.work") { transaction, job in
        try Self.recording.perform(transaction, job)
        if calls.increment() <= 5 { throw Refused() }
      }
      let runner = JobRunner(database, handlers: [failing])
      try await schedule(database, "a", at: Self.start)
      var pauses: [Int64] = []
      for number in 1...5 {
        #expect(try await runner.runDue() == 0)
        #expect(calls.value == number)
        #expect(try await database.thingNames.isEmpty)
        let next = try await runner.nextDue() ?? Self.start
        pauses.append((next - clock.now).components.seconds)
        clock.move(to: next)
      }
      #expect(pauses == [1, 2, 4, 8, 16])
      let (attempts, reason) = try await database.read { snapshot in
        try snapshot.first("SELECT attempts, last_error FROM platform_job") { row in
          (try row[0] as Int, try row[1] as String?)
        } ?? (0, nil)
      }
      #expect(attempts == 5 && reason == "Refused")
      #expect(try await runner.runDue() == 1)
      #expect(try await database.thingNames == ["{}"])
    }
  }

  @Test("are each done once, though several programs look at once", arguments: TestEngine.available)
  func manyRunners(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      for number in 0..<120 {
        try await schedule(
          database, "\(number)", at: Self.start - .days(900), body: "job \(number)",
          in: CommunityID(rawValue: Int64(number % 3 + 1)))
      }
      let finished = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask { try await JobRunner(database, handlers: [Self.unordered]).runDue() }
        }
        return try await group.reduce(0, +)
      }
      #expect(finished == 120)
      #expect(Set(try await database.thingNames) == Set((0..<120).map { "job \($0)" }))
    }
  }

  /// The job's own identifier, since jobs of several communities are done side by side.
  private static let unordered = JobHandler("test.work") { transaction, job in
    try transaction.execute(
      """
      INSERT INTO test_thing (id, community_id, name, amount)
      VALUES (\(job.id), \(job.community), \(job.body), \(job.attempts))
      """)
  }

  @Test("may schedule themselves again", arguments: TestEngine.available)
  func repeating(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let daily = JobHandler("test.work") { transaction, job in
        try Self.unordered.perform(
          transaction,
          Job(
            id: transaction.newIdentifier(), community: job.community, kind: job.kind, body: "\(job.dueAt)",
            dueAt: job.dueAt, attempts: 0, lastError: nil))
        try transaction.schedule("test.work", key: "daily", at: job.dueAt + .days(1))
      }
      let runner = JobRunner(database, handlers: [daily])
      try await schedule(database, "daily", at: Self.start)
      for day in 0..<5 {
        #expect(try await runner.runDue() == 1, "day \(day)")
        #expect(try await runner.nextDue() == Self.start + .days(Int64(day) + 1))
        clock.advance(by: .days(1))
      }
      #expect(try await database.thingNames.count == 5)
    }
  }

  @Test("of a kind that nobody does wait, and say so; other jobs go on", arguments: TestEngine.available)
  func unknownKind(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        try transaction.schedule("test.unknown", key: "a", at: Self.start - .days(900))
        try transaction.schedule("test.work", key: "b", at: Self.start - .days(800), body: "done")
      }
      #expect(try await JobRunner(database, handlers: [Self.recording]).runDue() == 1)
      #expect(try await database.thingNames == ["done"])
      let reason: String? = try await database.read { snapshot in
        try snapshot.value("SELECT last_error FROM platform_job WHERE kind = \("test.unknown")")
      }
      #expect(reason?.contains("no handler for test.unknown") == true)
    }
  }
}
