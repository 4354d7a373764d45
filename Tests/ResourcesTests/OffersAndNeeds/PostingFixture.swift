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

/// A community with a station and two neighbours in two households, where offers and needs are posted.
struct PostingFixture: StationFixture {
  static let offererName = "陈国强"
  static let phone = "13800138001"

  let station: TestStation
  let help: OffersAndNeeds
  /// Who needs something.
  let needer: PersonID
  /// Who offers something, and has a telephone.
  let offerer: PersonID
  let worker: PersonID

  static func with<T>(_ engine: TestEngine, _ body: (PostingFixture) async throws -> T) async throws -> T {
    let migrations =
      messagesMigrations
      + [organisationMigration, placeMigration, assetMigration, postingMigration, tieMigration]
    return try await TestStation.with(engine, migrations) { try await body(try await open($0)) }
  }

  private static func open(_ station: TestStation) async throws -> PostingFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let persons = try await station.persons([
      try TestStation.person("周秀英", home: households[0]),
      try TestStation.person(offererName, home: households[1], phone: phone),
    ])
    let staff = try await station.staff(["许社工": .socialWorker])
    let directory = station.people.directory
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(), ports: .none)
    return PostingFixture(
      station: station, help: OffersAndNeeds(ground: ground), needer: persons[0], offerer: persons[1],
      worker: staff[0])
  }

  static func terms(_ text: String, _ mode: Posting.Mode = .gift) -> PostingTerms {
    var terms = PostingTerms(
      category: .errands, text: text, units: nil, from: start, to: start + .days(10))
    terms.mode = mode
    return terms
  }

  // MARK: - Postings

  func post(_ kind: Posting.Kind, _ terms: PostingTerms, of person: PersonID) async throws -> PostingID {
    let cipher = try await help.ground.cipher(community)
    let actor = Actor(person: person, role: .resident)
    return try await write {
      try help.postings.post(
        kind, terms, of: .person(person), sealing: cipher, by: actor, isByWorker: false, in: $0)
    }
  }

  func need(_ mode: Posting.Mode = .gift) async throws -> PostingID {
    try await post(.need, Self.terms("帮我买菜", mode), of: needer)
  }

  func offer(_ mode: Posting.Mode = .gift) async throws -> PostingID {
    try await post(.offer, Self.terms("顺路带菜", mode), of: offerer)
  }

  func state(_ id: PostingID) async throws -> Posting.State {
    let found = try await database.read {
      try PostingStore.find(id, opening: nil, in: community, $0)
    }
    return try #require(found).state
  }

  // MARK: - Matches

  /// The needer asks for an offer.
  func propose(_ need: PostingID, _ offer: PostingID) async throws -> MatchID {
    let actor = Actor(person: needer, role: .resident)
    return try await write {
      try help.matches.propose(need, .offer(offer), for: .need, by: actor, isByWorker: false, in: $0)
    }
  }

  func acting(_ side: Match.Side) -> MatchActor {
    let person = side == .need ? needer : offerer
    return MatchActor(actor: Actor(person: person, role: .resident), side: side, isByWorker: false)
  }

  func agree(
    _ id: MatchID, _ side: Match.Side, seen: Int64, minutes: Int64? = nil
  ) async throws {
    let (acting, deal) = (acting(side), MatchDeal(minutes: minutes, price: nil))
    try await write { try help.matches.agree(id, deal, seen: seen, by: acting, in: $0) }
  }

  func step(_ id: MatchID, _ step: MatchStep, _ side: Match.Side, seen: Int64) async throws {
    let acting = acting(side)
    try await write { try help.matches.step(id, step, seen: seen, by: acting, in: $0) }
  }

  func match(_ id: MatchID) async throws -> Match {
    let found = try await database.read { try MatchStore.find(id, in: community, $0) }
    return try #require(found)
  }

  // MARK: - What is stored and shown

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: OffersAndNeeds.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { help.register(on: &$0) }
  }
}
