import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Surveys

/// A station with an open anonymous questionnaire and answers to it.
struct LockFixture: StationFixture {
  let station: TestStation
  let staff: SurveyStaff
  let actor: Actor
  let id: QuestionnaireID
  let collector: Collector
  let cipher: FieldCipher
  var work: LockWork { LockWork(database: database, vault: staff.vault) }

  static let spec = LockSpec(
    breakdowns: [LockSpec.Breakdown(item: "age", bounds: [60, 75])], reversed: [], scales: [])

  static func with<T>(
    _ engine: TestEngine, answers: Int, seed: UInt64 = 1, _ body: (LockFixture) async throws -> T
  ) async throws -> T {
    let migrations = [questionnaireMigration, collectionMigration, analysisMigration, paperMigration]
    return try await TestStation.with(engine, migrations) { station in
      let fixture = try await open(station)
      var random = SeededGenerator(seed: seed)
      for (number, answer) in SurveySample.answers(answers, &random).enumerated() {
        try await fixture.answer(answer, key: "answer-\(number)")
      }
      return try await body(fixture)
    }
  }

  private static func open(_ station: TestStation) async throws -> LockFixture {
    let (database, community) = (station.database, station.community)
    let worker = try await station.staff(["许社工": .socialWorker])[0]
    let actor = Actor(person: worker, role: .socialWorker)
    let staff = station.surveyStaff
    let (id, collector) = try await database.write(in: community) { transaction in
      let desk = QuestionnaireDesk()
      let made = try desk.make(SurveySample.terms(), by: actor, in: transaction)
      try desk.write(made.id, seen: 1, by: actor, in: transaction) { $0.definition = SurveySample.definition }
      try desk.open(made.id, seen: 2, by: actor, in: transaction)
      let collector = Collector(
        id: transaction.newIdentifier(), questionnaire: made.id, kind: .link, name: "群里", generation: 1,
        sheets: nil, closesAt: nil, endedAt: nil, createdAt: transaction.now, createdBy: actor)
      try CollectorStore.insert(collector, in: transaction)
      return (made.id, collector)
    }
    return LockFixture(
      station: station, staff: staff, actor: actor, id: id, collector: collector,
      cipher: try await staff.cipher(of: community))
  }

  func answer(_ answers: ResponseAnswers, key: String) async throws {
    _ = try await database.write(in: community) { [id, collector, cipher, community] transaction in
      guard let version = try QuestionnaireVersionStore.version(1, of: id, in: community, transaction) else {
        throw Problem.notFound
      }
      return try ResponseDesk().take(
        ResponseDesk.Arrival(
          questionnaire: id, version: version, collector: collector, language: SurveySample.language,
          respondent: .nobody, answers: answers, clientKey: key, recordedBy: nil),
        sealing: cipher, in: transaction)
    }
  }

  private func questionnaire() async throws -> Questionnaire {
    let found = try await database.read { [id, community] in
      try QuestionnaireStore.find(id, in: community, $0)
    }
    return try #require(found)
  }

  func state() async throws -> Questionnaire.State { try await questionnaire().state }

  func step(_ kind: QuestionnaireEvent.Kind) async throws {
    let seen = try await questionnaire().events
    try await database.write(in: community) { [id, actor] in
      try QuestionnaireDesk().step(kind, id, seen: seen, by: actor, in: $0)
    }
  }

  func close() async throws { try await step(.closed) }

  func request(_ spec: LockSpec = spec) async throws {
    let seen = try await questionnaire().events
    try await database.write(in: community) { [id, actor] in
      try LockDesk().request(id, spec, seen: seen, by: actor, in: $0)
    }
  }

  func finish(_ request: LockRequest, _ data: SurveyData) async throws {
    _ = try await database.write(in: community) { [cipher] in
      try LockDesk().finish(request, data, sealing: cipher, in: $0)
    }
  }

  func lock() async throws -> AnswerLock? {
    try await database.read { [id, community] in try LockStore.find(id, in: community, $0) }
  }

  func lockRequest() async throws -> LockRequest? {
    try await database.read { [id, community] in try LockStore.request(id, in: community, $0) }
  }
}
