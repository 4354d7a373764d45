import Database
import Kernel
import Messages
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Shop

/// Who agreed to be looked after, and what was sent to whom; both can change while a test goes on.
final class RoundWorld: Sendable {
  private let agreed = Mutex<Set<PersonID>>([])
  private let letters = Mutex<[(person: PersonID, path: String)]>([])
  private let gate = Mutex<RoundConsent?>(nil)
  private let inbox = Mutex<RoundMessages?>(nil)

  var consent: RoundConsent {
    RoundConsent { person, community, snapshot in
      if let gate = self.gate.withLock({ $0 }) {
        return try gate.allowsWellbeing(person, community, snapshot)
      }
      return self.agreed.withLock { $0.contains(person) }
    }
  }
  /// What the program's own messenger takes for a repetition was not sent.
  var messages: RoundMessages {
    RoundMessages { call, transaction in
      func inbox() throws -> Int {
        try transaction.value("SELECT count(*) FROM messages_message WHERE recipient_id = \(call.person)")
          ?? 0
      }
      let before = try inbox()
      try self.inbox.withLock { $0 }?.send(call, transaction)
      guard try inbox() > before else { return }
      self.letters.withLock { $0.append((call.person, call.path)) }
    }
  }
  var sent: [(person: PersonID, path: String)] { letters.withLock { $0 } }

  func write(with messenger: Messenger) { inbox.withLock { $0 = .messenger(messenger) } }

  /// From now on the consents that people gave are asked, as they are in the program.
  func ask(_ directory: Directory) { gate.withLock { $0 = .people(directory) } }

  func agree(_ person: PersonID, _ isAgreed: Bool = true) {
    agreed.withLock { if isAgreed { $0.insert(person) } else { $0.remove(person) } }
  }
}

/// A campaign whose goods of Mrs Wang and Mr Li are at the pickup point; both want them brought home.
struct RoundFixture: Sendable {
  let market: Market
  let world: RoundWorld
  let campaign: CampaignID
  let courier: PersonID
  let wang: Order
  let li: Order

  var database: Database { market.database }
  var community: CommunityID { market.community }
  var desk: RoundDesk { RoundDesk(directory: market.people.directory) }

  static func with(
    _ engine: TestEngine, wish: DeliveryWish = DeliveryWish(mode: .always, note: "请慢点敲门"),
    _ body: (RoundFixture) async throws -> Void
  ) async throws {
    let world = RoundWorld()
    try await Market.with(engine, consent: world.consent, messages: world.messages) { market in
      world.write(with: Messenger(directory: market.people.directory, services: []))
      let item = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
      let campaign = try await market.campaign([item, item])
      let items = try await market.items(campaign).map(\.item.id)
      for (person, key) in [(market.wang, "order-of-mrs-wang-1"), (market.li, "order-of-mr-li-0001")] {
        _ = try await market.place(person, campaign, items.map { ($0, 1) }, key: key)
      }
      try await market.arrive(items.map { ($0, 2) }, for: campaign)
      market.clock.move(to: Market.start + .hours(24))
      let orders = try await market.orders(campaign)
      let courier = try await market.person("马师傅", [.courier])
      let fixture = RoundFixture(
        market: market, world: world, campaign: campaign, courier: courier, wang: orders[0], li: orders[1])
      try await fixture.offer(20)
      for order in orders { try await fixture.wish(wish, order) }
      try await body(fixture)
    }
  }

  func offer(_ bags: Int64) async throws {
    let actor = try market.actor()
    try await database.write(in: community) {
      try DeliveryWishStore.setOffer(bags, of: campaign, by: actor, in: $0)
    }
  }

  func wish(_ wish: DeliveryWish, _ order: Order) async throws {
    let cipher = try await market.shop.deliveryCipher(of: community)
    try await database.write(in: community) {
      try DeliveryWishStore.save(
        wish, of: order.household, by: WishActor(person: order.person, role: .resident), sealing: cipher,
        in: $0)
    }
  }

  // MARK: - The round

  func make() async throws -> Round {
    let (actor, doors) = (try market.actor(), try await market.people.directory.doors(of: community))
    let made = try await database.write(in: community) {
      try desk.make(for: campaign, doors, by: actor, in: $0)
    }
    return try await round(try #require(made.first))
  }

  /// A round that the courier has set out with.
  func underWay() async throws -> Round {
    let (round, actor) = (try await make(), try market.actor())
    try await database.write(in: community) {
      try desk.give(round.id, to: courier, by: actor, in: $0)
      try desk.start(round.id, by: actor, in: $0)
    }
    return try await self.round(round.id)
  }

  func round(_ id: RoundID) async throws -> Round {
    try #require(try await database.read { try RoundStore.find(id, in: community, $0) })
  }

  func end(_ round: Round) async throws {
    let actor = try market.actor()
    try await database.write(in: community) { try desk.end(round.id, by: actor, in: $0) }
  }

  func stop(_ order: Order, _ round: Round) throws -> RoundStop {
    try #require(round.stops.first { $0.household == order.household })
  }

  @discardableResult
  func report(
    _ word: OutcomeReport.Word, _ order: Order, _ round: Round, key: String, minute: Int64 = 0,
    as role: Role = .courier
  ) async throws -> OutcomeAnswer {
    let report = OutcomeReport(
      key: key, stop: try stop(order, round).id, word: word,
      happenedAt: Market.start + .hours(24) + .minutes(minute))
    let wellbeing = market.shop.wellbeing
    let outcomes = OutcomeDesk(
      handover: HandoverDesk(codes: market.shop.pickupCodes, books: .cashOnly), books: .cashOnly,
      wellbeing: wellbeing)
    let cipher = try await market.shop.vault.cipher(for: KeyScope(community: community, dataClass: .health))
    return try await database.write(in: community) {
      try outcomes.take(
        report, of: round.id, by: Actor(person: courier, role: role), sealing: cipher, in: $0)
    }
  }

  func order(_ order: Order) async throws -> Order {
    try #require(try await database.read { try OrderStore.find(order.id, in: community, $0) })
  }

  func outcomes(_ round: Round) async throws -> [StopOutcome] {
    try await database.read { try StopOutcomeStore.list(of: round.id, in: community, $0) }
  }

  func custody() async throws -> [CustodyRecord] {
    try await database.read { try CustodyStore.records(of: campaign, in: community, $0) }
  }

  /// The problem that a change ends with.
  func problem(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }
}
