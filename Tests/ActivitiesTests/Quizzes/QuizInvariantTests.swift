import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Activities

/// What was changed behind the program's back is named.
@Suite struct QuizInvariantTests {
  /// Changes what is stored and says which rules it breaks, by their names.
  private static func broken(
    _ engine: TestEngine, _ tables: [StaticString],
    _ change: @escaping @Sendable (QuizID, QuizFixture, Transaction) throws -> Void
  ) async throws -> Set<String> {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      #expect(try await fixture.breaches() == [])
      try await fixture.write { transaction in
        for table in tables { try transaction.liftAppendOnly(from: table) }
        try change(id, fixture, transaction)
      }
      let names = try await fixture.database.read {
        try PrizeQuizzes.breaches($0).map { "\($0)" }
      }
      return Set(
        names.compactMap { text in
          text.firstMatch(of: /activities\.[a-z_]+/).map { String($0.0) }
        })
    }
  }

  @Test(arguments: TestEngine.available)
  func `another seed is found`(engine: TestEngine) async throws {
    let seed = CommittedDraw.Seed.make().text
    let found = try await Self.broken(engine, ["activities_quiz_draw"]) { id, _, transaction in
      try transaction.execute("UPDATE activities_quiz_draw SET seed = \(seed) WHERE quiz_id = \(id)")
    }
    #expect(found.contains("activities.quiz_seed_differs"))
  }

  @Test(arguments: TestEngine.available)
  func `another commitment is found`(engine: TestEngine) async throws {
    let digest = CommittedDraw.Seed.make().commitment.bytes
    let found = try await Self.broken(engine, ["activities_quiz_opening"]) { id, _, transaction in
      try transaction.execute(
        "UPDATE activities_quiz_opening SET commitment = \(digest) WHERE quiz_id = \(id)")
    }
    #expect(found == ["activities.quiz_seed_differs"])
  }

  @Test(arguments: TestEngine.available)
  func `another winner is found`(engine: TestEngine) async throws {
    let found = try await Self.broken(engine, ["activities_quiz_award"]) { id, _, transaction in
      let draw = try #require(
        try QuizStore.draw(of: id, in: transaction.community, transaction))
      let last = try #require(QuizDrawing.order(seed: draw.seed, numbers: draw.numbers).last)
      try transaction.execute(
        "UPDATE activities_quiz_award SET number = \(last) WHERE quiz_id = \(id) AND place = 1")
    }
    #expect(found == ["activities.quiz_winner_differs"])
  }

  @Test(arguments: TestEngine.available)
  func `a better score than the answers come to is found`(engine: TestEngine) async throws {
    let found = try await Self.broken(engine, ["activities_quiz_entry"]) { id, _, transaction in
      try transaction.execute(
        "UPDATE activities_quiz_entry SET right_count = 4 WHERE quiz_id = \(id) AND bar = 'score'")
    }
    #expect(found == ["activities.quiz_score_differs", "activities.quiz_threshold_ignored"])
  }

  @Test(arguments: TestEngine.available)
  func `other answers are found`(engine: TestEngine) async throws {
    let found = try await Self.broken(engine, []) { id, fixture, transaction in
      try transaction.execute(
        "UPDATE activities_quiz_entrant SET answers = 'BCDA' WHERE person_id = \(fixture.neighbours[0])")
    }
    #expect(found == ["activities.quiz_score_differs"])
  }

  @Test(arguments: TestEngine.available)
  func `a late entry is found, and one that was put in or taken away`(engine: TestEngine) async throws {
    let late = try await Self.broken(engine, ["activities_quiz_entry"]) { id, _, transaction in
      try transaction.execute(
        """
        UPDATE activities_quiz_entry SET entered_at = \(QuizFixture.closes)
        WHERE quiz_id = \(id) AND number = 1
        """)
    }
    #expect(late == ["activities.quiz_entry_out_of_time"])
    let added = try await Self.broken(engine, []) { id, _, transaction in
      try transaction.execute(
        """
        INSERT INTO activities_quiz_entry (id, community_id, quiz_id, version, right_count, number, bar, way,
          entered_at, entered_by_id, entered_by_role)
        VALUES (\(transaction.newIdentifier(QuizEntryKind.self)), \(transaction.community), \(id), \(1), \(4),
          \(11), NULL, 'self', \(QuizFixture.opens), NULL, NULL)
        """)
    }
    #expect(added == ["activities.quiz_counts_differ", "activities.quiz_entry_of_nobody"])
    let removed = try await Self.broken(engine, []) { _, fixture, transaction in
      try transaction.execute(
        "DELETE FROM activities_quiz_entrant WHERE person_id = \(fixture.neighbours[3])")
    }
    #expect(removed == ["activities.quiz_entry_of_nobody"])
  }

  @Test(arguments: TestEngine.available)
  func `terms after the opening, a wrong state and a missing draw are found`(engine: TestEngine) async throws
  {
    let written = try await Self.broken(engine, []) { id, fixture, transaction in
      try QuizStore.write(fixture.terms(), version: 2, of: id, by: fixture.actor, in: transaction)
    }
    #expect(written == ["activities.quiz_state_differs", "activities.quiz_written_after_opening"])
    let reopened = try await Self.broken(engine, []) { id, _, transaction in
      try transaction.execute("UPDATE activities_quiz SET state = 'open' WHERE id = \(id)")
    }
    #expect(reopened == ["activities.quiz_state_differs"])
    try await QuizFixture.with(engine) { fixture in
      _ = try await fixture.open()
      fixture.clock.move(to: QuizFixture.closes + .days(1) + .seconds(1))
      #expect(try await fixture.breaches().count { $0.contains("activities.quiz_not_drawn") } == 1)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a prize that went on without a cause is found`(engine: TestEngine) async throws {
    let found = try await Self.broken(engine, ["activities_quiz_award_end"]) { id, fixture, transaction in
      let award = try #require(
        try QuizAwardStore.all(of: id, in: transaction.community, transaction).first)
      try fixture.quizzes.awards.passOn(
        award.id, of: id, because: .declined, by: fixture.actor, in: transaction)
      try transaction.execute("DELETE FROM activities_quiz_award_end WHERE award_id = \(award.id)")
    }
    #expect(found == ["activities.quiz_award_without_cause"])
    let early = try await Self.broken(engine, ["activities_quiz_award_end"]) { id, fixture, transaction in
      let award = try #require(
        try QuizAwardStore.all(of: id, in: transaction.community, transaction).first)
      try fixture.quizzes.awards.passOn(
        award.id, of: id, because: .declined, by: fixture.actor, in: transaction)
      try transaction.execute("UPDATE activities_quiz_award_end SET kind = 'lapsed'")
    }
    #expect(early == ["activities.quiz_award_lapsed_early"])
  }
}
