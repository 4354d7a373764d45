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

/// A community with a station, a bank of four questions and neighbours who answer. The clock stands at Monday 16:00 local
/// time; a quiz opens an hour later and closes after two days unless a test says otherwise.
struct QuizFixture: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let opens = start + .hours(1)
  static let closes = start + .days(2)
  static let seedKey = MessageKey(bytes: [UInt8](repeating: 5, count: 32))

  let database: Database
  let clock: MovableClock
  let people: People
  let vault: Vault
  let quizzes: PrizeQuizzes
  let community: CommunityID
  /// The first two live together; the first has a telephone. All others but the last live behind another door.
  let neighbours: [PersonID]
  let worker: PersonID
  let supervisor: PersonID
  /// Of the committee, and living with the first two.
  let committee: PersonID
  let questions: [QuizQuestionID]

  static func with<T>(_ engine: TestEngine, _ body: (QuizFixture) async throws -> T) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(
      peopleMigrations + messagesMigrations + [activityMigration, quizMigration], clock: clock.clock
    ) { database in try await body(try await open(database, clock)) }
  }

  private static func open(_ database: Database, _ clock: MovableClock) async throws -> QuizFixture {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let households = try await people.createHouseholds(
      [
        HouseholdDraft(door: Door(building: "3", unit: "2", room: "501")),
        HouseholdDraft(door: Door(building: "5", unit: "1", room: "301")),
      ], in: community)
    let neighbours = try await people.createPersons(
      try (0..<10).map { number in
        try PersonDraft(
          displayName: "邻居\(number + 1)",
          household: number < 2 ? households[0] : number < 9 ? households[1] : nil,
          phone: number == 0 ? PhoneNumber(typed: "13800138001") : nil)
      }, in: community)
    let staff = try await people.createPersons(
      try [
        ("许社工", Role.socialWorker, nil), ("沈督导", .supervisor, nil), ("居委周", .committee, households[0]),
      ].map { name, role, home in
        var draft = try PersonDraft(displayName: name, household: home, phone: nil)
        draft.roles = [role]
        return draft
      }, in: community)
    let questions = try await database.write(in: community) { transaction in
      try (1...4).map {
        try QuizQuestionDesk.write(
          content($0), by: Actor(person: staff[0], role: .socialWorker), in: transaction)
      }
    }
    return QuizFixture(
      database: database, clock: clock, people: people, vault: vault,
      quizzes: PrizeQuizzes(
        database: database, directory: people.directory, vault: vault,
        messenger: Messenger(directory: people.directory, services: []), seedKey: seedKey,
        sheets: SheetReader()),
      community: community, neighbours: neighbours, worker: staff[0], supervisor: staff[1],
      committee: staff[2], questions: questions)
  }

  /// The right answer of the first question is A, of the second B, and so on.
  static func content(_ number: Int) -> QuizQuestion.Content {
    QuizQuestion.Content(
      wording: "第\(number)题问什么？", options: ["甲\(number)", "乙\(number)", "丙\(number)", "丁\(number)"],
      right: number - 1, explanation: "因为是\(number)。", source: "沪府〔2026〕\(number)号", topic: "防骗")
  }

  // MARK: - The station

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  func terms(
    threshold: Int = 3,
    prizes: [QuizPrize] = [QuizPrize(name: "大米", pieces: 1), QuizPrize(name: "牙膏", pieces: 2)]
  ) -> QuizTerms {
    QuizTerms(
      title: "冬季防骗问答", opensAt: Self.opens, closesAt: Self.closes, threshold: threshold, prizes: prizes,
      collectPlace: "3号楼服务站", collectDays: 14, activity: nil, questions: [])
  }

  @discardableResult
  func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community, work)
  }

  func draft(_ terms: QuizTerms? = nil, unit: Quiz.Unit = .person) async throws -> QuizID {
    let terms = terms ?? self.terms()
    return try await write {
      try quizzes.desk.make(terms, asking: questions, unit: unit, by: actor, in: $0)
    }
  }

  /// A quiz that takes answers: the clock is moved to its beginning.
  func open(_ terms: QuizTerms? = nil, unit: Quiz.Unit = .person) async throws -> QuizID {
    let id = try await draft(terms, unit: unit)
    try await write { try quizzes.desk.open(id, seen: 1, by: actor, in: $0) }
    clock.move(to: Self.opens)
    return id
  }

  func quiz(_ id: QuizID) async throws -> Quiz {
    try #require(try await database.read { try QuizStore.find(id, in: community, $0) })
  }

  // MARK: - Answers

  /// Answers of which so many are right, the first ones.
  static func answers(right: Int) -> QuizAnswers {
    QuizAnswers((0..<4).map { $0 < right ? $0 : ($0 + 1) % 4 })
  }

  @discardableResult
  func answer(_ id: QuizID, _ person: PersonID, right: Int = 4) async throws -> QuizEntry {
    try await write {
      try quizzes.entries.answer(Self.answers(right: right), to: id, of: person, in: $0)
    }
  }

  @discardableResult
  func enter(
    _ id: QuizID, _ person: PersonID, by keyer: Actor? = nil, answers: QuizAnswers = answers(right: 4)
  ) async throws -> QuizEntry {
    let keyer = keyer ?? actor
    return try await write {
      try quizzes.entries.enter(answers, .paper, to: id, for: person, by: keyer, in: $0)
    }
  }

  // MARK: - The draw

  /// Ten people answer, the ninth with too few right, and the quiz is drawn by its job.
  func drawn(_ terms: QuizTerms? = nil) async throws -> QuizID {
    let id = try await open(terms)
    for (index, person) in neighbours.enumerated() {
      try await answer(id, person, right: index == 8 ? 1 : 4)
    }
    clock.move(to: Self.closes)
    try await runJobs()
    return id
  }

  func runJobs() async throws {
    try await JobRunner(database, handlers: quizzes.jobs).runDue()
  }

  func awards(_ id: QuizID) async throws -> [QuizAward] {
    try await database.read { try QuizAwardStore.all(of: id, in: community, $0) }
  }

  func draw(_ id: QuizID) async throws -> QuizDraw {
    try #require(try await database.read { try QuizStore.draw(of: id, in: community, $0) })
  }

  func winner(_ award: QuizAward, of id: QuizID) async throws -> PersonID? {
    try await database.read {
      try QuizEntryStore.persons(behind: [award.number], of: id, in: community, $0)[award.number]
    }
  }

  func passOn(_ award: QuizAward, of id: QuizID, because kind: QuizAward.Kind) async throws {
    try await write {
      try quizzes.awards.passOn(award.id, of: id, because: kind, by: actor, in: $0)
    }
  }

  func handOver(
    _ award: QuizAward, of id: QuizID, to receiver: QuizAward.Receiver, name: String? = nil
  ) async throws {
    let cipher = try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
    try await write {
      try quizzes.awards.handOver(
        award.id, of: id, to: receiver, name: name, sealing: cipher, by: actor, in: $0)
    }
  }

  // MARK: - What is stored

  func count(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  func breaches() async throws -> [String] {
    try await database.read { try PrizeQuizzes.breaches($0).map { "\($0)" } }
  }

  /// The code of the problem with which something is refused; nil where it is not.
  func refusal(_ work: () async throws -> Void) async -> String? {
    do {
      try await work()
      return nil
    } catch let problem as Problem {
      return problem.code
    } catch {
      return "\(error)"
    }
  }

  /// Whom messages of a kind went to.
  func told(_ kind: MessageKind) async throws -> [PersonID] {
    try await database.read {
      try $0.values("SELECT recipient_id FROM messages_message WHERE kind = \(kind.code) ORDER BY id")
    }
  }

  // MARK: - Browsers

  /// - Parameter person: nil for somebody who is not signed in.
  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    quizzes.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: [],
      community: { [people] in people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: Self.host, acceptLanguage: language, address: "203.0.113.9")
    if let person {
      let session = try await people.openSession(of: person, level: .secondFactor, in: community)
      browser.setCookie("sid", session.token.text)
    }
    return browser
  }
}
