import Database
import Kernel
import People
import TestKit
import Testing

@testable import Surveys

@Suite("Answers: many send at once")
struct AnswerRaceTests {
  /// Two thousand letters or persons, for each of whom five answers are sent: ten thousand.
  private static let respondents = 2_000
  private static let each = 5
  private static let senders = 50

  /// What was told to whom: the numbers of the answers that were kept, by respondent, and the codes of all refusals.
  private struct Told {
    var kept: [Int: [Int]] = [:]
    var refusals: [String: Int] = [:]
  }

  /// Fifty send at a time. The five answers of a respondent stand beside each other, each with another sender.
  ///
  /// - Parameter send: sends the answer of this number for this respondent.
  private func race(_ send: @escaping @Sendable (_ respondent: Int, _ number: Int) async throws -> Void) async
    -> Told
  {
    await withTaskGroup(of: [(number: Int, code: String?)].self) { group in
      for sender in 0..<Self.senders {
        group.addTask {
          var told: [(number: Int, code: String?)] = []
          for number in stride(from: sender, to: Self.respondents * Self.each, by: Self.senders) {
            let code = await AnswerFixture.code { try await send(number / Self.each, number) }
            told.append((number: number, code: code))
          }
          return told
        }
      }
      return await group.reduce(into: Told()) { told, part in
        for (number, code) in part {
          if let code {
            told.refusals[code, default: 0] += 1
          } else {
            told.kept[number / Self.each, default: []].append(number)
          }
        }
      }
    }
  }

  /// - Returns: the answers that are there.
  private func check(
    _ told: Told, _ id: QuestionnaireID, _ fixture: AnswerFixture
  ) async throws -> [SurveyResponse] {
    #expect(told.kept.count == Self.respondents && told.kept.values.allSatisfy { $0.count == 1 })
    #expect(told.refusals == ["survey.answered": Self.respondents * (Self.each - 1)])
    let answers = try await fixture.answers(to: id)
    #expect(answers.count == Self.respondents)
    #expect(
      Set(answers.map { $0.answers.values["number"] }) == Set(told.kept.values.joined().map { "\($0)" }),
      "what is kept is what was told to be kept")
    #expect(try await fixture.count("SELECT count(*) FROM surveys_participation") == Self.respondents)
    #expect(try await fixture.breaches() == [])
    return answers
  }

  @Test(arguments: TestEngine.available)
  func `ten thousand racing answers by letter leave one for each letter`(engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let version = try await fixture.open(privacy: .separated)
      let id = version.questionnaire
      let collector = try await fixture.collect(id, by: .letter, letters: Int64(Self.respondents))
      let first = try #require(collector.sheets).lowerBound
      let (keys, community) = (fixture.staff.keys, fixture.community)
      let codes = (0..<Self.respondents).map { keys.letterCode(first + Int64($0), of: id, in: community) }
      let told = await race { respondent, number in
        let letter = try #require(keys.letter(typed: codes[respondent], of: id, in: community))
        try await fixture.take(
          number, through: collector, of: version, from: .letter(letter), key: "letter-\(number)")
      }
      let answers = try await check(told, id, fixture)
      #expect(answers.allSatisfy { $0.identity == nil })
    }
  }

  @Test(arguments: TestEngine.available)
  func `ten thousand racing answers with names leave one for each person, under their name`(
    engine: TestEngine
  ) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let persons = try await fixture.station.persons(
        try (0..<Self.respondents).map { try TestStation.person("居民\($0)") })
      let version = try await fixture.open(privacy: .named)
      let collector = try await fixture.collect(version.questionnaire, by: .link)
      let told = await race { respondent, number in
        try await fixture.take(
          number, through: collector, of: version, from: .person(persons[respondent], household: nil),
          key: "person-\(number)")
      }
      let answers = try await check(told, version.questionnaire, fixture)
      let byPerson = Dictionary(
        answers.map { ($0.identity?.person, $0.answers.values["number"]) },
        uniquingKeysWith: { first, _ in first })
      #expect(byPerson.count == persons.count)
      for (respondent, numbers) in told.kept {
        #expect(byPerson[persons[respondent]] == numbers.first.map { "\($0)" })
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `the same form sent many times at once is one answer`(engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let version = try await fixture.open(privacy: .anonymous)
      let collector = try await fixture.collect(version.questionnaire, by: .link)
      let outcomes = try await withThrowingTaskGroup(of: ResponseDesk.Outcome.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await fixture.take(7, through: collector, of: version, from: .nobody, key: "the same form")
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == .kept } == 1 && outcomes.count { $0 == .keptBefore } == 19)
      #expect(try await fixture.answers(to: version.questionnaire).count == 1)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a sheet that contradicts its form is never kept`(engine: TestEngine) async throws {
    try await AnswerFixture.with(engine) { fixture in
      let version = try await fixture.open()
      let collector = try await fixture.collect(version.questionnaire, by: .link)
      let sheet = try AnswerSheet(
        version, language: SurveySample.language, answers: ResponseAnswers(values: ["lift": "perhaps"]),
        clock: ExpressionClock(now: fixture.clock.now, offsetSeconds: 28_800))
      let code = await AnswerFixture.code {
        try await fixture.write { [cipher = fixture.cipher] in
          try ResponseDesk().take(
            sheet, through: collector, from: .nobody, clientKey: "contradicting", recordedBy: nil,
            sealing: cipher, in: $0)
        }
      }
      #expect(code == "form.invalid")
      #expect(try await fixture.answers(to: version.questionnaire).isEmpty)
    }
  }
}
