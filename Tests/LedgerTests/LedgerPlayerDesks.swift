import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Ledger

/// What the player needs beside a transaction: the desks of statements and suspense, over the orders of the model.
struct LedgerDesks: Sendable {
  let importer: StatementImporter
  let suspense: SuspenseDesk
  let cipher: FieldCipher

  init(_ database: Database, _ clock: MovableClock, _ community: CommunityID) async throws {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    importer = StatementImporter(
      trade: Self.trade, finder: NameFinder(trade: Self.trade, directory: people.directory))
    suspense = SuspenseDesk(trade: Self.trade)
    cipher = try await vault.statementCipher(in: community)
  }

  /// The twelve orders of the model, of three campaigns; what money that came does to them is played by itself.
  private static let trade = TradeDirectory(
    bill: { id, _, _ in
      TradeDirectory.Bill(
        campaign: CampaignID(rawValue: 100 + (id.rawValue - 1_000) % 3), household: HouseholdID(rawValue: 1),
        person: PersonID(rawValue: 1), number: id.rawValue - 1_000, total: .fen(5_000), isOpen: true)
    },
    paymentCame: { _, _, _ in }, campaigns: { _, _, _ in [:] }, orders: { _, _, _ in [:] },
    merchants: { _, _, _ in [:] }, merchantsOf: { _, _, _ in [] }, recentCampaigns: { _, _ in [] },
    ledBy: { _, _, _ in [] },
    orderNumbered: { number, campaign, _, _ in
      campaign.rawValue == 100 + number % 3 ? OrderID(rawValue: 1_000 + number) : nil
    }, ordersOf: { _ in "NULL" })
}

// MARK: - Funds

extension LedgerPlayer {
  mutating func giveForPurpose() throws {
    if model.funds.count < 3 {
      let fund = try Funds.create(
        name: Phrase(same: "助餐"), donor: "邻居", purpose: "老人", by: committee, in: transaction)
      model.funds.append((fund.id, 0))
    }
    let index = Int.random(in: model.funds.indices, using: &random)
    let (amount, way) = (number(1...20_000), Bool.random(using: &random) ? Payout.Way.cash : .bank)
    try Funds.receive(.fen(amount), for: model.funds[index].id, by: way, actor: committee, in: transaction)
    model.funds[index].left += amount
    if way == .cash { model.box += amount } else { model.bank += amount }
  }

  mutating func issueVoucher() throws {
    guard !model.funds.isEmpty else { return }
    let index = Int.random(in: model.funds.indices, using: &random)
    let amount = number(1...9_000)
    let (fund, transaction, committee) = (model.funds[index], transaction, committee)
    var issued: Voucher?
    let isIssued = try attempt {
      issued = try Funds.issue(
        .fen(amount), of: fund.id, to: HouseholdID(rawValue: 1), until: transaction.now + .days(30),
        by: committee,
        in: transaction)
    }
    #expect(isIssued == (amount <= fund.left))
    guard let issued else { return }
    model.funds[index].left -= amount
    model.vouchers.append(.init(id: issued.id, fund: index, left: amount))
  }

  mutating func payByVoucher() throws {
    guard !model.vouchers.isEmpty else { return }
    let (index, voucher) = (order(), Int.random(in: model.vouchers.indices, using: &random))
    let (amount, paying) = (number(1...6_000), model.vouchers[voucher])
    let payment = Payment(
      id: transaction.newIdentifier(), order: model.orders[index].id, campaign: model.campaign(of: index).id,
      channel: .voucher, amount: .fen(amount), state: .received, voucher: paying.id,
      createdAt: transaction.now,
      receivedAt: transaction.now)
    let (transaction, committee) = (transaction, committee)
    let isPaid = try attempt {
      try OrderAccounts.receive(payment, by: committee, onBehalfOf: nil, in: transaction)
    }
    #expect(isPaid == (amount <= paying.left))
    guard isPaid else { return }
    model.vouchers[voucher].left -= amount
    model.orders[index].paid += amount
    model.orders[index].byVoucher.append(.init(voucher: voucher, left: amount))
  }

  /// Twice: the second time does nothing.
  mutating func endVoucher() throws {
    guard !model.vouchers.isEmpty else { return }
    let index = Int.random(in: model.vouchers.indices, using: &random)
    for _ in 0..<2 { try Funds.end(model.vouchers[index].id, by: committee, in: transaction) }
    model.funds[model.vouchers[index].fund].left += model.vouchers[index].left
    model.vouchers[index].left = 0
    model.vouchers[index].isEnded = true
  }
}

// MARK: - Statements

