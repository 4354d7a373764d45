import Database
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Surveys

/// A questionnaire with a question of every kind, as somebody filled it in on paper.
enum PaperSample {
  static let language = SurveySample.language

  static var definition: FormDefinition {
    var definition = SurveySample.definition
    var weight = SurveySample.item("weight", .decimal)
    weight.constraint = ". < 500"
    var score = SurveySample.item("score", .range)
    score.parameters = [
      FormItem.Parameter("start", "0"), FormItem.Parameter("end", "10"), FormItem.Parameter("step", "1"),
    ]
    definition.items += [
      weight, score, SurveySample.item("hour", .time),
      SurveySample.item("meet", .dateTime), SurveySample.item("read", .acknowledge),
    ]
    return definition
  }

  /// What stands on the sheet, by the names of the fields of the page.
  static let fields: [(String, String)] = [
    ("a.lift", "yes"), ("a.mood", "4"), ("a.needs", "shop"), ("a.needs", "talk"), ("a.order.shop", "2"),
    ("a.order.care", "1"), ("a.order.talk", "3"), ("a.age", "７２"), ("a.day", "2026-11-05"),
    ("a.words", "楼梯太高"),
    ("a.weight", "61.50"), ("a.score", "7"), ("a.hour", "09:30"), ("a.meet", "2026-11-28T09:30"),
    ("a.read", "OK"),
  ]

  static func form(_ fields: [(String, String)] = fields) -> Form {
    let page = [("key", "0123456789abcdef"), ("version", "1"), ("language", language.name)]
    return Form(fields: (page + fields).map { Form.Field(name: $0.0, value: $0.1) })
  }

  /// The sheet with one field written otherwise.
  static func changed(_ name: String, _ value: String?) -> Form {
    form(fields.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? []))
  }
}

/// A station with two social workers and a supervisor, and an open questionnaire with a batch of paper.
struct PaperFixture: StationFixture {
  static let phone = "13800138001"
  static let clock = ExpressionClock(now: start, offsetSeconds: 28_800)

  let station: TestStation
  let staff: SurveyStaff
  let cipher: FieldCipher
  let neighbour: PersonID
  let worker: Actor
  let colleague: Actor
  let supervisor: Actor
  let id: QuestionnaireID
  let collector: Collector
  let batch: PaperBatch
  let paper: PaperForm
  let desk = PaperDesk()
  let leaving = PaperLeaving()

  static func with<T>(
    _ engine: TestEngine, privacy: ResponsePrivacy = .anonymous,
    definition: FormDefinition = PaperSample.definition, sheets: Int64 = 5,
    _ body: (PaperFixture) async throws -> T
  ) async throws -> T {
    let migrations = [questionnaireMigration, collectionMigration, analysisMigration, paperMigration]
    return try await TestStation.with(engine, migrations) {
      try await body(try await open($0, privacy, definition, sheets))
    }
  }

  private static func open(
    _ station: TestStation, _ privacy: ResponsePrivacy, _ definition: FormDefinition, _ sheets: Int64
  ) async throws -> PaperFixture {
    let (database, community) = (station.database, station.community)
    let neighbour = try await station.persons([TestStation.person("王阿姨", phone: phone)])[0]
    let workers = try await station.staff(["许社工": .socialWorker, "何社工": .socialWorker, "沈督导": .supervisor])
    let staff = station.surveyStaff
    let worker = Actor(person: workers[0], role: .socialWorker)
    let (id, collector, batch) = try await database.write(in: community) { transaction in
      let questionnaires = QuestionnaireDesk()
      let made = try questionnaires.make(SurveySample.terms(privacy), by: worker, in: transaction)
      try questionnaires.write(made.id, seen: 1, by: worker, in: transaction) { $0.definition = definition }
      try questionnaires.open(made.id, seen: 2, by: worker, in: transaction)
      let collector = try CollectorDesk().open(
        CollectorForm.Draft(kind: .paper, name: "三号楼", sheets: nil, closesAt: nil), of: made.id, by: worker,
        in: transaction)
      let batch = try PaperDesk().make(
        PaperBatchForm.Draft(sheets: sheets, language: nil), of: made.id, through: collector.id, by: worker,
        in: transaction)
      return (made.id, collector, batch)
    }
    let version = try await database.read {
      try QuestionnaireVersionStore.version(1, of: id, in: community, $0)
    }
    return PaperFixture(
      station: station, staff: staff, cipher: try await staff.cipher(of: community), neighbour: neighbour,
      worker: worker, colleague: Actor(person: workers[1], role: .socialWorker),
      supervisor: Actor(person: workers[2], role: .supervisor), id: id, collector: collector, batch: batch,
      paper: try PaperForm(try #require(version), in: batch.language))
  }

  // MARK: - Doing

  func keyed(_ form: Form = PaperSample.form()) throws -> KeyedSheet {
    try KeyingForm.read(form, paper, offsetSeconds: 28_800).keyed
  }

  @discardableResult
  func key(
    _ number: Int64, _ form: Form = PaperSample.form(), of person: PersonID? = nil, by actor: Actor
  ) async throws -> PaperDesk.Outcome {
    let keyed = try keyed(form)
    return try await write { [desk, batch, cipher] transaction in
      try desk.key(
        keyed, batch.serial(number), respondent: person.map { .person($0, household: nil) } ?? .nobody,
        by: actor, sealing: cipher, offsetSeconds: 28_800, in: transaction)
    }
  }

  func list(_ number: Int64) async throws -> DifferenceList {
    try await database.read { [desk, batch, community, paper, cipher] snapshot in
      let place = try desk.place(batch.serial(number), in: community, snapshot)
      return try desk.list(
        place, paper, opening: cipher, clock: Self.clock, snapshot, in: community)
    }
  }

  func settle(_ number: Int64, _ decided: [(String, String)], by actor: Actor) async throws {
    let list = try await list(number)
    let form = try DifferenceForm(PaperSample.form(decided), paper, list, offsetSeconds: 28_800)
    let decision = PaperDesk.Decision(seen: [list.first.id, list.second.id], form: form, named: nil)
    try await write { [desk, batch, cipher] transaction in
      try desk.settle(
        decision, batch.serial(number), by: actor, sealing: cipher, offsetSeconds: 28_800, in: transaction)
    }
  }

  func step(_ kind: QuestionnaireEvent.Kind) async throws {
    let found = try await database.read { [id, community] in
      try QuestionnaireStore.find(id, in: community, $0)
    }
    let seen = try #require(found).events
    try await write { [id, worker] in
      try QuestionnaireDesk().step(kind, id, seen: seen, by: worker, in: $0)
    }
  }

  // MARK: - What is stored

  func answers() async throws -> [SurveyResponse] {
    try await database.read { [id, community, cipher] snapshot in
      var all: [SurveyResponse] = []
      try ResponseStore.forEach(of: id, in: community, snapshot, opening: cipher) { all.append($0) }
      return all
    }
  }

  func line(_ number: Int64) async throws -> PaperBatchStore.Line {
    let lines = try await database.read { [batch, community] in
      try PaperBatchStore.lines(of: batch.id, in: community, $0)
    }
    return try #require(lines.first { $0.sheet.number == number })
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: SurveyInvariants.invariants + PaperInvariants.invariants).map {
        "\($0.name): \($0.detail)"
      }
    }
  }

  // MARK: - Browsers

  func browser(of actor: Actor) async throws -> Browser {
    try await station.browser(of: actor.person) { routes in
      PaperWork(staff: staff).register(on: &routes)
      LockDoors(staff: staff).register(on: &routes)
    }
  }
}
