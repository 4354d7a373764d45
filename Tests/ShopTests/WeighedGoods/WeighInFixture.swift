import Database
import Kernel
import Synchronization
import TestKit
import Testing

@testable import Shop

/// What the Shop told the books, with the money that a test says was paid.
final class ToldBooks: Sendable {
  let paid = Mutex<[OrderID: Money]>([:])
  let settlements = Mutex<[Settlement]>([])
  let deliveries = Mutex<[Delivery]>([])

  var books: Bookkeeping {
    Bookkeeping(
      paid: { [self] orders, _, _ in
        paid.withLock { paid in Dictionary(uniqueKeysWithValues: orders.map { ($0, paid[$0] ?? .zero) }) }
      },
      takeCash: { [self] cash, _, _ in
        try paid.withLock { $0[cash.order] = try ($0[cash.order] ?? .zero).adding(cash.amount) }
      },
      deliver: { [self] delivery, _, _ in deliveries.withLock { $0.append(delivery) } },
      settle: { [self] settlement, _, _ in settlements.withLock { $0.append(settlement) } },
      finish: { _, _, _ in }, platformRate: { _, _ in .none }, funds: { _, _ in [] },
      money: { _, _, _ in OrderMoney() })
  }
}

/// A campaign whose first item is sold at ¥20.00 a kilogram, 500 g a piece, 10 % tolerance; the second is ordinary.
struct WeighInFixture: Sendable {
  static let price: Int64 = 2_000
  let pickup = PickupFixture()
  let told = ToldBooks()

  var item: CampaignItemID { pickup.desk.item(0) }

  func seed(_ database: Database, stock: Int64? = nil, rule: ShortageRule = .firstCome) async throws {
    try await pickup.seed(database, items: [(stock, nil), (nil, nil)], rule: rule)
    try await database.write(in: pickup.community) { transaction in
      try transaction.execute(
        """
        UPDATE shop_campaign_item SET weighed_basis = 'kilogram', typical_grams = 500, tolerance_percent = 10,
          label_code = '00042', price = \(Self.price) WHERE id = \(item)
        """)
    }
  }

  /// An order of so many weighed pieces and so many ordinary ones, closed and counted in.
  func arrived(
    _ database: Database, _ wishes: [(Int64, Int64)] = [(0, 2), (1, 3)], came: Int64? = nil
  ) async throws -> Order {
    try await seed(database)
    let placed = try #require(try await pickup.place(database, person: 11, wishes))
    try await pickup.close(database)
    let counts = wishes.map { ($0.0, $0.0 == 0 ? came ?? $0.1 : $0.1) }
    try await pickup.arrive(database, counts)
    return try await pickup.order(placed.id, database)
  }

  func scale(_ person: Int64 = 7) throws -> WeighInActor {
    try #require(
      WeighInActor(
        person: PersonID(rawValue: person), roles: person == 7 ? [.leader] : [.committee], merchants: [],
        of: campaign))
  }

  /// As much of the campaign as the actor asks for.
  private var campaign: Campaign {
    let draft = CampaignDraft(
      title: Phrase(same: ""), note: Phrase(same: ""), opensAt: DeskFixture.start,
      cutOffAt: DeskFixture.start,
      pickupPoint: PickupPointID(rawValue: 1), pickupFrom: DeskFixture.start, pickupUntil: DeskFixture.start,
      minimum: .none, shortageRule: .firstCome)
    return Campaign(
      id: pickup.desk.campaign, community: pickup.community, leader: pickup.desk.leader, draft: draft,
      lotterySeed: "", clonedFrom: nil)
  }

  func weigh(
    _ database: Database, _ grams: Int64, _ order: OrderID, seen: Int64? = nil, by person: Int64 = 7
  ) async throws {
    let actor = try scale(person)
    try await database.write(in: pickup.community) {
      try WeighInStore.record(
        [WeighInEntry(order: order, grams: grams, seen: seen)], of: item, told.books, by: actor, in: $0)
    }
  }

  func agree(
    _ database: Database, to amount: Int64, _ order: Order, household: HouseholdID? = nil
  ) async throws -> Order {
    try await database.write(in: pickup.community) {
      try WeighInStore.agree(
        to: .fen(amount), at: 0, of: order.id, household: household ?? order.household, by: order.person,
        told.books, in: $0)
    }
  }

  func handOver(_ request: HandoverRequest, _ database: Database) async throws -> HandoverAnswer {
    let desk = HandoverDesk(codes: pickup.codes, books: told.books)
    let actor = try pickup.actor()
    return try await database.write(in: pickup.community) { try desk.handOver(request, by: actor, in: $0) }
  }

  func count(_ database: Database, _ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }
}

/// The problem that a change ends with.
func weighInProblem(_ body: () async throws -> Void) async -> Problem? {
  do {
    try await body()
    return nil
  } catch { return error as? Problem }
}
