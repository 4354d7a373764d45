import Database
import Kernel
import People
import Security
import Synchronization
import TestKit
import Testing
import Web

@testable import Ledger

/// A community with a bank account, orders that wait for money, and people who import statements; its clock stands at a
/// Thursday noon.
struct StatementStage: Sendable {
  static let host = "maple.test"
  static let otherHost = "other.test"
  static let start = Timestamp(rfc3339: "2026-11-26T04:00:00Z") ?? Timestamp(seconds: 0)
  static let campaigns = [CampaignID(rawValue: 201), CampaignID(rawValue: 202)]
  static let merchant = Party.merchant(MerchantID(rawValue: 31))

  let database: Database
  let clock: MovableClock
  let people: People
  let vault: Vault
  let community: CommunityID
  let otherCommunity: CommunityID
  let actor: Actor
  let orders = StageOrders()

  static func with<T>(_ engine: TestEngine, _ body: (StatementStage) async throws -> T) async throws -> T {
    let clock = MovableClock(start)
    return try await engine.withDatabase(peopleMigrations + ledgerMigrations, clock: clock.clock) {
      database in
      try await body(try await open(database, clock))
    }
  }

  private static func open(_ database: Database, _ clock: MovableClock) async throws -> StatementStage {
    let vault = Vault(
      key: try KeyEncryptionKey(bytes: [UInt8](repeating: 7, count: 32)), storage: .stored(in: database),
      clock: clock.clock)
    let people = try await People(
      database: database, vault: vault,
      hasher: PasswordHasher(parameters: .quick, threads: 1, waiting: 20), clock: clock.clock)
    let here = try await people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [host]))
    let there = try await people.createCommunity(
      CommunityDraft(name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: [otherHost])
    )
    var draft = try PersonDraft(displayName: "周会计", household: nil, phone: nil)
    draft.roles = [.committee]
    let person = try #require(await people.createPersons([draft], in: here).first)
    return StatementStage(
      database: database, clock: clock, people: people, vault: vault, community: here, otherCommunity: there,
      actor: Actor(person: person, role: .committee))
  }

  var trade: TradeDirectory { orders.trade }
  var finder: NameFinder { NameFinder(trade: trade, directory: people.directory) }
  var importer: StatementImporter { StatementImporter(trade: trade, finder: finder) }
  var desk: SuspenseDesk { SuspenseDesk(trade: trade) }

  @discardableResult
  func write<T: Sendable>(
    in other: CommunityID? = nil, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.write(in: other ?? community, body)
  }

  // MARK: - What the books hold before a statement comes

  /// A payment that is waited for.
  func awaiting(
    order: Int, _ fen: Int64, by channel: PaymentChannel = .bankTransfer, number: Int64? = nil
  ) async throws -> Payment {
    let (id, campaign) = (StageOrders.order(order), StageOrders.campaign(order))
    return try await write { transaction in
      var payment = Payment(
        id: transaction.newIdentifier(), order: id, campaign: campaign, channel: channel, amount: .fen(fen),
        state: .pending, createdAt: transaction.now)
      if channel == .bankTransfer {
        payment.reference = PaymentReference(number: number ?? 100_000 + Int64(order))
      }
      try PaymentStore.insert(payment, in: transaction)
      return payment
    }
  }

  func receive(_ payment: Payment, transactionNumber: String? = nil) async throws {
    try await write { [trade, actor] in
      try Payments(trade: trade).receive(
        payment.id, transactionNumber: transactionNumber, by: actor, in: $0)
    }
  }

  /// A payout over the bank.
  func payout(_ fen: Int64) async throws -> Payout {
    try await write { [actor] transaction in
      let earned: Int64 = fen
      try JournalStore.post(
        [
          Journal(
            .adjustment, from: .init(.decision, transaction.newIdentifier(PayoutKind.self)),
            [
              Journal.Entry(Account(.writeOff), .fen(earned)),
              Journal.Entry(Account(.payable, Self.merchant), .fen(-earned)),
            ])
        ], by: actor, in: transaction)
      return try PayoutStore.pay(
        .fen(fen), to: Self.merchant, by: .bank, reference: "", actor: actor, in: transaction)
    }
  }

  // MARK: - Statements

  struct Row {
    var time = "2026-11-25 10:00:00"
    var fen: Int64
    var name = "王阿姨"
    var account = "6222020200001234567"
    var text = ""
  }

  /// A bank's file of these rows, with balances that begin at 1,000 yuan.
  static func file(_ rows: [Row], opening: Int64 = 100_000) -> [UInt8] {
    var balance = opening
    let lines = rows.map { row -> String in
      balance += row.fen
      func yuan(_ fen: Int64) -> String { Money.fen(fen).decimal }
      return
        "\(row.time),\(row.fen > 0 ? yuan(row.fen) : ""),\(row.fen < 0 ? yuan(-row.fen) : ""),\(yuan(balance)),\(row.name),\(row.account),\(row.text)"
    }
    return Array(
      (["交易时间,收入金额,支出金额,余额,对方户名,对方账号,附言"] + lines).joined(separator: "\n").utf8)
  }

  func upload(_ content: [UInt8], _ account: StatementAccount = .bank) -> StatementUpload {
    StatementUpload(
      id: database.identifiers.next(), person: actor.person, account: account, fileName: "流水.csv",
      content: content)
  }

  func plan(
    _ content: [UInt8], _ account: StatementAccount = .bank, in other: CommunityID? = nil
  ) async throws -> StatementPlan {
    let statement = try BankStatement.read(content, offsetSeconds: 28_800)
    return try await database.read { [importer, community] in
      try importer.plan(statement, of: account, offsetSeconds: 28_800, in: other ?? community, $0)
    }
  }

  /// Looks a file over and imports it, as a person does.
  @discardableResult
  func take(
    _ content: [UInt8], _ account: StatementAccount = .bank, in other: CommunityID? = nil, seen: String? = nil
  ) async throws -> StatementImporter.Outcome {
    let shown: String
    if let seen {
      shown = seen
    } else {
      shown = try await plan(content, account, in: other).digest(ofFile: Digest(of: content)).description
    }
    let statement = try BankStatement.read(content, offsetSeconds: 28_800)
    let cipher = try await vault.statementCipher(in: other ?? community)
    let upload = upload(content, account)
    return try await write(in: other) { [importer, actor] in
      try importer.take(
        statement, from: upload, seen: shown, offsetSeconds: 28_800, sealing: cipher, by: actor, in: $0)
    }
  }

  // MARK: - What came of it

  func balance(_ account: Account) async throws -> Int64 {
    try await database.read { [community] in
      try JournalStore.balance(of: account, in: community, $0).minorUnits
    }
  }

  func waiting() async throws -> [SuspenseItem] {
    try await database.read { [community] in try SuspenseStore.open(limit: 1_000, in: community, $0) }
  }

  func payments(of order: Int) async throws -> [Payment] {
    try await database.read { [community] in
      try PaymentStore.list(of: StageOrders.order(order), in: community, $0)
    }
  }

  func movements(_ account: StatementAccount = .bank) async throws -> [BookMovement] {
    try await database.read { [community] in try BookMovementStore.open(on: account, in: community, $0) }
  }

  func comparison() async throws -> StatementComparison {
    let found = try await database.read { [community] in
      try StatementImportStore.comparison(of: .bank, in: community, $0)
    }
    return try #require(found)
  }

  func breaches() async throws -> [Breach] {
    try await database.read { try $0.breaches(of: LedgerInvariants.invariants) }
  }

  @discardableResult
  func explain(
    _ item: SuspenseItem, _ what: SuspenseAnswer.What, _ fen: Int64? = nil, seen: Int? = nil,
    in other: CommunityID? = nil
  ) async throws -> Explanation {
    let amount = fen ?? Int64(item.left.minorUnits.magnitude)
    let answer = SuspenseAnswer(seen: seen ?? item.explanations, amount: .fen(amount), what: what)
    return try await write(in: other) { [desk, actor] in
      try desk.explain(item.line, answer, by: actor, in: $0)
    }
  }

  func withdraw(_ explanation: Explanation) async throws {
    try await write { [desk, actor] in
      try desk.withdraw(explanation.id, of: explanation.line, by: actor, in: $0)
    }
  }

  func item(_ line: StatementLineID) async throws -> SuspenseItem {
    let found = try await database.read { [community] in try SuspenseStore.find(line, in: community, $0) }
    return try #require(found)
  }
}

