import Database
import Kernel
import Messages
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Policy

/// What others hand over to reports, and may change under them.
final class EvidenceShelf: Sendable {
  let figure = Mutex<Int64>(42)
  let quote = Mutex<String?>("爬四楼爬不动")
  let participants = Mutex<[PersonID]>([])
}

/// A community with two workers, two supervisors, the committee, a government reader and three neighbours. The clock stands
/// at Monday 23 November 2026, 16:00 local time.
struct ReportFixture: StationFixture {

  let station: TestStation
  let library: PolicyLibrary
  let reports: Reports
  let shelf: EvidenceShelf
  let worker: PersonID
  let colleague: PersonID
  let supervisor: PersonID
  let secondSupervisor: PersonID
  let committee: PersonID
  let government: PersonID
  let residents: [PersonID]

  var desk: ReportDesk { reports.desk }

  static func with(_ engine: TestEngine, _ body: (ReportFixture) async throws -> Void) async throws {
    let migrations =
      messagesMigrations + [policyLibraryMigration, eligibilityMigration, proposalMigration, reportMigration]
    try await TestStation.with(engine, migrations) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> ReportFixture {
    let homes = try await station.households([("3", "2", "501"), ("3", "2", "502"), ("3", "2", "503")])
    let staff = try await station.staff([
      "许社工": .socialWorker, "陈社工": .socialWorker, "沈督导": .supervisor, "陶督导": .supervisor,
      "居委周": .committee, "民政赵": .governmentReader,
    ])
    let residents = try await station.persons(
      try zip(["王阿姨", "李叔", "周伯"], homes).map { try TestStation.person($0, home: $1) })
    let directory = station.people.directory
    let shelf = EvidenceShelf()
    let messenger = Messenger(directory: directory, services: [])
    let library = PolicyLibrary(directory: directory, messenger: messenger)
    return ReportFixture(
      station: station, library: library,
      reports: Reports(
        database: station.database, directory: directory, messenger: messenger, library: library,
        ports: ReportPorts(evidence: [source(shelf)], quotes: quotes(shelf))), shelf: shelf,
      worker: staff[0], colleague: staff[1], supervisor: staff[2],
      secondSupervisor: staff[3], committee: staff[4], government: staff[5], residents: residents)
  }

  static func evidence(_ figure: Int64) throws -> FrozenEvidence {
    let table = EvidenceTable(
      rowName: Phrase("回答", "Answer"),
      columns: [
        EvidenceTable.Column(Phrase("人数", "People")), EvidenceTable.Column(Phrase("比例", "Share"), .share),
      ],
      rows: [
        EvidenceTable.Row(Phrase("难", "Hard"), [figure, 6000]),
        EvidenceTable.Row(Phrase("不难", "Not hard"), [28, 4000]),
        EvidenceTable.Row(Phrase("不知道", "Do not know"), [nil, nil]),
      ])
    return FrozenEvidence(
      title: Phrase("买菜难不难", "Is shopping hard"), source: Phrase("问卷", "Questionnaire"), count: figure + 28,
      table: try #require(table),
      sample: Phrase("上门问了七十位老人，没有问到住院的。", "Seventy elders were asked at home; nobody in hospital was."),
      notes: [Phrase("可以不答。", "Answering was optional.")], path: "/questionnaires/1",
      dataDigest: Digest(of: "data \(figure)"), queryDigest: Digest(of: "query"))
  }

  private static func source(_ shelf: EvidenceShelf) -> EvidenceSource {
    EvidenceSource(
      code: "surveys", name: Phrase("问卷", "Questionnaires"),
      choices: { _, _ in
        [EvidenceSource.Choice(code: "t1", title: Phrase("买菜难不难", "Is shopping hard"), madeAt: start)]
      },
      evidence: { code, _, _ in try code == "t1" ? evidence(shelf.figure.withLock { $0 }) : nil },
      participants: { _, last, limit, _, _ in
        let all = shelf.participants.withLock { $0 }.sorted()
        return Array(all.filter { person in last.map { $0 < person } ?? true }.prefix(limit))
      })
  }

  private static func quotes(_ shelf: EvidenceShelf) -> ReportQuoteSource {
    ReportQuoteSource { _ in opened(shelf) }
  }

  private static func opened(_ shelf: EvidenceShelf) -> ReportQuoteSource.Opened {
    ReportQuoteSource.Opened(
      choices: { _ in
        shelf.quote.withLock { $0 }.map {
          [ReportQuoteSource.Choice(code: "q1", text: $0, from: Phrase("访谈", "Interview"))]
        } ?? []
      },
      texts: { codes, _ in
        guard codes.contains("q1"), let words = shelf.quote.withLock({ $0 }) else { return [:] }
        return ["q1": words]
      })
  }

  // MARK: - Who acts

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }
  var asSupervisor: Actor { Actor(person: supervisor, role: .supervisor) }
  var asSecondSupervisor: Actor { Actor(person: secondSupervisor, role: .supervisor) }
  var asGovernment: Actor { Actor(person: government, role: .governmentReader) }

  func document(_ id: ReportID) async throws -> ReportDocument {
    try await database.read { [community] in try ReportReading.document(id, in: community, $0) }
  }

  func seen(_ id: ReportID) async throws -> Int64 { try await document(id).report.standing.events }

  // MARK: - The way of a report

  static let plan = ReportPlan(
    title: "老人买菜难", question: "八十岁以上的老人怎么买菜？", methods: [.questionnaire, .interview],
    reach: "上门问八十岁以上的老人。", from: LibraryFixture.day("2026-11-01"), to: LibraryFixture.day("2026-11-20"))

