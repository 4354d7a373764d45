import Database
import Interop
import Kernel
import Messages
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Resources

/// A community with two buildings, a merchant, a station, and a Shop that notes what is held back.
struct AlertsFixture: StationFixture {
  static let merchant = MerchantID(rawValue: 501)
  static let product: Int64 = 901

  /// What the Shop was asked for.
  final class ShopBook: Sendable {
    let said = Mutex<[String]>([])

    func note(_ text: String) { said.withLock { $0.append(text) } }
    var all: [String] { said.withLock { $0 } }
  }

  let station: TestStation
  let market: CleanMarket
  let shop: ShopBook
  /// The first lives in building 3, the second in building 5.
  let neighbours: [PersonID]
  let seller: PersonID
  let worker: PersonID
  let committee: PersonID

  static func with<T>(
    _ engine: TestEngine, _ body: (AlertsFixture) async throws -> T
  ) async throws -> T {
    try await TestStation.with(engine, messagesMigrations + [alertMigration]) {
      try await body(try await open($0))
    }
  }

  private static func open(_ station: TestStation) async throws -> AlertsFixture {
    let households = try await station.households([("3", "2", "501"), ("5", "1", "301")])
    let neighbours = try await station.persons(
      try (0..<3).map { number in
        try TestStation.person(
          "邻居\(number + 1)", home: households[number == 0 ? 0 : 1],
          phone: number == 0 ? "13800138001" : nil)
      })
    let staff = try await station.staff(["许社工": .socialWorker, "陈主任": .committee])
    let (directory, shop, seller) = (station.people.directory, ShopBook(), neighbours[2])
    let ground = ResourceGround(
      database: station.database, directory: directory, vault: station.vault,
      messenger: Messenger(directory: directory, services: []), pictures: PictureReencoder(),
      ports: ResourcePorts(merchants: merchants(seller)))
    let market = CleanMarket(
      ground: ground, digests: BlindIndex(key: [UInt8](repeating: 7, count: 32)), ports: ports(shop))
    return AlertsFixture(
      station: station, market: market, shop: shop, neighbours: neighbours, seller: seller,
      worker: staff[0], committee: staff[1])
  }

  private static func merchants(_ seller: PersonID) -> MerchantDirectory {
    let card = MerchantDirectory.Card(id: merchant, name: "老王水果")
    return MerchantDirectory(
      cards: { wanted, _, _ in wanted.contains(merchant) ? [merchant: card] : [:] },
      represented: { person, _, _ in person == seller ? [card] : [] },
      persons: { wanted, _, _ in wanted == merchant ? [seller] : [] })
  }

  private static func ports(_ shop: ShopBook) -> AlertPorts {
    let hit = ListingHit(
      product: product, merchant: merchant, title: Phrase("神奇蜂蜜", "Miracle honey"),
      path: "/merchants/501", why: Phrase("写着这个电话", "The number stands there"))
    return AlertPorts(
      listings: ListingWatch(
        search: { traces, _, _ in traces.phones.isEmpty ? [] : [hit] },
        names: { products, _, _ in
          Dictionary(products.map { ($0, Phrase("神奇药水", "Miracle drops")) }) { one, _ in one }
        },
        hold: { hold, _ in shop.note("hold \(hold.product) until \(hold.lapsesAt.microseconds)") },
        confirm: { _, _ in shop.note("confirm") }, release: { _, _ in shop.note("release") }),
      quizzes: QuizLinks { _, _ in [QuizLinks.Link(title: "识骗问答", path: "/quizzes/1")] },
      losses: losses, voices: VoiceNotes { VoiceNotes.Recording(bytes: $0, seconds: 9) })
  }

  private static let losses = PickupLossFigures(
    path: "/desk/pickup-patterns", readers: [.committee]
  ) { _, _, _ in
    typealias Share = PickupLossFigures.Share
    let (lobby, worst) = (Phrase("3号楼大堂", "The lobby"), Share(astray: 30, handedOver: 300))
    return PickupLossFigures.Figures(
      hours: [PickupLossFigures.Hour(place: lobby, hour: 17, share: worst)],
      fixes: [
        PickupLossFigures.Fix(
          place: lobby, name: Phrase("装了灯", "A lamp"), beganAt: start, before: worst,
          since: Share(astray: 6, handedOver: 400)),
        PickupLossFigures.Fix(
          place: lobby, name: Phrase("写大号", "Large numbers"), beganAt: start, before: worst, since: nil),
      ])
  }

