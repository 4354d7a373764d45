import Database
import Kernel
import Messages
import People
import Synchronization
import TestKit
import Testing
import Web

@testable import Care

extension CareStation {
  /// A practice shop that knows one code.
  static let practice = PracticeLink(isSetUp: { _, _ in true }) { code, range, _, _ in
    guard code == "12345678" else { return .nobody }
    let hours = (range.upperBound - range.lowerBound).wholeMicroseconds / 3_600_000_000
    return .did(PracticeDeeds(steps: hours + 2, trapsMet: 2, trapsSeenThrough: 1, orders: 3))
  }

  func groupDesk(_ practice: PracticeLink = practice) -> GroupDesk {
    GroupDesk(directory: people.directory, messenger: messages.messenger, practice: practice)
  }

  static func terms(
    name: String = "一起学买菜", isOpen: Bool = false, minimum: Int64 = 2, maximum: Int64 = 3,
    goals: String = "会自己下一单\n认得假链接"
  ) -> GroupDesk.TermsDraft {
    GroupDesk.TermsDraft(
      name: name, type: .education, isOpen: isOpen, minimum: minimum, maximum: maximum, sessions: 6,
      budget: .fen(50_000), words: CareDocument([.theory: "社会学习", .goals: goals, .place: "活动室"]))
  }

  /// A group that 许安然 leads and 郑督导 supervises.
  func openGroup(
    _ terms: GroupDesk.TermsDraft = terms(), leaders: [PersonID]? = nil, supervisor: PersonID? = nil,
    as opener: PersonID? = nil
  ) async throws -> CareGroupID {
    let staff = GroupStaff(leaders: leaders ?? [xu], supervisor: supervisor ?? zheng)
    let reader = reader(opener ?? xu)
    let seal = GroupSeal(group: try await care.keys.sealing(nil, in: community))
    let desk = groupDesk()
    return try await database.write(in: community) {
      try desk.open(terms, staff, for: reader, sealing: seal, in: $0).id
    }
  }

  /// Does something in a group as somebody who may see it.
  @discardableResult
  func `in`<T: Sendable>(
    _ id: CareGroupID, as person: PersonID? = nil, practice: PracticeLink = practice,
    _ work: @escaping @Sendable (GroupDesk, inout OpenGroup, GroupSeal, Transaction) throws -> T
  ) async throws -> T {
    let (reader, desk) = (reader(person ?? xu), groupDesk(practice))
    let persons = try await database.read { [community] in
      try GroupMemberStore.persons(of: id, in: community, $0)
    }
    var seals: [PersonID: CareSeal] = [:]
    for person in persons { seals[person] = try await care.keys.sealing(person, in: community) }
    let seal = GroupSeal(group: try await care.keys.sealing(nil, in: community), members: seals)
    return try await database.write(in: community) { transaction in
      var open = try desk.doorkeeper.open(id, for: reader, in: transaction.community, transaction)
      return try work(desk, &open, seal, transaction)
    }
  }

  /// Everything of a group, as somebody sees it.
  func view(_ id: CareGroupID, as person: PersonID? = nil) async throws -> GroupView {
    let (reader, desk) = (reader(person ?? xu), groupDesk())
    let persons = try await database.read { [community] in
      try GroupMemberStore.persons(of: id, in: community, $0)
    }
    let opener = try await care.keys.opening(Array(persons) + [nil], in: community)
    return try await database.write(in: community) { transaction in
      let open = try desk.doorkeeper.open(id, for: reader, in: transaction.community, transaction)
      return try GroupReading(desk: desk).view(open, opener, in: transaction.community, transaction)
    }
  }

  func residents(_ count: Int) async throws -> [PersonID] {
    try await people.createPersons(
      try (0..<count).map { try PersonDraft(displayName: "邻居\($0)") }, in: community)
  }

  func propose(_ person: PersonID, _ id: CareGroupID) async throws -> GroupMemberID {
    try await self.in(id) { desk, open, _, transaction in
      try desk.propose(person, open, in: transaction).id
    }
  }

  static let yes = GroupAnswer(by: .person, method: .inPerson)

  func step(
    _ member: GroupMemberID, _ id: CareGroupID, to state: GroupMemberState, answer: GroupAnswer? = nil,
    _ words: CareDocument = CareDocument()
  ) async throws {
    try await self.in(id) { desk, open, seal, transaction in
      _ = try desk.step(
        member, to: state, answer: answer, words: words, open, sealing: seal, in: transaction)
    }
  }

  /// Proposes somebody, talks with them, and takes their yes.
  @discardableResult
  func join(_ person: PersonID, _ id: CareGroupID) async throws -> GroupMemberID {
    let member = try await propose(person, id)
    try await step(member, id, to: .accepted, CareDocument([.screening: "想学，有点怕手机"]))
    try await step(member, id, to: .joined, answer: Self.yes)
    return member
  }

