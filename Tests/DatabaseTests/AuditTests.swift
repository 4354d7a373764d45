import Kernel
import TestKit
import Testing

@testable import Database

@Suite("The audit chain, on both databases")
struct AuditTests {
  private static let length: Int64 = 60

  private static func entry(_ random: inout SeededGenerator) -> AuditEntry {
    AuditEntry(
      actor: PersonID(rawValue: Int64.random(in: 1...5, using: &random)),
      role: Role.allCases.randomElement(using: &random) ?? .resident,
      onBehalfOf: Bool.random(using: &random)
        ? nil : PersonID(rawValue: Int64.random(in: 0...3, using: &random)),
      action: "test.action", object: Int64.random(in: 1...4, using: &random), purpose: random.text(upTo: 8),
      detailDigest: random.bytes(upTo: 32))
  }

  private static func fill(_ database: Database, _ community: CommunityID, seed: UInt64) async throws {
    try await database.write(in: community) { transaction in
      var random = SeededGenerator(seed: seed)
      var left = Self.length
      while left > 0 {
        let count = Int64.random(in: 1...min(left, 7), using: &random)
        try transaction.audit((0..<count).map { _ in entry(&random) })
        left -= count
      }
    }
  }

  private static func breakingPoint(_ database: Database, _ community: CommunityID) async throws -> Int64? {
    try await database.read { try $0.verifyAudit(of: community).breaksAt }
  }