  var actor: Actor { Actor(person: worker, role: .socialWorker) }

  func resident(_ person: PersonID) -> Actor { Actor(person: person, role: .resident) }

  // MARK: - Reports

  func cipher() async throws -> FieldCipher { try await market.ground.cipher(community) }

  func report(
    _ details: ScamReport.Details = .none, _ kind: ScamReport.Kind = .call, by person: PersonID
  ) async throws -> ScamReportID {
    let (cipher, actor) = (try await cipher(), resident(person))
    return try await write { [market] transaction in
      let id = try market.reports.take(kind, from: person, by: actor, in: transaction)
      if details != .none {
        try market.reports.describe(id, details, sealing: cipher, by: actor, in: transaction)
      }
      return id
    }
  }

  func find(_ id: ScamReportID) async throws -> ScamReport {
    let cipher = try await cipher()
    let found = try await database.read {
      try ScamReportStore.find(id, opening: cipher, in: community, $0)
    }
    return try #require(found)
  }

  func move(_ id: ScamReportID, _ states: ScamReport.State...) async throws {
    let (cipher, actor) = (try await cipher(), actor)
    for state in states {
      let seen = try await find(id).revision
      try await write { [market] transaction in
        try market.reports.move(
          id, to: state, note: "打电话核过", seen: seen, sealing: cipher, by: actor, in: transaction)
      }
    }
  }

  // MARK: - Warnings

  func terms(buildings: Set<String> = [], days: Int64 = 10) -> AlertTerms {
    AlertTerms(
      title: Phrase("假冒医保局", "Fake insurance office"), looks: Phrase("说医保卡要停", "Your card will stop"),
      advice: Phrase("挂掉，打 96110", "Hang up and call 96110"), number: "", buildings: buildings,
      until: Self.start + .days(days))
  }

  func publish(_ terms: AlertTerms, from id: ScamReportID) async throws -> AlertCardID {
    let report = try await find(id)
    let actor = actor
    return try await write { [market] transaction in
      let card = try market.cards.make(terms, from: report, by: actor, in: transaction)
      try market.cards.publish(card, seen: 0, by: actor, in: transaction)
      return card
    }
  }

  func shown(to building: String?) async throws -> [AlertCardID] {
    try await database.read {
      try AlertCardStore.shown(to: building, limit: 30, in: community, $0).map(\.id)
    }
  }

  func runJobs() async throws {
    try await JobRunner(database, handlers: market.jobs).runDue()
  }

  /// Whom a warning was sent to.
  func warned() async throws -> Set<PersonID> {
    let kind = AlertNotices.warned.code
    let all = try await database.read {
      try $0.values("SELECT recipient_id FROM messages_message WHERE kind = \(kind)", as: PersonID.self)
    }
    // Nobody twice.
    #expect(Set(all).count == all.count)
    return Set(all)
  }

  /// Asks the merchant about a report, with the goods held back.
  func ask(about id: ScamReportID) async throws -> HearingID {
    let (report, actor) = (try await find(id), actor)
    return try await write { [market] transaction in
      try market.hearings.ask(
        HearingDesk.Charge(merchant: Self.merchant, product: Self.product, words: "说明书写着能治病"),
        about: report, by: actor, in: transaction)
    }
  }

  // MARK: - What is stored

  func breaches() async throws -> [String] {
    try await database.read {
      try $0.breaches(of: CleanMarket.invariants).map { "\($0.name): \($0.detail)" }
    }
  }

  func browser(of person: PersonID? = nil) async throws -> Browser {
    try await station.browser(of: person, address: "203.0.113.9") { market.register(on: &$0) }
  }
}

/// The code of the problem that some work ends with; nil where it ends well.
func alertProblem(_ work: () async throws -> Void) async -> String? {
  do {
    try await work()
    return nil
  } catch { return (error as? Problem)?.code ?? "\(error)" }
}
