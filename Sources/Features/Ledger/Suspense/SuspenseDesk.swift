import Database
import Kernel
import People

/// What a person says of a line becomes journals: once, and never changed but by another answer.
struct SuspenseDesk: Sendable {
  let trade: TradeDirectory

  /// Explains a line or a part of it.
  /// - Throws: `not_found`, `suspense.answered` when somebody was faster, `form.invalid`.
  @discardableResult
  func explain(
    _ line: StatementLineID, _ answer: SuspenseAnswer, by actor: Actor, in transaction: Transaction
  ) throws -> Explanation {
    let community = transaction.community
    guard var item = try SuspenseStore.find(line, in: community, transaction),
      let account = try StatementImportStore.amount(of: line, in: community, transaction)?.account
    else { throw Problem.notFound }
    guard item.explanations == answer.seen else {
      let earlier = try ExplanationStore.list(of: [line], in: community, transaction)[line] ?? []
      throw Problem.suspenseAnswered(earlier.first { $0.position == answer.seen }?.kind)
    }
    let part = try item.part(answer)
    let id = transaction.newIdentifier(ExplanationKind.self)
    func explanation(_ source: Journal.Source?) -> Explanation {
      Explanation(
        id: id, line: line, position: item.explanations, kind: answer.what.kind, amount: part,
        leftBefore: item.left, source: source, withdraws: nil, by: actor.person, at: transaction.now)
    }
    // The open movements are looked up before the part is moved, which would be one of them.
    let movement = try recorded(answer.what, part, on: account, in: transaction)
    try JournalStore.post([explanation(nil).journal(on: account)], by: actor, in: transaction)
    let source = try movement ?? pay(answer.what, part, by: account.channel, actor: actor, in: transaction)
    let stored = explanation(source)
    item.left = stored.leftOver
    item.explanations += 1
    try ExplanationStore.insert([(stored, lineAmount: item.lineAmount)], in: transaction)
    try SuspenseStore.update(item, in: transaction)
    try audit("ledger.suspense_explain", stored, by: actor, in: transaction)
    return stored
  }

  private func recorded(
    _ what: SuspenseAnswer.What, _ part: Money, on account: StatementAccount, in transaction: Transaction
  ) throws -> Journal.Source? {
    guard case .recorded(let source) = what else { return nil }
    let open = try BookMovementStore.open(on: account, in: transaction.community, transaction)
    guard open.contains(where: { $0.source == source && $0.amount == part }) else {
      throw Problem.suspenseNotRecorded
    }
    return source
  }

  /// The payment that the part is received as; nil where it pays no order.
  private func pay(
    _ what: SuspenseAnswer.What, _ part: Money, by channel: PaymentChannel, actor: Actor,
    in transaction: Transaction
  ) throws -> Journal.Source? {
    guard case .order(let campaign, let number) = what else { return nil }
    guard let order = try trade.orderNumbered(number, campaign, transaction.community, transaction) else {
      throw Problem.suspenseNoSuchOrder
    }
    let payment = try Payments(trade: trade).assign(
      part, to: order, by: channel, actor: actor, in: transaction)
    return .init(.payment, payment)
  }

  // MARK: - Taking back

  /// Takes an explanation back: its part waits in suspense again.
  /// - Throws: `not_found`, `suspense.withdrawn`, `suspense.payment_spent`, `ledger.not_enough` when the goods went out.
  func withdraw(
    _ id: ExplanationID, of line: StatementLineID, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let all = try ExplanationStore.list(of: [line], in: community, transaction)[line] ?? []
    guard let explanation = all.first(where: { $0.id == id }), explanation.kind != .withdrawn,
      let stored = try StatementImportStore.amount(of: line, in: community, transaction), let last = all.last
    else { throw Problem.notFound }
    guard !all.contains(where: { $0.withdraws == id }) else { throw Problem.suspenseWithdrawnBefore }
    let back = Explanation(
      id: transaction.newIdentifier(), line: line, position: all.count, kind: .withdrawn,
      amount: try Money.zero.subtracting(explanation.amount), leftBefore: last.leftOver, source: nil,
      withdraws: id, by: actor.person, at: transaction.now)
    try undo(explanation, back, on: stored.account, by: actor, in: transaction)
    try ExplanationStore.insert([(back, lineAmount: stored.amount)], in: transaction)
    let isWaiting = try SuspenseStore.find(line, in: community, transaction) != nil
    let item = SuspenseItem(
      line: line, lineAmount: stored.amount, moment: stored.moment, left: back.leftOver,
      explanations: all.count + 1)
    if isWaiting {
      try SuspenseStore.update(item, in: transaction)
    } else {
      try SuspenseStore.insert([item], in: transaction)
    }
    try audit("ledger.suspense_withdraw", back, by: actor, in: transaction)
  }

