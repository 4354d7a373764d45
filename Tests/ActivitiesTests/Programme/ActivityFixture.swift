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
struct ActivityFixture: StationFixture {
  static let begins = start + .days(2)
  static let ends = begins + .hours(2)
  /// What activities may be about here.
  static let policy = ActivitySubject(kind: "policy", id: 77)

  let station: TestStation
  let programme: ActivityProgramme
  let other: CommunityID
  let household: HouseholdID
  /// The first two live in one household; the first has a telephone.
  let neighbours: [PersonID]
  let worker: PersonID
  let committee: PersonID

  static func with<T>(
    _ engine: TestEngine, _ body: (ActivityFixture) async throws -> T
  ) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [activityMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> ActivityFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let neighbours = try await station.persons(
      try (0..<12).map { number in
        try TestStation.person(
          "邻居\(number + 1)", home: households[number < 2 ? 0 : 1], phone: number == 0 ? "13800138001" : nil)
      })
    let staff = try await station.staff(["许社工": .socialWorker, "居委周": .committee])
    let directory = station.people.directory
    let programme = ActivityProgramme(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), subjects: subjects,
      checkInKey: MessageKey(bytes: [UInt8](repeating: 9, count: 32)), pictures: PictureReencoder())
    return ActivityFixture(
      station: station, programme: programme, other: try await station.otherCommunity(),
      household: households[0], neighbours: neighbours, worker: staff[0], committee: staff[1])
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
    try await station.browser(of: person, address: address) { programme.register(on: &$0) }
  }
}
