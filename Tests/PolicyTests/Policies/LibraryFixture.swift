import Database
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Policy

/// A community that keeps a policy library: a worker, two supervisors, the committee and four neighbours. The clock stands at
/// Monday 23 November 2026, 16:00 local time.
struct LibraryFixture: StationFixture {
  static let offset = 28_800
  static let today = PolicyDay(start, offsetSeconds: offset)

  let station: TestStation
  let messenger: Messenger
  let library: PolicyLibrary
  let other: CommunityID
  let worker: PersonID
  let supervisor: PersonID
  let secondSupervisor: PersonID
  let committee: PersonID
  /// 王阿姨 of 3-2-501 with a telephone, and her husband; 李叔 of 3-2-502; 周伯 of 5-1-101.
  let wang: PersonID
  let husband: PersonID
  let li: PersonID
  let zhou: PersonID

  static func with(_ engine: TestEngine, _ body: (LibraryFixture) async throws -> Void) async throws {
    let migrations = messagesMigrations + [policyLibraryMigration, eligibilityMigration]
    try await TestStation.with(engine, migrations) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> LibraryFixture {
    let homes = try await station.households([("3", "2", "501"), ("3", "2", "502"), ("5", "1", "101")])
    let staff = try await station.staff([
      "许社工": .socialWorker, "沈督导": .supervisor, "陶督导": .supervisor, "居委周": .committee,
    ])
    let neighbours = try await station.persons([
      TestStation.person("王阿姨", home: homes[0], phone: "13800138001"),
      TestStation.person("王叔", home: homes[0]), TestStation.person("李叔", home: homes[1]),
      TestStation.person("周伯", home: homes[2]),
    ])
    let directory = station.people.directory
    let messenger = Messenger(directory: directory, services: [])
    return LibraryFixture(
      station: station, messenger: messenger,
      library: PolicyLibrary(directory: directory, messenger: messenger),
      other: try await station.otherCommunity(), worker: staff[0], supervisor: staff[1],
      secondSupervisor: staff[2], committee: staff[3], wang: neighbours[0], husband: neighbours[1],
      li: neighbours[2], zhou: neighbours[3])
  }

  // MARK: - Who does it

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }
  var asSupervisor: Actor { Actor(person: supervisor, role: .supervisor) }
  var asSecondSupervisor: Actor { Actor(person: secondSupervisor, role: .supervisor) }
  var asCommittee: Actor { Actor(person: committee, role: .committee) }

  var receipts: PolicyReceiptDesk {
    PolicyReceiptDesk(directory: people.directory, messenger: messenger)
  }
  var news: PolicyNewsDesk { PolicyNewsDesk(directory: people.directory, messenger: messenger) }

  @discardableResult
  /// The code of the problem that something throws; nil where it throws none.
  func code<T>(_ work: () async throws -> T) async -> String? { await Self.code(work) }

  // MARK: - Policies

  static func day(_ iso: String) -> PolicyDay { PolicyDay(iso: iso) ?? PolicyDay(number: 0) }

  static func content(
    _ title: String = "高龄补贴", field: PolicyField = .elders, level: PolicyLevel = .district,
    effective: PolicyDay = day("2026-01-01"), expires: PolicyDay? = nil, replaces: PolicyID? = nil,
    changed: String = ""
  ) -> PolicyContent {
    PolicyContent(
      document: PolicyDocument(
        title: title, issuer: "枫林区民政局", number: "枫民〔2026〕7号", level: level, field: field, area: "枫林区户籍",
        issued: day("2025-12-20"), effective: effective, expires: expires,
        source: "https://policy.example/7", replaces: replaces),
      words: PolicyPlainWords(
        summary: "满 80 岁的老人每月有补贴。\n到社区服务站办。", audience: "枫林区户籍、满 80 岁的老人",
        steps: ["带上材料到服务站", "填一张表", "下个月起发到卡里"], documents: ["身份证", "户口本", "银行卡"],
        place: "社区服务站 1 号窗口", hours: "周一到周五 9:00–11:30", phone: "021-5555 0777",
        benefits: [
          PolicyBenefit(
            what: "高龄补贴", amount: PolicyBenefit.Amount(hundredths: 60_00, unit: .yuan), period: .month)
        ]),
      whatChanged: changed)
  }

  /// Writes by the worker and publishes by the supervisor: a new policy, or the next version of one.
  @discardableResult
  func publish(_ content: PolicyContent, of policy: PolicyID? = nil) async throws -> PolicyID {
    let (author, publisher) = (asWorker, asSupervisor)
    return try await write { transaction in
      let id: PolicyID
      if let policy {
        id = policy
        try PolicyDesk.write(content, of: policy, seen: 0, by: author, in: transaction)
      } else {
        id = try PolicyDesk.make(content, by: author, in: transaction)
      }
      try PolicyDesk.publish(id, seen: 1, by: publisher, in: transaction)
      return id
    }
  }

  func head(_ id: PolicyID) async throws -> PolicyHead {
    try #require(try await database.read { try PolicyStore.find(id, in: community, $0) })
  }

  func shown(_ id: PolicyID, on day: PolicyDay = today) async throws -> ShownPolicy? {
    try await database.read { try PolicyListStore.find(id, on: day, in: community, $0) }
  }

  func list(
    _ filter: PolicyFilter, on day: PolicyDay = today, after: PolicyID? = nil, limit: Int = 50
  ) async throws -> PolicyListPage {
    try await database.read {
      try PolicyListStore.page(filter, on: day, after: after, limit: limit, in: community, $0)
    }
  }

  // MARK: - What happens by itself

  @discardableResult
  func runJobs() async throws -> Int {
    // What goes on in parts is due a second later each time.
    var finished = 0
    for _ in 0..<10 {
      finished += try await JobRunner(database, handlers: library.jobs).runDue()
      clock.advance(by: .seconds(2))
    }
    return finished
  }

  /// Whom was told what kind of message, in the order of writing.
  func messages(_ kind: MessageKind = PolicyNewsNotices.news) async throws -> [PersonID] {
    try await database.read {
      try $0.values("SELECT recipient_id FROM messages_message WHERE kind = \(kind.code) ORDER BY id")
    }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: PolicyInvariants.invariants).map(\.name) }
  }

  // MARK: - Browsers

  /// - Parameter person: who is signed in; nil for somebody who is not.
  func browser(of person: PersonID? = nil, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language) {
      library.register(on: &$0, database: database)
    }
  }
}
