import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("What a helper writes down for somebody, week after week")
struct StandingProposalTests {
  /// The same elder and mandate as for single orders.
  private struct Weekly {
    let elder: HelpedElder
    let database: Database

    var desk: StandingOrderDesk {
      StandingOrderDesk(books: .cashOnly, people: elder.people, proofs: elder.assistedOrderDesk.proofs)
    }
    private var community: CommunityID { elder.desk.community }

    func need(_ quantity: Int64, price: Int64 = 350) -> StandingNeed {
      StandingNeed(
        variant: VariantID(rawValue: 1), quantity: quantity, rhythm: .everyWeek,
        price: StandingPrice(.fen(price)))
    }

    func propose(
      _ needs: [StandingNeed], by helper: PersonID = HelpedElder.worker
    ) async throws -> StandingProposal {
      let draft = StandingOrderDesk.Draft(mandate: elder.id, needs: needs)
      return try await database.write(in: community) {
        try desk.propose(draft, by: elder.actor(helper), in: $0)
      }
    }

    func confirm(_ proposal: StandingProposal, _ word: PrincipalWord) async throws {
      try await database.write(in: community) { try desk.confirm(proposal.id, word, in: $0) }
    }

    func agree(_ proposal: StandingProposal, pin: String = HelpedElder.pin) async throws {
      try await confirm(
        proposal,
        try await desk.proofs.pin(pin, of: proposal.person, in: community, by: elder.actor()))
    }

    var standing: StandingOrder? {
      get async throws {
        try await database.read { try StandingOrderStore.find(of: HelpedElder.home, in: community, $0) }
      }
    }

    /// Somebody of the household writes its list.
    func write(_ needs: [StandingNeed], by person: PersonID, seen: Int64? = nil) async throws {
      _ = try await database.write(in: community) {
        try desk.set(needs, of: HelpedElder.home, by: person, seen: seen, in: $0)
      }
    }

    /// Lets the campaign of the fixture give what is due.
    func serve() async throws -> StandingTurn? {
      try await database.write(in: community) { transaction in
        guard
          let campaign = try CampaignStore.find(elder.desk.campaign, in: community, transaction),
          let standing = try StandingOrderStore.find(of: HelpedElder.home, in: community, transaction)
        else { return nil }
        try desk.serve(campaign, [standing], in: transaction)
        return try StandingTurnStore.find(
          of: standing.id, in: campaign.id, community: community, transaction)
      }
    }

    func code(_ call: () async throws -> Void) async -> String? {
      do {
        try await call()
        return nil
      } catch { return (error as? Problem)?.code ?? "\(error)" }
    }
  }

  private static func with(
    _ engine: TestEngine, _ body: @Sendable (Weekly) async throws -> Void
  ) async throws {
    try await HelpedElder.with(engine) { elder, database in
      try await database.write(in: elder.desk.community) { transaction in
        for number in 1...2 as ClosedRange<Int64> {
          try transaction.insertMerchants([
            Merchant(
              id: MerchantID(rawValue: number), community: transaction.community,
              details: Merchant.Details(
                name: Phrase("江河农场\(number)", "River Farm \(number)"), story: Phrase(same: ""), licence: "",
                phone: ""),
              createdAt: transaction.now)
          ])
        }
        try insertGoodsOfAnotherMerchant(transaction)
      }
      try await body(Weekly(elder: elder, database: database))
    }
  }

