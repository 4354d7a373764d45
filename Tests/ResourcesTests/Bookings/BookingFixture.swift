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

/// A community with a station, an organisation, and a yard that a neighbour keeps. Nothing is booked yet.
struct BookingFixture: StationFixture {
  static let bookerName = "周秀英"
  static let phone = "13800138001"
  static let organisationName = "枫林助老会"
  static let shop = MerchantDirectory.Card(id: MerchantID(rawValue: 900_001), name: "巷口小店")

  let station: TestStation
  let logistics: Logistics
  let yard: PlaceID
  /// Has a telephone.
  let booker: PersonID
  let stranger: PersonID
  let keeper: PersonID
  let organisation: OrganisationID
  /// Acts for the organisation.
  let representative: PersonID
  /// Acts for the shop.
  let shopkeeper: PersonID
  let worker: PersonID

  /// - Parameter change: what of the terms is not as it mostly is.
  static func with<T>(
    _ engine: TestEngine, _ change: (inout BookableTerms) -> Void = { _ in },
    _ body: (BookingFixture) async throws -> T
  ) async throws -> T {
    let migrations =
      messagesMigrations + [organisationMigration, placeMigration, bookingMigration, tieMigration]
    return try await TestStation.with(engine, migrations) { station in
      let fixture = try await open(station)
      var terms = terms(keeper: .person(fixture.keeper))
      change(&terms)
      try await fixture.open(terms)
      return try await body(fixture)
    }
  }

  private static func merchants(keptBy shopkeeper: PersonID) -> MerchantDirectory {
    MerchantDirectory(
      cards: { wanted, _, _ in wanted.contains(shop.id) ? [shop.id: shop] : [:] },
      represented: { person, _, _ in person == shopkeeper ? [shop] : [] },
      persons: { merchant, _, _ in merchant == shop.id ? [shopkeeper] : [] }, choices: { _, _ in [shop] })
  }

  private static func open(_ station: TestStation) async throws -> BookingFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let persons = try await station.persons([
      try TestStation.person(bookerName, home: households[0], phone: phone),
      try TestStation.person("陈国强", home: households[1]),
      try TestStation.person("王师傅", home: households[1]),
      try TestStation.person("李会长", home: households[1], phone: "13800138004"),
      try TestStation.person("周老板", home: households[1]),
    ])
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(),
      ports: ResourcePorts(merchants: merchants(keptBy: persons[4])))
    let actor = Actor(person: staff[0], role: .socialWorker)
    let organisations = Organisations(ground: ground)
    let (organisation, yard) = try await station.database.write(in: station.community) { transaction in
      let organisation = try organisations.desk.make(
        OrganisationTerms(
          kind: .association, name: Phrase(organisationName, "Maple Elders"),
          description: Phrase("帮老人办事。", "Helps older people."), phone: "021-5555 0199", website: "",
          merchant: nil, visibility: .everybody), by: actor, in: transaction)
      try organisations.desk.addRepresentative(
        phone: "13800138004", to: organisation, by: actor, in: transaction)
      let yard = try PlaceDesk(directory: directory).make(placeTerms, by: actor, in: transaction)
      return (organisation, yard)
    }
    return BookingFixture(
      station: station, logistics: Logistics(ground: ground), yard: yard, booker: persons[0],
      stranger: persons[1], keeper: persons[2], organisation: organisation, representative: persons[3],
      shopkeeper: persons[4],
      worker: staff[0])
  }

  private static let placeTerms = PlaceTerms(
    kind: .openSpace, name: Phrase("枫林小院", "Maple Yard"), address: "3号楼北侧",
    hours: OpeningHours("周一至周六 9:00–17:00") ?? .none, visibility: .everybody)

  /// Three tables by the hour, a week ahead, without anybody's yes.
  static func terms(keeper: Party) -> BookableTerms {
    BookableTerms(
      slotMinutes: 60, capacity: 3, unit: "张桌子", longestMinutes: 180, daysAhead: 7, keeper: keeper,
      rules: Phrase("用完扫地。", "Please sweep afterwards."), audience: .everyone, needsYes: false, price: "")
  }

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  /// An hour of the clocks of the community, so many days after its Monday.
  static func hour(_ hour: Int64, onDay day: Int64 = 1) -> Timestamp {
    CivilDateTime(year: 2026, month: 11, day: 23).timestamp(offsetSeconds: 28_800) + .days(day)
      + .hours(hour)
  }

  static func time(
    _ from: Int64, _ to: Int64, onDay day: Int64 = 1, amount: Int64 = 1
  ) -> OccupiedTime {
    OccupiedTime(from: hour(from, onDay: day), to: hour(to, onDay: day), amount: amount)
  }

  // MARK: - Places

  func open(_ terms: BookableTerms) async throws {
    try await write { try logistics.desk.open(yard, on: terms, by: actor, in: $0) }
  }

  func bookable() async throws -> BookablePlace {
    let found = try await database.read { try BookablePlaceStore.find(yard, in: community, $0) }
    return try #require(found)
  }

  func closeBooking() async throws {
    let seen = try await bookable().revision
    try await write { try logistics.desk.close(yard, seen: seen, by: actor, in: $0) }
  }

  /// The place itself is there no more.
  func closePlace() async throws {
    let desk = PlaceDesk(directory: people.directory)
    try await write { transaction in
      let place = try #require(try PlaceStore.find(yard, in: community, transaction))
      try desk.close(yard, seen: place.revision, by: actor, in: transaction)
    }
  }

  // MARK: - Bookings

  @discardableResult
  func book(
    _ time: OccupiedTime, for party: Party? = nil, by person: PersonID? = nil, isByWorker: Bool = false,
    purpose: String = "包饺子"
  ) async throws -> PlaceBookingID {
    let cipher = try await logistics.ground.cipher(community)
    let wish = BookingWish(party: party ?? .person(booker), time: time, purpose: purpose)
    let booking = isByWorker ? actor : Actor(person: person ?? booker, role: .resident)
    return try await write {
      try logistics.desk.book(
        wish, at: yard, offsetSeconds: 28_800, sealing: cipher, by: booking, isByWorker: isByWorker, in: $0)
    }
  }

  /// The code of the problem that a booking meets; nil where it is made.
  func refusal(
    _ time: OccupiedTime, for party: Party? = nil, by person: PersonID? = nil, purpose: String = "包饺子"
  ) async -> String? {
    await Self.code { try await book(time, for: party, by: person, purpose: purpose) }
  }

  /// - Parameter person: nil for the station.
  func move(
    _ id: PlaceBookingID, to state: PlaceBooking.State, seen: Int64 = 0, by person: PersonID?
  ) async throws {
    let moving = person.map { Actor(person: $0, role: .resident) } ?? actor
    try await write {
      try logistics.desk.move(id, to: state, seen: seen, by: moving, isByWorker: person == nil, in: $0)
    }
  }

  func booking(_ id: PlaceBookingID) async throws -> PlaceBooking {
    let cipher = try await logistics.ground.cipher(community)
    let found = try await database.read {
      try BookingStore.find(id, opening: cipher, in: community, $0)
    }
    return try #require(found)
  }

  // MARK: - What is stored and shown

  func runJobs() async throws {
    try await JobRunner(database, handlers: logistics.jobs).runDue()
  }

  func messages(_ kind: MessageKind, to person: PersonID) async throws -> Int {
    try await count(
      "SELECT count(*) FROM messages_message WHERE kind = \(kind.code) AND recipient_id = \(person)")
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: Logistics.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { logistics.register(on: &$0) }
  }
}
