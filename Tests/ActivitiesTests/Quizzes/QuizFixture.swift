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
struct QuizFixture: StationFixture {
  static let opens = start + .hours(1)
  static let closes = start + .days(2)
  static let seedKey = MessageKey(bytes: [UInt8](repeating: 5, count: 32))

  let station: TestStation
  let quizzes: PrizeQuizzes
  /// The first two live together; the first has a telephone. All others but the last live behind another door.
  let neighbours: [PersonID]
  let worker: PersonID
  let supervisor: PersonID
  /// Of the committee, and living with the first two.
  let committee: PersonID
  let questions: [QuizQuestionID]

  static func with<T>(_ engine: TestEngine, _ body: (QuizFixture) async throws -> T) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [activityMigration, quizMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> QuizFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let neighbours = try await station.persons(
      try (0..<10).map { number in
        try TestStation.person(
          "邻居\(number + 1)", home: number < 2 ? households[0] : number < 9 ? households[1] : nil,
          phone: number == 0 ? "13800138001" : nil)
      })
    let staff = try await station.persons([
      TestStation.person("许社工", [.socialWorker]), TestStation.person("沈督导", [.supervisor]),
      TestStation.person("居委周", [.committee], home: households[0]),
    ])
    let directory = station.people.directory
    let questions = try await station.database.write(in: station.community) { transaction in
      try (1...4).map {
        try QuizQuestionDesk.write(
          content($0), by: Actor(person: staff[0], role: .socialWorker), in: transaction)
      }
    }
    return QuizFixture(
      station: station,
      quizzes: PrizeQuizzes(
        database: station.database, directory: directory, vault: station.vault,
        messenger: Messenger(directory: directory, services: []), seedKey: seedKey, sheets: SheetReader()),
      neighbours: neighbours, worker: staff[0], supervisor: staff[1], committee: staff[2],
      questions: questions)
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

  func breaches() async throws -> [String] {
    try await database.read { try PrizeQuizzes.breaches($0).map { "\($0)" } }
  }

  /// The code of the problem with which something is refused; nil where it is not.
  func refusal(_ work: () async throws -> Void) async -> String? { await Self.code(work) }

  /// Whom messages of a kind went to.
  func told(_ kind: MessageKind) async throws -> [PersonID] {
    try await database.read {
      try $0.values("SELECT recipient_id FROM messages_message WHERE kind = \(kind.code) ORDER BY id")
    }
  }

  // MARK: - Browsers

  /// - Parameter person: nil for somebody who is not signed in.
  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language) { quizzes.register(on: &$0) }
  }
}