extension LedgerPlayer {
  /// One line that nobody knows, in or out.
  mutating func readStatement() throws {
    let amount = Bool.random(using: &random) ? number(1...8_000) : -number(1...3_000)
    let draft = StatementLine.Draft(
      line: 2, moment: transaction.now, hasTime: true, amount: .fen(amount), counterparty: .init(name: "某某"),
      remittance: "", serial: "S\(model.lines.count)", balance: nil)
    let statement = BankStatement(
      format: StatementFormat.banks[0], lines: StatementLine.lines([draft]), remarks: [], unknownHeadings: [])
    let plan = StatementPlan(
      account: .bank, statement: statement,
      lines: statement.lines.map {
        StatementPlan.Line(line: $0, finding: Finding(amount > 0 ? .unknown : .outgoing))
      }, lacking: [])
    let digest = Digest(of: "\(model.lines.count)")
    let stored = try desks.importer.store(
      plan, fileDigest: digest, sealing: desks.cipher, by: committee, in: transaction)
    let lines = try StatementImportStore.lines(
      of: try #require(stored?.id), after: 0, limit: 2, in: transaction.community, by: desks.cipher,
      transaction)
    model.bank += amount
    model.lines.append(.init(id: try #require(lines.first?.id), left: amount))
  }

  /// Says what a part of a line is; sometimes of more than is left, or with an old page.
  mutating func explain() throws {
    guard let index = model.lines.indices.randomElement(using: &random) else { return }
    let line = model.lines[index]
    let (size, target) = (number(1...5_000), order())
    let seen = number(0...9) == 0 ? line.answers + 1 : line.answers
    let whats: [SuspenseAnswer.What] = [
      .order(campaign: model.campaign(of: target).id, number: model.orders[target].id.rawValue - 1_000),
      .returned,
      .fee, .community,
    ]
    guard let what = whats.randomElement(using: &random) else { return }
    let (transaction, committee, desks) = (transaction, committee, desks)
    var explained: Explanation?
    let isTaken = try attempt {
      explained = try desks.suspense.explain(
        line.id, SuspenseAnswer(seen: seen, amount: .fen(size), what: what), by: committee, in: transaction)
    }
    let isIncoming = line.left > 0
    let mayBe =
      seen == line.answers && size <= abs(line.left) && (isIncoming || what == .fee || what == .community)
    #expect(isTaken == mayBe)
    guard let explained else { return }
    let part = isIncoming ? size : -size
    model.lines[index].left -= part
    model.lines[index].answers += 1
    var answer = LedgerModel.Answer(id: explained.id, kind: explained.kind, amount: part)
    if explained.kind == .payment { answer.order = target }
    model.lines[index].standing.append(answer)
    move(answer, by: 1)
  }

  /// Takes an answer back, and tries to a second time.
  mutating func takeBack() throws {
    guard let index = model.lines.indices.randomElement(using: &random),
      let position = model.lines[index].standing.indices.randomElement(using: &random)
    else { return }
    let (line, answer) = (model.lines[index], model.lines[index].standing[position])
    let (transaction, committee, desks) = (transaction, committee, desks)
    let isTaken = try attempt {
      try desks.suspense.withdraw(answer.id, of: line.id, by: committee, in: transaction)
    }
    if let order = answer.order {
      // Of which payment something went back is not modelled; that no more is taken than is held is.
      #expect(!isTaken || model.orders[order].held >= answer.amount)
    } else {
      #expect(isTaken)
    }
    guard isTaken else { return }
    let isTakenTwice = try attempt {
      try desks.suspense.withdraw(answer.id, of: line.id, by: committee, in: transaction)
    }
    #expect(!isTakenTwice)
    model.lines[index].standing.remove(at: position)
    model.lines[index].left += answer.amount
    model.lines[index].answers += 1
    move(answer, by: -1)
  }

  /// Where the part of an answer is in the books, or, taken back, is no longer.
  private mutating func move(_ answer: LedgerModel.Answer, by sign: Int64) {
    switch answer.kind {
    case .payment:
      guard let order = answer.order else { return }
      // Taken back, it went out again the way it came, so it is a refund of the order.
      if sign > 0 {
        model.orders[order].paid += answer.amount
      } else {
        model.orders[order].refunded += answer.amount
      }
    case .returned, .recorded: model.bank -= sign * answer.amount
    case .fee: model.fees -= sign * answer.amount
    case .community: model.borne -= sign * answer.amount
    case .withdrawn: break
    }
  }
}

// MARK: - The scale

extension LedgerPlayer {
  /// What an order has turns out to weigh a little less, and the difference is promised back at once.
  mutating func weigh() throws {
    let index = order()
    let campaign = model.campaign(of: index)
    let before = model.orders[index].kept
    let after = before.map { $0 - min($0, number(0...200)) }
    guard after.reduce(0, +) >= model.orders[index].compensated else { return }
    let sale = Sale(
      from: .init(.weighing, transaction.newIdentifier(JournalKind.self)), order: model.orders[index].id,
      campaign: campaign.id, terms: campaign.terms,
      lines: before.indices.map {
        Sale.Line(
          merchant: campaign.merchants[$0], leaderRate: campaign.commission, before: .fen(before[$0]),
          after: .fen(after[$0]))
      })
    try OrderAccounts.record(sale, by: committee, in: transaction)
    model.orders[index].kept = after
    try OrderAccounts.settle(
      model.orders[index].id, of: campaign.id, outstanding: .zero, because: .weighedLess, by: committee,
      in: transaction)
    let excess = model.orders[index].held
    if excess > 0 {
      model.promise(excess, of: index)
    } else {
      model.orders[index].promised -= min(-excess, model.orders[index].promised)
    }
  }
}
