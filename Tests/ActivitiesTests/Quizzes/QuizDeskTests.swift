import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Activities

/// Making quizzes and opening them.
@Suite struct QuizDeskTests {
  @Test(arguments: TestEngine.available)
  func `a draft is written anew and opened, and then nothing of it changes`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.draft()
      let made = try await fixture.quiz(id)
      #expect(made.state == .draft && made.opening == nil && made.terms.questions.count == 4)
      let fewer = Array(fixture.questions.prefix(3))
      try await fixture.write {
        try fixture.quizzes.desk.write(
          fixture.terms(threshold: 2), asking: fewer, to: id, seen: 1, by: fixture.actor, in: $0)
      }
      #expect(try await fixture.quiz(id).terms.questions.map(\.question) == fewer)
      let stale = await fixture.refusal {
        try await fixture.write {
          try fixture.quizzes.desk.open(id, seen: 1, by: fixture.actor, in: $0)
        }
      }
      #expect(stale == "activities.quiz_stale")
      try await fixture.write { try fixture.quizzes.desk.open(id, seen: 2, by: fixture.actor, in: $0) }
      let open = try await fixture.quiz(id)
      let seed = QuizDrawing.seed(of: id, key: QuizFixture.seedKey)
      #expect(open.state == .open && open.opening?.commitment == seed.commitment)
      let steps: [@Sendable (Transaction) throws -> Void] = [
        { try fixture.quizzes.desk.open(id, seen: 2, by: fixture.actor, in: $0) },
        {
          try fixture.quizzes.desk.write(
            fixture.terms(), asking: fewer, to: id, seen: 2, by: fixture.actor, in: $0)
        },
      ]
      for step in steps {
        let code = await fixture.refusal { try await fixture.write(step) }
        #expect(code == "activities.quiz_not_possible")
      }
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the seed stands nowhere before the draw`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      try await fixture.answer(id, fixture.neighbours[0])
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_draw") == 0)
      let seed = QuizDrawing.seed(of: id, key: QuizFixture.seedKey).text
      let browser = try await fixture.browser(of: fixture.worker)
      for path in ["/quizzes/\(id)", "/quizzes/\(id)/draw", "/quiz-desk/\(id)", "/quiz-desk/\(id)/sheet"] {
        let page = try await browser.get(path)
        #expect(page.status == 200 && !page.text.contains(seed), "\(path)")
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `a draft with changed questions opens only once it was saved again`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.draft()
      var content = QuizFixture.content(2)
      content.explanation = "换一种说法。"
      let newer = content
      try await fixture.write {
        try QuizQuestionDesk.rewrite(
          fixture.questions[1], newer, seen: 1, by: fixture.actor, in: $0)
      }
      let code = await fixture.refusal {
        try await fixture.write {
          try fixture.quizzes.desk.open(id, seen: 1, by: fixture.actor, in: $0)
        }
      }
      #expect(code == "activities.quiz_questions_changed")
      try await fixture.write { transaction in
        try fixture.quizzes.desk.write(
          fixture.terms(), asking: fixture.questions, to: id, seen: 1, by: fixture.actor, in: transaction)
        try fixture.quizzes.desk.open(id, seen: 2, by: fixture.actor, in: transaction)
      }
      #expect(try await fixture.quiz(id).terms.questions[1].version == 2)
    }
  }

  @Test(arguments: TestEngine.available)
  func `questions and activities have to be there`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let unknown = QuizQuestionID(rawValue: 404)
      let code = await fixture.refusal {
        _ = try await fixture.write {
          try fixture.quizzes.desk.make(
            fixture.terms(), asking: [unknown], unit: .person, by: fixture.actor, in: $0)
        }
      }
      #expect(code == "form.invalid")
      var terms = fixture.terms()
      terms.activity = ActivityID(rawValue: 404)
      let lost = terms
      let other = await fixture.refusal { _ = try await fixture.draft(lost) }
      #expect(other == "form.invalid")
    }
  }
}
