import Database
import Interop
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Activities

/// A community with a station and twelve neighbours. The clock stands at Monday 16:00 local time; activities begin two days
/// later unless a test says otherwise.
struct ActivityFixture: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let begins = start + .days(2)
  static let ends = begins + .hours(2)
  /// What activities may be about here.
  static let policy = ActivitySubject(kind: "policy", id: 77)

  let database: Database
  let clock: MovableClock
  let people: People
  let programme: ActivityProgramme
  let community: CommunityID
  let other: CommunityID
  let household: HouseholdID
  /// The first two live in one household; the first has a telephone.
  let neighbours: [PersonID]
  let worker: PersonID
  let committee: PersonID

  static func with<T>(
    _ engine: TestEngine, _ body: (ActivityFixture) async throws -> T
  ) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(
      peopleMigrations + messagesMigrations + [activityMigration], clock: clock.clock
    ) { database in try await body(try await open(database, clock)) }
  }

  private static func open(_ database: Database, _ clock: MovableClock) async throws -> ActivityFixture {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let other = try await people.createCommunity(
      CommunityDraft(
        name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: ["other.test"]))
    let households = try await people.createHouseholds(
      [
        HouseholdDraft(door: Door(building: "3", unit: "2", room: "501")),
        HouseholdDraft(door: Door(building: "5", unit: "1", room: "301")),
      ], in: community)
    let neighbours = try await people.createPersons(
      try (0..<12).map { number in
        try PersonDraft(
          displayName: "邻居\(number + 1)", household: households[number < 2 ? 0 : 1],
          phone: number == 0 ? PhoneNumber(typed: "13800138001") : nil)
      }, in: community)
    let staff = try await people.createPersons(
      try [("许社工", [Role.socialWorker]), ("居委周", [.committee])].map { name, roles in
        var draft = try PersonDraft(displayName: name, household: nil, phone: nil)
        draft.roles = Set(roles)
        return draft
      }, in: community)
    let programme = ActivityProgramme(
      database: database, directory: people.directory, vault: vault,
      messenger: Messenger(directory: people.directory, services: []), subjects: subjects,
      checkInKey: MessageKey(bytes: [UInt8](repeating: 9, count: 32)), pictures: PictureReencoder())
    return ActivityFixture(
      database: database, clock: clock, people: people, programme: programme, community: community,
      other: other, household: households[0], neighbours: neighbours, worker: staff[0],
      committee: staff[1])
  }

  private static let subjects: ActivitySubjects = {
    let card = ActivitySubjectCard(
      policy, name: Phrase("高龄津贴", "Allowance for the very old"), path: "/policies/77")
    return ActivitySubjects(
      offered: { _, _ in [card] },
      named: { wanted, _, _ in wanted.contains(policy) ? [policy: card] : [:] })
  }()

  // MARK: - Activities

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  func terms(capacity: Int64? = nil) -> ActivityTerms {
    ActivityTerms(
      kind: .lecture, title: "冬天怎么防骗", description: "讲几个真事，欢迎带邻居来。", agenda: ["讲故事", "问答"],
      organiser: worker, partner: "", place: "3号楼活动室", startsAt: Self.begins, endsAt: Self.ends,
      signUpClosesAt: Self.begins - .hours(3), capacity: capacity, expense: .fen(12_000), subject: nil)
  }

  /// A published activity, unless it is to stay a draft.
  func make(_ terms: ActivityTerms, publish: Bool = true) async throws -> ActivityID {
    try await write { transaction in
      let id = try programme.desk.make(terms, by: actor, in: transaction)
      if publish { try programme.desk.publish(id, seen: 0, by: actor, in: transaction) }
      return id
    }
  }

  func make(capacity: Int64?) async throws -> ActivityID { try await make(terms(capacity: capacity)) }

  func activity(_ id: ActivityID) async throws -> Activity {
    try #require(try await database.read { try ActivityStore.find(id, in: community, $0) })
  }

  @discardableResult
  func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community, work)
  }

  /// Does something with an activity as it stands.
  @discardableResult
  func write<T: Sendable>(
    _ id: ActivityID, _ work: @escaping @Sendable (Activity, Transaction) throws -> T
  ) async throws -> T {
    try await write { transaction in
      try work(try programme.desk.find(id, in: transaction), transaction)
    }
  }

  // MARK: - Sign-ups

  @discardableResult
  func take(_ person: PersonID, _ id: ActivityID) async throws -> SignUp.State {
    try await write(id) { activity, transaction in
      try programme.signUps.take(
        person, .selfService, in: activity, by: .resident(person), in: transaction)
    }
  }

  func cancel(_ person: PersonID, _ id: ActivityID) async throws {
    try await write(id) { activity, transaction in
      let found = try SignUpStore.find(of: person, in: id, in: community, transaction)
      try programme.signUps.cancel(
        try #require(found), in: activity, by: .resident(person), in: transaction)
    }
  }

  /// The list of an activity in the order of its numbers, without what was cancelled.
  func signUps(_ id: ActivityID) async throws -> [SignUp] {
    try await database.read { try SignUpStore.list(of: id, behind: 0, limit: 5000, in: community, $0) }
  }

  func attendance(_ id: ActivityID) async throws -> ActivityAttendance {
    try await database.read { try CheckInStore.attendance(of: [id], in: community, $0)[id] } ?? .none
  }

  // MARK: - What is stored

  func count(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  /// How many messages of a kind were sent, to one person or to all.
  func messages(_ kind: MessageKind, to person: PersonID? = nil) async throws -> Int {
    let recipient: Query = person.map { "recipient_id = \($0)" } ?? "1 = 1"
    return try await count(
      "SELECT count(*) FROM messages_message WHERE kind = \(kind.code) AND \(recipient)")
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: ActivityProgramme.invariants).map { "\($0.name): \($0.detail)" }
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

  // MARK: - Consent

  /// The answer of somebody to being photographed.
  func photos(of person: PersonID, isGiven: Bool) async throws {
    try await write { transaction in
      let notice = try #require(try Consents.notice("photos", in: transaction))
      try Consents.record(
        Consents.Draft(
          subject: person, notice: notice, expires: transaction.now + .days(300),
          evidence: .electronic(person)),
        isGiven: isGiven, by: .resident(person), in: transaction)
    }
  }

  // MARK: - Browsers

  /// A browser in which somebody is signed in, or nobody.
  func browser(of person: PersonID? = nil, address: String = "203.0.113.9") async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    programme.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: [],
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(routes.responder(site: site), host: Self.host, address: address)
    if let person {
      let session = try await people.openSession(of: person, level: .secondFactor, in: community)
      browser.setCookie("sid", session.token.text)
    }
    return browser
  }
}
