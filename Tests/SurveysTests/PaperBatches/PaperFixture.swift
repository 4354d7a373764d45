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
struct PaperFixture: Sendable {
  static let host = "maple.test"
  static let phone = "13800138001"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let clock = ExpressionClock(now: start, offsetSeconds: 28_800)

  let database: Database
  let clock: MovableClock
  let people: People
  let staff: SurveyStaff
  let cipher: FieldCipher
  let community: CommunityID
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
    let clock = MovableClock(start)
    let migrations =
      peopleMigrations + [questionnaireMigration, collectionMigration, analysisMigration, paperMigration]
    return try await engine.withDatabase(migrations, clock: clock.clock) { database in
      try await body(try await open(database, clock, privacy, definition, sheets))
    }
  }

  private static func open(
    _ database: Database, _ clock: MovableClock, _ privacy: ResponsePrivacy, _ definition: FormDefinition,
    _ sheets: Int64
  ) async throws -> PaperFixture {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let neighbour = try await people.createPersons(
      [PersonDraft(displayName: "王阿姨", household: nil, phone: PhoneNumber(typed: phone))], in: community)[0]
    let station = try await people.createPersons(
      try [("许社工", Role.socialWorker), ("何社工", .socialWorker), ("沈督导", .supervisor)].map { name, role in
        var draft = try PersonDraft(displayName: name, household: nil, phone: nil)
        draft.roles = [role]
        return draft
      }, in: community)
    let staff = SurveyStaff(
      database: database, directory: people.directory, vault: vault,
      keys: CollectorKeys(
        link: MessageKey(bytes: [UInt8](repeating: 1, count: 32)),
        letter: MessageKey(bytes: [UInt8](repeating: 2, count: 32))))
    let worker = Actor(person: station[0], role: .socialWorker)
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
      database: database, clock: clock, people: people, staff: staff,
      cipher: try await staff.cipher(of: community), community: community, neighbour: neighbour,
      worker: worker, colleague: Actor(person: station[1], role: .socialWorker),
      supervisor: Actor(person: station[2], role: .supervisor), id: id, collector: collector, batch: batch,
      paper: try PaperForm(try #require(version), in: batch.language))
  }

  // MARK: - Doing

  func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community) { try work($0) }
  }

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

  func count(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: SurveyInvariants.invariants + PaperInvariants.invariants).map {
        "\($0.name): \($0.detail)"
      }
    }
  }

  /// The code of the problem that `work` throws; nil where it throws none.
  static func code(_ work: () async throws -> Void) async -> String? {
    do {
      try await work()
      return nil
    } catch let problem as Problem {
      return problem.code
    } catch {
      return "\(error)"
    }
  }

  // MARK: - Browsers

  func browser(of actor: Actor) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    PaperWork(staff: staff).register(on: &routes)
    LockDoors(staff: staff).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: [],
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(routes.responder(site: site), host: Self.host)
    let session = try await people.openSession(of: actor.person, level: .secondFactor, in: community)
    browser.setCookie("sid", session.token.text)
    return browser
  }
}