  func plan(supervisor: PersonID? = nil, authors: Set<PersonID> = []) async throws -> ReportID {
    let (actor, supervisor) = (asWorker, supervisor ?? self.supervisor)
    return try await write { [desk] in
      try desk.plan(Self.plan, authors: authors, supervisor: supervisor, by: actor, in: $0)
    }
  }

  /// A report with one table, one quotation, a finding, a recommendation and a summary.
  func written() async throws -> ReportID {
    let (id, actor, quotes) = (try await plan(), asWorker, Self.opened(shelf))
    try await write { [desk] transaction in
      try desk.choose(source: "surveys", code: "t1", for: id, by: actor, in: transaction)
      try desk.chooseQuote("q1", among: quotes, for: id, by: actor, in: transaction)
      try desk.writeFinding(
        "回答的老人里六成说难。", evidence: [1, 2], number: nil, of: id, by: actor, in: transaction)
      try desk.writeRecommendation(
        Recommendation(
          number: 0, text: "把送菜算进高龄服务。", findings: [1], aim: .new(.district, department: "区民政局")), of: id,
        by: actor, in: transaction)
      try desk.writeSummary("六成老人说买菜难。", of: id, by: actor, in: transaction)
    }
    return id
  }

  func take(_ change: ReportChange, _ id: ReportID, by actor: Actor? = nil) async throws {
    let (seen, actor) = (try await seen(id), actor ?? asWorker)
    try await write { [desk] in _ = try desk.take(change, id, seen: seen, by: actor, in: $0) }
  }

  func lock(_ id: ReportID) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    try await write { [desk] in try desk.lockEvidence(id, seen: seen, by: actor, in: $0) }
  }

  func complete(_ id: ReportID, asksCommittee: Bool = false) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    try await write { [desk] in
      try desk.complete(id, asksCommittee: asksCommittee, seen: seen, by: actor, in: $0)
    }
  }

  func check(_ id: ReportID, _ outcome: ReportCheck.Outcome = .agreed) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    let draft = ReportCheckDraft(
      way: .meeting, day: LibraryFixture.day("2026-11-23"), heard: 12, comments: "说得对。", outcome: outcome)
    try await write { [desk] in try desk.check(draft, of: id, seen: seen, by: actor, in: $0) }
  }

  func judge(_ change: ReportChange, _ id: ReportID, by actor: Actor? = nil) async throws {
    let (seen, actor) = (try await seen(id), actor ?? asSupervisor)
    try await write { [desk] in try desk.judge(change, of: id, seen: seen, by: actor, in: $0) }
  }

  func send(_ id: ReportID, due: Duration = .days(10)) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    let draft = ReportSendingDraft(
      department: "区民政局", contact: "养老科", channel: .letter, ourNumber: "枫报〔2026〕1号",
      theirReference: nil, dueAt: clock.now + due)
    try await write { [desk] in try desk.send(draft, id, seen: seen, by: actor, in: $0) }
  }

  func reply(
    _ id: ReportID, _ outcome: ReportOutcome = .partly, answers: [Int] = [1], by actor: Actor? = nil
  ) async throws {
    let (seen, actor) = (try await seen(id), actor ?? asGovernment)
    let draft = ReportReplyDraft(
      outcome: outcome, text: "明年试点。", by: "养老科", reference: nil, day: LibraryFixture.day("2026-11-23"),
      answers: answers.map { ReportReply.Answer(recommendation: $0, outcome: .partly, text: "先试一个街道。") })
    try await write { [desk] in try desk.reply(draft, to: id, seen: seen, by: actor, in: $0) }
  }

  func record(_ id: ReportID, policy: PolicyID? = nil) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    try await write { [desk] in
      try desk.record(
        ReportResultDraft(policy: policy, text: "记下来。"), of: id, seen: seen, by: actor, in: $0)
    }
  }

  func tell(_ id: ReportID) async throws {
    let (seen, actor) = (try await seen(id), asWorker)
    try await write { [desk] in try desk.tell("明年试点送菜。", of: id, seen: seen, by: actor, in: $0) }
  }

  /// A report that stands in this state; not one that was given up.
  func report(in state: ReportState, asksCommittee: Bool = false) async throws -> ReportID {
    let id = try await written()
    let steps: [(ReportState, () async throws -> Void)] = [
      (.evidence, { try await lock(id) }), (.findings, { try await take(.findingsDone, id) }),
      (.recommendations, { try await take(.recommendationsDone, id) }),
      (.complete, { try await complete(id, asksCommittee: asksCommittee) }),
      (.checked, { try await check(id) }), (.approved, { try await judge(.approved, id) }),
      (.sent, { try await send(id) }), (.replied, { try await reply(id) }),
      (.changed, { try await record(id) }),
      (
        .told,
        {
          try await take(.replyPublished, id)
          try await tell(id)
        }
      ),
    ]
    for (reached, step) in steps {
      if try await document(id).report.standing.state == state { break }
      try await step()
      #expect(try await document(id).report.standing.state == reached)
    }
    return id
  }

  // MARK: - What is stored

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: ReportInvariants.invariants).map { "\($0)" } }
  }

  func runJobs() async throws {
    // What goes on in parts is due a second later each time.
    for _ in 0..<6 {
      try await JobRunner(database, handlers: reports.jobs).runDue()
      clock.advance(by: .seconds(2))
    }
  }

  /// Whom was told what kind of message, in the order of writing.
  func messages(_ kind: MessageKind) async throws -> [PersonID] {
    try await database.read {
      try $0.values("SELECT recipient_id FROM messages_message WHERE kind = \(kind.code) ORDER BY id")
    }
  }

  // MARK: - Browsers

  /// - Parameter person: nil for somebody who is not signed in.
  func browser(of person: PersonID? = nil, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language, navigation: Reports.navigation) {
      reports.register(on: &$0)
    }
  }
}
