import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

/// The same campaign twice: once for two homes, once for two merchants; whatever is asked of one is asked of the other.
private struct Twin {
  let campaign: CampaignID
  let items: [CampaignItemID]
  /// Who may act, by whom they act for.
  let parties: [(standing: HouseholdID, people: [PersonID])]
  let isJoint: Bool
  var orders: [Order] = []

  func request(_ step: Step, _ number: Int, in community: CommunityID) throws -> OrderRequest {
    let (party, actor): (Int, Int) = (step.party % parties.count, step.actor)
    let command: OrderRequest.Command
    var person = parties[party].people[actor % parties[party].people.count]
    var standing = parties[party].standing
    let by: PersonID
    if let place = step.order, !orders.isEmpty {
      let order = orders[place % orders.count]
      person = order.person
      standing = order.household
      let own = try #require(parties.first { $0.standing == order.household }).people
      by = own[actor % own.count]
      command =
        step.wishes.isEmpty
        ? .cancel(order.id, revision: order.revision)
        : .change(order.id, revision: order.revision, wishes(step), note: "")
    } else {
      by = person
      command = .place(wishes(step), note: "")
    }
    return try OrderRequest(
      community: community, campaign: campaign, person: person, household: standing, actor: by,
      role: isJoint ? .merchant : .resident, authority: isJoint ? .merchant : .household,
      key: "twin-\(isJoint ? "joint" : "homes")-step-\(number)-of-\(step.seed)", command: command)
  }

  private func wishes(_ step: Step) -> [OrderRequest.Wish] {
    step.wishes.map { OrderRequest.Wish(item: items[$0.item], quantity: $0.quantity) }
  }

  mutating func note(_ order: Order) {
    if let index = orders.firstIndex(where: { $0.id == order.id }) {
      orders[index] = order
    } else {
      orders.append(order)
    }
  }
}

/// Something asked: a new order, or a change of one that is there; without wishes it is cancelled.
private struct Step {
  let seed: UInt64
  let party: Int
  let actor: Int
  let order: Int?
  let wishes: [(item: Int, quantity: Int64)]

  init(_ random: inout SeededGenerator, seed: UInt64, hasOrders: Bool) {
    self.seed = seed
    party = .random(in: 0..<2, using: &random)
    actor = .random(in: 0..<2, using: &random)
    order = hasOrders && Bool.random(using: &random) ? .random(in: 0..<100, using: &random) : nil
    let isCancelling = order != nil && Int.random(in: 0..<4, using: &random) == 0
    let chosen = (0..<3).filter { _ in Bool.random(using: &random) }
    var wishes: [(item: Int, quantity: Int64)] = []
    for item in chosen.isEmpty ? [0] : chosen { wishes.append((item, .random(in: 1...4, using: &random))) }
    self.wishes = isCancelling ? [] : wishes
  }
}

/// What of an order has to be the same in both.
private struct Outcome: Equatable {
  let number: Int64
  let fulfilment: Order.Fulfilment
  let total: Money
  let lines: [[Int64]]

  init(_ order: Order) {
    number = order.number
    fulfilment = order.fulfilment
    total = order.total
    lines = order.lines.map { [Int64($0.position), $0.quantity, $0.due, $0.price.minorUnits] }
  }
}

@Suite("Joint purchases: the same as every group-buy")
struct JointModelTests {
  @Test(
    "what is asked of a joint purchase comes out as in a group-buy: stock, limits, tiers, shortage",
    arguments: TestEngine.available)
  func twins(_ engine: TestEngine) async throws {
    try await JointFixture.with(engine) { fixture in
      for seed in [1, 2, 3] as [UInt64] { try await compare(fixture, seed) }
      #expect(try await fixture.market.breaches() == [])
    }
  }

  private func compare(_ fixture: JointFixture, _ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var (homes, joint) = try await twins(fixture, seed)
    for number in 0..<40 {
      let step = Step(&random, seed: seed, hasOrders: !homes.orders.isEmpty)
      let one = try await answer(homes.request(step, number, in: fixture.community), fixture)
      let other = try await answer(joint.request(step, number, in: fixture.community), fixture)
      switch (one, other) {
      case (.success(let one), .success(let other)):
        #expect(Outcome(one) == Outcome(other))
        homes.note(one)
        joint.note(other)
      case (.failure(let one), .failure(let other)): #expect(one.code == other.code)
      default: Issue.record("seed \(seed), step \(number): \(step)")
      }
    }
    try await fixture.market.database.write(in: fixture.community) { [homes, joint] in
      for twin in [homes, joint] {
        try $0.execute(
          "UPDATE shop_campaign SET cut_off_at = \(fixture.market.clock.now) WHERE id = \(twin.campaign)")
        try CloseCampaign.close(twin.campaign, .cashOnly, in: $0)
      }
    }
    try await expectSame(homes, joint, fixture, "seed \(seed), closed")
    if try await fixture.market.find(homes.campaign).marks.closedAt == nil { return }
    let asked = try await fixture.market.items(homes.campaign).map(\.level.promised)
    let coming = asked.map { $0 == 0 ? 0 : Int64.random(in: 0...$0, using: &random) }
    try await fixture.arrive(Array(zip(homes.items, coming)), for: homes.campaign)
    try await fixture.arrive(Array(zip(joint.items, coming)), for: joint.campaign)
    try await expectSame(homes, joint, fixture, "seed \(seed), arrived")
  }

  private func expectSame(
    _ homes: Twin, _ joint: Twin, _ fixture: JointFixture, _ when: String
  ) async throws {
    let one = try await fixture.market.orders(homes.campaign).map(Outcome.init)
    let other = try await fixture.market.orders(joint.campaign).map(Outcome.init)
    #expect(one == other, "\(when)")
    let levels = try await fixture.market.items(homes.campaign).map(\.level)
    let otherLevels = try await fixture.market.items(joint.campaign).map(\.level)
    #expect(levels == otherLevels, "\(when)")
  }

  private func answer(_ request: OrderRequest, _ fixture: JointFixture) async throws -> Result<Order, Problem>
  {
    do {
      return .success(try await fixture.market.shop.desk.submit(request).order)
    } catch let problem as Problem { return .failure(problem) }
  }

  private func twins(_ fixture: JointFixture, _ seed: UInt64) async throws -> (homes: Twin, joint: Twin) {
    let market = fixture.market
    let items = [
      try fixture.limited(8), try fixture.limited(30, limit: 6),
      try CampaignItemDraft(
        price: .fen(900), stockKind: .onDemand,
        tiers: PriceTiers([
          PriceTier(quantity: 4, price: .fen(800)), PriceTier(quantity: 9, price: .fen(700)),
        ])),
    ]
    let rule: ShortageRule = seed.isMultiple(of: 2) ? .proRata : .firstCome
    let homes = try await market.campaign(items, market.draft(minimum: .households(2), rule: rule))
    let joint = try await fixture.purchase(items, minimum: .households(2), rule: rule)
    return (
      Twin(
        campaign: homes, items: try await fixture.items(homes),
        parties: [
          (try await market.household(of: market.wang), [market.wang, market.wangSon]),
          (try await market.household(of: market.li), [market.li]),
        ], isJoint: false),
      Twin(
        campaign: joint, items: try await fixture.items(joint),
        parties: [
          (.standing(for: fixture.bakery), [fixture.baker, fixture.apprentice]),
          (.standing(for: fixture.noodles), [fixture.cook]),
        ], isJoint: true)
    )
  }
}
