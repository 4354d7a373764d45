import Database
import Kernel
import TestKit
import Testing

@testable import Shop

/// Orders of two items of one product, closed, counted in and handed over, on top of `PickupFixture`'s campaign.
struct ReviewFixture: Sendable {
  let pickup = PickupFixture()
  /// Of the product and the merchant that `DeskFixture` seeds.
  let product = ProductID(rawValue: 1)
  let merchant = MerchantID(rawValue: 1)
  let farmer = PersonID(rawValue: 90)

  var community: CommunityID { pickup.community }

  static func with(
    _ engine: TestEngine, _ body: (ReviewFixture, Database) async throws -> Void
  ) async throws {
    let fixture = ReviewFixture()
    try await engine.withDatabase(shopMigrations, clock: fixture.pickup.clock.clock) { database in
      try await body(fixture, database)
    }
  }

  /// One order for each of these persons, of one piece of each item; what is in `left` stays on the table.
  func collected(
    _ database: Database, persons: [Int64], items: Int64 = 2, left: Set<Int64> = []
  ) async throws -> [Order] {
    try await pickup.seed(database, items: (0..<items).map { _ in (nil, nil) })
    try await database.write(in: community) { try $0.insertMembers([(person: farmer, merchant: merchant)]) }
    var orders: [Order] = []
    for person in persons {
      orders.append(
        try #require(try await pickup.place(database, person: person, (0..<items).map { ($0, 1) })))
    }
    try await pickup.close(database)
    try await pickup.arrive(database, (0..<items).map { ($0, Int64(persons.count)) })
    pickup.clock.advance(by: .hours(1))
    for order in orders where !left.contains(order.person.rawValue) {
      let order = try await pickup.order(order.id, database)
      _ = try await pickup.handOver(
        pickup.request(order, key: "pickup-key-of-\(order.id)"), database)
    }
    return try await pickup.orders(database)
  }

  func author(of order: Order, members: [Int64]? = nil) -> ReviewAuthor {
    ReviewAuthor(
      person: order.person, household: order.household,
      members: members?.map(PersonID.init(rawValue:)) ?? [order.person])
  }

  @discardableResult
  func write(
    _ rating: Review.Rating, _ text: String = "", at position: Int = 0, of order: Order,
    by author: ReviewAuthor? = nil, _ database: Database
  ) async throws -> ShownReview {
    let draft = ReviewDraft(rating, try ReviewText(text, by: .household))
    let author = author ?? self.author(of: order)
    return try await database.write(in: community) {
      try ReviewStore.write(draft, at: position, of: order.id, by: author, in: $0)
    }
  }

  func followUp(_ text: String, of order: Order, at position: Int = 0, _ database: Database) async throws {
    let text = try ReviewText(text, by: .household)
    try await database.write(in: community) {
      try ReviewStore.followUp(text, at: position, of: order.id, by: author(of: order), in: $0)
    }
  }

  func answer(_ text: String, to shown: ShownReview, asLeader: Bool = false, _ database: Database)
    async throws
  {
    let answerer = try #require(
      ReviewAnswerer(
        person: asLeader ? pickup.desk.leader : farmer, roles: asLeader ? [.leader] : [.merchant],
        merchants: asLeader ? [] : [merchant], of: shown.review))
    let text = try ReviewText(text, by: answerer.voice)
    try await database.write(in: community) { try ReviewStore.answer(text, by: answerer, in: $0) }
  }

  func summary(_ database: Database) async throws -> ReviewSummary {
    try await database.read { try ReviewStore.summary(of: .product(product), in: community, $0) }
  }

  func count(_ database: Database, _ query: Query) async throws -> Int {
    try await database.read { try $0.value(query) ?? 0 }
  }
}

/// The problem that a change ends with.
func reviewProblem(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch { return (error as? Problem)?.code ?? "\(error)" }
}
