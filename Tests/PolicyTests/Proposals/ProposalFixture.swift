import Database
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Policy

/// A community of twelve households in building 3, which is big enough to be named, and three in building 5, which is not.
/// Two persons live in each. The clock stands at Monday 16:00 local time.
struct ProposalFixture: Sendable {
  static let host = "maple.test"
  static let start = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  static let policy = ProposalPolicies.Card(id: PolicyID(rawValue: 41), title: "加装扶手办法", version: 3)
  static let meeting = MeetingDirectory.Card(
    id: ProposalMeetingID(rawValue: 51), title: Phrase("冬季居民会议", "Winter meeting"), startsAt: start,
    path: "/activities/51")

  let database: Database
  let clock: MovableClock
  let people: People
  let proposals: Proposals
  let community: CommunityID
  let other: CommunityID
  /// Twelve in building 3, then three in building 5.
  let households: [HouseholdID]
  /// Two of each household, in their order.
  let residents: [[PersonID]]
  let stranger: HouseholdID
  let worker: PersonID
  let supervisor: PersonID
  let committee: PersonID

  static func with<T>(
    _ engine: TestEngine, more: Int = 0, _ body: (ProposalFixture) async throws -> T
  ) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(
      peopleMigrations + messagesMigrations + [proposalMigration], clock: clock.clock
    ) { database in try await body(try await open(database, clock, more: more)) }
  }

  /// - Parameter more: households beside the fifteen, in building 7.
  private static func open(
    _ database: Database, _ clock: MovableClock, more: Int
  ) async throws -> ProposalFixture {
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
    var doors = try (101...112).map { try Door(building: "3", unit: "1", room: "\($0)") }
    doors += try (201...203).map { try Door(building: "5", unit: "", room: "\($0)") }
    doors += try (0..<more).map { try Door(building: "7", unit: "", room: "\(1000 + $0)") }
    let households = try await people.createHouseholds(
      try doors.map { try HouseholdDraft(door: $0) }, in: community)
    let stranger = try await people.createHouseholds(
      [HouseholdDraft(door: Door(building: "3", unit: "1", room: "101"))], in: other)[0]
    let persons = try await people.createPersons(
      try households.prefix(15).enumerated().flatMap { index, household in
        try ["李\(index)叔", "王\(index)姨"].map {
          try PersonDraft(displayName: $0, household: household, phone: nil)
        }
      }, in: community)
    let staff = try await people.createPersons(
      try [("许社工", Role.socialWorker), ("沈督导", .supervisor), ("居委周", .committee)].map { name, role in
        var draft = try PersonDraft(displayName: name, household: nil, phone: nil)
        draft.roles = [role]
        return draft
      }, in: community)
    return ProposalFixture(
      database: database, clock: clock, people: people,
      proposals: Proposals(
        database: database, directory: people.directory, vault: vault,
        messenger: Messenger(directory: people.directory, services: []),
        meetings: MeetingDirectory(
          choices: { _, _ in [meeting] }, card: { id, _, _ in id == meeting.id ? meeting : nil }),
        policies: ProposalPolicies(
          choices: { _, _ in [policy] }, card: { id, _, _ in id == policy.id ? policy : nil })),
      community: community, other: other, households: households,
      residents: stride(from: 0, to: persons.count, by: 2).map { [persons[$0], persons[$0 + 1]] },
      stranger: stranger, worker: staff[0], supervisor: staff[1], committee: staff[2])
  }

  // MARK: - Who acts

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }

  // MARK: - The way of a proposal

  func write<T: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
    try await database.write(in: community, work)
  }

  func find(_ id: ProposalID) async throws -> Proposal {
    let found = try await database.read { [community] in try ProposalStore.find(id, in: community, $0) }
    return try #require(found)
  }

  func events(_ id: ProposalID) async throws -> [ProposalEvent] {
    try await database.read { [community] in try ProposalStore.events(of: id, in: community, $0) }
  }

  func submit(
    _ title: String = "3号楼门口装扶手", by person: PersonID? = nil, wishesName: Bool = false
  ) async throws -> ProposalID {
    let author = person ?? residents[0][0]
    return try await write { [proposals] in
      try proposals.desk.submit(
        ProposalDraft(title: title, text: "老人进出不方便。", wishesName: wishesName), for: .resident(author), in: $0)
    }
  }

  func screen(_ id: ProposalID, _ change: ProposalChange) async throws {
    let seen = try await find(id).standing.events
    let actor = asWorker
    try await write { [proposals] in
      try proposals.desk.screen(ProposalScreening(change: change), of: id, seen: seen, by: actor, in: $0)
    }
  }

  /// A proposal that is being discussed.
  func open(_ title: String = "3号楼门口装扶手", by person: PersonID? = nil) async throws -> ProposalID {
    let id = try await submit(title, by: person)
    try await screen(id, .accepted(reason: "大家都关心。"))
    return id
  }

  func voting(
    options: [String] = [], majority: DecisionRule.Majority = .simple, quorum: Int64 = 0,
    opens: Duration = .hours(1), closes: Duration = .days(3)
  ) -> ProposalVoting {
    ProposalVoting(
      options: options, opensAt: clock.now + opens, closesAt: clock.now + closes,
      rule: DecisionRule(majority: majority, quorum: Rate(basisPoints: quorum) ?? Rate.none))
  }

  func announce(_ voting: ProposalVoting, _ id: ProposalID) async throws {
    let seen = try await find(id).standing.events
    let actor = asWorker
    try await write { [proposals] in
      try proposals.ballots.announce(voting, of: id, seen: seen, by: actor, in: $0)
    }
  }

  /// A proposal of which votes are taken now.
  func voted(_ voting: ProposalVoting? = nil) async throws -> ProposalID {
    let id = try await open()
    let voting = voting ?? self.voting()
    try await announce(voting, id)
    clock.move(to: voting.opensAt)
    return id
  }

  func box() async throws -> BallotBox { try await proposals.box(of: community) }

  /// One household votes, by one of its persons.
  func vote(_ number: Int, _ household: HouseholdID, by person: PersonID, on id: ProposalID, box: BallotBox)
    async throws
  {
    try await write { [proposals] in
      try proposals.ballots.vote(
        number, HouseholdVote(household: household, voice: .own(person)), on: id, sealing: box, in: $0)
    }
  }

  /// The first households vote as the numbers say, one after another.
  func vote(_ numbers: [Int], on id: ProposalID) async throws {
    let box = try await box()
    for (index, number) in numbers.enumerated() {
      try await vote(number, households[index], by: residents[index % 15][0], on: id, box: box)
    }
  }

  /// Counts after the end.
  func count(_ id: ProposalID) async throws -> CountedVote {
    let standing = try await find(id).standing
    if let closesAt = standing.closesAt, clock.now < closesAt { clock.move(to: closesAt) }
    let (box, actor) = (try await box(), asWorker)
    try await write { [proposals] in
      try proposals.ballots.count(id, seen: standing.events, opening: box, by: actor, in: $0)
    }
    let counted = try await database.read { [community] in try BallotStore.counted(id, in: community, $0) }
    return try #require(counted)
  }

  func send(_ id: ProposalID, to addressee: ProposalAddressee = .committee) async throws {
    let (seen, actor) = (try await find(id).standing.events, asWorker)
    let sending = ProposalSending(addressee: addressee, reference: nil, dueAt: clock.now + .days(10))
    try await write { [proposals] in
      try proposals.results.send(sending, id, seen: seen, by: actor, in: $0)
    }
  }

  func answer(
    _ id: ProposalID, _ outcome: ProposalOutcome = .accepted, to addressee: ProposalAddressee = .committee,
    by person: PersonID? = nil, holding roles: Set<Role> = [.committee]
  ) async throws {
    let seen = try await find(id).standing.events
    let answer = ProposalAnswer(
      outcome: outcome, text: "开春就装。", addressee: addressee, reference: nil, answeredAt: clock.now)
    let person = person ?? committee
    try await write { [proposals] in
      try proposals.results.answer(answer, to: id, seen: seen, by: person, holding: roles, in: $0)
    }
  }

  /// A proposal that passed with twelve votes, was accepted, and is under way.
  func tracked() async throws -> ProposalID {
    let id = try await voted()
    try await vote(Array(repeating: 1, count: 12), on: id)
    _ = try await count(id)
    try await send(id)
    try await answer(id)
    let (seen, actor) = (try await find(id).standing.events, asWorker)
    try await write { [proposals] in
      try proposals.results.begin("装一副扶手。", of: id, seen: seen, by: actor, in: $0)
    }
    return id
  }

  // MARK: - What is stored

  func number(_ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: ProposalInvariants.invariants).map { "\($0)" } }
  }

  /// Does what is due now.
  func runJobs() async throws {
    try await JobRunner(database, handlers: proposals.jobs).runDue()
  }

  func messages(to person: PersonID) async throws -> [String] {
    try await database.read {
      try $0.values("SELECT text_zh FROM messages_message WHERE recipient_id = \(person) ORDER BY id")
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

  // MARK: - Browsers

  /// - Parameter person: nil for who is not signed in.
  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    var routes = Routes()
    people.routes(&routes)
    proposals.register(on: &routes)
    let site = Site(
      isSecure: false, secret: [UInt8](repeating: 42, count: 32), clock: clock.clock,
      sessions: people.sessions, staticFiles: try StaticFiles.load(), navigation: Proposals.navigation,
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