/// Twelve orders of two campaigns, each of 50 yuan, and whether they are paid.
final class StageOrders: Sendable {
  static let total = Money.fen(5_000)
  private let paid = Mutex<Set<OrderID>>([])
  /// Who leads the first of the campaigns; the second is somebody else's.
  let firstLeader = Mutex(PersonID(rawValue: 7))

  private func leader(of campaign: CampaignID) -> PersonID {
    campaign == StatementStage.campaigns[0] ? firstLeader.withLock { $0 } : PersonID(rawValue: 8)
  }

  static func order(_ number: Int) -> OrderID { OrderID(rawValue: Int64(1_000 + number)) }
  static func campaign(_ number: Int) -> CampaignID { StatementStage.campaigns[number % 2] }
  static func number(_ order: OrderID) -> Int? {
    let number = Int(order.rawValue - 1_000)
    return (0..<12).contains(number) ? number : nil
  }

  func isPaid(_ number: Int) -> Bool { paid.withLock { $0.contains(Self.order(number)) } }

  private func came(_ order: OrderID, _ actor: Actor, _ transaction: Transaction) throws {
    guard let number = Self.number(order) else { throw Problem.notFound }
    let received = try PaymentStore.paid(for: [order], in: transaction.community, transaction)[order] ?? .zero
    paid.withLock { paid in
      if received >= Self.total { paid.insert(order) } else { paid.remove(order) }
    }
    try OrderAccounts.settle(
      order, of: Self.campaign(number), outstanding: Self.total, because: .changed, by: actor,
      in: transaction)
  }

