import Database
import Kernel
import TestKit
import Testing

@testable import People
@testable import Shop

/// Whoever is somebody's helper stays bound by the mandate, whatever they bring to the order desk: real mandates of People's,
/// real slips and lists of the Shop's.
@Suite("A mandate binds its helper on every ground")
struct MandateOnEveryGroundTests {
  private static func terms(_ now: Timestamp, _ change: (inout MandateTerms) -> Void = { _ in })
    -> MandateTerms
  {
    var terms = MandateTerms(
      matters: [.groceries], perOrder: .fen(6_000), perDay: .fen(6_000), perMonth: .fen(30_000),
      payWays: [.cash], expires: now + .days(100), confirmations: [.pin, .paper])
    change(&terms)
    return terms
  }

  @discardableResult
  private func give(
    _ market: Market, by principal: PersonID, to helper: PersonID,
    _ change: (inout MandateTerms) -> Void = { _ in }
  ) async throws -> Mandate {
    let terms = Self.terms(market.clock.now, change)
    return try await market.database.write(in: market.community) {
      try Mandates.give(
        terms, by: principal, to: helper,
        asking: MandateAsking(by: Actor(person: principal, role: .resident), .electronic), in: $0)
    }
  }

  private func code(_ call: () async throws -> Void) async -> String? {
    do {
      try await call()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  private func refusals(_ outcome: SlipOutcome) -> [SlipConflict] {
    if case .conflict(let all) = outcome { all } else { [] }
  }

  /// How a mandate is spoilt, and what the desk says then of a slip of ¥10.
  private static let spoilt:
    [(refusal: Problem, change: @Sendable (inout MandateTerms, MerchantID) -> Void)] = [
      (.mandateOver(.order, .fen(999)), { terms, _ in terms.perOrder = .fen(999) }),
      (.mandateMerchantBarred, { terms, merchant in terms.merchants = .except([merchant]) }),
      (.mandateMerchantBarred, { terms, _ in terms.merchants = .only([MerchantID(rawValue: 4711)]) }),
      (.mandateMatterNotCovered, { terms, _ in terms.matters = [.services, .collecting] }),
      (.mandatePayWay, { terms, _ in terms.payWays = [.voucher] }),
      (.mandateConfirmation, { terms, _ in terms.confirmations = [.pin] }),
    ]

  @Test("A slip that the helper keys stays within the mandate", arguments: TestEngine.available)
  func slips(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil], households: Self.spoilt.count) { paper in
      let merchant = try #require(paper.market.offers.first?.merchant)
      let slips = try await paper.slips()
      for (index, way) in Self.spoilt.enumerated() {
        let slip = slips[index]
        let mandate = try await give(paper.market, by: slip.person, to: paper.worker) {
          way.change(&$0, merchant)
        }
        let said = refusals(try await paper.key(slip, paper.reading([(0, 2)])))
        #expect(said == [SlipConflict(.refused, name: way.refusal.title)], "\(way.refusal.code)")
        // Once it is taken back the slip is the household's own word again, keyed by somebody of the desk.
        try await paper.market.database.write(in: paper.market.community) {
          try Mandates.revoke(mandate.id, by: Actor(person: slip.person, role: .resident), in: $0)
        }
        let order = try #require(try await paper.key(slip, paper.reading([(0, 2)])).order)
        #expect(order.mandateHelper == nil)
      }
    }
  }

