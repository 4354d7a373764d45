import Database
import Kernel
import People
import Security

/// Compares a statement with the books, and takes it: all of it that is new, or nothing.
struct StatementImporter: Sendable {
  let trade: TradeDirectory
  let finder: NameFinder

  // MARK: - Comparing

  /// - Throws: `form.invalid` naming `account` for a file about another account, `statement.other_format`.
  func plan(
    _ statement: BankStatement, of account: StatementAccount, offsetSeconds: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> StatementPlan {
    guard account.takes(statement.format) else {
      throw Problem.statementOfAnotherAccount(statement.format, account)
    }
    var context = StatementContext()
    context.imported = try StatementImportStore.imported(
      statement.lines.map(\.digest), of: account, in: community, snapshot)
    context.movements = try BookMovementStore.open(on: account, in: community, snapshot)
    if account == .bank {
      context.awaited = try awaited(statement.lines, in: community, snapshot)
    } else {
      context.trades = try trades(statement.lines, account.channel, in: community, snapshot)
    }
    let plan = StatementPlan(statement, of: account, knowing: context, offsetSeconds: offsetSeconds)
    try checkFormat(plan, offsetSeconds: offsetSeconds, in: community, snapshot)
    return plan
  }

  /// One movement has another digest in another format, so it would be taken for a second one.
  private func checkFormat(
    _ plan: StatementPlan, offsetSeconds: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws {
    let days = StatementDays(from: plan.firstAt, to: plan.lastAt, offsetSeconds: offsetSeconds)
    let isOther = try StatementImportStore.hasOtherFormat(
      than: plan.statement.format.code, of: plan.account, from: days.start, until: days.end, in: community,
      snapshot)
    if isOther { throw Problem.statementOverlapsAnotherFormat }
  }

  /// The transfers that are waited for, and those given up whose reference the statement has: they are received all the
  /// same.
  private func awaited(
    _ lines: [StatementLine], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaymentMatching.Awaited] {
    let pending = try PaymentStore.pending(.bankTransfer, in: community, snapshot)
    let references = Set(lines.flatMap { PaymentReference.found(in: $0.remittance) })
    let named = try AwaitedPaymentStore.find(references.sorted(), in: community, snapshot)
    let known = Set(pending.map(\.id))
    let names = try payerNames(pending, in: community, snapshot)
    return (pending + named.filter { $0.state == .closed && !known.contains($0.id) }).compactMap { payment in
      payment.reference.map {
        PaymentMatching.Awaited(
          payment: payment.id, reference: $0, amount: payment.amount, payerName: names[payment.order])
      }
    }
  }

  private func payerNames(
    _ payments: [Payment], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: String] {
    let orders = try trade.orders(Set(payments.map(\.order)).sorted(), community, snapshot)
    let people = try finder.names(
      parties: orders.values.map { .person($0.person) }, in: community, snapshot
    ).people
    return orders.compactMapValues { people[$0.person] }
  }

  private func trades(
    _ lines: [StatementLine], _ channel: PaymentChannel, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GatewayTrade] {
    let refunds = Set(lines.compactMap { $0.numbers.refund.flatMap { RefundID($0) } })
    let ofRefunds = try AwaitedPaymentStore.payments(ofRefunds: refunds.sorted(), in: community, snapshot)
    let ids = Set(lines.compactMap { $0.numbers.payment.flatMap { PaymentID($0) } }).union(ofRefunds)
    let numbers = Set(lines.compactMap(\.numbers.transaction))
    let payments = try AwaitedPaymentStore.find(
      ids.sorted(), numbers: numbers.sorted(), by: channel, in: community, snapshot)
    let refunded = try AwaitedPaymentStore.refunds(of: payments.map(\.id), in: community, snapshot)
    return payments.map { GatewayTrade(payment: $0, refunds: refunded[$0.id] ?? []) }
  }

  // MARK: - Taking

  /// What came of a file that somebody agreed to.
  enum Outcome: Sendable, Equatable {
    /// Now, or before when it was sent twice.
    case imported(StatementImportID)
    /// Earlier files had every line.
    case nothingNew
    /// It would do something else by now than the person was shown.
    case stale
  }

  /// Takes a file as a person was shown it.
  ///
  /// - Parameter seen: the digest of what was shown.
  func take(
    _ statement: BankStatement, from upload: StatementUpload, seen: String, offsetSeconds: Int,
    sealing cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws -> Outcome {
    let plan = try plan(
      statement, of: upload.account, offsetSeconds: offsetSeconds, in: transaction.community, transaction)
    let digest = Digest(of: upload.content)
    if plan.new.isEmpty {
      let earlier = try StatementImportStore.find(
        file: digest, of: upload.account, in: transaction.community, transaction)
      return earlier.map { .imported($0) } ?? .nothingNew
    }
    guard plan.digest(ofFile: digest).description == seen else { return .stale }
    let stored = try store(plan, fileDigest: digest, sealing: cipher, by: actor, in: transaction)
    return stored.map { .imported($0.id) } ?? .nothingNew
  }

  /// Takes what is new of a statement.
  ///
  /// - Parameter plan: made in the same transaction, so that nothing has changed since.
  /// - Returns: nil when earlier files had every line.
  func store(
    _ plan: StatementPlan, fileDigest: Digest, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> StatementImport? {
    let new = plan.new.map { (id: transaction.newIdentifier(StatementLineKind.self), planned: $0) }
    if new.isEmpty { return nil }
    let statement = StatementImport(
      id: transaction.newIdentifier(), account: plan.account, format: plan.statement.format.code,
      fileDigest: fileDigest, firstAt: plan.firstAt, lastAt: plan.lastAt, fileLines: plan.lines.count,
      newLines: new.count, fileSum: try StatementPlan.sum(plan.lines),
      closingBalance: plan.statement.closingBalance, importedBy: actor.person, importedAt: transaction.now)
    try StatementImportStore.insert(statement, in: transaction)
    try StatementImportStore.insert(new, of: statement, sealing: cipher, in: transaction)
    try suspend(
      new.filter { $0.planned.finding.kind.isSuspense }, of: plan.account, by: actor, in: transaction)
    try explain(new, by: actor, in: transaction)
    for (_, planned) in new where planned.finding.kind == .received {
      guard let source = planned.finding.source else { throw Problem.internalFault }
      try Payments(trade: trade).receive(
        PaymentID(rawValue: source.id), transactionNumber: planned.line.numbers.transaction, by: actor,
        in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "ledger.statement_import",
        object: statement.id.rawValue, purpose: plan.account.rawValue, detailDigest: fileDigest.bytes))
    return statement
  }

  private typealias NewLine = (id: StatementLineID, planned: StatementPlan.Line)

  private func suspend(
    _ lines: [NewLine], of account: StatementAccount, by actor: Actor, in transaction: Transaction
  ) throws {
    try JournalStore.post(
      lines.map { try ImportedLine.suspenseJournal($0.id, $0.planned.line.amount, on: account) }, by: actor,
      in: transaction)
    try SuspenseStore.insert(
      lines.map { id, planned in
        SuspenseItem(
          line: id, lineAmount: planned.line.amount, moment: planned.line.moment, left: planned.line.amount,
          explanations: 0)
      }, in: transaction)
  }

  private func explain(_ lines: [NewLine], by actor: Actor, in transaction: Transaction) throws {
    let certain = lines.filter { $0.planned.finding.source != nil }
    try ExplanationStore.insert(
      certain.map { id, planned in
        let amount = planned.line.amount
        return (
          Explanation(
            id: transaction.newIdentifier(), line: id, position: 0,
            kind: planned.finding.kind == .received ? .payment : .recorded, amount: amount,
            leftBefore: amount, source: planned.finding.source, withdraws: nil, by: actor.person,
            at: transaction.now), lineAmount: amount
        )
      }, in: transaction)
  }
}

/// The days, as the community counts them, that a statement tells of.
struct StatementDays: Sendable, Equatable {
  let start: Timestamp
  /// The beginning of the day after the last.
  let end: Timestamp

  init(from first: Timestamp, to last: Timestamp, offsetSeconds: Int) {
    func midnight(_ moment: Timestamp) -> Timestamp {
      let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
      return CivilDateTime(year: civil.year, month: civil.month, day: civil.day)
        .timestamp(offsetSeconds: offsetSeconds)
    }
    start = midnight(first)
    end = midnight(last) + .days(1)
  }

  func contains(_ moment: Timestamp) -> Bool { moment >= start && moment < end }
}
