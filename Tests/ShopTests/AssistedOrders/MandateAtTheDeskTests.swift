import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Every way around a mandate")
struct MandateAtTheDeskTests {
  /// A confirmed request, sent to the order desk as if no page stood before it.
  private func force(
    _ elder: HelpedElder, _ database: Database, _ asked: AssistedOrder,
    household: HouseholdID = HelpedElder.home,
    actor: PersonID = HelpedElder.worker, pieces: Int64? = nil
  ) async throws {
    let command: OrderRequest.Command =
      try pieces.map { .place([OrderRequest.Wish(item: elder.desk.item(0), quantity: $0)], note: "") }
      ?? #require(asked.command)
    let request = try OrderRequest(
      community: elder.desk.community, campaign: elder.desk.campaign, person: HelpedElder.elder,
      household: household, actor: actor, role: .socialWorker, authority: .assisted(asked.id),
      key: "forced-\(actor)-\(household)-\(pieces ?? 0)", command: command)
    let answers = try await database.write(in: elder.desk.community) { transaction in
      try AssistedOrderStore.confirm(asked.id, by: HelpedElder.elder, .pin, in: transaction)
      return try OrderDesk.decide([request], .cashOnly, elder.people, in: transaction)
    }
    _ = try answers.first?.get()
  }

