import Database
import Interop
import Kernel
import Messages
import Security
import TestKit
import Testing
import Web

@testable import People
@testable import Resources

/// A community with a station, a shopkeeper who drives for the shop, and nine neighbours who agreed to be counted.
struct VanTripFixture: StationFixture {
  static let shop = MerchantID(rawValue: 900_501)
  /// Two days ahead at eight in the morning.
  static let leavesAt = start + .days(2) - .hours(8)
  static let joinUntil = leavesAt - .hours(12)

  let station: TestStation
  let van: VanTrips
  /// Acts for the shop.
  let seller: PersonID
  let neighbours: [PersonID]
  let worker: PersonID

  static func with<T>(_ engine: TestEngine, _ body: (VanTripFixture) async throws -> T) async throws -> T {
    let migrations =
      messagesMigrations + [organisationMigration, placeMigration, tieMigration, vanTripMigration]
    return try await TestStation.with(engine, migrations) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> VanTripFixture {
    let households = try await station.households([("3", "2", "501")])
    let persons = try await station.persons(
      try (0..<10).map { number in
        try TestStation.person(
          number == 0 ? "王老板" : "邻居甲\(number)", home: households[0],
          phone: number < 2 ? "1380013800\(number)" : nil)
      })
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(),
      ports: ResourcePorts(merchants: merchants(persons[0])))
    let fixture = VanTripFixture(
      station: station, van: VanTrips(ground: ground), seller: persons[0],
      neighbours: Array(persons.dropFirst()), worker: staff[0])
    for person in fixture.neighbours { try await fixture.agree(person) }
    return fixture
  }

  private static func merchants(_ seller: PersonID) -> MerchantDirectory {
    let card = MerchantDirectory.Card(id: shop, name: "老王水果")
    return MerchantDirectory(
      cards: { wanted, _, _ in wanted.contains(shop) ? [shop: card] : [:] },
      represented: { person, _, _ in person == seller ? [card] : [] },
      persons: { wanted, _, _ in wanted == shop ? [seller] : [] })
  }

  /// Somebody agrees to be counted in the network.
  private func agree(_ person: PersonID) async throws {
    try await write { transaction in
      let notice = try #require(try Consents.notice("network-ties", in: transaction))
      try Consents.record(
        Consents.Draft(
          subject: person, notice: notice, expires: transaction.now + .days(300),
          evidence: .electronic(person)),
        isGiven: true, by: Actor(person: person, role: .resident), in: transaction)
    }
  }

  // MARK: - Who acts

  static func resident(_ person: PersonID) -> VanActor {
    VanActor(actor: Actor(person: person, role: .resident), isByWorker: false)
  }

  var byWorker: VanActor {
    VanActor(actor: Actor(person: worker, role: .socialWorker), isByWorker: true)
  }

  // MARK: - Trips

  static func terms(
    _ room: VanLoad = VanLoad(crates: 5, kilograms: 100), _ answers: VanTrip.Answers = .driver
  ) -> VanTripTerms {
    VanTripTerms(
      from: "3号楼门口", to: "农贸批发市场", fromPlace: nil, toPlace: nil, leavesAt: leavesAt, isReturn: true,
      returnsAt: leavesAt + .hours(6), joinUntil: joinUntil, vehicle: "白色面包车", room: room,
      note: "后门装货", price: "分摊油费", answers: answers)
  }

  /// The shop drives, or whoever is named.
  func plan(_ terms: VanTripTerms = terms(), by person: PersonID? = nil) async throws -> VanTripID {
    let cipher = try await van.ground.cipher(community)
    let party = person.map(Party.person) ?? .merchant(Self.shop)
    let acting = Self.resident(person ?? seller)
    return try await write {
      try van.trips.plan(terms, of: party, sealing: cipher, by: acting, in: $0)
    }
  }

  func callOff(_ id: VanTripID, seen: Int64 = 0, by acting: VanActor) async throws {
    let cipher = try await van.ground.cipher(community)
    try await write {
      try van.trips.callOff(id, because: "车坏了", seen: seen, sealing: cipher, by: acting, in: $0)
    }
  }

  func finish(
    _ id: VanTripID, carried: Set<VanPartID>, seen: Int64 = 0, by acting: VanActor
  ) async throws {
    try await write { try van.trips.finish(id, carried: carried, seen: seen, by: acting, in: $0) }
  }

  func trip(_ id: VanTripID) async throws -> VanTrip {
    let cipher = try await van.ground.cipher(community)
    let found = try await database.read {
      try VanTripStore.find(id, opening: cipher, in: community, $0)
    }
    return try #require(found)
  }

  // MARK: - Parts

  static func wish(_ crates: Int64 = 1, _ kilograms: Int64 = 10) -> VanWish {
    VanWish(
      load: VanLoad(crates: crates, kilograms: kilograms),
      words: VanPartWords(what: "两筐苹果", place: "南门岗亭"))
  }

  func ask(
    _ wish: VanWish = wish(), on id: VanTripID, for party: Party, by acting: VanActor
  ) async throws -> VanPartID {
    let cipher = try await van.ground.cipher(community)
    return try await write {
      try van.parts.ask(wish, for: party, on: id, sealing: cipher, by: acting, in: $0)
    }
  }

  /// A neighbour asks for themselves.
  func ask(_ neighbour: Int, on id: VanTripID, _ wish: VanWish = wish()) async throws -> VanPartID {
    let person = neighbours[neighbour]
    return try await ask(wish, on: id, for: .person(person), by: Self.resident(person))
  }

  func move(
    _ id: VanPartID, _ state: VanPart.State, seen: Int64 = 0, by acting: VanActor
  ) async throws {
    try await write { try van.parts.move(id, to: state, seen: seen, by: acting, in: $0) }
  }

  func part(_ id: VanPartID) async throws -> VanPart {
    let cipher = try await van.ground.cipher(community)
    let found = try await database.read {
      try VanPartStore.find(id, opening: cipher, in: community, $0)
    }
    return try #require(found)
  }

  func state(_ id: VanPartID) async throws -> VanPart.State { try await part(id).state }

  // MARK: - What is stored, done later and shown

  func told(_ kind: MessageKind, _ person: PersonID) async throws -> Int {
    try await count(
      """
      SELECT count(*) FROM messages_message WHERE kind = \(kind.code) AND recipient_id = \(person)
      """)
  }

  func runJobs(at moment: Timestamp) async throws {
    clock.move(to: moment)
    try await JobRunner(database, handlers: van.jobs + people.jobs).runDue()
  }

  /// What the deletion of somebody does here.
  func erase(_ person: PersonID) async throws {
    let subject = DataSubject(person: person, household: nil, community: community)
    try await write { transaction in
      try van.forget(subject, in: transaction)
      try ErasureStore.end(VanTripPersonRows.tables, about: subject, later: false, in: transaction)
    }
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: VanTrips.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { van.register(on: &$0) }
  }
}
