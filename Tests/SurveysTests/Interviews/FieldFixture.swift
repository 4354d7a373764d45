import Database
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Surveys

/// A station with two social workers and a supervisor, and two neighbours of whom the first has a telephone. The clock stands
/// at Monday 16:00 local time.
struct FieldFixture: StationFixture {
  static let phone = "13800138001"
  static let terms = StudyTerms(
    title: "下楼难", question: "老人为什么不下楼？", purpose: "想知道大家下楼难在哪里，好跟街道说。",
    guide: ["最近一次下楼是什么时候？", "什么时候最难？"])

  let station: TestStation
  let staff: SurveyStaff
  let cipher: FieldCipher
  let neighbours: [PersonID]
  let worker: PersonID
  let colleague: PersonID
  let supervisor: PersonID

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }
  var asColleague: Actor { Actor(person: colleague, role: .socialWorker) }
  var asSupervisor: Actor { Actor(person: supervisor, role: .supervisor) }

  static func with<T>(_ engine: TestEngine, _ body: (FieldFixture) async throws -> T) async throws -> T {
    try await TestStation.with(engine, [interviewMigration]) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> FieldFixture {
    let homes = try await station.households([("3", "2", "501")])
    let neighbours = try await station.persons([
      TestStation.person("王阿姨", home: homes[0], phone: phone), TestStation.person("李叔", home: homes[0]),
    ])
    let workers = try await station.staff(["许社工": .socialWorker, "何社工": .socialWorker, "沈督导": .supervisor])
    let staff = station.surveyStaff
    return FieldFixture(
      station: station, staff: staff, cipher: try await staff.cipher(of: station.community),
      neighbours: neighbours, worker: workers[0], colleague: workers[1], supervisor: workers[2])
  }

  // MARK: - Doing

  func study() async throws -> StudyID {
    try await write { try StudyDesk().make(Self.terms, by: asWorker, in: $0).id }
  }

  static func draft(
    _ notes: FieldNotes, _ kind: MaterialKind = .interview, phone: String? = nil, people: Int64? = nil,
    at moment: Timestamp = FieldFixture.start
  ) -> FieldRecordForm.Draft {
    FieldRecordForm.Draft(
      version: 1, kind: kind, way: .faceToFace, minutes: 30, people: people ?? (kind == .interview ? 1 : 4),
      agreement: kind == .observation ? .notNeeded : .spoken, phone: phone, happenedAt: moment, notes: notes)
  }

  /// Takes notes; the record is locked at once unless it is said otherwise.
  @discardableResult
  func record(
    _ free: String, _ kind: MaterialKind = .interview, of study: StudyID, phone: String? = nil,
    isLocked: Bool = true
  ) async throws -> FieldRecordID {
    let draft = Self.draft(FieldNotes(free: free), kind, phone: phone, at: clock.now)
    return try await write { transaction in
      let desk = FieldRecordDesk(directory: people.directory)
      let id = try desk.take(draft, of: study, by: asWorker, sealing: cipher, in: transaction).id
      if isLocked { try desk.lock(id, of: study, by: asWorker, in: transaction) }
      return id
    }
  }

  func texts(_ record: FieldRecordID) async throws -> [FieldText] {
    try await database.read {
      try FieldRecordStore.texts(of: record, opening: cipher, in: community, $0)
    }
  }

  func code(_ name: String, of study: StudyID) async throws -> ThemeCodeID {
    let content = ThemeCode.Content(
      name: name, definition: "说到\(name)的时候", includeExample: "比如说到\(name)", excludeExample: "", parent: nil)
    return try await write { try CodeBookDesk().add(content, to: study, by: asWorker, in: $0) }
  }

  // MARK: - What is stored

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: FieldWork.invariants).map { "\($0.name): \($0.detail)" } }
  }

  // MARK: - Browsers

  func browser(of person: PersonID) async throws -> Browser {
    try await station.browser(of: person) { FieldWork(staff: staff, texts: .none).register(on: &$0) }
  }
}