  @Test("is whole however it grew, each community's on its own", arguments: TestEngine.available)
  func whole(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      let empty = try await database.read { try $0.verifyAudit(of: community) }
      #expect(empty.breaksAt == nil && empty.rows == 0)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in UInt64(0)..<8 {
          group.addTask {
            try await Self.fill(database, number % 2 == 0 ? community : otherCommunity, seed: number)
          }
        }
        try await group.waitForAll()
      }
      for community in [community, otherCommunity] {
        let result = try await database.read { try $0.verifyAudit(of: community) }
        #expect(result.breaksAt == nil && result.rows == 4 * Self.length)
      }
    }
  }

  @Test("has the same hashes on both databases")
  func sameHashes() async throws {
    var chains: [[[UInt8]]] = []
    for engine in TestEngine.available {
      let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
      try await engine.withDatabase(clock: clock.clock) { database in
        try await Self.fill(database, community, seed: 3)
        chains.append(
          try await database.read { try $0.values("SELECT hash FROM platform_audit ORDER BY sequence") })
      }
    }
    #expect(chains.allSatisfy { $0 == chains[0] && $0.count == Int(Self.length) })
  }

  @Test("does not grow with a transaction that fails", arguments: TestEngine.available)
  func failure(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      try await Self.fill(database, community, seed: 1)
      await #expect(throws: Refused()) {
        try await database.write(in: community) { transaction in
          var random = SeededGenerator(seed: 2)
          try transaction.audit(Self.entry(&random))
          throw Refused()
        }
      }
      try await Self.fill(database, community, seed: 4)
      let result = try await database.read { try $0.verifyAudit(of: community) }
      #expect(result.breaksAt == nil && result.rows == 2 * Self.length)
    }
  }

  @Test("is neither changed nor removed, because the database refuses", arguments: TestEngine.available)
  func refusals(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      try await Self.fill(database, community, seed: 8)
      var changes: [Query] = ["UPDATE platform_audit SET purpose = \("other")", "DELETE FROM platform_audit"]
      if engine == .postgres { changes.append("TRUNCATE platform_audit") }
      for change in changes {
        let refusal = await #expect(throws: DatabaseError.self, "\(change.text)") {
          try await database.write(in: community) { try $0.execute(change) }
        }
        let isRefused = if case .constraint? = refusal { true } else { false }
        #expect(isRefused, "\(change.text): \(String(describing: refusal))")
      }
      #expect(try await Self.breakingPoint(database, community) == nil)
    }
  }

  @Test("shows a change of any column of any row, at that row", arguments: TestEngine.available)
  func flips(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      try await Self.fill(database, community, seed: 9)
      var random = SeededGenerator(seed: 10)
      let changes: [Query] = [
        "recorded_at = recorded_at + \(1)", "actor_id = actor_id + \(1)",
        "actor_role = CASE WHEN actor_role = \("leader") THEN \("courier") ELSE \("leader") END",
        "actor_role = \("nobody")", "actor_role = actor_role || \("s")",
        "on_behalf_of_id = CASE WHEN on_behalf_of_id IS NULL THEN \(0) ELSE NULL END",
        "on_behalf_of_id = COALESCE(on_behalf_of_id, \(6)) + \(1)", "action = action || \("x")",
        "object_id = object_id - \(1)", "purpose = purpose || \("x")", "detail_digest = \([UInt8(1)])",
        "hash = \([UInt8](repeating: 1, count: 32))", "sequence = sequence + \(1000)",
      ]
      for change in changes {
        for _ in 0..<8 {
          // The last one moved further is a gap as well, but one behind the last row it was.
          let target = Int64.random(in: 1...Self.length, using: &random)
          try await expectBreak(
            database, at: target,
            ["UPDATE platform_audit SET \(change) WHERE community_id = \(community) AND sequence = \(target)"]
          )
        }
      }
    }
  }

  @Test("shows rows that were removed, inserted or exchanged", arguments: TestEngine.available)
  func reorderings(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      try await Self.fill(database, community, seed: 12)
      try await Self.fill(database, otherCommunity, seed: 13)
      var random = SeededGenerator(seed: 14)
      let far: Int64 = 1_000_000
      for _ in 0..<15 {
        let target = Int64.random(in: 1..<Self.length, using: &random)
        let here: Query = "community_id = \(community)"
        let removal: Query = "DELETE FROM platform_audit WHERE \(here) AND sequence = \(target)"
        func shift(_ from: Int64, by distance: Int64) -> [Query] {
          // By way of far numbers, so that no row meets another on its way.
          [
            "UPDATE platform_audit SET sequence = sequence + \(far) WHERE \(here) AND sequence >= \(from)",
            """
            UPDATE platform_audit SET sequence = sequence - \(far - distance)
            WHERE \(here) AND sequence >= \(far)
            """,
          ]
        }
        try await expectBreak(database, at: target, [removal])
        try await expectBreak(database, at: target, [removal] + shift(target + 1, by: -1))
        try await expectBreak(
          database, at: target,
          shift(target, by: 1) + [
            """
            INSERT INTO platform_audit SELECT \(community), \(target), recorded_at, actor_id, actor_role,
              on_behalf_of_id, action, object_id, purpose, detail_digest, hash FROM platform_audit
            WHERE community_id = \(otherCommunity) AND sequence = \(target)
            """
          ])
        let other = Int64.random(in: (target + 1)...Self.length, using: &random)
        try await expectBreak(
          database, at: target,
          [
            "UPDATE platform_audit SET sequence = \(far) WHERE \(here) AND sequence = \(target)",
            "UPDATE platform_audit SET sequence = \(target) WHERE \(here) AND sequence = \(other)",
            "UPDATE platform_audit SET sequence = \(other) WHERE \(here) AND sequence = \(far)",
          ])
      }
      #expect(try await Self.breakingPoint(database, otherCommunity) == nil)
    }
  }

  /// Tampers, looks where the chain breaks, and undoes the tampering.
  private func expectBreak(_ database: Database, at sequence: Int64, _ tampering: [Query]) async throws {
    let (breaksAt, changed) = try await database.write(in: community) { transaction -> (Int64?, Int) in
      struct Undo: Error { let breaksAt: Int64?, changed: Int }
      do {
        try transaction.nested {
          try transaction.liftAppendOnly(from: "platform_audit")
          let changed = try tampering.map { try transaction.execute($0) }.min() ?? 0
          throw Undo(breaksAt: try transaction.verifyAudit(of: community).breaksAt, changed: changed)
        }
        return (nil, 0)
      } catch let undo as Undo { return (undo.breaksAt, undo.changed) }
    }
    #expect(changed > 0 && breaksAt == sequence, "\(tampering.map(\.text)) at \(sequence)")
  }

  @Test("tells the newest entries about one thing first", arguments: TestEngine.available)
  func trail(engine: TestEngine) async throws {
    try await engine.withDatabase { database in
      try await Self.fill(database, community, seed: 20)
      let trail = try await database.read { try $0.auditTrail(of: 2, in: community, limit: 5) }
      #expect(
        trail.count == 5 && trail.allSatisfy { $0.entry.object == 2 && $0.entry.action == "test.action" })
      let elsewhere = try await database.read { try $0.auditTrail(of: 2, in: otherCommunity, limit: 5) }
      #expect(elsewhere.isEmpty)
    }
  }
}
