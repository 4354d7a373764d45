import Database
import Foundation
import Kernel
import People
import TestKit
import Testing

@testable import Ledger

/// Random operations on the real books and on a model of dictionaries, which have to say the same at every stop.
///
/// `NUANLIN_MODEL_OPERATIONS` sets how many operations each of the 20 seeds plays; the same seed always plays the same ones.
@Suite("The books and the model")
struct LedgerModelTests {
  private static let operations =
    ProcessInfo.processInfo.environment["NUANLIN_MODEL_OPERATIONS"].flatMap { Int($0) } ?? 600
  private static let chunk = 25
  /// The books are compared with the model after so many operations: at most fifty times, since each time all are summed.
  private static let stride = max(chunk, operations / 50 / chunk * chunk)
  private let community = CommunityID(rawValue: 3)

  @Test(
    "say the same whatever happens in whatever order", arguments: TestEngine.available,
    1...20 as ClosedRange<UInt64>)
  func model(engine: TestEngine, seed: UInt64) async throws {
    // One engine plays each seed in the everyday run; both play all of them when more is asked for.
    if Self.operations <= 600, (seed % 4 == 0) != (engine == .postgres), TestEngine.available.count > 1 {
      return
    }
    let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
    try await engine.withDatabase(peopleMigrations + ledgerMigrations, clock: clock.clock) { database in
      let desks = try await LedgerDesks(database, clock, community)
      var random = SeededGenerator(seed: seed)
      var model = LedgerModel(&random)
      for step in Swift.stride(from: 0, to: Self.operations, by: Self.chunk) {
        (model, random) = try await play(model, random, database, desks)
        clock.advance(by: .seconds(Int64.random(in: -90_000...150_000, using: &random)))
        guard (step + Self.chunk).isMultiple(of: Self.stride) else { continue }
        try await expectSame(model, database, "seed \(seed) after \(step + Self.chunk)")
      }
      let breaches = try await database.read { try $0.breaches(of: LedgerInvariants.invariants) }
      #expect(breaches == [])
      #expect(model.refusals.count >= 3, "\(model.refusals)")
    }
  }

  private func play(
    _ model: LedgerModel, _ random: SeededGenerator, _ database: Database, _ desks: LedgerDesks
  ) async throws -> (LedgerModel, SeededGenerator) {
    try await database.write(in: community) { transaction in
      var player = LedgerPlayer(model: model, random: random, transaction: transaction, desks: desks)
      for _ in 0..<Self.chunk { try player.step() }
      return (player.model, player.random)
    }
  }

  @Test("are played the same again by the same seed", arguments: TestEngine.available)
  func replay(engine: TestEngine) async throws {
    var told: [[String]] = []
    for _ in 0..<2 {
      let clock = MovableClock(Timestamp(seconds: 1_800_000_000))
      try await engine.withDatabase(peopleMigrations + ledgerMigrations, clock: clock.clock) { database in
        let desks = try await LedgerDesks(database, clock, community)
        var random = SeededGenerator(seed: 7)
        var model = LedgerModel(&random)
        for _ in 0..<12 { (model, random) = try await play(model, random, database, desks) }
        told.append(
          [
            "\(model.box) \(model.bank) \(model.fees) \(model.borne) \(random.next())",
            "\(model.refusals.sorted { $0.key < $1.key })",
            "\(model.funds.map(\.left)) \(model.vouchers.map(\.left))",
            "\(model.lines.map { "\($0.left) \($0.answers)" })",
          ] + model.orders.map { "\($0.paid) \($0.promised) \($0.refunded) \($0.kept)" })
      }
    }
    #expect(told[0] == told[1])
  }

  private func expectSame(_ model: LedgerModel, _ database: Database, _ when: String) async throws {
    let stored = try await database.read { snapshot in
      try snapshot.all(
        """
        SELECT account.kind, account.party_kind, account.party_id, account.campaign_id,
          CAST(sum(entry.amount) AS BIGINT)
        FROM ledger_account AS account JOIN ledger_entry AS entry ON entry.account_id = account.id
        GROUP BY account.kind, account.party_kind, account.party_id, account.campaign_id HAVING sum(entry.amount) <> 0
        """
      ) { row in
        (
          Account(try row[0], try Party(kind: row[1], id: row[2]), campaign: try CampaignID(stored: row[3])),
          try row[4] as Int64
        )
      }
    }
    #expect(Dictionary(uniqueKeysWithValues: stored) == model.balances, "\(when)")
    #expect(stored.reduce(0) { $0 + $1.1 } == 0, "\(when)")
  }
}

/// Plays one operation after the other on both sides.
struct LedgerPlayer {
  var model: LedgerModel
  var random: SeededGenerator
  let transaction: Transaction
  let desks: LedgerDesks
  let committee = Actor(person: PersonID(rawValue: 80), role: .committee)
  private var lastSale: Sale?

