import Kernel
import Synchronization
import TestKit
import Testing

@testable import Database

@Suite("Events, on both databases")
struct EventTests {
  private static let start = Timestamp(seconds: 1_800_000_000)

  /// Stores each event it is handed as a thing, so that handing it twice would break the primary key.
  private static func recorder(
    _ name: StaticString, _ kinds: Set<String>, offset: Int64 = 0,
    failing: @escaping @Sendable (Event) throws -> Void = { _ in }
  ) -> EventHandler {
    EventHandler(name, kinds: kinds) { transaction, events in
      for event in events {
        let id = offset + event.sequence + event.community.rawValue * 100_000
        let story = "\(name) \(event.sequence) \(event.kind) \(event.subject)"
        try transaction.execute(
          """
          INSERT INTO test_thing (id, community_id, name, amount)
          VALUES (\(id), \(event.community), \(story), \(event.subject))
          """)
        try failing(event)
      }
    }
  }

  @Test("are gapless within a community, whatever fails or comes at once", arguments: TestEngine.available)
  func gapless(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let communities = [community, otherCommunity]
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          group.addTask {
            try? await database.write(in: communities[number % 2]) { transaction in
              try transaction.publish("test.happened", subject: Int64(number))
              if number % 5 == 0 { throw Refused() }
              try transaction.publish([
                ("test.more", Int64(number), "{}"), ("test.more", Int64(number), "{}"),
              ])
            }
          }
        }
      }
      for community in communities {
        let sequences: [Int64] = try await database.read { snapshot in
          try snapshot.values(
            "SELECT sequence FROM platform_event WHERE community_id = \(community) ORDER BY sequence")
        }
        #expect(sequences == Array(1...240))
      }
    }
  }

  @Test("reach each handler exactly once and in order, though handlers fail", arguments: TestEngine.available)
  func exactlyOnce(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let failures = Mutex(SeededGenerator(seed: 5))
      let pump = EventPump(
        database,
        handlers: [
          Self.recorder("test.steady", ["test.a"]),
          Self.recorder("test.shaky", ["test.a", "test.b"], offset: 50_000) { event in
            if failures.withLock({ Int.random(in: 0..<40, using: &$0) }) == 0 {
              throw Refused(number: Int(event.sequence))
            }
          },
        ])
      for round in Int64(0)..<8 {
        for community in [community, otherCommunity] {
          try await database.write(in: community) { transaction in
            for number in 0..<Int64(40) {
              try transaction.publish(
                number % 2 == 0 ? "test.a" : "test.b", subject: round * 100 + number, body: "{\"n\":1}")
            }
          }
        }
        try await pump.drain()
      }
      for _ in 0..<400 {
        clock.advance(by: .hours(1))
        try await pump.drain()
      }
      for community in [community, otherCommunity] {
        let names: [String] = try await database.read { snapshot in
          try snapshot.values("SELECT name FROM test_thing WHERE community_id = \(community) ORDER BY id")
        }
        let events: [String] = try await database.read { snapshot in
          try snapshot.all(
            """
            SELECT sequence, kind, subject_id FROM platform_event WHERE community_id = \(community)
            ORDER BY sequence
            """
          ) { row in try "\(row.integer(0)) \(row.text(1)) \(row.integer(2))" }
        }
        #expect(events.count == 320)
        #expect(
          names == events.filter { $0.contains("test.a") }.map { "test.steady \($0)" }
            + events.map { "test.shaky \($0)" })
      }
      #expect(try await pump.drain() == 0)
    }
  }

  @Test("that two programs drain at once are still handed on once", arguments: TestEngine.available)
  func twoPumps(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        for number in 0..<Int64(500) { try transaction.publish("test.a", subject: number) }
      }
      let handler = Self.recorder("test.one", ["test.a"])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await EventPump(database, handlers: [handler]).drain() } }
        try await group.waitForAll()
      }
      #expect(try await database.thingNames == (0..<500).map { "test.one \($0 + 1) test.a \($0)" })
    }
  }

  @Test("reach a handler in batches, and none of another kind", arguments: TestEngine.available)
  func batches(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      try await database.write(in: community) { transaction in
        for number in 0..<Int64(450) {
          try transaction.publish([
            ("test.a", number, "{}"), ("test.b", number, "{}"), ("test.c", number, "{}"),
          ])
        }
      }
      let batches = Mutex<[[Int64]]>([])
      let handler = EventHandler("test.many", kinds: ["test.a", "test.c"]) { _, events in
        batches.withLock { $0.append(events.map(\.sequence)) }
      }
      let never = EventHandler("test.none", kinds: ["test.d"]) { _, _ in throw Refused() }
      try await EventPump(database, handlers: [handler, never]).drain()
      let handed = batches.withLock { $0 }
      #expect(handed.map(\.count) == [200, 200, 200, 200, 100])
      #expect(handed.flatMap { $0 } == (1...1350).filter { $0 % 3 != 2 })
      #expect(try await EventPump(database, handlers: [handler, never]).drain() == 0)
    }
  }

  @Test(
    "are passed over by a handler to which they are no news, and its cursor moves on",
    arguments: TestEngine.available)
  func freshness(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let told = Mutex<[Int64]>([])
      let kept = Mutex<[Int64]>([])
      let pump = EventPump(
        database,
        handlers: [
          EventHandler("test.teller", kinds: ["test.a"], freshFor: .days(2)) { _, events in
            told.withLock { $0 += events.map(\.subject) }
          },
          EventHandler("test.keeper", kinds: ["test.a"]) { _, events in
            kept.withLock { $0 += events.map(\.subject) }
          },
        ])
      // More than one batch is old, and the last of them by a second.
      try await database.write(in: community) { transaction in
        for number in 1...Int64(450) { try transaction.publish("test.a", subject: number) }
      }
      clock.advance(by: .seconds(1))
      try await database.write(in: community) { try $0.publish("test.a", subject: 451) }
      clock.move(to: Self.start + .days(2))
      try await pump.drain()
      #expect(told.withLock { $0 } == [451], "what is two days old is no news")
      #expect(kept.withLock { $0 } == Array(1...451))
      #expect(try await pump.drain() == 0, "nothing is left behind either handler")
      try await database.write(in: community) { try $0.publish("test.a", subject: 452) }
      try await pump.drain()
      #expect(told.withLock { $0 } == [451, 452])
    }
  }

  @Test("give way to a write that somebody waits for, for some time", arguments: TestEngine.available)
  func lull(engine: TestEngine) async throws {
    try await engine.withDatabase(thingMigrations) { database in
      let isUnderWay = Counter()
      let mayEnd = Counter()
      try await withThrowingTaskGroup(of: String.self) { group in
        group.addTask {
          try await database.write(in: community) { _ in
            isUnderWay.increment()
            while mayEnd.value == 0 { Lanes.pause(microseconds: 1000) }
          }
          return "write"
        }
        while isUnderWay.value == 0 { try await Task.sleep(for: .milliseconds(1)) }
        try await database.waitForLull(atMost: .milliseconds(20))
        #expect(mayEnd.value == 0, "its patience ended, and the write goes on")
        group.addTask {
          try await database.waitForLull(atMost: .seconds(300))
          return mayEnd.value > 0 ? "lull" : "too early"
        }
        try await Task.sleep(for: .milliseconds(100))
        mayEnd.increment()
        var ended: Set<String> = []
        for try await one in group { ended.insert(one) }
        #expect(ended == ["write", "lull"])
      }
      // Nothing is under way: no waiting at all.
      try await database.waitForLull(atMost: .seconds(300))
    }
  }

  @Test(
    "are tried again after growing pauses, and a failing handler holds up no other",
    arguments: TestEngine.available)
  func backOff(engine: TestEngine) async throws {
    let clock = MovableClock(Self.start)
    try await engine.withDatabase(thingMigrations, clock: clock.clock) { database in
      let calls = Counter()
      let pump = EventPump(
        database,
        handlers: [
          EventHandler("test.broken", kinds: ["test.a"]) { _, _ in
            calls.increment()
            throw Problem.notFound
          }, Self.recorder("test.well", ["test.a"]),
        ])
      try await database.write(in: community) { try $0.publish("test.a", subject: 1) }
      try await pump.drain()
      #expect(try await database.thingNames.count == 1)
      var pauses: [Int64] = []
      for _ in 0..<14 {
        let (notBefore, reason) = try await database.read { snapshot in
          try snapshot.first(
            "SELECT not_before, last_error FROM platform_event_cursor WHERE handler = \("test.broken")"
          ) {
            row in (try row[0] as Timestamp, try row[1] as String?)
          } ?? (Timestamp(seconds: 0), nil)
        }
        #expect(reason == "not_found")
        pauses.append((notBefore - clock.now).components.seconds)
        let before = calls.value
        clock.move(to: notBefore - .seconds(1))
        try await pump.drain()
        #expect(calls.value == before)
        clock.move(to: notBefore)
        try await pump.drain()
        #expect(calls.value == before + 1)
      }
      #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600])
      let mended = EventPump(
        database, handlers: [EventHandler("test.broken", kinds: ["test.a"]) { _, _ in calls.increment() }])
      clock.advance(by: .hours(2))
      #expect(try await mended.drain() == 1)
      #expect(try await mended.drain() == 0)
    }
  }
}
