package import Database
package import Kernel
package import People

/// How payments begin and how they come in.
///
/// An order waits for no payment and loses nothing for want of one: what is not paid before is paid at the pickup table. A
/// payment that comes late, twice, or for an order that was cancelled is received like any other, and what nobody needs is
/// promised back by the way it came. So there is no emptied paid order, and no refund twice.
package struct Payments: Sendable {
  let trade: TradeDirectory
  /// How long a payment service takes a payment that was begun.
  static let term = Duration.minutes(30)

  /// - Parameter trade: what orders ask for, and who is told that money came.
  package init(trade: TradeDirectory) {
    self.trade = trade
  }

  /// Begins a payment of what is still to be paid of an order; the same again while one is waited for, so that a second
  /// click is no second payment.
  /// - Throws: `not_found`, `payment.nothing_due`, `payment.not_taken`.
  func begin(
    _ order: OrderID, by channel: PaymentChannel, household: HouseholdID, actor: Actor,
    in transaction: Transaction
  ) throws -> Payment {
    let community = transaction.community
    guard let bill = try trade.bill(order, community, transaction), bill.household == household else {
      throw Problem.notFound
    }
    let due = try due(of: order, bill, in: community, transaction)
    guard bill.isOpen, due > .zero else { throw Problem.nothingToPay }
    if channel == .voucher {
      return try payByVoucher(order, bill, due, actor: actor, in: transaction)
    }
    let waiting = try PaymentStore.list(of: order, in: community, transaction).last { payment in
      payment.channel == channel && payment.state == .pending && payment.amount == due
        && payment.expiresAt.map { $0 > transaction.now + .minutes(2) } ?? true
    }
    if let waiting { return waiting }
    var payment = Payment(
      id: transaction.newIdentifier(), order: order, campaign: bill.campaign, channel: channel, amount: due,
      state: .pending, createdAt: transaction.now)
    switch channel {
    case .bankTransfer:
      guard try !MoneyRulesStore.find(in: community, transaction).bankAccount.isEmpty else {
        throw Problem.paymentNotTaken
      }
      payment.reference = try freeReference(in: transaction)
    case .weChatPay, .alipay: payment.expiresAt = transaction.now + Self.term
    case .cash, .voucher: throw Problem.paymentNotTaken
    }
    try PaymentStore.insert(payment, in: transaction)
    if payment.expiresAt != nil {
      try GatewayDeskStore.ask(
        payment.id, at: transaction.now + GatewayDesk.payingPauses[0], asked: 0, in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: actor.person == bill.person ? nil : bill.person,
        action: "ledger.payment_begin", object: payment.id.rawValue, purpose: channel.rawValue))
    return payment
  }

  /// Pays what is still to be paid of an order from its household's vouchers, as far as they go.
  /// - Throws: `not_found`, `payment.nothing_due`, `payment.not_taken` where the household has no voucher.
  package func payByVouchers(
    _ order: OrderID, household: HouseholdID, actor: Actor, in transaction: Transaction
  ) throws {
    _ = try begin(order, by: .voucher, household: household, actor: actor, in: transaction)
  }

  /// Takes what is due, as far as it goes, from the household's vouchers, those that end first first.
  private func payByVoucher(
    _ order: OrderID, _ bill: TradeDirectory.Bill, _ due: Money, actor: Actor, in transaction: Transaction
  ) throws -> Payment {
    var left = due
    var last: Payment?
    for (voucher, balance) in try FundStore.usable(by: bill.household, in: transaction.community, transaction)
    where left > .zero {
      let part = min(left, balance)
      let payment = Payment(
        id: transaction.newIdentifier(), order: order, campaign: bill.campaign, channel: .voucher,
        amount: part,
        state: .received, voucher: voucher.id, createdAt: transaction.now, receivedAt: transaction.now)
      try OrderAccounts.receive(
        payment, by: actor, onBehalfOf: actor.person == bill.person ? nil : bill.person, in: transaction)
      left = try left.subtracting(part)
      last = payment
    }
    guard let last else { throw Problem.paymentNotTaken }
    try trade.paymentCame(order, actor, transaction)
    return last
  }

  /// What of an order is not paid yet.
  func due(
    of order: OrderID, _ bill: TradeDirectory.Bill, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Money {
    let paid = try PaymentStore.paid(for: [order], in: community, snapshot)[order] ?? .zero
    return max(.zero, try bill.total.subtracting(paid))
  }

  /// Takes a payment that has come, once: a second telling changes nothing.
  /// - Returns: whether it was taken now.
  @discardableResult
  func receive(
    _ id: PaymentID, transactionNumber: String?, by actor: Actor, in transaction: Transaction
  ) throws -> Bool {
    guard let payment = try PaymentStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard try PaymentStore.markReceived(id, transactionNumber: transactionNumber, in: transaction) else {
      return false
    }
    let account = try OrderAccounts.account(of: payment.order, payment.campaign, in: transaction)
    try JournalStore.post([payment.journal(on: account)], by: actor, in: transaction)
    try trade.paymentCame(payment.order, actor, transaction)
    try transaction.publish(
      "ledger.payment_received", subject: payment.order.rawValue,
      body: #"{"payment":"\#(payment.id)","amount":\#(payment.amount.minorUnits)}"#)
    return true
  }

  private func freeReference(in transaction: Transaction) throws -> PaymentReference {
    for _ in 0..<64 {
      guard let reference = PaymentReference(number: .random(in: PaymentReference.numbers)) else { continue }
      if try !PaymentStore.isTaken(reference, in: transaction.community, transaction) { return reference }
    }
    throw Problem.internalFault
  }
}

extension Problem {
  static let nothingToPay = Problem(
    "payment.nothing_due", status: 409,
    Phrase("这个订单现在没有要付的。", "There is nothing to pay for this order now."),
    advice: Phrase("请看订单页上的付款情况。", "Please look at the order's page."))

  static let paymentNotTaken = Problem(
    "payment.not_taken", status: 409,
    Phrase("这里不收这种付款。", "This way of paying is not taken here."),
    advice: Phrase("请换一种付款方式，或取货时付现金。", "Please choose another one, or pay cash at pickup."))
}