  @Test("The day and the month count slips and baskets together", arguments: TestEngine.available)
  func sums(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil], households: 1) { paper in
      let slip = try await paper.slips()[0]
      let mandate = try await give(paper.market, by: slip.person, to: paper.worker) {
        $0.perOrder = .fen(1_000)
        $0.perDay = .fen(1_500)
        $0.perMonth = .fen(1_500)
      }
      let order = try #require(try await paper.key(slip, paper.reading([(0, 2)])).order)
      #expect(order.mandateHelper == paper.worker)
      let item = try #require(try await paper.market.items(paper.campaign).first?.item.id)
      func ask(_ pieces: Int64) async throws {
        let draft = AssistedOrderDesk.Draft(
          mandate: mandate.id,
          matter: .goods(paper.campaign, .place([.init(item: item, quantity: pieces)], note: "")),
          key: "form-after-slip-\(pieces)")
        _ = try await paper.market.database.write(in: paper.market.community) {
          try paper.market.shop.assistedOrderDesk.draft(
            draft, by: Actor(person: paper.worker, role: .socialWorker), in: $0)
        }
      }
      #expect(await code { try await ask(2) } == "mandate.over_day_cap")
      #expect(await code { try await ask(1) } == nil)
      #expect(try await paper.breaches() == [])
    }
  }

  @Test(
    "Whoever brings the goods or sells them keys no slip of somebody whom they help",
    arguments: TestEngine.available)
  func interests(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil], households: 2) { paper in
      let (market, slips) = (paper.market, try await paper.slips())
      try await give(market, by: slips[0].person, to: paper.worker)
      try await market.database.write(in: market.community) {
        try $0.execute(
          "UPDATE shop_campaign SET carrier_id = \(paper.worker), carrier_rate = 100 WHERE id = \(paper.campaign)"
        )
      }
      let carried = refusals(try await paper.key(slips[0], paper.reading([(0, 1)])))
      #expect(carried == [SlipConflict(.refused, name: Problem.helperIsCarrier.title)])
      let merchant = try #require(market.offers.first?.merchant)
      try await market.database.write(in: market.community) {
        try $0.execute(
          "UPDATE shop_campaign SET carrier_id = NULL, carrier_rate = 0 WHERE id = \(paper.campaign)")
        try $0.insertMembers([(person: paper.worker, merchant: merchant)])
      }
      let sold = refusals(try await paper.key(slips[0], paper.reading([(0, 1)])))
      #expect(sold == [SlipConflict(.refused, name: Problem.helperIsMerchant.title)])
    }
  }

  @Test("A leader earns nothing by the slip of somebody whom they help", arguments: TestEngine.available)
  func commission(_ engine: TestEngine) async throws {
    try await PaperFixture.with(engine, stock: [nil], households: 2) { paper in
      let (market, slips) = (paper.market, try await paper.slips())
      try await give(market, by: slips[0].person, to: market.leader)
      for slip in slips {
        _ = try await paper.key(slip, paper.reading([(0, 1)]), by: market.leader, roles: [.leader])
      }
      let terms = CampaignTerms(commission: try #require(Rate(basisPoints: 800)))
      let orders = try await market.orders(paper.campaign)
      #expect(orders.count == 2)
      for order in orders {
        let earned = terms.earning(on: order, leader: market.leader).commission
        #expect(earned == (order.person == slips[0].person ? .none : terms.commission))
      }
      #expect(try await paper.breaches() == [])
    }
  }

  @Test(
    "Words in the chat are no way that a principal can choose, so the helper places none of them",
    arguments: TestEngine.available)
  func chat(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let items = try (0..<3).map { _ in try CampaignItemDraft(price: .fen(500), stockKind: .onDemand) }
      let campaign = try await market.find(try await market.campaign(items))
      let mandate = try await give(market, by: market.li, to: market.leader)
      let chat = market.shop.chatOrders
      try await chat.paste("#接龙\n1. 3-501 小王 A2\n2. 3-502 李叔 A1", into: campaign, by: try market.actor())
      let (placed, refused) = try await chat.place(of: campaign, by: try market.actor())
      #expect(placed == 1 && refused.values.map(\.code) == ["mandate.confirmation"])
      #expect(try await market.orders(campaign.id).map(\.person) == [market.wangSon])
      try await market.database.write(in: market.community) {
        try Mandates.revoke(mandate.id, by: Actor(person: market.li, role: .resident), in: $0)
      }
      let again = try await chat.place(of: campaign, by: try market.actor())
      #expect(again.0 == 1 && again.1.isEmpty)
    }
  }

  @Test(
    "A cap is raised by the principal alone, and the desk waits for its day; taken back it ends at once",
    arguments: TestEngine.available)
  func raised(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let item = try CampaignItemDraft(price: .fen(500), stockKind: .onDemand)
      let campaign = try await market.campaign([item], market.draft(cutOffAt: Market.start + .hours(72)))
      let id = try #require(try await market.items(campaign).first?.item.id)
      let helper = try await market.person("许社工", [.socialWorker])
      let mandate = try await give(market, by: market.wang, to: helper) { $0.perOrder = .fen(1_000) }
      func ask(_ key: String) async throws {
        let draft = AssistedOrderDesk.Draft(
          mandate: mandate.id,
          matter: .goods(campaign, .place([.init(item: id, quantity: 3)], note: "")),
          key: key)
        _ = try await market.database.write(in: market.community) {
          try market.shop.assistedOrderDesk.draft(
            draft, by: Actor(person: helper, role: .socialWorker), in: $0)
        }
      }
      func raise(by actor: Actor, _ evidence: MandateEvidence) async throws {
        let wider = Self.terms(Market.start)
        try await market.database.write(in: market.community) {
          try Mandates.change(
            mandate.id, to: wider, asking: MandateAsking(by: actor, evidence), in: $0)
        }
      }
      let paper = MandateEvidence(.signedPaper, place: .home)
      #expect(
        await code { try await raise(by: Actor(person: helper, role: .socialWorker), paper) }
          == "mandate.by_helper")
      #expect(
        await code { try await raise(by: Actor(person: market.li, role: .resident), .electronic) }
          == "mandate.not_by_principal")
      #expect(await code { try await ask("before-it-is-raised") } == "mandate.over_order_cap")
      try await raise(by: Actor(person: market.wang, role: .resident), .electronic)
      market.clock.advance(by: .hours(24) - .seconds(1))
      #expect(await code { try await ask("a-second-too-early") } == "mandate.over_order_cap")
      market.clock.advance(by: .seconds(1))
      #expect(await code { try await ask("after-a-whole-day") } == nil)
      try await market.database.write(in: market.community) {
        try Mandates.revoke(mandate.id, by: Actor(person: market.wang, role: .resident), in: $0)
      }
      #expect(await code { try await ask("revoked-this-second") } == "mandate.revoked")
    }
  }
}
