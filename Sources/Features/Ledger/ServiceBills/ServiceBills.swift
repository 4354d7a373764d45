import Database
import Kernel
import Logging
import People
import Security
import Web

/// Fetches the daily bills of the payment services and takes them as statements, with nobody's help: what they tell is
/// explained or waits in suspense, as after an upload by the committee (field/reliability.md §3.8, step 10).
///
/// A bill that is waited for is a row, so nothing is forgotten when the program stops. It is fetched outside any
/// transaction, and taken in the one that ends the waiting; its lines are known by their digests, so that a bill that
/// comes twice, or that somebody uploaded before, changes nothing.
package struct ServiceBills: Sendable {
  let database: Database
  let vault: Vault
  let directory: Directory
  let importer: StatementImporter
  let gateways: [PaymentChannel: any PaymentGateway]
  let logger: Logger
  private let threads = BoundedThreads(threads: 1, waiting: 8)
  private static let batchLimit = 200

  init(
    database: Database, vault: Vault, directory: Directory, importer: StatementImporter,
    gateways: [PaymentChannel: any PaymentGateway], logger: Logger
  ) {
    self.database = database
    self.vault = vault
    self.directory = directory
    self.importer = importer
    self.gateways = gateways
    self.logger = logger
  }

  private typealias Waiting = (community: CommunityID, bill: ServiceBill)

  private struct Question: Hashable {
    let account: StatementAccount
    let day: Int64
  }

  /// Fetches the bills whose time has come.
  /// - Returns: how many were taken, counted for each community.
  @discardableResult
  package func round() async throws -> Int {
    if gateways.isEmpty { return 0 }
    let communities = try await expectBills()
    let due = try await database.read { try ServiceBillStore.due(limit: Self.batchLimit, $0) }
    var taken = 0
    let questions = Dictionary(grouping: due) { Question(account: $0.bill.account, day: $0.bill.day) }
    for (question, waiting) in questions.sorted(by: { $0.key.day < $1.key.day }) {
      taken += try await ask(question, for: waiting, communities)
    }
    return taken
  }

  // MARK: - Waiting

  /// Sees to it that each community waits for each service's newest bill, and for those of the days that were missed.
  /// - Returns: the communities that trade in earnest, the oldest first.
  private func expectBills() async throws -> [CommunityCard] {
    let accounts = StatementAccount.allCases.filter { gateways[$0.channel] != nil }
    let (communities, expecting, day) = try await database.read { snapshot in
      let day = ServiceBill.latestDay(at: snapshot.now)
      // Nothing leaves a practice shop, so no service has anything to tell of one.
      let communities = try directory.communityCards(snapshot).filter { !$0.isPractice }
      return (communities, try ServiceBillStore.expecting(day, snapshot), day)
    }
    for community in communities {
      let missing = accounts.filter { expecting[community.id]?.contains($0) != true }
      if missing.isEmpty { continue }
      try await database.write(in: community.id) { transaction in
        for account in missing {
          let last = try ServiceBillStore.lastDay(of: account, in: community.id, transaction)
          let bills = ServiceBill.days(after: last, upTo: day).map {
            ServiceBill(account: account, day: $0, expectedAt: transaction.now, askAt: transaction.now)
          }
          try ServiceBillStore.insert(bills, in: transaction)
        }
      }
    }
    return communities
  }

  // MARK: - Fetching

  private func ask(
    _ question: Question, for waiting: [Waiting], _ communities: [CommunityCard]
  ) async throws -> Int {
    guard let gateway = gateways[question.account.channel] else { return 0 }
    var mine: [Waiting] = []
    for one in waiting {
      let isMine = try await database.write(in: one.community) {
        try ServiceBillStore.claim(one.bill, until: $0.now + ServiceBill.lease, in: $0)
      }
      if isMine { mine.append(one) }
    }
    if mine.isEmpty { return 0 }
    let start = mine[0].bill.start
    let outcome = await gateway.downloadBill(
      of: CivilDateTime(start, offsetSeconds: ChinaTime.offsetSeconds))
    switch outcome {
    case .bill(let bill): return try await take(bill, for: mine, communities)
    case .none: try await answer(.none, to: mine)
    case .refused(let code): try await answer(.doubt(code), to: mine)
    case .unknown(let doubt): try await answer(.doubt(doubt.code), to: mine)
    }
    return 0
  }

  private func answer(_ answer: ServiceBill.Answer, to waiting: [Waiting]) async throws {
    if case .doubt(let code) = answer {
      logger.warning("A daily bill could not be fetched", metadata: ["code": "\(code)"])
    }
    for one in waiting {
      try await database.write(in: one.community) {
        _ = try ServiceBillStore.move(one.bill.after(answer, at: $0.now), in: $0)
      }
    }
  }

  // MARK: - Taking

  private func take(
    _ bill: DailyBill, for waiting: [Waiting], _ communities: [CommunityCard]
  ) async throws -> Int {
    let statement: BankStatement
    do {
      statement = try await threads.run(busy: .statementBusy) { try bill.statement() }
    } catch let problem as Problem {
      try await answer(
        problem.code == Problem.statementEmpty.code ? .nothingNew : .doubt(problem.code), to: waiting)
      return 0
    }
    guard let first = communities.first, let channel = waiting.first?.bill.account.channel else { return 0 }
    let owners = try await database.read { try ServiceBillStore.owners(of: statement.lines, channel, $0) }
    let digest = Digest(of: bill.bytes)
    var taken = 0
    for one in waiting {
      guard let community = communities.first(where: { $0.id == one.community }) else { continue }
      let share = statement.share(of: community.id, owners: owners, first: first.id)
      do {
        if try await take(share, digest, for: one.bill, community) { taken += 1 }
      } catch let problem as Problem {
        // Only a person can settle what stands against it, such as days that were taken from another kind of file.
        try await answer(.refused(problem.code), to: [one])
      }
    }
    return taken
  }

  private func take(
    _ share: BankStatement, _ digest: Digest, for bill: ServiceBill, _ community: CommunityCard
  ) async throws -> Bool {
    let cipher = try await vault.statementCipher(in: community.id)
    return try await database.write(in: community.id) { transaction in
      var ended = bill.after(.nothingNew, at: transaction.now)
      if !share.lines.isEmpty {
        let plan = try importer.plan(
          share, of: bill.account, offsetSeconds: community.offsetSeconds, in: community.id, transaction)
        let statement = try importer.store(
          plan, fileDigest: digest, sealing: cipher, by: .machine, in: transaction)
        if let statement {
          ended.state = .imported
          ended.statement = statement.id
          try transaction.publish("ledger.bill_imported", subject: statement.id.rawValue)
        }
      }
      // Who was faster has written the same lines, so there was nothing new to write here.
      return try ServiceBillStore.move(ended, in: transaction) && ended.state == .imported
    }
  }
}
