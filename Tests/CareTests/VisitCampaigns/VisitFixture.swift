import Database
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Care

/// A station that prepares visits to five households in three buildings. The clock stands at Monday 16:00 local time.
struct VisitFixture: StationFixture {
  /// Monday to Sunday, on clocks that are eight hours ahead.
  static let firstDay = Timestamp(rfc3339: "2026-11-22T16:00:00Z") ?? Timestamp(seconds: 0)
  static let lastDayEnds = firstDay + .days(7)

  let station: TestStation
  let keys: CareKeys
  let desk: VisitDesk
  let visits: CaseVisits
  let other: CommunityID
  /// 3-2-101, 3-2-502 without a lift; 5-1-301, 5-1-1801 with one; 10-201, whose building has no units.
  let households: [HouseholdID]
  /// The first persons of the households, in their order.
  let neighbours: [PersonID]
  let stranger: HouseholdID
  let runner: PersonID
  let supervisor: PersonID
  let colleague: PersonID
  let otherSupervisor: PersonID
  /// A volunteer with a telephone, and another.
  let visitor: PersonID
  let otherVisitor: PersonID
  let committee: PersonID

  static func with<T>(
    _ engine: TestEngine, _ body: (VisitFixture) async throws -> T
  ) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + careMigrations) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> VisitFixture {
    let (people, community) = (station.people, station.community)
    let other = try await station.otherCommunity()
    let households = try await people.createHouseholds(
      try [
        ("3", "2", "101", 1, false), ("3", "2", "502", 5, false), ("5", "1", "301", 3, true),
        ("5", "1", "1801", 18, true), ("10", "", "201", 2, nil),
      ].map { (building: String, unit: String, room: String, floor: Int64, hasLift: Bool?) in
        try HouseholdDraft(
          door: Door(building: building, unit: unit, room: room), floor: floor, hasLift: hasLift)
      }, in: community)
    let stranger = try await station.households([("3", "2", "101")], in: other)[0]
    let neighbours = try await station.persons(
      try zip(["李叔", "王阿姨", "周伯", "孙奶奶", "吴老师"], households).map {
        try TestStation.person($0, home: $1)
      })
    let staff = try await station.staff([
      "许社工": .socialWorker, "沈督导": .supervisor, "何社工": .socialWorker, "陶督导": .supervisor,
      "居委周": .committee,
    ])
    let volunteers = try await station.persons([
      TestStation.person("赵国强", phone: "13800138001"), TestStation.person("钱多多", phone: "13800138002"),
    ])
    let messenger = Messenger(directory: people.directory, services: [])
    let keys = CareKeys(vault: station.vault)
    return VisitFixture(
      station: station, keys: keys,
      desk: VisitDesk(directory: people.directory, messenger: messenger),
      visits: CaseVisits(
        database: station.database,
        desk: CaseDesk(directory: people.directory, messenger: messenger), keys: keys),
      other: other, households: households, neighbours: neighbours,
      stranger: stranger, runner: staff[0], supervisor: staff[1], colleague: staff[2],
      otherSupervisor: staff[3], visitor: volunteers[0], otherVisitor: volunteers[1], committee: staff[4])
  }

  // MARK: - Readers

  var asRunner: CaseReader { CaseReader(person: runner, roles: [.socialWorker]) }
  var asSupervisor: CaseReader { CaseReader(person: supervisor, roles: [.supervisor]) }
  var asVisitor: CaseReader { CaseReader(person: visitor, roles: []) }
  var asOtherVisitor: CaseReader { CaseReader(person: otherVisitor, roles: []) }

  // MARK: - Campaigns

  static let questions = [
    VisitQuestion("家里有人接到过可疑电话吗？", ["接到过", "没有", "说不好"]), VisitQuestion("要一张防骗卡吗？", ["要", "不要"]),
  ]

  func terms(
    _ title: String = "冬季防骗走访", questions: [VisitQuestion] = VisitFixture.questions
  ) -> VisitTerms {
    VisitTerms(
      purpose: .scam, title: title, task: "送一张防骗卡，讲一讲", phrase: "您好，我是社区的志愿者，来送一张防骗卡。",
      questions: questions, startsAt: Self.firstDay, endsAt: Self.lastDayEnds, runner: runner,
      supervisor: supervisor)
  }

  func make(_ terms: VisitTerms? = nil) async throws -> VisitCampaignID {
    let terms = terms ?? self.terms()
    return try await database.write(in: community) {
      try desk.make(terms, by: asRunner, in: $0).id
    }
  }

  /// Does something with a campaign, as its runner unless somebody else is named.
  @discardableResult
  func arrange<T: Sendable>(
    _ id: VisitCampaignID, as reader: CaseReader? = nil,
    _ work: @escaping @Sendable (inout OpenVisit, Transaction) throws -> T
  ) async throws -> T {
    let reader = reader ?? asRunner
    return try await database.write(in: community) { transaction in
      var open = try VisitDoorkeeper.open(id, for: reader, in: community, transaction)
      return try work(&open, transaction)
    }
  }

  /// A campaign under way: all five households on the list, the first two with the volunteer, building 5 with the other.
  func underWay() async throws -> VisitCampaignID {
    let id = try await make()
    try await arrange(id) { [self] open, transaction in
      try desk.list(households, .list, open, in: transaction)
      try desk.ask(visitor, open, in: transaction)
      try desk.ask(otherVisitor, open, in: transaction)
      try desk.give(.building("3"), to: visitor, open, in: transaction)
      try desk.give(.building("5"), to: otherVisitor, open, in: transaction)
      try desk.start(&open, seen: open.campaign.events, in: transaction)
    }
    return id
  }

  func campaign(_ id: VisitCampaignID) async throws -> VisitCampaign {
    try #require(try await database.read { try VisitStore.find(id, in: community, $0) })
  }

  func doors(_ id: VisitCampaignID) async throws -> [VisitDoor] {
    try await database.read { try VisitDoorStore.all(of: id, in: community, $0) }
  }

  /// The door of the household at this place of `households`.
  func door(_ index: Int, _ id: VisitCampaignID) async throws -> VisitDoor {
    try #require(try await doors(id).first { $0.household == households[index] })
  }

  func outcomes(_ id: VisitCampaignID) async throws -> [VisitOutcome] {
    try await database.read { try VisitOutcomeStore.outcomes(of: id, in: community, $0) }
  }

  // MARK: - Reports

  func report(
    _ kind: VisitOutcome.Kind, at index: Int, of id: VisitCampaignID, key: String, minute: Int64 = 0,
    again: Timestamp? = nil, answers: VisitAnswers = VisitAnswers(), note: String = "",
    as reader: CaseReader? = nil
  ) async throws -> VisitReportAnswer {
    let report = VisitReport(
      key: key, door: try await door(index, id).id, kind: kind, comeAgainAt: again, version: 1,
      answers: answers, note: note, happenedAt: Self.start + .minutes(minute))
    let seal = try await keys.sealing(nil, in: community)
    let reader = reader ?? asVisitor
    return try await database.write(in: community) {
      try desk.report(report, of: id, by: reader, sealing: seal, in: $0)
    }
  }

  /// What a visitor sees of their own doors.
  func own(_ reader: CaseReader, _ id: VisitCampaignID) async throws -> [VisitPlace] {
    let doors = try await people.directory.doors(of: community)
    let reading = VisitReading(directory: people.directory, doors: doors, community: community)
    return try await database.read { snapshot in
      try reading.own(try VisitDoorkeeper.open(id, for: reader, in: community, snapshot), snapshot)
    }
  }

  // MARK: - What is stored

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: VisitInvariants.invariants).map { "\($0)" } }
  }

  // MARK: - Browsers

  func browser(of person: PersonID, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language) {
      VisitCampaigns(visits: visits, desk: desk).register(on: &$0)
      MyVisits(database: database, desk: desk, keys: keys).register(on: &$0)
    }
  }
}
