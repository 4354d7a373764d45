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

/// A community with a station, a resident and no place yet.
struct PlaceFixture: StationFixture {
  let station: TestStation
  let places: Places
  let other: CommunityID
  let resident: PersonID
  let worker: PersonID

  static func with<T>(_ engine: TestEngine, _ body: (PlaceFixture) async throws -> T) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [organisationMigration, placeMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> PlaceFixture {
    let households = try await station.households([("3", "2", "501")])
    let residents = try await station.persons([
      try TestStation.person("邻居", home: households[0], phone: nil)
    ])
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(), ports: .none)
    return PlaceFixture(
      station: station, places: Places(ground: ground), other: try await station.otherCommunity(),
      resident: residents[0], worker: staff[0])
  }

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  static func terms(_ visibility: Place.Visibility = .everybody) -> PlaceTerms {
    PlaceTerms(
      kind: .venue, name: Phrase("活动室", "Common room"), address: "3号楼一层",
      hours: OpeningHours("周一至周五 9:00–17:00") ?? .none, visibility: visibility,
      position: GeoPosition(latitude: 38.9, longitude: 121.5))
  }

  func make(_ terms: PlaceTerms) async throws -> PlaceID {
    try await write { try places.desk.make(terms, by: actor, in: $0) }
  }

  func place(_ id: PlaceID) async throws -> Place {
    try #require(try await database.read { try PlaceStore.find(id, in: community, $0) })
  }

  /// Everything on the plan.
  func outlines() async throws -> [KeptOutline] {
    try await database.read { try PlanStore.all(in: community, $0) }
  }

  func publicPlaces() async throws -> [PlaceCard] {
    try await database.read { try PlaceDirectory().publicCards(in: community, $0) }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { places.register(on: &$0) }
  }

  /// A building with a name and a road without one.
  static let plan = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"3号楼","name:en":"Building 3"},"geometry":{"type":"Polygon",
    "coordinates":[[[121.5,38.9],[121.501,38.9],[121.501,38.9005],[121.5,38.9005],[121.5,38.9]]]}},
    {"type":"Feature","properties":{"kind":"road"},"geometry":{"type":"LineString",
    "coordinates":[[121.499,38.899],[121.502,38.899]]}}]}
    """
}
