import Database
import Interop
import Kernel
import Messages
import People
import TestKit
import Testing

@testable import Resources

/// A community with a station, two neighbours and an empty support network.
struct OrganisationsFixture: StationFixture {
  let station: TestStation
  let organisations: Organisations
  /// The first has a telephone.
  let neighbours: [PersonID]
  let worker: PersonID

  static func with<T>(
    _ engine: TestEngine, _ body: (OrganisationsFixture) async throws -> T
  ) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [organisationMigration, placeMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> OrganisationsFixture {
    let households = try await station.households([("3", "2", "501")])
    let neighbours = try await station.persons(
      try (0..<2).map { number in
        try TestStation.person(
          "邻居\(number + 1)", home: households[0], phone: number == 0 ? "13800138001" : nil)
      })
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(), ports: .none)
    return OrganisationsFixture(
      station: station, organisations: Organisations(ground: ground), neighbours: neighbours,
      worker: staff[0])
  }

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  static func terms(_ visibility: Organisation.Visibility = .everybody) -> OrganisationTerms {
    OrganisationTerms(
      kind: .association, name: Phrase("枫林助老会", "Maple Elders"),
      description: Phrase("帮老人办事。", "Helps older people."), phone: "021-5555 0199", website: "",
      merchant: nil, visibility: visibility)
  }

  /// One that is confirmed, with one service.
  func make(_ visibility: Organisation.Visibility = .everybody) async throws -> OrganisationID {
    let (desk, actor) = (organisations.desk, actor)
    return try await write { transaction in
      let id = try desk.make(Self.terms(visibility), by: actor, in: transaction)
      try desk.confirm(id, seen: 0, by: actor, in: transaction)
      let service = DirectoryServiceTerms(
        name: Phrase("陪诊", "Company to the clinic"), description: Phrase("陪您去看病。", "Comes along."))
      _ = try desk.makeService(service, of: id, by: actor, in: transaction)
      return id
    }
  }

  var places: Places { Places(ground: organisations.ground) }

  func makePlace(_ visibility: Place.Visibility = .everybody) async throws -> PlaceID {
    try await write {
      try places.desk.make(PlaceFixture.terms(visibility), by: actor, in: $0)
    }
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: Organisations.invariants + Places.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  /// A public place of the community next door.
  func otherPlace() async throws -> PlaceID {
    let (other, desk, actor) = (try await station.otherCommunity(), places.desk, actor)
    return try await database.write(in: other) {
      try desk.make(PlaceFixture.terms(), by: actor, in: $0)
    }
  }

  /// The services of an organisation.
  func services(of id: OrganisationID) async throws -> [DirectoryService] {
    try await database.read { try DirectoryServiceStore.all(of: id, in: community, $0) }
  }

  func promises(of id: OrganisationID) async throws -> [SupportPromise] {
    try await database.read { try PromiseStore.all(of: id, in: community, $0) }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person) { routes in
      organisations.register(on: &routes)
      places.register(on: &routes)
      HSDS(ground: organisations.ground).register(on: &routes)
    }
  }
}
