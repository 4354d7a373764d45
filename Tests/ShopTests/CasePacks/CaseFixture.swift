import Database
import Kernel
import TestKit
import Testing

@testable import Shop

/// A campaign whose first item is bought by the case at ¥3.50 a piece; the second is ordinary.
struct CaseFixture: Sendable {
  let pickup = PickupFixture()
  let told = ToldBooks()

  var desk: DeskFixture { pickup.desk }
  var item: CampaignItemID { desk.item(0) }

  /// An empty database whose clock stands at the start of the campaign.
  func with(_ engine: TestEngine, _ body: @Sendable (Database) async throws -> Void) async throws {
    pickup.clock.move(to: DeskFixture.start)
    try await engine.withDatabase(shopMigrations, clock: pickup.clock.clock, body)
  }

  func seed(
    _ database: Database, size: Int64 = 6, minimum: Int64 = 0, stock: Int64? = nil, limit: Int64? = nil,
    rule: ShortageRule = .firstCome
  ) async throws {
    try await pickup.seed(database, items: [(stock, limit), (nil, nil)], rule: rule)
    try await database.write(in: pickup.community) {
      try $0.execute(
        "UPDATE shop_campaign_item SET case_size = \(size), minimum_quantity = \(minimum) WHERE id = \(item)")
    }
  }

  /// A wish for pieces of an item by its number, with what would be taken beyond them.
  func wish(_ quantity: Int64, _ tolerance: Int64 = 0, of number: Int64 = 0) -> OrderRequest.Wish {
    OrderRequest.Wish(item: desk.item(number), quantity: quantity, tolerance: tolerance)
  }

  func request(_ person: Int64, _ key: String, _ command: OrderRequest.Command) throws -> OrderRequest {
    try desk.request(person: person, key: "case-\(key)-of-person-\(person)", command)
  }

  /// Decides one request as the desk does.
  @discardableResult
  func decide(_ request: OrderRequest, _ database: Database) async throws -> Order {
    pickup.clock.advance(by: .seconds(1))
    let answers = try await database.write(in: desk.community) {
      try OrderDesk.decide([request], told.books, .ownOnly, in: $0)
    }
    return try #require(answers.first).get().order
  }

  @discardableResult
  func place(_ database: Database, _ person: Int64, _ wishes: OrderRequest.Wish...) async throws -> Order {
    try await decide(request(person, "place", .place(wishes, note: "")), database)
  }

  func change(_ database: Database, _ order: Order, _ wishes: OrderRequest.Wish...) async throws -> Order {
    try await decide(
      request(
        order.person.rawValue, "change-\(order.id)-\(order.revision)",
        .change(order.id, revision: order.revision, wishes, note: "")), database)
  }

  /// Past the cut-off, closed by the campaign's own job.
  func close(_ database: Database) async throws {
    pickup.clock.move(to: DeskFixture.start + .hours(24))
    try await database.write(in: desk.community) {
      try CloseCampaign.close(desk.campaign, told.books, in: $0)
    }
  }

  func arrive(_ database: Database, _ pieces: Int64, use: SurplusUse? = .stock) async throws {
    let actor = try pickup.actor()
    try await database.write(in: desk.community) {
      try ArrivalStore.record(
        [ArrivalEntry(item: item, arrived: pieces, surplusUse: use)], of: desk.campaign, told.books,
        by: actor,
        in: $0)
    }
  }

  /// The lines of the item by the person that ordered.
  func lines(_ database: Database) async throws -> [Int64: OrderLine] {
    let orders = try await pickup.orders(database)
    let pairs = orders.compactMap { order in
      order.lines.first { $0.item == item }.map { (order.person.rawValue, $0) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  func demand(_ database: Database) async throws -> CasePack.Demand? {
    try await database.read { snapshot in
      let items = try CampaignStore.items([item], in: desk.community, snapshot)
      return try CaseClaimStore.levels(of: items, in: snapshot)[item]?.demand
    }
  }

  func events(_ kind: String, _ database: Database) async throws -> [String] {
    try await database.read {
      try $0.values("SELECT body FROM platform_event WHERE kind = \(kind) ORDER BY sequence", as: String.self)
    }
  }
}