  private static func insertGoodsOfAnotherMerchant(_ transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_product (id, community_id, merchant_id, name_zh, name_en, description_zh, description_en,
        category, origin_zh, origin_en, allergens, certificate, storage, created_at, changed_at)
      VALUES (900, \(transaction.community), 2, '菠菜', 'Spinach', '', '', 'vegetables', '', '', '', '', 'chilled',
        \(transaction.now), \(transaction.now))
      """)
    try transaction.execute(
      """
      INSERT INTO shop_variant (id, community_id, product_id, sku, name_zh, name_en, pack_zh, pack_en, unit_code,
        case_size, gtin, price)
      VALUES (900, \(transaction.community), 900, 'SKU900', '', '', '500 克', '500 g', 'XBG', 1, '', 350)
      """)
  }

  @Test(
    "is nothing until the person says yes; then each order stands under the mandate",
    arguments: TestEngine.available)
  func agreed(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      let proposal = try await weekly.propose([weekly.need(2)])
      #expect(try await weekly.propose([weekly.need(2)]).id == proposal.id, "the same form twice")
      #expect(try await weekly.standing == nil)
      #expect(await weekly.code { try await weekly.agree(proposal, pin: "000000") } == "card.failed")
      #expect(
        await weekly.code { try await weekly.confirm(proposal, .session(of: HelpedElder.worker)) }
          == "not_found")
      try await weekly.agree(proposal)
      try await weekly.agree(proposal)
      let standing = try #require(try await weekly.standing)
      #expect(standing.revision == 1)
      #expect(
        standing.word
          == .mandate(weekly.elder.id, helper: HelpedElder.worker, role: .socialWorker, confirmation: .pin))
      let turn = try #require(try await weekly.serve())
      #expect(turn.lines.map(\.state) == [.ordered])
      let mandated: MandateID? = try await weekly.database.read {
        try $0.value("SELECT mandate_id FROM shop_mandate_order WHERE order_id = \(turn.order)")
      }
      #expect(mandated == weekly.elder.id)
      #expect(try await weekly.elder.desk.sold(0, in: weekly.database) == 2)
    }
  }

  @Test(
    "caps, merchants, matters, expiry and revocation hold in every week, at the desk",
    arguments: TestEngine.available)
  func capped(_ engine: TestEngine) async throws {
    let ways: [(String, @Sendable (HelpedElder) -> Void)] = [
      ("order cap", { $0.change { $0.perOrder = .fen(699) } }),
      ("day cap", { $0.change { $0.perDay = .fen(699) } }),
      ("month cap", { $0.change { $0.perMonth = .fen(699) } }),
      ("merchant", { $0.change { $0.merchants = .except([MerchantID(rawValue: 1)]) } }),
      ("matter", { $0.change { $0.matters = [.dailyGoods] } }),
      ("way", { $0.change { $0.confirmations = [.callBack] } }),
      ("expiry", { elder in elder.change { $0.expires = elder.clock.clock.now() } }),
      (
        "revoked a second ago",
        {
          $0.revoke(); $0.clock.advance(by: .seconds(1))
        }
      ),
      ("another helper", { $0.giveTo(PersonID(rawValue: 51)) }),
    ]
    for (name, takeAway) in ways {
      try await Self.with(engine) { weekly in
        weekly.elder.clock.move(to: DeskFixture.start - .hours(2))
        try await weekly.agree(try await weekly.propose([weekly.need(2)]))
        weekly.elder.clock.move(to: DeskFixture.start)
        takeAway(weekly.elder)
        let turn = try await weekly.serve()
        #expect(turn?.lines.map(\.state) == [.refused], "\(name)")
        #expect(turn?.refusal != nil && turn?.order == nil, "\(name)")
        #expect(try await weekly.elder.desk.sold(0, in: weekly.database) == 0, "\(name)")
      }
    }
  }

  @Test("what the mandate does not cover is not even written down", arguments: TestEngine.available)
  func refused(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      #expect(
        await weekly.code { _ = try await weekly.propose([weekly.need(1)], by: PersonID(rawValue: 51)) }
          == "not_found")
      weekly.elder.change { $0.merchants = .only([MerchantID(rawValue: 2)]) }
      #expect(
        await weekly.code { _ = try await weekly.propose([weekly.need(1)]) } == "mandate.merchant_barred")
      weekly.elder.change { $0.merchants = .any }
      let proposal = try await weekly.propose([weekly.need(1)])
      weekly.elder.change { $0.matters = [.services] }
      #expect(await weekly.code { try await weekly.agree(proposal) } == "mandate.matter_not_covered")
      weekly.elder.change { $0.matters = [.groceries] }
      weekly.elder.revoke()
      #expect(await weekly.code { try await weekly.agree(proposal) } == "mandate.revoked")
      #expect(try await weekly.standing == nil)
    }
  }

  @Test(
    "takes the place of a household's list with the person's own orders, and of no list beyond the mandate",
    arguments: TestEngine.available)
  func overTheirs(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      try await weekly.write([weekly.need(1, price: 1)], by: HelpedElder.husband)
      #expect(try await weekly.standing?.person == HelpedElder.husband)
      let proposal = try await weekly.propose([weekly.need(2)])
      weekly.elder.change { $0.merchants = .only([MerchantID(rawValue: 1)]) }
      let beyond = StandingNeed(
        variant: VariantID(rawValue: 900), quantity: 1, rhythm: .everyWeek, price: StandingPrice(.fen(350)))
      try await weekly.write([weekly.need(1, price: 1), beyond], by: HelpedElder.husband, seen: 1)
      #expect(await weekly.code { try await weekly.agree(proposal) } == "standing_order.of_household")
      #expect(
        await weekly.code { _ = try await weekly.propose([weekly.need(3)]) } == "standing_order.of_household")
      try await weekly.write([weekly.need(1, price: 1)], by: HelpedElder.husband, seen: 2)
      try await weekly.agree(proposal)
      #expect(try await weekly.standing?.person == HelpedElder.elder)
      #expect(try await weekly.elder.desk.sold(0, in: weekly.database) == 2)
    }
  }

  @Test("a helper pauses what she wrote down, and nothing else", arguments: TestEngine.available)
  func pausing(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      func pause(until: Timestamp?) async throws {
        try await weekly.database.write(in: weekly.elder.desk.community) {
          try weekly.desk.pause(
            HelpedElder.home, until: until, by: weekly.elder.actor(HelpedElder.worker), in: $0)
        }
      }
      let day = DeskFixture.start + .days(30)
      try await weekly.write([weekly.need(1, price: 1)], by: HelpedElder.elder)
      #expect(await weekly.code { try await pause(until: day) } == "not_found")
      try await weekly.agree(try await weekly.propose([weekly.need(1, price: 1)]))
      try await pause(until: day)
      weekly.elder.revoke()
      #expect(await weekly.code { try await pause(until: nil) } == "not_found")
      #expect(try await weekly.standing?.pausedUntil == day)
    }
  }

  @Test(
    "waits a day and is void; a newer list takes the place of one that waits", arguments: TestEngine.available
  )
  func void(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      let first = try await weekly.propose([weekly.need(1)])
      let second = try await weekly.propose([weekly.need(3)])
      #expect(await weekly.code { try await weekly.agree(first) } == "standing_order.void")
      weekly.elder.clock.move(to: second.expiresAt)
      #expect(await weekly.code { try await weekly.agree(second) } == "standing_order.void")
      #expect(try await weekly.standing == nil)
    }
  }

  @Test(
    "a code of the printed sheet and the daughter's key count as they do for one order",
    arguments: TestEngine.available)
  func ways(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      try await weekly.confirm(
        try await weekly.propose([weekly.need(1)]), .spokenCode(number: 1, code: "code 1"))
      try await weekly.confirm(try await weekly.propose([weekly.need(2)]), .session(of: HelpedElder.daughter))
      let standing = try #require(try await weekly.standing)
      #expect(standing.needs.map(\.quantity) == [2])
      #expect(standing.revision == 2)
      #expect(
        standing.word
          == .mandate(
            weekly.elder.id, helper: HelpedElder.worker, role: .socialWorker, confirmation: .familyKey))
    }
  }

  @Test(
    "dearer goods wait for the person: a new list with the new price, on their word, orders them",
    arguments: TestEngine.available)
  func dearer(_ engine: TestEngine) async throws {
    try await Self.with(engine) { weekly in
      try await weekly.agree(try await weekly.propose([weekly.need(2, price: 300)]))
      #expect(try await weekly.serve()?.lines.map(\.state) == [.asked])
      #expect(try await weekly.elder.desk.sold(0, in: weekly.database) == 0)
      try await weekly.agree(try await weekly.propose([weekly.need(2, price: 350)]))
      #expect(try await weekly.elder.desk.sold(0, in: weekly.database) == 2, "at once, while it is open")
    }
  }
}
