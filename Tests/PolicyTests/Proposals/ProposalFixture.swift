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
struct ProposalFixture: StationFixture {
  static let policy = ProposalPolicies.Card(id: PolicyID(rawValue: 41), title: "加装扶手办法", version: 3)
  static let meeting = MeetingDirectory.Card(
    id: ProposalMeetingID(rawValue: 51), title: Phrase("冬季居民会议", "Winter meeting"), startsAt: start,
    path: "/activities/51")

  let station: TestStation
  let proposals: Proposals
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
    try await TestStation.with(engine, messagesMigrations + [proposalMigration]) {
      try await body(try await open($0, more: more))
    }
  }

  /// - Parameter more: households beside the fifteen, in building 7.
  private static func open(_ station: TestStation, more: Int) async throws -> ProposalFixture {
    let other = try await station.otherCommunity()
    var doors = (101...112).map { (building: "3", unit: "1", room: "\($0)") }
    doors += (201...203).map { ("5", "", "\($0)") }
    doors += (0..<more).map { ("7", "", "\(1000 + $0)") }
    let households = try await station.households(doors)
    let stranger = try await station.households([("3", "1", "101")], in: other)[0]
    let persons = try await station.persons(
      try households.prefix(15).enumerated().flatMap { index, household in
        try ["李\(index)叔", "王\(index)姨"].map { try TestStation.person($0, home: household) }
      })
    let staff = try await station.staff(["许社工": .socialWorker, "沈督导": .supervisor, "居委周": .committee])
    let directory = station.people.directory
    return ProposalFixture(
      station: station,
      proposals: Proposals(
        database: station.database, directory: directory, vault: station.vault,
        messenger: Messenger(directory: directory, services: []),
        meetings: MeetingDirectory(
          choices: { _, _ in [meeting] }, card: { id, _, _ in id == meeting.id ? meeting : nil }),
        policies: ProposalPolicies(
          choices: { _, _ in [policy] }, card: { id, _, _ in id == policy.id ? policy : nil })),
      other: other, households: households,
      residents: stride(from: 0, to: persons.count, by: 2).map { [persons[$0], persons[$0 + 1]] },
      stranger: stranger, worker: staff[0], supervisor: staff[1], committee: staff[2])
  }

  // MARK: - Who acts

  var asWorker: Actor { Actor(person: worker, role: .socialWorker) }

  // MARK: - The way of a proposal

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

  func number(_ query: Query) async throws -> Int { try await count(query) }

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

  // MARK: - Browsers

  /// - Parameter person: nil for who is not signed in.
  func browser(of person: PersonID?, language: String = "zh") async throws -> Browser {
    try await station.browser(of: person, language: language, navigation: Proposals.navigation) {
      proposals.register(on: &$0)
    }
  }
}
