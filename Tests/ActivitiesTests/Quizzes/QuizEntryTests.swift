import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

/// Answers: once each, in time, and with a number where they are in the draw.
@Suite struct QuizEntryTests {
  @Test(arguments: TestEngine.available)
  func `enough right answers give the next number, and the first answers count`(
    engine: TestEngine
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let first = try await fixture.answer(id, fixture.neighbours[0], right: 4)
      #expect(first.number == 1 && first.bar == nil && first.way == .selfService && first.enteredBy == nil)
      let second = try await fixture.answer(id, fixture.neighbours[1], right: 2)
      #expect(second.number == nil && second.bar == .score && second.rightCount == 2)
      let third = try await fixture.answer(id, fixture.neighbours[2], right: 3)
      #expect(third.number == 2)
      let again = try await fixture.answer(id, fixture.neighbours[1], right: 4)
      #expect(again == second)
      let quiz = try await fixture.quiz(id)
      #expect(quiz.entries == 3 && quiz.numbers == 2)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `staff may answer and are not drawn`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      for person in [fixture.worker, fixture.supervisor, fixture.committee] {
        let entry = try await fixture.answer(id, person)
        #expect(entry.bar == .staff && entry.number == nil && entry.rightCount == 4)
      }
      #expect(try await fixture.answer(id, fixture.neighbours[0]).number == 1, "their family is")
    }
  }

  @Test(arguments: TestEngine.available)
  func `a household answers once, and not at all for the draw where staff lives`(
    engine: TestEngine
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open(unit: .household)
      let entry = try await fixture.answer(id, fixture.neighbours[2])
      #expect(entry.number == 1)
      #expect(try await fixture.answer(id, fixture.neighbours[2]) == entry)
      let other = await fixture.refusal { try await fixture.answer(id, fixture.neighbours[3]) }
      #expect(other == "activities.quiz_household_answered")
      let desk = await fixture.refusal { try await fixture.enter(id, fixture.neighbours[3]) }
      #expect(desk == "activities.quiz_already_entered")
      let homeless = await fixture.refusal { try await fixture.answer(id, fixture.neighbours[9]) }
      #expect(homeless == "activities.quiz_household_needed")
      #expect(try await fixture.answer(id, fixture.neighbours[0]).bar == .staff)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing is taken before the beginning and from the end on`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      fixture.clock.move(to: QuizFixture.opens - .seconds(1))
      let early = await fixture.refusal { try await fixture.answer(id, fixture.neighbours[0]) }
      #expect(early == "activities.quiz_not_begun")
      fixture.clock.move(to: QuizFixture.closes - .seconds(1))
      let entry = try await fixture.answer(id, fixture.neighbours[0])
      fixture.clock.move(to: QuizFixture.closes)
      let late = await fixture.refusal { try await fixture.answer(id, fixture.neighbours[1]) }
      #expect(late == "activities.quiz_closed")
      let keyed = await fixture.refusal { try await fixture.enter(id, fixture.neighbours[1]) }
      #expect(keyed == "activities.quiz_closed")
      #expect(try await fixture.answer(id, fixture.neighbours[0]) == entry, "what was sent in time stays")
    }
  }

  @Test(arguments: TestEngine.available)
  func `the station enters what was written, says who did, and tells the person`(
    engine: TestEngine
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let answers = QuizAnswers([0, 1, nil, 3])
      let entry = try await fixture.enter(id, fixture.neighbours[4], answers: answers)
      #expect(entry.way == .paper && entry.enteredBy == fixture.actor && entry.rightCount == 3)
      #expect(try await fixture.told(QuizNotices.entered) == [fixture.neighbours[4]])
      let kept = try await fixture.database.read {
        try QuizEntryStore.answers(of: entry.id, in: fixture.community, $0)
      }
      #expect(kept == answers)
      let twice = await fixture.refusal { try await fixture.enter(id, fixture.neighbours[4]) }
      #expect(twice == "activities.quiz_already_entered")
      let own = await fixture.refusal { try await fixture.enter(id, fixture.worker) }
      #expect(own == "activities.quiz_own_entry")
      let behalf = try await fixture.count(
        """
        SELECT count(*) FROM platform_audit WHERE action = 'activities.quiz_enter'
          AND actor_id = \(fixture.worker) AND on_behalf_of_id = \(fixture.neighbours[4])
        """)
      #expect(behalf == 1)
    }
  }

  @Test(arguments: TestEngine.available)
  func `ten thousand racing answers leave one for each person, numbered without a gap`(
    engine: TestEngine
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let crowd = try await fixture.people.createPersons(
        try (0..<500).map { try PersonDraft(displayName: "居民\($0)", household: nil, phone: nil) },
        in: fixture.community)
      let id = try await fixture.open()
      // Fifty at a time, each of whom sends two hundred answers of others in an order of their own.
      let entries = try await withThrowingTaskGroup(of: [PersonID: QuizEntry].self) { group in
        for sender in 0..<50 {
          group.addTask {
            var random = SeededGenerator(seed: UInt64(sender))
            var got: [PersonID: QuizEntry] = [:]
            for _ in 0..<200 {
              let index = Int.random(in: crowd.indices, using: &random)
              got[crowd[index]] = try await fixture.answer(
                id, crowd[index], right: index % 5 == 0 ? 2 : 4)
            }
            return got
          }
        }
        return try await group.reduce(into: [[PersonID: QuizEntry]]()) { $0.append($1) }
      }
      var first: [PersonID: QuizEntry] = [:]
      for (person, entry) in entries.joined() {
        #expect(first[person, default: entry] == entry, "everybody gets the same answer each time")
        first[person] = entry
      }
      let quiz = try await fixture.quiz(id)
      #expect(quiz.entries == Int64(first.count))
      let numbers = first.values.compactMap(\.number).sorted()
      #expect(numbers == (0..<quiz.numbers).map { $0 + 1 })
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_entrant") == first.count)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the table itself refuses a second entry`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      let entry = try await fixture.answer(id, fixture.neighbours[0])
      let code = await fixture.refusal {
        try await fixture.write { transaction in
          let second = QuizEntry(
            id: transaction.newIdentifier(), quiz: id, rightCount: 4, number: 2, bar: nil, way: .selfService,
            enteredAt: transaction.now, enteredBy: nil)
          try QuizEntryStore.insert(
            second, version: 1,
            of: QuizEntrant(
              unit: .person, unitID: fixture.neighbours[0].rawValue, person: fixture.neighbours[0]),
            QuizFixture.answers(right: 4), in: transaction)
        }
      }
      let isRefused = ["unique", "constraint"].contains { code?.contains($0) == true }
      #expect(isRefused, "\(code ?? "it was taken")")
      let changed = await fixture.refusal {
        _ = try await fixture.write {
          try $0.execute("UPDATE activities_quiz_entry SET right_count = 4 WHERE id = \(entry.id)")
        }
      }
      #expect(changed?.contains("constraint") == true, "answers are final")
    }
  }
}
