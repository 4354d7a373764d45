import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Surveys

/// A station that opens short questionnaires and ways of collecting them.
struct AnswerFixture: StationFixture {
  let station: TestStation
  let staff: SurveyStaff
  let cipher: FieldCipher
  let worker: Actor

  /// Two questions: yes or no, and a number by which a test knows the answer again.
  static var definition: FormDefinition {
    FormDefinition(
      formID: "short", title: FormText([SurveySample.language: "下楼难不难"]), languages: [SurveySample.language],
      defaultLanguage: SurveySample.language, lists: [SurveySample.list("yes", ["yes", "no"])],
      items: [SurveySample.item("lift", .selectOne(list: "yes")), SurveySample.item("number", .integer)])
  }

  static func with<T>(
    _ engine: TestEngine, _ body: (AnswerFixture) async throws -> T
  ) async throws -> T {
    let migrations = [questionnaireMigration, collectionMigration, analysisMigration, paperMigration]
    return try await TestStation.with(engine, migrations) { station in
      let staff = station.surveyStaff
      let worker = try await station.staff(["许社工": .socialWorker])[0]
      return try await body(
        AnswerFixture(
          station: station, staff: staff, cipher: try await staff.cipher(of: station.community),
          worker: Actor(person: worker, role: .socialWorker)))
    }
  }

  // MARK: - Asking

  /// The version of a questionnaire that takes answers.
  func open(
    _ title: String = "下楼难不难", privacy: ResponsePrivacy = .anonymous, unit: ResponseUnit = .person
  ) async throws -> QuestionnaireVersion {
    let terms = QuestionnaireTerms(
      title: title, purpose: "想知道大家下楼难在哪里。", privacy: privacy, unit: unit, allowsRefusal: true)
    return try await write { [worker] transaction in
      let desk = QuestionnaireDesk()
      let id = try desk.make(terms, by: worker, in: transaction).id
      try desk.write(id, seen: 1, by: worker, in: transaction) { $0.definition = Self.definition }
      return try desk.open(id, seen: 2, by: worker, in: transaction)
    }
  }

  func close(_ id: QuestionnaireID) async throws {
    let found = try await database.read { [community] in
      try QuestionnaireStore.find(id, in: community, $0)
    }
    let seen = try #require(found).events
    try await write { [worker] in
      try QuestionnaireDesk().step(.closed, id, seen: seen, by: worker, in: $0)
    }
  }

  func collect(
    _ id: QuestionnaireID, by kind: Collector.Kind, letters: Int64? = nil, until closesAt: Timestamp? = nil
  ) async throws -> Collector {
    let draft = CollectorForm.Draft(kind: kind, name: "试一试", sheets: letters, closesAt: closesAt)
    return try await write { [worker] in try CollectorDesk().open(draft, of: id, by: worker, in: $0) }
  }

  // MARK: - Answering

  @discardableResult
  func take(
    _ number: Int, through collector: Collector, of version: QuestionnaireVersion,
    from respondent: Respondent, key: String
  ) async throws -> ResponseDesk.Outcome {
    let answers = ResponseAnswers(values: [
      "lift": number.isMultiple(of: 2) ? "yes" : "no", "number": "\(number)",
    ])
    let sheet = try AnswerSheet(
      version, language: SurveySample.language, answers: answers,
      clock: ExpressionClock(now: clock.now, offsetSeconds: 28_800))
    return try await write { [cipher] in
      try ResponseDesk().take(
        sheet, through: collector, from: respondent, clientKey: key, recordedBy: nil, sealing: cipher, in: $0)
    }
  }

  func answers(to id: QuestionnaireID) async throws -> [SurveyResponse] {
    try await database.read { [community, cipher] snapshot in
      var all: [SurveyResponse] = []
      try ResponseStore.forEach(of: id, in: community, snapshot, opening: cipher) { all.append($0) }
      return all
    }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: SurveyInvariants.invariants).map { "\($0)" } }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person) { AnswerDoors(staff: staff).register(on: &$0) }
  }
}
