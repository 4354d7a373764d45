package import Database
import Kernel
package import People

/// What happens to refunds: promised, taken back, paid.
package enum Refunds {
  /// Promises an amount back, over the payments that it came by. What came from a voucher is back on it at once.
  /// - Throws: `refund.more_than_paid`.
  static func promise(
    _ amount: Money, of account: OrderAccount, because reason: Refund.Reason, by actor: Actor,
    in transaction: Transaction
  ) throws -> [Refund] {
    let payments = try PaymentStore.list(of: account.order, in: transaction.community, transaction)
    guard let parts = try RefundPlan.split(amount, over: payments) else { throw Problem.refundMoreThanPaid }
    var refunds: [Refund] = []
    for (payment, part) in parts {
      let isAtOnce = payment.channel == .voucher
      let refund = Refund(
        id: transaction.newIdentifier(), payment: payment.id, order: account.order,
        campaign: account.campaign,
        channel: payment.channel, amount: part, reason: reason, state: isAtOnce ? .paid : .due,
        promisedAt: transaction.now, paidAt: isAtOnce ? transaction.now : nil,
        paidBy: isAtOnce ? actor.person : nil)
      try RefundStore.insert(refund, in: transaction)
      if payment.channel == .weChatPay || payment.channel == .alipay {
        try GatewayDeskStore.ask(refund.id, at: transaction.now, asked: 0, in: transaction)
      }
      try PaymentStore.addRefunded(part, to: payment.id, in: transaction)
      var journals = [try refund.promise()]
      if isAtOnce { journals.append(try refund.payout(from: payment.place)) }
      try JournalStore.post(journals, by: actor, in: transaction)
      if let voucher = payment.voucher { try Funds.refunded(refund, to: voucher, by: actor, in: transaction) }
      try transaction.publish(
        "ledger.refund_promised", subject: refund.order.rawValue,
        body:
          #"{"refund":"\#(refund.id)","amount":\#(part.minorUnits),"channel":"\#(refund.channel.rawValue)","#
          + #""paid":\#(isAtOnce)}"#)
      refunds.append(refund)
    }
    return refunds
  }

  /// Takes promises back that were not paid yet, the latest first, up to an amount. A promise is taken back whole; what
  /// was too much of it is promised again.
  static func withdraw(
    upTo amount: Money, of account: OrderAccount, by actor: Actor, in transaction: Transaction
  ) throws {
    var left = amount
    let open = try RefundStore.list(of: account.order, in: transaction.community, transaction)
      .filter { $0.state == .due }
    for var refund in open.reversed() where left > .zero {
      refund.state = .withdrawn
      guard try RefundStore.move(refund, from: .due, in: transaction) else { continue }
      try PaymentStore.addRefunded(Money.zero.subtracting(refund.amount), to: refund.payment, in: transaction)
      let now = try OrderAccounts.account(of: account.order, account.campaign, in: transaction)
      try JournalStore.post([refund.withdrawal(on: now)], by: actor, in: transaction)
      let taken = min(left, refund.amount)
      left = try left.subtracting(taken)
      let again = try refund.amount.subtracting(taken)
      if again > .zero {
        _ = try promise(again, of: account, because: refund.reason, by: actor, in: transaction)
      }
    }
  }

  /// Notes that a payment service has paid a refund back, once.
  static func markPaid(_ refund: Refund, by actor: Actor, in transaction: Transaction) throws {
    var paid = refund
    paid.state = .paid
    paid.paidAt = transaction.now
    paid.paidBy = actor.person
    guard try RefundStore.move(paid, from: .sent, in: transaction) else { return }
    try JournalStore.post(
      [paid.payout(from: Account(.gatewayClearing, .gateway(paid.channel)))], by: actor, in: transaction)
  }

  /// Notes that a payment service will not pay a refund back, once: somebody in the office has to decide.
  /// - Parameter code: the service's own.
  static func markRefused(_ refund: Refund, _ code: String, in transaction: Transaction) throws {
    var refused = refund
    refused.state = .refused
    refused.refusal = code
    guard try RefundStore.move(refused, from: .sent, in: transaction) else { return }
    try GatewayDeskStore.ask(refund.id, at: nil, asked: 0, in: transaction)
    try transaction.publish("ledger.refund_stuck", subject: refund.order.rawValue)
  }

  /// Lets a payment service be asked once more for a refund that it refused, under the same number.
  /// - Throws: `not_found`, `refund.not_due` where it is not refused, or not any more.
  static func reopen(_ id: RefundID, in transaction: Transaction) throws -> Refund {
    guard var refund = try RefundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard refund.waitsForOffice else { throw Problem.refundIsNotDue(refund) }
    let before = refund.state
    refund.state = .sent
    // What nobody has refused is no refusal that the next answer could be weighed against.
    if refund.refusal == Refund.otherAmount { refund.refusal = nil }
    guard try RefundStore.move(refund, from: before, in: transaction) else {
      throw Problem.refundIsNotDue(refund)
    }
    try GatewayDeskStore.ask(id, at: transaction.now, asked: 0, in: transaction)
    return refund
  }

  /// Pays a refund that its payment service refused out of the cash box or over the bank, as the household agreed.
  ///
  /// - Parameter agreement: what they agreed to, encrypted, and the digest of its text for the audit.
  /// - Throws: `not_found`, `refund.not_due` where it is not refused, or not any more, `ledger.not_enough`.
  static func payOtherwise(
    _ id: RefundID, by way: Payout.Way, agreement: (sealed: [UInt8], digest: [UInt8]), actor: Actor,
    in transaction: Transaction
  ) throws -> Refund {
    guard var refund = try RefundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let place = Account(way == .cash ? .cashBox : .bank)
    guard refund.state == .refused else { throw Problem.refundIsNotDue(refund) }
    guard refund.mayBePaid(from: place) else { throw Problem.refundGoesAnotherWay(refund.channel) }
    refund.state = .paid
    refund.paidAt = transaction.now
    refund.paidBy = actor.person
    refund.otherWay = way
    let isMoved = try RefundStore.movePaidOtherwise(
      refund, agreement: agreement.sealed, from: .refused, in: transaction)
    guard isMoved else { throw Problem.refundIsNotDue(refund) }
    try JournalStore.post([refund.payout(from: place)], by: actor, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "ledger.refund_pay_otherwise", object: id.rawValue,
        purpose: way.rawValue, detailDigest: agreement.digest))
    try transaction.publish(
      "ledger.refund_paid_otherwise", subject: refund.order.rawValue, body: #"{"refund":"\#(id)"}"#)
    return refund
  }

  /// Notes that a payment service has paid what was paid by another way before, once. Its money is missed where the service
  /// keeps it: the line of the day's bill finds nothing in the books, and waits in suspense until the office has settled it.
  static func markPaidAgain(_ refund: Refund, in transaction: Transaction) throws {
    guard try RefundStore.markPaidAgain(refund.id, in: transaction) else { return }
    try transaction.audit(
      AuditEntry(
        actor: Actor.machine.person, role: Actor.machine.role, action: "ledger.refund_paid_again",
        object: refund.id.rawValue))
    try transaction.publish(
      "ledger.refund_paid_again", subject: refund.order.rawValue, body: #"{"refund":"\#(refund.id)"}"#)
  }

  /// Pays a refund out in banknotes or over the bank.
  ///
  /// - Parameter place: where the money is taken from; it has to be there.
  /// - Throws: `not_found`, `refund.other_way` where the money did not come that way, `refund.not_due` when it was paid or
  ///   taken back before, `ledger.not_enough`.
  package static func pay(_ id: RefundID, from place: Account, by actor: Actor, in transaction: Transaction)
    throws
    -> Refund
  {
    guard var refund = try RefundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard refund.state == .due else { throw Problem.refundIsNotDue(refund) }
    guard refund.mayBePaid(from: place) else { throw Problem.refundGoesAnotherWay(refund.channel) }
    refund.state = .paid
    refund.paidAt = transaction.now
    refund.paidBy = actor.person
    guard try RefundStore.move(refund, from: .due, in: transaction) else {
      throw Problem.refundIsNotDue(refund)
    }
    try JournalStore.post([refund.payout(from: place)], by: actor, in: transaction)
    return refund
  }
}

extension Refund {
  /// Stands in place of a payment service's code where it says that it paid another amount than it was asked to.
  static let otherAmount = "OTHER_AMOUNT"

  /// Whether nothing happens to it any more until somebody in the office decides.
  var waitsForOffice: Bool { state == .refused || (state == .sent && refusal == Self.otherAmount) }

  /// Money goes back by the way it came (reliability §3.10, I5). What came through a payment service is sent by it alone,
  /// and only once it has refused, which is certain, the community's own box or bank account may stand in.
  func mayBePaid(from place: Account) -> Bool {
    switch channel {
    case .cash: place.kind == .cashInHand || place.kind == .cashBox
    case .bankTransfer: place.kind == .bank
    case .weChatPay, .alipay: state == .refused && (place.kind == .cashBox || place.kind == .bank)
    case .voucher: false
    }
  }
}

extension Problem {
  static func refundGoesAnotherWay(_ channel: PaymentChannel) -> Problem {
    Problem(
      "refund.other_way", status: 409,
      Phrase(
        "这笔钱是用\(channel.name.chinese)付的，要原路退回。",
        "This was paid by \(channel.name.english) and goes back the same way."),
      advice: Phrase("不要付现金，系统会原路退。", "Please pay no cash; it is sent back by itself or by the committee."))
  }

  static func refundIsNotDue(_ refund: Refund) -> Problem {
    let title: Phrase =
      switch refund.state {
      case .withdrawn: Phrase("这笔退款已经取消，货后来到了。", "This refund was taken back: the goods came after all.")
      case .sent: Phrase("这笔退款正在原路退回。", "This refund is on its way already.")
      case .refused:
        Phrase("支付平台退不了这笔钱，要先处理。", "The payment service refused this refund; it has to be settled first.")
      case .due, .paid:
        Phrase(
          "这笔 \(refund.amount.display) 已经退过了。", "These \(refund.amount.display) have been refunded already.")
      }
    return Problem(
      "refund.not_due", status: 409, title,
      advice: Phrase("不要再给钱，请刷新页面。", "Please do not pay again; reload the page."))
  }
}
