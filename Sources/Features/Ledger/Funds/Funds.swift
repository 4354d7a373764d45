package import Database
package import Kernel
package import People
import Web

/// What happens to funds and vouchers.
package enum Funds {
  static let endingKind: StaticString = "ledger.end_voucher"

  static let handler = JobHandler(endingKind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["voucher"], let id = VoucherID(text)
    else { throw Problem.internalFault }
    try end(id, in: transaction)
  }

  package static func create(
    name: Phrase, donor: String, purpose: String, by actor: Actor, in transaction: Transaction
  ) throws -> Fund {
    let fund = Fund(
      id: transaction.newIdentifier(), name: name, donor: donor, purpose: purpose, createdAt: transaction.now,
      closedAt: nil)
    try FundStore.insert(fund, in: transaction)
    try audit("ledger.fund_create", fund.id.rawValue, by: actor, in: transaction)
    return fund
  }

  /// Money of the donor has come.
  /// - Throws: `not_found`, `form.invalid` where the amount is zero.
  package static func receive(
    _ amount: Money, for id: FundID, by way: Payout.Way, actor: Actor, in transaction: Transaction
  ) throws {
    guard let fund = try FundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard amount > .zero else { throw Problem.ledgerEmpty }
    let receipt: Identifier<JournalKind> = transaction.newIdentifier()
    try JournalStore.post(
      [
        Journal(
          .fundReceived, from: .init(.fund, receipt),
          [
            Journal.Entry(Account(way == .cash ? .cashBox : .bank), amount),
            Journal.Entry(Account(.fund, .fund(fund.id)), try Money.zero.subtracting(amount)),
          ])
      ], by: actor, in: transaction)
  }

  /// The parts of funds that can no longer be returned go into the funds, once for each campaign; what was lost by goods
  /// that came back late is taken off first.
  static func takeIn(from campaign: CampaignID, in transaction: Transaction) throws {
    let funds = try FundStore.withParts(in: transaction.community, transaction)
    let balances = try JournalStore.balances(
      of: funds.map { Account(.payable, .fund($0)) }, in: transaction.community, transaction)
    let entries = try funds.flatMap { fund -> [Journal.Entry] in
      let payable = try Money.zero.subtracting(balances[Account(.payable, .fund(fund))] ?? .zero)
      guard payable > .zero else { return [] }
      return [
        Journal.Entry(Account(.payable, .fund(fund)), payable, keeping: .credit),
        Journal.Entry(Account(.fund, .fund(fund)), try Money.zero.subtracting(payable)),
      ]
    }
    guard !entries.isEmpty else { return }
    try JournalStore.post(
      [Journal(.fundReceived, from: .init(.campaign, campaign), entries)], by: .machine, in: transaction)
  }

  /// Gives a household a voucher.
  /// - Throws: `not_found`, `fund.closed`, `form.invalid` naming `amount` where the fund has not so much left, or
  ///   `expires_at` where it has passed.
  package static func issue(
    _ amount: Money, of id: FundID, to household: HouseholdID, until expiry: Timestamp, by actor: Actor,
    in transaction: Transaction
  ) throws -> Voucher {
    guard let fund = try FundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard fund.closedAt == nil else { throw Problem.fundClosed }
    let left = try Money.zero.subtracting(
      JournalStore.balance(of: Account(.fund, .fund(id)), in: transaction.community, transaction))
    guard amount > .zero, amount <= left else { throw Problem.fundTooSmall(left) }
    guard expiry > transaction.now else {
      throw Problem.invalid([
        FieldProblem("expires_at", Phrase("到期日要在今天以后。", "It has to end after today."))
      ])
    }
    let voucher = Voucher(
      id: transaction.newIdentifier(), fund: id, household: household, amount: amount, expiresAt: expiry,
      issuedBy: actor.person, issuedAt: transaction.now, endedAt: nil)
    try FundStore.insert(voucher, in: transaction)
    try JournalStore.post([voucher.issue()], by: actor, in: transaction)
    try transaction.schedule(
      endingKind, key: voucher.id.description, at: expiry, body: #"{"voucher":"\#(voucher.id)"}"#)
    return voucher
  }

  /// Ends a voucher; what is left on it goes back to its fund. A second time does nothing.
  static func end(_ id: VoucherID, by actor: Actor = .machine, in transaction: Transaction) throws {
    guard let voucher = try FundStore.voucher(id, in: transaction.community, transaction),
      voucher.endedAt == nil
    else { return }
    try FundStore.markEnded(id, in: transaction)
    try giveBack(voucher, from: .init(.voucher, id), by: actor, in: transaction)
    try transaction.cancelJob(endingKind, key: id.description)
  }

  /// A refund that came to a voucher after its end goes on to the fund.
  static func refunded(_ refund: Refund, to id: VoucherID, by actor: Actor, in transaction: Transaction)
    throws
  {
    guard let voucher = try FundStore.voucher(id, in: transaction.community, transaction),
      voucher.endedAt != nil
    else { return }
    try giveBack(voucher, from: .init(.refund, refund.id), by: actor, in: transaction)
  }

  private static func giveBack(
    _ voucher: Voucher, from source: Journal.Source, by actor: Actor, in transaction: Transaction
  ) throws {
    let left = try Money.zero.subtracting(
      JournalStore.balance(of: voucher.account, in: transaction.community, transaction))
    if left > .zero { try JournalStore.post([voucher.end(left, from: source)], by: actor, in: transaction) }
  }

  static func close(_ id: FundID, by actor: Actor, in transaction: Transaction) throws {
    guard try FundStore.find(id, in: transaction.community, transaction) != nil else {
      throw Problem.notFound
    }
    try FundStore.markClosed(id, in: transaction)
    try audit("ledger.fund_close", id.rawValue, by: actor, in: transaction)
  }

  private static func audit(
    _ action: StaticString, _ object: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: object))
  }
}
