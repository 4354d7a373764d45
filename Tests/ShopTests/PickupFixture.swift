import Database
import Kernel
import Security
import TestKit
import Testing

@testable import Shop

/// A campaign on its way from the cut-off to the last bag, on top of `DeskFixture`'s.
struct PickupFixture: Sendable {
  let desk = DeskFixture()
  let codes = PickupCodes(keys: DerivedKeys(root: Array(repeating: 7, count: 32)))
  let clock = MovableClock(DeskFixture.start)

  var community: CommunityID { desk.community }

  /// Someone who may run the campaign: its leader, or a member of the committee.
  func actor(_ person: Int64 = 7) throws -> CampaignActor {
    try #require(
      CampaignActor(
        person: PersonID(rawValue: person), roles: person == 7 ? [.leader] : [.committee], leader: desk.leader
      ))
  }

  func seed(
    _ database: Database, items: [(stock: Int64?, limit: Int64?)], rule: ShortageRule = .firstCome
  ) async throws {
    try await desk.seed(database, items: items)
    try await database.write(in: community) { transaction in
      try transaction.execute(
        "UPDATE shop_campaign SET shortage_rule = \(rule), lottery_seed = 'a1b2' WHERE id = \(desk.campaign)")
      try transaction.execute(
        """
        INSERT INTO shop_pickup_point (id, community_id, name_zh, name_en, note_zh, note_en, created_at)
        VALUES (1, \(community), '3号楼大堂', 'Lobby 3', '', '', \(DeskFixture.start))
        """)
    }
  }

  /// Places an order and answers it.
  func place(
    _ database: Database, person: Int64, household: Int64? = nil, _ wishes: [(Int64, Int64)]
  ) async throws -> Order? {
    let request = try desk.place(
      person: person, household: household, key: "order-of-person-\(person)-key", wishes)
    let answers = try await database.write(in: community) { transaction in
      try OrderDesk.decide([request], .cashOnly, .ownOnly, in: transaction)
    }
    return try? answers.first?.get().order
  }

  /// Past the cut-off, with the campaign closed by its own job.
  func close(_ database: Database) async throws {
    clock.move(to: DeskFixture.start + .hours(24))
    try await database.write(in: community) { try CloseCampaign.close(desk.campaign, .cashOnly, in: $0) }
  }

  /// Counts pieces of items by their number.
  func arrive(_ database: Database, _ pieces: [(Int64, Int64)], use: SurplusUse? = .stock) async throws {
    let actor = try actor()
    try await database.write(in: community) { transaction in
      try ArrivalStore.record(
        pieces.map { ArrivalEntry(item: desk.item($0.0), arrived: $0.1, surplusUse: use) }, of: desk.campaign,
        .cashOnly,
        by: actor, in: transaction)
    }
  }

  func order(_ id: OrderID, _ database: Database) async throws -> Order {
    try #require(try await database.read { try OrderStore.find(id, in: community, $0) })
  }

  func orders(_ database: Database) async throws -> [Order] {
    try await database.read { try OrderStore.list(ofCampaign: desk.campaign, in: community, $0) }
  }

  /// A request for everything that is ready of an order, with its right code unless told otherwise.
  func request(
    _ order: Order, pieces: [Int: Int64]? = nil, cash: Money = .zero, proof: HandoverRequest.Proof? = nil,
    key: String = "pickup-key-of-desk-1"
  ) -> HandoverRequest {
    HandoverRequest(
      order: order.id, revision: order.revision,
      pieces: pieces ?? Dictionary(uniqueKeysWithValues: order.lines.map { ($0.position, $0.ready) }),
      cash: cash, proof: proof ?? .code(codes.code(for: order) ?? ""), key: key)
  }

  func handOver(
    _ request: HandoverRequest, by person: Int64 = 7, _ database: Database
  ) async throws -> HandoverAnswer {
    let (desk, actor) = (HandoverDesk(codes: codes, books: .cashOnly), try actor(person))
    return try await database.write(in: community) { try desk.handOver(request, by: actor, in: $0) }
  }

  func breaches(_ database: Database) async throws -> [Breach] {
    try await database.read { try $0.breaches(of: ShopInvariants.invariants) }
  }
}