  var trade: TradeDirectory {
    TradeDirectory(
      bill: { id, _, _ in
        Self.number(id).map { number in
          TradeDirectory.Bill(
            campaign: Self.campaign(number), household: HouseholdID(rawValue: 5),
            person: PersonID(rawValue: 6),
            number: Int64(number), total: Self.total, isOpen: true)
        }
      },
      paymentCame: { try self.came($0, $1, $2) },
      campaigns: { ids, _, _ in
        Dictionary(
          uniqueKeysWithValues: ids.map {
            (
              $0,
              TradeDirectory.Campaign(
                title: Phrase("周末菜", "Weekend greens"), leader: self.leader(of: $0),
                pickupFrom: StatementStage.start)
            )
          })
      },
      orders: { ids, _, _ in
        Dictionary(
          uniqueKeysWithValues: ids.compactMap { id in
            Self.number(id).map {
              (
                id,
                TradeDirectory.Order(
                  number: Int64($0), campaign: Self.campaign($0), person: PersonID(rawValue: 6))
              )
            }
          })
      },
      merchants: { _, _, _ in [:] }, merchantsOf: { _, _, _ in [] },
      recentCampaigns: { _, _ in StatementStage.campaigns },
      ledBy: { person, _, _ in StatementStage.campaigns.filter { self.leader(of: $0) == person } },
      orderNumbered: { number, campaign, _, _ in
        guard (0..<12).contains(number), Self.campaign(Int(number)) == campaign else { return nil }
        return Self.order(Int(number))
      }, ordersOf: { _ in "NULL" })
  }
}