  private func undo(
    _ explanation: Explanation, _ back: Explanation, on account: StatementAccount, by actor: Actor,
    in transaction: Transaction
  ) throws {
    if explanation.kind == .payment {
      guard let source = explanation.source else { throw Problem.internalFault }
      return try Payments(trade: trade).takeAway(
        PaymentID(rawValue: source.id), explanation.amount, by: actor, in: transaction)
    }
    let posted = try JournalStore.find(
      .adjustment, from: .init(.decision, explanation.id), in: transaction.community, transaction)
    let journal =
      try posted?.journal.reversed(posted?.id ?? JournalID(rawValue: 0), from: .init(.decision, back.id))
      // Found by the import itself, so that the line's own money is in no journal yet.
      ?? ImportedLine.suspenseJournal(explanation.line, explanation.amount, on: account)
    try JournalStore.post([journal], by: actor, in: transaction)
  }

  private func audit(
    _ action: StaticString, _ explanation: Explanation, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: action, object: explanation.id.rawValue,
        purpose: explanation.kind.rawValue))
  }
}

extension Payments {
  /// Takes money for an order that was not awaited in this amount: what is missing stays due, what is too much is promised
  /// back. A transfer that is waited for in exactly this amount is received itself.
  fileprivate func assign(
    _ amount: Money, to order: OrderID, by channel: PaymentChannel, actor: Actor, in transaction: Transaction
  ) throws -> PaymentID {
    let community = transaction.community
    guard let bill = try trade.bill(order, community, transaction) else { throw Problem.notFound }
    let waiting = try PaymentStore.list(of: order, in: community, transaction)
      .filter { $0.channel == channel && $0.state == .pending }
    if let awaited = waiting.first(where: { $0.amount == amount }) {
      try receive(awaited.id, transactionNumber: nil, by: actor, in: transaction)
      return awaited.id
    }
    let payment = Payment(
      id: transaction.newIdentifier(), order: order, campaign: bill.campaign, channel: channel,
      amount: amount,
      state: .pending, createdAt: transaction.now)
    try PaymentStore.insert(payment, in: transaction)
    try receive(payment.id, transactionNumber: nil, by: actor, in: transaction)
    // They waited for what was due before. Should they come all the same, they are received then.
    if channel == .bankTransfer {
      for earlier in waiting { try PaymentStore.markClosed(earlier.id, in: transaction) }
    }
    return payment.id
  }

  /// Takes a payment away from its order: it was somebody else's, so its money waits in suspense again.
  /// - Throws: `suspense.payment_spent`, `ledger.not_enough` when the goods that it paid went out.
  fileprivate func takeAway(
    _ id: PaymentID, _ amount: Money, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let payment = try PaymentStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard payment.refundable >= amount else { throw Problem.suspensePaymentSpent }
    let refund = Refund(
      id: transaction.newIdentifier(), payment: id, order: payment.order, campaign: payment.campaign,
      channel: payment.channel, amount: amount, reason: .wrongOrder, state: .paid,
      promisedAt: transaction.now, paidAt: transaction.now, paidBy: actor.person)
    try RefundStore.insert(refund, in: transaction)
    try PaymentStore.addRefunded(amount, to: id, in: transaction)
    try JournalStore.post(
      [refund.promise(), refund.payout(from: Account(.suspense))], by: actor, in: transaction)
    try trade.paymentCame(payment.order, actor, transaction)
  }
}