  func move(
    _ id: CareGroupID, to stage: GroupStage, note: String = "", as person: PersonID? = nil
  ) async throws {
    try await self.in(id, as: person) { desk, open, seal, transaction in
      try desk.move(
        to: stage, words: CareDocument([.reason: note]), &open, seen: open.group.standing.events,
        sealing: seal, in: transaction)
    }
  }

  @discardableResult
  func meet(
    _ id: CareGroupID, _ entries: [GroupDesk.SessionDraft.Entry], commerce: GroupCommerce = .practiceOrder,
    process: String = "大家互相介绍", ago: Duration = .hours(2), as person: PersonID? = nil
  ) async throws -> GroupSessionID {
    let heldAt = clock.now - ago
    return try await self.in(id, as: person) { desk, open, seal, transaction in
      try desk.record(
        GroupDesk.SessionDraft(
          heldAt: heldAt, minutes: 90, commerce: commerce, techniques: [.opening, .modelling],
          words: CareDocument([.sessionPlan: "认识", .process: process, .next: "下次试下单"]),
          attendance: entries), open, sealing: seal, in: transaction
      ).id
    }
  }

  func score(
    _ values: [GroupMemberID: Int64], _ measure: OutcomeScore.Measure, _ phase: OutcomeScore.Phase,
    _ id: CareGroupID
  ) async throws {
    try await self.in(id) { desk, open, _, transaction in
      try desk.score(values, measure, phase, open, in: transaction)
    }
  }

  func report(_ id: CareGroupID, reason: String = "", as person: PersonID? = nil) async throws
    -> GroupReportID
  {
    try await self.in(id, as: person) { desk, open, seal, transaction in
      let goals = (0..<open.group.terms.goals).map { index in
        (
          result: index == 0 ? GroupReport.Result.reached : .partly,
          words: CareDocument(index == 0 ? [:] : [.evaluation: "还要练"])
        )
      }
      return try desk.report(
        GroupDesk.ReportDraft(
          version: open.group.terms.version, goals: goals,
          words: CareDocument([.summary: "有进步", .voice: "“现在敢自己点了”", .reason: reason])), open,
        sealing: seal, in: transaction
      ).id
    }
  }

  func decide(
    _ report: GroupReportID, _ id: CareGroupID, isApproved: Bool = true, as person: PersonID? = nil
  ) async throws {
    try await self.in(id, as: person ?? zheng) { desk, open, seal, transaction in
      try desk.decide(
        report, isApproved: isApproved, words: CareDocument([.remark: "写得清楚"]), &open, sealing: seal,
        in: transaction)
    }
  }

  func groupBreaches() async throws -> [Breach] {
    try await database.read { try $0.breaches(of: GroupInvariants.invariants) }
  }

  func groupBrowser(
    of person: PersonID?, language: String = "zh", practice: PracticeLink = practice
  ) async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    Groups(
      visits: CaseVisits(database: database, desk: care.desk, keys: care.keys), desk: groupDesk(practice)
    ).register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: [Groups.navigation],
      community: { people.community(forHost: $0) })
    let browser = Browser(
      routes.responder(site: site), host: Self.host, acceptLanguage: language, address: "203.0.113.9")
    if let person {
      browser.setCookie(
        "sid", try await people.openSession(of: person, level: .secondFactor, in: community).token.text)
    }
    return browser
  }
}

extension CareStation {
  func assign(_ leaders: [PersonID], _ id: CareGroupID) async throws {
    let supervisor = zheng
    try await self.in(id, as: supervisor) { desk, open, _, transaction in
      try desk.assign(
        GroupStaff(leaders: leaders, supervisor: supervisor), &open, seen: open.group.standing.events,
        in: transaction)
    }
  }

  func revise(_ terms: GroupDesk.TermsDraft, _ id: CareGroupID, seen: Int64? = nil) async throws {
    try await self.in(id) { desk, open, seal, transaction in
      try desk.revise(
        terms, &open, seen: seen ?? open.group.standing.events, sealing: seal, in: transaction)
    }
  }

  func mend(
    _ session: GroupSessionID, _ process: String, _ id: CareGroupID, as person: PersonID? = nil,
    entries: [GroupDesk.SessionDraft.Entry] = []
  ) async throws {
    let heldAt = CareStation.start - .hours(2)
    try await self.in(id, as: person) { desk, open, seal, transaction in
      try desk.mend(
        session,
        GroupDesk.SessionDraft(
          heldAt: heldAt, minutes: 60, commerce: .none, techniques: [],
          words: CareDocument([.process: process]), attendance: entries), open, sealing: seal,
        in: transaction)
    }
  }

  func read(
    _ codes: [GroupMemberID: String], _ session: GroupSessionID, _ id: CareGroupID,
    practice: PracticeLink = practice, hours: Int64 = 2
  ) async throws {
    let from = clock.now - .hours(3)
    try await self.in(id, practice: practice) { desk, open, seal, transaction in
      try desk.read(
        codes, of: session, during: from..<(from + .hours(hours)), open, sealing: seal, in: transaction)
    }
  }
}
