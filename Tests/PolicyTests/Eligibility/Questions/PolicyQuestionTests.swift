import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Policy

@Suite("Questions about policies")
struct PolicyQuestionTests {
  private let policy = EligibilityFixture.meals
  private let facts = FactSheet.empty.with(.age, .exactly(71)).with(.hardship, .choice(.minimumLiving))

  private func key(_ number: Int) -> String { "policy-question-\(number)" }

  private func ask(_ fixture: EligibilityFixture, _ facts: FactSheet? = nil, by person: PersonID? = nil)
    async throws -> PolicyQuestion
  {
    let cipher = try await fixture.vault.cipher(for: .policyFacts(in: fixture.community))
    let person = person ?? fixture.resident
    return try await fixture.database.write(in: fixture.community) {
      try fixture.eligibility.questions.desk.ask(
        about: policy, by: person, passingOn: facts.map { PassedOnFacts(facts: $0, cipher: cipher) }, in: $0)
    }
  }

  private func messages(_ fixture: EligibilityFixture, of person: PersonID) async throws -> [String] {
    try await fixture.database.read {
      try $0.values(
        "SELECT kind FROM messages_message WHERE recipient_id = \(person) ORDER BY id", as: String.self)
    }
  }

  @Test(arguments: TestEngine.available)
  func `asking says who and about what, once, and has a clock`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let first = try await ask(fixture)
      #expect(first.policy == policy && first.person == fixture.resident && !first.hasFacts)
      // Monday and three working days: the end of Thursday.
      #expect(first.dueAt == Timestamp(rfc3339: "2026-11-26T16:00:00Z"))
      #expect(try await ask(fixture) == first, "while it waits it is the same question")
      _ = try await ask(fixture, by: fixture.neighbour)
      #expect(try await fixture.questions().count == 2)
      #expect(try await messages(fixture, of: fixture.worker) == ["policy.question_asked"], "told once a day")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is passed on is sealed, read by the worker with a trace, and gone with the answer`(
    engine: TestEngine
  ) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.questions.desk
      let question = try await ask(fixture, facts)
      #expect(question.factsUntil == EligibilityFixture.start + .days(30))
      let cipher = try await fixture.vault.existingCipher(for: .policyFacts(in: fixture.community))
      let seen = try await fixture.database.write(in: fixture.community) {
        try desk.look(at: question.id, opening: cipher, by: fixture.asWorker, in: $0).facts
      }
      #expect(seen == facts)
      let stored = try await fixture.database.read {
        try PolicyQuestionStore.facts(of: question.id, in: fixture.community, $0)
      }
      let sealed = try #require(stored)
      #expect(!String(decoding: sealed, as: UTF8.self).contains("age"))
      let looks = try await fixture.database.read {
        try $0.values(
          "SELECT actor_id FROM platform_audit WHERE action = 'policy.question_look'", as: Int64.self)
      }
      #expect(looks == [fixture.worker.rawValue])
      try await fixture.database.write(in: fixture.community) {
        try desk.answer(question.id, .explained, by: fixture.asWorker, in: $0)
      }
      let ended = try #require(try await fixture.questions().first)
      #expect(ended.end?.outcome == .explained && !ended.hasFacts)
      #expect(try await messages(fixture, of: fixture.resident) == ["policy.question_answered"])
      let again = await eligibilityProblem {
        try await fixture.database.write(in: fixture.community) {
          try desk.answer(question.id, .helped, by: fixture.asWorker, in: $0)
        }
      }
      #expect(again == "policy_question.over")
      let anew = try await ask(fixture)
      #expect(anew.id != question.id, "a new question")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `passed-on facts are gone after thirty days, and supervisors hear of what nobody answered`(
    engine: TestEngine
  ) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      _ = try await ask(fixture, facts)
      fixture.clock.advance(by: .days(29))
      try await fixture.runJobs()
      #expect(try await fixture.questions().map(\.hasFacts) == [true])
      #expect(try await messages(fixture, of: fixture.supervisor) == ["policy.question_overdue"])
      fixture.clock.advance(by: .days(1))
      try await fixture.runJobs()
      #expect(try await fixture.questions().map(\.hasFacts) == [false])
      #expect(try await fixture.questions().map(\.isOpen) == [true])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `facts that nobody forgot show in the check`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      _ = try await ask(fixture, facts)
      fixture.clock.advance(by: .days(32))
      #expect(try await fixture.breaches().contains { $0.contains("policy.question_facts_not_forgotten") })
    }
  }

  @Test(arguments: TestEngine.available)
  func `the person takes back what is theirs, and nobody else does`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = fixture.eligibility.questions.desk
      let question = try await ask(fixture, facts)
      func code(_ work: @escaping @Sendable (Transaction) throws -> Void) async -> String? {
        await eligibilityProblem { try await fixture.database.write(in: fixture.community, work) }
      }
      #expect(await code { try desk.takeBack(question.id, by: fixture.neighbour, in: $0) } == "not_found")
      #expect(
        await code { try desk.forgetFacts(of: question.id, by: fixture.neighbour, in: $0) } == "not_found")
      #expect(await code { try desk.forgetFacts(of: question.id, by: fixture.resident, in: $0) } == nil)
      #expect(try await fixture.questions().map(\.hasFacts) == [false])
      _ = try await ask(fixture, facts)
      #expect(try await fixture.questions().map(\.hasFacts) == [true], "passed on anew")
      #expect(await code { try desk.takeBack(question.id, by: fixture.resident, in: $0) } == nil)
      let ended = try #require(try await fixture.questions().first)
      #expect(ended.end?.outcome == .takenBack && !ended.hasFacts)
      #expect(
        await code { try desk.answer(question.id, .takenBack, by: fixture.asWorker, in: $0) } == "not_found",
        "workers do not take back")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a tap asks without facts, a tick passes them on`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: policy)
      let check = "/policies/\(policy)/check"
      let stranger = try await fixture.browser(of: nil)
      _ = try await stranger.get(check)
      let outside = try await stranger.post(check, ["fact_age": "60-120"])
      #expect(outside.text.contains("/sign-in?next=") && !outside.text.contains("/ask\""))
      let browser = try await fixture.browser(of: fixture.resident)
      _ = try await browser.get(check)
      #expect(try await browser.post(check, ["fact_age": "60-120"]).text.contains("请社工联系我"))
      let plain = try await browser.post(
        "/policies/\(policy)/ask", ["idempotency_key": key(1), "fact_age": "60-120"])
      #expect(plain.location == "/my-policy-questions")
      #expect(try await fixture.questions().map(\.hasFacts) == [false], "not ticked")
      let ticked = try await browser.post(
        "/policies/\(policy)/ask", ["idempotency_key": key(2), "pass_on": "on", "fact_age": "60-120"])
      #expect(ticked.status == 303)
      let question = try #require(try await fixture.questions().first)
      #expect(question.hasFacts)
      #expect(
        try await browser.post("/policies/\(EligibilityFixture.hidden)/ask", ["idempotency_key": key(3)])
          .status
          == 404)
      let own = try await browser.get("/my-policy-questions")
      #expect(own.text.contains("老年助餐补贴") && own.text.contains("现在就删掉我带去的情况"))
      let worker = try await fixture.browser(of: fixture.worker)
      #expect(try await worker.get("/policy-questions").text.contains("王阿姨"))
      let page = try await worker.get("/policy-questions/\(question.id)")
      #expect(page.text.contains("60 岁及以上") && page.text.contains("/desk/people/\(fixture.resident)"))
      #expect(
        try await worker.post("/policy-questions/\(question.id)", ["idempotency_key": key(4)]).status == 422)
      let done = try await worker.post(
        "/policy-questions/\(question.id)", ["idempotency_key": key(5), "outcome": "helped"])
      #expect(done.location == "/policy-questions")
      #expect(try await worker.get("/policy-questions/\(question.id)").text.contains("帮着去办了"))
      #expect(try await browser.get("/policy-questions").status == 403)
      #expect(
        try await browser.post(
          "/my-policy-questions/\(question.id)", ["idempotency_key": key(6), "wish": "take_back"]
        )
        .status == 409)
    }
  }
}
