import Database
import Kernel
import Messages
import People
import Security
import TestKit
import Testing

@testable import Activities
@testable import People

/// The draw, and what becomes of the prizes.
@Suite struct QuizDrawTests {
  @Test(arguments: TestEngine.available)
  func `the job draws at closing time, once, what the seed gives`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      for person in fixture.neighbours { try await fixture.answer(id, person) }
      fixture.clock.move(to: QuizFixture.closes - .seconds(1))
      try await fixture.runJobs()
      #expect(try await fixture.quiz(id).state == .open)
      fixture.clock.move(to: QuizFixture.closes + .minutes(3))
      try await fixture.runJobs()
      let (quiz, draw) = (try await fixture.quiz(id), try await fixture.draw(id))
      #expect(quiz.state == .drawn && draw.numbers == 10)
      #expect(Digest(of: draw.seed) == quiz.opening?.commitment)
      let order = (1...Int64(10)).sorted {
        Digest(of: "\(draw.seed)|\($0)").description < Digest(of: "\(draw.seed)|\($1)").description
      }
      let awards = try await fixture.awards(id)
      #expect(awards.map(\.number) == Array(order.prefix(3)) && awards.map(\.slot) == [1, 2, 3])
      #expect(awards.allSatisfy { $0.collectUntil == draw.drawnAt + .days(14) && $0.end == nil })
      try await fixture.write { try fixture.quizzes.drawing.draw(id, in: $0) }
      #expect(try await fixture.awards(id) == awards)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `winners are told, and nobody else`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      var winners: [PersonID] = []
      for award in try await fixture.awards(id) {
        winners.append(try #require(try await fixture.winner(award, of: id)))
      }
      #expect(Set(try await fixture.told(QuizNotices.won)) == Set(winners) && winners.count == 3)
      #expect(!winners.contains(fixture.neighbours[8]), "who had too few right answers is not drawn")
    }
  }

  @Test(arguments: TestEngine.available)
  func `with fewer numbers than prizes everybody wins, and with none nobody`(engine: TestEngine) async throws
  {
    try await QuizFixture.with(engine) { fixture in
      let few = try await fixture.open()
      try await fixture.answer(few, fixture.neighbours[0])
      try await fixture.answer(few, fixture.neighbours[1], right: 0)
      let none = try await fixture.draft()
      try await fixture.write { try fixture.quizzes.desk.open(none, seen: 1, by: fixture.actor, in: $0) }
      fixture.clock.move(to: QuizFixture.closes)
      try await fixture.runJobs()
      #expect(try await fixture.awards(few).map(\.number) == [1])
      #expect(try await fixture.awards(none) == [])
      #expect(try await fixture.quiz(none).state == .drawn)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `another key draws nothing`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open()
      fixture.clock.move(to: QuizFixture.closes)
      let other = DrawQuiz(
        seedKey: MessageKey(bytes: [UInt8](repeating: 6, count: 32)),
        notices: fixture.quizzes.drawing.notices)
      let code = await fixture.refusal { try await fixture.write { try other.draw(id, in: $0) } }
      #expect(code == "activities.quiz_seed_lost")
      #expect(try await fixture.quiz(id).state == .open)
    }
  }

  // MARK: - Prizes

  @Test(arguments: TestEngine.available)
  func `a prize that nobody fetched goes to the next in the line, and never back`(
    engine: TestEngine
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let draw = try await fixture.draw(id)
      let order = QuizDrawing.order(seed: draw.seed, numbers: draw.numbers)
      let first = try #require(try await fixture.awards(id).first)
      let early = await fixture.refusal {
        try await fixture.passOn(first, of: id, because: .lapsed)
      }
      #expect(early == "activities.quiz_award_not_lapsed")
      fixture.clock.move(to: first.collectUntil)
      try await fixture.passOn(first, of: id, because: .lapsed)
      let next = try #require(try await fixture.awards(id).first { $0.place == 4 })
      #expect(
        next.slot == 1 && next.number == order[3] && next.collectUntil == first.collectUntil + .days(14))
      #expect(try await fixture.told(QuizNotices.won).count == 4)
      for work in [QuizAward.Kind.lapsed, .declined] {
        let code = await fixture.refusal { try await fixture.passOn(first, of: id, because: work) }
        #expect(code == "activities.quiz_award_ended")
      }
      let late = await fixture.refusal { try await fixture.handOver(first, of: id, to: .winner) }
      #expect(late == "activities.quiz_award_ended")
      try await fixture.passOn(next, of: id, because: .declined)
      #expect(try await fixture.awards(id).map(\.place) == [1, 4, 5, 2, 3])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the line has an end`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open(fixture.terms(prizes: [QuizPrize(name: "大米", pieces: 1)]))
      for person in fixture.neighbours.prefix(2) { try await fixture.answer(id, person) }
      fixture.clock.move(to: QuizFixture.closes)
      try await fixture.runJobs()
      for place: Int64 in 1...2 {
        let award = try #require(try await fixture.awards(id).first { $0.place == place })
        try await fixture.passOn(award, of: id, because: .declined)
      }
      let awards = try await fixture.awards(id)
      #expect(awards.count == 2 && awards.allSatisfy { $0.end?.kind == .declined })
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a prize is handed over once, to the winner or whom they sent`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let awards = try await fixture.awards(id)
      try await fixture.handOver(awards[0], of: id, to: .winner)
      try await fixture.handOver(awards[1], of: id, to: .sent, name: "隔壁小王")
      let again = await fixture.refusal { try await fixture.handOver(awards[0], of: id, to: .family) }
      #expect(again == "activities.quiz_award_ended")
      let ended = try await fixture.awards(id)
      #expect(ended[0].end?.receiver == .winner && ended[0].end?.by == fixture.actor)
      let cipher = try await fixture.vault.cipher(
        for: KeyScope(community: fixture.community, dataClass: .contact))
      let name = try await fixture.database.read {
        try QuizAwardStore.receiver(of: awards[1].id, opening: cipher, in: fixture.community, $0)
      }
      #expect(name == "隔壁小王")
      let strange = await fixture.refusal {
        try await fixture.handOver(awards[2], of: QuizID(rawValue: 9), to: .winner)
      }
      #expect(strange == "not_found")
      #expect(try await fixture.breaches() == [])
    }
  }

  // MARK: - Names, forgetting

  @Test(arguments: TestEngine.available)
  func `a winner is named in public as long as they agree to it`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let award = try #require(try await fixture.awards(id).first)
      let winner = try #require(try await fixture.winner(award, of: id))
      let names: @Sendable () async throws -> [Int64: String] = {
        try await fixture.database.read { snapshot in
          try QuizReading(directory: fixture.people.directory).view(
            id, for: nil, in: fixture.community, snapshot
          ).names
        }
      }
      #expect(try await names() == [:])
      let consent = try await fixture.write { transaction in
        let notice = try #require(try Consents.notice("story-publishing", in: transaction))
        return try Consents.record(
          Consents.Draft(
            subject: winner, notice: notice, expires: transaction.now + .days(90),
            evidence: .electronic(winner)), isGiven: true, by: Actor(person: winner, role: .resident),
          in: transaction
        ).id
      }
      #expect(Array(try await names().keys) == [award.number])
      try await fixture.write {
        try Consents.withdraw(consent, by: Actor(person: winner, role: .resident), in: $0)
      }
      #expect(try await names() == [:])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a year after the draw numbers alone are left`(engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.drawn()
      let awards = try await fixture.awards(id)
      try await fixture.handOver(awards[0], of: id, to: .sent, name: "隔壁小王")
      fixture.clock.advance(by: ForgetQuiz.keepingTime)
      try await fixture.runJobs()
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_entrant") == 0)
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_receiver") == 0)
      #expect(try await fixture.count("SELECT count(*) FROM activities_quiz_entry") == 10)
      fixture.clock.advance(by: .days(3))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available, Quiz.Unit.allCases)
  func `who is deleted leaves their number, and a household has answered still`(
    engine: TestEngine, unit: Quiz.Unit
  ) async throws {
    try await QuizFixture.with(engine) { fixture in
      let id = try await fixture.open(fixture.terms(prizes: [QuizPrize(name: "大米", pieces: 9)]), unit: unit)
      let person = fixture.neighbours[2]
      try await fixture.answer(id, person)
      try await fixture.write { transaction in
        let household = try fixture.people.directory.household(
          of: person, in: fixture.community, transaction)
        let subject = DataSubject(person: person, household: household, community: fixture.community)
        for later in [false, true] {
          try ErasureStore.end(QuizPersonRows.tables, about: subject, later: later, in: transaction)
        }
      }
      let left = try await fixture.count(
        "SELECT count(*) FROM activities_quiz_entrant WHERE person_id = \(person) OR answers <> ''")
      #expect(left == 0)
      if unit == .household {
        let other = await fixture.refusal { try await fixture.answer(id, fixture.neighbours[3]) }
        #expect(other == "activities.quiz_household_answered")
      } else {
        #expect(try await fixture.answer(id, fixture.neighbours[3]).number == 2)
      }
      fixture.clock.move(to: QuizFixture.closes)
      try await fixture.runJobs()
      #expect(try await fixture.draw(id).numbers == (unit == .household ? 1 : 2))
      #expect(try await fixture.breaches() == [])
    }
  }
}
