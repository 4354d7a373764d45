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
struct FieldFixture: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let phone = "13800138001"
  static let terms = StudyTerms(
    title: "下楼难", question: "老人为什么不下楼？", purpose: "想知道大家下楼难在哪里，好跟街道说。",
    guide: ["最近一次下楼是什么时候？", "什么时候最难？"])

  let database: Database
  let clock: MovableClock
  let people: People
  let staff: SurveyStaff
  let cipher: FieldCipher
  let community: CommunityID
  let neighbours: [PersonID]
  let worker: PersonID
  let colleague: PersonID
  let supervisor: PersonID

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }
  var asColleague: Actor { Actor(person: colleague, role: .socialWorker) }
  var asSupervisor: Actor { Actor(person: supervisor, role: .supervisor) }

  static func with<T>(_ engine: TestEngine, _ body: (FieldFixture) async throws -> T) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations + [interviewMigration], clock: clock.clock) {
      database in try await body(try await open(database, clock))
    }
  }

  private static func open(_ database: Database, _ clock: MovableClock) async throws -> FieldFixture {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let household = try await people.createHouseholds(
      [HouseholdDraft(door: Door(building: "3", unit: "2", room: "501"))], in: community)[0]
    let neighbours = try await people.createPersons(
      [
        PersonDraft(displayName: "王阿姨", household: household, phone: PhoneNumber(typed: phone)),
        PersonDraft(displayName: "李叔", household: household, phone: nil),
      ], in: community)
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
    return FieldFixture(
      database: database, clock: clock, people: people, staff: staff,
      cipher: try await staff.cipher(of: community), community: community, neighbours: neighbours,
      worker: station[0], colleague: station[1], supervisor: station[2])
  }

  // MARK: - Doing

  func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community) { try work($0) }
  }

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

  func count(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: FieldWork.invariants).map { "\($0.name): \($0.detail)" } }
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

  func browser(of person: PersonID) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    FieldWork(staff: staff, texts: .none).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: [],
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(routes.responder(site: site), host: Self.host)
    let session = try await people.openSession(of: person, level: .secondFactor, in: community)
    browser.setCookie("sid", session.token.text)
    return browser
  }
}