  init(model: LedgerModel, random: SeededGenerator, transaction: Transaction, desks: LedgerDesks) {
    self.model = model
    self.random = random
    self.transaction = transaction
    self.desks = desks
  }

  mutating func step() throws {
    switch Int.random(in: 0..<31, using: &random) {
    case 0..<5: try pay()
    case 5..<10: try sell()
    case 10..<13: try settle()
    case 13..<15: try payRefund()
    case 15: try repeatSale()
    case 16..<18: try handOver()
    case 18: try payOut()
    case 19: try ripenOrClose()
    case 20: try giveForPurpose()
    case 21: try issueVoucher()
    case 22..<24: try payByVoucher()
    case 24: try endVoucher()
    case 25: try readStatement()
    case 26..<28: try explain()
    case 28: try takeBack()
    case 29: try compensate()
    default: try weigh()
    }
  }

  mutating func number(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &random) }
  mutating func order() -> Int { Int.random(in: model.orders.indices, using: &random) }

  /// Runs what may be refused; what was refused has changed nothing.
  mutating func attempt(_ body: () throws -> Void) throws -> Bool {
    do {
      try transaction.nested(body)
      return true
    } catch let problem as Problem {
      model.refusals[problem.code, default: 0] += 1
      return false
    }
  }

  private mutating func pay() throws {
    let index = order()
    let order = model.orders[index]
    let amount = number(1...9_000)
    let leader = model.campaign(of: index).terms.leader
    if Bool.random(using: &random) {
      try OrderAccounts.take(
        .init(order: order.id, campaign: model.campaign(of: index).id, amount: .fen(amount), takenBy: leader),
        by: Actor(person: leader, role: .leader), in: transaction)
      model.inHand[leader, default: 0] += amount
    } else {
      try OrderAccounts.receive(
        Payment(
          id: transaction.newIdentifier(), order: order.id, campaign: model.campaign(of: index).id,
          channel: .bankTransfer, amount: .fen(amount), state: .received, createdAt: transaction.now,
          receivedAt: transaction.now), by: committee, onBehalfOf: nil, in: transaction)
      model.bank += amount
    }
    model.orders[index].paid += amount
  }

  private mutating func sell() throws {
    let index = order()
    let campaign = model.campaign(of: index)
    let before = model.orders[index].kept
    // Goods come back as often as they go out, and sometimes all of them.
    let after = before.map { _ in number(0...5) == 0 ? 0 : number(0...12_345) }
    // What was made up for is never more than what the household keeps.
    guard after.reduce(0, +) >= model.orders[index].compensated else { return }
    let sale = Sale(
      from: .init(.pickup, transaction.newIdentifier(JournalKind.self)), order: model.orders[index].id,
      campaign: campaign.id, terms: campaign.terms,
      lines: before.indices.map {
        Sale.Line(
          merchant: campaign.merchants[$0], leaderRate: campaign.commission, before: .fen(before[$0]),
          after: .fen(after[$0]))
      })
    try OrderAccounts.record(sale, by: committee, in: transaction)
    model.orders[index].kept = after
    lastSale = sale
  }

  /// After-sales make up for goods: the sale stands, and one party pays, also what it has not earned yet.
  private mutating func compensate() throws {
    let index = order()
    let campaign = model.campaign(of: index)
    let order = model.orders[index]
    guard order.sold > order.compensated else { return }
    let amount = number(1...(order.sold - order.compensated))
    let bearer: Party = Bool.random(using: &random) ? .person(campaign.terms.leader) : .community
    try OrderAccounts.record(
      Sale(
        from: .init(.afterSales, transaction.newIdentifier(JournalKind.self)), order: order.id,
        campaign: campaign.id, terms: campaign.terms, lines: [],
        compensation: .init(bearer: bearer, amount: .fen(amount))), by: committee, in: transaction)
    model.orders[index].compensated += amount
    model.compensated[bearer, default: 0] += amount
  }

  /// A callback or a click that comes twice does nothing; another one under the same name is refused.
  private mutating func repeatSale() throws {
    guard let sale = lastSale, sale.lines.contains(where: { $0.before != $0.after }) else { return }
    let forged = Sale(
      from: sale.source, order: sale.order, campaign: sale.campaign, terms: sale.terms,
      lines: sale.lines.map {
        Sale.Line(
          merchant: $0.merchant, leaderRate: $0.leaderRate, before: $0.before,
          after: .fen($0.after.minorUnits + 1))
      })
    let transaction = transaction
    let committee = committee
    let isTaken = try attempt { try OrderAccounts.record(forged, by: committee, in: transaction) }
    #expect(!isTaken)
  }

  private mutating func settle() throws {
    let index = order()
    let order = model.orders[index]
    let outstanding = number(0...2) == 0 ? 0 : number(0...8_000)
    try OrderAccounts.settle(
      order.id, of: model.campaign(of: index).id, outstanding: .fen(outstanding), because: .shortage,
      by: committee,
      in: transaction)
    let excess = order.held - outstanding
    if excess > 0 {
      model.promise(excess, of: index)
    } else {
      model.orders[index].promised -= min(-excess, order.promised)
    }
  }

  private mutating func payRefund() throws {
    let open = try RefundStore.open(limit: 1_000, in: transaction.community, transaction)
    guard let refund = open.randomElement(using: &random),
      let index = model.orders.firstIndex(where: { $0.id == refund.order })
    else { return }
    let leader = PersonID(rawValue: number(1...2))
    let place =
      refund.channel == .bankTransfer
      ? Account(.bank) : number(0...1) == 0 ? Account(.cashInHand, .person(leader)) : Account(.cashBox)
    let (transaction, committee) = (transaction, committee)
    let isPaid = try attempt { _ = try Refunds.pay(refund.id, from: place, by: committee, in: transaction) }
    let amount = refund.amount.minorUnits
    let there =
      switch place.kind {
      case .cashInHand: model.inHand[leader] ?? 0
      case .cashBox: model.box
      default: Int64.max
      }
    #expect(isPaid == (there >= amount))
    guard isPaid else { return }
    model.orders[index].promised -= amount
    model.orders[index].refunded += amount
    switch place.kind {
    case .cashInHand: model.inHand[leader, default: 0] -= amount
    case .cashBox: model.box -= amount
    default: model.bank -= amount
    }
    // The second click.
    let isPaidTwice = try attempt {
      _ = try Refunds.pay(refund.id, from: place, by: committee, in: transaction)
    }
    #expect(!isPaidTwice)
  }

  private mutating func handOver() throws {
    let leader = Actor(person: PersonID(rawValue: number(1...2)), role: .leader)
    let held = model.inHand[leader.person] ?? 0
    let declared = number(1...20_000)
    let (transaction, committee) = (transaction, committee)
    var sheet: CashHandover?
    let isDeclared = try attempt {
      sheet = try CashHandoverStore.declare(.fen(declared), by: leader, in: transaction)
    }
    #expect(isDeclared == (declared <= held))
    guard let sheet else { return }
    let isByOne = try attempt {
      _ = try CashHandoverStore.count(sheet.id, .fen(declared), by: leader, in: transaction)
    }
    #expect(!isByOne)
    let counted = number(0...1) == 0 ? declared : number(0...declared)
    let after = try CashHandoverStore.count(sheet.id, .fen(counted), by: committee, in: transaction)
    if after.state == .differs {
      if Bool.random(using: &random) {
        _ = try CashHandoverStore.withdraw(sheet.id, by: leader, in: transaction)
        return
      }
      _ = try CashHandoverStore.agree(sheet.id, by: leader, in: transaction)
    }
    model.inHand[leader.person, default: 0] -= counted
    model.box += counted
  }

  private mutating func payOut() throws {
    let parties: [Party] = [
      .merchant(MerchantID(rawValue: number(31...34))), .person(PersonID(rawValue: number(1...2))),
      .person(PersonID(rawValue: 9)), .fund(LedgerModel.fund), .community,
    ]
    guard let party = parties.randomElement(using: &random) else { return }
    let (amount, way) = (number(1...15_000), Bool.random(using: &random) ? Payout.Way.cash : .bank)
    let mayBe =
      party != .fund(LedgerModel.fund) && amount <= model.payable(party)
      && (way == .bank || amount <= model.box)
    let (transaction, committee) = (transaction, committee)
    let isPaid = try attempt {
      _ = try PayoutStore.pay(
        .fen(amount), to: party, by: way, reference: "", actor: committee, in: transaction)
    }
    #expect(isPaid == mayBe)
    guard isPaid else { return }
    model.paidOut[party, default: 0] += amount
    if way == .cash { model.box -= amount } else { model.bank -= amount }
  }

  private mutating func ripenOrClose() throws {
    let (transaction, committee) = (transaction, committee)
    if number(0...2) == 0 {
      let index = Int.random(in: model.campaigns.indices, using: &random)
      let campaign = model.campaigns[index].id
      try CampaignBooks.finish(campaign, returnsUntil: transaction.now, in: transaction)
      let until = try CampaignBooks.window(of: campaign, in: transaction.community, transaction)?.returnsUntil
      try MatureCampaign.mature(campaign, in: transaction)
      if let until, until <= transaction.now { model.mature(index) }
    } else {
      let moment = transaction.now - .seconds(number(0...400_000))
      _ = try attempt { try JournalStore.close(until: moment, by: committee, in: transaction) }
    }
  }
}
