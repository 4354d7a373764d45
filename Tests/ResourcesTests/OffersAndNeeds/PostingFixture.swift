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

/// A community with a station and three neighbours in two households, where offers and needs are posted. The
/// one who offers acts for a shop as well, the one who needs for an organisation.
struct PostingFixture: StationFixture {
  static let offererName = "陈国强"
  static let phone = "13800138001"
  static let shop = Party.merchant(MerchantID(rawValue: 900_001))

  let station: TestStation
  let help: OffersAndNeeds
  /// Who needs something, and has no telephone.
  let needer: PersonID
  /// Who offers something, and has a telephone.
  let offerer: PersonID
  /// Who has nothing to do with it.
  let stranger: PersonID
  let worker: PersonID
  /// The needer acts for it.
  let group: Party

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
      try TestStation.person("过路人", home: households[1]),
    ])
    let staff = try await station.staff(["许社工": .socialWorker])
    let ground = ground(station, offerer: persons[1])
    let group = try await organisation(ground, station, of: persons[0], by: staff[0])
    return PostingFixture(
      station: station, help: OffersAndNeeds(ground: ground), needer: persons[0], offerer: persons[1],
      stranger: persons[2], worker: staff[0], group: .organisation(group))
  }

  private static func ground(_ station: TestStation, offerer: PersonID) -> ResourceGround {
    let directory = station.people.directory
    let id = MerchantID(rawValue: shop.id)
    let card = MerchantDirectory.Card(id: id, name: "老陈粮油")
    let merchants = MerchantDirectory(
      cards: { wanted, _, _ in wanted.contains(id) ? [id: card] : [:] },
      represented: { person, _, _ in person == offerer ? [card] : [] },
      persons: { merchant, _, _ in merchant == id ? [offerer] : [] })
    return ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(),
      ports: ResourcePorts(merchants: merchants))
  }

  private static func organisation(
    _ ground: ResourceGround, _ station: TestStation, of person: PersonID, by worker: PersonID
  ) async throws -> OrganisationID {
    let desk = Organisations(ground: ground).desk
    let actor = Actor(person: worker, role: .socialWorker)
    let terms = OrganisationTerms(
      kind: .association, name: Phrase("枫林助老会", "Maple Elders"),
      description: Phrase("帮老人办事。", "Helps older people."), phone: "021-5555 0199", website: "",
      merchant: nil, visibility: .everybody)
    return try await station.database.write(in: station.community) { transaction in
      let id = try desk.make(terms, by: actor, in: transaction)
      try desk.confirm(id, seen: 0, by: actor, in: transaction)
      _ = try RepresentativeStore.add(person, to: id, by: actor, in: transaction)
      return id
    }
  }

  static func terms(_ text: String, _ mode: Posting.Mode = .gift) -> PostingTerms {
    var terms = PostingTerms(
      category: .errands, text: text, units: nil, from: start, to: start + .days(10))
    terms.mode = mode
    return terms
  }

  // MARK: - Postings

  func post(
    _ kind: Posting.Kind, _ terms: PostingTerms, of person: PersonID, for party: Party? = nil
  ) async throws -> PostingID {
    let cipher = try await help.ground.cipher(community)
    let actor = Actor(person: person, role: .resident)
    return try await write {
      try help.postings.post(
        kind, terms, of: party ?? .person(person), sealing: cipher, by: actor, isByWorker: false, in: $0)
    }
  }

  func need(_ mode: Posting.Mode = .gift) async throws -> PostingID {
    try await post(.need, Self.terms("帮我买菜", mode), of: needer)
  }

  func offer(_ mode: Posting.Mode = .gift) async throws -> PostingID {
    try await post(.offer, Self.terms("顺路带菜", mode), of: offerer)
  }

  func withdraw(_ id: PostingID, by person: PersonID) async throws {
    let actor = Actor(person: person, role: .resident)
    try await write { try help.postings.withdraw(id, seen: 0, by: actor, isByWorker: false, in: $0) }
  }

  func state(_ id: PostingID) async throws -> Posting.State {
    let found = try await database.read {
      try PostingStore.find(id, opening: nil, in: community, $0)
    }
    return try #require(found).state
  }

  /// An entry of the asset map, held by the shop and made sure of.
  func asset() async throws -> AssetID {
    let map = AssetMap(ground: help.ground)
    let cipher = try await help.ground.cipher(community)
    let actor = Actor(person: worker, role: .socialWorker)
    var terms = AssetTerms(kind: .exchange, name: Phrase("送货小车", "Handcart"))
    terms.category = .transport
    terms.holder = Self.shop
    let asked = terms
    return try await write { transaction in
      let id = try map.desk.make(asked, description: "周末空着", sealing: cipher, by: actor, in: transaction)
      try map.desk.verify(id, seen: 0, by: actor, in: transaction)
      return id
    }
  }

  func endAsset(_ id: AssetID) async throws {
    let map = AssetMap(ground: help.ground)
    let actor = Actor(person: worker, role: .socialWorker)
    try await write { transaction in
      let seen = try AssetStore.find(id, in: transaction.community, transaction)?.revision ?? 0
      try map.desk.withdraw(id, seen: seen, by: actor, in: transaction)
    }
  }

  // MARK: - Matches

  /// The needer asks for an offer.
  func propose(_ need: PostingID, _ offer: PostingID) async throws -> MatchID {
    try await propose(need, .offer(offer), for: .need, by: needer)
  }

  func propose(
    _ need: PostingID, _ source: Match.Source, for side: Match.Side, by person: PersonID
  ) async throws -> MatchID {
    let actor = Actor(person: person, role: .resident)
    return try await write {
      try help.matches.propose(need, source, for: side, by: actor, isByWorker: false, in: $0)
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

  /// Two postings, a match of them, and both yeses.
  func agreed(_ mode: Posting.Mode = .gift) async throws -> MatchID {
    let id = try await propose(try await need(mode), try await offer(mode))
    let minutes: Int64? = mode == .credit ? 60 : nil
    try await agree(id, .give, seen: 0, minutes: minutes)
    try await agree(id, .need, seen: 1)
    return id
  }

  func step(_ id: MatchID, _ step: MatchStep, _ side: Match.Side, seen: Int64) async throws {
    let acting = acting(side)
    try await write { try help.matches.step(id, step, seen: seen, by: acting, in: $0) }
  }

  func share(_ shares: Bool, _ id: MatchID, _ side: Match.Side) async throws {
    let acting = acting(side)
    try await write { try help.matches.sharePhone(shares, in: id, by: acting, in: $0) }
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

  /// Whether the offerer's number stands in a text, however its digits are set apart.
  static func showsNumber(_ text: String) -> Bool {
    text.filter { $0 != " " && $0 != "-" }.contains(phone)
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { help.register(on: &$0) }
  }
}
