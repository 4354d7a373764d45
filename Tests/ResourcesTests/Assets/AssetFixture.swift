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

/// A community with a station, a committee and three neighbours, and the asset map.
struct AssetFixture: StationFixture {
  let station: TestStation
  let map: AssetMap
  let neighbours: [PersonID]
  let worker: PersonID
  /// A room that everybody may know of.
  let room: PlaceID

  static func with<T>(_ engine: TestEngine, _ body: (AssetFixture) async throws -> T) async throws -> T {
    let migrations = messagesMigrations + [organisationMigration, placeMigration, assetMigration]
    return try await TestStation.with(engine, migrations) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> AssetFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let neighbours = try await station.persons(
      try (0..<3).map { number in
        try TestStation.person("邻居\(number + 1)", home: households[number < 2 ? 0 : 1], phone: nil)
      })
    let staff = try await station.staff(["许社工": .socialWorker])
    try await station.database.write(in: station.community) { transaction in
      try Consents.addNotices([NoticeTexts.gifts], in: transaction)
    }
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(), ports: .none)
    let actor = Actor(person: staff[0], role: .socialWorker)
    let room = try await station.database.write(in: station.community) {
      try Places(ground: ground).desk.make(PlaceFixture.terms(), by: actor, in: $0)
    }
    return AssetFixture(
      station: station, map: AssetMap(ground: ground), neighbours: neighbours, worker: staff[0], room: room)
  }

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  /// A gift of a person, or a group's entry where it is of nobody.
  static func terms(
    of person: PersonID?, _ visibility: Asset.Visibility = .residents, contact: Asset.Contact = .message
  ) -> AssetTerms {
    var terms = AssetTerms(
      kind: person == nil ? .association : .personGift, gift: person == nil ? nil : .hand,
      name: Phrase(person == nil ? "合唱队" : "修自行车", person == nil ? "Choir" : "Mending bicycles"))
    terms.category = person == nil ? .company : .repair
    terms.holder = person.map { .person($0) }
    terms.visibility = visibility
    terms.contact = contact
    return terms
  }

  func make(_ terms: AssetTerms, description: String = "周末在楼下修车") async throws -> AssetID {
    let cipher = try await map.ground.cipher(community)
    return try await write {
      try map.desk.make(terms, description: description, sealing: cipher, by: actor, in: $0)
    }
  }

  func verify(_ id: AssetID) async throws {
    try await write { transaction in
      let seen = try AssetStore.find(id, in: transaction.community, transaction)?.revision ?? 0
      try map.desk.verify(id, seen: seen, by: actor, in: transaction)
    }
  }

  func withdraw(_ id: AssetID) async throws {
    try await write { transaction in
      let seen = try AssetStore.find(id, in: transaction.community, transaction)?.revision ?? 0
      try map.desk.withdraw(id, seen: seen, by: actor, in: transaction)
    }
  }

  /// The answer of somebody to the question whether neighbours may see what they offer.
  func answer(_ person: PersonID, isGiven: Bool) async throws {
    try await write { transaction in
      let notice = try #require(try Consents.notice(GiftConsent.notice, in: transaction))
      try Consents.record(
        Consents.Draft(
          subject: person, notice: notice, expires: transaction.now + .days(365),
          evidence: .electronic(person)), isGiven: isGiven,
        by: Actor(person: person, role: .resident), in: transaction)
    }
  }

  /// What somebody sees now, by every way of reading.
  func seen(by audience: AssetAudience) async throws -> Set<AssetID> {
    try await database.read { snapshot in
      let found = try AssetStore.list(
        AssetFilter(), to: audience, limit: 500, in: community, snapshot)
      return Set(
        try map.gate.shown(
          found, to: audience == .station ? .station : .neighbours, in: community, snapshot
        ).map(\.id))
    }
  }

  /// Those among these that somebody sees by asking for each.
  func shown(_ ids: [AssetID], to audience: AssetAudience) async throws -> Set<AssetID> {
    try await database.read { snapshot in
      let found = try AssetStore.shown(Set(ids), to: audience, in: community, snapshot)
      return Set(
        try map.gate.shown(
          found, to: audience == .station ? .station : .neighbours, in: community, snapshot
        ).map(\.id))
    }
  }

  /// Those among these that other capabilities get.
  func cards(_ ids: [AssetID]) async throws -> Set<AssetID> {
    try await database.read {
      Set(
        try AssetDirectory(directory: map.ground.directory).cards(of: Set(ids), in: community, $0).keys)
    }
  }

  /// How many entries the map shows at its places.
  func placed(for audience: AssetAudience) async throws -> Int64 {
    try await database.read {
      try map.places(AssetFilter(), to: audience, in: community, $0).reduce(0) { $0 + $1.count }
    }
  }

  /// Does what is due now.
  func runJobs() async throws {
    try await JobRunner(database, handlers: map.jobs + people.jobs).runDue()
  }

  func asset(_ id: AssetID) async throws -> Asset? {
    try await database.read { try AssetStore.find(id, in: community, $0) }
  }

  func available(_ category: ResourceCategory) async throws -> [AssetID] {
    try await database.read {
      try AssetDirectory(directory: map.ground.directory).available(category, in: community, $0).map(\.id)
    }
  }

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: AssetMap.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { map.register(on: &$0) }
  }
}