  private func code(_ call: () async throws -> Void) async -> String? {
    do {
      try await call()
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  @Test("is refused by the desk itself, not only by the page", arguments: TestEngine.available)
  func refused(_ engine: TestEngine) async throws {
    let ways: [(String, @Sendable (HelpedElder, Database) async throws -> Void)] = [
      ("mandate.over_order_cap", { elder, _ in elder.change { $0.perOrder = .fen(699) } }),
      ("mandate.over_day_cap", { elder, _ in elder.change { $0.perDay = .fen(699) } }),
      ("mandate.over_month_cap", { elder, _ in elder.change { $0.perMonth = .fen(699) } }),
      (
        "mandate.merchant_barred",
        { elder, _ in elder.change { $0.merchants = .except([MerchantID(rawValue: 1)]) } }
      ),
      (
        "mandate.merchant_barred",
        { elder, _ in elder.change { $0.merchants = .only([MerchantID(rawValue: 2)]) } }
      ),
      (
        "mandate.matter_not_covered",
        { elder, _ in elder.change { $0.matters = [.dailyGoods, .collecting] } }
      ),
      ("mandate.pay_way", { elder, _ in elder.change { $0.payWays = [.voucher] } }),
      ("mandate.confirmation", { elder, _ in elder.change { $0.confirmations = [.familyKey] } }),
      ("mandate.expired", { elder, _ in elder.change { $0.expires = elder.clock.clock.now() } }),
      (
        "mandate.revoked",
        { elder, _ in
          elder.revoke()
          elder.clock.advance(by: .seconds(1))
        }
      ),
      ("mandate.other_helper", { elder, _ in elder.giveTo(PersonID(rawValue: 51)) }),
      (
        "order.helper_is_carrier",
        { elder, database in
          _ = try await database.write(in: elder.desk.community) {
            try $0.execute(
              """
              UPDATE shop_campaign SET carrier_id = \(HelpedElder.worker), carrier_rate = 100
              WHERE id = \(elder.desk.campaign)
              """)
          }
        }
      ),
      (
        "order.helper_is_merchant",
        { elder, database in
          try await database.write(in: elder.desk.community) {
            try $0.insertMembers([(HelpedElder.worker, MerchantID(rawValue: 1))])
          }
        }
      ),
    ]
    for (expected, spoil) in ways {
      try await HelpedElder.with(engine) { elder, database in
        let asked = try await elder.ask(database, 2)
        try await spoil(elder, database)
        #expect(await code { try await force(elder, database, asked) } == expected)
        #expect(try await elder.desk.sold(0, in: database) == 0)
      }
    }
  }

  @Test("another door, another helper and another basket are refused", arguments: TestEngine.available)
  func redirected(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let asked = try await elder.ask(database, 2)
      let other = HouseholdID(rawValue: 2)
      #expect(
        await code { try await force(elder, database, asked, household: other) } == "order.authority_needed")
      let colleague = PersonID(rawValue: 51)
      #expect(
        await code { try await force(elder, database, asked, actor: colleague) } == "order.authority_needed")
      #expect(
        await code { try await force(elder, database, asked, pieces: 3) } == "order.authority_needed")
      #expect(await code { try await force(elder, database, asked) } == nil)
      // One ground, one order: the database itself refuses a second one under another key.
      #expect(await code { try await force(elder, database, asked, pieces: 2) } != nil)
      #expect(try await elder.desk.sold(0, in: database) == 2)
    }
  }

  @Test("without any ground nobody orders for another household", arguments: TestEngine.available)
  func noGround(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let request = try OrderRequest(
        community: elder.desk.community, campaign: elder.desk.campaign, person: HelpedElder.elder,
        household: HelpedElder.home, actor: HelpedElder.worker, role: .socialWorker,
        key: "just-like-that-of-a-worker",
        command: .place([OrderRequest.Wish(item: elder.desk.item(0), quantity: 1)], note: ""))
      let desk = OrderDesk(database, books: .cashOnly, people: elder.people)
      #expect(await code { _ = try await desk.submit(request) } == "order.authority_needed")
    }
  }

  @Test(
    "the caps of a day and a month hold over orders that are confirmed at once",
    arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      // ¥35 each: two fit under the ¥80 of a day, and what the desk does not take is taken by nobody.
      var asked: [AssistedOrder] = []
      for index in 0..<6 {
        asked.append(try await elder.ask(database, 10, key: "form-of-the-race-\(index)"))
      }
      let placed = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
        for one in asked {
          group.addTask { (try? await elder.agree(database, to: one)) != nil }
        }
        var placed = 0
        for await isPlaced in group where isPlaced { placed += 1 }
        return placed
      }
      #expect(placed == 2)
      #expect(try await elder.desk.sold(0, in: database) == 20)
    }
  }

  @Test("an order that is cancelled gives its part of the caps back", arguments: TestEngine.available)
  func givenBack(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      elder.change { $0.perMonth = .fen(4_000) }
      let first = try await elder.agree(database, to: elder.ask(database, 10, key: "the-first-of-two-forms"))
      #expect(
        await code { _ = try await elder.ask(database, 2, key: "too-much-for-the-month") }
          == "mandate.over_month_cap")
      let gone = try await elder.ask(database, .cancel(first.id, revision: 1), key: "form-that-cancels-it")
      try await elder.agree(database, to: gone)
      try await elder.agree(database, to: elder.ask(database, 11, key: "now-it-fits-into-it"))
      #expect(try await elder.desk.sold(0, in: database) == 11)
    }
  }

  @Test("what a merchant sold who was barred since may still be called off", arguments: TestEngine.available)
  func barredSince(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let first = try await elder.agree(database, to: elder.ask(database, 10, key: "the-form-before-the-ban"))
      elder.change { $0.merchants = .except([MerchantID(rawValue: 1)]) }
      let fewer = OrderRequest.Command.change(
        first.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 9)], note: "")
      #expect(
        await code { _ = try await elder.ask(database, fewer, key: "still-buys-from-them") }
          == "mandate.merchant_barred")
      let gone = try await elder.ask(database, .cancel(first.id, revision: 1), key: "form-that-cancels-it")
      try await elder.agree(database, to: gone)
      #expect(try await elder.desk.sold(0, in: database) == 0)
    }
  }

  @Test("what is changed later counts on the day of its change", arguments: TestEngine.available)
  func changedLater(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let first = try await elder.agree(database, to: elder.ask(database, 1, key: "the-first-of-two-forms"))
      // Past midnight on the community's clock.
      elder.clock.advance(by: .hours(9))
      let more = OrderRequest.Command.change(
        first.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 10)], note: "")
      try await elder.agree(database, to: elder.ask(database, more, key: "form-that-changes-it"))
      #expect(
        await code { _ = try await elder.ask(database, 13, key: "too-much-for-the-day") }
          == "mandate.over_day_cap")
      try await elder.agree(database, to: elder.ask(database, 12, key: "now-it-fits-into-it"))
    }
  }

  @Test(
    "a change and an order that are decided together share the day's cap", arguments: TestEngine.available)
  func changedTogether(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let first = try await elder.agree(database, to: elder.ask(database, 1, key: "the-first-of-two-forms"))
      elder.clock.advance(by: .hours(9))
      let more = OrderRequest.Command.change(
        first.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 10)], note: "")
      // ¥35 and ¥45.50: each fits under the ¥80 of a day, both do not.
      let asked = [
        try await elder.ask(database, more, key: "form-that-changes-it"),
        try await elder.ask(database, 13, key: "form-that-orders-anew"),
      ]
      let answers = try await database.write(in: elder.desk.community) { transaction in
        let requests = try asked.map { one in
          try AssistedOrderStore.confirm(one.id, by: HelpedElder.elder, .pin, in: transaction)
          return try OrderRequest(
            community: elder.desk.community, campaign: elder.desk.campaign, person: HelpedElder.elder,
            household: HelpedElder.home, actor: HelpedElder.worker, role: .socialWorker,
            authority: .assisted(one.id), key: "together-\(one.id)", command: #require(one.command))
        }
        return try OrderDesk.decide(requests, .cashOnly, elder.people, in: transaction)
      }
      #expect(await code { _ = try answers.first?.get() } == nil)
      #expect(await code { _ = try answers.last?.get() } == "mandate.over_day_cap")
      #expect(try await elder.desk.sold(0, in: database) == 10)
    }
  }

  @Test(
    "a change leaves an order on the statement of its month and to the helper who placed it",
    arguments: TestEngine.available)
  func changedInAnotherMonth(_ engine: TestEngine) async throws {
    try await HelpedElder.with(engine) { elder, database in
      let community = elder.desk.community
      let first = try await elder.agree(database, to: elder.ask(database, 1))
      let october = DeskFixture.start - .days(25)
      try await database.write(in: community) {
        try $0.execute("UPDATE shop_order SET placed_at = \(october) WHERE id = \(first.id)")
        try $0.execute("UPDATE shop_mandate_order SET placed_at = \(october) WHERE order_id = \(first.id)")
      }
      func persons(_ month: String) async throws -> [PersonID] {
        let month = try #require(Month(month))
        return try await database.read {
          try MandateStatementStore.persons(in: month, offsetSeconds: 28_800, of: community, $0)
        }
      }
      elder.clock.advance(by: .minutes(1))
      // The first helper begins to sell there, and another one changes the order.
      try await database.write(in: community) {
        try $0.insertMembers([(HelpedElder.worker, MerchantID(rawValue: 1))])
      }
      let colleague = PersonID(rawValue: 51)
      elder.giveTo(colleague)
      elder.clock.advance(by: .minutes(1))
      let more = OrderRequest.Command.change(
        first.id, revision: 1, [OrderRequest.Wish(item: elder.desk.item(0), quantity: 2)], note: "")
      let asked = try await elder.ask(database, more, key: "form-that-changes-it", by: colleague)
      #expect(try await elder.agree(database, to: asked).mandateHelper == HelpedElder.worker)
      #expect(try await persons("2026-10") == [HelpedElder.elder])
      #expect(try await persons("2026-11") == [])
      let (stored, breaches, plan) = try await database.read { snapshot in
        (
          try OrderStore.find(first.id, in: community, snapshot)?.mandateHelper,
          try snapshot.breaches(of: AssistedOrderInvariants.invariants).map(\.name),
          try snapshot.plan(
            MandateStatementStore.persons(from: october, to: DeskFixture.start, of: community))
        )
      }
      #expect(stored == HelpedElder.worker && breaches == [])
      #expect(
        engine == .postgres
          || !plan.contains { $0.hasPrefix("SCAN mandated") || $0.hasPrefix("SCAN placed") }, "\(plan)")
    }
  }

  @Test("whoever helps earns nothing by it")
  func noCommission() throws {
    let leader = PersonID(rawValue: 7)
    let carrier = PersonID(rawValue: 8)
    let terms = CampaignTerms(
      commission: try #require(Rate(basisPoints: 800)),
      carrier: .init(person: carrier, rate: try #require(Rate(basisPoints: 200))))
    func order(_ authority: OrderAuthority, by person: PersonID, under helper: PersonID? = nil) -> Order {
      Order(
        id: OrderID(rawValue: 1), campaign: CampaignID(rawValue: 1), number: 1,
        household: HelpedElder.home, person: HelpedElder.elder, placedBy: person, authority: authority,
        clientKey: "", requestDigest: [], placedAt: DeskFixture.start, placedTotal: .zero, total: .zero,
        note: "", fulfilment: .placed, paymentMethod: .cashAtPickup, payment: .due, revision: 1,
        pickupGeneration: 1, pickupFailures: 0, lines: [], mandateHelper: helper)
    }
    let assisted = OrderAuthority.assisted(AssistedOrderID(rawValue: 5))
    let slip = OrderAuthority.slip(PaperSlipID(rawValue: 6))
    for ground in [assisted, slip] {
      #expect(
        terms.earning(on: order(ground, by: leader, under: leader), leader: leader).commission == .none)
      #expect(terms.earning(on: order(ground, by: carrier, under: carrier), leader: leader).carrier == nil)
      #expect(
        terms.earning(on: order(ground, by: HelpedElder.worker, under: HelpedElder.worker), leader: leader)
          == terms)
    }
    // The household's own, and a slip that somebody keys who is not its helper.
    #expect(terms.earning(on: order(.household, by: leader), leader: leader) == terms)
    #expect(terms.earning(on: order(slip, by: leader), leader: leader) == terms)
    // What the household placed and its helper changed.
    #expect(
      terms.earning(on: order(.household, by: HelpedElder.elder, under: leader), leader: leader).commission
        == .none)
  }
}
