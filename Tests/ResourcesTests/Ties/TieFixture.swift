import Database
import Interop
import Kernel
import Messages
import People
import Security
import TestKit
import Testing
import Web

@testable import Resources

/// A community with a worker of the station and thirty neighbours of whom all but the last agreed to be counted. The clock
/// stands in the fourth quarter of 2026; ties are of the third, which ended last.
struct TieFixture: StationFixture {
  static let quarter = Quarter(start, offsetSeconds: 28_800).previous
  static let during = quarter.start(offsetSeconds: 28_800) + .days(10)
  static let shop = MerchantID(rawValue: 900_001)
  static let group = OrganisationID(rawValue: 900_002)

  let station: TestStation
  let network: NeighbourhoodNetwork
  let neighbours: [PersonID]
  let worker: PersonID

  static func with<T>(
    _ engine: TestEngine, together: [Tie] = [], _ body: (TieFixture) async throws -> T
  ) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [organisationMigration, tieMigration]) {
      try await body(try await open($0, together))
    }
  }

  private static func open(_ station: TestStation, _ together: [Tie]) async throws -> TieFixture {
    let households = try await station.households([("3", "2", "501")])
    let neighbours = try await station.persons(
      try (0..<30).map { try TestStation.person("邻居甲\($0 + 1)", home: households[0]) })
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let card = MerchantDirectory.Card(id: shop, name: "老陈粮油")
    let merchants = MerchantDirectory(
      cards: { wanted, _, _ in wanted.contains(shop) ? [shop: card] : [:] },
      represented: { _, _, _ in [] }, persons: { _, _, _ in [] })
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(),
      ports: ResourcePorts(merchants: merchants))
    let sources = TieSources(
      traded: { _, _, _, _ in [] },
      together: { from, until, _, _ in together.filter { from <= $0.at && $0.at < until } })
    let fixture = TieFixture(
      station: station, network: NeighbourhoodNetwork(ground: ground, sources: sources),
      neighbours: neighbours, worker: staff[0])
    for neighbour in neighbours.dropLast() { try await fixture.agree(neighbour) }
    return fixture
  }

  // MARK: - Consent

  func agree(_ person: PersonID, to code: String = "network-ties") async throws {
    try await write { transaction in
      let notice = try #require(try Consents.notice(code, in: transaction))
      try Consents.record(
        Consents.Draft(
          subject: person, notice: notice, expires: transaction.now + .days(300),
          evidence: .electronic(person)),
        isGiven: true, by: Actor(person: person, role: .resident), in: transaction)
    }
  }

  func takeBack(_ person: PersonID) async throws {
    let directory = people.directory
    try await write { transaction in
      let consents = try directory.consents(
        of: person, code: "network-ties", in: transaction.community, transaction)
      for (consent, _) in consents {
        try Consents.withdraw(
          consent.id, by: Actor(person: person, role: .resident), in: transaction)
      }
    }
  }

  // MARK: - Ties

  func record(_ ties: [Tie]) async throws {
    try await write { try network.recorder.record(ties, in: $0) }
  }

  /// Each of some neighbours bought at the shop.
  func trades(_ buyers: Range<Int>) -> [Tie] {
    buyers.map { place in
      Tie(
        .traded, from: .merchant(Self.shop), to: .person(neighbours[place]), at: Self.during,
        source: "order", sourceID: Int64(place))
    }
  }

  func stored() async throws -> Int { try await count("SELECT count(*) FROM resources_tie") }

  func counted() async throws -> [Tie] {
    let consent = TieConsent(directory: people.directory)
    let (start, end) = (Self.during - .days(1), Self.during + .days(1))
    return try await database.read {
      try TieStore.counted(from: start, until: end, consent, in: community, $0)
    }
  }

  // MARK: - Reports

  func compute() async throws {
    try await write { try NetworkRequests.ask(Self.quarter, by: nil, in: $0) }
    try await gather()
    #expect(try await network.work.round() == 1)
  }

  /// As if all ties up to this moment had been gathered.
  func gather() async throws {
    try await write { try TieStore.setGathered(until: $0.now, in: $0) }
  }

  func report() async throws -> NetworkReport? {
    try await database.read { try NetworkReportStore.find(Self.quarter, in: community, $0) }
  }

  func breaches() async throws -> [String] {
    try await database.read { try $0.breaches(of: NeighbourhoodNetwork.invariants).map(\.name) }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { network.register(on: &$0) }
  }
}
